"""Killed at the n-th write, flush or unlink: what was acknowledged is there, what was not is whole or absent.

A run of the tests tries a few points, ``READOUT_KILL_POINTS=200`` that many (a quarter of an hour). Needs strace. It
proves the death of the process, not the loss of power: after a kill the system still holds what was written.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from samples import sample

from readout.records import dumps
from readout.storing import Archive, check
from readout.storing.migrations import BORNE

CALLS = "pwrite64,fdatasync,fsync,ftruncate,unlink"
POINTS = int(os.environ.get("READOUT_KILL_POINTS", "12"))
SCRIPT = Path(__file__).parent / "killed.py"
RECORDS = [replace(sample(), id=f"d{n}", text=sample().text + f" Part {n}.") for n in range(40)]


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
    assert code == 0 and len(told) == 40
    with Archive.open(whole / "a.sqlite") as archive:
        expected = list(archive.everything())
    calls = sum("resumed" not in line and "(" in line for line in (whole / "trace").read_text().splitlines())
    points = sorted({1 + n * (calls - 1) // max(1, POINTS - 1) for n in range(POINTS)})
    assert len(points) == POINTS, f"there are only {calls} calls to be killed at"

    def killed_at(at: int) -> tuple[int, bool, list[str]]:
        folder = tmp_path / f"at{at}"
        folder.mkdir()
        code, told = run(folder, at)
        problems: list[str] = []
        with Archive.open(folder / "a.sqlite", write=True, create=True) as archive:
            problems += check(archive)
            keys = {key for key, _ in archive.readings()}
            problems += [f"the acknowledged {key} is lost" for key in set(told) - keys]
            list(archive.put_many(RECORDS))  # taken up again, it is whole
            if list(archive.everything()) != expected:
                problems.append("after going on the archive is another one")
        shutil.rmtree(folder)
        return at, code != 0, problems

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        done = list(pool.map(killed_at, points))
    assert [(at, problems) for at, _, problems in done if problems] == []
    assert sum(killed for _, killed, _ in done) >= 0.9 * POINTS


@pytest.mark.parametrize("share", [0.05, 0.25, 0.5, 0.75])
def test_a_killed_migration_leaves_the_old_archive_or_the_new(tmp_path: Path, share: float) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    old = tmp_path / "old.sqlite"
    with Archive.open(old, write=True, create=True) as archive:
        list(archive.put_many(RECORDS))
        expected = list(archive.everything())
    with closing(sqlite3.connect(old)) as raw:
        for table in ("joins", "links"):
            raw.execute(f"DROP TABLE {table}")
        for table in ("encounters", "statements"):
            raw.execute(f"ALTER TABLE {table} DROP COLUMN codes")
        for table, (_, column, copied, _) in BORNE.items():
            raw.execute(f"DROP INDEX {table}_person")
            raw.execute(f"CREATE INDEX {table}_person ON {table}(person, {column})")
            for name in copied:
                raw.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
        raw.execute("UPDATE schema_version SET version = 4")
        raw.commit()
        raw.execute("PRAGMA journal_mode = DELETE")
    opens = "import sys; from readout.storing import Archive; Archive.open(sys.argv[1], write=True).close()"

    def migrate(path: Path, at: int | None) -> int:
        inject = [f"--inject={CALLS}:signal=SIGKILL:when={at}"] if at else []
        trace = ["strace", "-f", "-o", str(tmp_path / "trace"), "-e", f"trace={CALLS}", *inject]
        return subprocess.run([*trace, sys.executable, "-c", opens, str(path)], check=False).returncode

    shutil.copy(old, tmp_path / "whole.sqlite")
    assert migrate(tmp_path / "whole.sqlite", None) == 0
    calls = sum("resumed" not in line and "(" in line for line in (tmp_path / "trace").read_text().splitlines())
    copy = tmp_path / "killed.sqlite"
    shutil.copy(old, copy)
    assert migrate(copy, max(1, round(calls * share))) != 0
    with Archive.open(copy, write=True) as archive:
        assert check(archive) == [] and list(archive.everything()) == expected
