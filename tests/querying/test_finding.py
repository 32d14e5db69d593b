# ruff: noqa: E501
"""Filters by table: what each finds in two documents."""

from __future__ import annotations

import importlib.util
import random
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from samples import sample

from readout.errors import ExtraMissing, QueryRefused
from readout.querying import (
    COLUMNS,
    KINDS,
    columns_of,
    count,
    find,
    find_and_count,
    find_each,
    finding,
    frame_of,
    guarded,
    render_rows,
    rows_of,
    unguarded,
)
from readout.records import Record, Span
from readout.storing import Archive


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    on_server = request.param == "postgresql"
    place = request.getfixturevalue("server").place() if on_server else tmp_path_factory.mktemp("find") / "a.sqlite"
    made = Archive.open(place, write=True, create=True)
    made.put(sample())
    made.put(replace(sample(), id="other", issuer="Ministry", issuer_of="KAZ", date=date(2023, 5, 1), encounters=()))
    return made


@pytest.mark.parametrize(
    ("kind", "filters", "number"),
    [
        ("encounters", {}, 3), ("encounters", {"side": "CHN", "with": "KAZ"}, 3), ("encounters", {"side": "chn"}, 3),
        ("encounters", {"side": "CHN", "with": "CHN"}, 0), ("encounters", {"person": "wang"}, 1),
        ("encounters", {"person": "Wan"}, 0), ("encounters", {"office": "head_of_state", "side": "KAZ"}, 1),
        ("encounters", {"person": "Wang Yi", "side": "KAZ"}, 0), ("encounters", {"until": "2022-01-07"}, 1),
        ("encounters", {"kind": ("visit", "message")}, 2), ("encounters", {"status": "planned"}, 1),
        ("statements", {}, 8), ("statements", {"act": "commit"}, 2), ("statements", {"family": "directive"}, 2),
        ("statements", {"with": "KAZ"}, 2), ("statements", {"issuer": "KAZ"}, 4), ("statements", {"issuer": "Ministry"}, 4),
        ("statements", {"since": date(2023, 1, 1)}, 4),
        ("statements", {"side": "chn", "since": "2022-01-01", "until": "2022-02-01"}, 2),
        ("statements", {"side": "KAZ", "with": "CHN", "since": "2022-01-01", "until": "2022-02-01"}, 1),
        ("statements", {"side": "CHN", "since": "2022-01-11", "until": "2022-02-01"}, 0),
        ("documents", {"side": "CHN", "since": "2022-01-10", "until": "2022-01-10"}, 1), ("statements", {"text": '"strategic partners"'}, 2),
        ("statements", {"text": "strateg*"}, 2), ("statements", {"text": "OR) NOT \" ' -- \0 partners"}, 0),
        ("statements", {"side": "CHN"}, 4), ("statements", {"side": "China"}, 4), ("encounters", {"side": "people's republic of china"}, 3),
        ("statements", {"code": "SUPPORT"}, 2), ("statements", {"code": "0"}, 8), ("statements", {"code": "consult"}, 0),
        ("commitments", {"person": "Wang Yi"}, 2), ("commitments", {"office": "head_of_state"}, 0),
        ("commitments", {"side": "CHN", "with": "KAZ", "strength": "firm"}, 2), ("commitments", {"side": "KAZ"}, 0),
        ("relations", {"side": "KAZ", "with": "CHN", "kind": "strategic_partnership"}, 2),
        ("occurrences", {"side": "KAZ", "kind": "attack"}, 2), ("documents", {"text": "attacks"}, 2),
        ("documents", {"side": "CHN", "with": "KAZ", "until": "2022-12-31"}, 1), ("documents", {"side": "' OR 1=1 --"}, 0),
    ],
)  # fmt: skip
def test_filters(archive: Archive, kind: str, filters: dict[str, Any], number: int) -> None:
    found = find(archive, kind, **filters)
    assert len(found) == count(archive, kind, **filters) == number
    for limit, offset in ((1, 0), (2, 1), (100, 0), (3, 200)):
        paged = find(archive, kind, limit=limit, offset=offset, **filters)
        assert find_and_count(archive, kind, limit=limit, offset=offset, **filters) == (paged, number)
    for f in found:
        assert f.words in f.record.text
        assert all(f.shown is None or f.shown.overlaps(h) for h in f.hits[:1])


