"""The JSON Schema of what ``Record.to_json`` and ``Refusal.to_json`` write.

Enumerations come from the types of the code, so that the schema cannot fall behind them.
"""

from __future__ import annotations

from typing import Any, get_args

from readout.records.actors import Certainty, Office, Part
from readout.records.dates import Precision
from readout.records.documents import IssuerKind
from readout.records.items import (
    Act,
    Attribution,
    EncounterKind,
    OccurrenceKind,
    RelationKind,
    Status,
    Strength,
)
from readout.records.record import SCHEMA_VERSION

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_ID = f"urn:diplomatic-readout:{SCHEMA_VERSION}"


def schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of one line of output: a record or a refusal.

    Objects allow further fields, so that a record with additions of a later minor version still validates; what is
    named here is always present.
    """
    return {
        "$schema": DIALECT,
        "$id": SCHEMA_ID,
        "title": SCHEMA_VERSION,
        "description": "One document as read: its record, or the refusal that stands in its place. Spans are half-open "
        "[start, end), in Unicode code points of `text`.",
        "oneOf": [{"$ref": "#/$defs/record"}, {"$ref": "#/$defs/refusal"}],
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, Any]:
    confidence = {"$ref": "#/$defs/confidence"}
    why = {"type": "array", "items": {"type": "string"}, "description": "how the item was reached, step by step"}
    common = {"id": _string("derived id: kind and digest"), "confidence": confidence, "why": why}
    span, maybe = {"$ref": "#/$defs/span"}, _or_null({"$ref": "#/$defs/span"})
    codes = {"type": "array", "items": {"type": "string"}, "description": "states, organisations or persons"}
    some_codes = {**codes, "minItems": 1}
    actor = {
        "person": _or_null(_string("usual full name in English")),
        "office": _or_null(_enum(Office)),
        "of": _or_null(_string("ISO 3166-1 alpha-3 code of a state, or id of an organisation")),
        "certainty": _enum(Certainty),
        "how": _string("why the words mean this actor"),
    }
    named = [{"properties": {x: {"not": {"type": "null"}}}} for x in ("person", "office", "of")]
    interval = {
        "type": "array",
        "prefixItems": [{"type": "string", "format": "date"}, {"type": "string", "format": "date"}, _enum(Precision)],
        "items": False,
        "minItems": 3,
        "description": "first day, the day after the last, precision",
    }
    return {
        "span": {
            "type": "array",
            "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 1}],
            "items": False,
            "minItems": 2,
        },
        "date": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "description": "no more than is known"},
        "confidence": _object(
            {"value": {"type": "number", "minimum": 0, "maximum": 1}, "reason": _string("what weighed most")}
        ),
        "actor": {**_object(actor), "anyOf": named},
        "participant": {**_object({**actor, "part": _enum(Part)}), "anyOf": named},
        "encounter": _object(
            {
                **common,
                "kind": _enum(EncounterKind),
                "status": _enum(Status),
                "participants": {"type": "array", "items": {"$ref": "#/$defs/participant"}, "minItems": 1},
                "date": _or_null({"$ref": "#/$defs/date"}),
                "date_interval": _or_null(interval),
                "date_words": maybe,
                "place": _or_null(_string("as the text names it")),
                "place_words": maybe,
                "evidence": span,
            }
        ),
        "statement": _object(
            {
                **common,
                "speakers": {"type": "array", "items": {"$ref": "#/$defs/actor"}, "minItems": 1},
                "attribution": _enum(Attribution),
                "cue": maybe,
                "content": span,
                "act": _enum(Act),
                "toward": codes,
                "via": maybe,
                "continues": _or_null(_string("id of the statement whose speech goes on")),
            }
        ),
        "commitment": _object(
            {
                **common,
                "statement": _string("id of the statement it is drawn from"),
                "promisor": some_codes,
                "beneficiary": codes,
                "action": span,
                "strength": _enum(Strength),
                "refrain": {"type": "boolean"},
                "deadline": maybe,
                "condition": maybe,
            }
        ),
        "relation": _object(
            {**common, "between": {**codes, "minItems": 2, "maxItems": 2}, "kind": _enum(RelationKind), "label": span}
        ),
        "occurrence": _object(
            {
                **common,
                "kind": _enum(OccurrenceKind),
                "states": codes,
                "date": _or_null({"$ref": "#/$defs/date"}),
                "span": span,
                "asserted_by": codes,
            }
        ),
        "unresolved": _object({"span": span, "what": _string("what the words name"), "reason": _string("why not")}),
        "note": _object({"code": _string("stable code"), "message": _string("for people"), "span": maybe}),
        "record": _object(
            {
                "schema": {"const": SCHEMA_VERSION},
                "id": _string("id of the document"),
                "text": _string("the text as stored"),
                "text_digest": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
                "title": _or_null(_string("title")),
                "date": _or_null({"type": "string", "format": "date"}),
                "issuer": _or_null(_string("who published it, as given or found")),
                "issuer_kind": _enum(IssuerKind),
                "issuer_of": _or_null(_string("whose side the issuer speaks for")),
                "url": _or_null(_string("address")),
                **{
                    f"{name}s": {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
                    for name in ("encounter", "statement", "commitment", "relation", "occurrence")
                },
                "unresolved": {"type": "array", "items": {"$ref": "#/$defs/unresolved"}},
                "notes": {"type": "array", "items": {"$ref": "#/$defs/note"}},
                "made_with": {"type": "object", "additionalProperties": {"type": "string"}},
            }
        ),
        "refusal": _object(
            {
                "schema": {"const": SCHEMA_VERSION},
                "id": _string("id of the document"),
                "refused": _object(
                    {
                        "code": {"type": "string", "pattern": r"^R\d{3}$"},
                        "message": _string("what was wrong, and how to mend it"),
                        "source": _or_null(_string("where it came from")),
                    }
                ),
            }
        ),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _string(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _enum(literal: Any) -> dict[str, Any]:
    return {"enum": list(get_args(literal))}


def _or_null(inner: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [inner, {"type": "null"}]}
