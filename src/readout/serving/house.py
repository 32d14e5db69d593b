"""What the pages and REST share: the archive, the reader, the names; opened when first needed."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from readout.charting import MAX_TOP, World, world
from readout.errors import ArchiveError, MalformedInput, RequestRefused
from readout.following import Ledger, Phrases, ledger, some_phrases
from readout.knowing import embedded
from readout.pipeline import Reader
from readout.querying import Told, exchange_of
from readout.reading import from_mapping
from readout.records import Document, Record, Refusal, text_digest
from readout.serving.adding import Adding
from readout.serving.guarding import Serving
from readout.serving.remembering import Remembered
from readout.settings import Settings
from readout.storing import Address, Archive, Held, Place, held_lately, pair_days

_AT_ONCE = 4
"""Documents of a long add that are read before others get their turn."""


class House:
    """One archive being served. Archives are opened for each request; the model serves one text at a time."""

    def __init__(self, archive: Place, serving: Serving, reader: Reader | None = None) -> None:
        self.archive = archive
        self.serving = serving
        self.settings = Settings(max_chars=serving.max_chars)
        self._reader = reader
        self._loading = threading.Lock()
        self._opening = threading.Lock()
        self._empty: tempfile.TemporaryDirectory[str] | None = None
        self._held: tuple[object, Held] | None = None
        self.adding = Adding(self.writing, self.records_of, self.settings)
        self.remembered = Remembered()
        self.name_of = lru_cache(maxsize=4096)(self._name_of)

    def _name_of(self, code: str) -> str | None:
        return embedded().name_of(code)

    @contextmanager
    def opened(self) -> Iterator[Archive]:
        """The archive for reading; an empty one where there is none yet."""
        with Archive.open(self.place()) as archive:
            yield archive

    def held(self) -> Held:
        """What the archive holds; counted again when its files have changed."""
        place = self.place()
        if isinstance(place, Address):  # a server does not tell whether anything has changed
            with self.opened() as archive:
                return held_lately(archive)
        files = [f for f in (place, place.with_name(place.name + "-wal")) if f.is_file()]
        sign = tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)
        if self._held is None or self._held[0] != sign:
            with self.opened() as archive:
                self._held = (sign, held_lately(archive))
        return self._held[1]

    def place(self) -> Place:
        """What is read: the archive, or an empty file until the first document is kept in the archive's."""
        if isinstance(self.archive, Address) or self.archive.is_file():
            return self.archive
        with self._opening:
            if self._empty is None:
                self._empty = tempfile.TemporaryDirectory(prefix="readout-")
                Archive.open(Path(self._empty.name) / "empty.sqlite", write=True, create=True).close()
            return Path(self._empty.name) / "empty.sqlite"

    def world(self, archive: Archive, **asked: Any) -> World:
        """``readout.charting.world``, remembered; so are the days of exchanges, which any new time is told from."""

        def made() -> World:
            days = self.remembered.of(archive, ("days of pairs",), lambda: pair_days(archive))
            return world(archive, **asked, days=days)

        if asked.get("since") or asked.get("until"):
            return self.remembered.of(archive, ("world", *sorted(asked.items())), made)
        # what pages begin with: all pairs that a page can ask for at once, cut to those that it asks for
        top, asked["top"] = asked.get("top", 30), MAX_TOP
        whole = self.remembered.of(archive, ("world", *sorted(asked.items())), made)
        return replace(whole, top=top, edges=whole.edges[:top])

    def ledger(self, archive: Archive, one: str, other: str | None, as_of: date | None, most: int) -> Ledger:
        """``readout.following.ledger`` of the last ``most`` documents, remembered."""
        asked = ("ledger", one, other, as_of, most)
        return self.remembered.of(archive, asked, lambda: ledger(archive, one, other, as_of, most=most))

    def phrases(self, archive: Archive, side: str, other: str | None, **asked: Any) -> Phrases:
        """``readout.following.some_phrases``, remembered."""
        key = ("phrases", side, other, *sorted(asked.items()))
        return self.remembered.of(archive, key, lambda: some_phrases(archive, side, other, **asked))

    @contextmanager
    def writing(self) -> Iterator[Archive]:
        """The archive for writing; made where there is none."""
        with Archive.open(self.archive, write=True, create=True, timeout_s=5.0) as archive:
            yield archive

    def read(self, given: Mapping[str, Any]) -> Record:
        """The record of ``{"text", "title", "date", "issuer", "url", "id"}``; nothing is kept.

        Raises:
            ReadingError: the text cannot be read.
            RequestRefused: 503, the reader was busy for too long.
        """
        text = given.get("text")
        name = f"text-{text_digest(text)[:8]}" if isinstance(text, str) else "text"
        return self.record_of(from_mapping(given, id=name, settings=self.settings))

    def record_of(self, document: Document) -> Record:
        """The record of a document, when the reader is free."""
        reader = self._opened_reader()
        if not reader.turn.acquire(timeout=self.serving.timeout_s / 2):
            raise RequestRefused("others are being read; try again in a minute", status=503)
        try:
            (found,) = reader.read_documents([document])
        finally:
            reader.turn.release()
        if isinstance(found, Refusal):
            raise MalformedInput(found.message)
        return found

    def records_of(self, found: Iterable[Document | Refusal]) -> Iterator[Record | Refusal]:
        """The records of many documents, a few at a time, so that whoever reads one text waits for a few alone."""
        reader, stream = self._opened_reader(), iter(found)
        while batch := list(islice(stream, _AT_ONCE)):
            with reader.turn:
                records = list(reader.read_documents(batch))
            yield from records
            time.sleep(0.005)  # a lock that is taken again at once is given to nobody else

    def _opened_reader(self) -> Reader:
        with self._loading:
            self._reader = self._reader or Reader.open(settings=self.settings)
            return self._reader

    def key_of(self, archive: Archive, name: str) -> str:
        """The key of a document by key or name.

        Raises:
            RequestRefused: 404, nothing or more than one thing is called so.
        """
        try:
            return archive.key_of(name)
        except ArchiveError as error:
            raise RequestRefused(error.message, status=404) from error

    def record(self, archive: Archive, name: str) -> tuple[str, Record]:
        """The key and record of a document by key or name."""
        key = self.key_of(archive, name)
        return key, archive.record(key)

    def exchange(self, archive: Archive, name: str, encounter: str) -> Told:
        """The exchange that an encounter of a document belongs to, with the records of its accounts.

        Raises:
            RequestRefused: 404, there is no such document or no such encounter in it.
        """
        key = self.key_of(archive, name)
        try:
            return exchange_of(archive, key, encounter)
        except ArchiveError as error:
            if "no encounter" not in error.message:
                raise
            raise RequestRefused(error.message, status=404) from error
