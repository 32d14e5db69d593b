"""How alike every two statements of two accounts are: features of both, weighed as ``data/aligning.json`` says.

The weights are those of a logistic regression over our own written pairs and the judged real ones;
``scripts/fit_aligning.py`` makes the file and prints what each choice is worth on pairs that were left out.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readout.coding import topics
from readout.comparing.nearwords import Matrix, word_table
from readout.comparing.words import Term, abbreviations, initials, stem, terms
from readout.records import FAMILY, Record, Statement

Nearness = NDArray[np.float32]
_THANKED = frozenset(["support", "affirm", "commit", "offer", "inform", "assess"])
_ACCEPTING = frozenset(["agree", "discuss"])
_FEW = 3
"""Fewer words than this, contained in many, are no proof."""

_TELLING = 2.0
_OF_SPEECH = ("same_sides", "some_sides", "thanked", "same_act", "near_act")
FEATURES = ("shared", "contained", "both", "mean_ahead", "strongest", "topics", *_OF_SPEECH)
"""What counts where words alone decide."""

BY_MEANING = ("shared", "both", "strongest", "topics", *_OF_SPEECH, "cosine", "cosine_ahead", "cosine_above")
"""What counts where the nearness of meaning is known: it takes the place of the nearness of words."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement as it is compared: whose, which act, its content words and its topics."""

    statement: Statement
    text: str
    sides: frozenset[str]
    terms: tuple[Term, ...]
    topics: frozenset[str]

    @classmethod
    def of(cls, record: Record, statement: Statement) -> Claim:
        """The claim that a statement of a record makes."""
        text = statement.content.of(record.text)
        about = frozenset(hit.topic for hit in topics(text))
        return cls(statement, text, frozenset(a.side for a in statement.speakers), terms(text), about)

    @property
    def words(self) -> frozenset[str]:
        """The classes or stems of its content words."""
        return frozenset(t.key for t in self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each feature counts, what two statements need to be paired, and what more to be joined to a pair."""

    features: dict[str, float]
    base: float
    paired: float
    joined: float


@lru_cache(maxsize=2)
def fitted(by_meaning: bool) -> Weights:
    """The weights for words alone, or with the nearness of meaning."""
    path = resources.files("readout.comparing").joinpath("data", "aligning.json")
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["with_meaning" if by_meaning else "words"]
    return Weights(features=data["features"], base=data["base"], paired=data["paired"], joined=data["joined"])


def claims(record: Record) -> list[Claim]:
    """The claims of a record in the order of its text."""
    ordered = sorted(record.statements, key=lambda s: (s.content.start, s.content.end))
    return [Claim.of(record, s) for s in ordered]


def weights(accounts: Iterable[Sequence[Claim]]) -> dict[str, float]:
    """How much a word tells: little if every statement of the accounts has it, or if statements have it at large."""
    every = [c for account in accounts for c in account]
    seen = Counter(w for c in every for w in c.words)
    table = word_table()
    return {w: math.log(1 + len(every) / n) * table.weight(w) for w, n in seen.items()}


def likeness(
    one: Sequence[Claim], other: Sequence[Claim], weigh: dict[str, float], near: Nearness | None = None
) -> Matrix:
    """How likely every claim of ``one`` tells what every claim of ``other`` tells, in [0, 1], shape ``(one, other)``.

    ``near`` holds the cosine of their meanings, where it is known.
    """
    told = features(one, other, weigh, near)
    counted = fitted(near is not None)
    total = np.full((len(one), len(other)), counted.base)
    for name, weight in counted.features.items():
        total += weight * told[name]
    out: Matrix = 1 / (1 + np.exp(-total))
    return out


def features(
    one: Sequence[Claim], other: Sequence[Claim], weigh: dict[str, float], near: Nearness | None = None
) -> dict[str, Matrix]:
    """Every feature of every two claims, by name, each of shape ``(one, other)``."""
    shape = (len(one), len(other))
    out = {name: np.zeros(shape) for name in (*FEATURES, *BY_MEANING)}
    mean = np.zeros(shape)
    lists = [[np.array([weigh[t.key] for t in c.terms]) for c in account] for account in (one, other)]
    table = word_table()
    means = [[_mean(c, w) for c, w in zip(account, own, strict=True)]
             for account, own in zip((one, other), lists, strict=True)]  # fmt: skip
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            if a.terms and b.terms:
                same = _spelt_out(table.near(a.terms, b.terms), a, b)
                for name, value in _of_words(same, lists[0][i], lists[1][j]).items():
                    out[name][i, j] = value
                mean[i, j] = float(means[0][i] @ means[1][j])
            both = a.topics | b.topics
            out["topics"][i, j] = len(a.topics & b.topics) / len(both) if both else 0.0
            for name, is_so in _of_speech(a, b).items():
                out[name][i, j] = float(is_so)
    out["mean_ahead"] = _ahead(mean)
    if near is not None:
        cosine = np.maximum(near.astype(np.float64), 0.0)
        out["cosine"], out["cosine_ahead"] = cosine, _ahead(cosine)
        out["cosine_above"] = (cosine - (cosine.mean(axis=0, keepdims=True) + cosine.mean(axis=1, keepdims=True)) / 2
                               if cosine.size else cosine)  # fmt: skip
    return out


def _spelt_out(same: Matrix, one: Claim, other: Claim) -> Matrix:
    """An abbreviation of one claim is the same as each word of what it stands for in the other."""
    for mine, theirs, table in ((one, other, same), (other, one, same.T)):
        for short in abbreviations(mine.text) & initials(theirs.text).keys():
            meant = initials(theirs.text)[short]
            for i, a in enumerate(mine.terms):
                if a.root == stem(short):
                    table[i, [j for j, b in enumerate(theirs.terms) if b.key in meant]] = 1.0
    return same


def _of_words(same: Matrix, mine: Matrix, theirs: Matrix) -> dict[str, float]:
    """What the words of two claims have in common, each word counted by its nearest in the other claim."""
    whole, whole_other = float(mine.sum()), float(theirs.sum())
    met, met_other = float((same.max(axis=1) * mine).sum()), float((same.max(axis=0) * theirs).sum())
    share, share_other = met / whole, met_other / whole_other
    common = (met + met_other) / 2
    exact = (same == 1.0).any(axis=1) * mine
    return {
        "shared": common / (whole + whole_other - common),
        "contained": max(share, share_other) * min(1.0, min(same.shape) / _FEW),
        "both": 2 * share * share_other / max(1e-9, share + share_other),
        "strongest": min(1.5, float(exact.max()) / _TELLING),
    }


def _mean(claim: Claim, own: Matrix) -> Matrix:
    table = word_table()
    total = np.sum([table.vector(t) * w for t, w in zip(claim.terms, own, strict=True)], axis=0) if claim.terms else (
        np.zeros(table.vectors.shape[1]))  # fmt: skip
    out: Matrix = total / max(float(np.linalg.norm(total)), 1e-9)
    return out


def _of_speech(one: Claim, other: Claim) -> dict[str, bool]:
    """How speakers and acts of two claims go together."""
    thanked = _is_thanked(one, other) or _is_thanked(other, one)
    a, b = one.statement.act, other.statement.act
    return {
        "same_sides": one.sides == other.sides,
        "some_sides": bool(one.sides & other.sides) and one.sides != other.sides,
        "thanked": thanked,
        "same_act": a == b,
        "near_act": a != b and (FAMILY[a] == FAMILY[b] or bool({a, b} & _ACCEPTING) or thanked),
    }


def _is_thanked(one: Claim, other: Claim) -> bool:
    """Whether ``one`` thanks another side for what ``other`` says of itself: one act, told from its two ends."""
    return one.statement.act == "thank" and other.statement.act in _THANKED and not one.sides & other.sides


def _ahead(told: Matrix) -> Matrix:
    """How far each value stands above the best other one of its row and column."""
    rows, columns = told.shape
    out = np.zeros_like(told)
    for i in range(rows):
        for j in range(columns):
            others = np.concatenate([np.delete(told[i], j), np.delete(told[:, j], i)])
            out[i, j] = told[i, j] - (max(0.0, float(others.max())) if others.size else 0.0)
    return out
