"""Expressions of time in a text, and the civil days that they denote.

A scanner walks the words; a word that can begin an expression is looked up in a table of rules, and the longest
rule that matches there wins. Every pattern is bounded (no unlimited repeat), so time grows with the length of the
text and never faster. What "last" before a weekday means, and other choices, stand in decision 0005.

Known limits: "next Tuesday" is the first Tuesday after the anchor, though some writers mean the week after;
"03/04/2022" is read day first; "the day before the summit" is not counted, as nobody here knows the day of the
summit; seasons are northern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from readout.errors import CalendarError
from readout.records import DateInterval, Span
from readout.resolving.calendar import (
    MONTH_NAMES,
    SEASON_STARTS,
    Tense,
    add_months,
    between,
    check_day,
    day_of,
    months_from,
    nearest,
    part_of,
    season_of,
    week_of,
    weekday_near,
)

Role = Literal["date", "deadline", "duration", "recurring", "since"]
Direction = Literal["past", "future", "present", "either"]

NO_ANCHOR = "no date to count from; give the document's date with --date"
NO_PREVIOUS = "no earlier date in the text to count from"
TOO_VAGUE = "too vague to place in the calendar"
A_LENGTH = "a length of time, not a date"
A_HABIT = "it recurs, so it has no single date"
OFF_CALENDAR = "outside the years 1 to 9999 that the calendar covers"
NOT_TIME = "not an expression of time that is known"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """One expression of time as written, with what it denotes or the reason why that is not known.

    The span of a deadline and of a ``since`` includes its preposition ("by the end of June"); of a plain date not.
    """

    span: Span
    as_written: str
    interval: DateInterval | None
    rule: str
    role: Role
    unresolved: str | None
    direction: Direction


class _Unresolvable(Exception):
    """Ends a rule that matched but cannot be counted; its reason goes into the mention."""


class _Answer(NamedTuple):
    interval: DateInterval | None
    role: Role = "date"
    direction: Direction | None = None
    unresolved: str | None = None


class _Place(NamedTuple):
    """Where a rule is tried, and what it may count from."""

    text: str
    low: int
    high: int
    anchor: date | None
    tense: Tense
    previous: DateInterval | None
    alone: bool  # the whole text is one expression, so that a bare "May" needs no preposition before it

    def now(self) -> date:
        if self.anchor is None:
            raise _Unresolvable(NO_ANCHOR)
        return self.anchor

    def before(self) -> DateInterval:
        if self.previous is None:
            raise _Unresolvable(NO_PREVIOUS)
        return self.previous

    def day_before(self) -> DateInterval:
        found = self.before()
        if not _is_day(found):
            raise _Unresolvable(NO_PREVIOUS)
        return found

    def words_before(self, position: int, reach: int = 28) -> str:
        return self.text[max(self.low, position - reach) : position]


_Handler = Callable[[re.Match[str], _Place], _Answer | None]


class _Rule(NamedTuple):
    name: str
    pattern: str
    handle: _Handler


_RULES: dict[str, list[_Rule]] = {}
_DIGITS = "0"  # the key under which rules stand that begin with a figure


def _rule(name: str, keys: str | Iterable[str], pattern: str) -> Callable[[_Handler], _Handler]:
    def enter(handle: _Handler) -> _Handler:
        for key in keys.split() if isinstance(keys, str) else keys:
            _RULES.setdefault(key, []).append(_Rule(name, pattern, handle))
        return handle

    return enter


# --- words ---------------------------------------------------------------------------------------------------------

_MONTHS = {name.lower(): i for i, name in enumerate(MONTH_NAMES, 1)}
_MONTHS |= {name[:3].lower(): i for i, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}
_WEEKDAYS = {
    name: i for i, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_SHORT_WEEKDAYS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
_CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_NUMBERS = {word: i for i, word in enumerate(_CARDINALS.split(), 1)}
_NUMBERS |= {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100}
_NUMBERS |= {"a couple of": 2, "couple of": 2, "half a": 0}
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_ORDINALS = {word: i for i, word in enumerate(_ORDINAL_WORDS.split(), 1)}
_AMBIGUOUS_MONTHS = frozenset({3, 4, 5, 6, 8})  # march, may; April, June and August are people too

_NAMED = "|".join(sorted((f"{n}|{n.upper()}" for n in MONTH_NAMES), key=len, reverse=True))
_SHORT = "|".join(f"{n[:3]}|{n[:3].upper()}" for n in MONTH_NAMES if n != "May")
_PARTS = {
    # {s} space, {M} month, {D} day, {Y} year, {W} weekday, {N} number, {U} unit, {-} a dash or "to"
    "s": r"\s{1,3}",
    "M": rf"(?-i:(?:{_NAMED}|Sept\.|SEPT\.|Sept|(?:{_SHORT})\.?)(?![A-Za-z]))",
    "D": r"(?:0?[1-9]|[12]\d|3\d)(?:st|nd|rd|th)?(?![\w%])(?![.,:]\d)",
    "Y": r"(?:1[5-9]|20|21)\d\d(?![\w%])(?![.,:]\d)",
    "W": r"(?-i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)(?!\w)",
    "w": r"(?-i:Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun)\.?(?!\w)",
    "N": rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?![\w])",
    "U": r"(?:day|week|month|year|decade|hour|fortnight)s?(?!\w)",
    "-": r"(?:\s?[-–—−]\s?|\s{1,3}(?:to|and|through|until|till)\s{1,3})",
    "P": r"(?:morning|afternoon|evening|night)(?!\w)",
}
_PARTS["date"] = (
    r"(?:(?P<d>{D})(?:{s}of)?{s}(?P<m>{M})(?:,?{s}(?:of{s})?(?P<y>{Y}))?"
    r"|(?P<m2>{M}){s}(?:the{s})?(?P<d2>{D})(?:(?:{s}|,\s{0,2})(?P<y2>{Y}))?)"
)
_PARTS["period"] = (
    r"(?:(?P<pm>{M})(?:,?{s}(?:of{s})?(?:(?P<py>{Y})|(?P<pyr>this|last|next){s}year(?!\w)))?"
    r"|(?P<pyear>{Y})(?!{s}{units})"
    r"|(?P<prel>this|last|next|the|the{s}current|the{s}coming|the{s}following|the{s}previous){s}"
    r"(?P<punit>week|month|year|decade)(?!\w))"
)
# What a number counts when it is no day and no year: "15 people", "2022 tonnes".
_PARTS["units"] = (
    r"(?:people|persons|troops|soldiers|tons?|tonnes|km|kilomet\w{2,4}|miles?|dollars|euros|rubles|roubles|yuan|"
    r"million|billion|trillion|thousand|hundred|percent|per{s}cent|civilians|refugees|prisoners|delegates|"
    r"participants|countries|states|nations|members|citizens|nationals|students|companies|projects|cases|"
    r"agenda|vision|goals|drones|missiles|tanks|aircraft|vehicles|families|children|women|men|victims)(?!\w)"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a rule, made when a text first needs it, so that importing compiles little."""
    return re.compile(_expand(pattern), re.IGNORECASE)


