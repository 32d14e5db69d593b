"""What the rules of dates are made of: the answer, the place where a rule is tried, the table, words and patterns.

Every pattern is bounded (no unlimited repeat), so time grows with the length of the text and never faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from readout.records import DateInterval, Span
from readout.resolving.calendar import MONTH_NAMES, Tense, add_months, week_of

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


class Unresolvable(Exception):
    """Ends a rule that matched but cannot be counted; its reason goes into the mention."""


class Answer(NamedTuple):
    interval: DateInterval | None
    role: Role = "date"
    direction: Direction | None = None
    unresolved: str | None = None


class Place(NamedTuple):
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
            raise Unresolvable(NO_ANCHOR)
        return self.anchor

    def before(self) -> DateInterval:
        if self.previous is None:
            raise Unresolvable(NO_PREVIOUS)
        return self.previous

    def day_before(self) -> DateInterval:
        found = self.before()
        if not is_day(found):
            raise Unresolvable(NO_PREVIOUS)
        return found

    def words_before(self, position: int, reach: int = 28) -> str:
        return self.text[max(self.low, position - reach) : position]


Handler = Callable[[re.Match[str], Place], Answer | None]


class Rule(NamedTuple):
    name: str
    pattern: str
    handle: Handler


DIGITS = "0"
"""The key under which rules stand that begin with a figure."""


class Table:
    """Rules by the word that they can begin with, in the order in which they were written."""

    def __init__(self, *parts: Table) -> None:
        self.rows: dict[str, list[Rule]] = {}
        for part in parts:
            for key, rules in part.rows.items():
                self.rows.setdefault(key, []).extend(rules)

    def rule(self, name: str, keys: str | Iterable[str], pattern: str) -> Callable[[Handler], Handler]:
        """Enter the function below as the rule of that name, under each of the keys."""

        def enter(handle: Handler) -> Handler:
            for key in keys.split() if isinstance(keys, str) else keys:
                self.rows.setdefault(key, []).append(Rule(name, pattern, handle))
            return handle

        return enter


# --- words ---------------------------------------------------------------------------------------------------------

_MONTHS = {name.lower(): i for i, name in enumerate(MONTH_NAMES, 1)}
_MONTHS |= {name[:3].lower(): i for i, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}
WEEKDAYS = {
    name: i for i, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
SHORT_WEEKDAYS = {
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
NUMBERS = {word: i for i, word in enumerate(_CARDINALS.split(), 1)}
NUMBERS |= {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100}
NUMBERS |= {"a couple of": 2, "couple of": 2, "half a": 0}
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
ORDINALS = {word: i for i, word in enumerate(_ORDINAL_WORDS.split(), 1)}
AMBIGUOUS_MONTHS = frozenset({3, 4, 5, 6, 8})  # march, may; April, June and August are people too

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
    "N": rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})(?![\w])",
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
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a rule, made when a text first needs it, so that importing compiles little."""
    return re.compile(_expand(pattern), re.IGNORECASE)


def _expand(pattern: str) -> str:
    for _ in range(4):
        pattern = re.sub(r"\{(date|period|units|[sMDYWwNUP-])\}", lambda m: _PARTS[m[1]], pattern)
    return pattern


MONTH_KEYS = tuple(_MONTHS)
YEAR_BEFORE = re.compile(
    r"(?:^|\W)(?:in|by|since|until|till|of|during|from|before|after|through|throughout|for|year|around|circa|"
    r"between|late|early|mid|and|to)(?:\s{1,3}the\s{1,3}year)?[\s-]{1,3}(?:the\s)?$",
    re.IGNORECASE,
)
MONTH_BEFORE = re.compile(
    r"(?:^|\W)(?:in|by|since|until|till|of|during|from|before|after|through|throughout|for|this|last|next|the|early|"
    r"mid|late|between|and|to|every|each)[\s-]{1,3}$",
    re.IGNORECASE,
)
NAME_AFTER = re.compile(r"(?:\s{1,3}|-)[A-Z][a-z]")
UNITS_AFTER = re.compile(_expand(r"{s}{units}"), re.IGNORECASE)
ROLE_BEFORE = re.compile(
    r"(?:^|(?<=\W))(?P<deadline>by|before|until|till|til|no{s}later{s}than|not{s}later{s}than|prior{s}to|up{s}to|"
    r"ahead{s}of|on{s}or{s}before)(?:{s}the)?{s}$"
    r"|(?:^|(?<=\W))(?P<since>since|ever{s}since)(?:{s}the)?{s}$".replace("{s}", r"\s{1,3}"),
    re.IGNORECASE,
)


def number_of(word: str) -> int:
    word = " ".join(word.lower().split())
    return int(word) if word[0].isdigit() else NUMBERS[word]


def month_of(word: str) -> int:
    return _MONTHS[word.lower().rstrip(".")]


def day_number(word: str) -> int:
    return int(re.match(r"\d{1,2}", word)[0])  # type: ignore[index]


def weekday_of(word: str | None) -> int | None:
    if not word:
        return None
    word = word.lower().rstrip(".")
    return WEEKDAYS.get(word, SHORT_WEEKDAYS.get(word))


def moved_by(unit: str, count: int, origin: date, sign: int) -> date:
    unit = unit.lower().removesuffix("s")
    step = sign * count
    if unit == "day":
        return origin + timedelta(days=step)
    if unit in ("week", "fortnight"):
        return origin + timedelta(weeks=step * (2 if unit == "fortnight" else 1))
    if unit == "hour":
        return origin + timedelta(hours=0) if abs(count) < 24 else origin + timedelta(days=sign * (count // 24))
    return add_months(origin, step * {"month": 1, "year": 12, "decade": 120}[unit])


def counted_unit(unit: str, count: int, origin: date, sign: int) -> DateInterval:
    """The point ``count`` units away, in the grain of its unit: three weeks ago is a week, not a day."""
    point = moved_by(unit, count, origin, sign)
    unit = unit.lower().removesuffix("s")
    if unit in ("day", "hour"):
        return DateInterval.day(point)
    if unit in ("week", "fortnight"):
        return week_of(point)
    if unit == "month":
        return DateInterval.month(point.year, point.month)
    return DateInterval.year(point.year)


def is_day(interval: DateInterval) -> bool:
    return interval.precision in ("day", "days")
