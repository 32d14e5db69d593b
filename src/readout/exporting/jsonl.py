"""JSON and JSON Lines: the formats that hold everything and can be read back with ``records.loads``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readout.records import Record, Refusal, dumps


def render_jsonl(items: Iterable[Record | Refusal]) -> Iterator[str]:
    """One line for each record or refusal, as it comes."""
    for item in items:
        yield dumps(item) + "\n"


def render_json(items: Iterable[Record | Refusal]) -> Iterator[str]:
    """Indented JSON: one object for one item, a list for none or several; written as the items come."""
    stream = iter(items)
    first = next(stream, None)
    if first is None:
        yield "[]\n"
        return
    second = next(stream, None)
    if second is None:
        yield dumps(first, indent=2) + "\n"
        return
    yield "[\n" + dumps(first, indent=2)
    yield ",\n" + dumps(second, indent=2)
    for item in stream:
        yield ",\n" + dumps(item, indent=2)
    yield "\n]\n"
