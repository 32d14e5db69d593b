"""The nouns of the house: spans, documents, parses, actors, and the five kinds of items of a record."""

from readout.records.actors import OFFICES, PARTS, Actor, Participant
from readout.records.dates import DateInterval, typed_day
from readout.records.documents import Dateline, Document, Note, Publication, SourceEdit, text_digest
from readout.records.items import (
    FAMILY,
    Commitment,
    Confidence,
    Encounter,
    Occurrence,
    Relation,
    Statement,
    Unresolved,
)
from readout.records.parses import Parse, Sentence, Token
from readout.records.record import SCHEMA_VERSION, Record, Refusal, dumps, item_id, loads
from readout.records.spans import Span

__all__ = [
    "FAMILY",
    "OFFICES",
    "PARTS",
    "SCHEMA_VERSION",
    "Actor",
    "Commitment",
    "Confidence",
    "DateInterval",
    "Dateline",
    "Document",
    "Encounter",
    "Note",
    "Occurrence",
    "Parse",
    "Participant",
    "Publication",
    "Record",
    "Refusal",
    "Relation",
    "Sentence",
    "SourceEdit",
    "Span",
    "Statement",
    "Token",
    "Unresolved",
    "dumps",
    "item_id",
    "loads",
    "text_digest",
    "typed_day",
]
