"""Floors: figures that a gold set has reached and may not fall below, tied to the digest of that gold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from readout.errors import SchemaError, SettingError, SourceMissing
from readout.evaluating.figures import COUNTED, FIGURES, Scores
from readout.evaluating.gold import gold_digest
from readout.reading import open_file

_KEYS = {"gold_digest", "gold", "figures", "lowered"}
_LOWERED_KEYS = {"figure", "from", "to", "why"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The least that each figure must reach; of ``false_alarms``, ``ungrounded``, ``malformed``, ``missing`` the most.

    ``gold`` says in words which files; ``lowered`` keeps every floor that was ever lowered, with its reason.
    """

    gold_digest: str
    figures: Mapping[str, float]
    gold: str = ""
    lowered: tuple[Mapping[str, Any], ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """``{"gold_digest", "gold", "figures", "lowered"}``."""
        return {
            "gold_digest": self.gold_digest,
            "gold": self.gold,
            "figures": dict(self.figures),
            "lowered": [dict(entry) for entry in self.lowered],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A figure on the wrong side of its floor; or, with ``what="not applicable"``, floors that are for another gold."""

    what: Literal["below", "above", "not applicable"]
    figure: str
    floor: float
    value: float
    message: str

    def to_json(self) -> dict[str, Any]:
        """``{"what", "figure", "floor", "value", "message"}``."""
        return {
            "what": self.what,
            "figure": self.figure,
            "floor": self.floor,
            "value": self.value,
            "message": self.message,
        }


def read_floors(path: str | Path) -> Floors:
    """The floors of a JSON file.

    Raises:
        SourceMissing: the file cannot be opened.
        SchemaError: it is not a floors file; the message names the key.
    """
    try:
        with open_file(path) as file:
            text = file.read().decode("utf-8")
    except OSError as error:
        raise SourceMissing(
            f"{path} cannot be read: {error.strerror or error}; check the path", path=str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path}: not UTF-8; a floors file is JSON", path=str(path)) from error
    try:
        data = json.loads(text)
    except ValueError as error:
        raise SchemaError(f"{path}: not JSON: {error}; a floors file is one JSON object", path=str(path)) from error
    problem = _problem(data)
    if problem:
        raise SchemaError(f"{path}: {problem}", path=str(path))
    return Floors(
        gold_digest=data["gold_digest"],
        figures=data["figures"],
        gold=data.get("gold", ""),
        lowered=tuple(data.get("lowered", ())),
    )


def _problem(data: Any) -> str | None:
    if not isinstance(data, dict) or not isinstance(data.get("gold_digest"), str):
        return '"gold_digest" is missing; take it from `readout evaluate GOLD --json`'
    if unknown := sorted(set(data) - _KEYS):
        return f"key {unknown[0]!r} is not known; use one of: {', '.join(sorted(_KEYS))}"
    figures = data.get("figures")
    if not isinstance(figures, dict):
        return '"figures" must be an object of figure and floor'
    for name, floor in figures.items():
        if not isinstance(floor, int | float) or isinstance(floor, bool):
            return f"the floor of {name!r} is {floor!r}; it must be a number"
    lowered = data.get("lowered", [])
    if not isinstance(lowered, list):
        return '"lowered" must be a list'
    for entry in lowered:
        if not isinstance(entry, dict) or set(entry) != _LOWERED_KEYS or not str(entry["why"]).strip():
            return f'an entry of "lowered" needs {", ".join(sorted(_LOWERED_KEYS))}, the reason not empty'
    return None


def check_floors(scores: Scores, floors: Floors, gold: Iterable[Mapping[str, Any]]) -> list[Breach]:
    """Every breach of the floors; an empty list is a pass.

    Floors for another gold cannot be breached: a single entry says ``not applicable``.

    Raises:
        SettingError: the floors name a figure that does not exist.
    """
    digest = gold_digest(gold)
    if digest != floors.gold_digest:
        message = (
            f"the floors are for gold {floors.gold_digest[:12]} {floors.gold}".rstrip()
            + f", this is gold {digest[:12]}: they were not checked"
        )
        return [Breach(what="not applicable", figure="", floor=0.0, value=0.0, message=message)]
    breaches: list[Breach] = []
    for name, floor in floors.figures.items():
        value = scores.figure(name)
        if name in COUNTED and value > floor:
            message = f"{name} is {value:g}, at most {floor:g} is allowed"
            breaches.append(Breach(what="above", figure=name, floor=floor, value=value, message=message))
        elif name not in COUNTED and value < floor:
            message = f"{name} is {value:.4f}, below its floor of {floor:.4f}"
            breaches.append(Breach(what="below", figure=name, floor=floor, value=value, message=message))
    return breaches


def raised(floors: Floors, scores: Scores) -> Floors:
    """The floors with every figure that has been passed set to what was reached. None is ever lowered here."""
    return replace(
        floors,
        figures={
            name: min(floor, scores.figure(name)) if name in COUNTED else max(floor, scores.figure(name))
            for name, floor in floors.figures.items()
        },
    )


def floors_of(scores: Scores, gold: Iterable[Mapping[str, Any]], name: str = "") -> Floors:
    """Floors for a gold that has none yet: every figure as it stands."""
    figures = {figure: scores.figure(figure) for figure in (*FIGURES, *COUNTED)}
    return Floors(gold_digest=gold_digest(gold), figures=figures, gold=name)


def lowered_silently(before: Floors, after: Floors) -> list[str]:
    """The figures of the same gold whose floor fell, or went, without an entry under ``lowered`` that says why."""
    if before.gold_digest != after.gold_digest:
        return []
    new = [entry for entry in after.lowered if entry not in before.lowered]
    told = {entry["figure"] for entry in new}
    silent: list[str] = []
    for name, floor in before.figures.items():
        now = after.figures.get(name)
        fell = now is None or (now > floor if name in COUNTED else now < floor)
        if fell and name not in told:
            silent.append(name)
    return silent


def write_floors(floors: Floors, path: str | Path) -> None:
    """Write a floors file, one figure a line so that a change shows.

    Raises:
        SettingError: the file cannot be written.
    """
    try:
        Path(path).write_text(json.dumps(floors.to_json(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise SettingError(f"{path} cannot be written: {error.strerror or error}; choose another file") from error
