"""An archive of all reference documents: the same bytes however they come in."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from readout.cli import cli

DEV = Path(__file__).resolve().parents[3] / "shared/gold/dev"
FIELDS = ("id", "text", "title", "date", "issuer", "url")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.model,
    pytest.mark.skipif(not DEV.is_dir(), reason="the reference documents are not beside the checkout"),
]


def test_added_twice_shuffled_and_by_four_workers_it_exports_the_same_bytes(tmp_path: Path) -> None:
    rows = [
        {name: row[name] for name in FIELDS if row.get(name) is not None}
        for name in ("gold", "own", "negatives")
        for row in map(json.loads, (DEV / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    ]
    exported = []
    for n, (workers, seed) in enumerate([(1, None), (4, 7)]):
        archive, source = tmp_path / f"{n}.sqlite", tmp_path / f"{n}.jsonl"
        if seed is not None:
            random.Random(seed).shuffle(rows)
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        for _ in range(2):
            done = CliRunner().invoke(cli, ["add", str(source), "--workers", str(workers), "--archive", str(archive)])
            assert done.exit_code == 0, done.stderr
        exported.append(CliRunner().invoke(cli, ["export", "--archive", str(archive)]).stdout_bytes)
        assert CliRunner().invoke(cli, ["archive", "check", "--archive", str(archive)]).exit_code == 0
    assert exported[0] == exported[1] and exported[0].count(b"\n") == len(rows)
