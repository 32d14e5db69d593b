"""Weekdays, and days counted from the anchor or the date told before: "last Tuesday", "three days ago", "that day"."""

from __future__ import annotations

import re
from datetime import timedelta

from readout.records import DateInterval
from readout.resolving.calendar import SEASON_STARTS, between, nearest, season_of, week_of, weekday_near
from readout.resolving.calendar_dates import from_day_to_day
from readout.resolving.date_rules import (
    A_HABIT,
    A_LENGTH,
    DIGITS,
    NUMBERS,
    TOO_VAGUE,
    WEEKDAYS,
    Answer,
    Place,
    Table,
    counted_unit,
    moved_by,
    number_of,
    weekday_of,
)
from readout.resolving.period_dates import relative_unit

TABLE = Table()

# --- weekdays ------------------------------------------------------------------------------------------------------

_NAMED_WEEKDAYS = re.compile(r"(?:Good|Black|Bloody|Easter|Palm|Ash|Super|Maundy|Holy)\s$")


@TABLE.rule("weekday", WEEKDAYS, r"(?P<wd>{W})(?!s(?!\w))(?:{s}{P})?")
def _bare_weekday(m: re.Match[str], place: Place) -> Answer | None:
    if _NAMED_WEEKDAYS.search(place.words_before(m.start())):
        return None
    weekday = weekday_of(m["wd"]) or 0
    return Answer(DateInterval.day(weekday_near(weekday, place.now(), place.tense)))


@TABLE.rule(
    "relative-weekday",
    "last past this next coming",
    r"(?P<rel>last|past|this|next|coming)(?:{s}coming)?{s}(?P<wd>{W})(?:{s}{P})?",
)
def _relative_weekday(m: re.Match[str], place: Place) -> Answer:
    weekday, now, word = weekday_of(m["wd"]) or 0, place.now(), m["rel"].lower()
    if word in ("last", "past"):
        return Answer(DateInterval.day(weekday_near(weekday, now - timedelta(days=1), "past")))
    if word == "this":
        return Answer(DateInterval.day(week_of(now).start + timedelta(days=weekday)))
    return Answer(DateInterval.day(weekday_near(weekday, now, "future")))


@TABLE.rule("weekday-of-week", WEEKDAYS, r"(?P<wd>{W}),?{s}(?:of{s})?(?P<rel>last|this|next){s}week(?!\w)")
def _weekday_of_week(m: re.Match[str], place: Place) -> Answer:
    week = relative_unit(m["rel"], "week", place)
    return Answer(DateInterval.day(week.start + timedelta(days=weekday_of(m["wd"]) or 0)))


@TABLE.rule("weekday-range", WEEKDAYS, r"(?P<a>{W})(?:\s?[-–]\s?|{s}(?:to|through|until){s})(?P<b>{W})")
def _weekday_range(m: re.Match[str], place: Place) -> Answer:
    first = weekday_near(weekday_of(m["a"]) or 0, place.now(), place.tense)
    last = weekday_near(weekday_of(m["b"]) or 0, first, "future")
    return Answer(from_day_to_day(DateInterval.day(first), DateInterval.day(last)))


@TABLE.rule("weekend", "weekend last this next", r"(?:(?P<rel>last|this|next|past|coming){s})?weekend(?!\w)")
def _weekend(m: re.Match[str], place: Place) -> Answer | None:
    now, word = place.now(), (m["rel"] or "").lower()
    if (
        not word
        and not place.alone
        and not re.search(r"(?i)\b(?:the|at|over)\s(?:the\s)?$", place.words_before(m.start()))
    ):
        return None
    saturday = week_of(now).start + timedelta(days=5)
    before = re.search(r"(?i)\b(past|last|coming|next)\s$", place.words_before(m.start()))
    word = word or (before[1].lower() if before else "")
    if word == "this":
        pass
    elif word in ("next", "coming") or (not word and place.tense == "future"):
        saturday = weekday_near(5, now, "future")
    elif word in ("last", "past"):
        saturday = weekday_near(5, now - timedelta(days=2), "past")
    else:
        saturday = weekday_near(5, now, "past")
    return Answer(between(saturday, saturday + timedelta(days=2), "days"))


