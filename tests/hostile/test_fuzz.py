"""Any text or bytes: a record or a named refusal, never a traceback, and spans that are true.

`READOUT_FUZZ=full` runs 10,000 examples through reading and 500 through the whole; else 300 and 100.
"""

from __future__ import annotations

import json
import os
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import readout
from readout.errors import ReadingError
from readout.exporting import FORMATS, render
from readout.reading import body_start, from_mapping, read_bytes, source_offset
from readout.records import Document, Record

FULL = os.environ.get("READOUT_FUZZ") == "full"
READING = settings(
    max_examples=10_000 if FULL else 300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
WHOLE = settings(
    max_examples=500 if FULL else 100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)

WORDS = st.sampled_from((
    "Wang Yi", "Xi Jinping", "Chinese", "Kazakh", "Foreign Minister", "President", "Secretary",
    "State Councilor and Foreign Minister", "the two sides", "both", "his counterpart", "He", "She", "they", "said",
    "told", "called", "phoned", "met", "stressed that", "agreed to", "condemned", "thanked", "will", "would not",
    "denied that", "if", "unless", "according to", "the latter", "Beijing", "Moscow", "the Kremlin",
    "10 January 2022", "on Monday", "three days ago", "next month", "by the end of June", "31 June",
    "\u201c", "\u201d", '"', "'", "(", ")", "[", "]", "\u2014", ":", ";", ",", ".", ". ", "\n", "\n\n", "- ",
    "BEIJING, Jan 10 (Xinhua) --", "attack", "earthquake", "strategic partner", "message", "letter", "visit",
    "summit", "joint statement", "U.S.", "D.P.R.K.", "Mr. ", "\u202e", "\u200b", "\u0301",
    "\U0001f1f0\U0001f1ff", "\x00", "\ud800", "&nbsp;", "<b>", "https://example.org", "\t", "\r\n", "\u2028",
    "\xa0", "\u0130", "\xdf", "\ufb01",
))  # fmt: skip
MIXED = st.lists(WORDS | st.text(max_size=12), max_size=60).map(" ".join)
SENTENCES = st.lists(WORDS, min_size=3, max_size=80).map(" ".join)
TEXTS = st.text(max_size=400) | MIXED | SENTENCES
DATES = st.none() | st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp1251", "latin-1", "gb18030", "shift_jis",
)  # fmt: skip
ENCODED = st.builds(
    lambda text, name: text.encode(name, "ignore" if name != "utf-8" else "replace"), TEXTS, st.sampled_from(ENCODINGS)
)
JOINED = st.builds(lambda a, b, c: a + b + c, ENCODED, st.binary(max_size=9), ENCODED)
BYTES = st.binary(max_size=400) | ENCODED | JOINED


@given(data=BYTES)
@READING
def test_bytes_become_a_document_or_a_named_refusal(data: bytes) -> None:
    try:
        document = read_bytes(data, id="x", source="x")
    except ReadingError as error:
        assert error.code.startswith("R4") and error.code != "R400" and error.message
        return
    check_document(document)
    end = len(document.text)
    assert 0 <= source_offset(document, 0) <= source_offset(document, end)
    assert read_bytes(data, id="x", source="x") == document


@given(text=TEXTS, day=DATES, issuer=st.none() | st.text(max_size=20), title=st.none() | st.text(max_size=30))
@READING
def test_a_text_is_kept_as_it_is_or_refused(text: str, day: date | None, issuer: str | None, title: str | None) -> None:
    mapping = {"id": "x", "text": text, "issuer": issuer, "title": title, "date": day.isoformat() if day else None}
    try:
        document = from_mapping(mapping)
    except ReadingError as error:
        assert error.code.startswith("R4") and error.code != "R400" and error.message
        return
    assert document.text == text
    check_document(document)


def check_document(document: Document) -> None:
    text = document.text
    spans = [document.dateline.span if document.dateline else None, document.headline, document.byline]
    spans += [note.span for note in document.notes]
    for span in spans:
        if span is not None:
            assert 0 <= span.start < span.end <= len(text)
    assert 0 <= body_start(document) <= len(text)


@pytest.mark.model
@given(text=SENTENCES | TEXTS, day=DATES, issuer=st.sampled_from((None, "CHN", "Xinhua", "\x00", "the Kremlin")))
@WHOLE
def test_the_whole_gives_a_record_or_a_refusal(text: str, day: date | None, issuer: str | None) -> None:
    try:
        record = readout.read(text, date=day, issuer=issuer)
    except ReadingError as error:
        assert error.code.startswith("R4") and error.message
        return
    assert record.text == text
    check_record(record)
    assert readout.loads(readout.dumps(record)) == record
    for name in FORMATS:
        assert "".join(render([record], name)).encode("utf-8", "backslashreplace")


@pytest.mark.model
@given(texts=st.lists(SENTENCES | MIXED, min_size=2, max_size=4))
@settings(WHOLE, max_examples=60 if FULL else 15)
def test_order_and_batch_change_nothing(texts: list[str]) -> None:
    together = list(readout.read_many({"id": str(n), "text": text} for n, text in enumerate(texts)))
    assert len(together) == len(texts)
    for number, found in enumerate(together):
        (alone,) = readout.read_many([{"id": str(number), "text": texts[number]}])
        assert alone == found


def check_record(record: Record) -> None:
    text = record.text
    for span in record.spans():
        words = span.of(text)
        assert words and words == text[span.start : span.end]
        assert words.strip(), "a span of blanks shows nothing"
    said = {s.id: s for s in record.statements}
    ids = [item.id for kind in kinds_of(record) for item in kind]
    assert len(ids) == len(set(ids))
    for statement in record.statements:
        assert statement.continues is None or statement.continues in said
        assert (statement.cue is not None) == (statement.attribution == "explicit") or statement.cue is None
    for commitment in record.commitments:
        home = said[commitment.statement]
        assert home.content.start <= commitment.action.start and commitment.action.end <= home.content.end
    written: Any = record.to_json()
    assert json.loads(json.dumps(written)) == written


def kinds_of(record: Record) -> tuple[tuple[Any, ...], ...]:
    return (record.encounters, record.statements, record.commitments, record.relations, record.occurrences)
