# ruff: noqa: E501 (sentences are read as lines)
"""Numbers in words and abbreviations, as two accounts write them."""

from __future__ import annotations

import pytest
from test_compare import written

from readout.comparing.weighing import claims, features, weights
from readout.comparing.words import initials, terms


@pytest.mark.parametrize(
    ("one", "other"), [("forty", "40"), ("a dozen", "12"), ("the fiftieth", "50th"), ("eight", "8"), ("eighty", "80")]
)
def test_numbers_meet(one: str, other: str) -> None:
    assert [t.key for t in terms(one)] == [t.key for t in terms(other)]


def test_numbers_differ() -> None:
    assert {t.key for t in terms("eight")} != {t.key for t in terms("eighty")}


def test_an_abbreviation_is_what_it_stands_for() -> None:
    assert "oda" in initials("official development assistance")
    assert "fta" in initials("the Freedom of Trade Agreement")
    told = []
    for short in ("ODA", "OFF"):
        mine, theirs = (claims(r) for r in written(f"It [chn_commit: goes on with {short}].",  # type: ignore[arg-type]
                                                   "It [chn_commit: goes on with official development assistance]."))  # fmt: skip
        told.append(features(mine, theirs, weights([mine, theirs]))["shared"][0, 0])
    assert told[0] > 0.9 > told[1]
