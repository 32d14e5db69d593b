"""The archive from the door: its commands, links by hand, accounts compared, a stale reading read again."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from readout.cli import cli
from readout.records import Refusal, dumps
from readout.storing import Archive

sys.path.insert(0, str(Path(__file__).parents[1] / "exporting"))
from samples import sample


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments])


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    source = tmp_path / "records.jsonl"
    other = replace(sample(), id="other.txt", title="Another account", issuer="Elsewhere", issuer_of="KAZ")
    source.write_text(dumps(sample()) + "\n" + dumps(other) + "\n", encoding="utf-8")
    path = tmp_path / "a.sqlite"
    assert run("import", source, "--archive", path).exit_code == 0
    return path


def test_info_check_backup_log_and_migrate(kept: Path, tmp_path: Path) -> None:
    assert "documents" in run("archive", "info", "--archive", kept).stdout
    assert run("archive", "check", "--archive", kept).exit_code == 0
    copy = tmp_path / "copy.sqlite"
    assert run("archive", "backup", copy, "--archive", kept).exit_code == 0
    assert run("archive", "check", "--archive", copy).exit_code == 0
    assert run("archive", "backup", copy, "--archive", kept).exit_code == 1
    assert run("archive", "migrate", "--archive", kept).exit_code == 0
    assert run("archive", "log", "--archive", kept).exit_code == 0
    with closing(sqlite3.connect(kept)) as raw:
        raw.execute("UPDATE statements SET words = 'other'")
        raw.commit()
    assert run("archive", "check", "--archive", kept).exit_code != 0


def test_removing_leaves_a_line_of_the_log(kept: Path) -> None:
    assert run("remove", "other.txt", "--reason", "asked for", "--archive", kept).exit_code == 0
    assert "asked for" in run("archive", "log", "--archive", kept).stdout
    assert "Another account" not in run("documents", "--archive", kept).stdout


def test_exchanges_of_an_archive_and_links_by_hand(kept: Path) -> None:
    found = json.loads(run("exchanges", "--archive", kept, "--format", "json").stdout)
    assert found and all(len(x["accounts"]) == 2 for x in found)
    with Archive.open(kept) as archive:
        from readout.storing import kept_joins

        assert kept_joins(archive) and all(j.reasons for j in kept_joins(archive))
    first = found[0]["joins"][0]
    pair = [*first["one"], *first["other"]]
    assert run("exchanges", "--archive", kept, "--split", *pair).exit_code == 1  # nobody says so
    told = run("exchanges", "--archive", kept, "--split", *pair, "--reviewer", "Ada", "--format", "json")
    assert len(json.loads(told.stdout)) == len(found) - 1
    again = json.loads(run("exchanges", "--archive", kept, "--format", "json").stdout)
    assert len(again) == len(found) - 1  # it holds
    (link,) = json.loads(run("exchanges", "--archive", kept, "--links").stdout)
    assert (link["joined"], link["reviewer"], link["attention"]) == (False, "Ada", False)
    back = json.loads(run("exchanges", "--archive", kept, "--unlink", *pair, "--format", "json").stdout)
    assert len(back) == len(found)
    assert run("exchanges", "--archive", kept, "--unlink", *pair).exit_code == 1
    assert (
        run("exchanges", "--archive", kept, "--join", "none", "x", "other.txt", "y", "--reviewer", "A").exit_code == 1
    )
    assert json.loads(run("exchanges", "--archive", kept, "--side", "FRA", "--format", "json").stdout) == []


def test_compare_takes_documents_of_an_archive(kept: Path) -> None:
    keys = [
        row["document"]["key"] for row in json.loads(run("documents", "--archive", kept, "--format", "json").stdout)
    ]
    compared = json.loads(run("compare", *keys, "--archive", kept, "--format", "json").stdout)
    assert compared["exchange"]
    assert run("compare", "none", "other.txt", "--archive", kept).exit_code == 1


@pytest.mark.model
def test_compare_seeks_what_is_no_file_in_the_archive_at_hand(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    key = json.loads(run("documents", "--archive", kept, "--format", "json").stdout)[0]["document"]["key"]
    file = tmp_path / "call.txt"
    file.write_text("Rome, 5 March 2024. Foreign Minister Antonio Tajani thanked Peru for its help.", encoding="utf-8")
    assert "R401" in run("compare", key, file).stderr
    monkeypatch.setenv("READOUT_ARCHIVE", str(kept))
    names = [d["id"] for d in json.loads(run("compare", key, file, "--format", "json").stdout)["documents"]]
    assert names[0] == key and names[1].endswith("call.txt")
    assert "R801" in run("compare", key, "nothing").stderr


def test_who_asks_for_a_person_misspelt_is_told_the_nearest(kept: Path) -> None:
    known = run("encounters", "--archive", kept, "--person", "Tileuberdi")
    told = run("encounters", "--archive", kept, "--person", "Tileuberdy").stderr
    assert known.stderr == "" and "nobody here is called 'Tileuberdy'" in told


def test_answers_as_a_spreadsheet(kept: Path, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    assert run("statements", "--archive", kept, "--format", "xlsx").exit_code == 1
    assert run("statements", "--archive", kept, "--format", "xlsx", "--output", tmp_path / "s.xlsx").exit_code == 0
    assert (tmp_path / "s.xlsx").read_bytes()[:2] == b"PK"
    assert run("statements", "--archive", kept, "--format", "csv", "--output", tmp_path / "s.csv").exit_code == 0
    assert (tmp_path / "s.csv").read_text(encoding="utf-8").count("strategic partners") == 2


@pytest.mark.model
def test_refresh_reads_again_what_is_stale_and_workers_give_the_same(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for n in range(10):
        words = f"ROME, {n + 1} March 2024 - Italian Foreign Minister Antonio Tajani met his French colleague. " \
                f"Tajani said that Italy will send {n + 2} engineers."  # fmt: skip
        (texts / f"t{n}.txt").write_text(words, encoding="utf-8")
    assert run("add", texts, "--archive", tmp_path / "one.sqlite").exit_code == 0
    assert run("add", texts, "--archive", tmp_path / "two.sqlite", "--workers", 2).exit_code == 0
    one, two = (run("export", "--archive", tmp_path / name).stdout for name in ("one.sqlite", "two.sqlite"))
    assert one == two and one.count("Tajani") > 10
    with closing(sqlite3.connect(tmp_path / "one.sqlite")) as raw:
        raw.execute("UPDATE made SET body = replace(body, 'lexicon', 'old lexicon'), digest = 'old'")
        raw.commit()
    assert run("export", "--archive", tmp_path / "one.sqlite").stdout != two
    assert "10 stale" in run("refresh", "--archive", tmp_path / "one.sqlite").stderr
    assert run("export", "--archive", tmp_path / "one.sqlite").stdout == two


def test_refusals_are_kept_and_listed_with_their_reason(tmp_path: Path) -> None:
    source, path = tmp_path / "records.jsonl", tmp_path / "a.sqlite"
    refusal = Refusal(id="b.txt", code="R402", message="there is nothing to read", source="b.txt")
    source.write_text(dumps(refusal) + "\n", encoding="utf-8")
    assert run("import", source, "--archive", path).exit_code == 0
    assert run("archive", "refusals", "--archive", path).stdout == "R402  b.txt  there is nothing to read\n"


def test_a_line_without_an_end_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readout.cli.archive.MAX_LINE", 100)
    source = tmp_path / "long.jsonl"
    source.write_text(" " * 99 + "\n" + "x" * 101, encoding="utf-8")
    told = run("import", source, "--archive", tmp_path / "a.sqlite")
    assert told.exit_code == 1 and "R407 line 2" in told.stderr and "more than 100 bytes" in told.stderr


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
@pytest.mark.parametrize(
    "words",
    [["sql", "SELECT char(27, 7, 155, 8238) AS x", "--format", "csv"], ["export"], ["documents", "--format", "csv"]],
)
def test_a_terminal_is_shown_what_it_would_obey(words: list[str], tmp_path: Path) -> None:
    import pty

    evil = replace(sample(), title="\x1b\x07\x9b\u202e")
    path = tmp_path / "a.sqlite"
    with Archive.open(path, write=True, create=True) as archive:
        archive.put(evil)
    ours, theirs = pty.openpty()
    code = "from readout.cli import main; main()"
    with subprocess.Popen([sys.executable, "-c", code, *words, "--archive", path], stdout=theirs) as command:
        os.close(theirs)
        read = b""
        with contextlib.suppress(OSError):  # the end of a terminal is an error
            while piece := os.read(ours, 4096):
                read += piece
    os.close(ours)
    told = read.decode("utf-8", "replace")
    assert command.returncode == 0
    assert "u202e" in told and not set(told) & set("\x1b\x07\x9b\u202e")
    assert "\u202e" in run(*words, "--archive", path).stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize(
    "words",
    ["import {}", "import {} --from labelstudio", "import {} --from brat --reviewer R", "export --records {}",
     "read {}", "add {}", "compare {} {}", "exchanges {}", "code {}", "code --sentences {}",
     "actors import {} --as-of 2024-01-01", "evaluate {} {}"],
)  # fmt: skip
def test_a_named_pipe_is_told_and_not_waited_for(
    words: str, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("READOUT_USER_ACTORS", str(tmp_path / "actors.csv"))
    monkeypatch.setenv("READOUT_ARCHIVE", str(kept))
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    told = run(*words.format(pipe, pipe).split())
    assert told.exit_code != 0 and ("R401" in told.stderr or "R302" in told.stderr), told.output


@pytest.mark.skipif(os.name != "posix", reason="a bound on memory is a thing of POSIX")
def test_a_query_in_sql_leaves_the_process_its_memory(kept: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    assert run("sql", "SELECT count(*) AS n FROM statements", "--archive", kept).exit_code == 0
    assert run("sql", "DELETE FROM statements", "--archive", kept).exit_code != 0
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@pytest.mark.parametrize(
    "words",
    [("ledger", "China", "Kazakhstan"), ("dyad", "people's republic of china", "Kazakhstan"), ("phrases", "Kazakhstan"),
     ("digest", "--since", "2020-01-01", "--side", "China", "--with", "Kazakhstan"), ("statements", "--side", "China")],
)  # fmt: skip
def test_sides_are_given_by_code_or_name(kept: Path, words: tuple[str, ...]) -> None:
    codes = {"China": "CHN", "Kazakhstan": "KAZ", "people's republic of china": "CHN"}
    named, coded = (run(*given, "--archive", kept) for given in (words, [codes.get(word, word) for word in words]))
    assert named.exit_code == 0 and named.stdout == coded.stdout and "is called" not in named.stderr
    first = next(word for word in words if word in codes)
    unknown = run(*("Atlantis" if word == first else word for word in words), "--archive", kept)
    assert unknown.exit_code == 0 and "no state or organisation is called 'atlantis'" in unknown.stderr.lower()
    several = run(*("Congo" if word == first else word for word in words), "--archive", kept)
    assert several.exit_code != 0 and "may be COD" in several.stderr
