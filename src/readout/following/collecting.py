"""The documents in which a side acts, alone or with another; nothing else of the archive is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection, TextClause, select, text

from readout.knowing import side_code
from readout.records import Record
from readout.storing import Archive
from readout.storing.schema import DOCUMENTS

_PRESENT = (
    "SELECT e.document_id FROM participants p JOIN encounters e ON e.id = p.encounter_id WHERE p.side = :{0} "
    "UNION SELECT s.document_id FROM speakers p JOIN statements s ON s.id = p.statement_id WHERE p.side = :{0} "
    "UNION SELECT s.document_id FROM sides x JOIN statements s ON s.id = x.item_id "
    "WHERE x.kind = 'statements' AND x.role = 'toward' AND x.side = :{0} "
    "UNION SELECT c.document_id FROM sides x JOIN commitments c ON c.id = x.item_id "
    "WHERE x.kind = 'commitments' AND x.role IN ('promisor', 'beneficiary') AND x.side = :{0}"
)
# the documents of two sides by day, from indexes alone: those in which both act, and those that tell of them together;
# {0} keeps the planner to the order written
_BOTH = (
    "SELECT a.day, a.document_id FROM acting a {0} acting b ON b.side = :other AND b.day = a.day "
    "AND b.document_id = a.document_id WHERE a.side = :one AND a.day >= :since AND a.day <= :until UNION "
    "SELECT x.day, x.document_id FROM dyads d JOIN dyad_documents x ON x.dyad_id = d.id "
    "WHERE d.one = :least AND d.other = :most AND x.day >= :since AND x.day <= :until"
)
_ONE = "SELECT day, document_id FROM acting WHERE side = :one AND day >= :since AND day <= :until"
Which = Literal["last", "spread"]
FEW = 2_000
"""A side that acts in more documents is not looked for where it only is spoken to: that takes too long for a page."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some of the dated documents that there are, and how many there are; each record bears its key as its id.

    ``undated`` counts those without a day beside them, where all were looked at.
    """

    records: list[Record]
    total: int
    undated: int = 0

    @property
    def is_cut(self) -> bool:
        """Whether there are more than were read."""
        return self.total > len(self.records)


def records_of(archive: Archive, side: str, other: str | None = None) -> list[Record]:
    """The records in which ``side`` takes part, speaks, is spoken to or promises; with ``other``, both of them.

    Each bears its key in the archive as its ``id``; sorted by date, then key. Documents without a date come first.
    """
    query, values = _asked(side, other)
    with archive.transaction() as connection:
        held = archive.keyed(connection, [row[0] for row in connection.execute(text(query), values)])
    return sorted(held, key=lambda r: (r.date.isoformat() if r.date else "", r.id))


def count_of(archive: Archive, side: str, other: str | None = None) -> int:
    """How many records ``records_of`` gives."""
    query, values = _asked(side, other)
    with archive.transaction() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM ({query}) AS told"), values).scalar_one())


def _asked(side: str, other: str | None) -> tuple[str, dict[str, str]]:
    query = f"SELECT document_id FROM ({_PRESENT.format('one')}) AS mine"
    values = {"one": side_code(side)}
    if other is not None:
        query += f" WHERE document_id IN ({_PRESENT.format('other')})"
        values["other"] = side_code(other)
    return query, values


def some_records(
    archive: Archive,
    side: str,
    other: str | None = None,
    *,
    most: int,
    since: date | None = None,
    until: date | None = None,
    which: Which = "last",
) -> Chosen:
    """At most ``most`` of the dated records in which ``side`` acts; with ``other``, of both, or of the two together.

    Where no more than ``most`` documents tell of sides that act seldom, they are those of ``records_of``. Else they are
    found by their days alone, so that it takes the same time in any archive, and who is only spoken to, or promised
    something by a third side, is not looked for.

    Args:
        which: the last ones; or spread evenly over all of them, the first and the last among them.
    """
    one, two = side_code(side), side_code(other) if other is not None else None
    with archive.transaction() as connection:
        if two is not None and _acts(connection, two) < _acts(connection, one):
            one, two = two, one  # the walk goes through the rarer side
        query = _ONE if two is None else _BOTH.format(archive.dialect.join_in_order)
        values: dict[str, str] = {
            "one": one, "since": since.isoformat() if since else "0",  # days begin with a digit; no day is empty
            "until": until.isoformat() if until else "9999-12-31",
        }  # fmt: skip
        if two is not None:
            values |= {"other": two, "least": min(one, two), "most": max(one, two)}
        counted = text(f"SELECT count(*) FROM ({query}) AS told")
        total = int(connection.execute(counted, values).scalar_one())
        often = max(_acts(connection, one), _acts(connection, two) if two else 0)
        if total <= most and often <= FEW and count_of(archive, side, other) <= most:
            held = records_of(archive, side, other)
            days = [r for r in held if r.date and (since or r.date) <= r.date <= (until or r.date)]
            return Chosen(days, len(days), undated=sum(r.date is None for r in held))
        wanted = _last(query, most) if which == "last" or total <= most else _spread(query, total, most)
        held = archive.keyed(connection, connection.execute(wanted, values).scalars())
    return Chosen(sorted(held, key=lambda r: (r.date.isoformat() if r.date else "", r.id)), total)


def _acts(connection: Connection, side: str) -> int:
    return int(connection.execute(text("SELECT count(*) FROM acting WHERE side = :side"), {"side": side}).scalar_one())


def _last(query: str, most: int) -> TextClause:
    """The numbers of the last documents of a query."""
    return text(f"SELECT document_id FROM ({query}) AS told ORDER BY day DESC, document_id DESC LIMIT {int(most)}")


def _spread(query: str, total: int, most: int) -> TextClause:
    """The numbers of ``most`` of the ``total`` documents of a query, spread evenly by their days."""
    step = (total - 1) / max(1, most - 1)
    places = ", ".join(str(round(n * step) + 1) for n in range(most))
    return text(
        "SELECT document_id FROM (SELECT document_id, row_number() OVER (ORDER BY day, document_id) AS place "
        f"FROM ({query}) AS told) AS placed WHERE place IN ({places})"
    )


def names_of_documents(archive: Archive, keys: list[str]) -> dict[str, str]:
    """The name that each document was added under, by its key."""
    d, out = DOCUMENTS.c, dict[str, str]()
    with archive.transaction() as connection:
        for start in range(0, len(keys), 400):
            rows = connection.execute(select(d.key, d.name).where(d.key.in_(keys[start : start + 400])))
            out |= {row[0]: row[1] for row in rows}
    return out
