"""The figures of a score: counts, rows, and the whole table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from readout.errors import SettingError

FIGURES: tuple[str, ...] = (
    "encounters_reported",
    "encounters",
    "encounter_date",
    "encounter_date_past_planned",
    "encounter_parts",
    "encounter_evidence",
    "participants",
    "offices",
    "attribution",
    "speaker",
    "statements",
    "acts",
    "act_families",
    "statements_explicit_recall",
    "statements_continued_recall",
    "statements_issuer_recall",
    "attribution_label",
    "cue",
    "toward",
    "commitments",
    "commitments_loose",
    "beneficiary",
    "deadline_condition",
    "relations",
    "relation_evidence",
    "occurrences",
    "occurrence_evidence",
)
COUNTED: tuple[str, ...] = ("false_alarms", "ungrounded", "malformed", "missing")
_CONFUSIONS_SHOWN = 12
_PLACES = 4


@dataclass(slots=True)
class Tally:
    """How many were right, predicted and in the gold."""

    hit: int = 0
    said: int = 0
    gold: int = 0

    def add(self, hit: int, said: int, gold: int) -> None:
        """Count some more."""
        self.hit += hit
        self.said += said
        self.gold += gold

    def row(self) -> Row:
        """Precision, recall and F1 of the counts."""
        precision = self.hit / self.said if self.said else 0.0
        recall = self.hit / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if self.hit else 0.0
        return Row(
            precision=round(precision, _PLACES),
            recall=round(recall, _PLACES),
            f1=round(f1, _PLACES),
            gold=self.gold,
            predicted=self.said,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure, in [0, 1] to four places, with what was there and what was predicted."""

    precision: float
    recall: float
    f1: float
    gold: int
    predicted: int

    def to_json(self) -> dict[str, float]:
        """``{"precision", "recall", "f1", "gold", "predicted"}``."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "gold": self.gold,
            "predicted": self.predicted,
        }


@dataclass(slots=True, kw_only=True)
class DocumentCounts:
    """What one document adds to every figure. All scores are sums of these, which makes resampling cheap."""

    id: str
    tallies: dict[str, Tally] = field(default_factory=dict)
    acts: dict[str, Tally] = field(default_factory=dict)
    act_confusions: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    is_negative: bool = False
    is_alarm: bool = False
    is_missing: bool = False
    ungrounded: int = 0
    malformed: int = 0

    def add(self, figure: str, hit: int, said: int, gold: int) -> None:
        """Count for a figure."""
        self.tallies.setdefault(figure, Tally()).add(hit, said, gold)

    def share(self, figure: str, right: bool) -> None:
        """Count one case of a figure that is a share: right or not."""
        self.add(figure, int(right), 1, 1)

    def act(self, act: str | None, hit: int, said: int, gold: int) -> None:
        """Count for an act; an item without one belongs to no row."""
        if act:
            self.acts.setdefault(act, Tally()).add(hit, said, gold)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The score of a whole prediction, micro-averaged over documents; it is the sum of ``by_document``."""

    rows: Mapping[str, Row]
    by_act: Mapping[str, Row]
    act_confusions: Sequence[tuple[str, str | None, int]]
    documents: int
    negatives: int
    false_alarms: int
    ungrounded: int
    malformed: int
    missing: int
    by_document: tuple[DocumentCounts, ...] = field(repr=False)

    @classmethod
    def summed(cls, by_document: Sequence[DocumentCounts]) -> Scores:
        """The score of these documents together."""
        rows = {name: Tally() for name in FIGURES}
        acts: dict[str, Tally] = {}
        confusions: Counter[tuple[str, str | None]] = Counter()
        for counts in by_document:
            _pour(counts.tallies, rows)
            _pour(counts.acts, acts)
            confusions.update(counts.act_confusions)
        return cls(
            rows={name: tally.row() for name, tally in rows.items()},
            by_act={act: tally.row() for act, tally in sorted(acts.items(), key=lambda kv: (-kv[1].gold, kv[0]))},
            # of equally frequent ones the first met comes first: most_common keeps the order of insertion
            act_confusions=[(gold, said, n) for (gold, said), n in confusions.most_common(_CONFUSIONS_SHOWN)],
            documents=len(by_document),
            negatives=sum(c.is_negative for c in by_document),
            false_alarms=sum(c.is_alarm for c in by_document),
            ungrounded=sum(c.ungrounded for c in by_document),
            malformed=sum(c.malformed for c in by_document),
            missing=sum(c.is_missing for c in by_document),
            by_document=tuple(by_document),
        )

    def figure(self, name: str) -> float:
        """One figure by name: ``statements`` is its F1; ``statements.recall``, ``by_act.commit``, ``missing``.

        Raises:
            SettingError: there is no figure of that name.
        """
        if name in COUNTED:
            return int(getattr(self, name))
        is_act = name.startswith("by_act.")
        base, _, part = name.removeprefix("by_act.").partition(".")
        row = (self.by_act if is_act else self.rows).get(base)
        if row is None and is_act:
            row = Tally().row()  # an act that neither gold nor prediction holds
        if row is None or part not in ("", "f1", "precision", "recall"):
            raise SettingError(
                f"figure {name!r} is not known; use one of {', '.join((*FIGURES, *COUNTED))}, or by_act.ACT, "
                "with .precision or .recall after it where F1 is not meant",
                figure=name,
            )
        return float(getattr(row, part or "f1"))

    def to_json(self) -> dict[str, Any]:
        """All figures as one object: the rows by name, then ``false_alarms``, ``by_act`` and ``act_confusions``."""
        return {
            "documents": self.documents,
            "missing": self.missing,
            "ungrounded": self.ungrounded,
            "malformed": self.malformed,
            **{name: row.to_json() for name, row in self.rows.items()},
            "false_alarms": {
                "documents": self.false_alarms,
                "of": self.negatives,
                "share": round(self.false_alarms / self.negatives, _PLACES) if self.negatives else None,
            },
            "by_act": {act: row.to_json() for act, row in self.by_act.items()},
            "act_confusions": [f"{gold} as {said}: {n}" for gold, said, n in self.act_confusions],
        }


def _pour(source: Mapping[str, Tally], into: dict[str, Tally]) -> None:
    for name, tally in source.items():
        into.setdefault(name, Tally()).add(tally.hit, tally.said, tally.gold)


def f1_of(hit: float, said: float, gold: float) -> float:
    """F1 of three counts, rounded as rows are."""
    return Tally(int(hit), int(said), int(gold)).row().f1
