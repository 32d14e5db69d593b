"""Files, folders, streams and mappings in; documents and refusals out, one at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, cast

from readout.errors import MalformedInput, ReadingError, SourceMissing, TextTooLong
from readout.reading.opening import open_file
from readout.reading.texts import read_bytes, read_text
from readout.records import Document, Note, Publication, Refusal
from readout.settings import DEFAULTS, Settings

_LINES = frozenset({".jsonl", ".ndjson"})
_FIELDS = ("id", "title", "date", "issuer", "url")


def from_mapping(
    mapping: Mapping[str, Any],
    *,
    id: str | None = None,
    date: date | None = None,
    issuer: str | None = None,
    settings: Settings = DEFAULTS,
) -> Document:
    """The document of ``{"text", "id", "title", "date", "issuer", "url"}``; all but ``text`` may be absent or null.

    Args:
        mapping: other keys are ignored, so a gold file can be read.
        id, date, issuer: used where the mapping has none.
    Raises:
        MalformedInput: a field is missing or of another type; the message names it.
        ReadingError: the text cannot be read.
    """
    if not isinstance(mapping, Mapping):
        raise MalformedInput(
            f'a document is a JSON object such as {{"id": "a1", "text": "..."}}, this is {_type(mapping)}', field="text"
        )
    if "text" not in mapping:
        raise MalformedInput('the object has no "text"; give {"id": "a1", "text": "..."}', field="text")
    if not isinstance(mapping["text"], str):
        raise MalformedInput(f'"text" is {_type(mapping["text"])}; give the text as a string', field="text")
    for name in _FIELDS:
        value = mapping.get(name)
        if value is None or isinstance(value, str) or (name == "id" and type(value) is int):
            continue
        raise MalformedInput(f'"{name}" is {_type(value)}; give a string, or leave it out', field=name)
    given = mapping.get("id")
    own = id if given is None or given == "" else str(given)
    if not own:
        raise MalformedInput('the object has no "id"; add one, such as "id": "a1"', field="id")
    publication = Publication(
        issuer=mapping.get("issuer") or issuer,
        title=mapping.get("title") or None,
        url=mapping.get("url") or None,
        date=_day(mapping["date"]) if mapping.get("date") else date,
    )
    return read_text(mapping["text"], id=own, publication=publication, settings=settings)


def _day(value: str) -> date:
    try:
        if len(value) <= 10:
            if len(value) != 10 or value[4] != "-":
                raise ValueError("not YYYY-MM-DD")
            return date.fromisoformat(value)
        return datetime.fromisoformat(value.strip()).date()
    except ValueError as error:
        raise MalformedInput(
            f'"date" is {value[:40]!r}; give a day that exists as YYYY-MM-DD, such as 2022-01-10, '
            "or a full ISO timestamp",
            field="date",
            value=value[:40],
        ) from error


def _type(value: object) -> str:
    if value is None:
        return "null"
    return {
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
        str: "a string",
    }.get(type(value), type(value).__name__)


def documents(
    sources: Iterable[str | Path] | str | Path,
    *,
    date: date | None = None,
    issuer: str | None = None,
    settings: Settings = DEFAULTS,
    stdin: IO[bytes] | IO[str] | None = None,
) -> Iterator[Document | Refusal]:
    """Every document of ``sources`` in order, a ``Refusal`` where one cannot be read; nothing is held in memory.

    Args:
        sources: files (.jsonl and .ndjson: one object a line; .json: an object or a list; all else plain text),
            folders (walked in sorted order, hidden names skipped), or ``-`` for standard input.
        date, issuer: filled in where the text itself has none.
        stdin: what ``-`` reads, standard input by default.
    """
    seen: dict[str, int] = {}
    taken: set[str] = set()
    for source in [sources] if isinstance(sources, str | Path) else sources:
        for item in _source(source, date, issuer, settings, stdin):
            yield _unique(item, seen, taken)


def _unique(item: Document | Refusal, seen: dict[str, int], taken: set[str]) -> Document | Refusal:
    if item.id not in taken:
        taken.add(item.id)
        return item
    number = seen.get(item.id, 1) + 1
    while f"{item.id}#{number}" in taken:
        number += 1
    seen[item.id] = number
    name = f"{item.id}#{number}"
    taken.add(name)
    if isinstance(item, Refusal):
        return replace(item, id=name)
    note = Note(code="duplicate-id", message=f"the id {item.id!r} came before in this run; this one is {name!r}")
    return replace(item, id=name, notes=(*item.notes, note))


def _source(
    source: str | Path, day: date | None, issuer: str | None, settings: Settings, stdin: IO[bytes] | IO[str] | None
) -> Iterator[Document | Refusal]:
    if str(source) == "-":
        yield from _stream(stdin if stdin is not None else sys.stdin.buffer, day, issuer, settings)
        return
    path = Path(source)
    try:
        if path.is_dir():
            for file in _walk(path, settings.max_depth):
                yield from _file(file, file.relative_to(path).as_posix(), day, issuer, settings)
        else:
            name = path.as_posix() if not path.is_absolute() else path.name
            yield from _file(path, name, day, issuer, settings)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        yield Refusal.of(_missing(path, error), id=_name(path), source=str(source))


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    for entry in sorted(folder.iterdir(), key=lambda p: p.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if depth > 0 and not entry.is_symlink():  # a link to a folder could be a circle
                yield from _walk(entry, depth - 1)
        elif entry.is_file():
            yield entry


def _name(path: Path) -> str:
    return path.name.encode("utf-8", "replace").decode("utf-8") or "."


def _missing(path: Path, error: Exception) -> SourceMissing:
    reason = getattr(error, "strerror", None) or str(error)
    return SourceMissing(f"{path.name or path} cannot be opened: {reason}; check the path and its permissions")


def _file(
    path: Path, name: str, day: date | None, issuer: str | None, settings: Settings
) -> Iterator[Document | Refusal]:
    name = name.encode("utf-8", "replace").decode("utf-8")  # a file name that is not UTF-8 has lone surrogates
    try:
        suffix = path.suffix.lower()
        with open_file(path) as stream:
            if suffix in _LINES:
                yield from _json_lines(stream, name, day, issuer, settings)
                return
            data = stream.read(settings.max_bytes + 1)
    except (OSError, ValueError) as error:
        yield Refusal.of(_missing(path, error), id=name, source=str(path))
        return
    if suffix == ".json":
        yield from _json_file(data, name, day, issuer, settings)
    else:
        yield _plain(data, name, name, day, issuer, settings)


def _plain(
    data: bytes, id: str, source: str, day: date | None, issuer: str | None, settings: Settings
) -> Document | Refusal:
    try:
        return read_bytes(
            data, id=id, source=source, publication=Publication(issuer=issuer, date=day), settings=settings
        )
    except ReadingError as error:
        return Refusal.of(error, id=id, source=source)


def _json_lines(
    stream: IO[bytes], name: str, day: date | None, issuer: str | None, settings: Settings
) -> Iterator[Document | Refusal]:
    limit = settings.max_bytes
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        where = f"{name}, line {number}"
        id = f"{name}:{number}"
        if len(line) > limit:
            error = TextTooLong(
                f"{where} has more than {limit:,} bytes; cut it, or raise the setting max_bytes",
                line=number,
                limit=limit,
            )
            yield Refusal.of(error, id=id, source=name)
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit + 1)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        yield _json_line(line, id, where, name, day, issuer, settings)


def _json_line(
    line: bytes, id: str, where: str, source: str, day: date | None, issuer: str | None, settings: Settings
) -> Document | Refusal:
    value: Any = None
    try:
        value = _parsed(line, where)
        return from_mapping(value, id=id, date=day, issuer=issuer, settings=settings)
    except ReadingError as error:
        given = value.get("id") if isinstance(value, dict) else None
        own = given if isinstance(given, str) and given else str(given) if type(given) is int else id
        message = error.message if error.message.startswith(where) else f"{where}: {error.message}"
        return Refusal(id=own, code=error.code, message=message, source=source)


def _parsed(data: bytes, where: str) -> Any:
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise MalformedInput(f"{where}: JSON must be UTF-8; convert it, for example with `iconv`") from error
    except RecursionError as error:
        raise MalformedInput(f'{where}: nested too deep; give a flat object {{"id": "a1", "text": "..."}}') from error
    except ValueError as error:
        raise MalformedInput(
            f'{where}: this is not JSON ({_short(error)}); write one object a line: {{"id": "a1", "text": "..."}}'
        ) from error


def _short(error: ValueError) -> str:
    # the message of the json module says what and where, never the text
    return str(error)[:120]


def _json_file(
    data: bytes, name: str, day: date | None, issuer: str | None, settings: Settings
) -> Iterator[Document | Refusal]:
    if len(data) > settings.max_bytes:
        error = TextTooLong(
            f"{name} has more than {settings.max_bytes:,} bytes; write it as JSON Lines, which are read one by one, "
            "or raise the setting max_bytes",
            limit=settings.max_bytes,
        )
        yield Refusal.of(error, id=name, source=name)
        return
    try:
        value = _parsed(data.removeprefix(b"\xef\xbb\xbf"), name)
    except MalformedInput as error:
        yield Refusal.of(error, id=name, source=name)
        return
    many = isinstance(value, list)
    for number, entry in enumerate(value if many else [value], start=1):
        where = f"{name}, entry {number}" if many else name
        id = f"{name}:{number}" if many else name
        try:
            yield from_mapping(entry, id=id, date=day, issuer=issuer, settings=settings)
        except ReadingError as error:
            given = entry.get("id") if isinstance(entry, dict) else None
            own = given if isinstance(given, str) and given else id
            yield Refusal(id=own, code=error.code, message=f"{where}: {error.message}", source=name)


class _Joined:
    """A first line put back before the rest of a stream."""

    def __init__(self, first: bytes, rest: IO[bytes] | IO[str]) -> None:
        self.first, self.rest = first, rest

    def readline(self, limit: int) -> bytes:
        if self.first:
            line, self.first = self.first, b""
            return line
        return _bytes(self.rest.readline(limit))


def _bytes(piece: bytes | str) -> bytes:
    return piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece


def _stream(
    stream: IO[bytes] | IO[str], day: date | None, issuer: str | None, settings: Settings
) -> Iterator[Document | Refusal]:
    stream = getattr(stream, "buffer", stream)
    limit = settings.max_bytes
    try:
        first = _bytes(stream.readline(limit + 1))
        while first and not first.removeprefix(b"\xef\xbb\xbf").strip() and len(first) <= limit:
            more = _bytes(stream.readline(limit + 1))
            if not more:
                break
            first = first + more if len(first) < 1_000 else more
        if _is_json(first):
            yield from _json_lines(cast(IO[bytes], _Joined(first.lstrip(), stream)), "stdin", day, issuer, settings)
            return
        rest = b"" if len(first) > limit else _bytes(stream.read(limit + 1 - len(first)))
        whole = first + rest
        if whole.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and b'"text"' in whole:
            # one object over several lines
            yield from _json_file(whole, "stdin", day, issuer, settings)
            return
        yield _plain(whole, "stdin", "stdin", day, issuer, settings)
    except OSError as error:
        yield Refusal.of(SourceMissing(f"standard input cannot be read: {error.strerror}"), id="stdin", source="-")


def _is_json(line: bytes) -> bool:
    """Whether the line is a whole JSON object; one that begins like one with "text" counts, so its error is told."""
    line = line.removeprefix(b"\xef\xbb\xbf").strip()
    return (line.startswith(b"{") and line.endswith(b"}") and b'"' in line) or (
        line.startswith(b"{") and b'"text"' in line and len(line) > 20 and line.endswith(b"}")
    )
