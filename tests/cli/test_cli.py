"""The command line: what it prints where, and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result
from samples import HOSTILE, TEXT, sample

from readout.cli import EXIT_CODES, cli
from readout.errors import KnowledgeError, LexiconError, ModelMissing, ReadoutError, SettingError
from readout.exporting.escaping import is_odd
from readout.records import Document, Record, Refusal, loads


class FakeReader:
    """Stands for the pipeline: one empty record a document, the sample's record for the sample's text."""

    opened = 0
    error: BaseException | None = None

    @classmethod
    def open(cls, settings: Any = None, user_actors: Any = None) -> FakeReader:
        cls.opened += 1
        if cls.error:
            raise cls.error
        return cls()

    def read_documents(self, documents: Iterable[Document | Refusal]) -> Iterator[Record | Refusal]:
        for d in documents:
            if isinstance(d, Refusal):
                yield d
                continue
            p = d.publication
            base = replace(sample(), id=d.id) if d.text == TEXT else Record(id=d.id, text=d.text)
            yield replace(base, title=p.title, date=d.anchor, issuer=p.issuer)


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> type[FakeReader]:
    module = ModuleType("readout.pipeline")
    module.Reader = FakeReader  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "readout.pipeline", module)
    FakeReader.opened, FakeReader.error = 0, None
    return FakeReader


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*args: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in args], input=stdin)


def process(*args: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", START, *args], capture_output=True, timeout=60)


START = "from readout.cli import main; main()"


def test_text_to_stdout(source: Path) -> None:
    result = run("read", source)
    assert result.exit_code == 0
    assert "Phone call, 10 January 2022" in result.stdout
    assert "China" in result.stdout and "\x1b" not in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "html", "markdown"])
def test_a_missing_file_is_refused_and_the_rest_is_printed(format: str, source: Path, tmp_path: Path) -> None:
    result = run("read", tmp_path / "none.txt", source, "--format", format)
    assert result.exit_code == 1
    assert "R401" in result.stdout
    assert "strategic partners" in result.stdout
    assert result.stderr.startswith("readout: R401 ")
    assert len(result.stderr.splitlines()) == 1


def test_the_model_is_not_loaded_for_refusals(tmp_path: Path, reader: type[FakeReader]) -> None:
    assert run("read", tmp_path / "none.txt").exit_code == 1
    assert reader.opened == 0


def test_jsonl_is_one_line_an_input(source: Path, tmp_path: Path) -> None:
    lines = tmp_path / "in.jsonl"
    rows = [{"id": "a", "text": TEXT}, {"id": "b"}, {"id": "c", "text": TEXT, "date": "2022-01-11"}]
    lines.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    result = run("read", lines, "--format", "jsonl")
    assert result.exit_code == 1
    back = [loads(line) for line in result.stdout.splitlines()]
    assert [type(x) for x in back] == [Record, Refusal, Record]
    assert [x.id for x in back][::2] == ["a", "c"]


def test_standard_input_with_and_without_a_dash() -> None:
    for args in (["read", "-"], ["read"]):
        result = run(*args, "--format", "json", "--date", "2020-02-29", "--issuer", "Some Ministry", stdin=TEXT[36:])
        assert result.exit_code == 0, result.output
        data = json.loads(result.stdout)
        assert (data["date"], data["issuer"]) == ("2020-02-29", "Some Ministry")


def test_json_of_several_is_a_list(source: Path) -> None:
    assert len(json.loads(run("read", source, source, "--format", "json").stdout)) == 2


def test_why_and_colour(source: Path) -> None:
    assert "rule: X telephoned Y" not in run("read", source).stdout
    assert "rule: X telephoned Y" in run("read", source, "--why").stdout
    assert "\x1b[" in CliRunner().invoke(cli, ["read", str(source), "--colour", "always"], color=True).stdout


def test_output_file(source: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("read", source, "--format", "html", "-o", page)
    assert (result.exit_code, result.stdout) == (0, "")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--format", "pdf"], "pdf"),
        (["--date", "2022-02-31"], "2022-02-31"),
        (["--max-chars", "0"], "R701"),
        (["--max-chars", "many"], "many"),
        (["--issuer", " "], "R701 --issuer"),
        (["-o", "{source}"], "R701 -o"),
        (["-o", "{source}/x/y"], "R701 -o"),
        (["--colour", "blue"], "blue"),
        (["--what"], "--what"),
    ],
)
def test_wrong_usage_is_2(args: list[str], says: str, source: Path) -> None:
    result = run("read", source, *[a.replace("{source}", str(source)) for a in args])
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""
    assert source.read_text(encoding="utf-8") == TEXT


def test_a_failure_leaves_the_output_file_alone(source: Path, tmp_path: Path, reader: type[FakeReader]) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("kept")
    reader.error = ModelMissing("no model; install it")
    assert run("read", source, "-o", out).exit_code == 3
    assert out.read_text() == "kept"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ModelMissing("the model is missing; install it"), 3),
        (KnowledgeError("the base is damaged; build it"), 3),
        (LexiconError("cues.yaml: no; mend it"), 3),
        (SettingError("a setting; mend it"), 2),
        (ReadoutError("something; mend it"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_errors_end_with_their_code(error: BaseException, code: int, source: Path, reader: type[FakeReader]) -> None:
    reader.error = error
    result = run("read", source)
    assert result.exit_code == code
    assert code in EXIT_CODES
    assert result.stdout == ""
    assert result.stderr == (f"readout: {error}\n" if str(error) else "readout: interrupted\n")


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_hostile_names_do_not_reach_the_terminal(format: str, tmp_path: Path) -> None:
    lines = tmp_path / "in.jsonl"
    rows = [
        {"id": HOSTILE, "text": TEXT + HOSTILE, "title": HOSTILE, "issuer": HOSTILE, "url": HOSTILE},
        {"id": HOSTILE + "2", "text": 3},
    ]
    lines.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    result = run("read", lines, tmp_path / "no\x1b[31m\u202e.txt", "--format", format, "--issuer", HOSTILE)
    assert result.exit_code == 1
    assert not [c for c in result.stdout + result.stderr if is_odd(c) and c != "\n"]


def test_help_names_every_command_and_option() -> None:
    listed = run("--help").stdout
    for name in ("actors", "demo", "evaluate", "help", "read", "schema"):
        assert f"  {name} " in listed
    for name in ("read", "demo"):
        command = cli.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        for option in command.params:
            if option.param_type_name == "option":
                assert str(getattr(option, "help", "")).endswith("."), option.name
    assert "readout read report.txt --date 2022-01-10" in run("read", "--help").stdout


def test_help_topics() -> None:
    assert run("help").exit_code == 0
    assert "Topics" in run("help").stdout
    codes = run("help", "exit-codes").stdout
    assert all(f"{code}  " in codes for code in EXIT_CODES)
    errors = run("help", "errors").stdout
    for kind in ("R101", "R302", "R406", "R601", "R701"):
        assert kind in errors
    assert "jsonl" in run("help", "formats").stdout
    assert "SOURCE" in run("help", "read").stdout
    assert run("help", "nonsense").exit_code == 2


def test_schema_prints_json() -> None:
    assert json.loads(run("schema").stdout)["$id"].endswith("readout-record/1")


def test_demo(reader: type[FakeReader]) -> None:
    listed = run("demo", "--list").stdout
    assert len(listed.splitlines()) >= 8
    result = run("demo")
    assert result.exit_code == 0
    assert "press-call" in result.stderr and "--list" in result.stderr
    assert result.stdout
    assert run("demo", "us-line", "--format", "json").exit_code == 0
    assert run("demo", "nonsense").exit_code == 2
    assert run("demo", "us-line", "--source").stdout.strip()


def test_help_is_quick() -> None:
    took = []
    for _ in range(3):
        before = os.times()  # the processor time of the command itself: other work on the machine does not count
        assert process("--help").returncode == 0
        after = os.times()
        took.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(took) < 0.5


@pytest.mark.parametrize(
    "args",
    [["--help"], ["--version"], ["help"], ["help", "errors"], ["schema"], ["actors", "--help"], ["read", "--help"]],
)
def test_light_commands_do_not_load_spacy(args: list[str]) -> None:
    code = (
        "import sys\nfrom readout.cli import cli\n"
        f"try:\n    cli({args!r})\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('spacy', 'thinc', 'torch')]\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()


FAKE = """
import signal, sys, types, itertools, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background leaves it ignored
from readout.records import Record, Refusal
class Reader:
    @classmethod
    def open(cls, settings=None, user_actors=None): return cls()
    def read_documents(self, documents):
        for d in documents:
            {before}
            yield d if isinstance(d, Refusal) else Record(id=d.id, text=d.text, title="é", issuer="Ā")
