"""One archive: opened, written by one writer at a time, read by many."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from readout.errors import ArchiveError
from readout.records import Record, Refusal
from readout.storing import dyads, joins
from readout.storing import schema as t
from readout.storing.dialects import dialect_at
from readout.storing.held import held
from readout.storing.migrations import LATEST, migrate, version_of
from readout.storing.places import Address, Place, place_of
from readout.storing.rows import (
    body_of,
    check_writable,
    document_key,
    folded,
    item_rows,
    made_body,
    refusal_key,
    settled,
    settled_refusal,
)

Put = Literal["new", "same", "named", "reread"]
Clock = Callable[[], datetime]
_ACTORS = {"encounters": (t.PARTICIPANTS, "encounter_id"), "statements": (t.SPEAKERS, "statement_id")}
# made once: these are asked for every document
_LAST = {
    table.name: select(func.coalesce(func.max(table.c.id), 0))
    for table in (t.TEXTS, t.DOCUMENTS, t.MADE, t.REFUSALS, t.LOG, t.CORRECTIONS, *t.ITEMS.values())
}
# what one document adds to the tallies, or takes from them
_TALLY = (
    "INSERT INTO tallies (source, target, month, act, count) "
    "SELECT source, target, month, act, count(*) * :sign FROM (SELECT DISTINCT s.id, p.side AS source, "
    "t.side AS target, coalesce(substr(s.told, 1, 7), '') AS month, s.act AS act FROM statements s "
    # CROSS JOIN keeps SQLite to this order: it begins with the document's few statements
    "CROSS JOIN speakers p ON p.statement_id = s.id "
    "CROSS JOIN sides t ON t.kind = 'statements' AND t.item_id = s.id AND t.role = 'toward' "
    "WHERE s.document_id = :document) AS told WHERE true GROUP BY 1, 2, 3, 4 "
    "ON CONFLICT (source, target, month, act) DO UPDATE SET count = tallies.count + excluded.count"
)


def _now() -> datetime:
    return datetime.now(UTC)


class Archive:
    """Records in one SQLite file, or in a PostgreSQL database. ``open`` makes it, or brings it to the latest schema.

    One process writes at a time; another that tries waits ``timeout_s`` and then says so. Readers never wait.
    """

    def __init__(self, place: Place, engine: Engine, *, writable: bool, clock: Clock) -> None:
        self.place = place
        self.dialect = dialect_at(place)
        self.writable = writable
        self._engine = engine
        self._clock = clock
        self._held: Connection | None = None
        self._counts: bool | None = None

    @property
    def name(self) -> str:
        """The file's name, or the address without its password."""
        return self.place.name

    @classmethod
    def open(
        cls,
        place: str | Path | Address,
        *,
        write: bool = False,
        create: bool = False,
        durable: bool = False,
        timeout_s: float = 10.0,
        clock: Clock = _now,
    ) -> Archive:
        """The archive in a file, or in the database of a URL (``postgresql://USER@HOST/DATABASE``).

        Args:
            write: open for writing; an older schema is migrated. Without it the file is opened read-only.
            create: make the file (mode 0600), or the tables in an empty database, where there is no archive.
            durable: SQLite's ``synchronous=FULL``: what was acknowledged survives a loss of power, not only the
                death of the process; every document then waits for the disk. A PostgreSQL server waits by default.
            timeout_s: seconds to wait for another writer.
            clock: tells the time for the log; nothing else depends on it.
        Raises:
            ArchiveError: no such file, not an archive, made by a later version, busy, or a server not reached.
            ExtraMissing: a URL is given and psycopg is not installed.
        """
        place = place_of(place)
        engine = dialect_at(place).engine(place, write=write, create=create, durable=durable, timeout_s=timeout_s)
        archive = cls(place, engine, writable=write, clock=clock)
        try:
            archive._ready(create)
        except BaseException:
            archive.close()
            raise
        return archive

    def _ready(self, create: bool) -> None:
        with self.transaction() as connection:
            self.dialect.ready(connection)
            version = version_of(connection)
            # an empty file was made to become an archive; an empty database may be there for anything
            if version == 0 and isinstance(self.place, Address) and not (self.writable and create):
                raise ArchiveError(
                    f"there is no archive in {self.name!r}; make one with `readout add`, or name it with --archive"
                )
            if self.writable:
                before = migrate(connection)
                if 0 < before < LATEST:
                    self._log(connection, "migrate", "", self.name, f"schema version {before} to {LATEST}")
                return
            if version != LATEST:
                raise ArchiveError(
                    f"the archive {self.name!r} has schema version {version}, this program reads {LATEST}; "
                    + ("use a newer readout" if version > LATEST else "bring it up with `readout archive migrate`"),
                    version=version,
                )

    def close(self) -> None:
        """Close the file; the archive cannot be used after it."""
        self._engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction; inside another one it is that one. It is written whole or, on an error, not at all."""
        if self._held is not None:
            yield self._held
            return
        try:
            with self._engine.begin() as connection:
                self._held = connection
                try:
                    yield connection
                finally:
                    self._held = None
        except (DBAPIError, sqlite3.DatabaseError) as error:
            raise self.dialect.told(error, self.place) from error

    # -- writing ---------------------------------------------------------------------------------------------------

    def put(self, item: Record | Refusal) -> Put:
        """Keep one record or refusal, in one transaction; what it changed.

        ``same``: it was there, byte for byte; ``named``: it was there under another name, which is added;
        ``reread``: another reading of the same publication gave way to this one.
        Raises:
            ArchiveError: the file is busy or full, or the record holds half a character.
        """
        check_writable(item)
        with self.transaction() as connection:
            if isinstance(item, Refusal):
                return self._put_refusal(connection, item)
            return self._put_record(connection, settled(item))

    def give_name(self, key: str, name: str) -> Put:
        """Let the document of a key bear one more name: the same publication came under another file name."""
        with self.transaction() as connection:
            id, _, _ = self._one(connection, self._key(connection, key))
            return "named" if self._add_name(connection, id, name) else "same"

    def put_many(self, items: Iterable[Record | Refusal], *, per_transaction: int = 1) -> Iterator[tuple[str, Put]]:
        """Keep a stream of items; the name and result of each, told only after its transaction is written."""
        stream = iter(items)
        while batch := list(islice(stream, per_transaction)):
            with self.transaction():
                done = [(item.id, self.put(item)) for item in batch]
            yield from done
        self.settle()

    def _put_refusal(self, connection: Connection, refusal: Refusal) -> Put:
        refusal = settled_refusal(refusal)
        key = refusal_key(refusal)
        if connection.execute(select(t.REFUSALS.c.id).where(t.REFUSALS.c.key == key)).first():
            return "same"
        connection.execute(
            insert(t.REFUSALS).values(
                id=self.next_number(connection, t.REFUSALS), key=key, name=refusal.id, code=refusal.code,
                message=refusal.message, source=refusal.source,
            )
        )  # fmt: skip
        return "new"

    def _put_record(self, connection: Connection, record: Record) -> Put:
        key = self._key(connection, document_key(record))
        d = t.DOCUMENTS.c
        body, made = body_of(record), made_body(record.made_with)
        found = connection.execute(
            select(d.id, d.name, d.body, t.MADE.c.body).join(t.MADE, t.MADE.c.id == d.made_id).where(d.key == key)
        ).first()
        if found is None:
            self._insert(connection, key, record, body, made)
            return "new"
        id, name, held, held_made = found
        merged = key != document_key(record)  # its own title or date gave way when it was merged
        result: Put = "same"
        if not merged and (held, held_made) != (body, made):
            self._clear(connection, id)
            joins.drop_joins(connection, key, by_hand=False)
            connection.execute(
                update(t.DOCUMENTS).where(d.id == id).values(
                    body=body, made_id=self._made(connection, made), issuer_kind=record.issuer_kind,
                    issuer_of=record.issuer_of,
                )
            )  # fmt: skip
            self._fill(connection, id, record)
            self._log(connection, "reread", key, name, "")
            result = "reread"
        if self._add_name(connection, id, record.id) and result == "same":
            result = "named"
        return result

    def _key(self, connection: Connection, key: str) -> str:
        into = connection.execute(select(t.MERGED.c.into_key).where(t.MERGED.c.key == key)).scalar()
        return str(into) if into is not None else key

    def _insert(self, connection: Connection, key: str, record: Record, body: str, made: str) -> None:
        words = t.TEXTS.c
        text_id = connection.execute(select(words.id).where(words.digest == record.digest)).scalar()
        if text_id is None:
            text_id = self.next_number(connection, t.TEXTS)
            connection.execute(insert(t.TEXTS).values(id=text_id, digest=record.digest, words=record.text))
            self.dialect.index_text(connection, text_id, record.text)
        id = self.next_number(connection, t.DOCUMENTS)
        connection.execute(
            insert(t.DOCUMENTS).values(
                id=id, key=key, text_id=text_id, made_id=self._made(connection, made), name=record.id,
                title=record.title, date=record.date.isoformat() if record.date else None, issuer=record.issuer,
                issuer_kind=record.issuer_kind, issuer_of=record.issuer_of, url=record.url, body=body,
            )
        )  # fmt: skip
        connection.execute(insert(t.NAMES).values(document_id=id, name=record.id))
        self._fill(connection, id, record)

    def next_number(self, connection: Connection, table: Any) -> int:
        """The number of the next row of a table, for a writer.

        It is counted here and not by the database, so that both give the same.
        """
        # one writer: nobody else can take the number before this transaction ends
        return int(connection.execute(_LAST[table.name]).scalar_one()) + 1

    def _made(self, connection: Connection, body: str) -> int:
        digest = hashlib.blake2b(body.encode("utf-8"), digest_size=16).hexdigest()
        found = connection.execute(select(t.MADE.c.id).where(t.MADE.c.digest == digest)).scalar()
        if found is None:
            found = self.next_number(connection, t.MADE)
            connection.execute(insert(t.MADE).values(id=found, digest=digest, body=body))
        return int(found)

    def _add_name(self, connection: Connection, id: int, name: str) -> bool:
        n = t.NAMES.c
        if connection.execute(select(n.name).where(n.document_id == id, n.name == name)).first():
            return False
        connection.execute(insert(t.NAMES).values(document_id=id, name=name))
        # the name that is shown is the first in order, whichever came first
        least = min(connection.execute(select(n.name).where(n.document_id == id)).scalars())
        connection.execute(update(t.DOCUMENTS).where(t.DOCUMENTS.c.id == id).values(name=least))
        return True

    def _fill(self, connection: Connection, id: int, record: Record) -> None:
        persons: set[str] = set()
        acting: set[str] = set()
        for kind, items in item_rows(record).items():
            if not items:
                continue
            first = self.next_number(connection, t.ITEMS[kind])
            numbered = list(enumerate(items, start=first))
            connection.execute(
                insert(t.ITEMS[kind]), [{"id": n, "document_id": id, **item.row} for n, item in numbered]
            )
            self.dialect.index_items(connection, kind, id)
            if kind in _ACTORS:
                table, column = _ACTORS[kind]
                actors = [{column: n, **actor} for n, item in numbered for actor in item.actors]
                connection.execute(insert(table), actors)
                persons |= {actor["person"] for actor in actors if actor["person"]}
                acting |= {actor["side"] for actor in actors}
            sides = [
                {"kind": kind, "item_id": n, "role": role, "position": position, "side": side}
                for n, item in numbered
                for position, (role, side) in enumerate(item.sides)
            ]
            if sides:
                connection.execute(insert(t.SIDES), sides)
        if persons:
            connection.execute(
                self.dialect.insert(t.PERSONS).on_conflict_do_nothing(),
                [{"name": name, "folded": folded(name)} for name in sorted(persons)],
            )
        if acting:
            day = record.date.isoformat() if record.date else ""
            rows = [{"side": side, "day": day, "document_id": id} for side in sorted(acting)]
            connection.execute(insert(t.ACTING), rows)
        self._tally(connection, id, 1)
        if self._is_counted(connection):
            dyads.added(connection, id, record)

    def _tally(self, connection: Connection, id: int, sign: int) -> None:
        query = _TALLY.replace("CROSS JOIN", self.dialect.join_in_order)
        connection.execute(text(query), {"sign": sign, "document": id})

    def _clear(self, connection: Connection, id: int) -> None:
        """Take the items of a document out of the tables, the indexes, the tallies and the sums of two sides."""
        if self._is_counted(connection):
            dyads.taken(connection, id)
        a, day = t.ACTING.c, select(func.coalesce(t.DOCUMENTS.c.date, "")).where(t.DOCUMENTS.c.id == id)
        for actors, column, items in ((t.PARTICIPANTS, "encounter_id", t.ENCOUNTERS),
                                      (t.SPEAKERS, "statement_id", t.STATEMENTS)):  # fmt: skip
            sides = select(actors.c.side).join(items, items.c.id == actors.c[column]).where(items.c.document_id == id)
            connection.execute(
                delete(t.ACTING).where(a.side.in_(sides), a.day == day.scalar_subquery(), a.document_id == id)
            )
        self._tally(connection, id, -1)
        connection.execute(text("DELETE FROM tallies WHERE count = 0"))
        for kind, table in t.ITEMS.items():
            self.dialect.forget_items(connection, kind, id)
            mine = select(table.c.id).where(table.c.document_id == id)
            connection.execute(delete(t.SIDES).where(t.SIDES.c.kind == kind, t.SIDES.c.item_id.in_(mine)))
            connection.execute(delete(table).where(table.c.document_id == id))

    def _is_counted(self, connection: Connection) -> bool:
        """Whether the sums of two sides are by this program's rules; others stand until ``recount``."""
        if self._counts is None:
            self._counts = dyads.is_counted(connection)
        return self._counts

    def settle(self) -> int:
        """Count the pairs of sides again whose documents hang together too closely to be counted one by one; how many.

        Until then their page is made from the documents. ``readout add`` and ``refresh`` end with it.
        """
        with self.transaction() as connection:
            return dyads.settle(connection) if self._is_counted(connection) else 0

    def recount(self) -> bool:
        """Count the sums of two sides again, where other rules than this program's counted them; whether it was so."""
        with self.transaction() as connection:
            if dyads.is_counted(connection):
                return False
            dyads.recount(connection)
            joins.recode(connection)
            self._log(connection, "recount", "", self.name, "the sums of two sides")
        self._counts = True
        return True

    def remove(self, name: str, *, reason: str) -> list[str]:
        """Remove the documents and refusals of a key or name; a line of the log stays for each. The keys removed.

        Raises:
            ArchiveError: nothing has that key or name.
        """
        with self.transaction() as connection:
            gone: list[str] = []
            for id, key, shown in self._named_by(connection, name):
                self._drop(connection, id)
                self._log(connection, "remove", key, shown, reason)
                gone.append(key)
            r = t.REFUSALS.c
            for key, shown in connection.execute(
                select(r.key, r.name).where((r.key == name) | (r.name == name)).order_by(r.key)
            ).all():
                connection.execute(delete(t.REFUSALS).where(r.key == key))
                self._log(connection, "remove refusal", key, shown, reason)
                gone.append(key)
            if not gone:
                raise ArchiveError(f"nothing in the archive is called {name[:80]!r}; see `readout documents`")
            return gone

    def merge(self, keep: str, other: str, *, reason: str) -> None:
        """Make two publications of one text one: ``keep`` takes the names of ``other``, which comes back no more.

        Raises:
            ArchiveError: one of the two is unknown or ambiguous, or their texts differ.
        """
        with self.transaction() as connection:
            (kept, key, _), (id, gone, shown) = self._one(connection, keep), self._one(connection, other)
            d = t.DOCUMENTS.c
            texts = set(connection.execute(select(d.text_id).where(d.id.in_([kept, id]))).scalars())
            if kept == id or len(texts) != 1:
                raise ArchiveError(
                    "only two publications of the same words can be merged; these "
                    + ("are one document" if kept == id else "differ, see `readout archive versions`")
                )
            names = list(connection.execute(select(t.NAMES.c.name).where(t.NAMES.c.document_id == id)).scalars())
            c = t.CORRECTIONS.c
            there = list(connection.execute(select(c.digest).where(c.document_id == kept)).scalars())
            connection.execute(
                update(t.CORRECTIONS).where(c.document_id == id, c.digest.not_in(there)).values(document_id=kept)
            )
            self._drop(connection, id)
            for name in names:
                self._add_name(connection, kept, name)
            connection.execute(update(t.MERGED).where(t.MERGED.c.into_key == gone).values(into_key=key))
            connection.execute(insert(t.MERGED).values(key=gone, into_key=key))
            self._log(connection, "merge", gone, shown, f"into {key}: {reason}")

    def _drop(self, connection: Connection, id: int) -> None:
        d = t.DOCUMENTS.c
        key, text_id = connection.execute(select(d.key, d.text_id).where(d.id == id)).one()
        self._clear(connection, id)
        joins.drop_joins(connection, key, by_hand=True)
        connection.execute(delete(t.MERGED).where(t.MERGED.c.into_key == key))
        connection.execute(delete(t.DOCUMENTS).where(d.id == id))
        if connection.execute(select(d.id).where(d.text_id == text_id)).first() is None:
            self.dialect.forget_text(connection, text_id)
            connection.execute(delete(t.TEXTS).where(t.TEXTS.c.id == text_id))

    def _log(self, connection: Connection, action: str, key: str, name: str, detail: str) -> None:
        at = self._clock().isoformat(timespec="seconds")
        number = self.next_number(connection, t.LOG)
        connection.execute(insert(t.LOG).values(id=number, at=at, action=action, key=key, name=name, detail=detail))

    def note(self, connection: Connection, action: str, key: str, name: str, detail: str) -> None:
        """Write a line of the log inside the caller's transaction."""
        self._log(connection, action, key, name, detail)

    def now(self, timespec: str = "seconds") -> str:
        """The time of the archive's clock, to the second where no other unit is named."""
        return self._clock().isoformat(timespec=timespec)

    # -- reading ---------------------------------------------------------------------------------------------------

    def _named_by(self, connection: Connection, name: str) -> list[tuple[int, str, str]]:
        d = t.DOCUMENTS.c
        by_name = select(t.NAMES.c.document_id).where(t.NAMES.c.name == name)
        rows = connection.execute(
            select(d.id, d.key, d.name).where((d.key == name) | d.id.in_(by_name)).order_by(d.key)
        ).all()
        return [(row[0], row[1], row[2]) for row in rows]

    def _one(self, connection: Connection, name: str) -> tuple[int, str, str]:
        found = self._named_by(connection, name)
        if len(found) != 1:
            told = f"{len(found)} documents are called {name[:80]!r}; use one of their keys" if found else (
                f"nothing in the archive is called {name[:80]!r}; see `readout documents`"
            )  # fmt: skip
            raise ArchiveError(told)
        return found[0]

    def holds(self, key: str) -> str | None:
        """The digests that the document of that key was read with, as ``made_body``; None where it is not there."""
        with self.transaction() as connection:
            key = self._key(connection, key)
            made = connection.execute(
                select(t.MADE.c.body).join(t.DOCUMENTS, t.DOCUMENTS.c.made_id == t.MADE.c.id)
                .where(t.DOCUMENTS.c.key == key)
            ).scalar()  # fmt: skip
            return None if made is None else str(made)

    def kept_key(self, key: str) -> str:
        """The key under which a document's record is kept: its own, or that of the one it was merged into."""
        with self.transaction() as connection:
            return self._key(connection, key)

    def key_of(self, name: str) -> str:
        """The key of the one document of that key or name.

        Raises:
            ArchiveError: nothing has that name, or several have.
        """
        with self.transaction() as connection:
            return self._one(connection, name)[1]

    def readings(self) -> list[tuple[str, str]]:
        """Every document's key and the digests it was read with, in the order of the keys."""
        d = t.DOCUMENTS.c
        with self.transaction() as connection:
            rows = connection.execute(
                select(d.key, t.MADE.c.body).join(t.MADE, t.MADE.c.id == d.made_id).order_by(d.key)
            ).all()
            return [(row[0], row[1]) for row in rows]

    def record(self, name: str) -> Record:
        """The record of a key or name.

        Raises:
            ArchiveError: nothing has that name, or several have.
        """
        with self.transaction() as connection:
            id, _, _ = self._one(connection, name)
            return self.records(connection, [id])[id]

    def records(self, connection: Connection, ids: Iterable[int]) -> dict[int, Record]:
        """The records of documents by their numbers in the file."""
        return dict(held(connection, ids))

    def keyed(self, connection: Connection, ids: Iterable[int]) -> list[Record]:
        """The records of documents by their numbers, each with its key as its id, in the order of the keys."""
        return sorted((record for _, record in held(connection, ids, by_key=True)), key=lambda r: r.id)

    def keys(self, connection: Connection, ids: Iterable[int]) -> dict[int, str]:
        """The keys of documents by their numbers in the file."""
        d, wanted = t.DOCUMENTS.c, list(ids)
        out: dict[int, str] = {}
        for start in range(0, len(wanted), 500):
            rows = connection.execute(select(d.id, d.key).where(d.id.in_(wanted[start : start + 500])))
            out |= {row[0]: row[1] for row in rows}
        return out

    def everything(self) -> Iterator[Record | Refusal]:
        """Every record in the order of its key, then every refusal: the same for the same content."""
        with self.transaction() as connection:
            ids = list(connection.execute(select(t.DOCUMENTS.c.id).order_by(t.DOCUMENTS.c.key)).scalars())
            refused = self.refusals()
        for start in range(0, len(ids), 200):
            part = ids[start : start + 200]
            with self.transaction() as connection:
                found = self.records(connection, part)
            yield from (found[id] for id in part if id in found)
        yield from refused

    def refusals(self) -> list[Refusal]:
        """What could not be read, each with its reason, in the order of the keys."""
        r = t.REFUSALS.c
        with self.transaction() as connection:
            rows = connection.execute(select(r.name, r.code, r.message, r.source).order_by(r.key))
            return [Refusal(id=row[0], code=row[1], message=row[2], source=row[3]) for row in rows]

    def log(self) -> list[dict[str, Any]]:
        """What was removed, merged, read again and migrated, oldest first."""
        with self.transaction() as connection:
            return [dict(row._mapping) for row in connection.execute(select(t.LOG).order_by(t.LOG.c.id))]
