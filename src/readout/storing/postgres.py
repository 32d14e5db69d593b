"""An archive in a database of a PostgreSQL server, reached with psycopg 3.

Whoever writes holds an advisory lock of the archive's schema until the transaction ends, so that one process writes at
a time; who reads sees one state of the database. Full text: FTS5 cuts and stems the words here as well
(``readout.storing.tokens``); the server keeps the stems and an index of them, and never a language of its own, so that
both databases find the same. PostgreSQL's texts cannot hold NUL: it is kept as U+10FFFE and a zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    create_engine,
    event,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR
from sqlalchemy.pool import StaticPool

from readout.errors import ArchiveError, ExtraMissing
from readout.records import Span
from readout.storing import schema as t
from readout.storing.dialects import Dialect
from readout.storing.places import Address
from readout.storing.tokens import Phrase, hits_in, tokens_of

if TYPE_CHECKING:
    import psycopg

_LOCK = 0x72656164
"""The first half of the lock's key, so that it is not the lock of another program; the second is the schema's name."""
_ESCAPE = "\U0010fffe"
_LONG = 200
"""Characters of a stem that the index keeps; PostgreSQL takes no word of more than 2,046 bytes."""
_MOST = 500_000
"""Bytes of different stems that the index takes of one text; PostgreSQL takes a million. Beyond, the stems are read."""
_AT_ONCE = 400
_FOUND = {
    name: Table(f"{name}_found", MetaData(), Column("id", Integer), Column("terms", TSVECTOR), Column("stems", Text))
    for name in t.SEARCHED
}
_TYPES = (
    (r"\s+WITHOUT ROWID", ""), (r"\bINTEGER\b", "BIGINT"), (r"\bREAL\b", "DOUBLE PRECISION"), (r"\bBLOB\b", "BYTEA"),
    # texts are compared by their bytes, as SQLite does
    (r"\bTEXT\b", 'TEXT COLLATE "C"'), (r"\bend\b", '"end"'),
    # what has no day comes first, as in SQLite; long names and addresses fit no other index
    (r"\((told|date)\)$", r"(\1 NULLS FIRST)"), (r"(documents_url|names_name) ON (\w+)", r"\1 ON \2 USING hash "),
)  # fmt: skip


def escaped(words: str) -> str:
    """A text without NUL, from which ``unescaped`` gives the text back."""
    if "\0" not in words and _ESCAPE not in words:
        return words
    return words.replace(_ESCAPE, _ESCAPE + "1").replace("\0", _ESCAPE + "0")


def unescaped(words: str) -> str:
    """The text that ``escaped`` took."""
    return words.replace(_ESCAPE + "0", "\0").replace(_ESCAPE + "1", _ESCAPE) if _ESCAPE in words else words


def needed() -> None:
    """See that psycopg is installed.

    Raises:
        ExtraMissing: it is not.
    """
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise ExtraMissing(
            "an archive on a PostgreSQL server needs the package psycopg; install it with "
            "`pip install 'diplomatic-readout[postgres]'`", extra="postgres",
        ) from error


def connected(address: Address, timeout_s: float) -> psycopg.Connection[Any]:
    """A connection of psycopg's own whose texts may hold NUL."""
    import psycopg
    from psycopg.types.string import StrDumperUnknown, TextLoader

    class Dumper(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(escaped(obj))

    class Loader(TextLoader):
        def load(self, data: Any) -> str:
            return unescaped(bytes(data).decode("utf-8"))

    url = address.url
    known = {"host": url.host, "port": url.port, "user": url.username, "password": url.password, "dbname": url.database}
    given: dict[str, Any] = {name: value for name, value in known.items() if value is not None}
    given |= {name: value if isinstance(value, str) else ",".join(value) for name, value in url.query.items()}
    given.setdefault("connect_timeout", max(2, int(timeout_s)))
    given.setdefault("application_name", "readout")
    connection = psycopg.connect(**{**given, "client_encoding": "UTF8"})
    connection.adapters.register_dumper(str, Dumper)
    for name in ("text", "varchar", "bpchar"):
        connection.adapters.register_loader(name, Loader)
    return connection


class Postgres(Dialect):
    """PostgreSQL 12 or later."""

    join_in_order = "JOIN"

    def engine(self, place: Address, *, write: bool, create: bool, durable: bool, timeout_s: float) -> Engine:
        needed()
        from psycopg import IsolationLevel

        def connect() -> psycopg.Connection[Any]:
            connection = connected(place, timeout_s)
            connection.autocommit = True
            connection.execute(
                f"SET lock_timeout = {max(1, int(timeout_s * 1000))}; SET standard_conforming_strings = on;"
                # without `durable` the server's own setting stands
                + ("SET synchronous_commit = on" if durable else "")
            )
            connection.autocommit = False
            level = IsolationLevel.READ_COMMITTED if write else IsolationLevel.REPEATABLE_READ
            connection.isolation_level, connection.read_only = level, not write
            return connection

        engine = create_engine(
            "postgresql+psycopg://", creator=connect, poolclass=StaticPool, use_native_hstore=False,
            hide_parameters=True,
        )  # fmt: skip

        def begin(connection: Connection) -> None:
            # READ COMMITTED: each statement after it sees what the writer before it left
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK}, hashtext(current_schema()))")

        if write:
            event.listen(engine, "begin", begin)
        return engine

    def ready(self, connection: Connection) -> None:
        encoding, schema, version = connection.execute(
            text("SELECT current_setting('server_encoding'), current_schema(), current_setting('server_version_num')")
        ).one()
        if encoding != "UTF8":
            raise ArchiveError(f"the database is in {encoding}; make one with CREATE DATABASE ... ENCODING 'UTF8'")
        if schema is None:
            raise ArchiveError("the schema that the URL names is not there; make it with CREATE SCHEMA")
        if int(version) < 120_000:
            raise ArchiveError("the server is older than PostgreSQL 12; use a newer one")

    def told(self, error: Exception, place: Address) -> ArchiveError:
        cause = getattr(error, "orig", None) or error
        code = getattr(cause, "sqlstate", None)
        words = " ".join(str(cause).split())
        for secret in place.secrets:
            words = words.replace(secret, "***")
        if code == "55P03":
            return ArchiveError(
                f"another process is writing to {place.name!r}; wait until it is done, or raise the timeout",
                path=place.name,
            )
        if code == "25006":
            return ArchiveError(f"{place.name!r} is open for reading only; open it with write=True")
        if code == "54000":
            return ArchiveError(
                f"{place.name!r}: a name or another short text is too long for PostgreSQL's indexes, which take 2,700 "
                "bytes; shorten it", path=place.name,
            )  # fmt: skip
        if code == "42501":
            return ArchiveError(f"{place.name!r}: {words[:200]}; GRANT the user the right", path=place.name)
        if code is None or getattr(error, "connection_invalidated", False):
            return ArchiveError(
                f"{place.name!r} cannot be reached: {words[:300]}; see that the server runs, and that host, port, "
                "user, password and database are right", path=place.name,
            )  # fmt: skip
        return ArchiveError(f"{place.name!r} cannot be used: {words[:200]}", path=place.name)

    # -- making ----------------------------------------------------------------------------------------------------

    def tables(self, connection: Connection) -> set[str]:
        rows = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"))
        return {row[0] for row in rows}

    def ddl(self, statement: str) -> str:
        for pattern, other in _TYPES:
            statement = re.sub(pattern, other, statement)
        return statement

    def make_index(self, connection: Connection, name: str) -> None:
        for statement in (
            f"CREATE TABLE {name}_found (id BIGINT PRIMARY KEY REFERENCES {name}(id) ON DELETE CASCADE, "
            'terms TSVECTOR, stems TEXT COLLATE "C" NOT NULL)',
            f"CREATE INDEX {name}_found_terms ON {name}_found USING gin (terms)",
            f"CREATE INDEX {name}_found_large ON {name}_found (id) WHERE terms IS NULL",
        ):
            connection.execute(text(statement))

    # -- writing ---------------------------------------------------------------------------------------------------

    def insert(self, table: Table) -> Any:
        return postgresql.insert(table)

    def index_text(self, connection: Connection, id: int, words: str) -> None:
        self._index(connection, "texts", [(id, words)])

    def index_items(self, connection: Connection, kind: str, document: int) -> None:
        c = t.ITEMS[kind].c
        rows = connection.execute(select(c.id, c.words).where(c.document_id == document)).all()
        self._index(connection, kind, [(row[0], row[1]) for row in rows])

    def _index(self, connection: Connection, name: str, rows: Sequence[tuple[int, str]]) -> None:
        found = _FOUND[name]
        terms = func.array_to_tsvector(bindparam("lexemes", type_=ARRAY(Text)))
        connection.execute(
            insert(found).values(id=bindparam("row"), terms=terms, stems=bindparam("stemmed")),
            [
                {"row": id, "lexemes": _lexemes(tokens), "stemmed": _stems(tokens)}
                for (id, _), tokens in zip(rows, tokens_of([words for _, words in rows]), strict=True)
            ],
        )

    def forget_text(self, connection: Connection, id: int) -> None:
        """Nothing: the row of the index goes with the text's."""

    def forget_items(self, connection: Connection, kind: str, document: int) -> None:
        """Nothing: the rows of the index go with the items'."""

    # -- finding ---------------------------------------------------------------------------------------------------

    def matching(self, name: str, phrases: Sequence[Phrase]) -> Select[Any]:
        found = _FOUND[name].c
        return select(found.id).where(_fits(name, phrases))

    def matches(self, name: str, phrases: Sequence[Phrase], id: ColumnElement[Any]) -> ColumnElement[bool]:
        return self.matching(name, phrases).where(_FOUND[name].c.id == id).exists()

    def hits(
        self, connection: Connection, name: str, ids: Iterable[int], phrases: Sequence[Phrase]
    ) -> dict[int, tuple[Span, ...]]:
        table = t.METADATA.tables[name].c
        out: dict[int, tuple[Span, ...]] = {}
        for part in _parts(ids):
            for id, words in connection.execute(select(table.id, table.words).where(table.id.in_(part))):
                out[id] = hits_in(words, phrases)
        return out

    # -- care ------------------------------------------------------------------------------------------------------

    def size_bytes(self, connection: Connection, place: Address) -> int:
        return int(
            connection.execute(
                text("SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c JOIN pg_namespace n "
                     "ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r'")
            ).scalar_one()
        )  # fmt: skip

    def problems(self, connection: Connection) -> list[str]:
        out = []
        for name, found in _FOUND.items():
            table = t.METADATA.tables[name].c
            ids = list(connection.execute(select(table.id).order_by(table.id)).scalars())
            indexed = connection.execute(select(func.count()).select_from(found)).scalar_one()
            if indexed != len(ids):
                out.append(f"the index of {name} holds {indexed} rows, the table {len(ids)}")
            wrong = 0
            for part in _parts(ids):
                rows = connection.execute(
                    select(table.words, found.c.stems, found.c.terms.is_(None))
                    .join_from(t.METADATA.tables[name], found, table.id == found.c.id).where(table.id.in_(part))
                ).all()  # fmt: skip
                told = tokens_of([row[0] for row in rows])
                wrong += sum(
                    row[1] != _stems(tokens) or row[2] != (_lexemes(tokens) is None)
                    for row, tokens in zip(rows, told, strict=True)
                )
            if wrong:
                out.append(f"the index of {name} holds other words than the table in {wrong} rows")
        return out

    def backup(self, place: Address, target: Path) -> None:
        raise ArchiveError(
            "an archive on a PostgreSQL server is copied with the server's own tool: pg_dump --format=custom "
            f"--file={target.name} {place.url.database}; or write its records with `readout export -o FILE.jsonl`"
        )


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    stream = iter(ids)
    while part := list(islice(stream, _AT_ONCE)):
        yield part


