"""The errors themselves: what was missed, what is extra, what was found but differs, with the words of the text.

The figures count a statement with a wrong speaker as one missed and one extra. A reader learns more from seeing
the two side by side, so items that meet in the text are laid beside each other here even where they do not count
as one; ``counted`` says whether they do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from readout.evaluating.gold import KINDS, SPAN_FIELD, Item
from readout.evaluating.grounding import ids_in
from readout.evaluating.matching import Case, Pairs, pair_best, relation_key
from readout.evaluating.persons import same_actor, sides_of
from readout.evaluating.scoring import cases, counterpart, is_same_cue
from readout.evaluating.words import WordIndex

What = Literal["missed", "extra", "differs"]
Outcome = Literal["right", "missed", "extra", "differs", "false alarm"]

_SAME_PLACE = 0.3
_NO_ITEM: Item = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How one item fared: a gold item, found or not, or a predicted one that the gold does not have.

    ``fields`` are those that differ, in the words of RECORD.md. ``counted`` is true where the pair counts as one item
    in the figures. ``position`` is that of the gold item in its document, or of the predicted one where it is extra.
    """

    document: str
    kind: str
    outcome: Outcome
    fields: tuple[str, ...] = ()
    counted: bool = False
    gold: Item | None = None
    predicted: Item | None = None
    position: int
    words: str
    span: tuple[int, int]

    def to_json(self) -> dict[str, Any]:
        """The judgement as one JSON object; ``what`` is the outcome."""
        return {
            "document": self.document,
            "kind": self.kind,
            "what": self.outcome,
            "fields": list(self.fields),
            "counted": self.counted,
            "gold": self.gold,
            "predicted": self.predicted,
            "words": self.words,
            "span": list(self.span),
        }


def misses(gold: Iterable[Mapping[str, Any]], predicted: Mapping[str, Any]) -> dict[str, list[Judgement]]:
    """Every error by document, in the order of the gold and of the text; documents without one are left out.

    In a negative document only a false alarm is an error: its record was not annotated beyond "no exchange".
    """
    errors: dict[str, list[Judgement]] = {}
    for judgement in judgements(gold, predicted):
        if judgement.outcome != "right":
            errors.setdefault(judgement.document, []).append(judgement)
    return errors


def judgements(gold: Iterable[Mapping[str, Any]], predicted: Mapping[str, Any]) -> list[Judgement]:
    """How every item fared, the right ones too, in the order of the gold and of the text."""
    found: list[Judgement] = []
    for case in cases(gold, predicted):
        here = _false_alarms(case) if case.is_negative else [j for kind in KINDS for j in _judge(case, kind)]
        order = {kind: rank for rank, kind in enumerate(KINDS)}
        found += sorted(here, key=lambda j: (order[j.kind], j.span, j.outcome, j.position))
    return found


def confusions(found: Iterable[Judgement]) -> dict[str, Counter[tuple[str, str]]]:
    """What was taken for what, by ``kind.field``, of items that were laid beside each other."""
    tables: dict[str, Counter[tuple[str, str]]] = {}
    for judgement in found:
        if judgement.outcome != "differs" or judgement.gold is None or judgement.predicted is None:
            continue
        for field in judgement.fields:
            if field in _CLOSED_FIELDS:
                pair = (str(judgement.gold.get(field)), str(judgement.predicted.get(field)))
                tables.setdefault(f"{judgement.kind}.{field}", Counter())[pair] += 1
    return dict(sorted(tables.items()))


def _false_alarms(case: Case) -> list[Judgement]:
    return [
        _judgement(case, "encounters", "false alarm", said=item, position=position)
        for position, item in enumerate(case.said.items["encounters"])
        if item.get("status") == "reported" and item.get("kind") != "briefing"
    ]


def _judge(case: Case, kind: str) -> list[Judgement]:
    gold, said = case.gold[kind], case.said.items[kind]
    counted = case.paired(kind)
    beside = _lay_beside(case.index, kind, gold, said, counted)
    out: list[Judgement] = []
    for pairs, is_counted in ((counted, True), (beside, False)):
        for i, j in pairs:
            fields = differing(case.index, kind, gold[i], said[j])
            outcome: Outcome = "right" if is_counted and not fields else "differs"
            out.append(_judgement(case, kind, outcome, gold[i], said[j], i, fields, is_counted))
    met = [*counted, *beside]
    paired_gold, paired_said = {i for i, _ in met}, {j for _, j in met}
    if kind == "relations":  # the same pair and kind told twice is one relation, not an error
        known = {relation_key(gold[i]) for i, _ in counted}
        paired_gold |= {i for i, item in enumerate(gold) if relation_key(item) in known}
        paired_said |= {j for j, item in enumerate(said) if relation_key(item) in known}
    out += [_judgement(case, kind, "missed", g, None, i) for i, g in enumerate(gold) if i not in paired_gold]
    out += [_judgement(case, kind, "extra", None, s, j) for j, s in enumerate(said) if j not in paired_said]
    return out


