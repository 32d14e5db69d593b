"""Formulas: found by repetition, with their degree over time; a reprint and a single use are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import readout
from readout.cli import cli
from readout.errors import QueryRefused
from readout.following import phrases
from readout.records import Record
from readout.storing import Archive

pytestmark = pytest.mark.model
CALL = (
    "Chinese Foreign Minister Wang Yi spoke by phone with Kazakh Foreign Minister Mukhtar Tileuberdi. "
    "Wang Yi said that "
)
SAID = [
    ("2019-02-01", "China firmly supports territorial integrity. He expressed concern over the drought in the north"),
    ("2019-09-01", "China firmly supports territorial integrity. He expressed concern over the new tariffs"),
    ("2020-03-01", "China supports territorial integrity. He expressed deep concern over the closed road"),
    ("2020-08-01", "the golden friendship will last. He expressed deep concern over piracy"),
    ("2021-02-01", "trade had doubled. He expressed grave and deep concern over the fires"),
    ("2021-07-01", "the bridge was nearly ready. He expressed grave concern over a shortage of grain"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("phrases") / "a.sqlite"
    given = [
        {"id": f"p{n}", "date": day, "issuer": "CHN",
         "text": f"{CALL}{said}."}
        for n, (day, said) in enumerate(SAID)
    ]  # fmt: skip
    given.append({**given[3], "id": "reprint", "url": "https://example.org/reprint"})
    with Archive.open(file, write=True, create=True) as archive:
        for record in readout.read_many(given):
            assert isinstance(record, Record)
            archive.put(record)
    return file


def test_what_is_repeated_is_found_with_its_trend(path: Path) -> None:
    with Archive.open(path) as archive:
        found = {p.core: p for p in phrases(archive, "CHN", "KAZ")}
        shown = found["china supports territorial integrity"]
        assert ([u.degree for u in shown.uses], shown.trend, shown.spoken_after) == ([1, 1, 0], "vanished", 3)
        assert [u.words for u in shown.uses][1] == "China firmly supports territorial integrity"
        assert [u.words for u in shown.uses][2] == "China supports territorial integrity"
        worry = next(p for core, p in found.items() if core.startswith("concern"))
        assert worry.trend == "strengthened" and worry.by_year[2019] == 2 and len(worry.uses) >= 5
        assert not any("golden friendship" in core for core in found)
        for p in found.values():
            for u in p.uses:
                assert u.span.of(archive.record(u.document).text) == u.words
        assert phrases(archive, "KAZ") == () and phrases(archive, "CHN", "NOR") == ()
        with pytest.raises(QueryRefused):
            phrases(archive, "CHN", least=1)
        with pytest.raises(QueryRefused):
            phrases(archive, "CHN", "chn")


def test_the_command(path: Path) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(cli, ["phrases", "chn", "--archive", str(path), *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "“china supports territorial integrity”  3 documents (2019: 2, 2020: 1), vanished" in run("--with", "kaz")
    assert {p["trend"] for p in json.loads(run("--format", "json"))} >= {"vanished", "strengthened"}
    assert run("--format", "csv").startswith("core,documents,first,last,trend")
    assert run("--least", "50") == "no formula\n"
