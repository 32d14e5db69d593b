"""The documents of an archive that tell of two sides together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select, text, true

from readout.records import Record
from readout.storing import Archive
from readout.storing import schema as t

_TOGETHER = (
    "SELECT e.document_id FROM participants a JOIN participants b ON b.encounter_id = a.encounter_id "
    "JOIN encounters e ON e.id = a.encounter_id WHERE a.side = :one AND b.side = :other",
    "SELECT s.document_id FROM speakers a JOIN speakers b ON b.statement_id = a.statement_id "
    "JOIN statements s ON s.id = a.statement_id WHERE a.side = :one AND b.side = :other",
    "SELECT s.document_id FROM speakers p JOIN sides t ON t.kind = 'statements' AND t.item_id = p.statement_id "
    "AND t.role = 'toward' JOIN statements s ON s.id = p.statement_id WHERE p.side = :one AND t.side = :other",
    "SELECT s.document_id FROM speakers p JOIN sides t ON t.kind = 'statements' AND t.item_id = p.statement_id "
    "AND t.role = 'toward' JOIN statements s ON s.id = p.statement_id WHERE p.side = :other AND t.side = :one",
    "SELECT r.document_id FROM sides a JOIN sides b ON b.kind = a.kind AND b.item_id = a.item_id "
    "JOIN relations r ON r.id = a.item_id WHERE a.kind = 'relations' AND a.side = :one AND b.side = :other",
)


def records_between(archive: Archive, one: str, other: str) -> list[Record]:
    """The records in which both sides meet, speak together or to each other, or stand in a relation.

    Each bears its key in the archive as its ``id``, because two publications may have one name; sorted by it.
    """
    with archive.transaction() as connection:
        found = connection.execute(text(" UNION ".join(_TOGETHER)), {"one": one, "other": other})
        return archive.keyed(connection, [row[0] for row in found])


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A document of an archive as lists name it."""

    key: str
    name: str
    title: str | None
    issuer: str | None
    date: date | None


_SHOWN = (t.DOCUMENTS.c.key, t.DOCUMENTS.c.name, t.DOCUMENTS.c.title, t.DOCUMENTS.c.issuer, t.DOCUMENTS.c.date)


def latest_between(
    archive: Archive, one: str, other: str, limit: int, *, since: date | None = None, until: date | None = None
) -> list[Telling]:
    """The documents of two days, both included, that tell of both sides, the latest first; no record is read.

    Those without a day come last, and only where no days are given.
    """
    d, dd = t.DYADS.c, t.DYAD_DOCUMENTS.c
    within = [dd.day >= since.isoformat()] if since else [dd.day > ""] if until else []
    within += [dd.day <= until.isoformat()] if until else []
    with archive.transaction() as connection:
        rows = connection.execute(
            select(*_SHOWN)
            .join(t.DYAD_DOCUMENTS, dd.document_id == t.DOCUMENTS.c.id)
            .join(t.DYADS, d.id == dd.dyad_id)
            .where(d.one == min(one, other), d.other == max(one, other), and_(true(), *within))
            .order_by(dd.day.desc(), dd.document_id)
            .limit(limit)
        ).all()
    return [_telling(row) for row in rows]


def tellings(archive: Archive, keys: Iterable[str]) -> dict[str, Telling]:
    """Documents by their keys; a key that the archive does not have is left out."""
    wanted, out = sorted(set(keys)), dict[str, Telling]()
    with archive.transaction() as connection:
        for start in range(0, len(wanted), 400):
            part = wanted[start : start + 400]
            for row in connection.execute(select(*_SHOWN).where(t.DOCUMENTS.c.key.in_(part))):
                out[row[0]] = _telling(row)
    return out


def _telling(row: Sequence[Any]) -> Telling:
    key, name, title, issuer, day = row
    return Telling(key=key, name=name, title=title, issuer=issuer, date=date.fromisoformat(day) if day else None)
