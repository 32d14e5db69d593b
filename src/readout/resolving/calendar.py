"""Arithmetic of civil days, weeks, months and years; no text is read here.

Weeks begin on Monday (ISO 8601). Seasons are those of the northern hemisphere by whole months, the use of the
press that writes most readouts: spring March to May, winter December to February.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from readout.errors import CalendarError
from readout.records import DateInterval
from readout.records.dates import Precision

Tense = Literal["past", "future", "unknown"]

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def day_of(year: int, month: int, day: int) -> date:
    """The civil day.

    Raises:
        CalendarError: there is no such day, such as 31 June or 29 February 2023.
    """
    try:
        return date(year, month, day)
    except ValueError as error:
        name = MONTH_NAMES[month - 1] if 1 <= month <= 12 else f"month {month}"
        raise CalendarError(
            f"there is no day {day} {name} {year}; check the day against the month as written",
            year=year,
            month=month,
            day=day,
        ) from error


def check_day(month: int, day: int) -> None:
    """Nothing, once it is sure that some year has the day.

    Raises:
        CalendarError: no year has it.
    """
    if not 1 <= day <= LONGEST_MONTH[month - 1]:
        raise CalendarError(
            f"there is no day {day} {MONTH_NAMES[month - 1]} in any year; check the day against the month as written",
            month=month,
            day=day,
        )


def between(start: date, end: date, precision: Precision) -> DateInterval:
    """The half-open interval ``[start, end)``."""
    return DateInterval(start=start, end=end, precision=precision)


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later (or earlier), or the last day of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    month += 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def week_of(day: date, offset: int = 0) -> DateInterval:
    """The week from Monday to Sunday that holds ``day``, or one ``offset`` weeks away."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=offset)
    return between(monday, monday + timedelta(days=7), "week")


def months_from(year: int, month: int, count: int, precision: Precision) -> DateInterval:
    """``count`` whole months from the first of ``month``."""
    start = date(year, month, 1)
    return between(start, add_months(start, count), precision)


def season_of(name: str, year: int) -> DateInterval:
    """The season that begins in ``year``; the winter of 2021 ends in February 2022."""
    return months_from(year, SEASON_STARTS[name], 3, "season")


def nearest(make: Callable[[int], DateInterval | None], anchor: date, tense: Tense) -> DateInterval | None:
    """Of an interval told without its year, the one that fits ``anchor`` and ``tense``.

    ``past`` takes the latest that has begun, ``future`` the earliest that has not ended, ``unknown`` the one
    closest to the anchor, the earlier of two as close. ``make`` answers None for a year that lacks the day.
    """
    found: list[DateInterval] = []
    for reach in (2, 8):  # 29 February may be up to eight years away
        years = range(max(1, anchor.year - reach), min(9998, anchor.year + reach) + 1)
        found = [made for made in map(make, years) if made is not None]
        if tense == "past":
            found = [i for i in found if i.start <= anchor]
        elif tense == "future":
            found = [i for i in found if i.end > anchor]
        if found:
            break
    return min(found, key=lambda i: (distance(i, anchor), i.start), default=None)


def distance(interval: DateInterval, day: date) -> int:
    """Days between ``day`` and the interval, 0 where it lies inside."""
    if day < interval.start:
        return (interval.start - day).days
    return max(0, (day - interval.end).days + 1)


def weekday_near(weekday: int, anchor: date, tense: Tense) -> date:
    """The weekday (Monday is 0) that ``tense`` points at.

    Past and unknown: the last one up to and including the anchor. Future: the first one after it.
    """
    if tense == "future":
        return anchor + timedelta(days=(weekday - anchor.weekday() - 1) % 7 + 1)
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


def part_of(whole: DateInterval, part: Literal["early", "mid", "late"]) -> DateInterval:
    """A third of a period: of a month days 1-10, 11-20, 21-end; of a year four months; else by equal days."""
    third = {"early": 0, "mid": 1, "late": 2}[part]
    if whole.precision == "month":
        cuts = [whole.start, whole.start + timedelta(days=10), whole.start + timedelta(days=20), whole.end]
        return between(cuts[third], cuts[third + 1], "month")
    if whole.precision == "year":
        return months_from(whole.start.year, 1 + 4 * third, 4, "span")
    days = (whole.end - whole.start).days
    edges = [whole.start + timedelta(days=days * i // 3) for i in range(4)]
    return between(edges[third], edges[third + 1], "week" if whole.precision == "week" else "span")
