"""Stored records read back: the one place that joins a document with its text and the digests it was made with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from readout.records import Record
from readout.storing import schema as t
from readout.storing.rows import record_of

_AT_ONCE = 400


def held(connection: Connection, ids: Iterable[int], *, by_key: bool = False) -> Iterator[tuple[int, Record]]:
    """The records of documents by their numbers in the file, a few hundred read at once, in no order.

    Args:
        by_key: a record bears its document's key as its id, because two publications may have one name.
    """
    d, wanted = t.DOCUMENTS.c, list(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = connection.execute(
            select(d.id, d.body, t.TEXTS.c.words, d.key if by_key else d.name, t.MADE.c.body)
            .join(t.TEXTS, t.TEXTS.c.id == d.text_id)
            .join(t.MADE, t.MADE.c.id == d.made_id)
            .where(d.id.in_(wanted[start : start + _AT_ONCE]))
        )
        yield from ((row[0], record_of(row[1], row[2], row[3], row[4])) for row in rows)
