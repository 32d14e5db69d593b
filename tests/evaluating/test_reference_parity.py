"""Every figure equals that of the project's reference scorer, on gold with mistakes of every kind."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from perturbing import perturbed

from readout.evaluating import intervals, read_gold, score

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
FILES = [GOLD / "seed.gold.jsonl", *(GOLD / "dev" / f"{name}.jsonl" for name in ("gold", "own", "negatives"))]
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLD.is_dir(), reason="the reference gold is not beside this checkout"),
]


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_score", GOLD / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold() -> list[dict]:
    return read_gold(FILES)


@pytest.mark.parametrize("rate", [0.0, 0.08, 0.25, 0.6])
@pytest.mark.parametrize("seed", range(10))
def test_every_figure_is_the_reference_figure(reference: ModuleType, gold: list[dict], seed: int, rate: float) -> None:
    predicted = perturbed(gold, seed, rate)
    expected = reference.score(gold, predicted)
    expected.pop("per_document")
    found = score(gold, predicted).to_json()
    assert found == expected
    assert list(found) == list(expected)


def test_the_gold_itself_is_perfect_and_nothing_is_nothing(reference: ModuleType, gold: list[dict]) -> None:
    for predicted in ({d["id"]: d for d in gold}, {}):
        expected = reference.score(gold, predicted)
        expected.pop("per_document")
        assert score(gold, predicted).to_json() == expected


def test_intervals_are_the_reference_intervals(reference: ModuleType, gold: list[dict]) -> None:
    predicted = perturbed(gold, 3)
    expected = reference.intervals(gold, predicted, 20)
    assert intervals(score(gold, predicted), rounds=20) == {name: tuple(band) for name, band in expected.items()}


def test_all_of_the_gold_is_scored_in_well_under_two_seconds(gold: list[dict]) -> None:
    import time

    predicted = perturbed(gold, 1)
    began = time.perf_counter()
    score(gold, predicted)
    assert time.perf_counter() - began < 2.0
