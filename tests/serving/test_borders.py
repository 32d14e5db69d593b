"""The map: every ring closed, every shape where it is on the globe, every side that the actor base knows."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from readout.exporting.countries import NUMBERS, TWO_LETTERS
from readout.knowing import embedded
from readout.serving.pages.borders import POINTS, map_of, middle
from readout.serving.pages.statics import MAP, statics

Ring = list[list[float]]


@pytest.fixture(scope="module")
def shapes() -> dict[str, dict[str, Any]]:
    told = json.loads(statics()[MAP].plain)
    return {f["properties"]["name"]: f for f in told["features"]}


def rings(feature: dict[str, Any]) -> list[Ring]:
    return [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]


def holds(feature: dict[str, Any], east: float, north: float) -> bool:
    inside = False
    for ring in rings(feature):
        for (a, b), (c, d) in pairwise(ring):
            if (b > north) != (d > north) and east < (c - a) * (north - b) / (d - b) + a:
                inside = not inside
    return inside


def test_every_ring_is_closed_and_lies_on_the_sheet(shapes: dict[str, dict[str, Any]]) -> None:
    assert len(shapes) == 176
    for code, feature in shapes.items():
        for ring in rings(feature):
            assert len(ring) > 3 and ring[0] == ring[-1], code
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring), code
            # a ring that leapt across the sheet would draw a bar over it
            assert max(abs(a[0] - b[0]) for a, b in pairwise(ring)) < 60, code


@pytest.mark.parametrize(
    ("code", "west", "south", "east", "north"),
    [
        ("KAZ", 46, 40, 88, 56), ("FRA", -55, 1, 10, 52), ("CHL", -76, -56, -66, -17), ("NZL", 166, -48, 179, -34),
        ("ISL", -25, 63, -13, 67), ("MDG", 43, -26, 51, -11), ("JPN", 128, 30, 146, 46), ("BOL", -70, -23, -57, -9),
    ],
)  # fmt: skip
def test_known_states_lie_where_they_lie(
    shapes: dict[str, dict[str, Any]], code: str, west: int, south: int, east: int, north: int
) -> None:
    places = [place for ring in rings(shapes[code]) for place in ring]
    assert west <= min(x for x, _ in places) and max(x for x, _ in places) <= east
    assert south <= min(y for _, y in places) and max(y for _, y in places) <= north


@pytest.mark.parametrize(
    ("east", "north", "code"),
    [
        (71.4, 51.1, "KAZ"), (-99.1, 19.4, "MEX"), (177.5, 65.5, "RUS"), (-175.0, 66.5, "RUS"), (21.2, 42.7, "XKX"),
        (121.0, 24.0, "TWN"), (45.0, 9.6, "X-SML"), (33.5, 35.28, "X-TRN"), (28.2, -29.6, "LSO"),
    ],
)  # fmt: skip
def test_a_place_lies_in_one_shape(shapes: dict[str, dict[str, Any]], east: float, north: float, code: str) -> None:
    assert [name for name, feature in shapes.items() if holds(feature, east, north)] == [code]


def test_lines_end_inside_the_larger_states(shapes: dict[str, dict[str, Any]]) -> None:
    for code in ("RUS", "USA", "CHN", "KAZ", "FRA", "BRA", "IND", "AUS", "CAN", "DEU", "TUR", "IRN"):
        assert holds(shapes[code], *shapes[code]["properties"]["at"]), code


def test_every_code_is_a_side_of_the_actor_base(shapes: dict[str, dict[str, Any]]) -> None:
    base = embedded()
    assert [code for code in (*shapes, *POINTS) if base.state(code) is None] == []
    assert not set(shapes) & set(POINTS)
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in POINTS.values())


def test_every_side_with_a_code_of_iso_has_a_place(shapes: dict[str, dict[str, Any]]) -> None:
    assert {*TWO_LETTERS} - {*shapes} - {*POINTS} == {"ATA"}  # nobody speaks for it


def test_numbers_of_iso_name_each_state_once() -> None:
    assert {*NUMBERS.values()} == {*TWO_LETTERS} - {"XKX"} and len(NUMBERS) == len({*NUMBERS.values()})
    assert all(len(number) == 3 and number.isdigit() for number in NUMBERS)


def test_a_shape_without_a_number_is_named_as_the_source_names_it() -> None:
    arc = [[0, 0], [10, 0], [0, 10], [-10, -10]]
    told = {
        "transform": {"scale": [1, 1], "translate": [0, 0]}, "arcs": [arc],
        "objects": {"countries": {"geometries": [
            {"type": "Polygon", "arcs": [[0]], "properties": {"name": "Nowhere"}},
            {"type": "Polygon", "arcs": [[~0]], "id": "398", "properties": {"name": "Kazakhstan"}},
        ]}},
    }  # fmt: skip
    nowhere, there = json.loads(map_of(json.dumps(told).encode()))["features"]
    assert (nowhere["properties"]["name"], there["properties"]["name"]) == ("Nowhere", "KAZ")
    forth, back = rings(nowhere)[0], rings(there)[0]
    assert forth == [[0, 0], [10, 0], [10, 10], [0, 0]] and back == forth[::-1]


def test_the_middle_is_that_of_the_largest_part() -> None:
    small = [[[50.0, 50.0], [51.0, 50.0], [51.0, 51.0], [50.0, 51.0], [50.0, 50.0]]]
    large = [[[0.0, 0.0], [10.0, 0.0], [10.0, 4.0], [0.0, 4.0], [0.0, 0.0]]]
    assert middle([small, large]) == [5.0, 2.0] == middle([large, small])