def _expand(pattern: str) -> str:
    for _ in range(4):
        pattern = re.sub(r"\{(date|period|units|[sMDYWwNUP-])\}", lambda m: _PARTS[m[1]], pattern)
    return pattern


_MONTH_KEYS = tuple(_MONTHS)
_YEAR_BEFORE = re.compile(
    r"(?:^|\W)(?:in|by|since|until|till|of|during|from|before|after|through|throughout|for|year|around|circa|"
    r"between|late|early|mid|and|to)(?:\s{1,3}the\s{1,3}year)?[\s-]{1,3}(?:the\s)?$",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(
    r"(?:^|\W)(?:in|by|since|until|till|of|during|from|before|after|through|throughout|for|this|last|next|the|early|"
    r"mid|late|between|and|to|every|each)[\s-]{1,3}$",
    re.IGNORECASE,
)
_NAME_AFTER = re.compile(r"(?:\s{1,3}|-)[A-Z][a-z]")
_UNITS_AFTER = re.compile(_expand(r"{s}{units}"), re.IGNORECASE)
_ROLE_BEFORE = re.compile(
    r"(?:^|(?<=\W))(?P<deadline>by|before|until|till|til|no{s}later{s}than|not{s}later{s}than|prior{s}to|up{s}to|"
    r"ahead{s}of|on{s}or{s}before)(?:{s}the)?{s}$"
    r"|(?:^|(?<=\W))(?P<since>since|ever{s}since)(?:{s}the)?{s}$".replace("{s}", r"\s{1,3}"),
    re.IGNORECASE,
)


def _number(word: str) -> int:
    word = " ".join(word.lower().split())
    return int(word) if word[0].isdigit() else _NUMBERS[word]


def _month(word: str) -> int:
    return _MONTHS[word.lower().rstrip(".")]


def _day_number(word: str) -> int:
    return int(re.match(r"\d{1,2}", word)[0])  # type: ignore[index]


def _weekday(word: str | None) -> int | None:
    if not word:
        return None
    word = word.lower().rstrip(".")
    return _WEEKDAYS.get(word, _SHORT_WEEKDAYS.get(word))


def _span_of(unit: str, count: int, origin: date, sign: int) -> date:
    unit = unit.lower().removesuffix("s")
    step = sign * count
    if unit == "day":
        return origin + timedelta(days=step)
    if unit in ("week", "fortnight"):
        return origin + timedelta(weeks=step * (2 if unit == "fortnight" else 1))
    if unit == "hour":
        return origin + timedelta(hours=0) if abs(count) < 24 else origin + timedelta(days=sign * (count // 24))
    return add_months(origin, step * {"month": 1, "year": 12, "decade": 120}[unit])


def _counted(unit: str, count: int, origin: date, sign: int) -> DateInterval:
    """The point ``count`` units away, in the grain of its unit: three weeks ago is a week, not a day."""
    point = _span_of(unit, count, origin, sign)
    unit = unit.lower().removesuffix("s")
    if unit in ("day", "hour"):
        return DateInterval.day(point)
    if unit in ("week", "fortnight"):
        return week_of(point)
    if unit == "month":
        return DateInterval.month(point.year, point.month)
    return DateInterval.year(point.year)


# --- days told by the calendar -------------------------------------------------------------------------------------


def _civil(day: int, month: int, year: int | None, place: _Place, weekday: int | None = None) -> DateInterval:
    check_day(month, day)
    if year is not None:
        return DateInterval.day(day_of(year, month, day))

    def make(a_year: int) -> DateInterval | None:
        try:
            return DateInterval.day(date(a_year, month, day))
        except ValueError:  # 29 February of a common year: not a candidate
            return None

    def make_on_weekday(a_year: int) -> DateInterval | None:
        made = make(a_year)
        return made if made and made.start.weekday() == weekday else None

    now = place.now()
    found = nearest(make, now, place.tense)
    if weekday is not None and found is not None and found.start.weekday() != weekday:
        other = nearest(make_on_weekday, now, place.tense)
        if other is not None and abs(other.start.year - now.year) <= 1:
            found = other
    if found is None:
        raise _Unresolvable(OFF_CALENDAR)
    return found


def _parts(m: re.Match[str]) -> tuple[int, int, int | None]:
    day, month, year = m["d"] or m["d2"], m["m"] or m["m2"], m["y"] or m["y2"]
    return _day_number(day), _month(month), int(year) if year else None


@_rule("day-month", (_DIGITS, *_MONTH_KEYS), r"{date}")
def _absolute(m: re.Match[str], place: _Place) -> _Answer | None:
    if not (m["y"] or m["y2"]) and m["m2"] and _UNITS_AFTER.match(place.text, m.end(), place.high):
        return None
    day, month, year = _parts(m)
    return _Answer(_civil(day, month, year, place))


@_rule("weekday-day-month", (*_WEEKDAYS, *_SHORT_WEEKDAYS), r"(?P<wd>{W}|{w})(?:,\s{0,2}|{s})(?:the{s})?{date}")
@_rule("weekday-after-day-month", (_DIGITS, *_MONTH_KEYS), r"{date}\s?\((?P<wd>{W}|{w})\)")
def _absolute_with_weekday(m: re.Match[str], place: _Place) -> _Answer:
    day, month, year = _parts(m)
    return _Answer(_civil(day, month, year, place, _weekday(m["wd"])))


@_rule(
    "ordinal-day",
    tuple({w.split("-")[0] for w in _ORDINALS}),
    rf"(?P<o>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
    r"(?:{s}day)?{s}of{s}(?P<m>{M})(?:,?{s}(?P<y>{Y}))?",
)
def _ordinal_day(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(_civil(_ORDINALS[m["o"].lower()], _month(m["m"]), int(m["y"]) if m["y"] else None, place))


@_rule("iso-day", _DIGITS, r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\w/-])(?!\.\d)")
def _iso_day(m: re.Match[str], place: _Place) -> _Answer | None:
    year, month, day = int(m["y"]), int(m["m"]), int(m["d"])
    if not 1 <= month <= 12 or year < 1:
        return None
    check_day(month, day)
    return _Answer(DateInterval.day(day_of(year, month, day)))


_NUMERIC = r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20|21)\d\d)(?![\w/-])(?!\.\d)"


@_rule("numeric-day-first", _DIGITS, _NUMERIC)
def _numeric_day_first(m: re.Match[str], place: _Place) -> _Answer | None:
    day, month = int(m["a"]), int(m["b"])
    if not 1 <= month <= 12 or day < 1:
        return None
    check_day(month, day)
    return _Answer(DateInterval.day(day_of(int(m["y"]), month, day)))


@_rule("numeric-month-first", _DIGITS, _NUMERIC)
def _numeric_month_first(m: re.Match[str], place: _Place) -> _Answer | None:
    month, day = int(m["a"]), int(m["b"])
    if day <= 12 or not 1 <= month <= 12:  # day-first was possible
        return None
    check_day(month, day)
    return _Answer(DateInterval.day(day_of(int(m["y"]), month, day)))


def _days(first: DateInterval, last: DateInterval) -> DateInterval:
    if last.end <= first.start:
        raise _Unresolvable("the range ends before it begins")
    return between(first.start, last.end, "days" if (last.end - first.start).days > 1 else "day")


@_rule("days-of-month", _DIGITS, r"(?P<a>{D}){-}(?P<b>{D})(?:{s}of)?{s}(?P<m>{M})(?:,?{s}(?P<y>{Y}))?")
def _days_of_month(m: re.Match[str], place: _Place) -> _Answer:
    month, year = _month(m["m"]), int(m["y"]) if m["y"] else None
    check_day(month, _day_number(m["b"]))
    first = _civil(_day_number(m["a"]), month, year, place)
    return _Answer(_days(first, DateInterval.day(day_of(first.start.year, month, _day_number(m["b"])))))


@_rule("month-days", _MONTH_KEYS, r"(?P<m>{M}){s}(?P<a>{D}){-}(?P<b>{D})(?:(?:,\s{0,2}|{s})(?P<y>{Y}))?(?!{s}{M})")
def _month_days(m: re.Match[str], place: _Place) -> _Answer | None:
    return _days_of_month(m, place)


@_rule(
    "day-month-range",
    _DIGITS,
    r"(?P<d>{D}){s}(?P<m>{M})(?:,?{s}(?P<y>{Y}))?{-}(?P<e>{D}){s}(?P<n>{M})(?:,?{s}(?P<z>{Y}))?",
)
def _range_day_first(m: re.Match[str], place: _Place) -> _Answer:
    last_year = int(m["z"]) if m["z"] else None
    first_month, last_month = _month(m["m"]), _month(m["n"])
    year = int(m["y"]) if m["y"] else None
    if year is None and last_year is not None:
        year = last_year - (first_month > last_month)
    first = _civil(_day_number(m["d"]), first_month, year, place)
    if last_year is None:
        last_year = first.start.year + (last_month < first_month)
    check_day(last_month, _day_number(m["e"]))
    return _Answer(_days(first, DateInterval.day(day_of(last_year, last_month, _day_number(m["e"])))))


@_rule(
    "month-day-range",
    _MONTH_KEYS,
    r"(?P<m>{M}){s}(?P<d>{D})(?:,?{s}(?P<y>{Y}))?{-}(?P<n>{M}){s}(?P<e>{D})(?:(?:,\s{0,2}|{s})(?P<z>{Y}))?",
)
def _range_month_first(m: re.Match[str], place: _Place) -> _Answer | None:
    return _range_day_first(m, place)


# --- months, years, parts of them ----------------------------------------------------------------------------------


def _month_without_year(month: int, place: _Place) -> DateInterval:
    found = nearest(lambda year: DateInterval.month(year, month), place.now(), place.tense)
    if found is None:
        raise _Unresolvable(OFF_CALENDAR)
    return found


def _relative_unit(word: str, unit: str, place: _Place) -> DateInterval:
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


def _period(m: re.Match[str], place: _Place) -> DateInterval:
    if m["pm"]:
        month = _month(m["pm"])
        if m["py"]:
            return DateInterval.month(int(m["py"]), month)
        if m["pyr"]:
            return DateInterval.month(_relative_unit(m["pyr"], "year", place).start.year, month)
        return _month_without_year(month, place)
    if m["pyear"]:
        return DateInterval.year(int(m["pyear"]))
    return _relative_unit(m["prel"], m["punit"], place)


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


@_rule("part-of-period", "early mid late", r"(?P<part>early|mid|late)(?:[-–\s]{1,3}|{s}in{s}){period}")
@_rule(
    "part-of-period",
    "beginning start middle end close",
    r"(?P<part>beginning|start|middle|end|close){s}of{s}{period}",
)
@_rule("part-of-period", "end", r"(?P<part>end)(?:{s}|-){period}")
def _part(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(part_of(_period(m, place), _PART_WORDS[m["part"].lower()]))


@_rule("end-of-this", "year month week", r"(?P<unit>year|month|week)(?:['’]s{s}|-)end(?!\w)")
def _years_end(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(part_of(_relative_unit("this", m["unit"], place), "late"))


@_rule("month-year", _MONTH_KEYS, r"(?P<m>{M}),?{s}(?:of{s})?(?:(?P<y>{Y})|(?P<rel>this|last|next){s}year(?!\w))")
def _month_year(m: re.Match[str], place: _Place) -> _Answer:
    year = int(m["y"]) if m["y"] else _relative_unit(m["rel"], "year", place).start.year
    return _Answer(DateInterval.month(year, _month(m["m"])))


@_rule("month", _MONTH_KEYS, r"(?P<m>{M})")
def _bare_month(m: re.Match[str], place: _Place) -> _Answer | None:
    month = _month(m["m"])
    short = len(m["m"]) < 5 and month not in (5, 6, 7)
    if not place.alone and (short or month in _AMBIGUOUS_MONTHS):
        if not _MONTH_BEFORE.search(place.words_before(m.start())):
            return None
        if _NAME_AFTER.match(place.text, m.end(), place.high):  # "by April Glaspie": a person
            return None
    return _Answer(_month_without_year(month, place))


@_rule("relative-month", "last this next past", r"(?P<rel>last|this|next|past){s}(?P<m>{M})(?!{s}\d)")
def _relative_month(m: re.Match[str], place: _Place) -> _Answer:
    month, now, word = _month(m["m"]), place.now(), m["rel"].lower()
    if word == "this":
        return _Answer(DateInterval.month(now.year, month))
    year = now.year
    if word == "next":
        year += month <= now.month
    else:
        year -= month >= now.month
    return _Answer(DateInterval.month(year, month))


@_rule(
    "month-range",
    _MONTH_KEYS,
    r"(?P<m>{M})(?:{s}(?P<y>{Y}))?(?:\s?[-–—]\s?|{s}(?:to|through|"
    r"until){s})(?P<n>{M})(?!{s}\d{1,2}(?!\d))(?:,?{s}(?P<z>{Y}))?",
)
@_rule(
    "month-range",
    _MONTH_KEYS,
    r"(?P<m>{M})(?:{s}(?P<y>{Y}))?{s}and{s}(?P<n>{M})(?!{s}\d{1,2}(?!\d))(?:,?{s}(?P<z>{Y}))",
)
def _month_range(m: re.Match[str], place: _Place) -> _Answer:
    first, last = _month(m["m"]), _month(m["n"])
    if m["y"]:
        year = int(m["y"])
    elif m["z"]:
        year = int(m["z"]) - (first > last)
    else:
        year = _month_without_year(first, place).start.year
    end = int(m["z"]) if m["z"] else year + (last < first)
    return _Answer(between(date(year, first, 1), DateInterval.month(end, last).end, "span"))


@_rule("year", _DIGITS, r"(?P<y>{Y})(?![-–/]\d)(?!{s}{units})")
def _bare_year(m: re.Match[str], place: _Place) -> _Answer | None:
    if not place.alone and not _YEAR_BEFORE.search(place.words_before(m.start())):
        after_the = place.text[max(place.low, m.start() - 4) : m.start()].lower() == "the "
        noun = re.match(r"\s[a-z]{3}", place.text[m.end() : m.end() + 4])
        if not (after_the and noun):
            return None
    return _Answer(DateInterval.year(int(m["y"])))


@_rule(
    "year-range",
    _DIGITS,
    r"(?P<y>{Y})(?:\s?[-–—/]\s?|{s}(?:to|through|and|until){s})(?P<z>(?:1[5-9]|20|21)\d\d|"
    r"\d\d)(?!\w)(?![-./]\d)(?!{s}{units})",
)
def _year_range(m: re.Match[str], place: _Place) -> _Answer | None:
    first = int(m["y"])
    last = int(m["z"]) if len(m["z"]) == 4 else first - first % 100 + int(m["z"])
    if last <= first or (len(m["z"]) == 2 and not re.search(r"[-–—/]", m[0])):
        return None
    return _Answer(between(date(first, 1, 1), DateInterval.year(last).end, "span"))


@_rule("decade", _DIGITS, r"(?P<y>(?:1[5-9]|20)\d0)['’]?s(?!\w)")
def _decade(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(months_from(int(m["y"]), 1, 120, "span"))


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


def _year_word(m: re.Match[str], place: _Place) -> int | None:
    if m["y"]:
        return int(m["y"])
    if m["rel"]:
        return _relative_unit(m["rel"], "year", place).start.year
    return None


@_rule(
    "quarter",
    "first second third fourth last final 0",
    r"(?P<q>first|1st|second|2nd|third|3rd|fourth|4th|last|final){s}quarter"
    r"(?:(?:{s}of)?{s}(?:(?P<y>{Y})|(?P<rel>this|last|next|the){s}year(?!\w)))?(?!\w)",
)
def _quarter(m: re.Match[str], place: _Place) -> _Answer | None:
    quarter, year = _QUARTERS[m["q"].lower()], _year_word(m, place)
    if year is not None:
        return _Answer(months_from(year, 3 * quarter - 2, 3, "quarter"))
    if m["q"].lower() == "last":
        return _Answer(_relative_unit("last", "quarter", place))
    if not place.alone and not re.search(
        r"(?i)\b(?:in|by|during|before|until|for)\sthe\s$", place.words_before(m.start())
    ):
        return None
    found = nearest(lambda y: months_from(y, 3 * quarter - 2, 3, "quarter"), place.now(), place.tense)
    return _Answer(found) if found else None


@_rule(
    "quarter", "q1 q2 q3 q4", r"Q(?P<q>[1-4])(?:{s}|-|/)(?:of{s})?(?:(?P<y>{Y})|(?P<rel>this|last|next){s}year(?!\w))"
)
def _short_quarter(m: re.Match[str], place: _Place) -> _Answer | None:
    year = _year_word(m, place)
    return _Answer(months_from(year, 3 * int(m["q"]) - 2, 3, "quarter")) if year is not None else None


@_rule("relative-quarter", "this next", r"(?P<rel>this|next){s}quarter(?!\w)")
def _relative_quarter(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(_relative_unit(m["rel"], "quarter", place))


@_rule("half", "first second", r"(?P<h>first|second){s}half{s}of{s}{period}")
def _half(m: re.Match[str], place: _Place) -> _Answer:
    whole, first = _period(m, place), m["h"].lower() == "first"
    if whole.precision == "year":
        return _Answer(months_from(whole.start.year, 1 if first else 7, 6, "span"))
    if whole.precision == "month":
        middle = whole.start + timedelta(days=15)
    else:
        middle = whole.start + (whole.end - whole.start) / 2
    start, end = (whole.start, middle) if first else (middle, whole.end)
    return _Answer(between(start, end, "month" if whole.precision == "month" else "span"))


@_rule(
    "season",
    SEASON_STARTS,
    r"(?P<s>spring|summer|autumn|fall|winter){s}(?:(?:of{s})?(?P<y>{Y})|of{s}(?P<rel>this|last|"
    r"next){s}year)(?:[-–/]\d{2,4})?(?!\w)",
)
def _season_year(m: re.Match[str], place: _Place) -> _Answer | None:
    if re.search(r"(?:Arab|Prague|Operation)\s$", place.words_before(m.start())):
        return None
    year = _year_word(m, place)
    return _Answer(season_of(m["s"].lower(), year)) if year is not None else None


@_rule("relative-season", "last this next", r"(?P<rel>last|this|next){s}(?P<s>spring|summer|autumn|fall|winter)(?!\w)")
def _relative_season(m: re.Match[str], place: _Place) -> _Answer | None:
    now, name, word = place.now(), m["s"].lower(), m["rel"].lower()
    near = [season_of(name, now.year + step) for step in (-2, -1, 0, 1)]
    if word == "last":
        return _Answer(max((s for s in near if s.end <= now), key=lambda s: s.start))
    if word == "next":
        return _Answer(min((s for s in near if s.start > now), key=lambda s: s.start))
    return _Answer(nearest(lambda y: season_of(name, y), now, place.tense))


@_rule("season-without-year", "spring summer autumn winter", r"(?P<s>spring|summer|autumn|winter)(?!\w)")
def _bare_season(m: re.Match[str], place: _Place) -> _Answer | None:
    if not place.alone and not re.search(
        r"(?i)(?:^|\W)(?:in|by|during|until|before|since)(?:\sthe)?\s$", place.words_before(m.start())
    ):
        return None
    return _Answer(nearest(lambda y: season_of(m["s"].lower(), y), place.now(), place.tense))


# --- weekdays ------------------------------------------------------------------------------------------------------

_NAMED_WEEKDAYS = re.compile(r"(?:Good|Black|Bloody|Easter|Palm|Ash|Super|Maundy|Holy)\s$")


@_rule("weekday", _WEEKDAYS, r"(?P<wd>{W})(?!s(?!\w))(?:{s}{P})?")
def _bare_weekday(m: re.Match[str], place: _Place) -> _Answer | None:
    if _NAMED_WEEKDAYS.search(place.words_before(m.start())):
        return None
    weekday = _weekday(m["wd"]) or 0
    return _Answer(DateInterval.day(weekday_near(weekday, place.now(), place.tense)))


@_rule(
    "relative-weekday",
    "last past this next coming",
    r"(?P<rel>last|past|this|next|coming)(?:{s}coming)?{s}(?P<wd>{W})(?:{s}{P})?",
)
def _relative_weekday(m: re.Match[str], place: _Place) -> _Answer:
    weekday, now, word = _weekday(m["wd"]) or 0, place.now(), m["rel"].lower()
    if word in ("last", "past"):
        return _Answer(DateInterval.day(weekday_near(weekday, now - timedelta(days=1), "past")))
    if word == "this":
        return _Answer(DateInterval.day(week_of(now).start + timedelta(days=weekday)))
    return _Answer(DateInterval.day(weekday_near(weekday, now, "future")))


@_rule("weekday-of-week", _WEEKDAYS, r"(?P<wd>{W}),?{s}(?:of{s})?(?P<rel>last|this|next){s}week(?!\w)")
def _weekday_of_week(m: re.Match[str], place: _Place) -> _Answer:
    week = _relative_unit(m["rel"], "week", place)
    return _Answer(DateInterval.day(week.start + timedelta(days=_weekday(m["wd"]) or 0)))


@_rule("weekday-range", _WEEKDAYS, r"(?P<a>{W})(?:\s?[-–]\s?|{s}(?:to|through|until){s})(?P<b>{W})")
def _weekday_range(m: re.Match[str], place: _Place) -> _Answer:
    first = weekday_near(_weekday(m["a"]) or 0, place.now(), place.tense)
    last = weekday_near(_weekday(m["b"]) or 0, first, "future")
    return _Answer(_days(DateInterval.day(first), DateInterval.day(last)))


@_rule("weekend", "weekend last this next", r"(?:(?P<rel>last|this|next|past|coming){s})?weekend(?!\w)")
def _weekend(m: re.Match[str], place: _Place) -> _Answer | None:
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
    return _Answer(between(saturday, saturday + timedelta(days=2), "days"))


# --- counted from the anchor ---------------------------------------------------------------------------------------


@_rule("today", "today tonight", r"(?:today|tonight)(?!\w)")
@_rule("today", "this", r"this{s}{P}")
@_rule("today", "earlier later", r"(?:earlier|later){s}today(?!\w)")
def _today(m: re.Match[str], place: _Place) -> _Answer | None:
    if m[0] == "Today" and re.search(
        r"(?:Russia|USA|Asia|Africa|Europe|India|China)\s$", place.words_before(m.start())
    ):
        return None
    return _Answer(DateInterval.day(place.now()), direction="present")


@_rule("yesterday", "yesterday", r"yesterday(?:{s}{P})?(?!\w)")
@_rule("yesterday", "last", r"last{s}(?:night|evening)(?!\w)")
def _yesterday(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(DateInterval.day(place.now() - timedelta(days=1)))


@_rule("tomorrow", "tomorrow", r"tomorrow(?:{s}{P})?(?!\w)")
def _tomorrow(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(DateInterval.day(place.now() + timedelta(days=1)))


@_rule("two-days-away", "day", r"day{s}(?:before{s}(?P<y>yesterday)|after{s}tomorrow)(?!\w)")
def _two_days(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(DateInterval.day(place.now() + timedelta(days=-2 if m["y"] else 2)))


_AGO_KEYS = tuple({w.split()[0] for w in _NUMBERS} | {_DIGITS})


@_rule("ago", _AGO_KEYS, r"(?P<n>{N})(?:{s}|-)(?P<u>{U}){s}ago(?!\w)")
def _ago(m: re.Match[str], place: _Place) -> _Answer:
    if m["n"].lower().startswith("half"):
        return _Answer(_counted("month", 6, place.now(), -1), direction="past")
    return _Answer(_counted(m["u"], _number(m["n"]), place.now(), -1), direction="past")


@_rule("from-now", _AGO_KEYS, r"(?P<n>{N}){s}(?P<u>{U}){s}from{s}(?:now|today)(?!\w)")
@_rule("in-units", "in", r"in{s}(?P<n>{N}){s}(?P<u>{U})(?:['’]{s}time(?!\w))?(?!{s}(?:of|ago|since)(?!\w))")
def _in_units(m: re.Match[str], place: _Place) -> _Answer:
    if m["n"].lower().startswith("half"):
        return _Answer(_counted("month", 6, place.now(), 1), direction="future")
    first_time = re.search(r"(?i)\b(?:time|visit|ever)\s$", place.words_before(m.start()))
    if first_time or (place.tense == "past" and m[0].lower().startswith("in")):  # "they built it in two weeks"
        return _Answer(None, "duration", "past", A_LENGTH)
    return _Answer(_counted(m["u"], _number(m["n"]), place.now(), 1), direction="future")


@_rule("within", "within", r"within{s}(?:the{s}(?:next|coming|following){s})?(?P<n>{N}){s}(?P<u>{U})")
def _within(m: re.Match[str], place: _Place) -> _Answer:
    if m["n"].lower().startswith("half"):
        end = _span_of("month", 6, place.now(), 1)
    else:
        end = _span_of(m["u"], _number(m["n"]), place.now(), 1)
    return _Answer(between(place.now(), end + timedelta(days=1), "span"), "deadline", "future")


@_rule(
    "within-period",
    "within",
    r"within{s}(?:(?P<rel>this|next|the{s}(?:current|coming)){s}(?P<u>week|month|quarter|year)|(?:a|"
    r"the){s}matter{s}of{s}{U})(?!\w)",
)
def _within_period(m: re.Match[str], place: _Place) -> _Answer:
    if not m["rel"]:
        return _Answer(None, "deadline", "future", TOO_VAGUE)
    return _Answer(_relative_unit(m["rel"], m["u"], place), "deadline", "future")


# "The coming days" are the next seven, "the coming weeks" the next four, "the coming months" the next six.
_COMING = {"days": ("day", 7), "weeks": ("week", 4), "months": ("month", 6)}


@_rule(
    "coming",
    "coming next upcoming following",
    r"(?:coming|next|upcoming|following){s}(?:(?:few|several|couple{s}of){s})?(?P<u>days|weeks|months|"
    r"years|decades)(?!\w)",
)
@_rule("coming", "days weeks months years", r"(?P<u>days|weeks|months|years){s}(?:ahead|to{s}come)(?!\w)")
def _coming(m: re.Match[str], place: _Place) -> _Answer:
    unit = m["u"].lower()
    if unit not in _COMING:
        return _Answer(None, "date", "future", TOO_VAGUE)
    end = _span_of(*_COMING[unit], place.now(), 1)
    return _Answer(between(place.now() + timedelta(days=1), end + timedelta(days=1), "span"), direction="future")


@_rule(
    "counted-span",
    "next coming following last past previous",
    r"(?P<rel>next|coming|following|last|past|previous){s}(?P<n>{N}){s}(?P<u>{U})",
)
def _counted_span(m: re.Match[str], place: _Place) -> _Answer | None:
    if m["n"].lower() in ("a", "an") or m["n"].lower().startswith("half"):
        return None
    if re.search(r"(?i)\bfor\s(?:the\s)?$", place.words_before(m.start())):
        return _Answer(None, "duration", "either", A_LENGTH)
    count, now = _number(m["n"]), place.now()
    if count == 0:
        return None
    if m["rel"].lower() in ("next", "coming", "following"):
        return _Answer(between(now, _span_of(m["u"], count, now, 1) + timedelta(days=1), "span"), direction="future")
    return _Answer(between(_span_of(m["u"], count, now, -1), now + timedelta(days=1), "span"), direction="past")


@_rule(
    "recent",
    "recent past last",
    r"(?:recent|(?:past|last){s}(?:few|several)){s}(?:days|weeks|months|years|decades|times)(?!\w)",
)
@_rule(
    "recent", "several few many some", r"(?:several|few|many|some){s}(?:days|weeks|months|years|decades){s}ago(?!\w)"
)
def _recent(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(None, "date", "past", TOO_VAGUE)


@_rule(
    "relative-period",
    "last this next past current coming previous following",
    r"(?P<rel>last|this|next|past|current|coming|previous|following){s}(?:calendar{s})?(?P<u>week|"
    r"month|year|decade)(?!\w|['’]s{s}end)",
)
def _relative_period(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(_relative_unit(m["rel"], m["u"], place))


@_rule(
    "within-this",
    "earlier later",
    r"(?P<part>earlier|later){s}(?:in{s})?(?P<rel>this|the){s}(?P<u>week|month|year|summer|spring|autumn|winter)(?!\w)",
)
def _earlier_this(m: re.Match[str], place: _Place) -> _Answer | None:
    now, unit = place.now(), m["u"].lower()
    if unit in SEASON_STARTS:
        return _Answer(nearest(lambda y: season_of(unit, y), now, place.tense))
    whole = _relative_unit("this", unit, place)
    if m["part"].lower() == "earlier":
        return _Answer(
            between(whole.start, max(now, whole.start + timedelta(days=1)), whole.precision), direction="past"
        )
    return _Answer(between(min(now, whole.end - timedelta(days=1)), whole.end, whole.precision), direction="future")


# --- counted from the date told before -----------------------------------------------------------------------------


@_rule("same-day", "same that", r"(?:same|that){s}(?P<u>day|evening|night|week|month|year)(?!\w)")
def _same(m: re.Match[str], place: _Place) -> _Answer:
    unit = m["u"].lower()
    before = place.before() if unit == "year" else place.day_before()
    if unit == "week":
        return _Answer(week_of(before.start))
    if unit == "month":
        return _Answer(DateInterval.month(before.start.year, before.start.month))
    if unit == "year":
        return _Answer(DateInterval.year(before.start.year))
    return _Answer(before)


@_rule("next-to-previous", "following next previous", r"(?P<w>following|next|previous){s}(?:day|morning|evening)(?!\w)")
@_rule("next-to-previous", "day", r"day{s}(?P<w>before|after|earlier|later)(?!\w)(?=\s?(?:[.,;:)]|$))")
def _next_to_previous(m: re.Match[str], place: _Place) -> _Answer:
    before = place.day_before()
    if m["w"].lower() in ("previous", "before", "earlier"):
        return _Answer(DateInterval.day(before.start - timedelta(days=1)))
    return _Answer(DateInterval.day(before.end))


@_rule(
    "counted-from-previous",
    _AGO_KEYS,
    r"(?P<n>{N}){s}(?P<u>{U}){s}(?P<w>(?:later|earlier)(?!\w|{s}than)|(?:before|after)(?!\w)(?=\s?(?:[.,;:)]|$)))",
)
def _counted_from_previous(m: re.Match[str], place: _Place) -> _Answer | None:
    if m["n"].lower().startswith("half"):
        return None
    sign = 1 if m["w"].lower() in ("later", "after") else -1
    return _Answer(_counted(m["u"], _number(m["n"]), place.before().start, sign))


# --- lengths, habits, vague words ----------------------------------------------------------------------------------


@_rule(
    "duration",
    "for",
    r"for{s}(?:(?:the{s})?(?:past|last|next|coming|over|about|nearly|almost|more{s}than|"
    r"at{s}least){s})?(?:{N}|several|many|some|a{s}few){s}(?:more{s})?(?P<u>{U})(?!{s}(?:ago|old))",
)
@_rule("duration", _AGO_KEYS, r"(?:{N})-(?:day|week|month|year|hour)(?!\w|-old|{s}old)")
def _duration(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(None, "duration", "either", A_LENGTH)


@_rule(
    "recurring",
    "every each",
    r"(?:every|each){s}(?:(?:{N}|other|single){s})?(?:{U}|{W}|{M}|spring|summer|autumn|winter)(?!\w)",
)
@_rule("recurring", tuple(f"{name}s" for name in _WEEKDAYS), r"(?-i:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days(?!\w)")
@_rule("recurring", "annually", r"annually")
@_rule("recurring", "once twice", r"(?:once|twice){s}an?{s}(?:day|week|month|year)(?!\w)")
def _recurring(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(None, "recurring", "either", A_HABIT)


@_rule("vague", "recently lately", r"(?:recently|lately)")
@_rule("vague", "earlier", r"earlier(?=\s?(?:[.,;:)]|$))")
def _vague_past(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(None, "date", "past", TOO_VAGUE)


@_rule("vague", "soon shortly", r"(?:soon|shortly)(?!\w|{s}(?:after|before|thereafter))")
@_rule("vague", "as", r"as{s}soon{s}as{s}possible(?!\w)")
@_rule("vague", "near foreseeable", r"(?:near|foreseeable){s}future(?!\w)")
@_rule("vague", "in", r"in{s}due{s}(?:course|time)(?!\w)")
@_rule("vague", "early", r"early{s}date(?!\w)")
def _vague_future(m: re.Match[str], place: _Place) -> _Answer:
    return _Answer(None, "date", "future", TOO_VAGUE)


# --- the scanner ---------------------------------------------------------------------------------------------------

_WORD = re.compile(r"\w+")
_GLUED = frozenset("-./,:$€£₴¥№#°@_–—'’")  # a figure right after one of these is part of something else: Su-35, 3.5


def find_dates(
    text: str,
    start: int,
    end: int,
    anchor: date | None,
    *,
    tense: Tense = "unknown",
    previous: DateInterval | None = None,
) -> list[TimeMention]:
    """Every expression of time in ``text[start:end]``, left to right, longest first, never overlapping.

    Args:
        text: the whole text; the spans of the answer are offsets into it.
        start, end: the stretch to read; nothing outside it is looked at.
        anchor: the civil day that relative expressions count from, or None.
        tense: of the verb that the expressions belong to; it picks the side of the anchor for a bare weekday and
            for a day or month without a year.
        previous: the date told before this stretch, for "the same day"; the dates found here take its place in turn.
    Returns:
        Mentions with an interval, or with the reason for having none. Never raises for what a text says.
    """
    return _scan(text, start, end, anchor, tense, previous, alone=False)


def _scan(
    text: str, start: int, end: int, anchor: date | None, tense: Tense, previous: DateInterval | None, *, alone: bool
) -> list[TimeMention]:
    found: list[TimeMention] = []
    low, end = max(0, start), min(end, len(text))
    reached = low
    for word in _WORD.finditer(text, low, end):
        at = word.start()
        if at < reached:
            continue
        token = word[0]
        figure = token[0] in "0123456789"
        rules = _RULES.get(_DIGITS if figure else token.lower())
        if rules is None:
            continue
        if figure and at > low and text[at - 1] in _GLUED and (text[at - 1] != "," or text[at - 2 : at - 1].isdigit()):
            continue
        place = _Place(text, low, end, anchor, tense, previous, alone)
        mention = _longest(rules, at, place, reached)
        if mention is None:
            continue
        found.append(mention)
        reached = mention.span.end
        # "The same day" after "On 10 May he recalled 2014" is 10 May: a day yields only to another day.
        if (
            mention.interval is not None
            and mention.role == "date"
            and (previous is None or _is_day(mention.interval) or not _is_day(previous))
        ):
            previous = mention.interval
    return found


def _longest(rules: list[_Rule], at: int, place: _Place, reached: int) -> TimeMention | None:
    """The longest rule that accepts what stands at ``at``; of equals the first in the table."""
    matches = [(m.end(), rule, m) for rule in rules if (m := _compiled(rule.pattern).match(place.text, at, place.high))]
    if not matches:
        return None
    matches.sort(key=lambda entry: -entry[0])
    low = max(reached, at - 26)
    before = _ROLE_BEFORE.search(place.text[low:at])
    if before is not None:
        place = place._replace(tense=_tense_after(before, place.tense))
    for stop, rule, m in matches:
        try:
            answer = rule.handle(m, place)
        except _Unresolvable as reason:
            answer = _Answer(None, unresolved=str(reason))
        except CalendarError as error:
            if place.alone:
                raise
            answer = _Answer(None, unresolved=error.message)
        except (OverflowError, ValueError):  # a year below 1 or above 9999
            answer = _Answer(None, unresolved=OFF_CALENDAR)
        if answer is None or (answer.interval is None and answer.unresolved is None):
            continue
        begin, role = at, answer.role
        if before is not None and role == "date":
            begin, role = low + before.start(), "deadline" if before["deadline"] else "since"
        return TimeMention(
            span=Span(begin, stop),
            as_written=place.text[begin:stop],
            interval=answer.interval,
            rule=rule.name,
            role=role,
            unresolved=answer.unresolved,
            direction=answer.direction or _direction(answer.interval, place),
        )
    return None


def _tense_after(preposition: re.Match[str], tense: Tense) -> Tense:
    """The side of the anchor after a preposition: "agreed to answer by 30 May" looks ahead though told as past."""
    if preposition["since"]:
        return "past"
    if preposition["deadline"].lower().startswith(("by", "no", "on")) or tense == "unknown":
        return "future"
    return tense


def _is_day(interval: DateInterval) -> bool:
    return interval.precision in ("day", "days")


def _direction(interval: DateInterval | None, place: _Place) -> Direction:
    if interval is None or place.anchor is None:
        return "either"
    if interval.end <= place.anchor:
        return "past"
    return "future" if interval.start > place.anchor else "present"


def resolve_date(
    expression: str, anchor: date | None, *, tense: Tense = "unknown", previous: DateInterval | None = None
) -> DateInterval | str:
    """The interval that one expression denotes, counted from ``anchor``; else the reason why there is none.

    Args:
        expression: words of time alone, with or without their preposition, such as "by the end of June".
        anchor: civil day to count from; None where none is known.
    Returns:
        Half-open interval in civil days with its precision, or a sentence that says why not.
    Raises:
        CalendarError: the expression names a day that does not exist, such as 31 June.
    Source: decision 0005.
    """
    found = _scan(expression, 0, len(expression), anchor, tense, previous, alone=True)
    if not found:
        return NOT_TIME
    widest = max(found, key=lambda mention: mention.span.end - mention.span.start)
    return widest.interval if widest.interval is not None else widest.unresolved or NOT_TIME
