"""Gold and predictions as files: reading them, refusing what is malformed with file and line, their digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from readout.errors import SchemaError, SourceMissing
from readout.evaluating.words import WordIndex
from readout.reading import open_source
from readout.records.actors import OFFICES, PARTS
from readout.records.items import (
    Act,
    Attribution,
    EncounterKind,
    OccurrenceKind,
    RelationKind,
    Status,
    Strength,
)

Item = dict[str, Any]

KINDS = ("encounters", "statements", "commitments", "relations", "occurrences")
SPAN_FIELD = {
    "encounters": "evidence",
    "statements": "content",
    "commitments": "action",
    "relations": "label",
    "occurrences": "span",
}
OPTIONAL_SPANS = ("cue", "via", "deadline", "condition")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What one kind of item holds: closed vocabularies, lists of actors or ids, and what may be left out."""

    choices: Mapping[str, tuple[str, ...]]
    actors: str | None = None
    ids: tuple[str, ...] = ()
    optional: Mapping[str, Any]


_SHAPES: dict[str, _Shape] = {
    "encounters": _Shape(
        choices={"kind": get_args(EncounterKind), "status": get_args(Status)},
        actors="participants",
        optional={"date": None, "place": None},
    ),
    "statements": _Shape(
        choices={"attribution": get_args(Attribution), "act": get_args(Act)},
        actors="speakers",
        ids=("toward",),
        optional={"cue": None, "toward": (), "via": None},
    ),
    "commitments": _Shape(
        choices={"strength": get_args(Strength)},
        ids=("promisor", "beneficiary"),
        optional={"beneficiary": (), "refrain": False, "deadline": None, "condition": None},
    ),
    "relations": _Shape(choices={"kind": get_args(RelationKind)}, ids=("between",), optional={}),
    "occurrences": _Shape(
        choices={"kind": get_args(OccurrenceKind)},
        ids=("states",),
        optional={"states": (), "date": None, "asserted_by": ("document",)},
    ),
}
_PARTICIPANT_DEFAULTS: Item = {"person": None, "office": None, "of": None, "part": "participant"}


def read_gold(paths: Sequence[str | Path]) -> list[Item]:
    """The gold documents of one or more JSON-lines files, in order, each checked.

    Raises:
        SourceMissing: a file cannot be opened.
        SchemaError: a line is not a gold document, or an id comes twice; the message names file, line and field.
    """
    documents: list[Item] = []
    seen: dict[str, str] = {}
    for path in paths:
        for where, document in _lines(path):
            problem = gold_problem(document)
            if problem is None and document["id"] in seen:
                problem = f"id {document['id']!r} was already used in {seen[document['id']]}; give each its own"
            if problem is not None:
                raise SchemaError(f"{where}: {problem}", where=where)
            seen[document["id"]] = where
            documents.append(document)
    if not documents:
        raise SchemaError(f"no gold document in {', '.join(map(str, paths))}; give a file with one JSON object a line")
    return documents


def read_predictions(path: str | Path) -> dict[str, Item]:
    """The predicted records of a JSON-lines file, by id; ``-`` is standard input, a refusal an empty record.

    Raises:
        SourceMissing: the file cannot be opened.
        SchemaError: a line is not a JSON object with an ``id``, or an id comes twice.
    """
    predicted: dict[str, Item] = {}
    for where, record in _lines(path):
        if not isinstance(record.get("id"), str):
            raise SchemaError(f'{where}: a record needs an "id" that names its gold document', where=where)
        if record["id"] in predicted:
            raise SchemaError(f"{where}: {record['id']!r} is predicted twice; keep one of the lines", where=where)
        predicted[record["id"]] = record
    return predicted


def gold_digest(gold: Iterable[Mapping[str, Any]]) -> str:
    """32 hex digits that change when any document, record or id of the gold does, and not with the order of lines."""
    state = hashlib.blake2b(digest_size=16)
    for document in sorted(gold, key=lambda d: str(d["id"])):
        for part in (str(document["id"]), json.dumps(document, sort_keys=True, separators=(",", ":"))):
            data = part.encode("ascii", "backslashreplace")
            state.update(len(data).to_bytes(8, "big"))
            state.update(data)
    return state.hexdigest()


def gold_items(document: Mapping[str, Any], kind: str) -> list[Item]:
    """The items of one kind with every field present: those that may be left out have their empty value."""
    shape = _SHAPES[kind]
    items = [{**shape.optional, **item} for item in document.get(kind) or ()]
    if kind == "encounters":
        for item in items:
            item["participants"] = [{**_PARTICIPANT_DEFAULTS, **actor} for actor in item["participants"]]
    return items


