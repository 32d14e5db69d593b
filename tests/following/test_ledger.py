"""The ledger on written series, read end to end: every standing right on every day, none without evidence."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import readout
from readout.cli import cli
from readout.errors import QueryRefused
from readout.following import LEDGER_STATUSES, Ledger, ledger, promises
from readout.records import Record
from readout.storing import Archive

pytestmark = pytest.mark.model
SERIES = {p.stem: yaml.safe_load(p.read_text("utf-8")) for p in sorted((Path(__file__).parent / "series").glob("*.yaml"))}
CASES = [(name, case) for name, series in SERIES.items() for case in series["golden"]]


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One archive a series; the documents are put in shuffled."""
    out = {}
    for name, series in SERIES.items():
        out[name] = tmp_path_factory.mktemp("ledger") / f"{name}.sqlite"
        found = list(readout.read_many(series["documents"]))
        random.Random(4).shuffle(found)
        with Archive.open(out[name], write=True, create=True) as archive:
            for record in found:
                assert isinstance(record, Record), record
                archive.put(record)
    return out


def told(path: Path, one: str, other: str | None, as_of: str | None) -> Ledger:
    with Archive.open(path) as archive:
        return ledger(archive, one, other, as_of)


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{n} {c['as_of']}" for n, c in CASES])
def test_every_standing_is_right(archives: dict[str, Path], name: str, case: dict[str, Any]) -> None:
    made = told(archives[name], *SERIES[name]["dyad"], case["as_of"])
    found = [
        (sorted(p.promisor), p.words, p.status, [e.name for e in p.evidence])
        for p in (*made.promises, *made.hopes)
    ]  # fmt: skip
    wanted = [(sorted(x["promisor"]), x["words"], x["status"], x["evidence"]) for x in case["standing"]]
    wanted += [(sorted(x["promisor"]), x["words"], "hope", []) for x in case["hopes"]]
    left = list(found)
    for sides, words, status, evidence in wanted:
        hit = [f for f in left if f[0] == sides and words in f[1]]
        assert hit == [(sides, f[1], status, evidence) for f in hit] and len(hit) == 1, (words, status, evidence, found)
        left.remove(hit[0])
    assert left == []


def test_the_series_are_as_long_and_as_many_as_promised() -> None:
    assert len(SERIES) >= 4 and all(len(s["documents"]) >= 6 and len(s["golden"]) >= 2 for s in SERIES.values())
    assert {x["status"] for s in SERIES.values() for c in s["golden"] for x in c["standing"]} == set(LEDGER_STATUSES) - {"hope"}