# --- counted from the anchor ---------------------------------------------------------------------------------------


@TABLE.rule("today", "today tonight", r"(?:today|tonight)(?!\w)")
@TABLE.rule("today", "this", r"this{s}{P}")
@TABLE.rule("today", "earlier later", r"(?:earlier|later){s}today(?!\w)")
def _today(m: re.Match[str], place: Place) -> Answer | None:
    if m[0] == "Today" and re.search(
        r"(?:Russia|USA|Asia|Africa|Europe|India|China)\s$", place.words_before(m.start())
    ):
        return None
    return Answer(DateInterval.day(place.now()), direction="present")


@TABLE.rule("yesterday", "yesterday", r"yesterday(?:{s}{P})?(?!\w)")
@TABLE.rule("yesterday", "last", r"last{s}(?:night|evening)(?!\w)")
def _yesterday(m: re.Match[str], place: Place) -> Answer:
    return Answer(DateInterval.day(place.now() - timedelta(days=1)))


@TABLE.rule("tomorrow", "tomorrow", r"tomorrow(?:{s}{P})?(?!\w)")
def _tomorrow(m: re.Match[str], place: Place) -> Answer:
    return Answer(DateInterval.day(place.now() + timedelta(days=1)))


@TABLE.rule("two-days-away", "day", r"day{s}(?:before{s}(?P<y>yesterday)|after{s}tomorrow)(?!\w)")
def _two_days(m: re.Match[str], place: Place) -> Answer:
    return Answer(DateInterval.day(place.now() + timedelta(days=-2 if m["y"] else 2)))


_AGO_KEYS = tuple({w.split()[0] for w in NUMBERS} | {DIGITS})


@TABLE.rule("ago", _AGO_KEYS, r"(?P<n>{N})(?:{s}|-)(?P<u>{U}){s}ago(?!\w)")
def _ago(m: re.Match[str], place: Place) -> Answer:
    if m["n"].lower().startswith("half"):
        return Answer(counted_unit("month", 6, place.now(), -1), direction="past")
    return Answer(counted_unit(m["u"], number_of(m["n"]), place.now(), -1), direction="past")


@TABLE.rule("from-now", _AGO_KEYS, r"(?P<n>{N}){s}(?P<u>{U}){s}from{s}(?:now|today)(?!\w)")
@TABLE.rule("in-units", "in", r"in{s}(?P<n>{N}){s}(?P<u>{U})(?:['’]{s}time(?!\w))?(?!{s}(?:of|ago|since)(?!\w))")
def _in_units(m: re.Match[str], place: Place) -> Answer:
    if m["n"].lower().startswith("half"):
        return Answer(counted_unit("month", 6, place.now(), 1), direction="future")
    first_time = re.search(r"(?i)\b(?:time|visit|ever)\s$", place.words_before(m.start()))
    if first_time or (place.tense == "past" and m[0].lower().startswith("in")):  # "they built it in two weeks"
        return Answer(None, "duration", "past", A_LENGTH)
    return Answer(counted_unit(m["u"], number_of(m["n"]), place.now(), 1), direction="future")


@TABLE.rule("within", "within", r"within{s}(?:the{s}(?:next|coming|following){s})?(?P<n>{N}){s}(?P<u>{U})")
def _within(m: re.Match[str], place: Place) -> Answer:
    if m["n"].lower().startswith("half"):
        end = moved_by("month", 6, place.now(), 1)
    else:
        end = moved_by(m["u"], number_of(m["n"]), place.now(), 1)
    return Answer(between(place.now(), end + timedelta(days=1), "span"), "deadline", "future")


@TABLE.rule(
    "within-period",
    "within",
    r"within{s}(?:(?P<rel>this|next|the{s}(?:current|coming)){s}(?P<u>week|month|quarter|year)|(?:a|"
    r"the){s}matter{s}of{s}{U})(?!\w)",
)
def _within_period(m: re.Match[str], place: Place) -> Answer:
    if not m["rel"]:
        return Answer(None, "deadline", "future", TOO_VAGUE)
    return Answer(relative_unit(m["rel"], m["u"], place), "deadline", "future")


