"""The small trained models: weights read from the package on first use."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _load(name: str) -> dict[str, Any] | None:
    path = files("readout.extracting").joinpath("weights", f"{name}.json")
    if not path.is_file():
        return None
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def weigh(name: str, features: Sequence[str]) -> dict[str, float] | None:
    """The score of each class of the linear model ``name``; None where the package holds no such model.

    A class's score is its intercept and the sum of its weights over the features; higher is likelier.
    """
    data = _load(name)
    if data is None:
        return None
    classes: list[str] = data["classes"]
    scores = list(data["intercept"])
    weights = data["weights"]
    for f in features:
        row = weights.get(f)
        if row is not None:
            for k, w in enumerate(row):
                scores[k] += w
    return dict(zip(classes, scores, strict=True))


def card(name: str) -> dict[str, Any] | None:
    """The model's card: its data, its cross-validated figures, its limits."""
    data = _load(name)
    return None if data is None else dict(data["card"])
