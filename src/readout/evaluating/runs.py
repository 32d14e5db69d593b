"""Two runs over the same gold: what the second gained and lost, item by item, and how sure the difference is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readout.evaluating.figures import FIGURES
from readout.evaluating.gold import SPAN_FIELD, Item
from readout.evaluating.misses import Judgement, judgements
from readout.evaluating.resampling import Band, difference_intervals
from readout.evaluating.scoring import score


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """One figure's F1 in both runs; ``interval`` holds 95 % of the resampled differences, if drawn."""

    before: float
    after: float
    interval: Band | None = None

    @property
    def difference(self) -> float:
        """``after - before``."""
        return round(self.after - self.before, 4)

    @property
    def is_clear(self) -> bool:
        """Whether the interval of the difference leaves out zero."""
        return self.interval is not None and (self.interval[0] > 0 or self.interval[1] < 0)

    def to_json(self) -> dict[str, Any]:
        """``{"before", "after", "difference", "interval", "clear"}``."""
        return {
            "before": self.before,
            "after": self.after,
            "difference": self.difference,
            "interval": list(self.interval) if self.interval else None,
            "clear": self.is_clear,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """One item that fared otherwise in the second run; None where a run has no such extra item."""

    before: Judgement | None
    after: Judgement | None

    @property
    def judgement(self) -> Judgement:
        """The later judgement, else the earlier."""
        found = self.after or self.before
        assert found is not None
        return found

    def to_json(self) -> dict[str, Any]:
        """``{"before", "after"}``, each a judgement or null."""
        return {
            "before": self.before.to_json() if self.before else None,
            "after": self.after.to_json() if self.after else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RunComparison:
    """The figures of both runs, and the items that one had right and the other had not."""

    figures: Mapping[str, FigureChange]
    counted: Mapping[str, tuple[int, int]]
    gains: tuple[ItemChange, ...]
    losses: tuple[ItemChange, ...]

    def to_json(self) -> dict[str, Any]:
        """``{"figures", "counted", "gains", "losses"}``."""
        return {
            "figures": {name: change.to_json() for name, change in self.figures.items()},
            "counted": {name: list(pair) for name, pair in self.counted.items()},
            "gains": [change.to_json() for change in self.gains],
            "losses": [change.to_json() for change in self.losses],
        }


def compare_runs(
    gold: Sequence[Mapping[str, Any]],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    rounds: int = 1000,
    seed: int = 1,
) -> RunComparison:
    """What changed from the run ``before`` to the run ``after``.

    An item is gained when it was missed, or differed in more fields, and lost the other way round; an extra item that
    is gone is a gain. The intervals are of the difference, both runs scored on the same resampled documents.
    """
    first, second = score(gold, before), score(gold, after)
    bands = difference_intervals(first, second, rounds, seed) if rounds > 0 else {}
    earlier, later = _by_identity(judgements(gold, before)), _by_identity(judgements(gold, after))
    gains: list[ItemChange] = []
    losses: list[ItemChange] = []
    for identity in sorted(earlier.keys() | later.keys()):
        change = ItemChange(before=earlier.get(identity), after=later.get(identity))
        was, now = _rank(change.before), _rank(change.after)
        if now != was:
            (gains if now > was else losses).append(change)
    return RunComparison(
        figures={
            name: FigureChange(before=first.rows[name].f1, after=second.rows[name].f1, interval=bands.get(name))
            for name in FIGURES
        },
        counted={
            name: (int(first.figure(name)), int(second.figure(name)))
            for name in ("false_alarms", "ungrounded", "malformed", "missing")
        },
        gains=tuple(gains),
        losses=tuple(losses),
    )


Identity = tuple[str, str, str, int]


def _by_identity(found: Sequence[Judgement]) -> dict[Identity, Judgement]:
    """Gold items by their place in the gold, extra ones by what they say, so that two runs can be laid together."""
    out: dict[Identity, Judgement] = {}
    repeated: Counter[tuple[str, str, str]] = Counter()
    for judgement in found:
        if judgement.gold is not None:
            out[judgement.document, judgement.kind, "", judgement.position] = judgement
            continue
        key = (judgement.document, judgement.kind, _content(judgement.kind, judgement.predicted or {}))
        out[*key, repeated[key]] = judgement
        repeated[key] += 1
    return out


def _content(kind: str, item: Item) -> str:
    """What an extra item claims: its words, its kind or act, and who; never its id, confidence or reasons."""
    said = [item.get(field) for field in (SPAN_FIELD[kind], "kind", "status", "act", "promisor", "between", "states")]
    who = [[a.get("person"), a.get("of")] for a in item.get("speakers") or item.get("participants") or ()]
    return json.dumps([said, who], sort_keys=True, default=str)


def _rank(judgement: Judgement | None) -> tuple[int, int]:
    """How well an item fared; an extra item that a run does not have fares best."""
    if judgement is None or judgement.outcome == "right":
        return (2, 0)
    if judgement.outcome == "differs":
        return (1 if judgement.counted else 0, -len(judgement.fields))
    return (0, -99)
