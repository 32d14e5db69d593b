"""Records as flat tables, one for each kind of item: for CSV, spreadsheets and Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal

from readout.coding import topics
from readout.exporting.escaping import writable
from readout.records import Actor, Confidence, Record, Refusal, Span

Kind = Literal["text", "number", "real", "truth"]
Row = dict[str, Any]
_WORDS: dict[str, Kind] = {"start": "number", "end": "number", "words": "text"}
_ITEM: dict[str, Kind] = {**_WORDS, "confidence": "real", "reason": "text"}
_ACTOR: dict[str, Kind] = {"person": "text", "office": "text", "of": "text", "certainty": "text"}


def _texts(*names: str) -> dict[str, Kind]:
    return dict.fromkeys(names, "text")


TABLES: dict[str, dict[str, Kind]] = {
    "documents": _texts(
        "document", "name", "title", "published", "issuer", "issuer_kind", "issuer_of", "url", "text_digest",
        "made_with", "text",
    ),
    "encounters": _texts("document", "id", "kind", "status", "date", "first_day", "last_day", "place") | _ITEM,
    "participants": {**_texts("document", "encounter"), "position": "number", "part": "text", **_ACTOR},
    "statements": {
        **_texts("document", "id", "act", "family", "attribution", "toward", "continues"), "cue_start": "number",
        "cue_end": "number", "cue": "text", "via": "text", **_ITEM,
    },
    "speakers": {**_texts("document", "statement"), "position": "number", **_ACTOR},
    "topics": _texts("document", "statement", "topic", "entry") | _WORDS,
    "commitments": {
        **_texts("document", "id", "statement", "promisor", "beneficiary", "strength"), "refrain": "truth",
        **_texts("deadline", "condition"), **_ITEM,
    },
    "relations": _texts("document", "id", "one", "other", "kind") | _ITEM,
    "occurrences": _texts("document", "id", "kind", "states", "date", "asserted_by") | _ITEM,
    "refusals": _texts("name", "code", "message", "source"),
}  # fmt: skip
"""The tables with their columns, and what a column holds. ``document`` is the key that joins them."""


def table_rows(key: str, item: Record | Refusal) -> Iterator[tuple[str, Row]]:
    """Every row of one record or refusal with the table it goes to; each row has all columns of its table.

    Several values in one cell are joined by ``; ``; what is not told is None.
    """
    if isinstance(item, Refusal):
        yield "refusals", _row("refusals", name=item.id, code=item.code, message=item.message, source=item.source)
        return
    for table, values in _rows(item):
        yield table, _row(table, **({"document": key} | values))


def _row(table: str, **values: Any) -> Row:
    return {c: writable(v) if isinstance(v := values.get(c), str) else v for c in TABLES[table]}


def _rows(r: Record) -> Iterator[tuple[str, Row]]:
    def item(x: Any, span: Span) -> Row:
        confidence: Confidence = x.confidence
        return {"id": x.id, **_words(span, r.text), "confidence": round(confidence.value, 2),
                "reason": confidence.reason}  # fmt: skip

    yield "documents", {
        "name": r.id, "title": r.title, "published": r.date.isoformat() if r.date else None, "issuer": r.issuer,
        "issuer_kind": r.issuer_kind, "issuer_of": r.issuer_of, "url": r.url, "text_digest": r.digest,
        "made_with": json.dumps(r.made_with, ensure_ascii=True, sort_keys=True), "text": r.text,
    }  # fmt: skip
    for e in r.encounters:
        yield "encounters", item(e, e.evidence) | {
            "kind": e.kind, "status": e.status, "date": e.date.iso() if e.date else None, "place": e.place,
            "first_day": e.date.start.isoformat() if e.date else None,
            "last_day": e.date.last.isoformat() if e.date else None,
        }  # fmt: skip
        for n, p in enumerate(e.participants):
            yield "participants", {"encounter": e.id, "position": n, "part": p.part} | _actor(p.actor)
    for s in r.statements:
        yield "statements", item(s, s.content) | {
            "act": s.act, "family": s.family, "attribution": s.attribution, "toward": "; ".join(s.toward),
            "continues": s.continues, "cue_start": s.cue.start if s.cue else None,
            "cue_end": s.cue.end if s.cue else None, "cue": s.cue.of(r.text) if s.cue else None,
            "via": s.via.of(r.text) if s.via else None,
        }  # fmt: skip
        for n, a in enumerate(s.speakers):
            yield "speakers", {"statement": s.id, "position": n} | _actor(a)
        for hit in topics(s.content.of(r.text)):
            span = Span(s.content.start + hit.span.start, s.content.start + hit.span.end)
            yield "topics", {"statement": s.id, "topic": hit.topic, "entry": hit.entry} | _words(span, r.text)
    for c in r.commitments:
        yield "commitments", item(c, c.action) | {
            "statement": c.statement, "promisor": "; ".join(c.promisor), "beneficiary": "; ".join(c.beneficiary),
            "strength": c.strength, "refrain": c.refrain,
            "deadline": c.deadline.of(r.text) if c.deadline else None,
            "condition": c.condition.of(r.text) if c.condition else None,
        }  # fmt: skip
    for x in r.relations:
        yield "relations", item(x, x.label) | {"one": x.between[0], "other": x.between[1], "kind": x.kind}
    for o in r.occurrences:
        yield "occurrences", item(o, o.span) | {
            "kind": o.kind, "states": "; ".join(o.states), "date": o.date.iso() if o.date else None,
            "asserted_by": "; ".join(o.asserted_by),
        }  # fmt: skip


def _words(span: Span, text: str) -> Row:
    return {"start": span.start, "end": span.end, "words": span.of(text)}


def _actor(a: Actor) -> Row:
    return {"person": a.person, "office": a.office, "of": a.of, "certainty": a.certainty}
