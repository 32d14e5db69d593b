"""The golden files are those that their sources give, and each span lies in its text."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any, get_args

import pytest

from readout.records import items

HERE = Path(__file__).resolve().parent
_spec = importlib.util.spec_from_file_location("golden_build", HERE / "build.py")
assert _spec and _spec.loader
build = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(build)
GOLD = sorted(HERE.glob("*.gold.json"))


def test_the_stored_files_are_up_to_date() -> None:
    assert build.main(["--check"]) == 0


def test_there_are_at_least_eight_examples() -> None:
    assert len(GOLD) >= 8
    assert {path.name.split(".")[0] for path in GOLD} == {path.stem for path in build.EXAMPLES.glob("*.txt")}


def test_words_that_are_absent_or_ambiguous_are_refused() -> None:
    assert build.find("one two one", "two <one>") == [8, 11]
    with pytest.raises(build.QuotationError, match="0 times"):
        build.find("one two", "three")
    with pytest.raises(build.QuotationError, match="2 times"):
        build.find("one two one", "one")


def spans(record: dict[str, Any]) -> list[list[int]]:
    found = [e["evidence"] for e in record["encounters"]]
    for s in record["statements"]:
        found += [s["content"], s["cue"], s["via"]]
    for c in record["commitments"]:
        found += [c["action"], c["deadline"], c["condition"]]
    found += [r["label"] for r in record["relations"]] + [o["span"] for o in record["occurrences"]]
    return [span for span in found if span]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name)
def test_each_record_keeps_to_the_definitions(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    text = record["text"]
    assert record["encounters"] and record["statements"]
    for start, end in spans(record):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
    for e in record["encounters"]:
        assert e["kind"] in get_args(items.EncounterKind) and e["status"] in get_args(items.Status)
    for s in record["statements"]:
        assert s["act"] in items.FAMILY and s["attribution"] in get_args(items.Attribution)
        assert (s["cue"] is None) == (s["attribution"] != "explicit")
    for c in record["commitments"]:
        homes = [
            s for s in record["statements"] if s["content"][0] <= c["action"][0] and c["action"][1] <= s["content"][1]
        ]
        assert homes and homes[0]["act"] in {"commit", "offer", "agree"}
        assert c["strength"] in get_args(items.Strength)
    for r in record["relations"]:
        assert r["kind"] in get_args(items.RelationKind)
    for o in record["occurrences"]:
        assert o["kind"] in get_args(items.OccurrenceKind)
