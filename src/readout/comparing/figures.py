"""The figures and days that a statement gives: what one account may drop or change while all else stays the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from readout.comparing.words import NUMBERS, plain_words
from readout.records import DateInterval, Record, Span
from readout.resolving import find_dates

_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12,
           "k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "bn": 10**9, "bln": 10**9}  # fmt: skip
_SMALL = {"two": 2, **{word: int(value) for word, value in NUMBERS.items() if not word.endswith(("th", "third"))}}
_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?<![\w./+-])(?:(?P<digits>\d{{1,3}}(?:[, \u00a0\u202f]\d{{3}})+|\d+)(?P<part>\.\d+)?"
    rf"|(?P<words>(?:{_WORD})(?:[- ](?:{_WORD}))?))"
    rf"(?:[ -]?(?P<scale>{_SCALE})\b)?(?![\w]|[./-]\d|-[a-z])(?P<unit> ?%| per ?cent\b)?",
    re.I,
)
# "the two sides", "the three countries" count who speaks, not what they speak of
_WHO = re.compile(
    r"\s+(?:sides|countries|parties|peoples|nations|states|leaders|ministers|presidents|governments|neighbou?rs|houses)\b",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOW = re.compile(r"(?:today|now|currently|at present|this (?:day|moment)|tonight)\b", re.I)
_JUST_NOW = 3
_AROUND = frozenset("by before until till in on at during through throughout within the a an".split())


@dataclass(frozen=True, slots=True)
class Given:
    """Numbers by their value, and days, months and years, also as deadlines; each with the words that give it."""

    numbers: dict[float, str]
    days: list[tuple[DateInterval, str]]

    @classmethod
    def by(cls, record: Record, spans: Iterable[Span]) -> Given:
        """What these stretches of a record give.

        Days and years are no numbers. "Today" is no day, nor a day just before the document's: it is when they spoke.
        """
        text, numbers, days = record.text, dict[float, str](), list[tuple[DateInterval, str]]()
        for span in spans:
            mentions = find_dates(text, span.start, span.end, record.date)
            numbers.update(_numbers(text, span, [m.span for m in mentions]))
            days.extend(
                (m.interval, m.span.of(text))
                for m in mentions
                if m.interval is not None
                and m.role in ("date", "deadline")
                and not _NOW.match(text, m.span.start)
                and not _just_now(m.interval, record.date)
            )
        return cls(numbers, days)


def _numbers(text: str, span: Span, dated: Sequence[Span]) -> dict[float, str]:
    return {
        _value(m): m.group().strip()
        for m in _FIGURE.finditer(text, span.start, span.end)
        if not any(day.start < m.end() and m.start() < day.end for day in dated)
        and not (m["words"] and _WHO.match(text, m.end()))
        and not _YEAR.fullmatch(m.group().strip())
    }


def without_figures(mine: Mapping[float, str], theirs: str) -> list[str]:
    """The words of those numbers that another account's words do not give, be it as part of a date."""
    others = {_value(m) for m in _FIGURE.finditer(theirs)}
    return [words for value, words in mine.items() if value not in others]


def _value(m: re.Match[str]) -> float:
    if m["digits"]:
        value = float(re.sub(r"\D", "", m["digits"]) + (m["part"] or ""))
    else:
        value = float(sum(_SMALL[word] for word in plain_words(m["words"].replace("-", " "))))
    return value * (_SCALES[m["scale"].casefold()] if m["scale"] else 1)


def _just_now(interval: DateInterval, day: date | None) -> bool:
    return day is not None and interval.precision == "day" and 0 <= (day - interval.start).days <= _JUST_NOW


def without_days(
    mine: Iterable[tuple[DateInterval, str]], theirs: Sequence[tuple[DateInterval, str]], words: str
) -> list[str]:
    """The words of those days that none of ``theirs`` falls together with; a day in a month falls together with it.

    Args:
        words: all words of the other account, in which an expression may stand without being read as a day.
    """
    said = f" {' '.join(plain_words(words))} "
    return [
        told
        for interval, told in mine
        if not any(_together(interval, other) for other, _ in theirs) and f" {_core(told)} " not in said
    ]


def _core(told: str) -> str:
    return " ".join(w for w in plain_words(told) if w not in _AROUND)


def _together(one: DateInterval, other: DateInterval) -> bool:
    # of a deadline the last day counts: all before it is not the day that is told
    def holds(a: DateInterval, day: date) -> bool:
        return a.start <= day < a.end

    return holds(one, other.last) or holds(other, one.last)
