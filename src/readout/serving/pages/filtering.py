"""Filters as a page asks for them: read from its address, shown as fields, told in words, handed on to REST."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from readout.exporting.wording import OFFICE_WORDS, day_words, name_of, spaced
from readout.knowing import side_named
from readout.records import FAMILY
from readout.records.items import EncounterKind, OccurrenceKind, RelationKind, Status, Strength
from readout.serving.bounds import MOST_VALUES
from readout.serving.house import House

MOST_CHARS = 400
Asked = dict[str, tuple[str, ...]]
"""What is asked for: values by filter, only those that are given."""

_WORDS: dict[str, tuple[str, str]] = {
    "text": ("Words", 'all of them; "several together"; begin* as a beginning'),
    "side": ("Side", "China or CHN; several with ;"),
    "with": ("With", "the other side"),
    "person": ("Person", "a whole word of the name"),
    "issuer": ("Published by", "a state or a name"),
    "since": ("From", ""),
    "until": ("To", ""),
    "code": ("Event code", "05 (CAMEO), CONSULT (PLOVER)"),
    "act": ("Act", ""),
    "family": ("Family of acts", ""),
    "kind": ("Kind", ""),
    "status": ("Status", ""),
    "strength": ("Strength", ""),
    "office": ("Office", ""),
}
_KINDS: dict[str, Any] = {
    "encounters": EncounterKind, "exchanges": EncounterKind, "relations": RelationKind, "occurrences": OccurrenceKind,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One filter as a form shows it; ``choices`` (value, words, whether chosen) are empty where it is typed."""

    name: str
    label: str
    hint: str
    type: str
    value: str
    choices: tuple[tuple[str, str, bool], ...] = ()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The words of what is chosen."""
        return tuple(words for _, words, is_chosen in self.choices if is_chosen)


def asked_of(query: QueryParams, names: Sequence[str], rename: Mapping[str, str] | None = None) -> Asked:
    """What an address asks for by these filters; empty values are left out, typed lists are cut at ``;``.

    Args:
        rename: the parameter of a filter where it has another name.
    """
    out: Asked = {}
    for name in names:
        given = query.getlist((rename or {}).get(name, name))
        if name == "text":
            values = [given[0].strip()] if given and given[0].strip() else []
        else:
            values = [v.strip() for one in given for v in one.split(";")]
        kept = tuple(dict.fromkeys(v[:MOST_CHARS] for v in values if v))[:MOST_VALUES]
        if kept:
            out[name] = kept
    return out


def filters_of(asked: Asked) -> dict[str, Any]:
    """The same as ``readout.querying.find`` takes it."""
    one = ("text", "since", "until")
    return {("with_" if n == "with" else n): v[0] if n in one else v for n, v in asked.items()}


def address(path: str, asked: Asked, rename: Mapping[str, str] | None = None, **more: Any) -> str:
    """The address that asks for this; what is None is left out."""
    pairs = [(k, str(v)) for k, v in more.items() if v is not None]
    pairs += [((rename or {}).get(n, n), v) for n, values in asked.items() for v in values]
    return f"{path}?{urlencode(pairs, errors='replace')}" if pairs else path


def fields_of(kind: str, names: Sequence[str], asked: Asked, rename: Mapping[str, str] | None = None) -> list[Field]:
    """The fields of a form for these filters, in the order in which they are shown."""
    out = []
    for name, (label, hint) in _WORDS.items():
        if name not in names:
            continue
        values = asked.get(name, ())
        choices = tuple((value, words, value in values) for value, words in _choices(kind, name))
        out.append(
            Field(
                name=(rename or {}).get(name, name), label=label, hint=hint, value="; ".join(values), choices=choices,
                type="date" if name in ("since", "until") else "search" if name == "text" else "text",
            )
        )  # fmt: skip
    return out


def told_of(
    house: House, path: str, asked: Asked, rename: Mapping[str, str] | None = None, **more: Any
) -> list[tuple[str, str, str]]:
    """Each value that is asked for: its filter, the value in words, and the address without it."""
    out = []
    for name, values in asked.items():
        for value in values:
            rest = {n: tuple(x for x in v if (n, x) != (name, value)) for n, v in asked.items()}
            out.append((_WORDS[name][0], _told(house, name, value), address(path, rest, rename, **more)))
    return out


def unknown_sides(asked: Asked) -> list[str]:
    """What is given as a side but called so by no state or organisation that is known."""
    return [v for name in ("side", "with") for v in asked.get(name, ()) if side_named(v) is None]


def _told(house: House, name: str, value: str) -> str:
    if name in ("side", "with", "issuer"):
        code = side_named(value)
        return f"{name_of(code, house.name_of)} ({code})" if code else value
    if name in ("since", "until"):
        try:
            return day_words(date.fromisoformat(value))
        except ValueError:
            return value
    if name == "office":
        return OFFICE_WORDS.get(value, value)
    return value if name in ("text", "person", "code") else spaced(value)


def _choices(kind: str, name: str) -> list[tuple[str, str]]:
    if name == "office":
        return list(OFFICE_WORDS.items())
    values: Sequence[str] = ()
    if name == "act":
        values = tuple(FAMILY)
    elif name == "family":
        values = tuple(dict.fromkeys(FAMILY.values()))
    elif name == "kind":
        values = get_args(_KINDS[kind])
    elif name == "status":
        values = get_args(Status)
    elif name == "strength":
        values = get_args(Strength)
    return [(v, spaced(v)) for v in values]
