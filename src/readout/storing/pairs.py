"""What an archive keeps of all pairs of sides at once: how often each met in a time, and what the busiest directed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, case, func, select, true

from readout.comparing.dyads import date_of_key
from readout.records import DateInterval
from readout.storing import schema as t
from readout.storing.archive import Archive
from readout.storing.dyads import is_counted


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


def all_pairs(archive: Archive, top: int, *, since: date | None = None, until: date | None = None) -> AllPairs | None:
    """The sums of all pairs; None where they were counted by other rules than this program's.

    An exchange lies in the time where its date, as exact as it is told, reaches into it; one without a date only where
    no time is given. So ``dyad_facts`` has the same exchanges of a pair.
    """
    with archive.transaction() as connection:
        if not is_counted(connection):
            return None
        d, x = t.DYADS.c, t.DYAD_EXCHANGES.c
        names = {row[0]: (row[1], row[2], row[3]) for row in connection.execute(select(d.id, d.one, d.other, d.due))}
        fits = _fits(since, until)
        rows = connection.execute(
            select(x.dyad_id, func.sum(case((fits, 1), else_=0)), func.min(x.first_day), func.max(x.last_day))
            .where(x.status != "planned")
            .group_by(x.dyad_id)
        ).all()
        met = sorted((-int(row[1]), *names[row[0]][:2], row[0]) for row in rows if row[1])
        return AllPairs(
            met=tuple((one, other, -less) for less, one, other, _ in met),
            busiest=tuple(_pair(connection, id, one, other, since, until) for _, one, other, id in met[:top]),
            first=_day(min((row[2] for row in rows if row[2]), default=None)),
            last=_day(max((row[3] for row in rows if row[3]), default=None)),
            due=sum(1 for name in names.values() if name[2]),
        )


def _fits(since: date | None, until: date | None) -> ColumnElement[bool]:
    x = t.DYAD_EXCHANGES.c
    conditions = [x.last_day >= since.isoformat()] if since else []
    conditions += [x.first_day <= until.isoformat()] if until else []
    return and_(true(), *conditions)


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _pair(connection: Connection, id: int, one: str, other: str, since: date | None, until: date | None) -> PairSums:
    """The sums of one pair; asked pair by pair, because sorting a few thousand rows many times is faster than all."""
    x = t.DYAD_EXCHANGES.c
    is_planned = (x.status == "planned").label("is_planned")
    rows = connection.execute(
        select(x.kind, is_planned, func.count(), func.sum(x.accounts), func.max(x.last_day))
        .where(x.dyad_id == id, _fits(since, until))
        .group_by(x.kind, is_planned)
    ).all()
    held = [row for row in rows if not row[1]]
    return PairSums(
        one=one, other=other, held=sum(int(row[2]) for row in held), accounts=sum(int(row[3]) for row in held),
        planned=sum(int(row[2]) for row in rows if row[1]),
        last=_day(max((row[4] for row in held if row[4]), default=None)),
        channels=Counter({row[0]: int(row[2]) for row in held}), codes=_codes(connection, id, since, until),
    )  # fmt: skip


def _codes(connection: Connection, id: int, since: date | None, until: date | None) -> Counter[tuple[str, str]]:
    """Days are summed by the database; months, years and spans, of which there are few, are looked at one by one."""
    c = t.DYAD_COUNTS.c
    out: Counter[tuple[str, str]] = Counter()
    is_day = func.length(c.day) == 10
    within = [c.day >= since.isoformat()] if since else []
    within += [c.day <= until.isoformat()] if until else []
    mine = (c.dyad_id == id, c.what.in_(("one", "other")))
    for what, name, n in connection.execute(
        select(c.what, c.name, func.sum(c.count)).where(*mine, is_day, *within).group_by(c.what, c.name)
    ):
        out[what, name] += int(n)
    for day, what, name, n in connection.execute(select(c.day, c.what, c.name, c.count).where(*mine, ~is_day)):
        if _reaches(date_of_key(day), since, until):
            out[what, name] += int(n)
    return out


def _reaches(interval: DateInterval | None, since: date | None, until: date | None) -> bool:
    if interval is None:
        return since is None and until is None
    return (since is None or interval.last >= since) and (until is None or interval.start <= until)
