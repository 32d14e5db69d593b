"""Which statements of two accounts are the same thing said: the best pairs as a whole, then what joins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readout.comparing.nearwords import Matrix
from readout.comparing.weighing import Claim, Nearness, fitted, likeness


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims by their places, and how likely they tell one thing."""

    one: int
    other: int
    score: float


def align(
    one: Sequence[Claim], other: Sequence[Claim], weigh: dict[str, float], near: Nearness | None = None
) -> list[Link]:
    """The links between two accounts, by their places.

    ``near`` holds the cosine of every claim of ``one`` with every claim of ``other``, shape ``(one, other)``; without
    it words alone decide.
    """
    counted = fitted(near is not None)
    return linked(likeness(one, other, weigh, near), counted.paired, counted.joined)


def linked(alike: Matrix, paired: float, joined: float) -> list[Link]:
    """One to one where the sum above ``paired`` is greatest; then what is as like as ``joined`` is put together.

    A sentence that merges two, or a lead that repeats its headline, is linked to both: two groups are put together by
    their best link where every two of the group's statements of different accounts are at least as like as ``joined``.
    """
    rows, columns = alike.shape
    groups = [({i}, {j}) for i, j in _matched(alike - paired) if alike[i, j] >= paired]
    groups += [({i}, set()) for i in range(rows) if not any(i in g[0] for g in groups)]
    groups += [(set(), {j}) for j in range(columns) if not any(j in g[1] for g in groups)]
    more = sorted((-float(alike[i, j]), i, j) for i in range(rows) for j in range(columns) if alike[i, j] >= joined)
    for _, i, j in more:
        mine = next(g for g in groups if i in g[0])
        theirs = next(g for g in groups if j in g[1])
        if mine is theirs:
            continue
        whole = (mine[0] | theirs[0], mine[1] | theirs[1])
        new = [(a, b) for a in whole[0] for b in whole[1]
               if not (a in mine[0] and b in mine[1]) and not (a in theirs[0] and b in theirs[1])]  # fmt: skip
        if all(alike[a, b] >= joined for a, b in new):
            groups = [g for g in groups if g is not mine and g is not theirs] + [whole]
    return [Link(i, j, float(alike[i, j])) for i, j in sorted((a, b) for g in groups for a in g[0] for b in g[1])]


def _matched(gain: Matrix) -> list[tuple[int, int]]:
    """Rows and columns paired one to one so that the gains above zero add up to the most.

    Source: the Hungarian method by shortest augmenting paths (Kuhn 1955, Munkres 1957, Jonker and Volgenant 1987).
    """
    rows, columns = gain.shape
    if not rows or not columns:
        return []
    if rows > columns:
        return [(i, j) for j, i in _matched(gain.T)]
    cost = [[-max(0.0, float(x)) for x in row] for row in gain]
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken = [0] * (columns + 1)  # the row, from one, that has the column; column 0 stands for the row being placed
    for row in range(1, rows + 1):
        taken[0] = row
        at = 0
        least = [float("inf")] * (columns + 1)
        came_from = [0] * (columns + 1)
        seen = [False] * (columns + 1)
        while taken[at]:
            seen[at] = True
            step, following = float("inf"), 0
            for j in range(1, columns + 1):
                if seen[j]:
                    continue
                reduced = cost[taken[at] - 1][j - 1] - of_row[taken[at]] - of_column[j]
                if reduced < least[j]:
                    least[j], came_from[j] = reduced, at
                if least[j] < step:
                    step, following = least[j], j
            for j in range(columns + 1):
                if seen[j]:
                    of_row[taken[j]] += step
                    of_column[j] -= step
                else:
                    least[j] -= step
            at = following
        while at:
            taken[at] = taken[came_from[at]]
            at = came_from[at]
    return [(taken[j] - 1, j - 1) for j in range(1, columns + 1) if taken[j]]
