"""The page on the command line against the command."""

from __future__ import annotations

import re
from pathlib import Path

import click

from readout.cli import _COMMANDS, EXIT_CODES, cli
from readout.exporting import FORMATS

DOCS = Path(__file__).parents[2] / "docs"


def test_commands_options_and_codes_are_documented() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert all(f"`readout {name}" in page for name in _COMMANDS)
    read = cli.get_command(click.Context(cli), "read")
    assert read is not None
    options = {o for p in read.params if isinstance(p, click.Option) for o in p.opts if o.startswith("--")}
    assert options - {"--color"} <= set(re.findall(r"`(--[a-z-]+)`", page))
    assert {int(n) for n in re.findall(r"^\| (\d+) \|", page, re.M)} == set(EXIT_CODES)


def test_formats_are_documented() -> None:
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.M)) == set(FORMATS)
