"""Reviewers' corrections: read from both tools, kept above the machine's records, found again after another reading."""

from __future__ import annotations

import copy
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import TEXT, at, hostile, records, sample

from readout.cli import cli
from readout.errors import MalformedInput, RecordError, SourceMissing
from readout.exporting.annotations import brat_annotations, file_name, labelstudio_task
from readout.exporting.exporters import export_files
from readout.records import Record, Span, loads
from readout.reviewing import (
    Correction,
    Quote,
    all_reviewed,
    anchored,
    applied,
    brat_reviews,
    corrections_between,
    corrections_of,
    doubts,
    import_reviews,
    keep_correction,
    labelstudio_reviews,
    place_of,
    quote_of,
    reviewed,
)
from readout.reviewing.reading import brat_marks, labelstudio_marks
from readout.storing import Archive, check, document_key

KEY = document_key(sample())
PROMISE = sample().statements[1]
DAY = "2026-03-01"


def clock() -> datetime:
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def archive_at(path: Path, *found: Record) -> Archive:
    archive = Archive.open(path / "a.sqlite", write=True, create=True, clock=clock)
    for record in found or (sample(),):
        archive.put(record)
    return archive


def task(change: Callable[[list[dict[str, Any]]], None], record: Record | None = None) -> dict[str, Any]:
    """A task as Label Studio gives it back: the prediction, and an annotation that a reviewer changed from it."""
    made = labelstudio_task(KEY, record or sample())
    result = copy.deepcopy(made["predictions"][0]["result"])
    change(result)
    made["annotations"] = [
        {"id": 7, "completed_by": {"id": 3, "email": "ana@example.org"}, "updated_at": "2026-03-01T10:00:00Z",
         "was_cancelled": False, "result": result}
    ]  # fmt: skip
    return made


def from_tasks(*tasks: dict[str, Any]) -> list[Any]:
    return list(labelstudio_reviews(json.dumps(tasks).encode("utf-8")))


def set_act(result: list[dict[str, Any]], id: str = PROMISE.id, act: str = "offer") -> None:
    for x in result:
        if x.get("id") == id and x.get("from_name") == "act":
            x["value"]["choices"] = [act]


def drop(result: list[dict[str, Any]], id: str) -> None:
    result[:] = [x for x in result if id not in (x.get("id"), x.get("from_id"), x.get("to_id"))]


def correction(**given: Any) -> Correction:
    base: dict[str, Any] = {
        "kind": "statements", "action": "change", "item": PROMISE.id, "main": quote_of(TEXT, PROMISE.content),
        "values": {"act": "offer"}, "reviewer": "Ana", "at": DAY, "source": "brat",
    }  # fmt: skip
    return Correction(**(base | given))


# -- anchoring ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("one two three", Quote(start=4, end=7, words="two"), (4, 7)),
        ("and one two three", Quote(start=4, end=7, words="two"), (8, 11)),
        ("two and two", Quote(start=0, end=3, words="two"), (0, 3)),
        ("a two and two b", Quote(start=0, end=3, words="two", before="and ", after=" b"), (10, 13)),
        ("a two, b two", Quote(start=3, end=6, words="two"), (2, 5)),
        ("xx two two", Quote(start=5, end=8, words="two"), None),
        ("two two", Quote(start=9, end=12, words="two", before="x", after="y"), None),
        ("nothing", Quote(start=0, end=3, words="two"), None),
        ("short", Quote(start=90, end=93, words="two"), None),
        ("blank", Quote(start=0, end=1, words=" "), None),
    ],
)
def test_words_are_found_again(text: str, quote: Quote, found: tuple[int, int] | None) -> None:
    place = anchored(text, quote)
    assert (place.start, place.end) == found if found and place else place is None and found is None