def _stems(tokens: Iterable[str]) -> str:
    return f" {' '.join(tokens)} "


def _lexemes(tokens: Iterable[str]) -> list[str] | None:
    """What the index keeps of the tokens of a text; None where that is too much."""
    out = sorted({token[:_LONG] for token in tokens})
    return out if sum(len(escaped(token).encode("utf-8")) for token in out) <= _MOST else None


def _fits(name: str, phrases: Sequence[Phrase]) -> ColumnElement[bool]:
    """Whether a row holds all phrases: by the index of single words, then by the order in which they stand."""
    found = _FOUND[name].c
    query: list[str] = []
    ordered: list[ColumnElement[bool]] = []
    every: list[ColumnElement[bool]] = []
    cut = tokens_of([words for words, _ in phrases])
    for tokens, (_, beginning) in zip(cut, phrases, strict=True):
        if not tokens:  # as FTS5 does: a phrase in which no word is found says nothing
            continue
        last = len(tokens) - 1
        query += [f"'{token[:_LONG]}'" + (":*" if beginning and n == last else "") for n, token in enumerate(tokens)]
        stands = func.strpos(found.stems, f" {' '.join(tokens)}{'' if beginning else ' '}") > 0
        every.append(stands)
        if last or len(tokens[0]) > _LONG:
            ordered.append(stands)
    if not query:
        return false()
    indexed = found.terms.op("@@")(literal(" & ".join(query), TSQUERY))
    return or_(and_(indexed, *ordered), and_(found.terms.is_(None), *every))


POSTGRES = Postgres()
