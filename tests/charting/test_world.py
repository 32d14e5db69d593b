"""All pairs at once: the same figures as each pair has by itself, counted from the documents."""

from __future__ import annotations

import csv
import random
import sqlite3
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from telling_of import FM, series, told
from test_kept import SIDES, drawn, opened

from readout.charting import (
    WORLD_COLUMNS,
    Edge,
    Tone,
    dyad,
    latest_between,
    records_between,
    tellings,
    world,
    world_csv,
)
from readout.charting.layout import placed
from readout.errors import ArchiveError, QueryRefused
from readout.records import Record
from readout.storing import Archive, document_key, state_of_sums

TIMES: list[dict[str, date]] = [
    {},
    {"since": date(2024, 2, 26)},
    {"until": date(2024, 3, 4)},
    {"since": date(2024, 2, 26), "until": date(2024, 3, 4)},
    {"since": date(2020, 1, 1), "until": date(2021, 6, 30)},
    {"since": date(2030, 1, 1)},
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    path = tmp_path_factory.mktemp("world") / "a.sqlite"
    summit = told("s", "2024-03-01", "They all met.", met=(("multilateral", "reported", "2024-03-01", *[FM] * 4),),
                  sides=("CHN", "EU", "KAZ", "NOR"))  # type: ignore[arg-type]  # fmt: skip
    with opened(path) as writing:
        list(writing.put_many([*(drawn(random.Random(n), n) for n in range(50)), *series(), summit]))
    return Archive.open(path)


def naive(archive: Archive, time: dict[str, date], scale: str) -> dict[tuple[str, str], Any]:
    """Every pair that met, told from its documents one by one."""
    sides = sorted({*SIDES, "EU", "NOR", "SWE"})
    out = {}
    for one, other in combinations(sides, 2):
        found = dyad(records_between(archive, one, other), one, other, scale=scale, **time)
        whole = (*found.periods, found.undated)
        if held := sum(p.held for p in whole):
            channels: Counter[str] = Counter()
            for p in whole:
                channels.update(p.channels)
            tone = [
                (sum(p.tone[way].count for p in whole), round(sum(p.tone[way].cooperative_sum for p in whole), 3),
                 round(sum(p.tone[way].conflictual_sum for p in whole), 3)) for way in (0, 1)
            ]  # fmt: skip
            planned, accounts = sum(p.planned for p in whole), sum(p.accounts for p in whole)
            out[one, other] = (held, planned, accounts, dict(channels), tone)
    return out


@pytest.mark.parametrize("scale", ["goldstein", "plover"])
@pytest.mark.parametrize("time", TIMES, ids=str)
def test_every_pair_is_what_its_documents_give(archive: Archive, time: dict[str, date], scale: str) -> None:
    found, want = world(archive, top=100, scale=scale, **time), naive(archive, time, scale)
    assert {
        (e.one, e.other): (e.exchanges, e.planned, e.accounts, e.channels, [
            (t.count, round(t.cooperative_sum, 3), round(t.conflictual_sum, 3)) for t in e.tone
        ])
        for e in found.edges
    } == want  # fmt: skip
    assert found.pairs == len(want) and found.exchanges == sum(x[0] for x in want.values())
    assert {s.side: (s.exchanges, s.partners) for s in found.sides} == {
        side: (sum(x[0] for pair, x in want.items() if side in pair), sum(side in pair for pair in want))
        for side in {side for pair in want for side in pair}
    }


def test_the_cases_reach_what_they_are_for(archive: Archive) -> None:
    whole = world(archive, top=100)
    assert len(whole.edges) > 6 and any(e.planned for e in whole.edges) and whole.first and whole.last
    assert any(s.side == "EU" and s.partners == 3 for s in whole.sides)
    assert world(archive, since=date(2030, 1, 1)).pairs == 0
    within = world(archive, since=date(2020, 1, 1), until=date(2021, 6, 30)).edges[0]
    assert within.channels == {"visit": 1, "meeting": 1}  # "last year", told as 2021, reaches into it


def test_the_top_is_the_head_of_all(archive: Archive) -> None:
    whole, few = world(archive, top=100), world(archive, top=3)
    assert few.edges == whole.edges[:3] and (few.pairs, few.sides) == (whole.pairs, whole.sides)
    order = [(-e.exchanges, e.one, e.other) for e in whole.edges]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"top": 0}, "from 1 to 100"),
        ({"top": 101}, "from 1 to 100"),
        ({"scale": "feeling"}, "goldstein, plover"),
        ({"since": date(2024, 2, 1), "until": date(2024, 1, 1)}, "the earlier day first"),
    ],
)
def test_what_cannot_be_asked_is_refused(archive: Archive, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(QueryRefused, match=words):
        world(archive, **asked)


@pytest.mark.parametrize(
    ("one_way", "other_way", "mood"),
    [
        ((0, 0, 5), (0, 0, 0), "untold"),
        ((5, 0, 0), (0, 0, 0), "cooperative"),
        ((81, 19, 0), (0, 0, 0), "cooperative"),
        ((40, 0, 9), (40, 20, 9), "mixed"),
        ((1, 1, 0), (1, 1, 0), "mixed"),
        ((1, 1, 0), (0, 1, 0), "conflictual"),
    ],
)
def test_a_mood_is_a_share(one_way: tuple[int, int, int], other_way: tuple[int, int, int], mood: str) -> None:
    tone = [Tone(source="A", target="B", cooperative=g, conflictual=b, neutral=n) for g, b, n in (one_way, other_way)]
    edge = Edge(one="A", other="B", exchanges=1, planned=0, accounts=1, last=None, channels={}, tone=(tone[0], tone[1]))
    assert edge.mood == mood


def test_csv_has_a_row_for_each_pair(archive: Archive) -> None:
    found = world(archive, top=4)
    rows = list(csv.DictReader("".join(world_csv(found, {"CHN": "=China"}.get)).splitlines()))
    assert tuple(rows[0]) == WORLD_COLUMNS
    assert [(r["one"], r["other"], int(r["exchanges"])) for r in rows] == [
        (e.one, e.other, e.exchanges) for e in found.edges
    ]
    assert {r["one_name"] for r in rows if r["one"] == "CHN"} == {"'=China"}  # no formula


def test_sums_of_other_rules_are_refused(tmp_path: Path) -> None:
    with opened(tmp_path / "a.sqlite") as archive:
        list(archive.put_many(series()))
    with sqlite3.connect(tmp_path / "a.sqlite") as raw:
        raw.execute("UPDATE counted_by SET rules = 'older'")
    with Archive.open(tmp_path / "a.sqlite") as archive, pytest.raises(ArchiveError, match="archive migrate"):
        world(archive)


def test_the_state_changes_with_every_change_of_the_sums(tmp_path: Path) -> None:
    first, second, *_ = series()
    with opened(tmp_path / "a.sqlite") as archive:
        states = [state_of_sums(archive)]
        for change in (
            lambda: archive.put(first), lambda: archive.put(second), lambda: archive.remove("a", reason=""),
            lambda: archive.put(first), lambda: archive.put(told("a", "2019-03-05", first.text)),
        ):  # fmt: skip
            change()
            states.append(state_of_sums(archive))
        assert len(set(states)) == len(states)


def test_the_latest_documents_of_two(archive: Archive) -> None:
    known = [r for r in archive.everything() if isinstance(r, Record)]
    keys = {r.id for r in records_between(archive, "CHN", "KAZ")}
    for time in TIMES:
        since, until = time.get("since", date.min), time.get("until", date.max)
        want = [r for r in known if document_key(r) in keys and (not time or (r.date and since <= r.date <= until))]
        found = latest_between(archive, "KAZ", "CHN", 1000, **time)
        assert {x.key for x in found} == {document_key(r) for r in want}
        days = [x.date or date.min for x in found]
        assert days == sorted(days, reverse=True)
        assert latest_between(archive, "CHN", "KAZ", 2, **time) == found[:2]
    (one,) = tellings(archive, [document_key(known[0]), "no such key"]).values()
    assert (one.name, one.date) == (known[0].id, known[0].date)


@pytest.mark.parametrize("many", [0, 1, 2, 3, 12, 40])
def test_places_are_within_the_sheet_and_apart(many: int) -> None:
    sides = [f"S{n}" for n in range(many)]
    links = [(sides[n % 3], sides[n], 1.0 + n % 7) for n in range(3, many)]
    found = placed(sides, links)
    assert list(found) == sides and found == placed(sides, links)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in found.values())
    nearest = min((abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in combinations(found.values(), 2)), default=1)
    assert nearest > 0.25 / max(many, 1) ** 0.5
