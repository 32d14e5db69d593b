"""A record as rows of tables, and the names that it is known by: derived from its content, never drawn."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from readout.coding import code_record
from readout.errors import ArchiveError
from readout.records import Actor, DateInterval, Document, Record, Refusal, Span, dumps, text_digest

Row = dict[str, Any]
_DUPLICATE = "duplicate-id"


def _digest(*parts: str | None) -> str:
    state = hashlib.blake2b(digest_size=8)
    for part in parts:
        # None and the empty string are two values
        data = b"\0" if part is None else b"\1" + part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(4, "big"))
        state.update(data)
    return state.hexdigest()


def document_key(item: Record | Document) -> str:
    """The key of a publication: 16 hex digits over its text, title, date, issuer and address, not its file name."""
    if isinstance(item, Record):
        day, title, issuer, url = item.date, item.title, item.issuer, item.url
    else:
        p = item.publication
        day, title, issuer, url = item.anchor, p.title, p.issuer, p.url
    return _digest(text_digest(item.text), title, day.isoformat() if day else None, issuer, url)


def refusal_key(refusal: Refusal) -> str:
    """The key of a refusal, over all of it."""
    return _digest(refusal.id, refusal.code, refusal.message, refusal.source)


def made_body(made_with: dict[str, str]) -> str:
    """The digests that a record was made with, as sorted JSON."""
    return json.dumps(made_with, ensure_ascii=True, sort_keys=True)


def folded(name: str) -> str:
    """A name without case and diacritics, between blanks, so that whole words of it can be looked for."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return f" {' '.join(''.join(c if c.isalnum() else ' ' for c in plain).split())} "


def settled(record: Record) -> Record:
    """The record under its own name: a name that only this run had to change (``a.txt#2``) is given back."""
    if not any(note.code == _DUPLICATE for note in record.notes):
        return record
    notes = tuple(note for note in record.notes if note.code != _DUPLICATE)
    return replace(record, id=record.id.rpartition("#")[0] or record.id, notes=notes)


def settled_name(document: Document) -> str:
    """The document's own name, without the number that its run had to add."""
    if any(note.code == _DUPLICATE for note in document.notes):
        return document.id.rpartition("#")[0] or document.id
    return document.id


def settled_refusal(refusal: Refusal) -> Refusal:
    """The refusal without the line of its file, which another order of the same documents would change."""
    if not refusal.source:
        return refusal
    where = rf"\A{re.escape(refusal.source)}, line \d+: "
    return replace(refusal, message=re.sub(where, "", refusal.message))


def body_of(record: Record) -> str:
    """The record as canonical JSON without text, name and digests, which have tables of their own."""
    data = record.to_json()
    for name in ("text", "text_digest", "id", "made_with"):
        del data[name]
    return json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def record_of(body: str, text: str, name: str, made: str) -> Record:
    """The record that ``body_of`` and its tables hold."""
    data = json.loads(body)
    return Record.from_json({**data, "text": text, "id": name, "made_with": json.loads(made)})


def check_writable(item: Record | Refusal) -> None:
    """Refuse what SQLite cannot keep as it is.

    Raises:
        ArchiveError: a lone surrogate; reading mends them, so only a foreign record has one.
    """
    try:
        json.dumps(item.to_json(), ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        name = item.id.encode("utf-8", "replace").decode("utf-8")
        raise ArchiveError(
            f"the record {name[:60]!r} holds half a character (a lone surrogate), which UTF-8 cannot hold; "
            "read its text again with `readout read`"
        ) from error


def export_line(item: Record | Refusal) -> str:
    """One line of the export."""
    return dumps(item) + "\n"


@dataclass(slots=True)
class ItemRow:
    """One item: its row, the actors in it and the sides that it names."""

    row: Row
    actors: list[Row] = field(default_factory=list)
    sides: list[tuple[str, str]] = field(default_factory=list)


def item_rows(record: Record) -> dict[str, list[ItemRow]]:
    """Every item of a record as rows, by the table they go to."""
    told = record.date.isoformat() if record.date else None

    def base(n: int, item: Any, span: Span) -> Row:
        return {
            "item": item.id, "position": n, "told": told, "start": span.start, "end": span.end,
            "words": span.of(record.text), "confidence": round(item.confidence.value, 2),
        }  # fmt: skip

    def words(span: Span | None) -> str | None:
        return span.of(record.text) if span else None

    codes = codes_of(record)

    made = {
        "encounters": [
            ItemRow(
                base(n, e, e.evidence) | _dated(e.date, record.date)
                | {"kind": e.kind, "status": e.status, "place": e.place, "codes": codes.get(e.id, "")},
                [_actor(p.actor, m) | {"part": p.part} for m, p in enumerate(e.participants)],
            )
            for n, e in enumerate(record.encounters)
        ],
        "statements": [
            ItemRow(
                base(n, s, s.content)
                | {"attribution": s.attribution, "act": s.act, "family": s.family, "codes": codes.get(s.id, "")},
                [_actor(a, m) for m, a in enumerate(s.speakers)],
                [("toward", code) for code in s.toward],
            )
            for n, s in enumerate(record.statements)
        ],
        "commitments": [
            ItemRow(
                base(n, c, c.action)
                | {
                    "statement": c.statement, "strength": c.strength, "refrain": int(c.refrain),
                    "deadline": words(c.deadline), "condition": words(c.condition),
                },
                sides=[*(("promisor", x) for x in c.promisor), *(("beneficiary", x) for x in c.beneficiary)],
            )
            for n, c in enumerate(record.commitments)
        ],
        "relations": [
            ItemRow(base(n, r, r.label) | {"kind": r.kind}, sides=[("between", x) for x in r.between])
            for n, r in enumerate(record.relations)
        ],
        "occurrences": [
            ItemRow(
                base(n, o, o.span) | _dated(o.date, record.date) | {"kind": o.kind},
                sides=[*(("state", x) for x in o.states), *(("asserted_by", x) for x in o.asserted_by)],
            )
            for n, o in enumerate(record.occurrences)
        ],
    }  # fmt: skip
    for kind, borne in (("encounters", ("told", "first_day", "last_day", "kind", "status")),
                        ("statements", ("told", "act"))):  # fmt: skip
        for item in made[kind]:
            own = {name: item.row[name] for name in borne}
            item.actors = [actor | own for actor in item.actors]
    return made


def codes_of(record: Record) -> dict[str, str]:
    """The codes of each encounter and statement by its id: CAMEO codes and PLOVER categories between blanks."""
    found: dict[str, set[str]] = defaultdict(set)
    if record.date != date.max:  # the last day that can be written has no day after it
        for row in code_record(record):
            if row.item is not None:
                found[row.item] |= {row.cameo.code, *([row.plover.code] if row.plover else [])}
    return {item: f" {' '.join(sorted(codes))} " for item, codes in found.items()}


def _dated(interval: DateInterval | None, told: date | None) -> Row:
    # without a date of its own an item is looked for on the day of its document
    first = interval.start if interval else told
    last = interval.end - timedelta(days=1) if interval else told
    return {
        "date": interval.iso() if interval else None,
        "first_day": first.isoformat() if first else None,
        "last_day": last.isoformat() if last else None,
    }


def _actor(actor: Actor, position: int) -> Row:
    return {
        "position": position, "person": actor.person, "office": actor.office, "side": actor.side,
        "certainty": actor.certainty,
    }  # fmt: skip
