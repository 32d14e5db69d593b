"""What reviewers marked, read from brat stand-off and Label Studio tasks into one shape."""

from __future__ import annotations

import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from readout.errors import MalformedInput, SourceMissing
from readout.exporting.annotations import KIND_OF_LABEL, PART_OF_LABEL, VALUE_OF_NAME
from readout.exporting.escaping import writable
from readout.reading import open_file
from readout.reviewing.anchoring import Quote

MAX_BYTES = 200_000_000
_MARK = re.compile(r"^(T\d+)\t(\S+) ([\d ;]+)(?:\t(.*))?$")
_TIE = re.compile(r"^(R\d+)\t(\S+) Arg1:(T\d+) Arg2:(T\d+)\s*$")
_VALUE = re.compile(r"^([AM]\d+)\t(\S+) (T\d+)(?: (\S+))?\s*$")
_NOTE = re.compile(r"^#\d+\tAnnotatorNotes (T\d+)\t(.*)$")


@dataclass(slots=True, kw_only=True)
class Marked:
    """One item as a file shows it: the table it belongs to, its id where the file has one, its words and values.

    ``values`` are fields such as ``act`` or ``speakers``; ``parts`` the quotations of further spans such as ``cue``.
    """

    kind: str
    id: str | None
    main: Quote
    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Quote] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One reviewer's marks on one document. ``machine`` are the marks that the reviewer was shown, where that is known.

    ``document`` is the document's key, or for brat the name of its files.
    """

    document: str
    source: str
    marks: tuple[Marked, ...]
    reviewer: str | None = None
    at: str | None = None
    machine: tuple[Marked, ...] | None = None


# -- Label Studio --------------------------------------------------------------------------------------------------


def labelstudio_reviews(data: bytes) -> Iterator[Review]:
    """The reviews of a Label Studio export (JSON, not JSON-MIN); annotations that were cancelled are left out.

    Raises:
        MalformedInput: no JSON list of tasks, or a task without a document; the message names the task.
    """
    try:
        tasks = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise MalformedInput("this is no JSON; export the project from Label Studio as JSON") from error
    if not isinstance(tasks, list):
        raise MalformedInput("this is no list of tasks; export the project from Label Studio as JSON")
    for number, task in enumerate(tasks, start=1):
        try:
            yield from _task_reviews(task)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
            raise MalformedInput(
                f"task {number} has a missing or malformed field: {error}; export the project as JSON, not JSON-MIN, "
                "and keep data.document"
            ) from error


def _task_reviews(task: dict[str, Any]) -> Iterator[Review]:
    document = task["data"]["document"]
    if not isinstance(document, str):
        raise TypeError("data.document is no text")
    shown = task.get("predictions") or []
    # a project may list its predictions by number only
    machine = tuple(_marked(shown[0]["result"])) if shown and isinstance(shown[0], dict) else None
    for annotation in task.get("annotations") or []:
        if annotation.get("was_cancelled"):
            continue
        by = annotation.get("completed_by")
        who = by.get("email") or by.get("id") if isinstance(by, dict) else by
        yield Review(
            document=document, source="labelstudio", marks=tuple(_marked(annotation["result"])), machine=machine,
            reviewer=writable(str(who)) if who is not None else None,
            at=_time(annotation.get("updated_at") or annotation.get("created_at")),
        )  # fmt: skip


def _time(given: Any) -> str | None:
    if given:
        datetime.fromisoformat(given)
    return given or None


def _marked(result: list[dict[str, Any]]) -> Iterator[Marked]:
    regions: dict[str, dict[str, Any]] = {}
    values: dict[str, dict[str, Any]] = {}
    ties: dict[str, list[str]] = {}
    for x in result:
        if x["type"] == "labels":
            regions[x["id"]] = x
        elif x["type"] == "choices":
            name = VALUE_OF_NAME.get(x["from_name"])
            if name:
                chosen = x["value"]["choices"]
                values.setdefault(x["id"], {})[name] = bool(chosen) if name == "refrain" else chosen[0]
        elif x["type"] == "relation":
            ties.setdefault(x["from_id"], []).append(x["to_id"])
    parts = {id: (part, x) for id, x in regions.items() if (part := PART_OF_LABEL.get(x["value"]["labels"][0]))}
    for id, x in regions.items():
        kind = KIND_OF_LABEL.get(x["value"]["labels"][0])
        if kind is None:
            continue
        told = " ".join((x.get("meta") or {}).get("text") or [])
        mark = Marked(kind=kind, id=id, main=_region_quote(x), values=_noted(told) | values.get(id, {}))
        if kind == "commitments":
            mark.values.setdefault("refrain", False)
        for other in ties.get(id, ()):
            if other in parts:
                part, region = parts[other]
                mark.parts[part] = _region_quote(region)
        yield mark


def labelstudio_marks(result: list[dict[str, Any]]) -> tuple[Marked, ...]:
    """The items of one result of Label Studio: a prediction's or an annotation's."""
    return tuple(_marked(result))


def _region_quote(x: dict[str, Any]) -> Quote:
    value = x["value"]
    return Quote(start=int(value["start"]), end=int(value["end"]), words=str(value.get("text") or ""))


def _noted(words: str) -> dict[str, Any]:
    """The fields of a note in JSON; a note in plain words is the reviewer's own and tells no field."""
    try:
        data = json.loads(words)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


