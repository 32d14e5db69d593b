"""The tables of the archive as SQLAlchemy sees them; ``migrations`` makes them, this module only names them."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import Float

METADATA = MetaData()


def _table(table: str, /, **columns: type) -> Table:
    kinds = {int: Integer, str: Text, float: Float, bytes: LargeBinary}
    return Table(table, METADATA, *(Column(c, kinds[k], primary_key=c == "id") for c, k in columns.items()))


VERSIONS = _table("schema_version", version=int)
TEXTS = _table("texts", id=int, digest=str, words=str)
MADE = _table("made", id=int, digest=str, body=str)
DOCUMENTS = _table(
    "documents", id=int, key=str, text_id=int, made_id=int, name=str, title=str, date=str, issuer=str,
    issuer_kind=str, issuer_of=str, url=str, body=str,
)  # fmt: skip
NAMES = _table("names", document_id=int, name=str)
MERGED = _table("merged", key=str, into_key=str)
REFUSALS = _table("refusals", id=int, key=str, name=str, code=str, message=str, source=str)
LOG = _table("log", id=int, at=str, action=str, key=str, name=str, detail=str)
PERSONS = _table("persons", name=str, folded=str)
# who takes part and who speaks also bear the days, kind, status and act of their item, so that the page of a person
# is counted from an index alone
PARTICIPANTS = _table(
    "participants", encounter_id=int, position=int, part=str, person=str, office=str, side=str, certainty=str,
    told=str, first_day=str, last_day=str, kind=str, status=str,
)  # fmt: skip
SPEAKERS = _table(
    "speakers", statement_id=int, position=int, person=str, office=str, side=str, certainty=str, told=str, act=str
)
SIDES = _table("sides", kind=str, item_id=int, role=str, position=int, side=str)
TALLIES = _table("tallies", source=str, target=str, month=str, act=str, count=int)
# which sides take part or speak in a document, by its day
ACTING = _table("acting", side=str, day=str, document_id=int)
# what is kept of two sides together; ``dyads`` writes and reads it
DYADS = _table("dyads", id=int, one=str, other=str, due=int)
DYAD_DOCUMENTS = _table("dyad_documents", dyad_id=int, day=str, document_id=int)
DYAD_TELLINGS = _table("dyad_tellings", dyad_id=int, kind=str, first_day=str, last_day=str, document_id=int)
DYAD_EXCHANGES = _table(
    "dyad_exchanges", dyad_id=int, exchange=str, kind=str, status=str, level=str, first_day=str, last_day=str,
    precision=str, accounts=int, independent=int, documents=str,
)  # fmt: skip
DYAD_COUNTS = _table("dyad_counts", dyad_id=int, day=str, what=str, name=str, count=int)
DYAD_LABELS = _table(
    "dyad_labels", dyad_id=int, document_id=int, kind=str, first_char=int, last_char=int, day=str, words=str
)
MARKS = _table("marks", document_id=int, runs=bytes)
COUNTED_BY = _table("counted_by", rules=str)
# tellings of one encounter: what was found, and above it what a person joined or kept apart
JOINS = _table("joins", one_key=str, one_item=str, other_key=str, other_item=str, score=float, reasons=str)
LINKS = _table(
    "links", one_key=str, one_item=str, other_key=str, other_item=str, joined=int, reviewer=str, at=str, reason=str
)
CORRECTIONS = _table("corrections", id=int, document_id=int, digest=str, reviewer=str, at=str, body=str)
ENCOUNTERS = _table(
    "encounters", id=int, document_id=int, item=str, position=int, told=str, kind=str, status=str, date=str,
    first_day=str, last_day=str, place=str, start=int, end=int, words=str, confidence=float, codes=str,
)  # fmt: skip
STATEMENTS = _table(
    "statements", id=int, document_id=int, item=str, position=int, told=str, attribution=str, act=str, family=str,
    start=int, end=int, words=str, confidence=float, codes=str,
)  # fmt: skip
COMMITMENTS = _table(
    "commitments", id=int, document_id=int, item=str, position=int, told=str, statement=str, strength=str,
    refrain=int, deadline=str, condition=str, start=int, end=int, words=str, confidence=float,
)  # fmt: skip
RELATIONS = _table(
    "relations", id=int, document_id=int, item=str, position=int, told=str, kind=str, start=int, end=int, words=str,
    confidence=float,
)  # fmt: skip
OCCURRENCES = _table(
    "occurrences", id=int, document_id=int, item=str, position=int, told=str, kind=str, date=str, first_day=str,
    last_day=str, start=int, end=int, words=str, confidence=float,
)  # fmt: skip

ITEMS: dict[str, Table] = {
    "encounters": ENCOUNTERS,
    "statements": STATEMENTS,
    "commitments": COMMITMENTS,
    "relations": RELATIONS,
    "occurrences": OCCURRENCES,
}
# the tables whose column ``words`` can be searched
SEARCHED = ("texts", *ITEMS)
