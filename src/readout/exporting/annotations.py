"""Records for tools of annotation: brat stand-off (a text and an ``.ann`` file a document) and Label Studio tasks."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from readout.exporting.escaping import writable
from readout.exporting.placing import new_file
from readout.exporting.sheets import Keyed
from readout.records import FAMILY, Record, Span
from readout.records.items import Attribution, EncounterKind, OccurrenceKind, RelationKind, Status, Strength

_MAIN = {
    "encounters": ("Encounter", "evidence"), "statements": ("Statement", "content"),
    "commitments": ("Commitment", "action"), "relations": ("Relation", "label"), "occurrences": ("Occurrence", "span"),
}  # fmt: skip
# field of an item -> type of its span, and the relation that ties the two
_PARTS = {
    "date_words": ("DateWords", "HasDate"), "place_words": ("PlaceWords", "HasPlace"), "cue": ("Cue", "HasCue"),
    "via": ("Via", "HasVia"), "deadline": ("Deadline", "HasDeadline"), "condition": ("Condition", "HasCondition"),
}  # fmt: skip
_KINDS = {
    "encounters": ("EncounterKind", "kind", get_args(EncounterKind)),
    "relations": ("RelationKind", "kind", get_args(RelationKind)),
    "occurrences": ("OccurrenceKind", "kind", get_args(OccurrenceKind)),
}
_ATTRIBUTES: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "encounters": (_KINDS["encounters"], ("Status", "status", get_args(Status))),
    "statements": (("Act", "act", tuple(FAMILY)), ("Attribution", "attribution", get_args(Attribution))),
    "commitments": (("Strength", "strength", get_args(Strength)),),
    "relations": (_KINDS["relations"],),
    "occurrences": (_KINDS["occurrences"],),
}
# what an item knows beyond spans and attributes, kept in a note so that the file can be read back
_NOTED = {
    "encounters": ("id", "participants", "date", "place"), "statements": ("id", "speakers", "toward"),
    "commitments": ("id", "promisor", "beneficiary"), "relations": ("id", "between"),
    "occurrences": ("id", "states", "date", "asserted_by"),
}  # fmt: skip
KIND_OF_LABEL = {label: group for group, (label, _) in _MAIN.items()}
"""From the label of a mark (``Statement``) to the items it stands for (``statements``)."""
MAIN_FIELD = {group: field for group, (_, field) in _MAIN.items()}
"""From the items (``statements``) to the field that holds their words (``content``)."""
PART_OF_LABEL = {label: part for part, (label, _) in _PARTS.items()}
"""From the label of a further mark (``Cue``) to its field (``cue``)."""
VALUE_OF_NAME = {name.lower(): field for several in _ATTRIBUTES.values() for name, field, _ in several} | {
    "refrain": "refrain"
}
"""From the name of an attribute, in small letters (``encounterkind``), to its field (``kind``)."""
_LINE_ENDS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_RESERVED = frozenset(["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))])


def file_name(key: str) -> str:
    """A key as a file name on any system: short, in small letters, in no other folder; two keys give two names."""
    if re.fullmatch(r"[a-z0-9_-]{1,60}", key) and key not in _RESERVED:
        return key
    plain = re.sub(r"[^a-z0-9_-]+", "_", key.lower())[:50].strip("_") or "document"
    return f"{plain}-{hashlib.blake2b(key.encode('utf-8', 'surrogatepass'), digest_size=5).hexdigest()}"


# -- brat ----------------------------------------------------------------------------------------------------------


def write_brat(items: Iterable[Keyed], folder: Path) -> list[Path]:
    """A ``.txt`` and an ``.ann`` for each document, and the ``annotation.conf`` that brat needs to show them."""
    paths = [folder / "annotation.conf"]
    _write(paths[0], brat_configuration())
    for key, item in items:
        if isinstance(item, Record):
            name = file_name(key)
            for suffix, words in ((".txt", writable(item.text)), (".ann", brat_annotations(item))):
                paths.append(folder / (name + suffix))
                _write(paths[-1], words)
    return paths


def _write(path: Path, words: str) -> None:
    with new_file(path) as file:
        file.write(words.encode("utf-8"))


def brat_annotations(record: Record) -> str:
    """The stand-off lines of a record: spans (T), relations (R), attributes (A) and notes (#).

    Offsets are code points of the text. A span over several lines is discontinuous, as brat demands. What an item
    knows beyond its spans and attributes (id, actors, dates) is JSON in a note.
    """
    lines = _Lines(record.text)
    placed: dict[str, str] = {}
    for group, (kind, field) in _MAIN.items():
        for item in getattr(record, group):
            mark = lines.span(kind, getattr(item, field))
            if mark is None:
                continue
            placed.setdefault(item.id, mark)
            for name, value, _ in _ATTRIBUTES[group]:
                lines.attribute(name, mark, str(getattr(item, value)))
            if getattr(item, "refrain", False):
                lines.attribute("Refrain", mark)
            for part, (part_kind, tie) in _PARTS.items():
                span = getattr(item, part, None)
                if isinstance(span, Span) and (other := lines.span(part_kind, span)):
                    lines.relation(tie, mark, other)
            data = item.to_json()
            lines.note(mark, json.dumps({name: data[name] for name in _NOTED[group]}, ensure_ascii=True))
    for s in record.statements:
        if s.continues in placed and s.id in placed and placed[s.continues] != placed[s.id]:
            lines.relation("Continues", placed[s.id], placed[s.continues])
    for c in record.commitments:
        if c.statement in placed and c.id in placed:
            lines.relation("DrawnFrom", placed[c.id], placed[c.statement])
    return "".join(f"{line}\n" for line in lines.out)


class _Lines:
    """The lines of one ``.ann`` file, numbered by their kind."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.counts = {"T": 0, "R": 0, "A": 0, "#": 0}

    def _next(self, letter: str) -> str:
        self.counts[letter] += 1
        return f"{letter}{self.counts[letter]}"

    def span(self, kind: str, span: Span) -> str | None:
        """A text-bound line; None where the span holds line ends alone, which brat cannot mark."""
        pieces = fragments(self.text, span)
        if not pieces:
            return None
        mark = self._next("T")
        places = ";".join(f"{p.start} {p.end}" for p in pieces)
        self.out.append(f"{mark}\t{kind} {places}\t{' '.join(writable(p.of(self.text)) for p in pieces)}")
        return mark

    def relation(self, kind: str, one: str, other: str) -> None:
        self.out.append(f"{self._next('R')}\t{kind} Arg1:{one} Arg2:{other}")

    def attribute(self, name: str, mark: str, value: str | None = None) -> None:
        self.out.append(f"{self._next('A')}\t{name} {mark}" + (f" {value}" if value else ""))

    def note(self, mark: str, words: str) -> None:
        self.out.append(f"{self._next('#')}\tAnnotatorNotes {mark}\t{words}")


def fragments(text: str, span: Span) -> list[Span]:
    """The stretches of a span between line ends; brat marks no line end."""
    out, at = [], span.start
    for end in _LINE_ENDS.finditer(text, span.start, span.end):
        if end.start() > at:
            out.append(Span(at, end.start()))
        at = end.end()
    if at < span.end:
        out.append(Span(at, span.end))
    return out


def brat_configuration() -> str:
    """``annotation.conf``: the types, relations and attributes that the files use."""
    kinds = {group: kind for group, (kind, _) in _MAIN.items()}
    parts = [part for part, _ in _PARTS.values()]
    of = {"HasDate": "encounters", "HasPlace": "encounters", "HasCue": "statements", "HasVia": "statements",
          "HasDeadline": "commitments", "HasCondition": "commitments"}  # fmt: skip
    relations = [f"{tie}\tArg1:{kinds[of[tie]]}, Arg2:{part}" for part, tie in _PARTS.values()]
    relations += ["Continues\tArg1:Statement, Arg2:Statement", "DrawnFrom\tArg1:Commitment, Arg2:Statement"]
    relations.append("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>")
    attributes = [
        f"{name}\tArg:{kinds[group]}, Value:{'|'.join(values)}"
        for group, several in _ATTRIBUTES.items()
        for name, _, values in several
    ]
    attributes.append("Refrain\tArg:Commitment")
    return "\n".join(["[entities]", *kinds.values(), *parts, "", "[relations]", *relations, "", "[events]", "",
                      "[attributes]", *attributes, ""])  # fmt: skip


# -- Label Studio --------------------------------------------------------------------------------------------------


def labelstudio_parts(items: Iterable[Keyed]) -> Iterator[str]:
    """A JSON list of tasks, each with the record as one prediction; the labels fit ``labelstudio_configuration``."""
    yield "["
    comma = "\n"
    for key, item in items:
        if isinstance(item, Record):
            yield comma + json.dumps(labelstudio_task(key, item), ensure_ascii=True)
            comma = ",\n"
    yield "\n]\n"


def labelstudio_task(key: str, record: Record) -> dict[str, Any]:
    """One task; offsets are code points. A region bears the id of its item, its meta what the item knows besides."""
    result: list[dict[str, Any]] = []
    text = record.text

    def region(id: str, label: str, span: Span, meta: dict[str, Any] | None = None) -> None:
        entry: dict[str, Any] = {
            "id": id, "from_name": "label", "to_name": "text", "type": "labels",
            "value": {"start": span.start, "end": span.end, "text": span.of(text), "labels": [label]},
        }  # fmt: skip
        if meta:
            entry["meta"] = {"text": [json.dumps(meta, ensure_ascii=True)]}
        result.append(entry)

    def tie(one: str, other: str, label: str) -> None:
        result.append({"type": "relation", "from_id": one, "to_id": other, "direction": "right", "labels": [label]})

    seen: set[str] = set()
    for group, (kind, field) in _MAIN.items():
        for item in getattr(record, group):
            if item.id in seen:  # foreign records may repeat an id; a region's must be its own
                continue
            seen.add(item.id)
            data, span = item.to_json(), getattr(item, field)
            region(item.id, kind, span, {name: data[name] for name in _NOTED[group] if name != "id"})
            for name, value, _ in _ATTRIBUTES[group]:
                result.append({
                    "id": item.id, "from_name": name.lower(), "to_name": "text", "type": "choices",
                    "value": {"start": span.start, "end": span.end, "text": span.of(text),
                              "choices": [str(getattr(item, value))]},
                })  # fmt: skip
            if getattr(item, "refrain", False):
                result.append({
                    "id": item.id, "from_name": "refrain", "to_name": "text", "type": "choices",
                    "value": {"start": span.start, "end": span.end, "text": span.of(text), "choices": ["refrain"]},
                })  # fmt: skip
            for part, (part_kind, name) in _PARTS.items():
                if isinstance(other := getattr(item, part, None), Span):
                    region(f"{item.id}:{part}", part_kind, other)
                    tie(item.id, f"{item.id}:{part}", name)
    for s in record.statements:
        if s.continues in seen:
            tie(s.id, str(s.continues), "Continues")
    for c in record.commitments:
        if c.statement in seen:
            tie(c.id, c.statement, "DrawnFrom")
    return {
        "data": {
            "text": text, "document": key, "name": record.id, "title": record.title,
            "published": record.date.isoformat() if record.date else None, "issuer": record.issuer, "url": record.url,
        },
        "predictions": [
            {"model_version": f"readout {record.made_with.get('readout', '')}".strip(), "result": result}
        ],
    }  # fmt: skip


def labelstudio_configuration() -> str:
    """The labelling configuration that the tasks need: paste it into the project's settings."""
    labels = [kind for kind, _ in _MAIN.values()] + [part for part, _ in _PARTS.values()]
    out = ["<View>", '  <Labels name="label" toName="text">', *(f'    <Label value="{x}"/>' for x in labels),
           "  </Labels>", '  <Text name="text" value="$text"/>', "  <Relations>",
           *(f'    <Relation value="{tie}"/>' for _, tie in _PARTS.values()), '    <Relation value="Continues"/>',
           '    <Relation value="DrawnFrom"/>', "  </Relations>"]  # fmt: skip
    for group, several in _ATTRIBUTES.items():
        for name, _, values in several:
            out.append(f'  <Choices name="{name.lower()}" toName="text" perRegion="true" whenTagName="label" '
                       f'whenLabelValue="{_MAIN[group][0]}">')  # fmt: skip
            out += [f'    <Choice value="{value}"/>' for value in values] + ["  </Choices>"]
    out += ['  <Choices name="refrain" toName="text" perRegion="true" whenTagName="label" whenLabelValue="Commitment">',
            '    <Choice value="refrain"/>', "  </Choices>", "</View>", ""]  # fmt: skip
    return "\n".join(out)
