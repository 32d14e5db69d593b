"""Dates as intervals with their precision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from readout.errors import RecordError

Precision = Literal["day", "days", "week", "month", "quarter", "season", "year", "span"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateInterval:
    """Half-open interval of civil days ``[start, end)`` with the precision it was told in.

    ``2026-06`` is a month, not its first day: ``iso()`` never says more than is known.
    """

    start: date
    end: date
    precision: Precision = "day"

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise RecordError(f"date interval {self.start} to {self.end} is empty; it needs start < end")

    @classmethod
    def day(cls, day: date) -> DateInterval:
        """One civil day."""
        return cls(start=day, end=day + timedelta(days=1), precision="day")

    @classmethod
    def month(cls, year: int, month: int) -> DateInterval:
        """One calendar month."""
        following = date(year + month // 12, month % 12 + 1, 1)
        return cls(start=date(year, month, 1), end=following, precision="month")

    @classmethod
    def year(cls, year: int) -> DateInterval:
        """One calendar year."""
        return cls(start=date(year, 1, 1), end=date(year + 1, 1, 1), precision="year")

    @classmethod
    def from_iso(cls, text: str) -> DateInterval:
        """The interval of ``2022``, ``2022-01`` or ``2022-01-10``.

        Raises:
            RecordError: the text is none of the three.
        """
        parts = text.split("-")
        try:
            numbers = [int(p) for p in parts]
            if len(numbers) == 1:
                return cls.year(numbers[0])
            if len(numbers) == 2:
                return cls.month(numbers[0], numbers[1])
            return cls.day(date(*numbers))
        except (ValueError, TypeError, OverflowError) as error:  # the last day of all has none after it
            raise RecordError(
                f"{text[:40]!r} is not a date; use YYYY, YYYY-MM or YYYY-MM-DD", value=text[:40]
            ) from error

    @property
    def last(self) -> date:
        """The last civil day in it."""
        return self.end - timedelta(days=1)

    def iso(self) -> str:
        """ISO date as RECORD.md wants it: of several days the first; year and month alone where no more is known."""
        if self.precision in ("day", "days"):
            return self.start.isoformat()
        if self.precision in ("week", "month") or (self.start.year, self.start.month) == (
            (self.end - timedelta(days=1)).year,
            (self.end - timedelta(days=1)).month,
        ):
            return f"{self.start:%Y-%m}" if self.start.year >= 1000 else f"{self.start.year:04d}-{self.start.month:02d}"
        return f"{self.start.year:04d}"


_TYPED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def typed_day(words: str, *, last: bool = False) -> date:
    """The day that somebody typed; of a month or a year its first day, or with ``last`` its last.

    Raises:
        RecordError: it is none of ``2024``, ``2024-05`` and ``2024-05-17``.
    """
    plain = words.strip()
    try:
        if not _TYPED.fullmatch(plain):
            raise RecordError("no day")
        interval = DateInterval.from_iso(plain)
    except RecordError as error:
        raise RecordError(f"{plain[:40]!r} is no day; give 2024, 2024-05 or 2024-05-17", value=plain[:40]) from error
    return interval.last if last else interval.start