def gold_problem(document: Any) -> str | None:
    """What keeps ``document`` from being a gold document, with field and remedy; None for a good one."""
    if not isinstance(document, dict):
        return "a gold document is one JSON object a line"
    for field in ("id", "text"):
        if not isinstance(document.get(field), str) or not document[field]:
            return f"{field!r} is missing or no text; every gold document needs it"
    index = WordIndex(document["text"])
    for kind in KINDS:
        items = document.get(kind)
        if items is None and document.get("negative"):
            continue
        if not isinstance(items, list):
            return f"{kind!r} must be a list (it may be empty)"
        for number, item in enumerate(items, start=1):
            problem = _item_problem(kind, item, index)
            if problem:
                return f"{kind}, item {number}: {problem}"
    return None


def _item_problem(kind: str, item: Any, index: WordIndex) -> str | None:
    if not isinstance(item, dict):
        return "an item is a JSON object"
    shape = _SHAPES[kind]
    field = SPAN_FIELD[kind]
    if not index.is_grounded(item.get(field)):
        return (
            f"{field!r} is {_short(item.get(field))}; it must be [start, end) in code points, "
            f"inside the text of {len(index.text)}, with at least one word"
        )
    for field in OPTIONAL_SPANS:
        if item.get(field) is not None and not index.is_grounded(item[field]):
            return f"{field!r} is {_short(item[field])}; it must be null or [start, end) in the text with a word in it"
    for field, allowed in shape.choices.items():
        if item.get(field) not in allowed:
            return f"{field!r} is {_short(item.get(field))}; use one of: {', '.join(allowed)}"
    for field in shape.ids:
        value = item.get(field, shape.optional.get(field))
        if not isinstance(value, list | tuple) or not all(isinstance(x, str) for x in value):
            return f'{field!r} is {_short(value)}; it must be a list of ids such as "KAZ"'
    if kind == "relations" and len(set(item["between"])) != 2:
        return f"'between' is {_short(item['between'])}; a relation is between two different parties"
    if item.get("date") is not None and not isinstance(item["date"], str):
        return f"'date' is {_short(item['date'])}; it must be null or an ISO date such as \"2022-01-10\""
    return _actors_problem(shape.actors, item) if shape.actors else None


def _actors_problem(field: str, item: Item) -> str | None:
    actors = item.get(field)
    if not isinstance(actors, list) or not actors:
        return f"{field!r} must be a list of at least one actor"
    for actor in actors:
        if not isinstance(actor, dict):
            return f'{field!r} holds {_short(actor)}; an actor is {{"person", "office", "of"}}'
        for part in ("person", "office", "of"):
            if not isinstance(actor.get(part), str | None):
                return f"{field!r}: {part!r} is {_short(actor[part])}; it must be a text or null"
        if not actor.get("person") and not actor.get("of") and not actor.get("office"):
            return f"{field!r} holds an actor without person, office and state; name at least one"
        if actor.get("office") is not None and actor["office"] not in OFFICES:
            return f"{field!r}: office {_short(actor['office'])} is not known; use one of: {', '.join(sorted(OFFICES))}"
        if field == "participants" and actor.get("part", "participant") not in PARTS:
            return f"{field!r}: part {_short(actor.get('part'))} is not known; use one of: {', '.join(sorted(PARTS))}"
    return None


def _short(value: Any) -> str:
    written = repr(value)
    return written if len(written) <= 60 else written[:57] + "..."


def _lines(path: str | Path) -> Iterator[tuple[str, Item]]:
    """``(where, object)`` of every line that is not blank."""
    name = "standard input" if str(path) == "-" else str(path)
    try:
        with open_source(path) as file:
            source = file.read()
    except OSError as error:
        raise SourceMissing(f"{name} cannot be read: {error.strerror or error}; check the path", path=name) from error
    if str(path).endswith(".json"):
        yield from _whole(name, source)
        return
    # split as bytes, at line feeds alone: U+2028 inside a JSON string is no end of line
    for number, line in enumerate(source.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        yield where, _object(_parsed(line, where), where)


def _whole(name: str, source: bytes) -> Iterator[tuple[str, Item]]:
    """The object of a ``.json`` file, or each of its list."""
    value = _parsed(source.removeprefix(b"\xef\xbb\xbf"), name)
    if isinstance(value, list):
        for number, entry in enumerate(value, start=1):
            where = f"{name}, entry {number}"
            yield where, _object(entry, where)
    else:
        yield name, _object(value, name)


def _parsed(source: bytes, where: str) -> Any:
    try:
        return json.loads(source.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", None) or getattr(error, "reason", None) or "nested too deeply"
        raise SchemaError(f"{where}: not JSON: {reason}; write one JSON object a line", where=where) from error


def _object(value: Any, where: str) -> Item:
    if not isinstance(value, dict):
        raise SchemaError(f"{where}: found {type(value).__name__}; write one JSON object a line", where=where)
    return value
