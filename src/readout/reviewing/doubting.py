"""What a reviewer should look at next: the items of least confidence that nobody has reviewed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from readout.errors import QueryRefused
from readout.exporting.arranging import DOUBTFUL_BELOW, Item
from readout.records import Record
from readout.storing import Archive
from readout.storing import schema as t

WINDOW = 2_500
"""So many documents, the ones kept last, are looked through at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One doubtful item, with its kind (``statements``), and the key and record of its document."""

    kind: str
    key: str
    record: Record
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """Some of the doubtful items of the documents looked through, the most doubtful first.

    ``counts`` tells how many there are by kind, ``looked_at`` how many documents were looked through; ``before`` is the
    number to go on with where older documents are left, else None.
    """

    items: tuple[Doubt, ...]
    counts: dict[str, int]
    looked_at: int
    before: int | None


def doubts(
    archive: Archive,
    kinds: Sequence[str] = tuple(t.ITEMS),
    *,
    limit: int = 20,
    offset: int = 0,
    before: int | None = None,
    window: int = WINDOW,
) -> Doubts:
    """The doubtful items that no correction is about.

    Args:
        kinds: which items.
        before: only documents kept before the one of this number in the file.
        window: how many documents are looked through, from the last one kept on.
    Raises:
        QueryRefused: a kind that does not exist.
    """
    if unknown := [kind for kind in kinds if kind not in t.ITEMS]:
        raise QueryRefused(f"items {unknown[0][:40]!r} are not known; use one of: {', '.join(t.ITEMS)}")
    d, c = t.DOCUMENTS.c, t.CORRECTIONS.c
    with archive.transaction() as connection:
        numbers = select(d.id).order_by(d.id.desc())
        if before is not None:
            numbers = numbers.where(d.id < before)
        ids = connection.execute(numbers.limit(window + 1)).scalars().all()
        if not ids:
            return Doubts(items=(), counts={}, looked_at=0, before=None)
        rest = ids[window - 1] if len(ids) > window else None
        first, last = ids[min(len(ids), window) - 1], ids[0]
        bodies = connection.execute(select(c.document_id, c.body).where(c.document_id.between(first, last))).all()
        reviewed = {(id, json.loads(body).get("item")) for id, body in bodies}
        found: list[tuple[float, str, int, str]] = []
        for kind in kinds:
            x = t.ITEMS[kind].c
            rows = connection.execute(
                select(x.confidence, x.document_id, x.item)
                .where(x.document_id.between(first, last), x.confidence < DOUBTFUL_BELOW)
            ).all()  # fmt: skip
            found += [(value, kind, id, item) for value, id, item in rows if (id, item) not in reviewed]
        found.sort(key=lambda row: (row[0], -row[2], row[3]))
        shown = found[offset : offset + limit]
        records = archive.records(connection, {id for _, _, id, _ in shown})
        keys = archive.keys(connection, records)
    items = []
    for _, kind, id, name in shown:
        item = next((i for i in getattr(records[id], kind) if i.id == name), None)
        if item is not None:
            items.append(Doubt(kind=kind, key=keys[id], record=records[id], item=item))
    counts = Counter(kind for _, kind, _, _ in found)
    return Doubts(items=tuple(items), counts=dict(counts), looked_at=min(len(ids), window), before=rest)
