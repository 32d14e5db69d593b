"""Days told by the calendar: "10 January 2022", "2022-01-10", "Monday, 10 January", "10-12 January"."""

from __future__ import annotations

import re
from datetime import date

from readout.records import DateInterval
from readout.resolving.calendar import between, check_day, day_of, nearest
from readout.resolving.date_rules import (
    DIGITS,
    MONTH_KEYS,
    OFF_CALENDAR,
    ORDINALS,
    SHORT_WEEKDAYS,
    UNITS_AFTER,
    WEEKDAYS,
    Answer,
    Place,
    Table,
    Unresolvable,
    day_number,
    month_of,
    weekday_of,
)

TABLE = Table()

# --- days told by the calendar -------------------------------------------------------------------------------------


def _civil(day: int, month: int, year: int | None, place: Place, weekday: int | None = None) -> DateInterval:
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
        raise Unresolvable(OFF_CALENDAR)
    return found


def _parts(m: re.Match[str]) -> tuple[int, int, int | None]:
    day, month, year = m["d"] or m["d2"], m["m"] or m["m2"], m["y"] or m["y2"]
    return day_number(day), month_of(month), int(year) if year else None


@TABLE.rule("day-month", (DIGITS, *MONTH_KEYS), r"{date}")
def _absolute(m: re.Match[str], place: Place) -> Answer | None:
    if not (m["y"] or m["y2"]) and m["m2"] and UNITS_AFTER.match(place.text, m.end(), place.high):
        return None
    day, month, year = _parts(m)
    return Answer(_civil(day, month, year, place))


@TABLE.rule("weekday-day-month", (*WEEKDAYS, *SHORT_WEEKDAYS), r"(?P<wd>{W}|{w})(?:,\s{0,2}|{s})(?:the{s})?{date}")
@TABLE.rule("weekday-after-day-month", (DIGITS, *MONTH_KEYS), r"{date}\s?\((?P<wd>{W}|{w})\)")
def _absolute_with_weekday(m: re.Match[str], place: Place) -> Answer:
    day, month, year = _parts(m)
    return Answer(_civil(day, month, year, place, weekday_of(m["wd"])))


@TABLE.rule(
    "ordinal-day",
    tuple({w.split("-")[0] for w in ORDINALS}),
    rf"(?P<o>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
    r"(?:{s}day)?{s}of{s}(?P<m>{M})(?:,?{s}(?P<y>{Y}))?",
)
def _ordinal_day(m: re.Match[str], place: Place) -> Answer:
    return Answer(_civil(ORDINALS[m["o"].lower()], month_of(m["m"]), int(m["y"]) if m["y"] else None, place))


@TABLE.rule("iso-day", DIGITS, r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\w/-])(?!\.\d)")
def _iso_day(m: re.Match[str], place: Place) -> Answer | None:
    year, month, day = int(m["y"]), int(m["m"]), int(m["d"])
    if not 1 <= month <= 12 or year < 1:
        return None
    check_day(month, day)
    return Answer(DateInterval.day(day_of(year, month, day)))


_NUMERIC = r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20|21)\d\d)(?![\w/-])(?!\.\d)"


@TABLE.rule("numeric-day-first", DIGITS, _NUMERIC)
def _numeric_day_first(m: re.Match[str], place: Place) -> Answer | None:
    day, month = int(m["a"]), int(m["b"])
    if not 1 <= month <= 12 or day < 1:
        return None
    check_day(month, day)
    return Answer(DateInterval.day(day_of(int(m["y"]), month, day)))


@TABLE.rule("numeric-month-first", DIGITS, _NUMERIC)
def _numeric_month_first(m: re.Match[str], place: Place) -> Answer | None:
    month, day = int(m["a"]), int(m["b"])
    if day <= 12 or not 1 <= month <= 12:  # day-first was possible
        return None
    check_day(month, day)
    return Answer(DateInterval.day(day_of(int(m["y"]), month, day)))


def from_day_to_day(first: DateInterval, last: DateInterval) -> DateInterval:
    if last.end <= first.start:
        raise Unresolvable("the range ends before it begins")
    return between(first.start, last.end, "days" if (last.end - first.start).days > 1 else "day")


@TABLE.rule("days-of-month", DIGITS, r"(?P<a>{D}){-}(?P<b>{D})(?:{s}of)?{s}(?P<m>{M})(?:,?{s}(?P<y>{Y}))?")
def _days_of_month(m: re.Match[str], place: Place) -> Answer:
    month, year = month_of(m["m"]), int(m["y"]) if m["y"] else None
    check_day(month, day_number(m["b"]))
    first = _civil(day_number(m["a"]), month, year, place)
    return Answer(from_day_to_day(first, DateInterval.day(day_of(first.start.year, month, day_number(m["b"])))))


@TABLE.rule("month-days", MONTH_KEYS, r"(?P<m>{M}){s}(?P<a>{D}){-}(?P<b>{D})(?:(?:,\s{0,2}|{s})(?P<y>{Y}))?(?!{s}{M})")
def _month_days(m: re.Match[str], place: Place) -> Answer | None:
    return _days_of_month(m, place)


@TABLE.rule(
    "day-month-range",
    DIGITS,
    r"(?P<d>{D}){s}(?P<m>{M})(?:,?{s}(?P<y>{Y}))?{-}(?P<e>{D}){s}(?P<n>{M})(?:,?{s}(?P<z>{Y}))?",
)
def _range_day_first(m: re.Match[str], place: Place) -> Answer:
    last_year = int(m["z"]) if m["z"] else None
    first_month, last_month = month_of(m["m"]), month_of(m["n"])
    year = int(m["y"]) if m["y"] else None
    if year is None and last_year is not None:
        year = last_year - (first_month > last_month)
    first = _civil(day_number(m["d"]), first_month, year, place)
    if last_year is None:
        last_year = first.start.year + (last_month < first_month)
    check_day(last_month, day_number(m["e"]))
    return Answer(from_day_to_day(first, DateInterval.day(day_of(last_year, last_month, day_number(m["e"])))))


@TABLE.rule(
    "month-day-range",
    MONTH_KEYS,
    r"(?P<m>{M}){s}(?P<d>{D})(?:,?{s}(?P<y>{Y}))?{-}(?P<n>{M}){s}(?P<e>{D})(?:(?:,\s{0,2}|{s})(?P<z>{Y}))?",
)
def _range_month_first(m: re.Match[str], place: Place) -> Answer | None:
    return _range_day_first(m, place)
