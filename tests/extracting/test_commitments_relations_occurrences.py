"""Promises, standing relations and what happened in the world: the tables promises, relations, occurrences."""

from __future__ import annotations

from typing import Any

import pytest
from measuring_cases import overlap
from trapping import read_rows, rows

from marks import Marked, read_marks
from readout.pipeline import Reader
from readout.records import Record, Span

TABLES = ("promises", "relations", "occurrences")
ROWS: dict[str, list[dict[str, Any]]] = {
    table: [{"id": f"{table}-{n}", "date": "2022-03-10", **row} for n, row in enumerate(rows(f"{table}.yaml"))]
    for table in TABLES
}

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def records(reader: Reader) -> dict[str, Record]:
    """The record of each row of the three tables, read once."""
    table = [row for name in TABLES for row in ROWS[name]]
    return {r.id: r for r in read_rows(reader, table, [read_marks(row["text"]).text for row in table])}


def parameters(table: str) -> list[Any]:
    return [
        pytest.param(
            row,
            id=f"{row['id']}-{row['why'][:40]}",
            marks=pytest.mark.xfail(strict=True, reason=row["fails"]) if row.get("fails") else (),
        )
        for row in ROWS[table]
    ]


def same_words(marked: Marked, span: Span | None, label: str) -> bool:
    """Whether the span shares at least half its words with the mark; None where there is no such mark."""
    if label not in marked.spans or span is None:
        return span is None and label not in marked.spans
    return overlap(marked.text, span, marked.one(label)) >= 0.5


@pytest.mark.parametrize("row", parameters("promises"))
def test_promises(row: dict[str, Any], records: dict[str, Record]) -> None:
    marked, record = read_marks(row["text"]), records[row["id"]]
    assert len(record.commitments) == len(row["expect"]), (row["why"], record.commitments, record.statements)
    for number, (c, expected) in enumerate(zip(record.commitments, row["expect"], strict=True)):
        suffix = str(number + 1) if number else ""
        assert same_words(marked, c.action, f"action{suffix}"), (row["why"], c.action.of(record.text))
        assert set(c.promisor) == set(expected["promisor"]), row["why"]
        assert c.strength == expected["strength"], row["why"]
        assert c.refrain == expected.get("refrain", False), row["why"]
        assert set(c.beneficiary) == set(expected.get("beneficiary", ())), (row["why"], c.beneficiary)
        for name in ("deadline", "condition"):
            assert same_words(marked, getattr(c, name), f"{name}{suffix}"), (row["why"], name, getattr(c, name))
        home = next(s for s in record.statements if s.id == c.statement)
        assert home.act in {"commit", "offer", "agree"}
        assert home.content.overlaps(c.action)


@pytest.mark.parametrize("row", parameters("relations"))
def test_relations(row: dict[str, Any], records: dict[str, Record]) -> None:
    marked, record = read_marks(row["text"]), records[row["id"]]
    assert [[*r.between, r.kind] for r in record.relations] == row["expect"], row["why"]
    for r in record.relations:
        start, end = marked.one("label")
        assert r.label.start < end and start < r.label.end, row["why"]


@pytest.mark.parametrize("row", parameters("occurrences"))
def test_occurrences(row: dict[str, Any], records: dict[str, Record]) -> None:
    record = records[row["id"]]
    assert [o.kind for o in record.occurrences] == [e["kind"] for e in row["expect"]], (row["why"], record.occurrences)
    for o, expected in zip(record.occurrences, row["expect"], strict=True):
        assert expected["word"] in o.span.of(record.text), row["why"]
        assert set(o.states) == set(expected["states"]), (row["why"], o.states)
        assert (o.date.iso() if o.date else None) == (expected["date"] and str(expected["date"])), row["why"]
        assert set(o.asserted_by) == set(expected["by"]), (row["why"], o.asserted_by)


def test_the_tables_say_why() -> None:
    assert all(row["why"] for table in TABLES for row in ROWS[table])
