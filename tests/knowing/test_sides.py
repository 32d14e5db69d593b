"""What somebody types for a side: a code in any case, or one of its names."""

from __future__ import annotations

import pytest

from readout.errors import QueryRefused
from readout.knowing import is_side, side_code, side_named


@pytest.mark.parametrize(
    ("typed", "code"),
    [("KAZ", "KAZ"), ("kaz", "KAZ"), ("Kazakhstan", "KAZ"), ("  viet   nam ", "VNM"), ("Iran", "IRN"), ("Cuba", "CUB"),
     ("Chad", "TCD"), ("US", "USA"), ("uk", "GBR"), ("EU", "EU"), ("nato", "NATO")],
)  # fmt: skip
def test_a_code_in_any_case_or_a_name_long_or_short(typed: str, code: str) -> None:
    assert side_code(typed) == side_named(typed) == code and is_side(code)


@pytest.mark.parametrize("typed", ["Atlantis", "xyz", "Omar Nurtlew", "Tokio Hotel"])
def test_what_nobody_bears_is_no_side(typed: str) -> None:
    assert side_named(typed) is None and not is_side(side_code(typed))


def test_a_name_of_several_is_told_with_their_codes() -> None:
    assert side_named("Congo") is None
    with pytest.raises(QueryRefused, match=r"COD .*COG"):
        side_code("Congo")


@pytest.mark.parametrize("typed", ["", "  ", None, 3])
def test_nothing_is_no_side(typed: object) -> None:
    with pytest.raises(QueryRefused, match="empty"):
        side_code(typed)  # type: ignore[arg-type]
