"""Where the sides of a network stand: those that meet often near each other, the same picture every time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_STEPS = 160
_GRAVITY = 0.3
_WIDE = 1.8
_APART = 0.8


def placed(sides: Sequence[str], links: Sequence[tuple[str, str, float]]) -> dict[str, tuple[float, float]]:
    """A place for each side, from 0 to 1 both ways, for a picture that is wider than high; links weigh more than 0.

    Springs between those that are linked, repulsion between all, from a spiral in the order given: no chance is in it.
    Source: Fruchterman and Reingold 1991, with a pull toward the middle.
    """
    n = len(sides)
    if n == 0:
        return {}
    number = {side: k for k, side in enumerate(sides)}
    pull = np.zeros((n, n))
    most = max((weight for _, _, weight in links), default=1.0)
    for one, other, weight in links:
        a, b = number[one], number[other]
        pull[a, b] = pull[b, a] = 0.4 + 0.6 * (weight / most) ** 0.5
    turn = np.arange(n) * 2.399963  # the golden angle: a spiral whose points stand evenly
    at = np.stack([np.cos(turn), np.sin(turn)], axis=1) * np.sqrt((np.arange(n) + 0.5) / n)[:, None]
    ideal = 1.6 / np.sqrt(n)
    for step in range(_STEPS):
        between = at[:, None, :] - at[None, :, :]
        distance = np.maximum(np.sqrt((between**2).sum(axis=2)), 1e-3)
        push = ideal**2 / distance - pull * distance**2 / ideal
        np.fill_diagonal(push, 0.0)
        force = (between * (push / distance)[:, :, None]).sum(axis=1) - _GRAVITY * at / ideal
        size = np.maximum(np.sqrt((force**2).sum(axis=1)), 1e-9)
        at = at + force / size[:, None] * np.minimum(size, 0.12 * (1 - step / _STEPS))[:, None]
    low, high = at.min(axis=0), at.max(axis=0)
    at = (at - low) / np.where(high - low > 1e-9, high - low, 1.0)
    at = _apart(at * (_WIDE, 1.0), _APART * (_WIDE / n) ** 0.5) / (_WIDE, 1.0)
    return {side: (round(float(at[k, 0]), 4), round(float(at[k, 1]), 4)) for k, side in enumerate(sides)}


def _apart(at: np.ndarray, least: float) -> np.ndarray:
    """Places moved until hardly any two are nearer than ``least``, within the sheet."""
    for _ in range(80):
        between = at[:, None, :] - at[None, :, :]
        distance = np.sqrt((between**2).sum(axis=2))
        short = np.clip(least - distance, 0.0, None)
        np.fill_diagonal(short, 0.0)
        at = at + (between / np.maximum(distance, 1e-6)[:, :, None] * short[:, :, None]).sum(axis=1) * 0.35
        at = np.clip(at, 0.0, (_WIDE, 1.0))
    return at
