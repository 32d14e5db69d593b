"""Loads the curated tables and checks each against its schema; the tables hold the language, the code only rules."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from readout.errors import LexiconError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table: its type, whether it is required, and the values allowed (for lists: of each element)."""

    type: type
    required: bool = False
    allowed: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A loaded table: its entries in file order, and the digest that every record remembers."""

    name: str
    entries: tuple[Mapping[str, Any], ...]
    digest: str


def parse_table(name: str, text: str, key: str, fields: Mapping[str, Field]) -> Table:
    """The table of a YAML list; ``key`` is the field that must be unique.

    Raises:
        LexiconError: not a list, an unknown or missing field, a wrong type or value, a duplicate; the message names
            file, entry and remedy.
    """
    try:
        data = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise LexiconError(f"{name}: not readable as YAML: {error}; mend the file", file=name) from error
    if not isinstance(data, list):
        raise LexiconError(f"{name}: a table is a list of entries; found {type(data).__name__}", file=name)
    seen: dict[str, int] = {}
    for number, entry in enumerate(data, 1):
        _check(name, number, entry, key, fields)
        identity = str(entry[key])
        if identity in seen:
            raise LexiconError(
                f"{name}, entry {number} {identity!r}: already entry {seen[identity]}; merge the two",
                file=name,
                entry=number,
            )
        seen[identity] = number
    return Table(name, tuple(data), _digest(text))


def _check(name: str, number: int, entry: Any, key: str, fields: Mapping[str, Field]) -> None:
    if not isinstance(entry, dict) or key not in entry:
        raise LexiconError(f"{name}, entry {number}: needs a field {key!r}", file=name, entry=number)
    where = f"{name}, entry {number} {entry[key]!r}"
    for field, value in entry.items():
        rule = fields.get(field)
        if rule is None:
            raise LexiconError(
                f"{where}: field {field!r} is not known; use one of: {', '.join(sorted(fields))}",
                file=name,
                entry=number,
            )
        if not isinstance(value, rule.type):
            raise LexiconError(
                f"{where}: field {field!r} is {type(value).__name__}; it must be {rule.type.__name__}",
                file=name,
                entry=number,
            )
        values = value if isinstance(value, list) else [value]
        for v in values:
            if rule.allowed is not None and v not in rule.allowed:
                raise LexiconError(
                    f"{where}: {field} {v!r} is not known; use one of: {', '.join(sorted(rule.allowed))}",
                    file=name,
                    entry=number,
                )
    missing = [f for f, rule in fields.items() if rule.required and f not in entry]
    if missing:
        raise LexiconError(f"{where}: lacks {', '.join(missing)}; add it", file=name, entry=number)


def read_file(name: str) -> str:
    """The text of the data file ``name``.

    Raises:
        LexiconError: there is no such file in the package.
    """
    try:
        return files("readout.lexicons").joinpath("data", name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise LexiconError(f"{name}: no such lexicon; reinstall the package", file=name) from error


@cache
def load(name: str) -> Table:
    """The table ``name`` (``cues``, ``titles``, ...), checked against its schema in ``readout.lexicons.schemas``."""
    from readout.lexicons.schemas import SCHEMAS

    key, fields = SCHEMAS[name]
    return parse_table(f"{name}.yaml", read_file(f"{name}.yaml"), key, fields)


def digests() -> dict[str, str]:
    """The digest of every table, by name; the files are hashed, not parsed."""
    from readout.lexicons.schemas import SCHEMAS

    return {name: _digest(read_file(f"{name}.yaml")) for name in sorted(SCHEMAS)}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=8).hexdigest()
