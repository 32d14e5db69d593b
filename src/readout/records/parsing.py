"""A record's JSON taken back: every value is of the type its field has, or an error names the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, get_args

from readout.errors import RecordError
from readout.records.actors import Actor, Certainty, Participant
from readout.records.dates import DateInterval, Precision
from readout.records.documents import IssuerKind, Note
from readout.records.items import Commitment, Confidence, Encounter, Occurrence, Relation, Statement, Unresolved
from readout.records.spans import Span

T = TypeVar("T")
Fields = dict[str, Any]
_ISSUERS, _CERTAINTIES, _PRECISIONS = get_args(IssuerKind), get_args(Certainty), get_args(Precision)


def fields_of(data: Fields) -> Fields:
    """What a record is made with, from its JSON.

    Raises:
        KeyError: a field is missing.
        TypeError: a value is of another type than its field.
        RecordError, SpanError: a value that its field does not take.
    """
    return {
        "id": words(data, "id"),
        "text": words(data, "text"),
        "title": perhaps(data, "title"),
        "date": _day(data, "date") if data.get("date") else None,
        "issuer": perhaps(data, "issuer"),
        "issuer_kind": _one_of(perhaps(data, "issuer_kind") or "unknown", _ISSUERS, "issuer_kind"),
        "issuer_of": perhaps(data, "issuer_of"),
        "url": perhaps(data, "url"),
        "encounters": _each(data, "encounters", _encounter),
        "statements": _each(data, "statements", _statement),
        "commitments": _each(data, "commitments", _commitment),
        "relations": _each(data, "relations", _relation),
        "occurrences": _each(data, "occurrences", _occurrence),
        "unresolved": _each(data, "unresolved", _unresolved),
        "notes": _each(data, "notes", _note),
        "made_with": _made_with(data.get("made_with") or {}),
    }


def words(x: Fields, name: str) -> str:
    """The text of a field that has one."""
    value = x[name]
    if type(value) is not str:
        raise _wrong(name, value, "text")
    return value


def perhaps(x: Fields, name: str) -> str | None:
    """The text of a field that may have none."""
    value = x.get(name)
    if value is not None and type(value) is not str:
        raise _wrong(name, value, "text")
    return value


def _wrong(name: str, value: Any, wanted: str) -> TypeError:
    return TypeError(f"{name!r} is to be {wanted}, and is {str(value)[:60]!r} ({type(value).__name__})")


def _list(x: Fields, name: str) -> list[Any]:
    value = x[name]
    if type(value) is not list:
        raise _wrong(name, value, "a list")
    return value


def _each(x: Fields, name: str, made: Callable[[Fields], T]) -> tuple[T, ...]:
    items = _list(x, name)
    for item in items:
        if type(item) is not dict:
            raise _wrong(name, item, "a list of objects")
    return tuple([made(item) for item in items])


def _texts(x: Fields, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    if not x.get(name):
        return default
    values = _list(x, name)
    for value in values:
        if type(value) is not str:
            raise _wrong(name, value, "a list of texts")
    return tuple(values)


def _span(x: Fields, name: str) -> Span:
    value = x[name]
    if type(value) is not list or len(value) != 2 or type(value[0]) is not int or type(value[1]) is not int:
        raise _wrong(name, value, "two whole numbers")
    return Span(value[0], value[1])


def _maybe(x: Fields, name: str) -> Span | None:
    return _span(x, name) if x.get(name) is not None else None


def _one_of(value: str, allowed: tuple[str, ...], name: str) -> Any:
    if value not in allowed:
        raise RecordError(f"{name} {value!r} is not known; use one of: {', '.join(allowed)}", value=value)
    return value


def _day(x: Fields, name: str) -> date:
    return date.fromisoformat(words(x, name))


def _made_with(x: Any) -> dict[str, str]:
    if not isinstance(x, dict) or not all(isinstance(v, str) for v in x.values()):
        raise _wrong("made_with", x, "an object of texts")
    return dict(x)


def _actor(x: Fields) -> Actor:
    return Actor(
        person=perhaps(x, "person"),
        office=perhaps(x, "office"),
        of=perhaps(x, "of"),
        certainty=_one_of(perhaps(x, "certainty") or "known", _CERTAINTIES, "certainty"),
        how=perhaps(x, "how") or "",
    )


def _common(x: Fields) -> Fields:
    told = x["confidence"]
    if not isinstance(told, dict) or type(told["value"]) not in (int, float):
        raise _wrong("confidence", told, "an object with a number and its reason")
    return {
        "id": words(x, "id"),
        "confidence": Confidence(value=told["value"], reason=words(told, "reason")),
        "why": _texts(x, "why"),
    }


def _interval(x: Fields) -> DateInterval | None:
    if x.get("date_interval"):
        parts = _texts(x, "date_interval")
        if len(parts) != 3:
            raise _wrong("date_interval", parts, "two days and a precision")
        start, end = (date.fromisoformat(part) for part in parts[:2])
        precision = _one_of(parts[2], _PRECISIONS, "precision")
        return DateInterval(start=start, end=end, precision=precision)
    return DateInterval.from_iso(words(x, "date")) if x.get("date") else None


def _encounter(x: Fields) -> Encounter:
    return Encounter(
        kind=words(x, "kind"),
        status=words(x, "status"),
        participants=_each(x, "participants", lambda p: Participant(actor=_actor(p), part=words(p, "part"))),
        evidence=_span(x, "evidence"),
        date=_interval(x),
        date_words=_maybe(x, "date_words"),
        place=perhaps(x, "place"),
        place_words=_maybe(x, "place_words"),
        **_common(x),
    )


def _statement(x: Fields) -> Statement:
    return Statement(
        speakers=_each(x, "speakers", _actor),
        attribution=words(x, "attribution"),
        content=_span(x, "content"),
        act=words(x, "act"),
        cue=_maybe(x, "cue"),
        toward=_texts(x, "toward"),
        via=_maybe(x, "via"),
        continues=perhaps(x, "continues"),
        **_common(x),
    )


def _commitment(x: Fields) -> Commitment:
    if type(x["refrain"]) is not bool:
        raise _wrong("refrain", x["refrain"], "true or false")
    return Commitment(
        statement=words(x, "statement"),
        promisor=_texts(x, "promisor"),
        action=_span(x, "action"),
        strength=words(x, "strength"),
        refrain=x["refrain"],
        beneficiary=_texts(x, "beneficiary"),
        deadline=_maybe(x, "deadline"),
        condition=_maybe(x, "condition"),
        **_common(x),
    )


def _relation(x: Fields) -> Relation:
    between = _texts(x, "between")
    if len(between) != 2:
        raise RecordError(f"a relation is between two parties; found {len(between)}")
    return Relation(between=(between[0], between[1]), kind=words(x, "kind"), label=_span(x, "label"), **_common(x))


def _occurrence(x: Fields) -> Occurrence:
    return Occurrence(
        kind=words(x, "kind"),
        span=_span(x, "span"),
        states=_texts(x, "states"),
        date=DateInterval.from_iso(words(x, "date")) if x.get("date") else None,
        asserted_by=_texts(x, "asserted_by", ("document",)),
        **_common(x),
    )


def _unresolved(x: Fields) -> Unresolved:
    return Unresolved(span=_span(x, "span"), what=words(x, "what"), reason=words(x, "reason"))


def _note(x: Fields) -> Note:
    return Note(code=words(x, "code"), message=words(x, "message"), span=_maybe(x, "span"))
