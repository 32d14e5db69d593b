"""Exchanges and comparisons as flat rows, for CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readout.comparing.accounts import Comparison
from readout.comparing.exchanges import Exchange
from readout.comparing.same import sides_of

EXCHANGE_COLUMNS = (
    "exchange", "kind", "date", "sides", "independent", "document", "issuer", "role", "copy_of", "encounter", "status",
    "told_date", "place", "joined_by",
)  # fmt: skip
COMPARISON_COLUMNS = ("row", "told", "score", "document", "id", "speakers", "act", "words", "differences")


def exchange_rows(found: Iterable[Exchange]) -> Iterator[tuple[object, ...]]:
    """A row for each account, with the reasons of the joins that it stands in."""
    for x in found:
        sides = sorted({side for a in x.accounts for side in sides_of(a.encounter)})
        own = (x.id, x.lead.kind, x.lead.date.iso() if x.lead.date else None, "; ".join(sides), x.independent)
        for a in x.accounts:
            e = a.encounter
            why = [f"{j.score:.2f} {'; '.join(j.reasons)}" for j in x.joins if a.place in (j.one, j.other)]
            yield (*own, a.document, a.issuer, a.role, a.copy_of, e.id, e.status, e.date.iso() if e.date else None,
                   e.place, " | ".join(why))  # fmt: skip


def comparison_rows(comparison: Comparison) -> Iterator[tuple[object, ...]]:
    """A row for each statement; those of one ``row`` tell one thing."""
    for n, row in enumerate(comparison.rows, 1):
        told = "; ".join(f"{d.kind}: {d.told[0]} | {d.told[1]}" for d in row.differences)
        for record, cell in zip(comparison.records, row.statements, strict=True):
            for s in cell:
                who = "; ".join(" ".join(x for x in (a.of, a.person, a.office) if x) for a in s.speakers)
                yield (n, row.told, round(row.score, 3), record.id, s.id, who, s.act, s.content.of(record.text), told)
