"""Hard cases: the rows that hold stay right, and the counts over the whole table do not fall."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from measuring_cases import HELD, ROWS, faults, measured, read

from readout.pipeline import Reader
from readout.records import Record

FLOORS = {
    "found": 169, "acts": 153, "labels": 169, "toward": 154, "persons": 158, "commitments": 37, "rows": 94,
}  # fmt: skip
"""Counts over all rows (195 statements, 44 promises), at most one below the measured; lowered only in the open."""
LOST: dict[str, str] = {}
"""Rows that held and no longer do, with the reason; they are expected to fail."""
BEYOND = 12
"""Statements recorded that are not the table's, at most; 11 measured."""
HOLDING: list[str] = yaml.safe_load(HELD.read_text(encoding="utf-8"))
BY_ID = {row["id"]: row for row in ROWS}

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def records(reader: Reader) -> dict[str, Record]:
    """The record of each row, read once."""
    return read(reader)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=LOST[name]) if name in LOST else ())
        for name in HOLDING
    ],
)
def test_a_row_that_held_still_holds(name: str, records: dict[str, Record]) -> None:
    row: dict[str, Any] = BY_ID[name]
    assert not faults(row, records[name]), row["why"]


def test_the_counts_do_not_fall(records: dict[str, Record]) -> None:
    counts = measured(records)
    below = {name: (counts[name], floor) for name, floor in FLOORS.items() if counts[name] < floor}
    assert not below, f"(measured, floor): {below}"


def test_little_is_recorded_beyond_the_table(records: dict[str, Record]) -> None:
    counts = measured(records)
    assert counts["recorded"] - counts["found"] <= BEYOND
