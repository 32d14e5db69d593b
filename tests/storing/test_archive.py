# ruff: noqa: E501
"""What an archive keeps: the same content gives the same bytes, whatever the order; nothing leaves without a trace."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import REFUSALS, hostile, records, sample
from sqlalchemy import create_engine

from readout.errors import ArchiveError
from readout.records import Record, Refusal, Span, loads, text_digest
from readout.storing import Archive, backup, check, export_line, info, versions
from readout.storing.migrations import LATEST, migrate

GOLDEN = Path(__file__).parents[1] / "golden"
CLOCK = lambda: datetime(2026, 1, 1, tzinfo=UTC)  # noqa: E731


def made(path: Path) -> Archive:
    return Archive.open(path, write=True, create=True, clock=CLOCK)


def exported(archive: Archive) -> str:
    return "".join(export_line(item) for item in archive.everything())


def several() -> list[Record | Refusal]:
    """Records that share texts, names and addresses, and refusals."""
    one = sample()
    return [
        one, hostile(), *REFUSALS,
        replace(one, id="outlet-2", issuer="Another agency"),
        replace(one, id="sample-1-again"),
        replace(one, id="edited", text=one.text + " It was edited."),
        Record(id="sample-1", text="Another text under a name that is taken.", url="https://example.org/x"),
        Record(id="empty date", text="U+2028\u2028, NUL \0 and astral \U0001f1f0.", date=date(1, 2, 3)),
    ]  # fmt: skip


def fill(path: Path, items: Iterable[Record | Refusal], size: int) -> str:
    with made(path) as archive:
        list(archive.put_many(items, per_transaction=size))
        assert check(archive) == []
        return exported(archive)


@pytest.mark.parametrize("size", [1, 2, 7, 64])
@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_twice_shuffled_and_in_other_batches_give_the_same_bytes(tmp_path: Path, size: int, seed: int | None) -> None:
    items = several() * 2
    if seed is not None:
        random.Random(seed).shuffle(items)
    assert fill(tmp_path / "b.sqlite", items, size) == fill(tmp_path / "a.sqlite", several(), 1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(records(), max_size=4, unique_by=lambda r: r.text), st.randoms())
def test_any_records_come_back_and_order_does_not_matter(items: list[Record], order: random.Random) -> None:
    # a note of this code is the run's own and is taken back; no arbitrary text is it
    with tempfile.TemporaryDirectory() as folder:
        first = fill(Path(folder) / "a.sqlite", items, 1)
        again = items * 2
        order.shuffle(again)
        assert fill(Path(folder) / "b.sqlite", again, 3) == first
        back = {item.text: item for item in map(loads, first.splitlines()) if isinstance(item, Record)}
        assert back == {item.text: item for item in items}


def test_a_refusal_does_not_depend_on_its_line(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.sqlite", write=True, create=True) as archive:
        told = [
            archive.put(Refusal(id="x", code="R402", message=f"d.jsonl, line {n}: empty", source="d.jsonl"))
            for n in (3, 8)
        ]
        told.append(archive.put(Refusal(id="y", code="R402", message="in line 7: empty", source="d.jsonl")))
        assert told == ["new", "same", "new"]
        assert {r.message for r in archive.refusals()} == {"empty", "in line 7: empty"}


def test_export_and_import_round_trip(tmp_path: Path) -> None:
    first = fill(tmp_path / "a.sqlite", several(), 1)
    assert fill(tmp_path / "b.sqlite", map(loads, first.splitlines()), 5) == first


def test_results_are_told(tmp_path: Path) -> None:
    one = sample()
    with made(tmp_path / "a.sqlite") as archive:
        assert archive.put(one) == "new"
        assert archive.put(one) == "same"
        assert archive.put(replace(one, id="b")) == "named"
        assert archive.put(replace(one, made_with={"readout": "2"})) == "reread"
        assert archive.put(REFUSALS[0]) == "new" and archive.put(REFUSALS[0]) == "same"
        assert archive.record("b").made_with == {"readout": "2"}
        assert check(archive) == []
        told = info(archive)
        assert (told["documents"], told["texts"], told["refusals"], told["statements"]) == (1, 1, 1, 4)


def test_one_text_may_have_many_publications(tmp_path: Path) -> None:
    with made(tmp_path / "a.sqlite") as archive:
        list(archive.put_many([sample(), replace(sample(), id="x", issuer="Other")]))
        assert (info(archive)["documents"], info(archive)["texts"]) == (2, 1)
        archive.remove("x", reason="")
        assert info(archive)["texts"] == 1 and check(archive) == []


def test_versions_of_an_address_show_their_difference(tmp_path: Path) -> None:
    url = "https://example.org/readout"
    with made(tmp_path / "a.sqlite") as archive:
        archive.put(
            Record(id="b", text="They met. They discussed Taiwan. They parted.", url=url, date=date(2022, 1, 2))
        )
        archive.put(Record(id="a", text="They met. They discussed trade. They parted.", url=url, date=date(2022, 1, 1)))
        found = versions(archive, url)
        assert [v.name for v in found] == ["a", "b"]
        assert found[0].difference == ()
        assert found[1].difference == ("- They discussed trade.", "+ They discussed Taiwan.")
        assert versions(archive, "https://example.org/other") == []


def test_removing_leaves_a_trace_and_no_words(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with made(path) as archive:
        list(archive.put_many(several()))
        archive.remove("sample-1", reason="asked for")
        archive.remove(REFUSALS[0].id, reason="mended")
        assert check(archive) == []
        assert [e["action"] for e in archive.log()] == ["remove", "remove", "remove refusal"]
        assert archive.log()[0]["detail"] == "asked for"
        with pytest.raises(ArchiveError, match="nothing in the archive is called"):
            archive.remove("sample-1", reason="")


def test_merging_makes_two_publications_one_for_good(tmp_path: Path) -> None:
    other = replace(sample(), id="copy", title="A slip of the keyboard")
    with made(tmp_path / "a.sqlite") as archive:
        list(archive.put_many([sample(), other]))
        archive.merge("sample-1", "copy", reason="a typing error")
        before = exported(archive)
        assert archive.put(other) == "same"
        assert exported(archive) == before and info(archive)["documents"] == 1 and check(archive) == []
        assert archive.record("copy").title == sample().title
        assert archive.log()[-1]["action"] == "merge"
        archive.put(Record(id="z", text="Other words."))
        with pytest.raises(ArchiveError, match="same words"):
            archive.merge("sample-1", "z", reason="")


def test_a_batch_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    bad = Record(id="x", text="half \ud800 a character")
    with made(tmp_path / "a.sqlite") as archive:
        with pytest.raises(ArchiveError, match="lone surrogate"):
            list(archive.put_many([sample(), bad], per_transaction=2))
        assert exported(archive) == ""


def test_two_writers_get_a_clear_word(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with made(path) as archive, archive.transaction():
        with pytest.raises(ArchiveError, match="another process is writing"):
            Archive.open(path, write=True, timeout_s=0.1)
        assert list(Archive.open(path).everything()) == []  # readers do not wait


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    made(tmp_path / "a.sqlite").close()
    with Archive.open(tmp_path / "a.sqlite") as archive, pytest.raises(ArchiveError, match="reading only"):
        archive.put(sample())


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no database at all, only words" * 40, "cannot be used"), (None, "there is no archive")],
)
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "x").write_bytes(content)
    with pytest.raises(ArchiveError, match=words):
        Archive.open(tmp_path / "x", write=content is not None)


def test_a_database_of_something_else_stays_as_it_is(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x") as other:
        other.execute("CREATE TABLE mine (a)")
    with pytest.raises(ArchiveError, match="no archive of readout"):
        Archive.open(tmp_path / "x", write=True)


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    made(tmp_path / "a.sqlite").close()
    assert (tmp_path / "a.sqlite").stat().st_mode & 0o077 == 0


def test_a_backup_is_the_archive(tmp_path: Path) -> None:
    with made(tmp_path / "a.sqlite") as archive:
        list(archive.put_many(several()))
        backup(archive, tmp_path / "b.sqlite")
        with Archive.open(tmp_path / "b.sqlite") as copy:
            assert exported(copy) == exported(archive) and check(copy) == []
        with pytest.raises(ArchiveError, match="there already"):
            backup(archive, tmp_path / "b.sqlite")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE statements SET words = 'other' WHERE position = 0", "words of statements"),
        ("DELETE FROM statements WHERE position = 3", "table of statements differs"),
        ("UPDATE tallies SET count = count + 1", "tallies"),
        ("UPDATE texts SET words = words || 'x'", "another digest"),
        ("UPDATE documents SET key = 'x'", "another key"),
        ("UPDATE documents SET text_id = 77", "points to nothing"),
    ],
)
def test_check_sees_damage(tmp_path: Path, damage: str, words: str) -> None:
    path = tmp_path / "a.sqlite"
    with made(path) as archive:
        archive.put(sample())
    with sqlite3.connect(path) as raw:
        raw.execute(damage)
    with Archive.open(path) as archive:
        assert any(words in problem for problem in check(archive))


def old_archive(path: Path) -> None:
    """An archive as schema version 1 made it, with one document in it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrate(connection, upto=1)
    engine.dispose()


