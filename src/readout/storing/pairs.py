"""What an archive keeps of all pairs of sides at once: how often each met in a time, and what the busiest directed."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, func, select, text

from readout.comparing.dyads import date_of_key
from readout.records import DateInterval
from readout.storing import schema as t
from readout.storing.archive import Archive
from readout.storing.dyads import is_counted

_FITS = "(:any = 1 OR (last_day >= :since AND first_day <= :until))"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSums:
    """Two sides in a time: exchanges that took place, those only planned, accounts of the former, the last day of one.

    ``channels`` counts what took place by kind, ``codes`` by (which side directs it: ``one`` or ``other``, code).
    """

    one: str
    other: str
    held: int
    planned: int
    accounts: int
    last: date | None
    channels: Counter[str]
    codes: Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllPairs:
    """Every pair that met in a time, by code, as (one, other, held); the busiest of them whole.

    ``first`` and ``last`` are the days between which the archive tells of exchanges at any time; ``due`` counts the
    pairs whose sums wait to be counted again.
    """

    met: tuple[tuple[str, str, int], ...]
    busiest: tuple[PairSums, ...]
    first: date | None
    last: date | None
    due: int


@dataclass(frozen=True, slots=True)
class _Days:
    """When one pair met: the first days and the last days of its exchanges, each sorted, and those without a date."""

    firsts: array[int]
    lasts: array[int]
    undated: int

    def count(self, since: date | None, until: date | None) -> int:
        """How many reach into the time: all but those that end before it or begin after it."""
        if since is None and until is None:
            return len(self.firsts) + self.undated
        ended = bisect_left(self.lasts, since.toordinal()) if since else 0
        begun = bisect_right(self.firsts, until.toordinal()) if until else len(self.firsts)
        return begun - ended


@dataclass(frozen=True, slots=True)
class PairDays:
    """The days of every exchange that took place, by the number of its pair, as the archive was when they were read.

    ``vague``: what pairs directed at each other on no one day: the key of its time, by whom, the code, how often.
    """

    of: dict[int, _Days]
    vague: dict[int, list[tuple[str, str, str, int]]]

    @property
    def first(self) -> date | None:
        """The first day of all."""
        return _ordinal(min((x.firsts[0] for x in self.of.values() if x.firsts), default=None))

    @property
    def last(self) -> date | None:
        """The last day of all."""
        return _ordinal(max((x.lasts[-1] for x in self.of.values() if x.lasts), default=None))


# made once: a page asks the last two for each of its pairs, and pair by pair is faster than sorting the rows of all
_X = t.DYAD_EXCHANGES.c
_MET = (
    select(
        _X.dyad_id, func.aggregate_strings(_X.first_day, ","), func.aggregate_strings(_X.last_day, ","),
        func.count() - func.count(_X.first_day),
    )
    .where(_X.status != "planned").group_by(_X.dyad_id)
)  # fmt: skip
_VAGUE = text(
    "SELECT dyad_id, day, what, name, count FROM dyad_counts WHERE length(day) <> 10 AND what IN ('one', 'other')"
)
_KINDS = text(
    "SELECT kind, CASE WHEN status = 'planned' THEN 1 ELSE 0 END AS later, count(*), sum(accounts), max(last_day) "
    f"FROM dyad_exchanges WHERE dyad_id = :id AND {_FITS} GROUP BY kind, later"
)
_CODES = text(
    "SELECT what, name, sum(count) FROM dyad_counts WHERE dyad_id = :id AND day >= :since AND day <= :until AND "
    "length(day) = 10 AND what IN ('one', 'other') GROUP BY what, name"
)


def pair_days(archive: Archive) -> PairDays:
    """The days of all pairs, to ask ``all_pairs`` for many times of one archive; they change as ``state_of_sums``."""
    day = lru_cache(maxsize=None)(lambda told: date.fromisoformat(told).toordinal())

    def days(told: str | None) -> array[int]:
        return array("i", map(day, sorted(told.split(",")) if told else ()))

    with archive.transaction() as connection:
        of = {row[0]: _Days(days(row[1]), days(row[2]), int(row[3])) for row in connection.execute(_MET)}
        vague: dict[int, list[tuple[str, str, str, int]]] = defaultdict(list)
        for id, *row in connection.execute(_VAGUE):
            vague[id].append((row[0], row[1], row[2], int(row[3])))
    return PairDays(of, dict(vague))


def all_pairs(
    archive: Archive,
    top: int,
    *,
    since: date | None = None,
    until: date | None = None,
    days: PairDays | None = None,
) -> AllPairs | None:
    """The sums of all pairs; None where they were counted by other rules than this program's.

    An exchange lies in the time where its date, as exact as it is told, reaches into it; one without a date only where
    no time is given. So ``dyad_facts`` has the same exchanges of a pair.

    Args:
        since, until: days, both included; the first is not after the last.
        days: what ``pair_days`` gives of the archive as it is; None: it is asked.
    """
    asked = {
        "any": int(since is None and until is None), "since": since.isoformat() if since else "",
        "until": until.isoformat() if until else "~",
    }  # fmt: skip
    with archive.transaction() as connection:
        if not is_counted(connection):
            return None
        d = t.DYADS.c
        names = {row[0]: (row[1], row[2], row[3]) for row in connection.execute(select(d.id, d.one, d.other, d.due))}
        days = days or pair_days(archive)
        met = sorted((-n, *names[id][:2], id) for id, x in days.of.items() if (n := x.count(since, until)))
        return AllPairs(
            met=tuple((one, other, -less) for less, one, other, _ in met),
            busiest=tuple(
                _pair(connection, id, one, other, asked, days.vague.get(id, ())) for _, one, other, id in met[:top]
            ),
            first=days.first,
            last=days.last,
            due=sum(1 for name in names.values() if name[2]),
        )


def _ordinal(day: int | None) -> date | None:
    return date.fromordinal(day) if day is not None else None


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _pair(
    connection: Connection, id: int, one: str, other: str, asked: dict[str, Any],
    vague: Iterable[tuple[str, str, str, int]],
) -> PairSums:  # fmt: skip
    """The sums of one pair; days are summed by the database, the few months, years and spans looked at one by one."""
    rows = connection.execute(_KINDS, {**asked, "id": id}).all()
    held = [row for row in rows if not row[1]]
    codes: Counter[tuple[str, str]] = Counter()
    for what, name, n in connection.execute(_CODES, {**asked, "id": id}):
        codes[what, name] += int(n)
    for at, what, name, n in vague:
        if _reaches(date_of_key(at), asked):
            codes[what, name] += n
    return PairSums(
        one=one, other=other, held=sum(int(row[2]) for row in held), accounts=sum(int(row[3]) for row in held),
        planned=sum(int(row[2]) for row in rows if row[1]),
        last=_day(max((row[4] for row in held if row[4]), default=None)),
        channels=Counter({row[0]: int(row[2]) for row in held}), codes=codes,
    )  # fmt: skip


def _reaches(interval: DateInterval | None, asked: dict[str, Any]) -> bool:
    if interval is None:
        return bool(asked["any"])
    since, until = str(asked["since"]), str(asked["until"])
    return interval.last.isoformat() >= since and interval.start.isoformat() <= until


_STATE = text(
    "SELECT (SELECT coalesce(max(id), 0) FROM log), (SELECT coalesce(max(id), 0) FROM documents), "
    "(SELECT count(*) FROM dyads WHERE due = 1)"
)


def state_of_sums(archive: Archive) -> tuple[int, ...]:
    """Numbers that change whenever the sums of pairs may have: a new document has a number, all else is logged."""
    with archive.transaction() as connection:
        return tuple(int(n) for n in connection.execute(_STATE).one())
