"""One question in SQL, bounded and truly read-only.

A read-only file is not enough: ``ATTACH`` and ``VACUUM INTO`` write other files from it, and ``query_only`` is switched
off by plain SQL. So every action that is not on a short list is refused by SQLite's authoriser, lengths are capped, a
progress handler ends what takes too long, and rows and bytes of the answer are counted.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from readout.errors import ArchiveError, QueryRefused
from readout.storing import Address, Place
from readout.storing.schema import SEARCHED
from readout.storing.sqlite import FOREIGN, foreign_words

MAX_ROWS, MAX_SECONDS, MAX_SQL, MAX_VALUE, MAX_ANSWER = 1_000, 1.0, 100_000, 1_000_000, 8_000_000
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
# what makes much out of little in one step, where no progress is told, or reaches beyond the query
_REFUSED_FUNCTIONS = frozenset(
    {"load_extension", "zeroblob", "randomblob", "fts5", "fts3_tokenizer", "optimize", "readfile", "writefile", "edit"}
)
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, MAX_SQL),
    (sqlite3.SQLITE_LIMIT_COLUMN, 100),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 10),
    (sqlite3.SQLITE_LIMIT_VDBE_OP, 25_000),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 20),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The columns and rows of an answer; ``cut`` where there was more than ``max_rows``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool = False


def run_sql(place: Place, query: str, *, max_rows: int = MAX_ROWS, max_seconds: float = MAX_SECONDS) -> Answer:
    """The answer to one SELECT on an archive.

    Raises:
        QueryRefused: it would do more than read, is no SQL, or is too long, too slow or too large.
        ArchiveError: there is no archive, or its server cannot be reached.
        ExtraMissing: it lies on a server and psycopg is not installed.
    """
    if isinstance(place, Address):
        from readout.querying.sql_on_server import run_on_server  # only here: who keeps a file needs none of it

        columns, rows, cut = run_on_server(place, query, max_rows=max_rows, max_seconds=max_seconds)
        return Answer(columns=columns, rows=rows, cut=cut)
    path = place
    if not path.is_file():
        raise ArchiveError(f"there is no archive {path.name!r}; make one with `readout add`, or name it with --archive")
    if "\0" in query:
        raise QueryRefused("the query holds a NUL character; take it out")
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=1.0)
    try:
        return _bounded(connection, query, max_rows, max_seconds)
    except (sqlite3.Error, sqlite3.Warning, UnicodeError, MemoryError, OverflowError) as error:
        raise _refusal(error, max_seconds) from error
    finally:
        connection.close()


def _bounded(connection: sqlite3.Connection, query: str, max_rows: int, max_seconds: float) -> Answer:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")
    deadline = time.monotonic() + max_seconds
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), 500)
    if foreign := connection.execute(FOREIGN).fetchone():
        raise ArchiveError(foreign_words(*foreign))
    for name in SEARCHED:  # full-text tables are opened before the door closes: opening them prepares statements
        connection.execute(f"SELECT rowid FROM {name}_found WHERE {name}_found MATCH '\"a\"' LIMIT 1").fetchall()
    for limit, value in _LIMITS:
        connection.setlimit(limit, value)
    connection.set_authorizer(_authorise)
    cursor = connection.execute(query)
    columns = tuple(column[0] for column in cursor.description or ())
    rows: list[tuple[Any, ...]] = []
    size = 0
    for row in cursor:
        if len(rows) == max_rows:
            return Answer(columns=columns, rows=tuple(rows), cut=True)
        size += sum(len(v) if isinstance(v, str | bytes) else 8 for v in row)
        if size > MAX_ANSWER:
            raise QueryRefused(f"the answer has more than {MAX_ANSWER:,} bytes; select fewer columns, or use substr()")
        rows.append(row)
    return Answer(columns=columns, rows=tuple(rows))


def _authorise(action: int, first: str | None, second: str | None, _: str | None, __: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _REFUSED_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and first == "data_version" and second is None:
        return sqlite3.SQLITE_OK  # the full-text index asks itself whether it changed
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _refusal(error: Exception, max_seconds: float) -> QueryRefused:
    words = str(error)
    if "interrupted" in words:
        return QueryRefused(f"the query took longer than {max_seconds:g} s; narrow it with WHERE, or use an index")
    if "not authorized" in words or "authorization denied" in words or "prohibited" in words or "readonly" in words:
        return QueryRefused("the query would do more than read; only SELECT on the archive's own tables is allowed")
    told = words[:200] or "out of memory"
    return QueryRefused(f"the query cannot be answered: {told}; write one SELECT in SQLite's SQL")
