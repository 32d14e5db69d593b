"""The forms of other programs: each is whole, well formed, unhurt by hostile words, and says what it leaves out."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import HOSTILE, NAMES, REFUSALS, TEXT, hostile, records, sample

from readout.cli import cli
from readout.coding import code_record
from readout.errors import ExtraMissing, SettingError
from readout.exporting.annotations import (
    brat_annotations,
    brat_configuration,
    file_name,
    fragments,
    labelstudio_configuration,
    labelstudio_task,
)
from readout.exporting.countries import TWO_LETTERS
from readout.exporting.escaping import unguarded
from readout.exporting.events import GDELT_COLUMNS, ICEWS_COLUMNS
from readout.exporting.exporters import EXPORTERS, drops_table, export_files, export_parts
from readout.exporting.tables import TABLES
from readout.records import DateInterval, Record, Refusal, Span, dumps, loads
from readout.storing import Archive

DOCS = Path(__file__).parents[2] / "docs"
STREAMS = [name for name, x in EXPORTERS.items() if x.target == "stream"]
Keyed = tuple[str, Record | Refusal]
KEYED: list[Keyed] = [("k1", sample()), ("k2", hostile()), *((r.id, r) for r in REFUSALS)]


def text_of(form: str, items: list[Keyed] | None = None) -> str:
    return "".join(export_parts(KEYED if items is None else items, form, NAMES))


def lines_of(form: str, items: list[Keyed] | None = None) -> list[str]:
    return text_of(form, items).splitlines()


# -- all of them -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", STREAMS)
def test_a_stream_is_written_as_utf_8_and_the_same_twice(form: str) -> None:
    assert text_of(form).encode("utf-8") == text_of(form, list(KEYED)).encode("utf-8")
    head = {"icews": "\t".join(ICEWS_COLUMNS) + "\n", "labelstudio": "[\n]\n"}
    if form == "jsonld":
        assert json.loads(text_of(form, []))["@graph"] == []
    else:
        assert text_of(form, []) == head.get(form, "")


@settings(max_examples=40, deadline=None)
@given(st.lists(records(), max_size=2))
def test_any_record_can_be_written_in_every_stream(found: list[Record]) -> None:
    items: list[Keyed] = [(f"k{n}", r) for n, r in enumerate(found)]
    for form in STREAMS:
        for line in text_of(form, items).split("\n"):
            if form in ("ftm", "plover", "jsonl") and line:
                json.loads(line)
        if form in ("jsonld", "labelstudio"):
            json.loads(text_of(form, items))


@pytest.mark.parametrize("form", sorted(EXPORTERS))
def test_the_page_says_what_a_form_leaves_out(form: str) -> None:
    page = " ".join((DOCS / "exporting.md").read_text(encoding="utf-8").split())
    assert f"| `{form}` | {EXPORTERS[form].words} | {'; '.join(EXPORTERS[form].drops)} |" in page


def test_what_is_left_out_is_told_by_the_command() -> None:
    run = CliRunner().invoke
    one = run(cli, ["export", "--format", "gdelt", "--drops"]).stdout
    assert one == drops_table("gdelt") and "AvgTone is empty" in one
    everything = run(cli, ["export", "--drops"]).stdout
    assert everything == drops_table() and all(f"{name}: " in everything for name in EXPORTERS)


def test_unknown_forms_and_wrong_doors_are_refused(tmp_path: Path) -> None:
    for call, words in (
        (lambda: list(export_parts([], "docx")), "use one of: jsonl, csv"),
        (lambda: list(export_parts([], "brat")), "makes files; name where they go with -o"),
        (lambda: export_files([], "jsonl", tmp_path / "x"), "is one text"),
        (lambda: export_files([], "csv", tmp_path / "none" / "x"), "in a folder that exists"),
        (lambda: drops_table("docx"), "is not known"),
    ):
        with pytest.raises(SettingError, match=words):
            call()


@pytest.mark.parametrize(("form", "module"), [("xlsx", "xlsxwriter"), ("parquet", "pyarrow")])
def test_a_missing_package_is_told_with_how_to_install_it(
    form: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, f"{module}.parquet", None)
    with pytest.raises(ExtraMissing, match=rf"pip install 'diplomatic-readout\[{form}\]'"):
        export_files(KEYED, form, tmp_path / "out")


# -- tables ------------------------------------------------------------------------------------------------------------


def read_csv(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_one_file_a_kind_and_keys_that_join_them(tmp_path: Path) -> None:
    export_files(KEYED, "csv", tmp_path / "out")
    tables = {table: read_csv(tmp_path / "out", table) for table in TABLES}
    for table, columns in TABLES.items():
        with (tmp_path / "out" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == list(columns)
    assert {row["document"] for row in tables["documents"]} == {"k1", "k2"}
    ids = {(row["document"], row["id"]) for row in tables["statements"]}
    assert {(row["document"], row["statement"]) for row in tables["speakers"]} == ids
    assert [unguarded(row["words"]) for row in tables["relations"] if row["document"] == "k1"] == ["strategic partners"]
    assert tables["commitments"][0]["refrain"] == "false" and len(tables["refusals"]) == 2
    start, end = (int(tables["statements"][0][x]) for x in ("start", "end"))
    assert unguarded(tables["documents"][0]["text"])[start:end] == tables["statements"][0]["words"]


def test_no_cell_of_csv_is_a_formula(tmp_path: Path) -> None:
    tricky = replace(sample(), title='=HYPERLINK("http://x","y")', issuer="@SUM(1)", url="+1")
    export_files([("-k", tricky)], "csv", tmp_path / "out")
    for table in TABLES:
        for row in read_csv(tmp_path / "out", table):
            assert not [v for v in row.values() if v and v[0] in "=+@\t\r-"]


def sheet_cells(path: Path) -> dict[str, list[ElementTree.Element]]:
    spaces = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as book:
        names = [
            s.get("name", "")
            for s in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{{{spaces['m']}}}sheet")
        ]
        return {
            name: ElementTree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml")).findall(".//m:c", spaces)
            for n, name in enumerate(names, 1)
        }


def test_a_spreadsheet_has_a_sheet_a_kind_and_no_formula_or_link(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="the extra xlsx is not installed")
    tricky = replace(sample(), title="=1+1", issuer="http://example.org", url="internal:A1", id="=cmd")
    export_files([("k1", tricky), ("k2", hostile())], "xlsx", tmp_path / "a.xlsx")
    cells = sheet_cells(tmp_path / "a.xlsx")
    assert list(cells) == list(TABLES)
    for found in cells.values():
        assert not [c for c in found if c.find("{*}f") is not None]
        assert {c.get("t", "n") for c in found} <= {"inlineStr", "n", "b", "s"}
    shown = ["".join(c.itertext()) for c in cells["documents"]]
    assert "=1+1" in shown and "http://example.org" in shown
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert not [name for name in book.namelist() if "hyperlink" in name.lower() or "external" in name.lower()]
    export_files([("k1", tricky), ("k2", hostile())], "xlsx", tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_sheet_that_is_full_goes_on_in_another_and_a_long_text_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("xlsxwriter", reason="the extra xlsx is not installed")
    from readout.exporting import sheets

    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    long = Record(id="long", text="a" * 40_000)
    export_files([("k1", sample()), ("k2", long)], "xlsx", tmp_path / "a.xlsx")
    cells = sheet_cells(tmp_path / "a.xlsx")
    for sheet in ("statements", "statements 2"):
        assert {re.sub(r"[A-Z]", "", c.get("r", "")) for c in cells[sheet]} == {"1", "2", "3"}
    assert max(len("".join(c.itertext())) for c in cells["documents"]) == 32_767


def test_parquet_gives_the_same_tables_as_csv(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    export_files(KEYED, "parquet", tmp_path / "p")
    export_files(KEYED, "csv", tmp_path / "c")
    for table, columns in TABLES.items():
        read = parquet.read_table(tmp_path / "p" / f"{table}.parquet")
        assert read.column_names == list(columns)
        as_csv = read_csv(tmp_path / "c", table)
        told = [{c: "" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for c, v in row.items()}
                for row in read.to_pylist()]  # fmt: skip
        assert told == [{c: unguarded(v) for c, v in row.items()} for row in as_csv]
    assert str(parquet.read_schema(tmp_path / "p" / "statements.parquet").field("start").type) == "int64"


@pytest.mark.parametrize("form", ["csv", "brat"])
def test_a_zip_holds_the_folder_and_is_the_same_twice(form: str, tmp_path: Path) -> None:
    export_files(KEYED, form, tmp_path / "one.zip")
    export_files(KEYED, form, tmp_path / "two.zip")
    export_files(KEYED, form, tmp_path / "folder")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert {n: archive.read(n) for n in archive.namelist()} == {
            p.name: p.read_bytes() for p in (tmp_path / "folder").iterdir()
        }


# -- linked data -------------------------------------------------------------------------------------------------------


def graph() -> dict[str, dict[str, Any]]:
    nodes = json.loads(text_of("jsonld"))["@graph"]
    assert len({n["@id"] for n in nodes}) == len(nodes)
    return {n["@id"]: n for n in nodes}


def test_json_ld_refers_to_what_is_in_the_graph_and_quotes_the_text() -> None:
    found = graph()
    context = json.loads(text_of("jsonld"))["@context"]
    references = [name for name, rule in context.items() if isinstance(rule, dict) and rule.get("@type") == "@id"]
    for node in found.values():
        for name in references:
            for target in [node[name]] if isinstance(node.get(name), str) else node.get(name, []):
                assert target in found, (name, target)
    document = found["urn:readout:document:k1"]
    mine = [n for n in found.values() if n.get("prov:hadPrimarySource") == document["@id"]]
    assert len(mine) == 10
    assert all(document["text"][n["readout:start"] : n["readout:end"]] == n["text"] for n in mine)


def test_json_ld_speaks_in_schema_org_and_prov() -> None:
    kinds = {tuple(n["@type"]) if isinstance(n["@type"], list) else (n["@type"],) for n in graph().values()}
    assert {("Article", "prov:Entity"), ("Event", "prov:Entity"), ("Quotation", "prov:Entity"),
            ("Action", "prov:Entity"), ("Person", "prov:Agent"), ("Country", "prov:Agent"), ("prov:Activity",),
            ("prov:SoftwareAgent",)} <= kinds  # fmt: skip
    call = next(n for n in graph().values() if n.get("additionalType") == "readout:phone_call")
    assert (call["startDate"], call["endDate"]) == ("2022-01-10", "2022-01-10")
    assert call["organizer"] == ["urn:readout:person:CHN:Wang%20Yi"]


def entities(items: list[Keyed] | None = None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines_of("ftm", items)]


# schema -> the properties of it that we use, and those that name another entity
FTM = {
    "Article": ("title fileName publishedAt date publisher sourceUrl bodyText language country", ""),
    "PublicBody": ("name country weakAlias", ""),
    "Organization": ("name country weakAlias", ""),
    "Person": ("name country position", ""),
    "Position": ("name country organization", "organization"),
    "Occupancy": ("holder post date proof", "holder post proof"),
    "Mention": ("document resolved name contextCountry detectedSchema", "document resolved"),
    "Event": ("name summary date startDate endDate location keywords proof involved organizer country",
              "proof involved organizer"),
    "Note": ("name description entity proof keywords", "entity proof"),
    "UnknownLink": ("subject object role summary date proof", "subject object proof"),
}  # fmt: skip


def test_followthemoney_entities_are_of_known_schemata_and_refer_to_one_another() -> None:
    found = entities()
    ids = {x["id"] for x in found}
    assert {x["schema"] for x in found} == set(FTM)
    for x in found:
        allowed, references = (set(words.split()) for words in FTM[x["schema"]])
        assert set(x["properties"]) <= allowed, x
        for name in references & set(x["properties"]):
            assert set(x["properties"][name]) <= ids, (name, x)
        assert all(isinstance(v, str) and v for values in x["properties"].values() for v in values)


def test_followthemoney_tells_the_call_and_who_held_the_office() -> None:
    found = entities([("k1", sample())])
    by_id = {x["id"]: x for x in found}
    call = next(x for x in found if "phone call" in x["properties"].get("keywords", []))
    names = [by_id[i]["properties"]["name"] for i in call["properties"]["involved"]]
    assert names == [["Wang Yi"], ["Mukhtar Tileuberdi"]] and call["properties"]["date"] == ["2022-01-10"]
    held = next(x for x in found if x["schema"] == "Occupancy" and x["properties"]["date"] == ["2022-01-10"])
    assert by_id[held["properties"]["post"][0]]["properties"]["country"] == ["cn"]
    mentioned = [x["properties"]["resolved"][0] for x in found if x["schema"] == "Mention"]
    assert mentioned and len(mentioned) == len(set(mentioned))
    twice = entities([("k1", sample()), ("k3", replace(sample(), id="again"))])
    assert len([x for x in twice if x["schema"] == "Person"]) == len([x for x in found if x["schema"] == "Person"])


def test_an_address_that_is_none_is_no_source_url() -> None:
    (article,) = [x for x in entities([("k2", hostile())]) if x["schema"] == "Article"]
    assert "sourceUrl" not in article["properties"]


def test_country_codes_are_those_of_iso() -> None:
    assert len(TWO_LETTERS) == len(set(TWO_LETTERS.values())) == 250
    assert [TWO_LETTERS[x] for x in ("KAZ", "CHN", "GBR", "UKR", "PRK", "KOR", "XKX")] == [
        "kz", "cn", "gb", "ua", "kp", "kr", "xk"]  # fmt: skip


# -- event rows --------------------------------------------------------------------------------------------------------


def test_gdelt_rows_have_61_columns_and_only_what_took_place_on_a_day() -> None:
    rows = [dict(zip(GDELT_COLUMNS, line.split("\t"), strict=True)) for line in lines_of("gdelt", [("k1", sample())])]
    assert len(GDELT_COLUMNS) == 61 and rows
    assert (rows[0]["SQLDATE"], rows[0]["Actor1Code"], rows[0]["Actor2Code"], rows[0]["EventCode"]) == (
        "20220110", "CHN", "KAZ", "041")  # fmt: skip
    assert (rows[0]["EventRootCode"], rows[0]["QuadClass"], rows[0]["GoldsteinScale"]) == ("04", "1", "1.0")
    assert rows[0]["SOURCEURL"] == "https://example.org/a?b=1&c=2"
    done = [r for r in code_record(sample()) if r.status != "planned" and r.date and r.source and r.target]
    assert len(rows) == len(done) < len(code_record(sample()))
    assert len({r["GLOBALEVENTID"] for r in rows}) == len(rows)
    month = replace(sample().encounters[0], date=DateInterval.month(2022, 1))
    assert lines_of("gdelt", [("k", replace(sample(), encounters=(month,), statements=(), commitments=()))]) == []


def test_icews_rows_have_20_columns_and_the_person() -> None:
    head, *rows = (line.split("\t") for line in lines_of("icews", [("k1", sample())]))
    assert tuple(head) == ICEWS_COLUMNS and len(ICEWS_COLUMNS) == 20
    first = dict(zip(head, rows[0], strict=True))
    assert (first["Source Name"], first["Source Country"], first["Target Name"]) == (
        "Wang Yi", "China", "Mukhtar Tileuberdi")  # fmt: skip
    assert (first["CAMEO Code"], first["Intensity"], first["Story ID"], first["Sentence Number"]) == (
        "041", "1.0", "k1", "1")  # fmt: skip


def test_plover_rows_have_no_mere_statements_and_point_to_their_words() -> None:
    rows = [json.loads(line) for line in lines_of("plover", [("k1", sample())])]
    assert len(rows) == sum(r.plover is not None for r in code_record(sample()))
    assert all([TEXT[a:b] for a, b in row["spans"]] == row["text"] for row in rows)
    planned = [row for row in rows if "future" in row["context"]]
    assert planned and all(row["event"] == "AGREE" for row in planned)


@pytest.mark.parametrize("form", ["gdelt", "icews"])
def test_a_hostile_value_breaks_no_line(form: str) -> None:
    record = replace(hostile(), date=date(2022, 1, 1), encounters=tuple(
        replace(e, participants=(*e.participants, *sample().encounters[0].participants), date=None)
        for e in hostile().encounters
    ))  # fmt: skip
    columns = GDELT_COLUMNS if form == "gdelt" else ICEWS_COLUMNS
    found = text_of(form, [(HOSTILE, record)]).split("\n")[:-1]
    assert len(found) > 2 and {line.count("\t") for line in found} == {len(columns) - 1}


# -- annotations -------------------------------------------------------------------------------------------------------


def marks_of(words: str) -> Iterator[tuple[str, str, list[tuple[int, int]], str]]:
    for line in words.split("\n"):
        if line.startswith("T"):
            mark, middle, told = line.split("\t")
            kind, _, places = middle.partition(" ")
            yield mark, kind, [(int(a), int(b)) for a, b in (p.split() for p in places.split(";"))], told


@pytest.mark.parametrize("record", [sample(), hostile()], ids=["sample", "hostile"])
def test_brat_spans_quote_the_text(record: Record) -> None:
    found = list(marks_of(brat_annotations(record)))
    assert [m for m, *_ in found] == [f"T{n}" for n in range(1, len(found) + 1)]
    for _, _, places, told in found:
        assert " ".join(record.text[a:b] for a, b in places) == told
        assert not re.search("[\n\r\u2028\u0085]", told)


def test_brat_lines_refer_to_marks_and_hold_acts_and_actors() -> None:
    words = brat_annotations(sample())
    marks = {m: kind for m, kind, *_ in marks_of(words)}
    for line in words.splitlines():
        if line[0] in "RA#":
            assert set(re.findall(r"\bT\d+\b", line.split("\t")[1])) <= set(marks)
    statement = next(m for m, kind in marks.items() if kind == "Statement")
    assert f"\tAct {statement} affirm\n" in words
    note = json.loads(
        next(x for x in words.splitlines() if x.startswith("#") and f" {statement}\t" in x).split("\t")[2]
    )
    assert note["id"] == sample().statements[0].id and note["speakers"][0]["person"] == "Wang Yi"
    assert re.search(r"^R\d+\tContinues Arg1:T\d+ Arg2:T\d+$", words, re.M)
    assert re.search(r"^R\d+\tHasDeadline Arg1:T\d+ Arg2:T\d+$", words, re.M)


def test_a_span_over_several_lines_is_discontinuous() -> None:
    text = "one\n\ntwo\r\nthree"
    assert [p.of(text) for p in fragments(text, Span(0, len(text)))] == ["one", "two", "three"]
    assert fragments(text, Span(3, 5)) == []


def test_the_configurations_name_every_type_that_is_used() -> None:
    conf = brat_configuration()
    words = brat_annotations(sample())
    entities_of = conf.split("[relations]")[0].split()[1:]
    assert {kind for _, kind, *_ in marks_of(words)} <= set(entities_of)
    relations = set(re.findall(r"^R\d+\t(\w+)", words, re.M))
    assert relations and relations <= set(re.findall(r"^(\w+)\tArg1:", conf, re.M))
    assert set(re.findall(r"^A\d+\t(\w+)", words, re.M)) <= set(re.findall(r"^(\w+)\tArg:", conf, re.M))
    root = ElementTree.fromstring(labelstudio_configuration())
    labels = {x.get("value") for x in root.iter("Label")}
    names = {x.get("name") for x in root.iter("Choices")}
    task = labelstudio_task("k1", sample())
    for entry in task["predictions"][0]["result"]:
        if entry["type"] == "labels":
            assert set(entry["value"]["labels"]) <= labels
        elif entry["type"] == "choices":
            assert entry["from_name"] in names


def test_label_studio_tasks_quote_the_text_and_tie_what_exists() -> None:
    for key, record in (("k1", sample()), ("k2", hostile())):
        task = labelstudio_task(key, record)
        result = task["predictions"][0]["result"]
        ids = {x["id"] for x in result if x["type"] == "labels"}
        for x in result:
            if x["type"] == "relation":
                assert {x["from_id"], x["to_id"]} <= ids
            else:
                assert task["data"]["text"][x["value"]["start"] : x["value"]["end"]] == x["value"]["text"]
    result = labelstudio_task("k1", sample())["predictions"][0]["result"]
    acts = [x["value"]["choices"] for x in result if x["type"] == "choices" and x["from_name"] == "act"]
    assert acts == [["affirm"], ["commit"], ["thank"], ["request"]]


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "C:\\x", "a/b", "CON", "nul", "", ".", "..", HOSTILE, "x" * 500, "Ä", "a.txt#2"]
)
def test_a_key_gives_a_file_name_that_stays_in_its_folder(key: str) -> None:
    assert re.fullmatch(r"[a-z0-9_-]{1,80}", file_name(key))
    assert file_name(key) != file_name(key + "x") and file_name("0a1b") == "0a1b"
    assert file_name(key) not in ("con", "nul")


# -- the command -------------------------------------------------------------------------------------------------------


def test_the_command_writes_an_archive_and_a_file_of_records(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    with Archive.open(file, write=True, create=True) as archive:
        for item in (sample(), *REFUSALS):
            archive.put(item)
    run = CliRunner().invoke
    at = ["--archive", str(file)]
    lines = run(cli, ["export", *at]).stdout.splitlines()
    assert loads(lines[0]) == sample() and set(lines) == {dumps(x) for x in (sample(), *REFUSALS)}
    told = run(cli, ["export", "--format", "ftm", *at])
    assert "--drops` tells which" in told.stderr and json.loads(told.stdout.splitlines()[0])["schema"] == "Article"
    for form, target in (("csv", "c.zip"), ("brat", "b"), ("jsonld", "x.json")):
        assert run(cli, ["export", "--format", form, "-o", str(tmp_path / target), *at]).exit_code == 0
        assert (tmp_path / target).exists()
    assert run(cli, ["export", "--format", "csv", "--kind", "relations", *at]).stdout.count("\n") == 2
    # without an archive: the records of a file, by their own ids
    source = tmp_path / "r.jsonl"
    source.write_text(dumps(sample()) + "\n", encoding="utf-8")
    rows = run(cli, ["export", "--format", "icews", "--records", str(source)]).stdout
    assert next(iter(csv.DictReader(io.StringIO(rows), delimiter="\t")))["Story ID"] == "sample-1"


@pytest.mark.parametrize("form", ["csv", "parquet", "brat"])
@pytest.mark.parametrize("kind", ["symlink", "hard link", "pipe"])
def test_a_link_or_pipe_in_the_folder_is_replaced_and_not_followed(form: str, kind: str, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    folder = tmp_path / "out"
    export_files([("k1", sample())], form, folder)
    written = {path: path.read_bytes() for path in folder.iterdir()}
    for number, path in enumerate(written):
        path.unlink()
        aim = tmp_path / f"other-{number}"
        aim.write_text("mine")
        {"symlink": path.symlink_to, "hard link": path.hardlink_to, "pipe": lambda _, at=path: os.mkfifo(at)}[kind](aim)
    export_files([("k1", sample())], form, folder)
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == written
    assert {path.read_text() for path in tmp_path.glob("other-*")} == {"mine"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--format", "xlsx"], "name a file, such as all.xlsx with -o"),
        (["--format", "brat"], "name a folder, or a .zip file with -o"),
        (["--format", "jsonld", "-o", "{archive}"], "is the archive itself"),
        (["--format", "xlsx", "-o", "{archive}"], "is the archive itself"),
    ],
)
def test_the_command_refuses_what_would_go_wrong(words: list[str], told: str, tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    with Archive.open(file, write=True, create=True) as archive:
        archive.put(sample())
    before = file.read_bytes()
    result = CliRunner().invoke(cli, ["export", "--archive", str(file), *(w.format(archive=file) for w in words)])
    assert result.exit_code == 2 and told in result.stderr
    assert file.read_bytes() == before
