"""What the tests of the examples and the script of their floors have in common."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from readout.cli.evaluate import read_now
from readout.evaluating import Scores

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
GOLD: dict[str, dict[str, Any]] = {
    path.name.removesuffix(".gold.json"): json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(HERE.glob("*.gold.json"))
}
NAMES = tuple(GOLD)
MEASURED = (
    "encounters_reported", "encounters", "participants", "attribution", "statements", "acts", "commitments",
    "relations", "occurrences",
)  # fmt: skip


def records() -> dict[str, dict[str, Any]]:
    """The records that the pipeline makes of all examples, by id."""
    return read_now(list(GOLD.values()))


def figures_of(scores: Scores) -> dict[str, float]:
    """F1 of each measured figure; 1 where neither gold nor record has such an item."""
    out: dict[str, float] = {}
    for figure in MEASURED:
        row = scores.rows[figure]
        out[figure] = 1.0 if row.gold == row.predicted == 0 else row.f1
    return out
