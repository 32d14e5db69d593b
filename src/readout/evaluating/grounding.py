"""What of a prediction may be scored: items of the right shape with true spans. The rest is counted and left out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from readout.evaluating.gold import KINDS, OPTIONAL_SPANS, SPAN_FIELD, Item
from readout.evaluating.words import WordIndex

_ACTORS_FIELD = {"encounters": "participants", "statements": "speakers"}
_IDS_FIELD = {"commitments": "promisor", "relations": "between", "occurrences": "states"}
_TEXT_FIELDS = ("kind", "status", "act", "attribution", "date", "strength")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorable:
    """The items of one prediction that can be scored, and how many could not."""

    items: Mapping[str, list[Item]]
    ungrounded: int
    malformed: int


def scorable(record: Any, index: WordIndex) -> Scorable:
    """Sort the items of a predicted record: whatever the JSON holds, this answers and never raises."""
    items: dict[str, list[Item]] = {kind: [] for kind in KINDS}
    ungrounded = malformed = 0
    if not isinstance(record, Mapping):
        return Scorable(items=items, ungrounded=0, malformed=1)
    for kind in KINDS:
        found = record.get(kind) or ()
        if not isinstance(found, list | tuple):
            malformed += len(found) if isinstance(found, str | dict) else 1
            continue
        for item in found:
            if not _well_formed(kind, item):
                malformed += 1
            elif not _has_true_spans(kind, item, index):
                ungrounded += 1
            else:
                items[kind].append(item)
    return Scorable(items=items, ungrounded=ungrounded, malformed=malformed)


def ids_in(value: Any) -> set[Any]:
    """The ids in a field that the shape does not check, such as ``toward``."""
    if not isinstance(value, list | tuple | str | dict):
        return set()
    return {x for x in value if isinstance(x, Hashable)}


def _has_true_spans(kind: str, item: Item, index: WordIndex) -> bool:
    return index.is_grounded(item.get(SPAN_FIELD[kind])) and all(
        item.get(field) is None or index.is_grounded(item[field]) for field in OPTIONAL_SPANS
    )


def _well_formed(kind: str, item: Any) -> bool:
    if not isinstance(item, dict):
        return False
    if kind in _ACTORS_FIELD and not _are_actors(item.get(_ACTORS_FIELD[kind])):
        return False
    if kind in _IDS_FIELD:
        ids = item.get(_IDS_FIELD[kind]) or ()
        if not isinstance(ids, list | tuple | str | dict) or not all(isinstance(x, str) for x in ids):
            return False
    return all(isinstance(item.get(field), str | None) for field in _TEXT_FIELDS)


def _are_actors(actors: Any) -> bool:
    if not actors:
        return True
    return isinstance(actors, list | tuple) and all(
        isinstance(actor, dict)
        and (not actor.get("person") or isinstance(actor["person"], str))
        and isinstance(actor.get("of"), Hashable)
        for actor in actors
    )
