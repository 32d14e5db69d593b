"""The documents of an archive that tell of two sides together."""

from __future__ import annotations

from sqlalchemy import text

from readout.records import Record
from readout.storing import Archive

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
