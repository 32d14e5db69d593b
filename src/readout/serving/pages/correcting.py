"""From the fields of a form to a correction of the reviewer's layer, and from an item to the fields of its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, get_args

from starlette.datastructures import FormData

from readout.errors import ReadoutError, RecordError, RequestRefused
from readout.exporting.annotations import MAIN_FIELD
from readout.exporting.arranging import Item, evidence_of
from readout.knowing import side_named
from readout.records import FAMILY, Record, Span
from readout.records.actors import Office, Part
from readout.records.items import Attribution, EncounterKind, OccurrenceKind, RelationKind, Status, Strength
from readout.reviewing import Correction, place_of, quote_of
from readout.serving.pages.forms import field, several, words

SOURCE = "the page"
OFFICES: tuple[str, ...] = get_args(Office)
PARTS: tuple[str, ...] = get_args(Part)
_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,14}")
_MOST_ACTORS = 20


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: its name in the record, how it is asked for, and the values it may have."""

    name: str
    label: str
    how: str
    values: tuple[str, ...] = ()
    hint: str = ""


_CODES = "codes or names, with a comma between them"
_FORMS: dict[str, tuple[Field, ...]] = {
    "encounters": (
        Field("kind", "Kind", "choice", get_args(EncounterKind)),
        Field("status", "Status", "choice", get_args(Status)),
        Field("date", "Date", "line", hint="2022-01-10, 2022-01 or 2022"),
        Field("place", "Place", "line"),
        Field("participants", "Who took part", "actors", PARTS),
    ),
    "statements": (
        Field("act", "Act", "choice", tuple(FAMILY)),
        Field("attribution", "Attribution", "choice", get_args(Attribution)),
        Field("speakers", "Who speaks", "actors"),
        Field("toward", "Toward", "codes", hint=_CODES),
        Field("cue", "Reporting words", "words"),
    ),
    "commitments": (
        Field("strength", "Strength", "choice", get_args(Strength)),
        Field("refrain", "A promise not to do it", "flag"),
        Field("promisor", "Who promises", "codes", hint=_CODES),
        Field("beneficiary", "For or with whom", "codes", hint=_CODES),
        Field("deadline", "Words of the deadline", "words"),
        Field("condition", "Words of the condition", "words"),
    ),
    "relations": (
        Field("kind", "Kind", "choice", get_args(RelationKind)),
        Field("between", "Between", "codes", hint="two " + _CODES),
    ),
    "occurrences": (
        Field("kind", "Kind", "choice", get_args(OccurrenceKind)),
        Field("states", "Where or whose", "codes", hint=_CODES),
        Field("date", "Date", "line", hint="2022-01-10, 2022-01 or 2022"),
        Field("asserted_by", "Told by", "codes", hint="codes, or the word document"),
    ),
}


def fields_of(kind: str, item: Item | None, record: Record) -> list[dict[str, Any]]:
    """What the form of an item asks for, with the values as they are; of a new one, empty."""
    data = item.to_json() if item is not None else {}
    out = []
    for one in _FORMS[kind]:
        now = data.get(one.name)
        if one.how == "words":
            now = Span(*now).of(record.text) if now else ""
        elif one.how == "codes":
            now = ", ".join(now or ())
        out.append({"field": one, "now": now if now is not None else "" if one.how != "actors" else []})
    return out


def correction_of(form: FormData, record: Record, kind: str, item: Item, at: str) -> Correction:
    """The correction that a form sent about an item: only what differs from ``item`` is in it.

    Raises:
        RequestRefused: 422, a field has a value that is not known, or nothing was changed.
    """
    action = field(form, "action") or "change"
    main = quote_of(record.text, evidence_of(item))
    made: dict[str, Any] = {"kind": kind, "item": item.id, "main": main, "reviewer": reviewer_of(form), "at": at,
                            "source": SOURCE}  # fmt: skip
    if action == "confirm":
        return Correction(action="change", **made)
    if action == "reject":
        return Correction(action="reject", **made)
    if action != "change":
        raise RequestRefused("the action is confirm, reject or change", status=422)
    data = item.to_json()
    values, parts = _given(form, record, kind, evidence_of(item).start)
    values = {n: v for n, v in values.items() if v != _comparable(n, data.get(n))}
    quotes = {n: quote_of(record.text, s) if s else None for n, s in parts.items()
              if (s.to_json() if s else None) != data.get(n or MAIN_FIELD[kind])}  # fmt: skip
    if not values and not quotes:
        raise RequestRefused("nothing was changed; press “Right as it is” to confirm the item", status=422)
    return Correction(action="change", values=values, parts=quotes, **made)