module = types.ModuleType("readout.pipeline"); module.Reader = Reader
sys.modules["readout.pipeline"] = module
from readout.cli import main
main()
"""


def test_a_broken_pipe_is_quiet(tmp_path: Path) -> None:
    lines = tmp_path / "in.jsonl"
    lines.write_text("".join(json.dumps({"id": str(n), "text": TEXT}) + "\n" for n in range(500)))
    script = [sys.executable, "-c", FAKE.format(before="pass"), "read", str(lines), "--format", "jsonl"]
    with subprocess.Popen(script, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        assert running.stdout.readline().startswith(b"{")
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=30) == 141


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interrupt_is_130_and_jsonl_was_flushed(tmp_path: Path) -> None:
    lines = tmp_path / "in.jsonl"
    lines.write_text("".join(json.dumps({"id": str(n), "text": TEXT}) + "\n" for n in range(3)))
    before = "time.sleep(30 if d.id == '1' else 0)"
    script = [sys.executable, "-c", FAKE.format(before=before), "read", str(lines), "--format", "jsonl"]
    with subprocess.Popen(script, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        assert json.loads(running.stdout.readline())["id"] == "0"  # before the run is over
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) == 130
        assert running.stderr.read() == b"readout: interrupted\n"


def test_an_ascii_terminal_gets_escapes_not_an_error(tmp_path: Path, source: Path) -> None:
    script = [sys.executable, "-c", FAKE.format(before="pass"), "read", str(source), "--issuer", "é"]
    done = subprocess.run(script, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, timeout=60)
    assert done.returncode == 0
    assert done.stdout.isascii()
