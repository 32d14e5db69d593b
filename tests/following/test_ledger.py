"""The ledger on written series, read end to end: every standing right on every day, none without evidence."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import readout
from readout.cli import cli
from readout.errors import QueryRefused
from readout.following import LEDGER_STATUSES, Ledger, ledger, promises
from readout.records import Record
from readout.storing import Archive

pytestmark = pytest.mark.model
SERIES = {
    p.stem: yaml.safe_load(p.read_text("utf-8")) for p in sorted((Path(__file__).parent / "series").glob("*.yaml"))
}
CASES = [(name, case) for name, series in SERIES.items() for case in series["golden"]]


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One archive a series; the documents are put in shuffled."""
    out = {}
    for name, series in SERIES.items():
        out[name] = tmp_path_factory.mktemp("ledger") / f"{name}.sqlite"
        found = list(readout.read_many(series["documents"]))
        random.Random(4).shuffle(found)
        with Archive.open(out[name], write=True, create=True) as archive:
            for record in found:
                assert isinstance(record, Record), record
                archive.put(record)
    return out


def told(path: Path, one: str, other: str | None, as_of: str | None) -> Ledger:
    with Archive.open(path) as archive:
        return ledger(archive, one, other, as_of)


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{n} {c['as_of']}" for n, c in CASES])
def test_every_standing_is_right(archives: dict[str, Path], name: str, case: dict[str, Any]) -> None:
    made = told(archives[name], *SERIES[name]["dyad"], case["as_of"])
    found = [
        (sorted(p.promisor), p.words, p.status, [e.name for e in p.evidence])
        for p in (*made.promises, *made.hopes)
    ]  # fmt: skip
    wanted = [(sorted(x["promisor"]), x["words"], x["status"], x["evidence"]) for x in case["standing"]]
    wanted += [(sorted(x["promisor"]), x["words"], "hope", []) for x in case["hopes"]]
    left = list(found)
    for sides, words, status, evidence in wanted:
        hit = [f for f in left if f[0] == sides and words in f[1]]
        assert hit == [(sides, f[1], status, evidence) for f in hit] and len(hit) == 1, (words, status, evidence, found)
        left.remove(hit[0])
    assert left == []


def test_the_series_are_as_long_and_as_many_as_promised() -> None:
    assert len(SERIES) >= 4 and all(len(s["documents"]) >= 6 and len(s["golden"]) >= 2 for s in SERIES.values())
    assert {x["status"] for s in SERIES.values() for c in s["golden"] for x in c["standing"]} == set(
        LEDGER_STATUSES
    ) - {"hope"}


def test_one_way_and_both_ways(archives: dict[str, Path]) -> None:
    with Archive.open(archives["chn-kaz"]) as archive:
        mine = promises(archive, "chn", "KAZ", "2021-04-01")
        alone = promises(archive, "CHN", as_of=date(2021, 4, 1))
        assert {p.promisor for p in mine} == {("CHN",)} and len(mine) == 3
        assert [p.id for p in alone] == [p.id for p in mine]
        assert [p.promisor for p in promises(archive, "KAZ", "CHN")] == [("KAZ",)]
        assert promises(archive, "NOR", "KAZ") == ()


def test_every_status_but_open_and_hope_has_evidence_that_quotes_its_document(archives: dict[str, Path]) -> None:
    seen = 0
    for name, path in archives.items():
        with Archive.open(path) as archive:
            made = ledger(archive, *SERIES[name]["dyad"])
            for p in (*made.promises, *made.hopes):
                assert bool(p.evidence) == (p.status not in ("open", "hope"))
                for x in (*p.wordings, *p.evidence, *p.history):
                    assert x.span.of(archive.record(x.document).text) == x.words and x.words
                    seen += 1
                assert all(e.reason and e.date >= p.wordings[0].date for e in p.evidence)
    assert seen > 50


def test_a_wording_in_another_account_of_one_meeting_is_no_repetition(archives: dict[str, Path]) -> None:
    buses = told(archives["chn-kaz"], "CHN", "KAZ", "2021-04-01").promises[0]
    assert [(w.name, w.is_account) for w in buses.wordings] == [("c1", False), ("c2", True)]
    assert (buses.deadline, buses.status) == (date(2021, 6, 30), "open")
    power = [p for p in told(archives["deu-mda"], "DEU", "MDA", None).promises if "generators" in p.words]
    assert [p.condition for p in power] == ["if the power cuts continue"]


def test_what_comes_later_changes_nothing_before(archives: dict[str, Path]) -> None:
    for name, series in SERIES.items():
        kept = [d for d in series["documents"] if d["date"] <= series["golden"][1]["as_of"]]
        whole = told(archives[name], *series["dyad"], series["golden"][1]["as_of"])
        assert whole.documents == len(kept)
        assert max(w.date for p in whole.promises for w in p.wordings) <= date.fromisoformat(
            series["golden"][1]["as_of"]
        )


def test_wrong_questions_are_refused(archives: dict[str, Path]) -> None:
    with Archive.open(archives["chn-kaz"]) as archive:
        for asked in (("CHN", "chn"), ("", "KAZ"), ("CHN", " ")):
            with pytest.raises(QueryRefused):
                ledger(archive, *asked)
        with pytest.raises(QueryRefused, match="YYYY-MM-DD"):
            ledger(archive, "CHN", "KAZ", "yesterday")


def test_the_command(archives: dict[str, Path]) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(cli, ["ledger", *words, "--archive", str(archives["chn-kaz"])])
        assert result.exit_code == 0, result.output
        return result.stdout

    page = run("CHN", "KAZ", "--as-of", "2022-12-31")
    assert "withdrawn: China" in page and "HOPES" in page and "“build" in page
    assert page.index("HOPES") < page.index("open a cultural centre")
    only = json.loads(run("chn", "--as-of", "2021-09-01", "--status", "overdue", "--format", "json"))
    assert [p["status"] for p in only["promises"]] == ["overdue"] and only["hopes"] == []
    rows = run("CHN", "KAZ", "--format", "csv").splitlines()
    assert rows[0].startswith("id,promisor,beneficiary,status,words") and len(rows) == 6
    missing = CliRunner().invoke(cli, ["ledger", "NOR", "--archive", str(archives["chn-kaz"])])
    assert missing.exit_code == 0 and "no dated document" in missing.stderr
