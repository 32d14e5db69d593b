"""The shapes of REST: what may be asked (pydantic models), and the JSON Schemas of what is answered."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from readout.charting import LEVELS, MAX_TOP, MOODS, PERIODS
from readout.exporting.exporters import EXPORTERS
from readout.following import LEDGER_STATUSES, TRENDS
from readout.following.digests import MAX_FOLLOWED, MAX_TOLD
from readout.following.ledger import EvidenceKind, LedgerStatus, WordingStrength
from readout.querying import KINDS, MAX_COUNTED
from readout.records.actors import Office
from readout.records.items import Act, EncounterKind, OccurrenceKind, RelationKind, Status, Strength
from readout.records.schema import schema
from readout.serving.bounds import JOINED, MOST_READ, MOST_VALUES, READ

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\d{1,7}")
STREAMS: tuple[str, ...] = tuple(name for name, x in EXPORTERS.items() if x.target == "stream")
MEDIA = {
    "jsonl": "application/x-ndjson", "ftm": "application/x-ndjson", "plover": "application/x-ndjson",
    "jsonld": "application/ld+json", "gdelt": "text/tab-separated-values", "icews": "text/tab-separated-values",
    "labelstudio": "application/json",
}  # fmt: skip


def _day(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("is not a day; use YYYY-MM-DD")
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("is not a whole number")
    return value


Day = Annotated[date, BeforeValidator(_day)]
Word = Annotated[str, Field(min_length=1, max_length=200, pattern=r"[^\s\x00]")]
Words = Annotated[str, Field(min_length=1, max_length=400)]
Limit = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=1000)]
Offset = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=1_000_000)]
Family = Literal["agenda", "assertive", "commissive", "directive", "positive", "negative", "declarative"]
Several = Annotated[list[Word], Field(max_length=MOST_VALUES)]
Issuers = Annotated[Several, Field(description="Who published it: a state, an organisation or a name.")]
Sides = Annotated[Several, Field(description="State or organisation whose item it is, such as KAZ.")]
Others = Annotated[Several, Field(alias="with", description="The other side.")]
Persons = Annotated[Several, Field(description="A name, or a whole word of it.")]
Codes = Annotated[Several, Field(description="A CAMEO code such as 05, or a PLOVER category.")]
Most = Annotated[
    int, BeforeValidator(_whole),
    Field(ge=1, le=MOST_READ, description="From so many documents at most; the answer tells how many there are."),
]  # fmt: skip
Form = Annotated[Literal["json", "csv"], Field(description="The form of the answer.")]
Offices = Annotated[list[Office], Field(description="An office, such as foreign_minister.")]


class Asked(BaseModel):
    """The filters that every kind has, and which part of the answer is wanted."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    since: Annotated[Day | None, Field(description="First day, YYYY-MM-DD.")] = None
    until: Annotated[Day | None, Field(description="Last day, YYYY-MM-DD.")] = None
    issuer: Issuers = []
    text: Annotated[Words | None, Field(description='Words that must occur; "together"; begin*.')] = None
    limit: Annotated[Limit, Field(description="At most so many.")] = 50
    offset: Annotated[Offset, Field(description="So many are skipped.")] = 0
    format: Annotated[
        Literal["json", "csv", "jsonl"],
        Field(description="The form of the answer; jsonl streams all that fits, a line each, without limit or offset."),
    ] = "json"

    def filters(self) -> dict[str, Any]:
        """The filters alone, as ``readout.querying.find`` takes them."""
        found = {name: getattr(self, name) for name in type(self).model_fields}
        return {k: v for k, v in found.items() if k not in ("limit", "offset", "format") and v not in (None, [])}


class EncountersAsked(Asked):
    """Filters of encounters."""

    side: Sides = []
    with_: Others = []
    person: Persons = []
    office: Offices = []
    kind: list[EncounterKind] = []
    status: list[Status] = []
    code: Codes = []


class StatementsAsked(Asked):
    """Filters of statements."""

    side: Sides = []
    with_: Others = []
    person: Persons = []
    office: Offices = []
    act: list[Act] = []
    family: list[Family] = []
    code: Codes = []


class CommitmentsAsked(Asked):
    """Filters of commitments."""

    side: Sides = []
    with_: Others = []
    person: Persons = []
    office: Offices = []
    strength: list[Strength] = []


