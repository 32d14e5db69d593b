"""Killed at the n-th write, flush or unlink: what was acknowledged is there, what was not is whole or absent.

``READOUT_KILL_POINTS=200`` tries that many points (some minutes); a run of the tests tries a few. Needs strace.
It proves the death of the process, not the loss of power: after a kill the system still holds what was written.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from samples import sample

from readout.records import dumps
from readout.storing import Archive, check, document_key

CALLS = "pwrite64,fdatasync,fsync,ftruncate,unlink"
POINTS = int(os.environ.get("READOUT_KILL_POINTS", "12"))
SCRIPT = Path(__file__).parent / "killed.py"
RECORDS = [replace(sample(), id=f"d{n}", text=sample().text + f" Part {n}.") for n in range(10)]


def run(folder: Path, at: int | None) -> tuple[int, list[str]]:
    source = folder / "records.jsonl"
    source.write_text("".join(dumps(r) + "\n" for r in RECORDS), encoding="utf-8")
    inject = [f"--inject={CALLS}:signal=SIGKILL:when={at}"] if at else []
    trace = ["strace", "-f", "-o", str(folder / "trace"), "-e", f"trace={CALLS}", *inject]
    ran = subprocess.run(
        [*trace, sys.executable, str(SCRIPT), str(folder / "a.sqlite"), str(source)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return ran.returncode, ran.stdout.split()


def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    whole = tmp_path / "whole"
    whole.mkdir()
    code, told = run(whole, None)
    assert code == 0 and len(told) == 10
    with Archive.open(whole / "a.sqlite") as archive:
        expected = list(archive.everything())
    calls = sum("resumed" not in line and "(" in line for line in (whole / "trace").read_text().splitlines())
    points = sorted({1 + n * (calls - 1) // max(1, POINTS - 1) for n in range(POINTS)})
    killed = 0
    for at in points:
        folder = tmp_path / f"at{at}"
        folder.mkdir()
        code, told = run(folder, at)
        killed += code != 0
        with Archive.open(folder / "a.sqlite", write=True, create=True) as archive:
            assert check(archive) == [], f"killed at {at}"
            keys = {key for key, _ in archive.readings()}
            assert set(told) <= keys, f"killed at {at}: an acknowledged document is lost"
            assert len(keys) <= len(told) + 1
            for record in RECORDS:  # taken up again, it ends as if it had never been broken off
                archive.put(record)
            assert list(archive.everything()) == expected
        assert {document_key(r) for r in RECORDS} >= keys
        shutil.rmtree(folder)
    assert killed >= len(points) - 3
