"""What a reviewer changed: the marks that they left against those that they were shown."""

from __future__ import annotations

from collections.abc import Iterable

from readout.records import Span
from readout.reviewing.anchoring import Quote, anchored, quote_of
from readout.reviewing.corrections import Correction
from readout.reviewing.reading import Marked

# fields of a note that are told by others too
_NOT_COMPARED = frozenset({"id"})


def corrections_between(
    machine: Iterable[Marked], marks: Iterable[Marked], text: str, *, reviewer: str, at: str, source: str
) -> list[Correction]:
    """The corrections that lead from the machine's marks to the reviewer's: items taken out, changed, added.

    Marks belong together by id. Quotations get their context from ``text``.
    """
    shown = {(m.kind, m.id): m for m in machine if m.id}
    left: dict[tuple[str, str | None], Marked] = {}
    added: list[Marked] = []
    for m in marks:
        if m.id and (m.kind, m.id) in shown:
            left[m.kind, m.id] = m
        else:
            added.append(m)
    out = []
    for (kind, id), before in shown.items():
        after = left.get((kind, id))
        if after is None:
            out.append(_correction(text, "reject", before, {}, {}, reviewer, at, source))
            continue
        values = {
            name: value for name, value in after.values.items()
            if name not in _NOT_COMPARED and value != before.values.get(name)
        }  # fmt: skip
        parts: dict[str, Quote | None] = {
            part: after.parts.get(part)
            for part in sorted({*before.parts, *after.parts})
            if _place(text, before.parts.get(part)) != _place(text, after.parts.get(part))
        }
        if _place(text, before.main) != _place(text, after.main):
            parts[""] = after.main
        if values or parts:
            out.append(_correction(text, "change", before, values, parts, reviewer, at, source))
    for m in added:
        out.append(_correction(text, "add", m, m.values, dict(m.parts), reviewer, at, source))
    return out


def _place(text: str, quote: Quote | None) -> Span | tuple[int, int] | None:
    """Where a quotation stands: a tool may count offsets otherwise than the file that it was given."""
    return (anchored(text, quote) or (quote.start, quote.end)) if quote else None


def _correction(
    text: str, action: str, mark: Marked, values: dict[str, object], parts: dict[str, Quote | None], reviewer: str,
    at: str, source: str,
) -> Correction:  # fmt: skip
    return Correction(
        kind=mark.kind, item=mark.id if action != "add" else None, action=action, main=_with_context(text, mark.main),
        values=values, parts={name: _with_context(text, q) if q else None for name, q in parts.items()},
        reviewer=reviewer, at=at, source=source,
    )  # fmt: skip


def _with_context(text: str, quote: Quote) -> Quote:
    found: Span | None = anchored(text, quote)
    return quote_of(text, found) if found else quote