@given(st.text(min_size=1, max_size=40), st.text(max_size=20), st.data())
def test_what_was_quoted_is_found_after_something_was_put_before_it(text: str, more: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    quote = quote_of(text, span)
    if quote.words.strip():
        assert anchored(text, quote) == span
        found = anchored(more + text, quote)
        assert found is None or found.of(more + text) == quote.words


# -- what a file tells -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", [sample(), hostile()], ids=["sample", "hostile"])
def test_a_file_that_nobody_changed_tells_no_correction(record: Record) -> None:
    shown = labelstudio_marks(labelstudio_task("k", record)["predictions"][0]["result"])
    assert corrections_between(shown, shown, record.text, reviewer="Ana", at=DAY, source="labelstudio") == []
    marks = list(brat_marks(record.text, brat_annotations(record), "k"))
    assert marks and corrections_between(marks, marks, record.text, reviewer="Ana", at=DAY, source="brat") == []


@settings(max_examples=60, deadline=None)
@given(records())
def test_every_export_of_any_record_is_read_again(record: Record) -> None:
    marks = list(brat_marks(record.text, brat_annotations(record), "k"))
    labelstudio_marks(labelstudio_task("k", record)["predictions"][0]["result"])
    assert all(record.text[m.main.start : m.main.end] == m.main.words for m in marks)


def test_both_tools_tell_the_same_of_a_record() -> None:
    shown = {(m.kind, m.id): m for m in labelstudio_marks(labelstudio_task("k", sample())["predictions"][0]["result"])}
    marks = {(m.kind, m.id): m for m in brat_marks(TEXT, brat_annotations(sample()), "k")}
    assert set(shown) == set(marks) and len(shown) == 10
    for name, mark in marks.items():
        assert (mark.values, mark.main, mark.parts) == (shown[name].values, shown[name].main, shown[name].parts)


def test_label_studio_tells_who_and_when() -> None:
    (review,) = from_tasks(task(set_act))
    assert (review.document, review.reviewer, review.at) == (KEY, "ana@example.org", "2026-03-01T10:00:00Z")
    cancelled = task(set_act)
    cancelled["annotations"][0]["was_cancelled"] = True
    assert from_tasks(cancelled) == [] and from_tasks(labelstudio_task(KEY, sample())) == []


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"{", "this is no JSON"), (b"\xff", "this is no JSON"), (b"{}", "no list of tasks"),
        (b"[" * 100_000, "this is no JSON"), (b"[1]", "task 1 has"), (b'[{"data": {}}]', "task 1 has"),
        (b'[{"data": {"document": 5}}]', "is no text"),
        (b'[{"data": {"document": "k"}, "annotations": [{"result": [{"type": "labels"}]}]}]', "keep data.document"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(MalformedInput, match=told):
        list(labelstudio_reviews(data))


TASK = '[{"data": {"document": "k"}, "annotations": [{"updated_at": %s, "result": [%s]}]}]'


@pytest.mark.parametrize("at", ["5", "true", "[1]", '{"a": 1}', '"\\u001b[2J"', '"\\ud800"', '"2024-13-45"'])
def test_a_time_that_is_none_is_refused(at: str) -> None:
    with pytest.raises(MalformedInput, match="task 1"):
        list(labelstudio_reviews((TASK % (at, "")).encode()))


@pytest.mark.parametrize("place", ["Infinity", "1e999", "NaN", "null", '"x"'])
def test_a_place_that_is_no_number_is_refused(place: str) -> None:
    region = '{"type": "labels", "id": "a", "value": {"start": %s, "end": 3, "text": "x", "labels": ["Statement"]}}'
    with pytest.raises(MalformedInput, match="task 1"):
        list(labelstudio_reviews((TASK % ("null", region % place)).encode()))


def test_a_name_that_utf_8_cannot_hold_is_kept_with_marks_in_its_place() -> None:
    (review,) = labelstudio_reviews(
        b'[{"data": {"document": "k"}, "annotations": [{"completed_by": "a\\ud800", "result": []}]}]'
    )
    assert review.reviewer == "a\ufffd"


def test_an_archive_that_cannot_be_unpacked_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", "short text")
        made.writestr("a.ann", "")
    good = path.read_bytes()
    start = good.index(b"a.txt") + len("a.txt")
    for bad in (
        good.replace(b"\x14\x00\x00\x00", b"\x14\x00\x01\x00"),  # encrypted
        good.replace(b"\x00\x00\x08\x00", b"\x00\x00\x63\x00"),  # packed in a way that nobody knows
        good[:start] + b"\xff" + good[start + 1 :],  # damaged
    ):
        path.write_bytes(bad)
        with pytest.raises(MalformedInput, match="cannot be unpacked"):
            list(brat_reviews(path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.ann")
    (tmp_path / "a.txt").write_text("short text", encoding="utf-8")
    for path in (tmp_path, tmp_path / "a.ann"):
        with pytest.raises(SourceMissing):
            list(brat_reviews(path))


def test_brat_files_that_are_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("T1\tStatement 0 5\tshort\n", encoding="utf-8")
    with pytest.raises(SourceMissing, match=r"a\.ann has no a\.txt beside it"):
        list(brat_reviews(tmp_path))
    for ann, told in (
        ("T1\tStatement 0 90\tx\n", "lies outside the text"), ("hello\n", "line 1 is no stand-off line"),
        ("T1\tStatement 5 3\tx\n", "lies outside"), ("T1\tStatement 5\tx\n", "are no offsets"),
    ):  # fmt: skip
        (tmp_path / "a.txt").write_text("short text", encoding="utf-8")
        (tmp_path / "a.ann").write_text(ann, encoding="utf-8")
        with pytest.raises(MalformedInput, match=told):
            list(brat_reviews(tmp_path))
    with pytest.raises(SourceMissing, match="no folder and no zip archive"):
        list(brat_reviews(tmp_path / "none.zip"))


# -- laid over a record ------------------------------------------------------------------------------------------------


def test_a_change_sets_its_field_and_says_who_and_when() -> None:
    found = applied(sample(), [correction()])
    changed = found.record.statements[1]
    assert (changed.act, changed.content, changed.speakers) == ("offer", PROMISE.content, PROMISE.speakers)
    assert changed.confidence.value == 1.0 and changed.confidence.reason == "corrected by Ana"
    assert changed.why[-1] == f"corrected by Ana at {DAY} in brat: act"
    assert [replace(s, confidence=PROMISE.confidence, why=()) for s in found.record.statements[::2]] == [
        replace(s, confidence=PROMISE.confidence, why=()) for s in sample().statements[::2]]  # fmt: skip


def test_words_parts_and_actors_can_be_corrected() -> None:
    wider = quote_of(TEXT, at("China will provide assistance"))
    speaker = {"person": "Li Hua", "office": "ambassador", "of": "CHN"}
    parts = {"": wider, "cue": quote_of(TEXT, at("said that"))}
    found = applied(sample(), [correction(values={"speakers": [speaker]}, parts=parts)])
    (changed,) = [s for s in found.record.statements if s.id == PROMISE.id]
    assert changed.content.of(TEXT) == "China will provide assistance" and changed.cue == at("said that")
    assert [a.person for a in changed.speakers] == ["Li Hua"]
    gone = applied(sample(), [correction(item=sample().statements[0].id, values={}, parts={"cue": None})])
    assert gone.record.statements[0].cue is None


def test_a_rejected_item_is_gone_and_an_added_one_is_there() -> None:
    assert PROMISE.id not in {
        s.id for s in applied(sample(), [correction(action="reject", values={})]).record.statements
    }
    added = correction(
        action="add", item=None, main=quote_of(TEXT, at("among them Zhañyl̈")),
        values={"act": "inform", "speakers": [{"of": "KAZ"}]},
    )  # fmt: skip
    found = applied(sample(), [added])
    (new,) = [s for s in found.record.statements if "added by Ana" in s.confidence.reason]
    assert (new.act, new.content.of(TEXT), new.speakers[0].of) == ("inform", "among them Zhañyl̈", "KAZ")
    assert len(applied(found.record, [added]).record.statements) == len(sample().statements) + 1


def test_the_later_correction_stands_above_the_earlier() -> None:
    later = correction(values={"act": "warn"}, at="2026-04-01", reviewer="Ben")
    for order in ([correction(), later], [later, correction()]):
        made = applied(sample(), order).record.statements[1]
        assert made.act == "warn" and [w.split()[2] for w in made.why[-2:]] == ["Ana", "Ben"]


ANOTHER = replace(
    PROMISE, id="statement-other", act="inform", content=Span(PROMISE.content.start, PROMISE.content.end - 14)
)


def test_a_correction_outlives_another_reading() -> None:
    again = replace(sample(), statements=(sample().statements[0], ANOTHER, *sample().statements[2:]), commitments=())
    found = applied(again, [correction()])
    assert found.attention == () and found.record.statements[1].act == "offer"
    # what the reviewer did not touch is the new reading's
    assert found.record.statements[1].content == ANOTHER.content


def test_a_correction_outlives_a_text_in_which_the_words_moved() -> None:
    moved = "A note was added by the editors. " + TEXT
    shift = len(moved) - len(TEXT)
    content = Span(PROMISE.content.start + shift, PROMISE.content.end + shift)
    other = Record(
        id="v2", text=moved, statements=(replace(PROMISE, id="statement-new", content=content, continues=None),)
    )
    found = applied(other, [correction()])
    assert found.attention == () and found.record.statements[0].act == "offer"


ATTENTION: list[tuple[str, Record, Correction, str]] = [
    ("the item is gone", replace(sample(), statements=(), commitments=()), correction(), "no such item any more"),
    ("the words are gone", Record(id="x", text="Other words."), correction(action="reject", values={}),
     "not in the text any more"),
    ("added words are gone", Record(id="x", text="Other words."),
     correction(action="add", item=None, values={"act": "inform", "speakers": [{"of": "KAZ"}]}), "are not found"),
    ("an added statement without a speaker", sample(),
     correction(action="add", item=None, main=quote_of(TEXT, at("Astana, 10 January 2022")), values={"act": "inform"}),
     "has no speakers; set them in the tool"),
    ("an act that does not exist", sample(), correction(values={"act": "shout"}), "act 'shout' is not known"),
    ("a part that is not in the text", sample(), correction(parts={"cue": Quote(start=0, end=3, words="Xyz")}),
     "are not found in the text"),
    ("actors that are none", sample(), correction(values={"speakers": [{}]}), "would make no record"),
    ("a day that has none after it", sample(),
     correction(kind="encounters", item=sample().encounters[0].id, main=quote_of(TEXT, sample().encounters[0].evidence),
                values={"date": "9999-12-31"}), "would make no record"),
    ("actors of another shape", sample(), correction(values={"speakers": "Ana"}), "would make no record"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "given", "told"), [row[1:] for row in ATTENTION], ids=[row[0] for row in ATTENTION])
def test_what_cannot_be_placed_changes_nothing_and_is_told(record: Record, given: Correction, told: str) -> None:
    found = applied(record, [given])
    assert found.record == record and found.held == ()
    assert [told in a.reason for a in found.attention] == [True]


def test_a_correction_survives_as_json_and_needs_a_reviewer() -> None:
    made = correction(parts={"cue": None, "": quote_of(TEXT, at("China will"))})
    assert Correction.from_json(json.loads(json.dumps(made.to_json()))) == made
    assert made.digest == Correction.from_json(made.to_json()).digest != correction().digest
    for wrong, told in (({"reviewer": " "}, "give --reviewer"), ({"kind": "songs"}, "use one of"),
                        ({"action": "sing"}, "use one of")):  # fmt: skip
        with pytest.raises(RecordError, match=told):
            correction(**wrong)


# -- kept in an archive ------------------------------------------------------------------------------------------------


def test_label_studio_corrections_are_kept_above_the_machine(tmp_path: Path) -> None:
    def change(result: list[dict[str, Any]]) -> None:
        set_act(result)
        drop(result, sample().relations[0].id)
        result.append({
            "id": "new1", "from_name": "label", "to_name": "text", "type": "labels", "meta": {"text": [json.dumps(
                {"speakers": [{"of": "KAZ"}]})]},
            "value": {"start": 0, "end": 3, "text": "thanked “all friends", "labels": ["Statement"]},
        })  # fmt: skip
        result.append({"id": "new1", "from_name": "act", "type": "choices", "value": {"choices": ["thank"]}})

    with archive_at(tmp_path) as archive:
        counts = import_reviews(archive, from_tasks(task(change)))
        assert (counts["corrections"], counts["same"], counts["unknown"]) == (3, 0, 0)
        assert import_reviews(archive, from_tasks(task(change)))["same"] == 3
        assert archive.record(KEY) == sample()  # the machine's stays
        found = reviewed(archive, KEY)
        assert found.attention == () and len(found.held) == 3
        assert found.record.statements[1].act == "offer" and found.record.relations == ()
        assert "thanked “all friends" in {s.content.of(TEXT) for s in found.record.statements}
        assert list(all_reviewed(archive)) == [found.record] and check(archive) == []
        assert {c.reviewer for _, c in corrections_of(archive)} == {"ana@example.org"}
        assert archive.log()[-1]["action"] == "corrections"


def test_brat_corrections_are_kept_above_the_machine(tmp_path: Path) -> None:
    with archive_at(tmp_path) as archive:
        export_files([(KEY, sample())], "brat", tmp_path / "b")
        ann = tmp_path / "b" / f"{KEY}.ann"
        words = ann.read_text(encoding="utf-8")
        mark = next(m for m in words.splitlines() if m.startswith("T") and "China will provide" in m).split("\t")[0]
        assert f"Act {mark} commit" in words
        ann.write_text(words.replace(f"Act {mark} commit", f"Act {mark} offer"), encoding="utf-8")
        counts = import_reviews(archive, brat_reviews(tmp_path / "b"), reviewer="Ana")
        assert counts["corrections"] == 1
        ((_, kept),) = corrections_of(archive, "sample-1")
        assert (kept.values, kept.reviewer, kept.at) == ({"act": "offer"}, "Ana", "2026-03-02T12:00:00+00:00")
        assert reviewed(archive, "sample-1").record.statements[1].act == "offer"
        with zipfile.ZipFile(tmp_path / "b.zip", "w") as zipped:
            for path in (tmp_path / "b").iterdir():
                zipped.write(path, f"folder/{path.name}")
        assert import_reviews(archive, brat_reviews(tmp_path / "b.zip"), reviewer="Ana")["same"] == 1


def test_corrections_outlive_a_refresh_a_merge_and_go_with_their_document(tmp_path: Path) -> None:
    with archive_at(tmp_path) as archive:
        import_reviews(archive, from_tasks(task(set_act)))
        again = replace(sample(), statements=(sample().statements[0], ANOTHER, *sample().statements[2:]),
                        commitments=(), made_with={"readout": "9"})  # fmt: skip
        assert archive.put(again) == "reread"
        assert reviewed(archive, KEY).record.statements[1].act == "offer"
        archive.put(replace(again, statements=(), made_with={"readout": "10"}))
        assert [a.reason for a in reviewed(archive, KEY).attention] == [
            "the machine's reading has no such item any more"
        ]
        other = replace(sample(), id="other", title="Another headline")
        archive.put(other)
        archive.merge(document_key(other), KEY, reason="same words")
        assert [key for key, _ in corrections_of(archive)] == [document_key(other)]
        assert reviewed(archive, "other").record.statements[1].act == "offer"
        archive.remove("other", reason="wrong")
        assert corrections_of(archive) == [] and check(archive) == []


def test_documents_that_are_not_there_and_unnamed_reviewers(tmp_path: Path) -> None:
    with archive_at(tmp_path) as archive:
        stranger = task(set_act)
        stranger["data"]["document"] = "ffff"
        assert import_reviews(archive, from_tasks(stranger))["unknown"] == 1
        unnamed = task(set_act)
        unnamed["annotations"][0]["completed_by"] = None
        with pytest.raises(RecordError, match="give --reviewer"):
            import_reviews(archive, from_tasks(unnamed))
        assert corrections_of(archive) == []
        assert import_reviews(archive, from_tasks(unnamed), reviewer="Ana")["corrections"] == 1


def test_offsets_that_a_tool_counts_otherwise_do_not_matter(tmp_path: Path) -> None:
    # two UTF-16 units for each flag letter: everything behind the flag is told two places too far
    def shifted(result: list[dict[str, Any]]) -> None:
        set_act(result)
        flag = TEXT.index("🇰🇿")
        for x in result:
            if x["type"] == "labels" and x["value"]["start"] > flag:
                x["value"]["start"] += 2
                x["value"]["end"] += 2

    with archive_at(tmp_path) as archive:
        assert import_reviews(archive, from_tasks(task(shifted)))["corrections"] == 1


# -- the commands ------------------------------------------------------------------------------------------------------


def test_the_commands(tmp_path: Path) -> None:
    archive_at(tmp_path).close()
    file = ["--archive", str(tmp_path / "a.sqlite")]
    run = CliRunner().invoke
    (tmp_path / "p.json").write_text(json.dumps([task(set_act)]), encoding="utf-8")
    done = run(cli, ["import", str(tmp_path / "p.json"), "--from", "labelstudio", *file])
    assert done.exit_code == 0 and "1 new corrections, 0 known" in done.stderr
    table = run(cli, ["corrections", *file]).stdout
    assert "ana@example.org" in table and 'act="offer"' in table
    (told,) = json.loads(run(cli, ["corrections", "sample-1", "--format", "json", *file]).stdout)
    assert told["attention"] is None and told["document"] == KEY
    assert json.loads(run(cli, ["corrections", "--attention", "--format", "json", *file]).stdout) == []
    plain, above = (loads(run(cli, ["export", *more, *file]).stdout) for more in ([], ["--reviewed"]))
    assert isinstance(plain, Record) and isinstance(above, Record)
    assert (plain.statements[1].act, above.statements[1].act) == ("commit", "offer")
    assert run(cli, ["export", "--format", "csv", "--reviewed", *file]).exit_code == 2
    assert run(cli, ["import", str(tmp_path), "--from", "brat", *file]).exit_code == 1
    for origin in ("jsonl", "labelstudio"):
        missing = run(cli, ["import", str(tmp_path / "none"), "--from", origin, *file])
        assert missing.exit_code == 1 and "check the path" in missing.stderr
    assert file_name(KEY) == KEY


@pytest.mark.parametrize(
    ("text", "words", "near", "expected"),
    [
        ("one two two", "one", None, (0, 3)),
        ("one\n two three", "one two", None, (0, 8)),
        ("two, two", "two", 6, (5, 8)),
        ("two, two", "two", 0, (0, 3)),
        ("\U0001d400 a\u0301 b", "a\u0301  b", None, (2, 6)),
        ("a.b", "a.b", None, (0, 3)),
        ("two, two", "two", None, "2 places"),
        ("two", "three", None, "do not stand"),
        ("axb", "a.b", None, "do not stand"),
        ("two", " ", 0, "do not stand"),
    ],
)
def test_words_are_found_as_they_were_typed(text: str, words: str, near: int | None, expected: object) -> None:
    if isinstance(expected, str):
        with pytest.raises(RecordError, match=expected):
            place_of(text, words, near)
    else:
        found = place_of(text, words, near)
        assert (found.start, found.end) == expected


def made(**changes: Any) -> Correction:
    item = changes.pop("of", PROMISE)
    base: dict[str, Any] = {"kind": "statements", "action": "change", "item": item.id, "reviewer": "Ana", "at": DAY,
                            "source": "the page", "main": quote_of(TEXT, item.content)}  # fmt: skip
    return Correction(**{**base, **changes})


def test_a_single_correction_is_kept_once_and_confirms_without_a_change(tmp_path: Path) -> None:
    with archive_at(tmp_path) as archive:
        assert keep_correction(archive, KEY, made()) and not keep_correction(archive, KEY, made())
        now = next(s for s in reviewed(archive, KEY).record.statements if s.id == PROMISE.id)
        assert now.confidence.reason == "confirmed by Ana" and now.act == PROMISE.act
        with pytest.raises(RecordError, match="cannot be kept"):
            keep_correction(archive, KEY, made(values={"act": "shout"}))
        assert len(corrections_of(archive)) == 1 and not check(archive)


def test_doubts_come_in_order_by_windows_and_leave_when_reviewed(tmp_path: Path) -> None:
    def doubtful(n: int) -> Record:
        """The sample with another title, its first statement the less sure the higher the number."""
        record = sample()
        first = replace(record.statements[0], confidence=replace(record.statements[0].confidence, value=0.5 - n / 100))
        return replace(record, id=str(n), title=f"{n}", statements=(first, *record.statements[1:]))

    with archive_at(tmp_path, *map(doubtful, range(5))) as archive:
        found = doubts(archive, ("statements",), window=3)
        mine = [d for d in found.items if d.item.id == sample().statements[0].id]
        assert [d.record.id for d in mine] == ["4", "3", "2"] and found.looked_at == 3 and found.before
        older = doubts(archive, ("statements",), window=3, before=found.before)
        assert {d.record.id for d in older.items} == {"1", "0"} and older.before is None
        whole = doubts(archive)
        assert sum(whole.counts.values()) == len(doubts(archive, limit=1000).items)
        assert [d.item.confidence.value for d in whole.items] == sorted(d.item.confidence.value for d in whole.items)
        keep_correction(archive, mine[0].key, made(of=mine[0].item))
        after = [(d.key, d.item.id) for d in doubts(archive, ("statements",), limit=1000).items]
        assert (mine[0].key, mine[0].item.id) not in after
        assert sum(doubts(archive).counts.values()) == sum(whole.counts.values()) - 1
    with Archive.open(tmp_path / "none.sqlite", write=True, create=True) as archive:
        assert doubts(archive).items == ()
