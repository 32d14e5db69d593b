"""Which predicted item is which gold item: the weights of a pair, and the pairing one to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from readout.errors import RecordError
from readout.evaluating.gold import KINDS, Item, gold_items
from readout.evaluating.grounding import Scorable, scorable
from readout.evaluating.persons import sides_of
from readout.evaluating.words import WordIndex

T = TypeVar("T")
Pairs = list[tuple[int, int]]

_CONTENT_OVERLAP = 0.5
_ACTION_OVERLAP = 0.3
_STATES_OVERLAP = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One gold document beside its prediction, with the words of its text at hand."""

    id: str
    index: WordIndex
    gold: Mapping[str, list[Item]]
    said: Scorable
    is_negative: bool
    is_missing: bool
    pairs: dict[str, Pairs] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Mapping[str, Any], predicted: Mapping[str, Any]) -> Case:
        """Lay a gold document beside the prediction that bears its id.

        Raises:
            RecordError: the prediction is of another text, so that its spans mean nothing here.
        """
        record = predicted.get(document["id"], {})
        index = WordIndex(document["text"])
        if isinstance(record, Mapping) and record.get("text") is not None and record["text"] != index.text:
            raise RecordError(
                f"{document['id']}: the predicted record is of another text than the gold; "
                "read the gold's own text, spans count in it as given",
                id=document["id"],
            )
        is_negative = bool(document.get("negative"))
        return cls(
            id=document["id"],
            index=index,
            gold={kind: [] if is_negative else gold_items(document, kind) for kind in KINDS},
            said=scorable(record, index),
            is_negative=is_negative,
            is_missing=document["id"] not in predicted,
        )

    def paired(self, kind: str) -> Pairs:
        """The (gold, predicted) positions that count as one item of ``kind``, best first; found once."""
        if kind not in self.pairs:
            weigh = _WEIGHTS[kind]
            self.pairs[kind] = pair_best(
                self.gold[kind], self.said.items[kind], lambda gold, said: weigh(self.index, gold, said)
            )
        return self.pairs[kind]


def pair_best(gold: Sequence[T], said: Sequence[T], weigh: Callable[[T, T], float]) -> Pairs:
    """Pair one to one, heaviest first; among equals the order of gold, then of prediction; 0 never pairs."""
    weighed = [(weight, i, j) for i, g in enumerate(gold) for j, s in enumerate(said) if (weight := weigh(g, s)) > 0]
    weighed.sort(key=lambda entry: -entry[0])
    free_gold, free_said = set(range(len(gold))), set(range(len(said)))
    pairs: Pairs = []
    for _, i, j in weighed:
        if i in free_gold and j in free_said:
            free_gold.remove(i)
            free_said.remove(j)
            pairs.append((i, j))
    return pairs


def weigh_encounters(index: WordIndex, gold: Item, said: Item) -> float:
    """Above 0 for the same kind, status and sides; more for the same date and for common evidence."""
    if gold["kind"] != said.get("kind") or gold["status"] != said.get("status"):
        return 0.0
    if sides_of(gold["participants"]) != sides_of(said.get("participants")):
        return 0.0
    same_date = bool(gold["date"] == said.get("date"))
    return 1.0 + (0.5 * same_date + index.overlap(gold["evidence"], said["evidence"]))


def weigh_statements(index: WordIndex, gold: Item, said: Item) -> float:
    """The overlap of the contents, where it is half or more and the speakers' sides are the same."""
    overlap = index.overlap(gold["content"], said["content"])
    if overlap < _CONTENT_OVERLAP or sides_of(gold["speakers"]) != sides_of(said.get("speakers")):
        return 0.0
    return overlap


def weigh_commitments_loosely(index: WordIndex, gold: Item, said: Item) -> float:
    """The overlap of the actions, where it is enough and the promisors are the same."""
    overlap = index.overlap(gold["action"], said["action"])
    if overlap < _ACTION_OVERLAP or set(gold["promisor"]) != set(said.get("promisor") or ()):
        return 0.0
    return overlap


def weigh_commitments(index: WordIndex, gold: Item, said: Item) -> float:
    """As loosely, and the same strength and refrain."""
    if gold["strength"] != said.get("strength") or bool(gold["refrain"]) != bool(said.get("refrain")):
        return 0.0
    return weigh_commitments_loosely(index, gold, said)


def weigh_relations(index: WordIndex, gold: Item, said: Item) -> float:
    """Above 0 for the same pair and kind; more for a common label."""
    if relation_key(gold) != relation_key(said):
        return 0.0
    return 1.0 + index.overlap(gold["label"], said["label"])


def weigh_occurrences(index: WordIndex, gold: Item, said: Item) -> float:
    """Above 0 for the same kind and states that agree by half; without any states the words must meet."""
    if gold["kind"] != said.get("kind"):
        return 0.0
    theirs, ours = set(gold["states"]), set(said.get("states") or ())
    overlap: float = index.overlap(gold["span"], said["span"])
    if not theirs and not ours:
        return overlap
    agree = len(theirs & ours) / len(theirs | ours) >= _STATES_OVERLAP
    return 0.1 + overlap if agree else 0.0


def relation_key(relation: Item) -> tuple[tuple[str, ...], str | None]:
    """What makes two relations one: the two parties in any order, and the kind."""
    return tuple(sorted(relation.get("between") or ())), relation.get("kind")


_WEIGHTS: dict[str, Callable[[WordIndex, Item, Item], float]] = {
    "encounters": weigh_encounters,
    "statements": weigh_statements,
    "commitments": weigh_commitments,
    "relations": weigh_relations,
    "occurrences": weigh_occurrences,
}
