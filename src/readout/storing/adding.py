"""Many documents into an archive: what is there already is not read again; each result is told once it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from readout.records import Document, Record, Refusal
from readout.storing.archive import Archive, Put
from readout.storing.rows import document_key, refusal_key, settled_name, settled_refusal

Reading = Callable[[Iterator[Document | Refusal]], Iterable[Record | Refusal]]
"""From documents to their records, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one document: its name, its key, how it was kept, and why not where it was refused."""

    name: str
    key: str
    result: Put | Literal["refused"]
    refusal: Refusal | None = None


def added(archive: Archive, found: Iterable[Document | Refusal], read: Reading) -> Iterator[Added]:
    """Keep what is not there yet. A refused document is kept with its reason.

    Args:
        archive: open for writing.
        read: reads documents into records; asked for those alone that are not there.
    Raises:
        ArchiveError: the file is busy or full; what was told before is written.
    """
    waiting: list[Added] = []

    def unread() -> Iterator[Document | Refusal]:
        for item in found:
            if isinstance(item, Refusal):
                yield item
                continue
            key = document_key(item)
            if archive.holds(key) is not None:  # read before; whether that is stale is for `refresh`
                name = settled_name(item)
                waiting.append(Added(name=name, key=key, result=archive.give_name(key, name)))
                continue
            yield item

    for item in read(unread()):
        yield from waiting
        waiting.clear()
        result = archive.put(item)
        if isinstance(item, Refusal):
            yield Added(name=item.id, key=refusal_key(settled_refusal(item)), result="refused", refusal=item)
        else:
            yield Added(name=item.id, key=document_key(item), result=result)
    yield from waiting
