"""Long adds: files of many documents, read one job at a time by a thread of the house while pages tell how far it is.

A job lives as long as the server. What it kept stays: the same files given again go on where it was broken off,
because a document that is there already is not read again.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import shutil
import tempfile
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Literal

from readout.errors import ReadoutError, RequestRefused
from readout.reading import documents
from readout.records import Document, Record, Refusal
from readout.settings import Settings
from readout.storing import Archive, added

_LOG = logging.getLogger("readout.serving")
State = Literal["waiting", "running", "done", "cancelled", "failed"]
MAX_WAITING = 4
"""More jobs than these do not wait for their turn."""
MAX_TOLD = 500
"""So many refusals of a job are told one by one; all of them are counted, and kept in the archive."""
MAX_LINES = 50_000
"""Files with more lines or entries of a list together are refused: each that is no document leaves a refusal."""
_REMEMBERED = 20
_LAST = 5
_ODD = re.compile(r"[^\w.()\[\] +-]")


@dataclass(frozen=True, slots=True)
class Upload:
    """One file: its name as its owner calls it, and its bytes."""

    name: str
    stream: IO[bytes]


@dataclass(slots=True)
class Job:
    """One add of many documents; ``total`` counts what its files hold, as far as that can be told beforehand."""

    id: str
    name: str
    folder: Path
    total: int
    day: date | None = None
    issuer: str | None = None
    state: State = "waiting"
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
    last: list[tuple[str, str]] = field(default_factory=list)
    problem: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def done(self) -> int:
        """How many documents are dealt with."""
        return self.counts.total()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "cancelled", "failed")


class Adding:
    """The jobs of a house, one at a time in the order in which they came.

    Args:
        writing: opens the archive for writing.
        read: reads documents into records, giving others their turn in between.
        settings: what a file may hold.
    """

    def __init__(
        self,
        writing: Callable[[], AbstractContextManager[Archive]],
        read: Callable[[Iterable[Document | Refusal]], Iterator[Record | Refusal]],
        settings: Settings,
    ) -> None:
        self._writing, self._read, self._settings = writing, read, settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self, uploads: Iterable[Upload], *, name: str, day: date | None = None, issuer: str | None = None) -> Job:
        """A job that adds the documents of these files; their bytes are copied before this returns.

        Raises:
            RequestRefused: 503, too many wait; 422, there is no file; 413, they hold more than ``MAX_LINES`` documents.
        """
        self._check_room()
        folder = Path(tempfile.mkdtemp(prefix="readout-adding-"))
        try:
            if not _kept(uploads, folder):
                raise RequestRefused("no file was chosen; choose one or more files", status=422)
            job = Job(
                id=secrets.token_hex(6), name=name, folder=folder, total=_count(folder, self._settings.max_bytes),
                day=day, issuer=issuer,
            )  # fmt: skip
            with self._lock:
                self._check_room()
                self._jobs[job.id] = job
                while len(self._jobs) > _REMEMBERED:
                    self._jobs.popitem(last=False)
                if self._thread is None:
                    self._thread = threading.Thread(target=self._work, name="readout-adding", daemon=True)
                    self._thread.start()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return job

    def _check_room(self) -> None:
        if sum(not job.is_over for job in self._jobs.values()) > MAX_WAITING:
            raise RequestRefused("too many adds wait for their turn; try again when one is done", status=503)

    def job(self, id: str) -> Job:
        """The job of that id.

        Raises:
            RequestRefused: 404, there is none, or it is long over.
        """
        if (found := self._jobs.get(id)) is None:
            raise RequestRefused(
                "there is no add of that number since the server began; what it kept is in the archive", status=404
            )
        return found

    def going_on(self) -> list[Job]:
        """The jobs that wait or run, oldest first."""
        return [job for job in list(self._jobs.values()) if not job.is_over]

    def cancel(self, id: str) -> Job:
        """Let a job end after the document it is at; what it kept stays."""
        job = self.job(id)
        job.stop.set()
        return job

    def _work(self) -> None:
        while True:
            with self._lock:
                job = next((j for j in self._jobs.values() if j.state == "waiting"), None)
                if job is None:
                    self._thread = None
                    return
                job.state = "running"
            state: State = "failed"
            try:
                self._run(job)
                state = "cancelled" if job.stop.is_set() else "done"
            except ReadoutError as error:
                job.problem = f"{error.code} {error.message}"
            except Exception:  # logged, and nothing of it told; the next job has its turn all the same
                _LOG.exception("an add failed")
                job.problem = "something went wrong here; the log of the server tells what"
            finally:
                shutil.rmtree(job.folder, ignore_errors=True)
                job.state = state

    def _run(self, job: Job) -> None:
        def until_stopped() -> Iterator[Document | Refusal]:
            for item in documents([job.folder], date=job.day, issuer=job.issuer, settings=self._settings):
                if job.stop.is_set():
                    return
                yield item

        with self._writing() as archive:
            for one in added(archive, until_stopped(), self._read):
                job.counts[one.result] += 1
                job.total = max(job.total, job.done)
                if one.refusal is None:
                    job.last = [(one.key, one.name), *job.last][:_LAST]
                elif len(job.refused) < MAX_TOLD:
                    job.refused.append(one.refusal)
            archive.settle()
        if not job.stop.is_set():
            job.total = job.done


def documents_of(uploads: Iterable[Upload], settings: Settings) -> Iterator[Document | Refusal]:
    """The documents of uploaded files, read one after the other; nothing of them stays."""
    with tempfile.TemporaryDirectory(prefix="readout-reading-") as folder:
        _kept(uploads, Path(folder))
        yield from documents([folder], settings=settings)


def _kept(uploads: Iterable[Upload], folder: Path) -> int:
    """Copy the files into an empty folder under names that are safe there; how many there were."""
    number = 0
    for upload in uploads:
        number += 1
        name = safe_name(upload.name)
        if (folder / name).exists():
            stem, dot, suffix = name.rpartition(".")
            name = f"{stem}-{number}{dot}{suffix}" if dot else f"{name}-{number}"
        with (folder / name).open("xb") as target:
            shutil.copyfileobj(upload.stream, target)
    return number


def safe_name(name: str) -> str:
    """A file's own name without folders, odd characters or a leading dot, at most 100 characters."""
    own = _ODD.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip() or "file"
    own = own.removeprefix(".") or "file"
    own = f"_{own}" if own.startswith(".") else own
    if len(own.encode("utf-8", "replace")) > 100:
        stem, dot, suffix = own.rpartition(".")
        suffix = f".{suffix}" if dot and len(suffix) < 10 else ""
        own = (stem or own).encode("utf-8", "replace")[:80].decode("utf-8", "ignore") + suffix
    return own


def _count(folder: Path, most: int) -> int:
    """How many documents the files hold: lines of JSON Lines, entries of a list, one for any other file.

    Raises:
        RequestRefused: 413, there are more than ``MAX_LINES``, blank lines among them.
    """
    total = seen = 0
    for file in folder.iterdir():
        suffix = file.suffix.lower()
        if suffix in (".jsonl", ".ndjson"):
            with file.open("rb") as lines:
                for line in lines:
                    seen += 1
                    total += bool(line.strip())
                    _check_number(seen)
        elif suffix == ".json" and file.stat().st_size <= most:
            try:
                value = json.loads(file.read_bytes())
            except (ValueError, RecursionError):
                value = None  # it will be refused, and the reason told
            number = len(value) if isinstance(value, list) else 1
            total, seen = total + number, seen + number
        else:
            total, seen = total + 1, seen + 1
        _check_number(seen)
    return total


def _check_number(lines: int) -> None:
    if lines > MAX_LINES:
        raise RequestRefused(
            f"the files hold more than {MAX_LINES:,} lines or documents; add them in several parts, or with the "
            "command `readout add`, which takes any number",
            status=413,
        )