# -- brat ----------------------------------------------------------------------------------------------------------


def brat_reviews(path: Path) -> Iterator[Review]:
    """The reviews of a folder or zip archive of brat files: each ``.ann`` with the ``.txt`` beside it.

    Raises:
        SourceMissing: no such folder or archive, or an ``.ann`` without its ``.txt``.
        MalformedInput: a line that is no stand-off, with file and line.
    """
    for name, words in _brat_files(path):
        text, annotations = words
        yield Review(document=name, source="brat", marks=tuple(brat_marks(text, annotations, name)))


def _bytes(path: Path) -> bytes:
    try:
        with open_file(path) as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceMissing(f"{path.name} cannot be opened: {error.strerror}; check the folder") from error
    _check_size(len(data), path.name)
    return data


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise MalformedInput(f"{name} has more than {MAX_BYTES:,} bytes; it is no file of ours")


def _brat_files(path: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    if path.is_dir():
        names = sorted(p.stem for p in path.glob("*.ann"))
        for name in names:
            text, ann = path / f"{name}.txt", path / f"{name}.ann"
            if not text.is_file():
                raise SourceMissing(f"{name}.ann has no {name}.txt beside it; keep the text with its annotations")
            yield name, (_decoded(_bytes(text), text.name), _decoded(_bytes(ann), ann.name))
        return
    try:
        with open_file(path) as file, zipfile.ZipFile(file) as archive:
            entries = {Path(info.filename).name: info for info in archive.infolist() if not info.is_dir()}
            for name in sorted(n[:-4] for n in entries if n.endswith(".ann")):
                if f"{name}.txt" not in entries:
                    raise SourceMissing(f"{name}.ann has no {name}.txt beside it; keep the text with its annotations")
                pair = []
                for suffix in (".txt", ".ann"):
                    info = entries[name + suffix]
                    _check_size(info.file_size, name + suffix)
                    pair.append(_decoded(_unpacked(archive, info), name + suffix))
                yield name, (pair[0], pair[1])
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceMissing(f"{path.name!r} is no folder and no zip archive; give what brat works on") from error


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry; damage shows itself by whatever the compression raises."""
    try:
        return archive.read(info)
    except (RuntimeError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
        raise MalformedInput(
            f"{info.filename[:80]!r} cannot be unpacked: it is damaged, encrypted or packed in an unknown way; "
            "pack the folder again as a plain zip archive"
        ) from error


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedInput(f"{name} is not UTF-8; convert it, for example with `iconv`") from error


def brat_marks(text: str, annotations: str, name: str) -> Iterator[Marked]:
    """The items of one ``.ann`` file, in the order of their lines.

    Raises:
        MalformedInput: a line that is none of T, R, A, M, #, E or *, or a mark outside the text.
    """
    marks: dict[str, tuple[str, Quote]] = {}
    values: dict[str, dict[str, Any]] = {}
    notes: dict[str, dict[str, Any]] = {}
    ties: list[tuple[str, str]] = []
    for number, line in enumerate(annotations.split("\n"), start=1):
        line = line.rstrip("\r")
        if not line or line[0] in "E*N":
            continue
        if found := _MARK.match(line):
            marks[found[1]] = (found[2], _brat_quote(text, found[3], f"{name}.ann, line {number}"))
        elif found := _TIE.match(line):
            ties.append((found[3], found[4]))
        elif found := _VALUE.match(line):
            if field_name := VALUE_OF_NAME.get(found[2].lower()):
                values.setdefault(found[3], {})[field_name] = True if field_name == "refrain" else found[4]
        elif found := _NOTE.match(line):
            notes[found[1]] = notes.get(found[1], {}) | _noted(found[2])
        elif not line.startswith("#"):
            raise MalformedInput(f"{name}.ann, line {number} is no stand-off line of brat; mend or remove it")
    for mark, (label, quote) in marks.items():
        kind = KIND_OF_LABEL.get(label)
        if kind is None:
            continue
        told = dict(notes.get(mark, {}))
        id = told.pop("id", None)
        item = Marked(kind=kind, id=id if isinstance(id, str) else None, main=quote, values=told | values.get(mark, {}))
        if kind == "commitments":
            item.values.setdefault("refrain", False)
        for one, other in ties:
            if one == mark and other in marks and (part := PART_OF_LABEL.get(marks[other][0])):
                item.parts[part] = marks[other][1]
        yield item


def _brat_quote(text: str, places: str, where: str) -> Quote:
    """The whole stretch from the first fragment to the last: what stands between them is line ends."""
    try:
        pieces = [tuple(int(n) for n in piece.split()) for piece in places.split(";")]
        start, end = min(p[0] for p in pieces), max(p[1] for p in pieces)
    except (ValueError, IndexError) as error:
        raise MalformedInput(f"{where}: {places[:40]!r} are no offsets; mend the line") from error
    if not 0 <= start < end <= len(text):
        raise MalformedInput(f"{where}: the mark [{start}, {end}) lies outside the text; keep the text as exported")
    return Quote(start=start, end=end, words=text[start:end])