class RelationsAsked(Asked):
    """Filters of relations."""

    side: Sides = []
    with_: Others = []
    kind: list[RelationKind] = []


class OccurrencesAsked(Asked):
    """Filters of occurrences."""

    side: Sides = []
    kind: list[OccurrenceKind] = []


class DocumentsAsked(Asked):
    """Filters of documents."""

    side: Sides = []
    with_: Others = []
    person: Persons = []
    office: Offices = []


class ExchangesAsked(BaseModel):
    """Filters of exchanges: those of the encounters in them."""

    model_config = ConfigDict(extra="forbid")

    side: Sides = []
    with_: Others = []
    person: Persons = []
    kind: list[EncounterKind] = []
    since: Day | None = None
    until: Day | None = None
    status: list[Status] = []
    office: Offices = []
    issuer: Issuers = []
    text: Annotated[Words | None, Field(description='Words that must occur; "together"; begin*.')] = None
    all: Annotated[bool, Field(description="Also those that one document alone tells of.")] = False
    skip: Annotated[Offset, Field(description="So many documents are left out, the last published first.")] = 0
    limit: Limit = 50
    offset: Offset = 0
    format: Form = "json"

    def filters(self) -> dict[str, Any]:
        """The filters alone."""
        left = ("all", "skip", "limit", "offset", "format")
        found = {name: getattr(self, name) for name in type(self).model_fields if name not in left}
        return {k: v for k, v in found.items() if v not in (None, [])}


class DyadAsked(BaseModel):
    """Two sides, and which periods."""

    model_config = ConfigDict(extra="forbid")

    one: Word
    other: Word
    by: Literal["month", "quarter", "year"] = "year"
    scale: Literal["goldstein", "plover"] = "goldstein"
    since: Day | None = None
    until: Day | None = None
    format: Annotated[Literal["json", "csv", "svg"], Field(description="The form; svg is a picture.")] = "json"


class WorldAsked(BaseModel):
    """Which time, and how many pairs."""

    model_config = ConfigDict(extra="forbid")

    since: Annotated[Day | None, Field(description="First day, YYYY-MM-DD.")] = None
    until: Annotated[Day | None, Field(description="Last day, YYYY-MM-DD.")] = None
    top: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=MAX_TOP, description="So many pairs.")] = 30
    scale: Annotated[Literal["goldstein", "plover"], Field(description="What the tone is summed from.")] = "goldstein"
    format: Annotated[Literal["json", "csv"], Field(description="The form of the answer; csv has the pairs.")] = "json"


class LedgerAsked(BaseModel):
    """Whose promises, and which."""

    model_config = ConfigDict(extra="forbid")

    one: Annotated[Word, Field(description="State or organisation that promised, such as CHN.")]
    other: Annotated[Word | None, Field(description="What each of the two promised the other.")] = None
    as_of: Annotated[Day | None, Field(description="Only documents up to that day count.")] = None
    status: Annotated[list[LedgerStatus], Field(description="Only these.")] = []
    most: Most = READ
    format: Form = "json"


class PhrasesAsked(BaseModel):
    """Whose formulas."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    side: Annotated[Word, Field(description="State or organisation that speaks, such as CHN.")]
    with_: Annotated[Word | None, Field(alias="with", description="Only documents in which this side acts too.")] = None
    least: Annotated[
        int, BeforeValidator(_whole), Field(ge=2, le=1000, description="In so many documents at least.")
    ] = 3
    since: Day | None = None
    until: Day | None = None
    most: Most = READ
    format: Form = "json"


class PersonAsked(BaseModel):
    """Which person, and when."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Word, Field(description="A name or whole words of it, of one person alone.")]
    side: Annotated[Word | None, Field(description="Only where documents name the person for this side.")] = None
    since: Day | None = None
    until: Day | None = None
    limit: Annotated[Limit, Field(description="At most so many of each list; counts are of all.")] = 20
    format: Form = "json"


