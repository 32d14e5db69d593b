"""Months, years and parts of them: "January 2022", "late 2021", "the second quarter", "spring"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from readout.records import DateInterval
from readout.resolving.calendar import (
    SEASON_STARTS,
    add_months,
    between,
    months_from,
    nearest,
    part_of,
    season_of,
    week_of,
)
from readout.resolving.date_rules import (
    AMBIGUOUS_MONTHS,
    DIGITS,
    MONTH_BEFORE,
    MONTH_KEYS,
    NAME_AFTER,
    OFF_CALENDAR,
    YEAR_BEFORE,
    Answer,
    Place,
    Table,
    Unresolvable,
    month_of,
)

TABLE = Table()

# --- months, years, parts of them ----------------------------------------------------------------------------------


def _month_without_year(month: int, place: Place) -> DateInterval:
    found = nearest(lambda year: DateInterval.month(year, month), place.now(), place.tense)
    if found is None:
        raise Unresolvable(OFF_CALENDAR)
    return found


def relative_unit(word: str, unit: str, place: Place) -> DateInterval:
    word, unit = word.lower().split()[-1], unit.lower()
    if word in ("following", "previous"):
        origin = place.before().start
    else:
        origin = place.now()
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(word, 0)
    if unit == "week":
        return week_of(origin, step)
    if unit == "month":
        moved = add_months(origin, step)
        return DateInterval.month(moved.year, moved.month)
    if unit == "quarter":
        moved = add_months(date(origin.year, origin.month - (origin.month - 1) % 3, 1), 3 * step)
        return months_from(moved.year, moved.month, 3, "quarter")
    if unit == "decade":
        return months_from(origin.year - origin.year % 10 + 10 * step, 1, 120, "span")
    return DateInterval.year(origin.year + step)


def _period(m: re.Match[str], place: Place) -> DateInterval:
    if m["pm"]:
        month = month_of(m["pm"])
        if m["py"]:
            return DateInterval.month(int(m["py"]), month)
        if m["pyr"]:
            return DateInterval.month(relative_unit(m["pyr"], "year", place).start.year, month)
        return _month_without_year(month, place)
    if m["pyear"]:
        return DateInterval.year(int(m["pyear"]))
    return relative_unit(m["prel"], m["punit"], place)


_PART_WORDS: dict[str, Literal["early", "mid", "late"]] = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
    "close": "late",
}


@TABLE.rule("part-of-period", "early mid late", r"(?P<part>early|mid|late)(?:[-–\s]{1,3}|{s}in{s}){period}")
@TABLE.rule(
    "part-of-period",
    "beginning start middle end close",
    r"(?P<part>beginning|start|middle|end|close){s}of{s}{period}",
)
@TABLE.rule("part-of-period", "end", r"(?P<part>end)(?:{s}|-){period}")
def _part(m: re.Match[str], place: Place) -> Answer:
    return Answer(part_of(_period(m, place), _PART_WORDS[m["part"].lower()]))


@TABLE.rule("end-of-this", "year month week", r"(?P<unit>year|month|week)(?:['’]s{s}|-)end(?!\w)")
def _years_end(m: re.Match[str], place: Place) -> Answer:
    return Answer(part_of(relative_unit("this", m["unit"], place), "late"))


@TABLE.rule("month-year", MONTH_KEYS, r"(?P<m>{M}),?{s}(?:of{s})?(?:(?P<y>{Y})|(?P<rel>this|last|next){s}year(?!\w))")
def _month_year(m: re.Match[str], place: Place) -> Answer:
    year = int(m["y"]) if m["y"] else relative_unit(m["rel"], "year", place).start.year
    return Answer(DateInterval.month(year, month_of(m["m"])))


@TABLE.rule("month", MONTH_KEYS, r"(?P<m>{M})")
def _bare_month(m: re.Match[str], place: Place) -> Answer | None:
    month = month_of(m["m"])
    short = len(m["m"]) < 5 and month not in (5, 6, 7)
    if not place.alone and (short or month in AMBIGUOUS_MONTHS):
        if not MONTH_BEFORE.search(place.words_before(m.start())):
            return None
        if NAME_AFTER.match(place.text, m.end(), place.high):  # "by April Glaspie": a person
            return None
    return Answer(_month_without_year(month, place))


@TABLE.rule("relative-month", "last this next past", r"(?P<rel>last|this|next|past){s}(?P<m>{M})(?!{s}\d)")
def _relative_month(m: re.Match[str], place: Place) -> Answer:
    month, now, word = month_of(m["m"]), place.now(), m["rel"].lower()
    if word == "this":
        return Answer(DateInterval.month(now.year, month))
    year = now.year
    if word == "next":
        year += month <= now.month
    else:
        year -= month >= now.month
    return Answer(DateInterval.month(year, month))


@TABLE.rule(
    "month-range",
    MONTH_KEYS,
    r"(?P<m>{M})(?:{s}(?P<y>{Y}))?(?:\s?[-–—]\s?|{s}(?:to|through|"
    r"until){s})(?P<n>{M})(?!{s}\d{1,2}(?!\d))(?:,?{s}(?P<z>{Y}))?",
)
@TABLE.rule(
    "month-range",
    MONTH_KEYS,
    r"(?P<m>{M})(?:{s}(?P<y>{Y}))?{s}and{s}(?P<n>{M})(?!{s}\d{1,2}(?!\d))(?:,?{s}(?P<z>{Y}))",
)
def _month_range(m: re.Match[str], place: Place) -> Answer:
    first, last = month_of(m["m"]), month_of(m["n"])
    if m["y"]:
        year = int(m["y"])
    elif m["z"]:
        year = int(m["z"]) - (first > last)
    else:
        year = _month_without_year(first, place).start.year
    end = int(m["z"]) if m["z"] else year + (last < first)
    return Answer(between(date(year, first, 1), DateInterval.month(end, last).end, "span"))


@TABLE.rule("year", DIGITS, r"(?P<y>{Y})(?![-–/]\d)(?!{s}{units})")
def _bare_year(m: re.Match[str], place: Place) -> Answer | None:
    if not place.alone and not YEAR_BEFORE.search(place.words_before(m.start())):
        after_the = place.text[max(place.low, m.start() - 4) : m.start()].lower() == "the "
        noun = re.match(r"\s[a-z]{3}", place.text[m.end() : m.end() + 4])
        if not (after_the and noun):
            return None
    return Answer(DateInterval.year(int(m["y"])))


@TABLE.rule(
    "year-range",
    DIGITS,
    r"(?P<y>{Y})(?:\s?[-–—/]\s?|{s}(?:to|through|and|until){s})(?P<z>(?:1[5-9]|20|21)\d\d|"
    r"\d\d)(?!\w)(?![-./]\d)(?!{s}{units})",
)
def _year_range(m: re.Match[str], place: Place) -> Answer | None:
    first = int(m["y"])
    last = int(m["z"]) if len(m["z"]) == 4 else first - first % 100 + int(m["z"])
    if last <= first or (len(m["z"]) == 2 and not re.search(r"[-–—/]", m[0])):
        return None
    return Answer(between(date(first, 1, 1), DateInterval.year(last).end, "span"))


@TABLE.rule("decade", DIGITS, r"(?P<y>(?:1[5-9]|20)\d0)['’]?s(?!\w)")
def _decade(m: re.Match[str], place: Place) -> Answer:
    return Answer(months_from(int(m["y"]), 1, 120, "span"))


_QUARTERS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
    "final": 4,
}


def _year_word(m: re.Match[str], place: Place) -> int | None:
    if m["y"]:
        return int(m["y"])
    if m["rel"]:
        return relative_unit(m["rel"], "year", place).start.year
    return None


@TABLE.rule(
    "quarter",
    "first second third fourth last final 0",
    r"(?P<q>first|1st|second|2nd|third|3rd|fourth|4th|last|final){s}quarter"
    r"(?:(?:{s}of)?{s}(?:(?P<y>{Y})|(?P<rel>this|last|next|the){s}year(?!\w)))?(?!\w)",
)
def _quarter(m: re.Match[str], place: Place) -> Answer | None:
    quarter, year = _QUARTERS[m["q"].lower()], _year_word(m, place)
    if year is not None:
        return Answer(months_from(year, 3 * quarter - 2, 3, "quarter"))
    if m["q"].lower() == "last":
        return Answer(relative_unit("last", "quarter", place))
    if not place.alone and not re.search(
        r"(?i)\b(?:in|by|during|before|until|for)\sthe\s$", place.words_before(m.start())
    ):
        return None
    found = nearest(lambda y: months_from(y, 3 * quarter - 2, 3, "quarter"), place.now(), place.tense)
    return Answer(found) if found else None


@TABLE.rule(
    "quarter", "q1 q2 q3 q4", r"Q(?P<q>[1-4])(?:{s}|-|/)(?:of{s})?(?:(?P<y>{Y})|(?P<rel>this|last|next){s}year(?!\w))"
)
def _short_quarter(m: re.Match[str], place: Place) -> Answer | None:
    year = _year_word(m, place)
    return Answer(months_from(year, 3 * int(m["q"]) - 2, 3, "quarter")) if year is not None else None


@TABLE.rule("relative-quarter", "this next", r"(?P<rel>this|next){s}quarter(?!\w)")
def _relative_quarter(m: re.Match[str], place: Place) -> Answer:
    return Answer(relative_unit(m["rel"], "quarter", place))


@TABLE.rule("half", "first second", r"(?P<h>first|second){s}half{s}of{s}{period}")
def _half(m: re.Match[str], place: Place) -> Answer:
    whole, first = _period(m, place), m["h"].lower() == "first"
    if whole.precision == "year":
        return Answer(months_from(whole.start.year, 1 if first else 7, 6, "span"))
    if whole.precision == "month":
        middle = whole.start + timedelta(days=15)
    else:
        middle = whole.start + (whole.end - whole.start) / 2
    start, end = (whole.start, middle) if first else (middle, whole.end)
    return Answer(between(start, end, "month" if whole.precision == "month" else "span"))


@TABLE.rule(
    "season",
    SEASON_STARTS,
    r"(?P<s>spring|summer|autumn|fall|winter){s}(?:(?:of{s})?(?P<y>{Y})|of{s}(?P<rel>this|last|"
    r"next){s}year)(?:[-–/]\d{2,4})?(?!\w)",
)
def _season_year(m: re.Match[str], place: Place) -> Answer | None:
    if re.search(r"(?:Arab|Prague|Operation)\s$", place.words_before(m.start())):
        return None
    year = _year_word(m, place)
    return Answer(season_of(m["s"].lower(), year)) if year is not None else None


@TABLE.rule(
    "relative-season", "last this next", r"(?P<rel>last|this|next){s}(?P<s>spring|summer|autumn|fall|winter)(?!\w)"
)
def _relative_season(m: re.Match[str], place: Place) -> Answer | None:
    now, name, word = place.now(), m["s"].lower(), m["rel"].lower()
    near = [season_of(name, now.year + step) for step in (-2, -1, 0, 1)]
    if word == "last":
        return Answer(max((s for s in near if s.end <= now), key=lambda s: s.start))
    if word == "next":
        return Answer(min((s for s in near if s.start > now), key=lambda s: s.start))
    return Answer(nearest(lambda y: season_of(name, y), now, place.tense))


@TABLE.rule("season-without-year", "spring summer autumn winter", r"(?P<s>spring|summer|autumn|winter)(?!\w)")
def _bare_season(m: re.Match[str], place: Place) -> Answer | None:
    if not place.alone and not re.search(
        r"(?i)(?:^|\W)(?:in|by|during|until|before|since)(?:\sthe)?\s$", place.words_before(m.start())
    ):
        return None
    return Answer(nearest(lambda y: season_of(m["s"].lower(), y), place.now(), place.tense))
