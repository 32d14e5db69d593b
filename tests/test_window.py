"""The public surface: what `import readout` offers, and nothing by accident."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import readout
from readout.errors import EmptyText, MalformedInput, NotEnglish

HOME = Path(__file__).parents[1]
TEXT = (
    "BEIJING, 10 January 2022 - Chinese Foreign Minister Wang Yi called Kazakh Foreign Minister Mukhtar Tileuberdi on "
    "Monday. Wang said that China will help Kazakhstan."
)


def test_the_names_are_those_that_are_documented() -> None:
    listed = re.search(r"<!-- names -->(.*?)<!-- /names -->", (HOME / "README.md").read_text(encoding="utf-8"), re.S)
    assert listed, "the README has no list of names"
    assert sorted(set(re.findall(r"`(\w+)`", listed[1]))) == sorted(readout.__all__)


def test_every_name_is_there_and_has_a_docstring() -> None:
    for name in readout.__all__:
        found = getattr(readout, name)
        assert name == "__version__" or found.__doc__, name


def test_no_name_is_public_by_accident() -> None:
    allowed = {"annotations", "Iterable", "Iterator", "Mapping", "TYPE_CHECKING", "Any"}
    rooms = {path.stem for path in (HOME / "src" / "readout").iterdir()}
    public = {name for name in vars(readout) if not name.startswith("_")}
    assert public - set(readout.__all__) - allowed - rooms == set()


def test_the_version_is_that_of_the_project_file() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    assert readout.__version__ == project["project"]["version"]


def test_importing_loads_no_model_and_no_table() -> None:
    heavy = ("spacy", "yaml", "sqlite3", "numpy", "readout.pipeline")
    code = f"import sys, readout; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.model
@pytest.mark.parametrize("day", [datetime.date(2022, 1, 10), "2022-01-10", datetime.datetime(2022, 1, 10, 8)])
def test_read_gives_a_record_of_the_text_as_given(day: datetime.date | str) -> None:
    record = readout.read(TEXT, date=day, issuer="Xinhua", title="Wang calls", url="https://example.org/1", id="a")
    assert (record.text, record.id, record.title, record.url) == (TEXT, "a", "Wang calls", "https://example.org/1")
    assert record.date == datetime.date(2022, 1, 10)
    assert record.statements and all(span.of(TEXT) for span in record.spans())
    assert readout.loads(readout.dumps(record)) == record


@pytest.mark.parametrize(
    ("text", "options", "kind"),
    [
        ("", {}, EmptyText),
        ("Министр иностранных дел встретился со своим коллегой в Москве и обсудил торговлю.", {}, NotEnglish),
        (TEXT, {"date": "2022-02-30"}, MalformedInput),
        (TEXT, {"issuer": 3}, MalformedInput),
        (None, {}, MalformedInput),
    ],
)
def test_a_refusal_is_raised_by_name(text: str, options: dict[str, str], kind: type[readout.ReadingError]) -> None:
    with pytest.raises(kind) as caught:
        readout.read(text, **options)  # type: ignore[arg-type]
    assert isinstance(caught.value, readout.ReadingError)


@pytest.mark.model
def test_many_are_read_in_order_and_one_bad_one_costs_one() -> None:
    given = [TEXT, {"id": "b", "text": TEXT, "date": "2022-01-10"}, "", {"id": "c"}, 7, {"text": TEXT}]
    found = list(readout.read_many(given))  # type: ignore[arg-type]
    assert [item.id for item in found] == ["document-1", "b", "document-3", "c", "document-5", "document-6"]
    codes = [item.code if isinstance(item, readout.Refusal) else None for item in found]
    assert codes == [None, None, "R402", "R407", "R407", None]


@pytest.mark.model
def test_many_streams() -> None:
    drawn = 0

    def endless():  # type: ignore[no-untyped-def]
        nonlocal drawn
        while True:
            drawn += 1
            yield TEXT

    stream = readout.read_many(endless())
    assert next(stream).id == "document-1"
    assert drawn <= 64


@pytest.mark.model
def test_alone_and_in_a_batch_give_the_same() -> None:
    alone = readout.read(TEXT, id="x")
    batch = list(readout.read_many([{"id": "x", "text": TEXT}, {"id": "y", "text": TEXT + " " + TEXT}]))
    assert batch[0] == alone
