"""The record of one document, and the refusal that stands in its place."""

from __future__ import annotations

import hashlib
import html
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from readout.errors import ReadoutError, SchemaError
from readout.records.documents import Note, text_digest
from readout.records.items import Commitment, Encounter, Occurrence, Relation, Statement, Unresolved
from readout.records.parsing import fields_of, perhaps, words
from readout.records.spans import Span

SCHEMA_VERSION = "readout-record/1"


def item_id(digest: str, kind: str, span: Span, ordinal: int = 0) -> str:
    """The derived id of an item: its kind and 16 hex digits over text digest, kind, span and ordinal.

    The parts are length-prefixed, so that no two lists of parts give the same bytes. ``ordinal`` tells apart items
    of one kind on one span, in the order of the text; a better extractor gives the same item the same id.
    """
    state = hashlib.blake2b(digest_size=8)
    for part in (digest, kind, str(span.start), str(span.end), str(ordinal)):
        data = part.encode("utf-8")
        state.update(len(data).to_bytes(4, "big"))
        state.update(data)
    return f"{kind}-{state.hexdigest()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one document says: encounters, statements, commitments, relations, occurrences; each with its words.

    ``to_json`` has the shape of RECORD.md with more fields; ``from_json`` takes it back.
    """

    id: str
    text: str
    title: str | None = None
    date: date | None = None
    issuer: str | None = None
    issuer_kind: str = "unknown"
    issuer_of: str | None = None
    url: str | None = None
    encounters: tuple[Encounter, ...] = ()
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    relations: tuple[Relation, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    notes: tuple[Note, ...] = ()
    made_with: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for span in self.spans():
            span.within(self.text)

    def spans(self) -> list[Span]:
        """Every span of every item, in no particular order."""
        out: list[Span] = []
        for e in self.encounters:
            out += [s for s in (e.evidence, e.date_words, e.place_words) if s]
        for s in self.statements:
            out += [x for x in (s.content, s.cue, s.via) if x]
        for c in self.commitments:
            out += [x for x in (c.action, c.deadline, c.condition) if x]
        out += [r.label for r in self.relations]
        out += [o.span for o in self.occurrences]
        out += [u.span for u in self.unresolved]
        out += [n.span for n in self.notes if n.span]
        return out

    @property
    def digest(self) -> str:
        """The digest of the text."""
        return text_digest(self.text)

    def to_json(self) -> dict[str, Any]:
        """A JSON object of schema ``readout-record/1``: RECORD.md's fields, and what we add to them."""
        return {
            "schema": SCHEMA_VERSION,
            "id": self.id,
            "text": self.text,
            "text_digest": self.digest,
            "title": self.title,
            "date": self.date.isoformat() if self.date else None,
            "issuer": self.issuer,
            "issuer_kind": self.issuer_kind,
            "issuer_of": self.issuer_of,
            "url": self.url,
            "encounters": [x.to_json() for x in self.encounters],
            "statements": [x.to_json() for x in self.statements],
            "commitments": [x.to_json() for x in self.commitments],
            "relations": [x.to_json() for x in self.relations],
            "occurrences": [x.to_json() for x in self.occurrences],
            "unresolved": [x.to_json() for x in self.unresolved],
            "notes": [x.to_json() for x in self.notes],
            "made_with": dict(self.made_with),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Record:
        """The record that ``to_json`` wrote.

        Raises:
            SchemaError: not an object of schema ``readout-record/1``; the message names the field.
            SpanError: a span lies outside the text.
        """
        if not isinstance(data, dict) or data.get("schema") != SCHEMA_VERSION:
            found = data.get("schema") if isinstance(data, dict) else type(data).__name__
            raise SchemaError(
                f"this is not a record of schema {SCHEMA_VERSION}: found {found!r}; write it with `--format json` "
                "or `Record.to_json()`",
                found=str(found),
            )
        try:
            return cls(**fields_of(data))
        except ReadoutError:
            raise
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise SchemaError(
                f"the record {data.get('id')!r} has a missing or malformed field: {error}; "
                "compare it with `readout schema`",
                field=str(error),
            ) from error

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{html.escape(', '.join(a.person or a.side for a in s.speakers))}</td>"
            f"<td>{html.escape(s.act)}</td><td>{html.escape(s.content.of(self.text))}</td></tr>"
            for s in self.statements
        )
        met = "".join(
            f"<li>{html.escape(e.status)} {html.escape(e.kind)}: "
            f"{html.escape(' – '.join(p.actor.person or p.actor.side for p in e.participants))}"
            f" {html.escape(e.date.iso() if e.date else '')}</li>"
            for e in self.encounters
        )
        return (
            f"<div class='readout-record'><b>{html.escape(self.title or self.id)}</b><ul>{met}</ul>"
            f"<table><thead><tr><th>speaker</th><th>act</th><th>words</th></tr></thead><tbody>{rows}</tbody></table></div>"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A document that could not be read, with the error's code and message; a line of output like any other."""

    id: str
    code: str
    message: str
    source: str | None = None

    @classmethod
    def of(cls, error: ReadoutError, id: str, source: str | None = None) -> Refusal:
        """The refusal that ``error`` stands for."""
        return cls(id=id, code=error.code, message=error.message, source=source)

    def to_json(self) -> dict[str, Any]:
        """``{"schema", "id", "refused": {"code", "message", "source"}}``."""
        return {
            "schema": SCHEMA_VERSION,
            "id": self.id,
            "refused": {"code": self.code, "message": self.message, "source": self.source},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Refusal:
        """The refusal that ``to_json`` wrote.

        Raises:
            SchemaError: the object is no refusal.
        """
        try:
            refused = data["refused"]
            return cls(
                id=words(data, "id"),
                code=words(refused, "code"),
                message=words(refused, "message"),
                source=perhaps(refused, "source"),
            )
        except (KeyError, TypeError) as error:
            raise SchemaError(f"this is no refusal: {error}; compare it with `readout schema`") from error


def dumps(record: Record | Refusal, *, indent: int | None = None) -> str:
    """One record as JSON text; one line without ``indent``, safe for line readers (U+2028 and U+2029 escaped)."""
    text = json.dumps(record.to_json(), ensure_ascii=False, indent=indent)
    for odd in ("\u2028", "\u2029", "\u0085"):
        text = text.replace(odd, f"\\u{ord(odd):04x}")
    # a lone surrogate cannot be written as UTF-8; its JSON escape can
    return (
        "".join(f"\\u{ord(c):04x}" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text)
        if any(0xD800 <= ord(c) <= 0xDFFF for c in text)
        else text
    )


def loads(line: str) -> Record | Refusal:
    """The record or refusal of one JSON text.

    Raises:
        SchemaError: it is not JSON, or not of our schema.
    """
    try:
        data = json.loads(line)
    except ValueError as error:
        raise SchemaError(f"this is not JSON: {error}; one record is one JSON object") from error
    if isinstance(data, dict) and "refused" in data:
        return Refusal.from_json(data)
    return Record.from_json(data)
