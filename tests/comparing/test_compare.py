"""Accounts side by side: the golden pairs, the kinds of difference, and the page."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from readout.comparing import compare, comparison_html, comparison_text, missing_packages
from readout.errors import RecordError

HOME = Path(__file__).parents[2]


def script(name: str, folder: str = "benchmarks") -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{folder}_{name}", HOME / folder / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BENCH = script("compare")
PAIRS = BENCH.pairs_of()
HELD_OUT = BENCH.pairs_of(BENCH.HELD_OUT)
DEV = HOME.parent / "shared" / "gold" / "dev"
FLOORS = {
    "first": 0.90, "second": 0.90, "third": 0.80, "fourth": 0.70, "fifth": 0.79, "sixth": 0.80,
    "read": 0.78, "fourth read": 0.57, "fifth read": 0.58, "sixth read": 0.58, "real": 0.60,
}  # fmt: skip
"""At most 0.04 below the measured. `fifth` and `sixth` were held out of every fit; `sixth` of every choice too."""
LEFT_OUT = {"given": 0.85, "read": 0.78}


def written(one: str, other: str) -> list[object]:
    pair = {"id": "x", "accounts": [{"issuer": i, "date": "2024-03-05", "text": t}
                                    for i, t in (("KAZ", one), ("CHN", other))]}  # fmt: skip
    return [BENCH.golden_record(pair, n) for n in (0, 1)]


def test_there_are_enough_pairs() -> None:
    counts = BENCH.score(PAIRS)
    assert counts["first pairs"] + counts["second pairs"] >= 12
    assert counts["first statements"] + counts["second statements"] >= 150


def f1(counts: Counter[str], *halves: str) -> float:
    right, said, wanted = (sum(counts[f"{half} {what}"] for half in halves) for what in ("right", "said", "wanted"))
    return float(BENCH.f1(right, said, wanted))


@pytest.mark.parametrize("half", ["first", "second", "third", "fourth", "fifth", "sixth"])
def test_alignment_reaches_its_floor(half: str) -> None:
    assert f1(BENCH.score([*PAIRS, *HELD_OUT]), half) >= FLOORS[half]


def test_alignment_reaches_its_floor_end_to_end() -> None:
    every = [*PAIRS, *HELD_OUT]
    counts = BENCH.score(every, BENCH.read_written(every))
    assert f1(counts, "first", "second", "third", "fourth") >= FLOORS["read"]
    assert f1(counts, "fourth") >= FLOORS["fourth read"]
    assert f1(counts, "fifth") >= FLOORS["fifth read"]
    assert f1(counts, "sixth") >= FLOORS["sixth read"]


@pytest.mark.model
@pytest.mark.skipif(bool(missing_packages()), reason="the extra 'similar' is not installed")
def test_pairs_left_out_are_aligned_better_by_meaning() -> None:
    fitting = script("fit_aligning", "scripts")
    every = fitting.written_pairs(BENCH)
    found = {}
    for way, names in fitting.WAYS.items():
        alike = fitting.left_out(every, names)
        found[way] = fitting.figures(every, alike, *fitting.chosen(every, alike))
    for kind, floor in LEFT_OUT.items():
        assert floor <= found["words"][kind] < found["with_meaning"][kind], found


@pytest.mark.shared
@pytest.mark.skipif(not DEV.is_dir(), reason="the reference files are not beside the project")
def test_alignment_of_real_pairs_reaches_its_floor(capsys: pytest.CaptureFixture[str]) -> None:
    counts = BENCH.real(BENCH.judged_pairs(DEV), None, "words")
    assert BENCH.f1(counts["right"], counts["said"], counts["wanted"]) >= FLOORS["real"]
    assert "judged as read" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("He said [chn_support: China backs the railway].", "He said [chn_support: China backs the railway].", []),
        ("It [chn_commit: will build the Altai railway].", "It [chn_offer: hopes to build the Altai railway].",
         ["strength"]),
        ("It [chn_affirm: accepts the Altai railway].", "It [kaz_affirm: accepts the Altai railway].", ["speaker"]),
        ("It [chn_affirm: accepts the Altai railway].", "It [chn_affirm: does not accept the Altai railway].",
         ["polarity"]),
        ("It [chn_thank: welcomed the Altai railway].", "It [chn_criticise: welcomed the Altai railway].", ["act"]),
        ("They [chn_kaz_discuss: spoke of railways, cotton and the climate].",
         "They [chn_kaz_discuss: spoke of railways and cotton].", ["left_out"]),
        ("It [chn_commit: will lend 40 million yuan for the Altai railway].",
         "It [chn_commit: will lend money for the Altai railway].", ["number"]),
        ("It [chn_commit: will send fifty engineers to the Altai railway].",
         "It [chn_commit: will send 40 engineers to the Altai railway].", ["number"]),
        ("It [chn_commit: will send 2,500 engineers to the Altai railway within two months].",
         "It [chn_commit: will send 2500 engineers to the Altai railway in the two months set].", []),
        ("It [chn_commit: will build the Altai railway by June 2031].",
         "It [chn_commit: will build the Altai railway].", ["date"]),
        ("It [chn_commit: will build the Altai railway by June 2031].",
         "It [chn_commit: will build the Altai railway on 3 June 2031].", []),
        ("The two sides' five-year plan is to [chn_affirm: accept the Altai railway].",
         "It is to [chn_affirm: accept the Altai railway of the two countries].", []),
    ],
)  # fmt: skip
def test_how_accounts_differ(one: str, other: str, kinds: list[str]) -> None:
    (row,) = compare(*written(one, other)).rows
    assert [d.kind for d in row.differences] == kinds
    assert row.told == ("differently" if kinds else "by_all")


def test_what_one_alone_tells() -> None:
    rows = compare(*written("It [chn_affirm: accepts the railway].", "It [kaz_concern: regrets the flood].")).rows
    assert [row.told for row in rows] == ["alone", "alone"]


def test_nothing_is_compared_with_itself() -> None:
    records = written("It [chn_affirm: accepts it].", "It [chn_affirm: accepts it].")
    with pytest.raises(RecordError, match="at least two"):
        compare(records[0])
    with pytest.raises(RecordError, match="one id"):
        compare(records[0], records[0])


def test_every_statement_stands_in_one_row() -> None:
    for pair in PAIRS:
        records = [BENCH.golden_record(pair, n) for n in (0, 1)]
        found = compare(*records)
        shown = [s.id for row in found.rows for cell in row.statements for s in cell]
        assert sorted(shown) == sorted(s.id for r in records for s in r.statements)
        assert found.to_json()["rows"] and comparison_text(found)


def test_the_page_obeys_no_text() -> None:
    one, other = written("It [chn_affirm: accepts <script>alert(1)</script> railway].", "It [chn_affirm: is railway].")
    page = comparison_html(compare(replace(one, title="<img src=x onerror=1>"), other))  # type: ignore[type-var]
    assert "<script" not in page and "<img" not in page and "default-src 'none'" in page
    assert "prefers-color-scheme:dark" in page
