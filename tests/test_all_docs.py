"""The docs are tests: every command, option, path and captured output in them is checked against the program."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import click
import pytest

import readout
from readout.cli import EXIT_CODES, cli
from readout.exporting import FORMATS
from readout.settings import Settings

HOME = Path(__file__).parents[1]
DOCS = sorted([*HOME.glob("*.md"), *HOME.glob("docs/*.md"), *HOME.glob("docs/decisions/*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.S | re.M)
PATH = re.compile(r"`((?:\.ci|src|tests|docs|scripts|requirements|benchmarks)/[\w./-]*|[A-Z]{4,}(?:\.md)?)`")
INSIDE = re.compile(r"`((?:readout/)?(?:knowing|reading|lexicons|exporting|resolving|extracting)/[\w./-]+\.\w+)`")
PROMPT = re.compile(r"^\$?\s*(?:[^|#]*\|\s*)?(?:\.venv/bin/)?(readout(?:\s.*)?)$")


def command_lines(text: str) -> Iterator[str]:
    """Every line in a fenced block that runs `readout`, and every `readout ...` in line."""
    for kind, block in FENCE.findall(text):
        if kind in ("python", "json", "yaml"):
            continue
        captured = block.count("\n$ ") + block.startswith("$ ") > 0
        for line in block.splitlines():
            if captured and not line.startswith("$ "):
                continue
            if found := PROMPT.match(line):
                yield found[1]
    for found in re.finditer(r"`(readout [^`]+)`", FENCE.sub("", text)):
        yield found[1]


def words_of(line: str) -> list[str]:
    """The words of a command line, without comment, redirection and what it is piped into."""
    plain = re.split(r"\s+[|>]\s*|\s+\\\|\s*", line)[0]
    return shlex.split(plain.replace("[", "").replace("]", "").replace("...", ""), comments=True)[1:]


def problem(words: list[str]) -> str | None:
    """What is wrong with a command line, without running it."""
    command: click.Command = cli
    context = click.Context(cli, info_name="readout")
    while words and isinstance(command, click.Group) and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        if found is None:
            return f"there is no command {words[0]!r}"
        command, words = found, words[1:]
    known = {name for parameter in command.get_params(context) for name in (*parameter.opts, *parameter.secondary_opts)}
    for word in words:
        option = word.partition("=")[0]
        if option.startswith("-") and option != "-" and option not in known:
            return f"{command.name} has no option {option!r}"
    choices = {
        name: parameter.type.choices
        for parameter in command.get_params(context)
        if isinstance(parameter.type, click.Choice)
        for name in parameter.opts
    }
    for option, value in pairwise(words):
        if option in choices and value not in (*choices[option], option.strip("-").upper()):
            return f"{command.name} has no {option} {value!r}"
    return None


CASES = [(path, line) for path in DOCS for line in command_lines(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("path", "line"), CASES, ids=[f"{p.name}: {line}"[:70] for p, line in CASES])
def test_every_command_line_in_the_docs_is_one(path: Path, line: str) -> None:
    assert problem(words_of(line)) is None


def test_wrong_command_lines_are_seen() -> None:
    assert len(CASES) > 20
    assert problem(["reed", "x"]) and problem(["read", "--fromat", "json"]) and problem(["read", "--format", "pdf"])
    assert problem(["actors", "fnd", "x"]) and problem(["read", "x", "--format", "html", "-o", "y"]) is None


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_path_in_the_docs_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = {found for found in PATH.findall(text) if "/" in found or (HOME / found).suffix == ".md"}
    missing = sorted(name for name in named if not (HOME / name).exists())
    missing += sorted(
        name for name in INSIDE.findall(text) if not (HOME / "src" / "readout" / name.removeprefix("readout/")).exists()
    )
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        if not (path.parent / target).exists():
            missing.append(target)
    for script in re.findall(r"(?:bash|python) ((?:scripts|tests|benchmarks)/[\w./]+)", text):
        if not (HOME / script).is_file():
            missing.append(script)
    assert missing == []


@pytest.mark.model
def test_the_captures_in_the_readme_are_what_the_program_prints() -> None:
    ran = subprocess.run(
        [sys.executable, str(HOME / "scripts" / "readme_capture.py"), "--check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def test_the_exit_codes_in_the_docs_are_those_of_the_command() -> None:
    text = (HOME / "docs" / "cli.md").read_text(encoding="utf-8")
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.M)}
    assert told == set(EXIT_CODES)


def test_every_format_is_in_the_readme() -> None:
    text = (HOME / "README.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in text] == []


def test_settings_in_the_docs_exist() -> None:
    known = {entry["name"] for entry in Settings.describe()}
    for path in DOCS:
        for name in re.findall(r"`((?:max|min)_[a-z_]+)`", path.read_text(encoding="utf-8")):
            assert name in known, f"{path.name} names the setting {name}"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_python_in_the_docs_parses_and_its_names_exist(path: Path) -> None:
    for kind, block in FENCE.findall(path.read_text(encoding="utf-8")):
        if kind != "python":
            continue
        compile(block, str(path), "exec")
        for name in re.findall(r"\breadout\.(\w+)\(", block):
            assert hasattr(readout, name), f"{path.name} calls readout.{name}"


def test_every_module_of_the_house_is_told_in_the_architecture() -> None:
    text = (HOME / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [path.name for path in (HOME / "src" / "readout").iterdir() if (path / "__init__.py").is_file()]
    assert [room for room in rooms if room not in text] == []


def test_no_address_of_a_registry_is_in_the_lock_files() -> None:
    for path in (HOME / "requirements").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        # the table of npm packages pins the archive and each file of it
        if path.suffix == ".toml":
            assert text.count("sha512 = ") == text.count("version = ") > 0
        else:
            assert "--hash=sha256:" in text