class DigestAsked(BaseModel):
    """Which days, and whose."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    since: Annotated[Day, Field(description="First day of documents, YYYY-MM-DD.")]
    until: Annotated[Day | None, Field(description="Last day, YYYY-MM-DD.")] = None
    side: Annotated[Word | None, Field(description="Only documents in which this side acts.")] = None
    with_: Annotated[Word | None, Field(alias="with", description="And this one.")] = None
    limit: Annotated[Limit, Field(description="At most so many of each list; counts are of all.")] = 20
    join: Annotated[
        int, BeforeValidator(_whole),
        Field(ge=1, le=MAX_TOLD, description="At most so many tellings are joined to exchanges; `cut` tells of more."),
    ] = JOINED  # fmt: skip
    follow: Annotated[
        bool,
        Field(description=f"Also what became of promises and formulas, of sides with up to {MAX_FOLLOWED} documents."),
    ] = False
    format: Form = "json"


class LinksAsked(BaseModel):
    """Which links made by hand."""

    model_config = ConfigDict(extra="forbid")

    document: Annotated[Word | None, Field(description="Only those of this document, by key or name.")] = None
    limit: Limit = 50
    offset: Offset = 0
    format: Form = "json"


class Given(BaseModel):
    """One document to read."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _known(cls, given: Any) -> Any:
        """One complaint for all fields that are not known, however many there are."""
        foreign = [str(name)[:40] for name in given if name not in cls.model_fields] if isinstance(given, dict) else []
        if foreign:
            raise ValueError(f"{len(foreign):,} fields are not known, such as {foreign[0]!r}")
        return given

    text: str
    title: Annotated[str, Field(max_length=2000)] | None = None
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    issuer: Annotated[str, Field(max_length=400)] | None = None
    url: Annotated[str, Field(max_length=4000)] | None = None
    id: Annotated[str, Field(max_length=400)] | None = None


