"""Where an item of a record is found on the page of its document, and words cut where something in them is marked."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from readout.exporting.arranging import Item, items
from readout.records import Record, Span

Part = tuple[str, bool]
"""A stretch of words, and whether it is marked."""


def address_of(key: str, record: Record, item: Item | None = None) -> str:
    """The address of a document's page; of the words of an item of its record where that is given."""
    page = f"/documents/{quote(key, safe='', errors='replace')}"
    if item is None:
        return page
    place = next(n for n, x in enumerate(items(record)) if x is item)
    return f"{page}#d1i{place}"


def exchange_at(key: str, encounter: str) -> str:
    """The address of the page of the exchange that an encounter of a document belongs to."""
    return "/exchanges/" + "/".join(quote(part, safe="", errors="replace") for part in (key, encounter))


def parts_of(text: str, shown: Span, marked: Iterable[Span]) -> list[Part]:
    """The words of ``shown``, cut at the edges of what is marked in them."""
    out: list[Part] = []
    at = shown.start
    for span in sorted(marked):
        start, end = max(span.start, at), min(span.end, shown.end)
        if start >= end:
            continue
        out += [(text[at:start], False), (text[start:end], True)]
        at = end
    out.append((text[at : shown.end], False))
    return [part for part in out if part[0]]
