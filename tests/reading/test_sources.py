"""Files, folders and streams as a stream of documents and refusals."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from readout.reading import documents
from readout.records import Document, Refusal
from readout.settings import Settings

TEXT = "The foreign minister met his counterpart on Monday and the two sides discussed trade."


def line(**fields: object) -> str:
    return json.dumps({"text": TEXT, **fields})


def test_a_bad_line_is_refused_and_the_run_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(
        "\n".join(
            [
                line(id="a", date="2022-01-10", issuer="TASS"),
                "{not json",
                '{"id": "c"}',
                "",
                "[1]",
                line(id="d", text=""),
                line(id="e", date="2022-13-01"),
                "[" * 100_000,
                line(),
            ]
        )
    )
    found = list(documents([file]))
    codes = [(f.id, f.code if isinstance(f, Refusal) else None) for f in found]
    assert codes == [
        ("a", None), ("in.jsonl:2", "R407"), ("c", "R407"), ("in.jsonl:5", "R407"), ("d", "R402"), ("e", "R407"),
        ("in.jsonl:8", "R407"), ("in.jsonl:9", None),
    ]  # fmt: skip
    third = found[2]
    assert isinstance(third, Refusal) and "line 3" in third.message and '"text"' in third.message


def test_json_object_and_list(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(line(id="a"))
    (tmp_path / "two.json").write_text(f"[{line(id='b')}, 3]")
    found = list(documents([tmp_path]))
    assert [f.id for f in found] == ["a", "b", "two.json:2"]
    assert isinstance(found[2], Refusal) and found[2].code == "R407"


def test_a_folder_is_walked_sorted_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.md", ".hidden", "sub/c.txt"):
        (tmp_path / name).write_text(TEXT)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(TEXT)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [d.id for d in documents(tmp_path)] == ["a.md", "b.txt", "sub/c.txt"]


def test_duplicate_ids_get_a_number_and_a_note(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join([line(id="a"), line(id="a"), line(id="a#2"), line(id="a")]))
    found = list(documents(file))
    assert [f.id for f in found] == ["a", "a#2", "a#2#2", "a#3"]
    assert isinstance(found[1], Document) and "duplicate-id" in {n.code for n in found[1].notes}


def test_date_and_issuer_fill_in_only_what_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join([line(id="a", date="2022-01-10", issuer="TASS"), line(id="b")]))
    first, second = list(documents(file, date=date(2020, 5, 5), issuer="RUS"))
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.publication.issuer, first.publication.date) == ("TASS", date(2022, 1, 10))
    assert (second.publication.issuer, second.publication.date) == ("RUS", date(2020, 5, 5))


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        (TEXT, ["stdin"]),
        (line(id="a") + "\n" + line(id="b"), ["a", "b"]),
        ("\n\n " + line(id="a") + "\n", ["a"]),
        (json.dumps({"id": "a", "text": TEXT}, indent=2), ["a"]),
    ],
)
def test_standard_input(given: str, ids: list[str]) -> None:
    assert [d.id for d in documents("-", stdin=io.BytesIO(given.encode()))] == ids
    assert [d.id for d in documents(["-"], stdin=io.StringIO(given))] == ids


def test_what_is_missing_is_a_refusal(tmp_path: Path) -> None:
    found = list(documents([tmp_path / "none.txt", "\0", tmp_path / "none.jsonl"]))
    assert [f.code for f in found if isinstance(f, Refusal)] == ["R401"] * 3
    assert isinstance(found[0], Refusal) and "check the path" in found[0].message


def test_too_long_lines_and_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line(id="a", text="x" * 500) + "\n" + line(id="b") + "\n")
    (tmp_path / "b.txt").write_text("x " * 500)
    (tmp_path / "c.json").write_text(line(id="c", text="x" * 500))
    found = list(documents(tmp_path, settings=Settings(max_bytes=300)))
    assert [(f.id, getattr(f, "code", None)) for f in found] == [
        ("a.jsonl:1", "R405"), ("b", None), ("b.txt", "R405"), ("c.json", "R405"),
    ]  # fmt: skip


def test_json_lines_are_streamed() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            data = (line(id="a") + "\n").encode()
            view = memoryview(buffer)  # type: ignore[arg-type]
            view[: len(data)] = data
            return len(data)

    stream: Iterator[Document | Refusal] = documents("-", stdin=io.BufferedReader(Endless(), 1024))
    assert [next(stream).id for _ in range(3)] == ["a", "a#2", "a#3"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes only there")
def test_a_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/a\xff.txt", "w") as file:
        file.write(TEXT)
    for item in documents(tmp_path):
        item.id.encode("utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "/dev/zero", "link to /dev/zero"])
def test_a_pipe_or_device_is_refused_and_not_waited_for(name: str, tmp_path: Path) -> None:
    path = Path(name)
    if name.startswith("link"):
        path = tmp_path / "link.txt"
        path.symlink_to("/dev/zero")
    elif not path.is_absolute():
        path = tmp_path / name
        os.mkfifo(path)
    (found,) = documents([path])
    assert isinstance(found, Refusal) and found.code == "R401" and "no file" in found.message
    if path.parent == tmp_path:
        assert list(documents(tmp_path)) == []


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="no such name here")
def test_standard_input_may_be_called_by_its_name_and_be_a_pipe() -> None:
    code = "from readout.reading import documents; print([type(d).__name__ for d in documents(['/dev/stdin'])])"
    told = subprocess.run([sys.executable, "-c", code], input=TEXT, capture_output=True, text=True, check=True)
    assert told.stdout == "['Document']\n"
