"""`readout exchanges` and `readout compare` from the door."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from readout.cli import cli

ONE = "ASTANA, 5 March 2024 - Kazakh Foreign Minister Murat Nurtleu called Chinese Foreign Minister Wang Yi. Nurtleu " \
      "said that Kazakhstan will open two more rail terminals."  # fmt: skip
OTHER = "BEIJING, 5 March 2024 - Chinese Foreign Minister Wang Yi spoke by phone with Kazakh Foreign Minister Murat " \
        "Nurtleu. Wang thanked Kazakhstan for its help."  # fmt: skip


@pytest.mark.model
def test_two_files_are_joined_and_compared(tmp_path: Path) -> None:
    files = []
    for name, text in (("one", ONE), ("other", OTHER)):
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        files.append(str(path))
    run = CliRunner().invoke
    found = json.loads(run(cli, ["exchanges", *files, "--format", "json"]).stdout)
    assert [len(x["accounts"]) for x in found] == [2]
    assert "same sides" in run(cli, ["exchanges", *files]).stdout
    compared = json.loads(run(cli, ["compare", *files, "--format", "json"]).stdout)
    assert compared["asked"][0]["sides"] == ["KAZ"] and compared["exchange"]
    assert "asked for by" in run(cli, ["compare", *files]).stdout
    assert run(cli, ["compare", *files, "--format", "html"]).stdout.startswith("<!DOCTYPE html>")
    assert run(cli, ["compare", files[0]]).exit_code == 1
