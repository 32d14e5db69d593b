# ruff: noqa: E501
"""Hostile SQL: nothing is written, each ends in time, and an honest question is answered."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from samples import sample

from readout.errors import ArchiveError, QueryRefused
from readout.querying import run_sql
from readout.storing import Archive

RUN = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
BIG = "a" * 900_000
HOSTILE = [
    "ATTACH 'new.db' AS x", "ATTACH DATABASE ':memory:' AS x", "attach 'a.sqlite' as b", "DETACH main",
    "VACUUM", "VACUUM INTO 'copy.db'", "VACUUM main INTO 'copy.db'", "/**/VACUUM INTO 'copy.db'",
    "PRAGMA query_only = OFF", "PRAGMA journal_mode = DELETE", "PRAGMA writable_schema = 1", "PRAGMA user_version = 7",
    "PRAGMA temp_store_directory = '/tmp'", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA integrity_check", "PRAGMA optimize",
    "PRAGMA mmap_size = 1000000000", "PRAGMA hard_heap_limit = 1", "SELECT * FROM pragma_table_info('texts')",
    "SELECT * FROM pragma_database_list", "PRAGMA database_list", "PRAGMA data_version = 3",
    "INSERT INTO names VALUES (1, 'x')", "UPDATE texts SET words = ''", "DELETE FROM documents", "DROP TABLE texts",
    "REPLACE INTO names VALUES (1, 'x')", "CREATE TABLE x (a)", "CREATE TEMP TABLE x (a)", "CREATE VIEW v AS SELECT 1",
    "CREATE TEMP VIEW v AS SELECT 1", "CREATE VIRTUAL TABLE v USING fts5(a)", "CREATE INDEX i ON texts(words)",
    "CREATE TRIGGER t AFTER INSERT ON names BEGIN SELECT 1; END", "ALTER TABLE texts RENAME TO x", "REINDEX", "ANALYZE",
    "BEGIN EXCLUSIVE", "COMMIT", "SAVEPOINT x", "EXPLAIN DELETE FROM texts; DELETE FROM texts",
    "SELECT 1; DELETE FROM texts", "INSERT INTO texts_found(texts_found) VALUES('rebuild')",
    "INSERT INTO statements_found(statements_found) VALUES('optimize')",
    "WITH x AS (SELECT 1) DELETE FROM documents", "DELETE FROM names RETURNING *", "SELECT load_extension('x.so')",
    "SELECT hex(zeroblob(300000000))", "SELECT zeroblob(1000000000)", "SELECT randomblob(1000000000)",
    "SELECT fts5(1)", "SELECT writefile('x', 'y')", "SELECT readfile('/etc/passwd')", "SELECT edit('x')",
    "SELECT printf('%.*c', 1000000000, 'x')", "SELECT replace(printf('%.*c', 900000, 'x'), 'x', 'xxxx')",
    f"{RUN} SELECT count(*) FROM c", f"{RUN} SELECT sum(x) FROM c", f"{RUN} SELECT x FROM c WHERE x < 0",
    f"{RUN} SELECT group_concat(x) FROM c", f"{RUN} SELECT x FROM c ORDER BY x DESC",
    f"{RUN} SELECT count(*) FROM c a, c b, c d", f"{RUN} SELECT max(printf('%.*c', 999000, 'x') || x) FROM c",
    f"{RUN} SELECT printf('%.*c', 99000, 'x') FROM c", f"{RUN} SELECT DISTINCT printf('%.*c', 9000, x) FROM c WHERE x < 0 OR 1",
    f"SELECT '{BIG}'", f"SELECT {'(' * 200}1{')' * 200}", "SELECT " + ", ".join(["1"] * 200), " UNION ".join(["SELECT 1"] * 60),
    "SELECT 1 WHERE 'a' LIKE '" + "%a" * 60 + "'", "SELECT " + "-" * 3000 + "1 FROM texts", "SELECT \0 1", "", "not SQL at all",
    "SELECT * FROM sqlite_dbpage", "SELECT * FROM dbstat", "SELECT \ud800",
]  # fmt: skip


def state(folder: Path) -> dict[str, str]:
    """Every file but SQLite's own index of the log, which readers share, with its digest."""
    return {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file() and not p.name.endswith("-shm")
    }


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sql") / "a.sqlite"
    with Archive.open(path, write=True, create=True) as made:
        made.put(sample())
    run_sql(path, "SELECT 1")  # a first reader makes the empty log that all readers share
    return path


def test_there_are_sixty() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("query", HOSTILE, ids=[f"{n}-{q[:30]!r}" for n, q in enumerate(HOSTILE)])
def test_a_hostile_query_changes_nothing_and_ends(query: str, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive.parent)
    before, start = state(archive.parent), time.monotonic()
    try:
        answer = run_sql(archive, query)
        # what is answered is harmless: it was read, within the bounds
        assert len(answer.rows) <= 1000
        assert not any(word in query.upper() for word in ("ATTACH", "VACUUM", "DELETE", "INSERT", "CREATE", "DROP"))
    except QueryRefused as refusal:
        assert len(str(refusal)) < 500
    assert time.monotonic() - start < 60  # it ends, whatever the machine
    assert state(archive.parent) == before


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT act, count(*) FROM statements GROUP BY act ORDER BY act",
         (("affirm", 1), ("commit", 1), ("request", 1), ("thank", 1))),
        ("SELECT count(*) FROM statements_found WHERE statements_found MATCH 'provide'", ((1,),)),
        ("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3) SELECT sum(x) FROM c", ((6,),)),
    ],
)  # fmt: skip
def test_an_honest_question_is_answered(query: str, rows: tuple[object, ...], archive: Path) -> None:
    assert run_sql(archive, query).rows == rows


def test_rows_are_capped_and_it_is_told(archive: Path) -> None:
    answer = run_sql(archive, f"{RUN} SELECT x FROM c", max_rows=10)
    assert len(answer.rows) == 10 and answer.cut


def test_no_archive_is_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        run_sql(tmp_path / "none.sqlite", "SELECT 1")
    assert list(tmp_path.iterdir()) == []


def test_the_command_bounds_its_memory(archive: Path) -> None:
    piles = f"{RUN} SELECT printf('%.*c', 900000, 'x') || x FROM c ORDER BY 1"
    ran = subprocess.run(
        [sys.executable, "-c", "from readout.cli import main; main()", "sql", piles, "--archive", str(archive)],
        capture_output=True, encoding="utf-8", check=False, timeout=30,
    )  # fmt: skip
    assert ran.returncode == 2 and "R802" in ran.stderr


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TRIGGER planted AFTER INSERT ON documents BEGIN UPDATE texts SET words = 'forged'; END",
        "CREATE VIEW planted AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c",
        "CREATE VIRTUAL TABLE planted USING fts5(words)",
    ],
)
def test_a_file_with_something_planted_is_refused(tmp_path: Path, planted: str) -> None:
    copy = tmp_path / "copy.sqlite"
    with Archive.open(copy, write=True, create=True) as opened:
        opened.put(sample())
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        connection.execute(planted)
        connection.commit()
    for act in (lambda: Archive.open(copy), lambda: Archive.open(copy, write=True), lambda: run_sql(copy, "SELECT 1")):
        with pytest.raises(ArchiveError, match="planted"):
            act()
