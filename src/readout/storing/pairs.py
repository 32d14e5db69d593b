"""What an archive keeps of all pairs of sides at once: how often each met in a time, and what the busiest directed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, text

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


# made once: a page asks the last two for each of its pairs, and pair by pair is faster than sorting the rows of all
_MET = text(
    f"SELECT dyad_id, sum(CASE WHEN {_FITS} THEN 1 ELSE 0 END), min(first_day), max(last_day) FROM dyad_exchanges "
    "WHERE status <> 'planned' GROUP BY dyad_id"
)
_KINDS = text(
    "SELECT kind, CASE WHEN status = 'planned' THEN 1 ELSE 0 END AS later, count(*), sum(accounts), max(last_day) "
    f"FROM dyad_exchanges WHERE dyad_id = :id AND {_FITS} GROUP BY kind, later"
)
_CODES = text(
    "SELECT at, what, name, sum(count) FROM (SELECT CASE WHEN length(day) = 10 THEN '+' ELSE day END AS at, what, "
    "name, count FROM dyad_counts WHERE dyad_id = :id AND what IN ('one', 'other') AND "
    "(length(day) <> 10 OR (day >= :since AND day <= :until))) counted GROUP BY at, what, name"
)


def all_pairs(archive: Archive, top: int, *, since: date | None = None, until: date | None = None) -> AllPairs | None:
    """The sums of all pairs; None where they were counted by other rules than this program's.

    An exchange lies in the time where its date, as exact as it is told, reaches into it; one without a date only where
    no time is given. So ``dyad_facts`` has the same exchanges of a pair.
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
        rows = connection.execute(_MET, asked).all()
        met = sorted((-int(n), *names[id][:2], id) for id, n, _, _ in rows if n)
        return AllPairs(
            met=tuple((one, other, -less) for less, one, other, _ in met),
            busiest=tuple(_pair(connection, id, one, other, asked) for _, one, other, id in met[:top]),
            first=_day(min((row[2] for row in rows if row[2]), default=None)),
            last=_day(max((row[3] for row in rows if row[3]), default=None)),
            due=sum(1 for name in names.values() if name[2]),
        )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _pair(connection: Connection, id: int, one: str, other: str, asked: dict[str, Any]) -> PairSums:
    """The sums of one pair; days are summed by the database, the few months, years and spans looked at one by one."""
    rows = connection.execute(_KINDS, {**asked, "id": id}).all()
    held = [row for row in rows if not row[1]]
    codes: Counter[tuple[str, str]] = Counter()
    for at, what, name, n in connection.execute(_CODES, {**asked, "id": id}):
        if at == "+" or _reaches(date_of_key(at), asked):
            codes[what, name] += int(n)
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