class GivenMany(BaseModel):
    """Accounts to compare."""

    model_config = ConfigDict(extra="forbid", strict=True)

    documents: Annotated[list[Given], Field(min_length=2, max_length=8)]


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _many(inner: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": inner}


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _or_null(inner: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [inner, {"type": "null"}]}


_TEXT: dict[str, Any] = {"type": "string"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_NUMBER_: dict[str, Any] = {"type": "number"}
_FLAG: dict[str, Any] = {"type": "boolean"}
_ISO = {"type": "string", "format": "date"}


def answers() -> dict[str, Any]:
    """Every schema of an answer by name, for ``components/schemas`` of OpenAPI 3.1."""
    out: dict[str, Any] = json.loads(json.dumps(schema()["$defs"]).replace("#/$defs/", "#/components/schemas/"))
    maybe, day, text = _or_null(_TEXT), _or_null(_ISO), _TEXT
    out["error"] = _object(code={"type": "string", "pattern": r"^R\d{3}$"}, error=text, message=text,
                           parts={"type": "object"})  # fmt: skip
    out["source"] = _object(key={"type": "string", "pattern": "^[0-9a-f]{16}$"}, name=text, title=maybe, issuer=maybe,
                            date=day, url=maybe)  # fmt: skip
    for kind in KINDS:
        item = {"type": "null"} if kind == "documents" else _ref(kind[:-1])
        out[f"found_{kind}"] = _object(
            kind={"const": kind}, document=_ref("source"), item=item, span=_or_null(_ref("span")), words=text,
            hits=_many(_ref("span")),
        )  # fmt: skip
        out[f"page_{kind}"] = _page(_ref(f"found_{kind}"))
    out["info"] = _object(
        schema_version=_COUNT, size_bytes=_COUNT, texts=_COUNT, refusals=_COUNT, **dict.fromkeys(KINDS, _COUNT),
        first_day=day, last_day=day, readings=_many(_object(made_with=text, documents=_COUNT)), version=text,
    )  # fmt: skip
    out["kept"] = _object(key=out["source"]["properties"]["key"], result={"enum": ["new", "same", "named", "reread"]},
                          record=_ref("record"))  # fmt: skip
    place = {"type": "array", "items": text, "minItems": 2, "maxItems": 2}
    out["join"] = _object(one=place, other=place, score=_NUMBER_, reasons=_many(text), by_hand=_FLAG)
    out["account"] = _object(document=text, issuer=maybe, role={"enum": ["account", "mention", "announcement"]},
                             copy_of=maybe, encounter=_ref("encounter"))  # fmt: skip
    out["exchange"] = _object(id=text, kind={"enum": list(get_args(EncounterKind))}, sides=_many(text), date=maybe,
                              independent=_COUNT,
                              accounts=_many(_ref("account")), joins=_many(_ref("join")))  # fmt: skip
    page = _page(_ref("exchange"))
    page["properties"] |= {
        "documents": {**_COUNT, "description": f"How many documents fit; {MAX_COUNTED + 1} stands for more."},
        "cut": {**_FLAG, "description": "Whether more documents fit than were looked at; `skip` goes on."},
    }
    page["required"] += ["documents", "cut"]
    out["page_exchanges"] = page
    out["difference"] = {"type": "object", "properties": {"kind": text, "documents": place, "told": place}}
    out["comparison"] = _object(
        schema={"const": "readout-comparison/1"},
        method=text,
        documents=_many(_object(id=text, title=maybe, issuer=maybe, date=day)),
        exchange=_or_null(_ref("exchange")),
        asked=_many(_object(document=text, sides=_many(text), encounter=maybe)),
        rows=_many(_object(told={"enum": ["by_all", "differently", "alone"]}, score=_NUMBER_,
                           differences=_many(_ref("difference")),
                           statements=_many(_many({"allOf": [_ref("statement")], "required": ["words"]})))),
    )  # fmt: skip
    sign = _object(count=_COUNT, sum=_NUMBER_, mean=_or_null(_NUMBER_))
    out["tone"] = _object(source=text, target=text, count=_COUNT, mean=_or_null(_NUMBER_), cooperative=sign,
                          conflictual=sign, neutral=_COUNT)  # fmt: skip
    counts: dict[str, Any] = {"type": "object", "additionalProperties": _COUNT}
    out |= _followed(counts) | _told_of_people(counts)
    out["period"] = _object(period=text, first=day, last=day, held=_COUNT, planned=_COUNT, accounts=_COUNT,
                            channels=counts, levels=counts, tone=_many(_ref("tone")), statements=_COUNT, topics=counts,
                            new_labels=_many(text))  # fmt: skip
    out["met"] = _object(id=text, kind=text, status={"enum": ["reported", "past", "planned"]},
                         level={"enum": list(LEVELS)}, date=maybe, period=text, accounts=_COUNT, independent=_COUNT,
                         documents=_many(text))  # fmt: skip
    out["label"] = _object(words=text, kind=text, first=day, last=day, documents=_COUNT, first_document=text,
                           first_span=_ref("span"), last_document=text)  # fmt: skip
    out["dyad"] = _object(one=text, other=text, by={"enum": list(PERIODS)}, scale=text, since=day, until=day,
                          documents=_COUNT, periods=_many(_ref("period")), undated=_ref("period"),
                          exchanges=_many(_ref("met")), labels=_many(_ref("label")), topics=counts)  # fmt: skip
    out["edge"] = _object(one=text, other=text, exchanges=_COUNT, planned=_COUNT, accounts=_COUNT, last=day,
                          channels=counts, mood={"enum": list(MOODS)}, tone=_many(_ref("tone")))  # fmt: skip
    out["world"] = _object(scale=text, since=day, until=day, top=_COUNT, first=day, last=day, pairs=_COUNT,
                           exchanges=_COUNT, due=_COUNT, edges=_many(_ref("edge")),
                           sides=_many(_object(side=text, exchanges=_COUNT, partners=_COUNT)))  # fmt: skip
    return out


def _followed(counts: dict[str, Any]) -> dict[str, Any]:
    """What becomes of words over time: the ledger and the formulas."""
    maybe, day, text, span = _or_null(_TEXT), _or_null(_ISO), _TEXT, _ref("span")
    found = {"document": text, "name": text, "date": _ISO, "words": text, "span": span}
    return {
        "wording": _object(**found, strength={"enum": list(get_args(WordingStrength))}, deadline=day, condition=maybe,
                           is_account=_FLAG, link=text),
        "evidence": _object(**found, kind={"enum": list(get_args(EvidenceKind))}, by=_many(text), reason=text),
        "promise": _object(id=text, promisor=_many(text), beneficiary=_many(text), words=text,
                           status={"enum": list(LEDGER_STATUSES)}, refrain=_FLAG, deadline=day, condition=maybe,
                           wordings=_many(_ref("wording")), evidence=_many(_ref("evidence")),
                           history=_many(_ref("evidence"))),
        "ledger": _object(as_of=day, documents=_COUNT, undated=_COUNT, earlier=_COUNT, promises=_many(_ref("promise")),
                          hopes=_many(_ref("promise"))),
        "phrase": _object(core=text, trend={"enum": list(TRENDS)}, first=_ISO, last=_ISO, by_year=counts,
                          spoken_after=_COUNT, uses=_many(_object(**found, degree=_COUNT))),
        "phrases": _object(read=_COUNT, total=_COUNT, phrases=_many(_ref("phrase"))),
    }  # fmt: skip


def _told_of_people(counts: dict[str, Any]) -> dict[str, Any]:
    """What is told of a person, and of some days; and the links made by hand."""
    maybe, day, text, many = _or_null(_TEXT), _or_null(_ISO), _TEXT, _many(_TEXT)
    kinds = {"enum": list(get_args(EncounterKind))}
    contact = {
        "id": text, "kind": kinds, "status": {"enum": ["reported", "past", "planned"]}, "date": maybe, "place": maybe,
        "parties": _many(_object(person=maybe, office=maybe, side=text, part=text)), "sources": _many(_ref("telling")),
    }  # fmt: skip
    pledge = {
        "id": text, "promisor": many, "beneficiary": many, "strength": {"enum": list(get_args(Strength))},
        "refrain": _FLAG, "deadline": maybe, "condition": maybe, "source": _ref("telling"),
    }  # fmt: skip
    changed = {**_followed(counts)["promise"]["properties"], "before": _or_null({"enum": list(LEDGER_STATUSES)})}
    phrase = {
        **_followed(counts)["phrase"]["properties"],
        "change": {"enum": ["new", "strengthened", "weakened", "vanished"]},
    }
    fresh = {**contact, "before": {"enum": ["announced", "told", None]}}
    place = {"type": "array", "items": text, "minItems": 2, "maxItems": 2}
    return {
        "telling": _object(document=text, name=text, date=day, words=text, span=_ref("span")),
        "contact": _object(**contact),
        "pledge": _object(**pledge),
        "person": _object(
            name=text, spellings=many, sides=many, tellings=_COUNT, side=maybe, since=day, until=day, limit=_COUNT,
            offices=_many(_object(office=maybe, side=text, first=day, last=day, tellings=_COUNT)), encounters=counts,
            counterparts_count=_COUNT,
            counterparts=_many(_object(person=maybe, offices=many, side=text, times=_COUNT, channels=counts, first=day,
                                       last=day)),
            met=_many(_ref("contact")), statements_count=_COUNT, acts=counts, families=counts,
            statements=_many(_object(id=text, act={"enum": list(get_args(Act))},
                                     family={"enum": list(get_args(Family))}, toward=many, together_with=many,
                                     source=_ref("telling"))),
            promises_count=_COUNT, promises=_many(_ref("pledge")),
        ),
        "digest": _object(
            since=_ISO, until=day, side=maybe, **{"with": maybe}, limit=_COUNT, counts=counts, issuers=counts,
            documents=_many(_object(document=text, name=text, title=maybe, date=_ISO, issuer=maybe, url=maybe)),
            met=_many(_object(**fresh)), planned=_many(_object(**fresh)), cut=_FLAG, promises=_many(_ref("pledge")),
            labels=_many(_object(between=place, kind=text, before=maybe, source=_ref("telling"))),
            occurrences=_many(_object(kind={"enum": list(get_args(OccurrenceKind))}, states=many, asserted_by=many,
                                      date=maybe, source=_ref("telling"))),
            changes=_or_null(_object(documents=_COUNT, promises=_many(_object(**changed)),
                                     phrases=_many(_object(**phrase)))),
            followable=_or_null(_COUNT),
        ),
        "page_links": _page(_object(one=place, other=place, joined=_FLAG, reviewer=text, at=text, reason=text)),
    }  # fmt: skip


def _page(item: dict[str, Any]) -> dict[str, Any]:
    return _object(total=_COUNT, limit=_COUNT, offset=_COUNT, next=_or_null(_TEXT), items=_many(item))
