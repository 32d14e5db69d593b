"""The vocabulary of filters: which there are, which kinds they fit, which values they take."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, get_args

from readout.errors import QueryRefused, RecordError
from readout.records import FAMILY, OFFICES, typed_day
from readout.records.items import EncounterKind, OccurrenceKind, RelationKind, Status, Strength
from readout.storing import Phrase

KINDS = ("encounters", "statements", "commitments", "relations", "occurrences", "documents")
_ALWAYS = frozenset({"since", "until", "issuer", "text"})
FILTERS_OF: dict[str, frozenset[str]] = {
    "encounters": _ALWAYS | {"side", "with", "person", "office", "kind", "status", "code"},
    "statements": _ALWAYS | {"side", "with", "person", "office", "act", "family", "code"},
    "commitments": _ALWAYS | {"side", "with", "person", "office", "strength"},
    "relations": _ALWAYS | {"side", "with", "kind"},
    "occurrences": _ALWAYS | {"side", "kind"},
    "documents": _ALWAYS | {"side", "with", "person", "office"},
}
_VALUES: dict[str, frozenset[str]] = {
    "office": OFFICES,
    "act": frozenset(FAMILY),
    "family": frozenset(FAMILY.values()),
    "strength": frozenset(get_args(Strength)),
    "status": frozenset(get_args(Status)),
}
_KIND_VALUES: dict[str, frozenset[str]] = {
    "encounters": frozenset(get_args(EncounterKind)),
    "relations": frozenset(get_args(RelationKind)),
    "occurrences": frozenset(get_args(OccurrenceKind)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is looked for. Filters narrow each other; several values of one filter widen it.

    Args:
        side: states or organisations, by code (KAZ) or name (Kazakhstan), whose item it is: who takes part, speaks,
            promises, stands in the relation.
        with_: the other side: takes part too, is spoken to, is promised to, stands on the other end.
        person: a name or a whole word of it, without regard to case and diacritics.
        since, until: days, both included; a month or a year stands for its first and its last. Of an encounter or
            occurrence its own date, else its document's.
        code: a CAMEO code, which holds those below it (05 holds 051), or a PLOVER category such as SUPPORT.
        issuer: the state or organisation that published it, or the publisher's whole name.
        text: words that must all occur; "words in quotation marks" together; ``word*`` as a beginning.
    """

    side: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    strength: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    text: str | None = None

    @classmethod
    def of(cls, values: dict[str, Any]) -> Filters:
        """The filters of a mapping; one value or several for each, dates as ISO text or dates, ``with`` or ``with_``.

        Raises:
            QueryRefused: an unknown filter, or a value of another type.
        """
        known = {f.name for f in fields(cls)}
        out: dict[str, Any] = {}
        for given, value in values.items():
            name = "with_" if given == "with" else given
            if name not in known:
                told = ", ".join(sorted(n.rstrip("_") for n in known))
                raise QueryRefused(f"there is no filter {given[:40]!r}; use one of: {told}", filter=given[:40])
            if value is None or value == ():
                continue
            if name in ("since", "until"):
                out[name] = _day(name, value)
            elif name == "text":
                out[name] = _word(name, value)
            else:
                many = (value,) if isinstance(value, str) else value
                if not isinstance(many, list | tuple | set | frozenset):
                    raise QueryRefused(f"{given} is {type(value).__name__}; give a text, or a list of texts")
                out[name] = tuple(_word(given, v) for v in many)
        return cls(**out)

    def check(self, kind: str) -> None:
        """See that ``kind`` is one, that every filter fits it, and that every value is one that exists.

        Raises:
            QueryRefused: which filter, and what may be used.
        """
        if kind not in KINDS:
            raise QueryRefused(f"there is no kind {kind[:40]!r}; use one of: {', '.join(KINDS)}", kind=kind[:40])
        for f in fields(self):
            value, name = getattr(self, f.name), f.name.rstrip("_")
            if value in ((), None):
                continue
            if name not in FILTERS_OF[kind]:
                told = ", ".join(sorted(FILTERS_OF[kind]))
                raise QueryRefused(f"{kind} have no filter {name!r}; use one of: {told}", filter=name)
            allowed = _KIND_VALUES.get(kind) if name == "kind" else _VALUES.get(name)
            if name == "code":
                for one in value:
                    _check_code(one)
            for one in value if allowed is not None else ():
                if allowed is not None and one not in allowed:
                    told = ", ".join(sorted(allowed))
                    raise QueryRefused(f"{name} {one[:40]!r} is not known; use one of: {told}", filter=name)


def _check_code(code: str) -> None:
    from readout.coding import cameo_codes, plover_categories  # only here: most questions ask for no code

    if not any(known.startswith(code) for known in cameo_codes()) and code.upper() not in plover_categories():
        told = ", ".join(sorted(plover_categories()))
        raise QueryRefused(f"code {code[:40]!r} is not known; use a CAMEO code such as 05 or 051, or one of: {told}")


def _word(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise QueryRefused(f"{name} is empty or no text; give a text, or leave it out")
    return value.encode("utf-8", "replace").decode("utf-8")


def _day(name: str, value: Any) -> date:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if not isinstance(value, str):
        raise QueryRefused(f"{name} is {type(value).__name__}; give a text such as 2024-05-17, or a date")
    try:
        return typed_day(value, last=name == "until")
    except RecordError as error:
        raise QueryRefused(f"{name} {error.message}") from error


def searched(text: str) -> tuple[Phrase, ...]:
    """The phrases that a search looks for, each with whether its last word is only a beginning.

    Raises:
        QueryRefused: there is no word in it.
    """
    out: list[Phrase] = []
    for n, piece in enumerate(text.replace("\0", " ").replace("“", '"').replace("”", '"').split('"')):
        for phrase in [piece] if n % 2 else piece.split():
            if any(c.isalnum() for c in phrase):
                out.append((phrase.rstrip("*"), phrase.endswith("*") and not n % 2))
    if not out:
        raise QueryRefused("there is no word to look for; give at least one word of the text")
    if len(out) > 32:
        raise QueryRefused(f"{len(out)} words are looked for at once; give at most 32")
    return tuple(out)
