"""Which statements of two accounts are the same thing said: weighed by words, speakers and acts, then paired."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout.comparing.words import content_words
from readout.records import FAMILY, Record, Statement

PAIRED = 0.27
"""Two statements less alike than this are not paired."""

JOINED_ON = 0.42
"""A statement this much contained in one that is already paired is paired with it too: one sentence merged two."""

JOINED_NEAR = 0.5
"""Nor is it joined, where the nearness of meaning is known, to one that is farther than this."""

PAIRED_BY_MEANING = 0.45
"""The same, where the nearness of meaning is known."""

Nearness = NDArray[np.float32]
_LEAST_WORDS = 0.1
_FAR, _NEAR = 0.2, 0.85
_MEANING = 0.6
_THANKED = frozenset(["support", "affirm", "commit", "offer", "inform", "assess"])
_ACCEPTING = frozenset(["agree", "discuss"])


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement as it is compared: whose, which act, and its content words."""

    statement: Statement
    text: str
    sides: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, record: Record, statement: Statement) -> Claim:
        """The claim that a statement of a record makes."""
        text = statement.content.of(record.text)
        return cls(statement, text, frozenset(a.side for a in statement.speakers), frozenset(content_words(text)))


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims by their places, and how alike they are."""

    one: int
    other: int
    score: float


def claims(record: Record) -> list[Claim]:
    """The claims of a record in the order of its text."""
    ordered = sorted(record.statements, key=lambda s: (s.content.start, s.content.end))
    return [Claim.of(record, s) for s in ordered]


def weights(accounts: Iterable[Sequence[Claim]]) -> dict[str, float]:
    """How much a word tells: a word that every statement has tells little."""
    every = [c for account in accounts for c in account]
    seen = Counter(w for c in every for w in c.words)
    return {w: math.log(1 + len(every) / n) for w, n in seen.items()}


def shared(one: Claim, other: Claim, weigh: dict[str, float]) -> tuple[float, float]:
    """The weighted words in common over all words of the two, and over those of the shorter one."""
    common = sum(weigh[w] for w in one.words & other.words)
    mine, theirs = sum(weigh[w] for w in one.words), sum(weigh[w] for w in other.words)
    whole, least = mine + theirs - common, min(mine, theirs)
    return (common / whole if whole else 0.0), (common / least if least else 0.0)


def alike(one: Claim, other: Claim, weigh: dict[str, float], cosine: float | None = None) -> float:
    """How alike two claims are, in [0, 1]: words first; speaker and act can lift or lower but not carry it.

    ``cosine`` is the nearness of their meaning in [-1, 1], where it is known; it then counts
    for more than the words.
    """
    union, least = shared(one, other, weigh)
    # a few words inside many are no proof: containment counts for half
    words = 0.5 * union + 0.5 * least * min(1.0, min(len(one.words), len(other.words)) / 3)
    if cosine is not None:
        meaning = min(1.0, max(0.0, (cosine - _FAR) / (_NEAR - _FAR)))
        words = (1 - _MEANING) * words + _MEANING * meaning
    if words < _LEAST_WORDS:
        return 0.0
    thanked = _is_thanked(one, other) or _is_thanked(other, one)
    if one.sides == other.sides:
        who = 1.0
    elif one.sides & other.sides:
        who = 0.7
    elif thanked:
        who = 0.6
    else:
        who = 0.2
    a, b = one.statement.act, other.statement.act
    if a == b:
        what = 1.0
    elif FAMILY[a] == FAMILY[b] or {a, b} & _ACCEPTING or thanked:
        what = 0.7
    else:
        what = 0.3
    toward = bool(set(one.statement.toward) & set(other.statement.toward))
    return min(1.0, words * (0.7 + 0.3 * who) + 0.08 * who + 0.08 * what + 0.03 * toward)


def _is_thanked(one: Claim, other: Claim) -> bool:
    """Whether ``one`` thanks another side for what ``other`` says of itself: one act, told from its two ends."""
    return one.statement.act == "thank" and other.statement.act in _THANKED and not one.sides & other.sides


def align(
    one: Sequence[Claim], other: Sequence[Claim], weigh: dict[str, float], near: Nearness | None = None
) -> list[Link]:
    """The pairs, best first one to one; then what is left joins a paired claim that contains it.

    ``near`` holds the cosine of every claim of ``one`` with every claim of ``other``, shape ``(one, other)``; without
    it words alone decide.
    """
    least = PAIRED if near is None else PAIRED_BY_MEANING
    scored = [Link(i, j, score) for i, a in enumerate(one) for j, b in enumerate(other)
              if (score := alike(a, b, weigh, None if near is None else float(near[i, j]))) >= least]  # fmt: skip
    scored.sort(key=lambda x: (-x.score, x.one, x.other))
    left, right = set(range(len(one))), set(range(len(other)))
    out = []
    for link in scored:
        if link.one in left and link.other in right:
            left.remove(link.one)
            right.remove(link.other)
            out.append(link)
    for link in scored:
        if link in out or (link.one not in left and link.other not in right):
            continue
        contained = shared(one[link.one], other[link.other], weigh)[1]
        if near is not None and near[link.one, link.other] < JOINED_NEAR:
            continue
        if contained >= JOINED_ON and one[link.one].sides & other[link.other].sides:
            left.discard(link.one)
            right.discard(link.other)
            out.append(link)
    return sorted(out, key=lambda x: (x.one, x.other))