# "The coming days" are the next seven, "the coming weeks" the next four, "the coming months" the next six.
_COMING = {"days": ("day", 7), "weeks": ("week", 4), "months": ("month", 6)}


@TABLE.rule(
    "coming",
    "coming next upcoming following",
    r"(?:coming|next|upcoming|following){s}(?:(?:few|several|couple{s}of){s})?(?P<u>days|weeks|months|"
    r"years|decades)(?!\w)",
)
@TABLE.rule("coming", "days weeks months years", r"(?P<u>days|weeks|months|years){s}(?:ahead|to{s}come)(?!\w)")
def _coming(m: re.Match[str], place: Place) -> Answer:
    unit = m["u"].lower()
    if unit not in _COMING:
        return Answer(None, "date", "future", TOO_VAGUE)
    end = moved_by(*_COMING[unit], place.now(), 1)
    return Answer(between(place.now() + timedelta(days=1), end + timedelta(days=1), "span"), direction="future")


@TABLE.rule(
    "counted-span",
    "next coming following last past previous",
    r"(?P<rel>next|coming|following|last|past|previous){s}(?P<n>{N}){s}(?P<u>{U})",
)
def _counted_span(m: re.Match[str], place: Place) -> Answer | None:
    if m["n"].lower() in ("a", "an") or m["n"].lower().startswith("half"):
        return None
    if re.search(r"(?i)\bfor\s(?:the\s)?$", place.words_before(m.start())):
        return Answer(None, "duration", "either", A_LENGTH)
    count, now = number_of(m["n"]), place.now()
    if count == 0:
        return None
    if m["rel"].lower() in ("next", "coming", "following"):
        return Answer(between(now, moved_by(m["u"], count, now, 1) + timedelta(days=1), "span"), direction="future")
    return Answer(between(moved_by(m["u"], count, now, -1), now + timedelta(days=1), "span"), direction="past")


@TABLE.rule(
    "recent",
    "recent past last",
    r"(?:recent|(?:past|last){s}(?:few|several)){s}(?:days|weeks|months|years|decades|times)(?!\w)",
)
@TABLE.rule(
    "recent", "several few many some", r"(?:several|few|many|some){s}(?:days|weeks|months|years|decades){s}ago(?!\w)"
)
def _recent(m: re.Match[str], place: Place) -> Answer:
    return Answer(None, "date", "past", TOO_VAGUE)


@TABLE.rule(
    "relative-period",
    "last this next past current coming previous following",
    r"(?P<rel>last|this|next|past|current|coming|previous|following){s}(?:calendar{s})?(?P<u>week|"
    r"month|year|decade)(?!\w|['’]s{s}end)",
)
def _relative_period(m: re.Match[str], place: Place) -> Answer:
    return Answer(relative_unit(m["rel"], m["u"], place))


@TABLE.rule(
    "within-this",
    "earlier later",
    r"(?P<part>earlier|later){s}(?:in{s})?(?P<rel>this|the){s}(?P<u>week|month|year|summer|spring|autumn|winter)(?!\w)",
)
def _earlier_this(m: re.Match[str], place: Place) -> Answer | None:
    now, unit = place.now(), m["u"].lower()
    if unit in SEASON_STARTS:
        return Answer(nearest(lambda y: season_of(unit, y), now, place.tense))
    whole = relative_unit("this", unit, place)
    if m["part"].lower() == "earlier":
        return Answer(
            between(whole.start, max(now, whole.start + timedelta(days=1)), whole.precision), direction="past"
        )
    return Answer(between(min(now, whole.end - timedelta(days=1)), whole.end, whole.precision), direction="future")


# --- counted from the date told before -----------------------------------------------------------------------------


