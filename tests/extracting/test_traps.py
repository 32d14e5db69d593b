"""What was denied, supposed, planned or told of another is never recorded as said: the table traps.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from trapping import holds, read_rows, rows, said_by, trap_faults

from readout.pipeline import Reader
from readout.records import Record

ROWS = rows("traps.yaml")
FAILING: dict[str, str] = yaml.safe_load(Path(__file__).with_name("traps_failing.yaml").read_text(encoding="utf-8"))
# At least so many of the rows that say what may rightly be recorded have it: an empty record falls for no trap.
RIGHTLY_FLOOR = 54  # 55 of 70 measured
EXPECTED = [
    pytest.param(
        row,
        id=row["id"],
        marks=pytest.mark.xfail(strict=True, reason=FAILING[row["id"]]) if row["id"] in FAILING else (),
    )
    for row in ROWS
]

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def records(reader: Reader) -> dict[str, Record]:
    """The record of each row, read once."""
    return {r.id: r for r in read_rows(reader, ROWS, [row["text"] for row in ROWS])}


def test_the_table_is_wide_enough() -> None:
    assert len(ROWS) >= 300
    assert len({row["trap"] for row in ROWS}) >= 8
    assert FAILING.keys() <= {row["id"] for row in ROWS}
    assert len(FAILING) <= 4, "the list of rows that fail grows no longer"


@pytest.mark.parametrize("row", EXPECTED)
def test_nothing_forbidden_is_recorded(row: dict[str, Any], records: dict[str, Record]) -> None:
    assert not trap_faults(row, records[row["id"]]), row["why"]


def test_what_may_be_recorded_is_recorded_often_enough(records: dict[str, Record]) -> None:
    asked = [(row, may) for row in ROWS for may in row.get("may") or ()]
    found = sum(rightly(may, records[row["id"]]) for row, may in asked)
    assert found >= RIGHTLY_FLOOR, f"{found} of {len(asked)}"


def rightly(may: dict[str, str], record: Record) -> bool:
    return any(said_by(s, may["speaker"]) and holds(s, record.text, may["words"]) for s in record.statements)
