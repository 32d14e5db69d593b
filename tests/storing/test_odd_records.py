"""Records of odd JSON: what stands in a field is refused by name, or kept and told again. Nothing fails later."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from readout.errors import ReadoutError
from readout.exporting import FORMATS, render
from readout.exporting.exporters import EXPORTERS, export_files, export_parts
from readout.querying import find_each
from readout.records import Record, loads
from readout.storing import Archive, check

sys.path.insert(0, str(Path(__file__).parents[1] / "exporting"))
from samples import sample

ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "\0",
    "\ud800",
    "x" * 5000,
    "CHN",
    sample().statements[0].id,
    [],
    {},
    [None],
    ["x", 1],
    [[0, 1]],
    {"x": None},
)
KINDS: tuple[Any, ...] = ("encounters", "statements", "commitments", "relations", "occurrences", "documents")


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value of a JSON text, lists by their first member."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else list(enumerate(value))[:1] if isinstance(value, list) else ()
    for name, held in inner:
        yield from places(held, (*path, name))


def changed(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    data: Any = copy.deepcopy(sample().to_json())
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return data


PLACES = sorted(places(sample().to_json()), key=str)


def test_a_record_of_odd_json_is_refused_by_name_or_kept_and_told_again(tmp_path: Path) -> None:
    kept: list[Record] = []
    for path in PLACES:
        for value in ODD:
            data = changed(path, value)
            try:
                read = loads(json.dumps(data))
            except ReadoutError as error:
                assert error.message and error.code.startswith("R1"), (path, value)
                continue
            assert isinstance(read, Record) and loads(json.dumps(read.to_json())) == read, (path, value)
            kept.append(read)
    assert len(kept) > 200 and len(PLACES) * len(ODD) - len(kept) > 1000
    with Archive.open(tmp_path / "a.sqlite", write=True, create=True) as archive:
        for n, read in enumerate(kept):
            try:
                archive.put(replace(read, text=f"{read.text} {n}"))
            except ReadoutError as error:
                assert "half a character" in error.message, read
        assert check(archive) == []
        assert all(find_each(archive, kind) for kind in KINDS)
        assert sum(len(found.words) > 0 for kind in KINDS for found in find_each(archive, kind)) > 200 * len(KINDS)
        items = [(f"k{n}", item) for n, item in enumerate(archive.everything())]
    for form, exporter in EXPORTERS.items():
        if exporter.target == "stream":
            assert "".join(export_parts(items, form))
        elif not exporter.extra:
            export_files(items, form, tmp_path / form)
    for form in FORMATS:
        assert "".join(render([item for _, item in items], form))
