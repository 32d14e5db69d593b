"""The ledger as a page for people and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from readout.exporting.escaping import quoted, visible
from readout.exporting.wording import Names, day_words, sides
from readout.following.ledger import Ledger, Promise
from readout.querying.tabulating import csv_lines

LEDGER_COLUMNS = (
    "id", "promisor", "beneficiary", "status", "words", "first", "last", "wordings", "strengths", "deadline",
    "condition", "refrain", "evidence_kind", "evidence_document", "evidence_date", "evidence_words", "evidence_reason",
)  # fmt: skip


def ledger_text(told: Ledger, names: Names | None = None) -> str:
    """The ledger in plain text: promises in the order of their first wording, then the hopes."""
    if told.as_of is None:
        return "no document with a date tells of these sides\n"
    lines = [f"As of {day_words(told.as_of)}, from {told.documents} documents"]
    if told.undated:
        lines.append(f"{told.undated} documents without a date are left out")
    for title, items in (("PROMISES", told.promises), ("HOPES", told.hopes)):
        if items:
            lines += ["", title]
        for p in items:
            lines += _lines(p, names)
    if not told.promises and not told.hopes:
        lines += ["", "no promise"]
    return "\n".join(lines) + "\n"


def _lines(p: Promise, names: Names | None) -> list[str]:
    to = f" → {visible(sides(p.beneficiary, names))}" if p.beneficiary else ""
    head = "" if p.is_hope else f"{p.status}: "
    out = [f"  {head}{visible(sides(p.promisor, names))}{to}{', not to do' if p.refrain else ''}"]
    for w in p.wordings:
        more = ", another account" if w.is_account else ""
        out.append(f"    {w.date} {w.strength:<7} {quoted(visible(w.words))} ({visible(w.name)}{more})")
    if p.deadline:
        out.append(f"    by {day_words(p.deadline)}")
    if p.condition:
        out.append(f"    on condition: {quoted(visible(p.condition))}")
    for e in p.evidence:
        out.append(f"    {e.kind} {e.date}: {quoted(visible(e.words))} ({visible(e.name)})")
        out.append(f"      why: {visible(e.reason)}")
    return out


def ledger_csv(told: Ledger) -> Iterator[str]:
    """CSV lines: a row for each evidence of a promise, one row where it has none; hopes have the status ``hope``."""
    rows: list[tuple[Any, ...]] = []
    for p in (*told.promises, *told.hopes):
        own = (
            p.id, "; ".join(p.promisor), "; ".join(p.beneficiary), p.status, p.words,
            p.wordings[0].date.isoformat(), p.wordings[-1].date.isoformat(), len(p.wordings),
            "; ".join(w.strength for w in p.wordings), p.deadline.isoformat() if p.deadline else None,
            p.condition, p.refrain,
        )  # fmt: skip
        for e in p.evidence:
            rows.append((*own, e.kind, e.document, e.date.isoformat(), e.words, e.reason))
        if not p.evidence:
            rows.append((*own, None, None, None, None, None))
    yield from csv_lines(LEDGER_COLUMNS, rows)
