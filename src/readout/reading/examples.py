"""The examples that come with the program: texts of our own writing about invented exchanges."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def examples() -> dict[str, dict[str, Any]]:
    """The bundled examples by id: title, date, issuer and text."""
    folder = resources.files("readout").joinpath("examples")
    if not folder.is_dir():
        return {}
    index = folder.joinpath("index.json")
    known: dict[str, dict[str, Any]] = {}
    if index.is_file():
        known = {row["file"]: row for row in json.loads(index.read_text(encoding="utf-8"))}
    out: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            row = known.get(file.name, {})
            key = str(row.get("id") or file.name.removesuffix(".txt"))
            text = file.read_bytes().decode("utf-8")
            out[key] = {"title": None, "date": None, "issuer": None, "url": None, **row, "id": key, "text": text}
    return out


def example_archive() -> list[dict[str, Any]]:
    """The documents of the example archive: invented exchanges of several pairs of sides over years, then the examples.

    Each has an id, a text, a title, a date and an issuer.
    """
    file = resources.files("readout").joinpath("examples", "archive.jsonl")
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [*(json.loads(line) for line in lines if line.strip()), *examples().values()]