def _judgement(
    case: Case,
    kind: str,
    outcome: Outcome,
    gold: Item | None = None,
    said: Item | None = None,
    position: int = 0,
    fields: tuple[str, ...] = (),
    counted: bool = False,
) -> Judgement:
    span = (gold or said or _NO_ITEM)[SPAN_FIELD[kind]]
    return Judgement(
        document=case.id,
        kind=kind,
        outcome=outcome,
        fields=fields,
        counted=counted,
        gold=gold,
        predicted=said,
        position=position,
        words=case.index.of(span),
        span=(span[0], span[1]),
    )


def _lay_beside(index: WordIndex, kind: str, gold: Sequence[Item], said: Sequence[Item], counted: Pairs) -> Pairs:
    """Pair what the figures left unpaired but what speaks of the same words, or of the same exchange."""
    paired_gold, paired_said = {i for i, _ in counted}, {j for _, j in counted}
    left_gold = [i for i in range(len(gold)) if i not in paired_gold]
    left_said = [j for j in range(len(said)) if j not in paired_said]
    field = SPAN_FIELD[kind]

    def weigh(i: int, j: int) -> float:
        overlap = index.overlap(gold[i][field], said[j][field])
        if kind == "encounters":
            common = sides_of(gold[i]["participants"]) & sides_of(said[j].get("participants"))
            same_kind = gold[i]["kind"] == said[j].get("kind")
            return overlap + len(common) / 4 + same_kind / 8 if common and (same_kind or overlap) else 0.0
        if kind == "relations":
            same_pair = set(gold[i]["between"]) == set(said[j].get("between") or ())
            return overlap + same_pair if same_pair else 0.0
        return overlap if overlap >= _SAME_PLACE else 0.0

    return [(left_gold[a], left_said[b]) for a, b in pair_best(left_gold, left_said, weigh)]


def differing(index: WordIndex, kind: str, gold: Item, said: Item) -> tuple[str, ...]:
    """The fields of a predicted item that are not the gold's, as far as a figure looks at them."""
    return tuple(field for field, is_same in _COMPARED[kind] if not is_same(index, gold, said))


_Comparison = Callable[[WordIndex, Item, Item], bool]


def _same_value(field: str) -> tuple[str, _Comparison]:
    return field, lambda _, gold, said: bool(gold.get(field) == said.get(field))


def _same_ids(field: str) -> tuple[str, _Comparison]:
    return field, lambda _, gold, said: set(gold.get(field) or ()) == ids_in(said.get(field))


def _same_words(field: str, least: float) -> tuple[str, _Comparison]:
    def compare(index: WordIndex, gold: Item, said: Item) -> bool:
        theirs, ours = gold.get(field), said.get(field)
        if theirs is None or ours is None:
            return theirs is None and ours is None
        return index.overlap(theirs, ours) >= least

    return field, compare


def _same_speakers(_: WordIndex, gold: Item, said: Item) -> bool:
    theirs, ours = gold["speakers"], list(said.get("speakers") or ())
    return len(theirs) == len(ours) == len(pair_best(theirs, ours, lambda a, b: float(same_actor(a, b))))


def _same_cue(index: WordIndex, gold: Item, said: Item) -> bool:
    return gold["cue"] is None or is_same_cue(index, gold, said)


def _same_participants(_: WordIndex, gold: Item, said: Item) -> bool:
    theirs, ours = gold["participants"], list(said.get("participants") or ())
    return len(theirs) == len(ours) == len(pair_best(theirs, ours, lambda a, b: float(same_actor(a, b))))


def _same_of_each(part: str, applies: Callable[[Item], bool]) -> _Comparison:
    def compare(_: WordIndex, gold: Item, said: Item) -> bool:
        twins = [(actor, counterpart(actor, said.get("participants") or ())) for actor in gold["participants"]]
        return all(twin is None or twin.get(part) == actor[part] for actor, twin in twins if applies(actor))

    return compare


_COMPARED: dict[str, tuple[tuple[str, _Comparison], ...]] = {
    "encounters": (
        _same_value("kind"),
        _same_value("status"),
        ("participants", _same_participants),
        ("part", _same_of_each("part", lambda actor: actor["part"] != "participant")),
        ("office", _same_of_each("office", lambda actor: bool(actor["person"] and actor["office"]))),
        _same_value("date"),
    ),
    "statements": (
        ("speakers", _same_speakers),
        _same_words("content", 0.5),
        _same_value("act"),
        _same_value("attribution"),
        ("cue", _same_cue),
        _same_ids("toward"),
    ),
    "commitments": (
        _same_ids("promisor"),
        _same_words("action", 0.3),
        _same_value("strength"),
        ("refrain", lambda _, gold, said: bool(gold["refrain"]) == bool(said.get("refrain"))),
        _same_ids("beneficiary"),
        _same_words("deadline", 0.5),
        _same_words("condition", 0.5),
    ),
    "relations": (_same_value("kind"),),
    "occurrences": (_same_value("kind"), _same_ids("states")),
}
_CLOSED_FIELDS = frozenset({"kind", "status", "act", "attribution", "strength", "refrain"})
