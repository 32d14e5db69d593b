"""The dyad as table, bars, CSV, JSON and SVG: whole, escaped, and the command that prints them."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from click.testing import CliRunner
from samples import HOSTILE, hostile
from telling_of import FM, series, told

from readout.charting import DYAD_COLUMNS, dyad, dyad_csv, dyad_plot, dyad_svg, dyad_text, records_between
from readout.cli import cli
from readout.storing import Archive

NAMES = {"CHN": "China", "KAZ": "Kazakhstan"}.get
SVG = "{http://www.w3.org/2000/svg}"


def test_the_tables() -> None:
    lines = dyad_text(dyad(series(), "CHN", "KAZ"), NAMES).splitlines()
    assert lines[0] == "China (CHN) and Kazakhstan (KAZ), by year"
    assert lines[1] == "6 documents tell of both"
    rows = {line.split()[0]: line.split() for line in lines if re.match(r"  (?:20\d\d|undated) ", line)}
    assert lines[lines.index("ENCOUNTERS") + 1].split() == [
        "held", "planned", "accounts", "phone", "call", "meeting", "visit", "ministers", "untold"]  # fmt: skip
    at = lines.index("ENCOUNTERS") + 2
    assert [line.split() for line in lines[at : at + 2]] == [
        ["2019", "1", "0", "3", "1", "0", "0", "1", "0"], ["2020", "1", "0", "2", "0", "0", "1", "1", "0"]]  # fmt: skip
    assert "undated" in rows
    assert "  2019-03-05 to 2019-03-06, neighbour: “good neighbours” (2 documents, first a)" in lines


def test_a_run_of_empty_periods_is_one_line() -> None:
    assert "  2019-04 to 2019-10 " in dyad_text(dyad(series(), "CHN", "KAZ", by="month"))
    assert dyad_plot(dyad(series(), "CHN", "KAZ", by="month")).count("2019-04 to 2019-10") == 3


def test_the_bars() -> None:
    lines = dyad_plot(dyad(series(), "CHN", "KAZ")).splitlines()
    assert f"2019    {'#' * 40} 1" in lines
    assert f"undated {'.' * 40} 0 and 1 planned" in lines
    (bad,) = [line for line in lines if "-2.0 " in line]
    assert re.search(r" -+\|\++ +-2\.0 \+1\.0$", bad)


def test_csv_has_one_row_a_period_and_every_column() -> None:
    rows = list(csv.DictReader(io.StringIO("".join(dyad_csv(dyad(series(), "CHN", "KAZ"))))))
    assert list(rows[0]) == list(DYAD_COLUMNS)
    assert [(r["period"], r["held"], r["planned"]) for r in rows] == [
        ("2019", "1", "0"), ("2020", "1", "0"), ("2021", "1", "0"), ("undated", "0", "1")]  # fmt: skip
    assert rows[0]["one_to_other_cooperative_sum"] == "4.4" and rows[0]["other_to_one_conflictual"] == "1"
    assert rows[0]["topic_borders"] == "1" and rows[1]["channel_visit"] == "1"


def test_csv_and_json_tell_the_same() -> None:
    made = dyad(series(), "CHN", "KAZ")
    data = json.loads(json.dumps(made.to_json()))
    rows = list(csv.DictReader(io.StringIO("".join(dyad_csv(made)))))
    assert [str(p["held"]) for p in data["periods"]] == [r["held"] for r in rows if r["period"] != "undated"]
    assert data["labels"][0]["words"] == "good neighbours"
    assert data["periods"][0]["tone"][1]["conflictual"] == {"count": 1, "sum": -2.0, "mean": -2.0}


def test_the_picture_is_xml_with_a_title_a_description_and_numbers_as_text() -> None:
    root = ElementTree.fromstring(dyad_svg(dyad(series(), "CHN", "KAZ"), NAMES))
    assert root.get("role") == "img" and root.get("aria-labelledby") == "dyad-title dyad-desc"
    assert root.findtext(f"{SVG}title") == "China and Kazakhstan, by year"
    assert "3 exchanges told in 6 documents" in str(root.findtext(f"{SVG}desc"))
    texts = [t.text for t in root.iter(f"{SVG}text")]
    assert "1 phone call" in texts and "1 planned" in texts and "-2.0 +1.0" in texts
    bars = [(float(r.get("x", 0)), float(r.get("width", 0))) for r in root.iter(f"{SVG}rect")]
    assert all(x >= 0 and x + width <= float(root.get("width", 0)) for x, width in bars)
    assert not [e for e in root.iter() if e.tag in (f"{SVG}script", f"{SVG}image", f"{SVG}a")]


def test_a_hostile_name_is_shown_and_does_not_act() -> None:
    record = told("x", None, "They met.", met=(("meeting", "reported", "", FM, FM),), sides=(HOSTILE, "KAZ"))
    made = dyad([record, hostile()], HOSTILE, "KAZ")
    for words in (dyad_text(made), dyad_plot(made)):
        assert "\x1b" not in words and "\u202e" not in words and made.exchanges
    root = ElementTree.fromstring(dyad_svg(made))
    assert {e.tag for e in root.iter()} == {
        f"{SVG}{x}" for x in ("svg", "title", "desc", "style", "text", "rect", "line")
    }


def archive_of(path: Path) -> Path:
    file = path / "a.sqlite"
    with Archive.open(file, write=True, create=True) as archive:
        for record in series():
            archive.put(record)
    return file


def test_an_archive_gives_the_documents_that_tell_of_both(tmp_path: Path) -> None:
    with Archive.open(archive_of(tmp_path)) as archive:
        found = records_between(archive, "CHN", "KAZ")
        assert len(found) == 6 and [r.id for r in found] == sorted(r.id for r in found)
        assert records_between(archive, "NOR", "KAZ") == []
        assert {r.text for r in records_between(archive, "KAZ", "CHN")} == {r.text for r in found}
    told_of = [(x.kind, x.status, x.accounts) for x in dyad(found, "CHN", "KAZ").exchanges]
    assert told_of == [(x.kind, x.status, x.accounts) for x in dyad(series(), "CHN", "KAZ").exchanges]


def test_the_command(tmp_path: Path) -> None:
    file = str(archive_of(tmp_path))

    def run(*words: str) -> str:
        result = CliRunner().invoke(cli, ["dyad", "chn", "KAZ", "--archive", file, *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert run().startswith("China (CHN) and Kazakhstan (KAZ), by year")
    assert "#" * 40 in run("--plot")
    assert json.loads(run("--format", "json", "--by", "quarter", "--since", "2020-01-01"))["since"] == "2020-01-01"
    assert run("--format", "csv").splitlines()[0].split(",") == list(DYAD_COLUMNS)
    ElementTree.fromstring(run("--format", "svg"))
    missing = CliRunner().invoke(cli, ["dyad", "CHN", "FRA", "--archive", file])
    assert missing.exit_code == 0 and "no document here tells of both" in missing.stderr
    assert CliRunner().invoke(cli, ["dyad", "CHN", "CHN", "--archive", file]).exit_code == 2
    assert CliRunner().invoke(cli, ["dyad", "CHN", "KAZ", "--plot", "--format", "csv"]).exit_code == 2
