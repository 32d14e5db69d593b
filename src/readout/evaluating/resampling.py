"""How far a figure would move on other documents: intervals by drawing documents anew, seeded."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from readout.evaluating.figures import FIGURES, DocumentCounts, Scores, Tally, f1_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Band = tuple[float, float]


def intervals(scores: Scores, rounds: int = 1000, seed: int = 1) -> dict[str, Band]:
    """95 % intervals of the F1 of every figure, from ``rounds`` samples of as many documents with replacement."""
    drawn: dict[str, list[float]] = {name: [] for name in FIGURES}
    matrix = _matrix(scores.by_document)
    for sample in _samples(len(scores.by_document), rounds, seed):
        for name, f1 in _f1s(matrix, sample).items():
            drawn[name].append(f1)
    return {name: band(values) for name, values in drawn.items() if values}


def difference_intervals(before: Scores, after: Scores, rounds: int = 1000, seed: int = 1) -> dict[str, Band]:
    """95 % intervals of ``after - before`` in F1, both runs scored on the same samples.

    Raises:
        ValueError: the two were not scored on the same documents in the same order.
    """
    if [c.id for c in before.by_document] != [c.id for c in after.by_document]:
        raise ValueError("two runs are compared on the same gold documents; score both against the same files")
    drawn: dict[str, list[float]] = {name: [] for name in FIGURES}
    one, other = _matrix(before.by_document), _matrix(after.by_document)
    for sample in _samples(len(before.by_document), rounds, seed):
        first, second = _f1s(one, sample), _f1s(other, sample)
        for name in FIGURES:
            drawn[name].append(round(second[name] - first[name], 4))
    return {name: band(values) for name, values in drawn.items() if values}


def band(values: Sequence[float]) -> Band:
    """The 2.5 % and 97.5 % quantiles, each an observed value."""
    ranked = sorted(values)
    return ranked[int(0.025 * len(ranked))], ranked[int(0.975 * (len(ranked) - 1))]


def _matrix(documents: Sequence[DocumentCounts]) -> NDArray[np.int64]:
    """Documents by figures by (hit, said, gold)."""
    import numpy as np

    nothing = Tally()
    cells = [[counts.tallies.get(name, nothing) for name in FIGURES] for counts in documents]
    return np.array([[(t.hit, t.said, t.gold) for t in row] for row in cells], dtype=np.int64)


def _samples(documents: int, rounds: int, seed: int) -> Iterator[list[int]]:
    rng, positions = random.Random(seed), range(documents)
    for _ in range(rounds):
        sample = [0] * documents
        for _ in positions:
            sample[rng.choice(positions)] += 1
        yield sample


def _f1s(matrix: NDArray[np.int64], sample: list[int]) -> dict[str, float]:
    import numpy as np

    sums = np.tensordot(np.array(sample, dtype=np.int64), matrix, axes=1).tolist()
    return {name: f1_of(*counts) for name, counts in zip(FIGURES, sums, strict=True)}