def test_an_archive_of_version_1_is_brought_up(tmp_path: Path) -> None:
    new, old = tmp_path / "new.sqlite", tmp_path / "old.sqlite"
    old_archive(old)
    with made(new) as archive:
        archive.put(sample())
        expected = exported(archive)
    # fill the old one with the rows of the new one, as version 1 would have had them
    with sqlite3.connect(old) as raw:
        raw.execute("ATTACH ? AS new", (str(new),))
        tables = ("texts", "made", "documents", "names", "persons", "encounters", "statements", "commitments", "relations",
                  "occurrences", "participants", "speakers", "sides")  # fmt: skip
        for table in tables:
            columns = ", ".join(f'"{row[1]}"' for row in raw.execute(f"PRAGMA main.table_info({table})"))
            raw.execute(f"INSERT INTO main.{table} SELECT {columns} FROM new.{table}")
        for table in ("texts", "encounters", "statements", "commitments", "relations", "occurrences"):
            raw.execute(f"INSERT INTO main.{table}_found (rowid, words) SELECT id, words FROM main.{table}")
    with pytest.raises(ArchiveError, match="archive migrate"):
        Archive.open(old)
    with Archive.open(old, write=True, clock=CLOCK) as archive:
        assert exported(archive) == expected and check(archive) == []
        assert [e["action"] for e in archive.log()] == ["migrate"]
        with archive.transaction() as connection:
            assert connection.exec_driver_sql("SELECT sum(count) FROM tallies").scalar() == 2


def test_an_archive_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    made(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE schema_version SET version = ?", (LATEST + 1,))
    for write in (True, False):
        with pytest.raises(ArchiveError, match="newer readout"):
            Archive.open(path, write=write)


def test_texts_are_kept_exactly(tmp_path: Path) -> None:
    text = "e\u0301 \U0001f1f0\U0001f1ff \u202eabc\u202c \r\n\t\0 end"
    with made(tmp_path / "a.sqlite") as archive:
        archive.put(Record(id="a", text=text))
        back = archive.record("a")
    assert back.text == text and text_digest(back.text) == text_digest(text) and Span(0, 2).of(back.text) == "e\u0301"
