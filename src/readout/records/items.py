"""The five kinds of items of a record, as RECORD.md defines them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from readout.errors import RecordError
from readout.records.actors import Actor, Participant
from readout.records.dates import DateInterval
from readout.records.spans import Span

EncounterKind = Literal[
    "phone_call", "video_call", "meeting", "visit", "message", "multilateral", "signing", "briefing"
]
Status = Literal["reported", "past", "planned"]
Attribution = Literal["explicit", "continued", "issuer"]
Act = Literal[
    "discuss",
    "inform",
    "assess",
    "affirm",
    "commit",
    "offer",
    "request",
    "demand",
    "warn",
    "support",
    "thank",
    "congratulate",
    "condole",
    "concern",
    "criticise",
    "reject",
    "agree",
]
Strength = Literal["firm", "willing"]
RelationKind = Literal[
    "strategic_partnership", "partnership", "alliance", "neighbour", "diplomatic_relations", "dispute", "war"
]
OccurrenceKind = Literal[
    "attack",
    "hostilities",
    "unrest",
    "disaster",
    "death",
    "mourning",
    "political_change",
    "sanctions",
    "agreement_in_force",
    "arms",
    "detention",
]
FAMILY: dict[str, str] = {
    "discuss": "agenda",
    "inform": "assertive",
    "assess": "assertive",
    "affirm": "assertive",
    "commit": "commissive",
    "offer": "commissive",
    "request": "directive",
    "demand": "directive",
    "warn": "directive",
    "support": "positive",
    "thank": "positive",
    "congratulate": "positive",
    "condole": "positive",
    "concern": "negative",
    "criticise": "negative",
    "reject": "negative",
    "agree": "declarative",
}


_ALLOWED: dict[str, tuple[str, ...]] = {
    "encounter kind": get_args(EncounterKind), "encounter status": get_args(Status),
    "attribution": get_args(Attribution), "act": get_args(Act), "strength": get_args(Strength),
    "relation kind": get_args(RelationKind), "occurrence kind": get_args(OccurrenceKind),
}  # fmt: skip


def _check(value: str, what: str) -> None:
    names = _ALLOWED[what]
    if value not in names:
        raise RecordError(f"{what} {value!r} is not known; use one of: {', '.join(names)}", value=value)


def _span(span: Span | None) -> list[int] | None:
    return span.to_json() if span else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How far an item is to be trusted, in (0, 1], and the reason that weighed most."""

    value: float
    reason: str

    def __post_init__(self) -> None:
        if not 0.0 < self.value <= 1.0:
            raise RecordError(f"confidence {self.value} is outside (0, 1]")

    def to_json(self) -> dict[str, Any]:
        """``{"value", "reason"}``; the value rounded to two places."""
        return {"value": round(self.value, 2), "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """An exchange between actors, or one official speaking to the public.

    ``date_words`` is the span the date was read from; None where it follows from the document's own date.
    """

    id: str
    kind: str
    status: str
    participants: tuple[Participant, ...]
    evidence: Span
    date: DateInterval | None = None
    date_words: Span | None = None
    place: str | None = None
    place_words: Span | None = None
    confidence: Confidence
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.kind, "encounter kind")
        _check(self.status, "encounter status")
        if not self.participants:
            raise RecordError("an encounter needs at least one participant")

    def to_json(self) -> dict[str, Any]:
        """The fields of RECORD.md, then ``id``, ``date_words``, ``confidence`` and ``why``."""
        return {
            "id": self.id,
            "kind": self.kind,
            "status": self.status,
            "participants": [p.to_json() for p in self.participants],
            "date": self.date.iso() if self.date else None,
            "date_interval": [self.date.start.isoformat(), self.date.end.isoformat(), self.date.precision]
            if self.date
            else None,
            "date_words": _span(self.date_words),
            "place": self.place,
            "place_words": _span(self.place_words),
            "evidence": self.evidence.to_json(),
            "confidence": self.confidence.to_json(),
            "why": list(self.why),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One speaker, one proposition or speech act, said, written or conveyed."""

    id: str
    speakers: tuple[Actor, ...]
    attribution: str
    content: Span
    act: str
    cue: Span | None = None
    toward: tuple[str, ...] = ()
    via: Span | None = None
    continues: str | None = None
    confidence: Confidence
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.attribution, "attribution")
        _check(self.act, "act")
        if not self.speakers:
            raise RecordError("a statement needs a speaker; what nobody says is not a statement")

    @property
    def family(self) -> str:
        """The family of the act (``agenda``, ``assertive``, ``commissive``, ...)."""
        return FAMILY[self.act]

    def to_json(self) -> dict[str, Any]:
        """The fields of RECORD.md, then ``id``, ``continues``, ``confidence`` and ``why``."""
        return {
            "id": self.id,
            "speakers": [a.to_json() for a in self.speakers],
            "attribution": self.attribution,
            "cue": _span(self.cue),
            "content": self.content.to_json(),
            "act": self.act,
            "toward": list(self.toward),
            "via": _span(self.via),
            "continues": self.continues,
            "confidence": self.confidence.to_json(),
            "why": list(self.why),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a side said it will do, or will not do; ``statement`` is the id of the statement it is drawn from."""

    id: str
    statement: str
    promisor: tuple[str, ...]
    action: Span
    strength: str
    refrain: bool = False
    beneficiary: tuple[str, ...] = ()
    deadline: Span | None = None
    condition: Span | None = None
    confidence: Confidence
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.strength, "strength")
        if not self.promisor:
            raise RecordError("a commitment needs a promisor")

    def to_json(self) -> dict[str, Any]:
        """The fields of RECORD.md, then ``id``, ``statement``, ``confidence`` and ``why``."""
        return {
            "id": self.id,
            "statement": self.statement,
            "promisor": list(self.promisor),
            "beneficiary": list(self.beneficiary),
            "action": self.action.to_json(),
            "strength": self.strength,
            "refrain": self.refrain,
            "deadline": _span(self.deadline),
            "condition": _span(self.condition),
            "confidence": self.confidence.to_json(),
            "why": list(self.why),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A standing relation of two states, or a state and an organisation, that the document asserts."""

    id: str
    between: tuple[str, str]
    kind: str
    label: Span
    confidence: Confidence
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.kind, "relation kind")
        if self.between[0] == self.between[1]:
            raise RecordError(f"a relation needs two different parties; both are {self.between[0]!r}")

    def to_json(self) -> dict[str, Any]:
        """The fields of RECORD.md, then ``id``, ``confidence`` and ``why``."""
        return {
            "id": self.id,
            "between": list(self.between),
            "kind": self.kind,
            "label": self.label.to_json(),
            "confidence": self.confidence.to_json(),
            "why": list(self.why),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Something that happened in the world beyond the exchange of words, as the text tells it."""

    id: str
    kind: str
    span: Span
    states: tuple[str, ...] = ()
    date: DateInterval | None = None
    asserted_by: tuple[str, ...] = ("document",)
    confidence: Confidence
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.kind, "occurrence kind")

    def to_json(self) -> dict[str, Any]:
        """The fields of RECORD.md, then ``id``, ``confidence`` and ``why``."""
        return {
            "id": self.id,
            "kind": self.kind,
            "states": list(self.states),
            "date": self.date.iso() if self.date else None,
            "span": self.span.to_json(),
            "asserted_by": list(self.asserted_by),
            "confidence": self.confidence.to_json(),
            "why": list(self.why),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """Words that name somebody or some day, and why they could not be resolved: not knowing is an answer."""

    span: Span
    what: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """``{"span", "what", "reason"}``."""
        return {"span": self.span.to_json(), "what": self.what, "reason": self.reason}
