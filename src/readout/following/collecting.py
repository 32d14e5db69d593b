"""The documents in which a side acts, alone or with another; nothing else of the archive is read."""

from __future__ import annotations

from sqlalchemy import select, text

from readout.errors import QueryRefused
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


def side_code(side: str) -> str:
    """A side as the archive names it: codes are capitals.

    Raises:
        QueryRefused: it is empty.
    """
    if not isinstance(side, str) or not side.strip():
        raise QueryRefused("a side is empty; give a state or an organisation by its code, such as KAZ")
    plain = side.strip()
    return plain.upper() if plain.isascii() and " " not in plain else plain


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


def names_of_documents(archive: Archive, keys: list[str]) -> dict[str, str]:
    """The name that each document was added under, by its key."""
    d, out = DOCUMENTS.c, dict[str, str]()
    with archive.transaction() as connection:
        for start in range(0, len(keys), 400):
            rows = connection.execute(select(d.key, d.name).where(d.key.in_(keys[start : start + 400])))
            out |= {row[0]: row[1] for row in rows}
    return out