@pytest.mark.parametrize(
    ("kind", "filters"),
    [
        ("statements", {"code": "99"}), ("statements", {"code": "%"}), ("relations", {"code": "05"}),
        ("statement", {}), ("statements; DROP TABLE texts", {}), ("statements", {"actt": "x"}), ("statements", {"act": "x"}),
        ("encounters", {"act": "commit"}), ("relations", {"kind": "visit"}), ("statements", {"since": "1.1.2020"}),
        ("statements", {"text": "*** --"}), ("statements", {"side": ""}), ("statements", {"limit": 0}),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(archive: Archive, kind: str, filters: dict[str, Any]) -> None:
    with pytest.raises(QueryRefused):
        find(archive, kind, **filters)


@pytest.mark.parametrize("kind", KINDS)
def test_csv_and_json_are_written(archive: Archive, kind: str) -> None:
    found = find(archive, kind)
    assert "".join(render_rows(found, kind, "csv")).count("\r\n") == len(found) + 1
    assert "".join(render_rows(found, kind, "json")).startswith("[")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("filters", [{}, {"since": "2100-01-01"}], ids=["all", "none"])
def test_columns_are_the_rows(archive: Archive, kind: str, filters: dict[str, Any]) -> None:
    found = find(archive, kind, **filters)
    columns, rows = columns_of(found, kind), rows_of(found)
    assert tuple(columns) == COLUMNS[kind]
    assert [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)] == [
        row | {"published": date.fromisoformat(row["published"]) if row["published"] else None} for row in rows
    ]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_are_made_by_the_library_that_is_there(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, library: Any
) -> None:
    """With the library where it is installed; else with one that keeps what it is given."""
    found = find(archive, "statements")
    if importlib.util.find_spec(library) is None:
        monkeypatch.setitem(sys.modules, library, SimpleNamespace(DataFrame=dict))
    frame = frame_of(found, "statements", library)
    assert list(frame["act"]) == [f.item.act for f in found] and frame["published"][0] == found[0].record.date
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ExtraMissing, match=f"R602 .*{library}"):
        frame_of(found, "statements", library)
    with pytest.raises(QueryRefused):
        frame_of(found, "statements", "os")  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\uff1d1", "'=x", "plain", "", "'"])
def test_csv_cells_do_not_act_and_come_back(value: str) -> None:
    assert guarded(value)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\uff1d") and unguarded(guarded(value)) == value


def test_common_words_are_found_by_walking_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    days = [None, *(date(2020, 1, 1) + timedelta(days=n) for n in range(40))]
    asked: list[dict[str, Any]] = [
        {"text": "grain", "limit": limit, "offset": offset, **days}
        for limit in (1, 5, 20) for offset in (0, 3, 30)
        for days in ({}, {"since": "2020-01-10"}, {"until": "2020-02-01"}, {"since": "2020-03-01"})
    ]  # fmt: skip
    asked += [{**question, "text": text} for question in asked for text in ('"of grain"', "late", "rail grain")]
    with Archive.open(tmp_path / "a.sqlite", write=True, create=True) as made:
        for n in range(300):
            day = chance.choice(days)
            words = f"They spoke of {'grain' if n % 3 else 'rail'} {n}." + (
                " It is late." if day and day.day > 25 else ""
            )
            said = sample().statements[0]
            made.put(
                Record(
                    id=f"d{n}",
                    text=words,
                    date=day,
                    statements=(replace(said, cue=None, via=None, content=Span(0, len(words))),),
                )
            )
        walks = []
        original = finding._walked

        def seen(*arguments: Any) -> Any:
            walks.append(original(*arguments))
            return walks[-1]

        for kind in ("statements", "documents"):
            monkeypatch.setattr(finding, "_walked", lambda *_: None)
            gathered = [find(made, kind, **question) for question in asked]
            monkeypatch.setattr(finding, "_walked", seen)
            for walk in (0.0001, 0.1, 2):
                monkeypatch.setattr(finding, "WALK", walk)
                assert [find(made, kind, **question) for question in asked] == gathered
        assert sum(walk is not None for walk in walks) > 50 and sum(walk is None for walk in walks) > 50