@TABLE.rule("same-day", "same that", r"(?:same|that){s}(?P<u>day|evening|night|week|month|year)(?!\w)")
def _same(m: re.Match[str], place: Place) -> Answer:
    unit = m["u"].lower()
    before = place.before() if unit == "year" else place.day_before()
    if unit == "week":
        return Answer(week_of(before.start))
    if unit == "month":
        return Answer(DateInterval.month(before.start.year, before.start.month))
    if unit == "year":
        return Answer(DateInterval.year(before.start.year))
    return Answer(before)


@TABLE.rule(
    "next-to-previous", "following next previous", r"(?P<w>following|next|previous){s}(?:day|morning|evening)(?!\w)"
)
@TABLE.rule("next-to-previous", "day", r"day{s}(?P<w>before|after|earlier|later)(?!\w)(?=\s?(?:[.,;:)]|$))")
def _next_to_previous(m: re.Match[str], place: Place) -> Answer:
    before = place.day_before()
    if m["w"].lower() in ("previous", "before", "earlier"):
        return Answer(DateInterval.day(before.start - timedelta(days=1)))
    return Answer(DateInterval.day(before.end))


@TABLE.rule(
    "counted-from-previous",
    _AGO_KEYS,
    r"(?P<n>{N}){s}(?P<u>{U}){s}(?P<w>(?:later|earlier)(?!\w|{s}than)|(?:before|after)(?!\w)(?=\s?(?:[.,;:)]|$)))",
)
def _counted_from_previous(m: re.Match[str], place: Place) -> Answer | None:
    if m["n"].lower().startswith("half"):
        return None
    sign = 1 if m["w"].lower() in ("later", "after") else -1
    return Answer(counted_unit(m["u"], number_of(m["n"]), place.before().start, sign))


# --- lengths, habits, vague words ----------------------------------------------------------------------------------


@TABLE.rule(
    "duration",
    "for",
    r"for{s}(?:(?:the{s})?(?:past|last|next|coming|over|about|nearly|almost|more{s}than|"
    r"at{s}least){s})?(?:{N}|several|many|some|a{s}few){s}(?:more{s})?(?P<u>{U})(?!{s}(?:ago|old))",
)
@TABLE.rule("duration", _AGO_KEYS, r"(?:{N})-(?:day|week|month|year|hour)(?!\w|-old|{s}old)")
def _duration(m: re.Match[str], place: Place) -> Answer:
    return Answer(None, "duration", "either", A_LENGTH)


@TABLE.rule(
    "recurring",
    "every each",
    r"(?:every|each){s}(?:(?:{N}|other|single){s})?(?:{U}|{W}|{M}|spring|summer|autumn|winter)(?!\w)",
)
@TABLE.rule("recurring", tuple(f"{name}s" for name in WEEKDAYS), r"(?-i:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days(?!\w)")
@TABLE.rule("recurring", "annually", r"annually")
@TABLE.rule("recurring", "once twice", r"(?:once|twice){s}an?{s}(?:day|week|month|year)(?!\w)")
def _recurring(m: re.Match[str], place: Place) -> Answer:
    return Answer(None, "recurring", "either", A_HABIT)


@TABLE.rule("vague", "recently lately", r"(?:recently|lately)")
@TABLE.rule("vague", "earlier", r"earlier(?=\s?(?:[.,;:)]|$))")
def _vague_past(m: re.Match[str], place: Place) -> Answer:
    return Answer(None, "date", "past", TOO_VAGUE)


@TABLE.rule("vague", "soon shortly", r"(?:soon|shortly)(?!\w|{s}(?:after|before|thereafter))")
@TABLE.rule("vague", "as", r"as{s}soon{s}as{s}possible(?!\w)")
@TABLE.rule("vague", "near foreseeable", r"(?:near|foreseeable){s}future(?!\w)")
@TABLE.rule("vague", "in", r"in{s}due{s}(?:course|time)(?!\w)")
@TABLE.rule("vague", "early", r"early{s}date(?!\w)")
def _vague_future(m: re.Match[str], place: Place) -> Answer:
    return Answer(None, "date", "future", TOO_VAGUE)