def addition_of(form: FormData, record: Record, kind: str, at: str) -> Correction:
    """The item that a form adds; its words are quoted.

    Raises:
        RequestRefused: 422, the words are not in the text or in several places, or a field is missing.
    """
    near = field(form, "start")
    values, parts = _given(form, record, kind, int(near) if near.isdecimal() and len(near) < 10 else None)
    place = parts.pop("")
    if place is None:
        raise RequestRefused("quote the words of the text that the item is about", status=422)
    return Correction(
        kind=kind, action="add", main=quote_of(record.text, place), reviewer=reviewer_of(form), at=at, source=SOURCE,
        values={n: v for n, v in values.items() if v not in (None, [], "")},
        parts={n: quote_of(record.text, s) for n, s in parts.items() if s},
    )  # fmt: skip


def reviewer_of(form: FormData) -> str:
    """Who reviews.

    Raises:
        RequestRefused: 422, nobody is named.
    """
    if not (name := field(form, "reviewer", 200)):
        raise RequestRefused("say who you are: a correction is kept with its reviewer's name", status=422)
    return name


def _given(
    form: FormData, record: Record, kind: str, near: int | None
) -> tuple[dict[str, Any], dict[str, Span | None]]:
    """The values of a form and the places of its quotations; a field that was not sent is not there."""
    values: dict[str, Any] = {}
    parts: dict[str, Span | None] = {"": _place(form, "words", record, near)}
    around = parts[""].start if parts[""] else near
    for one in _FORMS[kind]:
        name = one.name
        if one.how == "actors":
            values[name] = _actors(form, bool(one.values))
        elif one.how == "flag":
            values[name] = field(form, name) == "yes"
        elif name not in form:
            continue
        elif one.how == "words":
            parts[name] = _place(form, name, record, around)
        elif one.how == "codes":
            values[name] = [code(value) for value in re.split(r"[,;\n]", field(form, name)) if value.strip()]
        elif one.how == "choice" and field(form, name) not in one.values:
            raise RequestRefused(f"{name} is one of: {', '.join(one.values)}", status=422)
        else:
            values[name] = field(form, name, 400) or None
    return values, parts


def _place(form: FormData, name: str, record: Record, near: int | None) -> Span | None:
    given = words(form, name)
    if not given.strip():
        return None
    try:
        return place_of(record.text, given, near)
    except RecordError as error:
        raise RequestRefused(f"{name}: {error.message}", status=422) from error


def _actors(form: FormData, with_part: bool) -> list[dict[str, Any]]:
    """The rows of actors that say something; a part where the item has parts."""
    columns = [several(form, name) for name in ("person", "office", "of", "part")]
    out = []
    for n in range(min(_MOST_ACTORS, max(map(len, columns)))):
        person, office, of, part = (column[n] if n < len(column) else "" for column in columns)
        if not (person or office or of):
            continue
        if office and office not in OFFICES:
            raise RequestRefused(f"office is one of: {', '.join(OFFICES)}", status=422)
        row = {"person": person or None, "office": office or None, "of": code(of) if of else None}
        if with_part:
            row["part"] = part if part in PARTS else "participant"
        out.append(row)
    return out


def _comparable(name: str, now: Any) -> Any:
    """A value of the record as a form gives it: actors without how they were resolved."""
    if isinstance(now, list) and now and isinstance(now[0], dict):
        keys = ("person", "office", "of", *(("part",) if name == "participants" else ()))
        return [{key: row.get(key) for key in keys} for row in now]
    return now


def code(value: str) -> str:
    """The code of a state or organisation that was given by code or name.

    Raises:
        RequestRefused: 422, it is neither.
    """
    value = " ".join(value.split())
    if value.lower() == "document":
        return "document"
    if found := side_named(value):
        return found
    if _CODE.fullmatch(value.upper()) and (len(value) <= 4 or value.isupper()):
        return value.upper()
    raise RequestRefused(
        f"{value[:60]!r} is no state or organisation that is known; give its code, such as KAZ", status=422
    )


def said(error: ReadoutError) -> RequestRefused:
    """A correction that cannot be kept, as an answer to the form."""
    return RequestRefused(error.message, status=422)
