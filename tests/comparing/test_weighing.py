"""What two statements have in common, and how pairs are made of it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from test_compare import written

from readout.comparing.aligning import linked
from readout.comparing.nearwords import word_table
from readout.comparing.weighing import BY_MEANING, FEATURES, claims, features, fitted, likeness, weights
from readout.comparing.words import spelt, terms


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("lorries", "trucks", "condolences"),
        ("embassies", "consulate", "wheat"),
        ("grief", "mourning", "railway"),
        ("deforestation", "rainforest", "visa"),
    ],
)
def test_words_near_one_another(word: str, near: str, far: str) -> None:
    table = word_table()
    (one,), (two,), (three,) = terms(word), terms(near), terms(far)
    assert table.near([one], [two])[0, 0] > table.near([one], [three])[0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("labour", "labor"), ("organisation", "organization"), ("centre", "center"), ("programmes", "programs"),
     ("defence", "defense")],
)  # fmt: skip
def test_spellings_meet(one: str, other: str) -> None:
    assert spelt(one) == spelt(other)


def test_names_and_figures_are_near_themselves_alone() -> None:
    (one,), (other,), (figure,) = terms("Khorgos"), terms("Zhetybay"), terms("2030")
    assert word_table().near([one, figure], [other, figure]).tolist() == [[0.0, 0.0], [0.0, 1.0]]


@pytest.mark.parametrize(
    ("name", "one", "other", "value"),
    [
        ("both", "It [chn_affirm: backs the Altai railway].", "It [chn_affirm: backs the Altai railway].", 1.0),
        ("contained", "It [chn_affirm: wants cotton, railways and peace].", "It [chn_affirm: wants railways, cotton, "
         "peace, more pipelines, schools, hospitals and bridges].", 1.0),
        ("same_sides", "It [chn_affirm: backs it].", "It [kaz_affirm: backs it].", 0.0),
        ("some_sides", "It [chn_kaz_affirm: backs it].", "It [kaz_affirm: backs it].", 1.0),
        ("thanked", "It [chn_support: backs the railway].", "It [kaz_thank: for the railway].", 1.0),
        ("same_act", "It [chn_offer: backs it].", "It [chn_offer: backs it].", 1.0),
        ("near_act", "It [chn_agree: to build it].", "It [chn_commit: to build it].", 1.0),
        ("topics", "It [chn_affirm: spoke of railways].", "It [chn_affirm: spoke of ports].", 1.0),
    ],
)  # fmt: skip
def test_features(name: str, one: str, other: str, value: float) -> None:
    mine, theirs = (claims(r) for r in written(one, other))  # type: ignore[arg-type]
    assert features(mine, theirs, weights([mine, theirs]))[name][0, 0] == pytest.approx(value)


def test_every_weight_has_its_feature() -> None:
    assert set(fitted(False).features) == set(FEATURES)
    assert set(fitted(True).features) == set(BY_MEANING)


def test_nothing_is_like_nothing() -> None:
    assert likeness([], [], {}).shape == (0, 0)
    assert linked(np.zeros((0, 3)), 0.3, 0.5) == []


@pytest.mark.parametrize(
    ("alike", "links"),
    [
        # the best pair alone would cost the two others
        ([[0.9, 0.8], [0.8, 0.0]], [(0, 1), (1, 0)]),
        ([[0.9, 0.1], [0.1, 0.2]], [(0, 0)]),
        # a sentence that merges two
        ([[0.9, 0.8]], [(0, 0), (0, 1)]),
        # a lead that repeats its headline in both accounts
        ([[0.9, 0.8], [0.8, 0.9]], [(0, 0), (0, 1), (1, 0), (1, 1)]),
        # one of four is unlike: no group of four
        ([[0.9, 0.8], [0.1, 0.9]], [(0, 0), (1, 1)]),
    ],
)
def test_links(alike: list[list[float]], links: list[tuple[int, int]]) -> None:
    assert [(x.one, x.other) for x in linked(np.array(alike), 0.3, 0.75)] == links


def test_the_pairs_together_are_the_best() -> None:
    rng = np.random.default_rng(7)
    for _ in range(60):
        alike = rng.random((4, 5)).round(2)
        best = max(sum(max(0.0, alike[i, j] - 0.3) for i, j in enumerate(order))
                   for order in itertools.permutations(range(5), 4))  # fmt: skip
        assert sum(x.score - 0.3 for x in linked(alike, 0.3, 2.0)) == pytest.approx(best)
