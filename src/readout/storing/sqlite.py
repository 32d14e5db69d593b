"""An archive in one SQLite file: WAL, one writer by BEGIN IMMEDIATE, full text by FTS5."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    create_engine,
    event,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from readout.errors import ArchiveError
from readout.records import Span
from readout.storing import schema as t
from readout.storing.dialects import Dialect
from readout.storing.tokens import CLOSE, OPEN, TOKENIZE, Phrase, fts5_query, spans_of

_MAPPED = 1 << 40
"""Bytes of the file that a reader may look at in place; SQLite takes the most it was built for, mostly 2 GiB."""


FOREIGN = (
    "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') OR (type = 'table' AND "
    "sql LIKE 'CREATE VIRTUAL%' AND name NOT IN (" + ", ".join(f"'{name}_found'" for name in t.SEARCHED) + ")) LIMIT 1"
)
"""What somebody put into a file so that it acts, or never ends, when it is opened; an archive has none of it."""


class Sqlite(Dialect):
    """SQLite as Python's standard library brings it."""

    join_in_order = "CROSS JOIN"

    def engine(self, place: Path, *, write: bool, create: bool, durable: bool, timeout_s: float) -> Engine:
        if not place.is_file():
            if not (write and create):
                raise ArchiveError(
                    f"there is no archive {place.name!r}; make one with `readout add`, or name it with --archive",
                    path=str(place),
                )
            _make_file(place)
        uri = f"file:{quote(str(place.absolute()))}?mode={'rw' if write else 'ro'}"

        def connect() -> sqlite3.Connection:
            connection = sqlite3.connect(
                uri, uri=True, timeout=timeout_s, isolation_level=None, check_same_thread=False
            )
            connection.execute(f"PRAGMA busy_timeout = {int(timeout_s * 1000)}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            if write:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                connection.execute("PRAGMA cache_size = -65536")
                # 32 MiB of log: a page that many documents change is written to the file once
                connection.execute("PRAGMA wal_autocheckpoint = 8000")
            else:
                connection.execute("PRAGMA query_only = ON")
                connection.execute(f"PRAGMA mmap_size = {_MAPPED}")  # pages of the file are read without a copy
            return connection

        engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

        return engine

    def ready(self, connection: Connection) -> None:
        options = {row[0] for row in connection.execute(text("PRAGMA compile_options"))}
        if "ENABLE_FTS5" not in options:
            raise ArchiveError("this Python's SQLite has no full-text search (FTS5); use a build that has it")
        if foreign := connection.execute(text(FOREIGN)).first():
            raise ArchiveError(foreign_words(*foreign))

    def told(self, error: Exception, place: Path) -> ArchiveError:
        words = str(getattr(error, "orig", None) or error)
        if "locked" in words or "busy" in words:
            return ArchiveError(
                f"another process is writing to {place.name!r}; wait until it is done, or raise the timeout",
                path=str(place),
            )
        if "readonly" in words or "query_only" in words:
            return ArchiveError(f"{place.name!r} is open for reading only; open it with write=True")
        return ArchiveError(
            f"{place.name!r} cannot be used: {words[:200]}; run `readout archive check`, or take a backup",
            path=str(place),
        )

    def tables(self, connection: Connection) -> set[str]:
        return {row[0] for row in connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'"))}

    def ddl(self, statement: str) -> str:
        return statement

    def make_index(self, connection: Connection, name: str) -> None:
        connection.execute(
            text(
                f"CREATE VIRTUAL TABLE {name}_found USING fts5(words, content='{name}', content_rowid='id', "
                f"tokenize='{TOKENIZE}')"
            )
        )

    def insert(self, table: Table) -> Any:
        return sqlite.insert(table)

    def index_text(self, connection: Connection, id: int, words: str) -> None:
        connection.execute(
            text("INSERT INTO texts_found (rowid, words) VALUES (:id, :words)"), {"id": id, "words": words}
        )

    def index_items(self, connection: Connection, kind: str, document: int) -> None:
        connection.execute(
            text(f"INSERT INTO {kind}_found (rowid, words) SELECT id, words FROM {kind} WHERE document_id = :id"),
            {"id": document},
        )

    def forget_text(self, connection: Connection, id: int) -> None:
        connection.execute(
            text("INSERT INTO texts_found (texts_found, rowid, words) SELECT 'delete', id, words FROM texts "
                 "WHERE id = :id"),
            {"id": id},
        )  # fmt: skip

    def forget_items(self, connection: Connection, kind: str, document: int) -> None:
        connection.execute(
            text(
                f"INSERT INTO {kind}_found ({kind}_found, rowid, words) "
                f"SELECT 'delete', id, words FROM {kind} WHERE document_id = :id"
            ),
            {"id": document},
        )

    def matching(self, name: str, phrases: Sequence[Phrase]) -> Select[Any]:
        return (
            select(literal_column(f"{name}_found.rowid"))
            .select_from(text(f"{name}_found"))
            .where(text(f"{name}_found MATCH :found").bindparams(found=fts5_query(phrases)))
        )

    def matches(self, name: str, phrases: Sequence[Phrase], id: ColumnElement[Any]) -> ColumnElement[bool]:
        return self.matching(name, phrases).where(literal_column(f"{name}_found.rowid") == id).exists()

    def hits(
        self, connection: Connection, name: str, ids: Iterable[int], phrases: Sequence[Phrase]
    ) -> dict[int, tuple[Span, ...]]:
        query, out = fts5_query(phrases), dict[int, tuple[Span, ...]]()
        for id in ids:
            marked = connection.execute(
                text(f"SELECT highlight({name}_found, 0, :a, :b), {name}.words FROM {name}_found "
                     f"JOIN {name} ON {name}.id = {name}_found.rowid "
                     f"WHERE {name}_found MATCH :found AND {name}_found.rowid = :id"),
                {"a": OPEN, "b": CLOSE, "found": query, "id": id},
            ).first()  # fmt: skip
            if marked is not None:
                out[id] = spans_of(marked[0], marked[1])
        return out

    def size_bytes(self, connection: Connection, place: Path) -> int:
        return place.stat().st_size

    def problems(self, connection: Connection) -> list[str]:
        try:
            rows = [row[0] for row in connection.execute(text("PRAGMA integrity_check(20)"))]
        except DatabaseError as error:
            raise ArchiveError(f"the file is damaged: {str(error.orig)[:200]}") from error
        out = [f"the file is damaged: {row}" for row in rows if row != "ok"]
        broken = connection.execute(text("PRAGMA foreign_key_check"))
        out += [f"a row of {row[0]} points to nothing" for row in broken]
        for name in t.SEARCHED:
            # the index has one row in its table of sizes for each row that it indexes
            indexed, held = (
                connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
                for table in (f"{name}_found_docsize", name)
            )
            if indexed != held:
                out.append(f"the index of {name} holds {indexed} rows, the table {held}")
        return out

    def backup(self, place: Path, target: Path) -> None:
        part = target.with_name(target.name + ".part")
        try:
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o600))
            copy = sqlite3.connect(part)
            # a connection of its own: one that is inside a write transaction cannot be copied from
            source = sqlite3.connect(f"file:{quote(str(place.absolute()))}?mode=ro", uri=True, timeout=10.0)
            try:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                source.close()
                copy.close()
            os.replace(part, target)
        except (OSError, sqlite3.Error) as error:
            part.unlink(missing_ok=True)
            raise ArchiveError(
                f"{target.name!r} cannot be written: {error}; name a file in a folder with space"
            ) from error


def foreign_words(kind: str, name: str) -> str:
    """Why a file with something in it that no archive has is refused."""
    return f"this file holds the {kind} {name[:60]!r}, which no archive has and which could act; do not use it"


def _make_file(path: Path) -> None:
    try:
        # records may be confidential: on a shared machine the file is its owner's alone
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise ArchiveError(
            f"{path.name!r} cannot be made: {error.strerror}; name a file in a folder that exists", path=str(path)
        ) from error


SQLITE = Sqlite()