def test_statements_of_frequent_sides_and_words_are_found_among_the_first_as_among_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(11)
    days = [None, *(date(2020, 1, 1) + timedelta(days=n) for n in range(40))]
    asked: list[dict[str, Any]] = [
        {"limit": limit, "offset": offset, **days, **of, **words}
        for limit in (1, 5) for offset in (0, 3, 30)
        for days in ({}, {"since": "2020-01-10"}, {"until": "2020-02-01"})
        for of in ({"side": "KAZ"}, {"side": "CHN"}, {"side": ["KAZ", "CHN"]}, {"with_": "CHN"})
        for words in ({}, {"text": "grain"}, {"text": "grain late"}, {"text": "seldom"}, {"text": "grain", "act": "commit"})
    ]  # fmt: skip
    with Archive.open(tmp_path / "a.sqlite", write=True, create=True) as made:
        for n in range(200):
            day = chance.choice(days)
            words = f"They spoke of {'grain' if n % 3 else 'rail'} {n}."
            words += " It is late." if day and day.day > 25 else ""
            words += " Seldom." if n % 60 == 0 else ""
            said = replace(chance.choice(sample().statements), cue=None, via=None, content=Span(0, len(words)))
            made.put(Record(id=f"d{n}", text=words, date=day, statements=(said,)))
        monkeypatch.setattr(finding, "_among_first", lambda *_: None)
        gathered = [find(made, "statements", **question) for question in asked]
        assert sum(map(bool, gathered)) > 100
        monkeypatch.undo()
        walks = []
        original = finding._among_first

        def seen(*arguments: Any) -> Any:
            walks.append(original(*arguments))
            return walks[-1]

        monkeypatch.setattr(finding, "_among_first", seen)
        for stretch in (1, 5, 20):
            monkeypatch.setattr(finding, "STRETCH", stretch)
            monkeypatch.setattr(finding, "WORDED_STRETCH", stretch)
            assert [find(made, "statements", **question) for question in asked] == gathered
        for by in (True, False):  # whatever is gathered, the same is found and counted
            monkeypatch.setattr(finding, "_asks_words", lambda *_, by=by: by)
            monkeypatch.setattr(finding, "_among_first", lambda *_: None)
            assert [find(made, "statements", **question) for question in asked] == gathered
            filters = [{k: v for k, v in question.items() if k not in ("limit", "offset")} for question in asked]
            assert [count(made, "statements", **f) for f in filters] == [
                len(find(made, "statements", limit=None, **f)) for f in filters
            ]
        assert sum(walk is not None for walk in walks) > 50 and sum(walk is None for walk in walks) > 50


def test_all_is_read_little_by_little_as_it_was_at_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_AT_ONCE", 3)
    path = tmp_path / "a.sqlite"
    with Archive.open(path, write=True, create=True) as writing, Archive.open(path) as reading:
        writing.put(sample())
        for kind in KINDS:
            assert list(find_each(reading, kind)) == find(reading, kind)
        assert list(find_each(reading, "statements", text="strateg*")) == find(reading, "statements", text="strateg*")
        before = find(reading, "statements")
        found = find_each(reading, "statements")
        first = next(found)
        writing.put(replace(sample(), id="other", date=date(2023, 5, 1)))
        assert [first, *found] == before and len(find(reading, "statements")) == 2 * len(before)
        for asked in ({"act": "shout"}, {"text": '""'}, {"strength": "firm"}, {"side": "Congo"}):
            with pytest.raises(QueryRefused):
                find_each(reading, "statements", **asked)


def test_short_names_of_sides_and_spans_of_time_are_understood(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.sqlite", write=True, create=True) as made:
        said = sample().statements[0]
        speaker = replace(said.speakers[0], person=None, office=None, of="IRN")
        made.put(replace(sample(), date=date(2024, 5, 31), statements=(replace(said, speakers=(speaker,)),)))
        for side in ("Iran", "iran", "IRN", "irn"):
            assert count(made, "statements", side=side) == 1
        assert count(made, "statements", since="2024-05", until="2024-05") == 1
        assert count(made, "statements", since="2024", until="2024-05-31") == 1
        assert count(made, "statements", since="2024-06") == count(made, "statements", until="2024-04") == 0
        for wrong in ("2024-5", "05-2024", "2024-13", "soon", "2024-02-30", "٢٠٢٤"):
            with pytest.raises(QueryRefused, match="give 2024, 2024-05 or 2024-05-17"):
                count(made, "statements", since=wrong)


def test_no_more_are_counted_than_asked(archive: Archive) -> None:
    assert [count(archive, "statements", most=n) for n in (1, 8, 9)] == [1, 8, 8]
