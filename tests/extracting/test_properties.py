"""What holds for every record: reading is repeatable, batches change nothing, spans quote the text, ids are stable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from measuring_cases import MARKED
from trapping import rows

from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.records import Document, Record, Span

TRAPS = rows("traps.yaml")[::6]
EXAMPLE = """\
Chinese State Councilor and Foreign Minister Wang Yi held a phone call with Kazakh Deputy Prime Minister and Foreign \
Minister Mukhtar Tileuberdi on Monday. Wang said China will send engineers to Kazakhstan by the end of June. \
Furthermore, China is ready to open a third crossing. He condemned the terrorist attack in Almaty.

Tileuberdi thanked China for its help. "Kazakhstan is a strategic partner of China," he said. The two sides agreed to \
meet in March."""

pytestmark = pytest.mark.model


def documents() -> list[Document]:
    texts = [EXAMPLE, *(m.text for m in list(MARKED.values())[::3]), *(row["text"] for row in TRAPS)]
    texts.append("\n\n".join(texts))
    return [from_mapping({"id": f"p{n}", "text": text, "date": "2022-01-10"}) for n, text in enumerate(texts)]


@pytest.fixture(scope="module")
def records(reader: Reader) -> list[Record]:
    return read(reader)


def read(reader: Reader) -> list[Record]:
    out = list(reader.read_documents(documents()))
    assert all(isinstance(r, Record) for r in out)
    return [r for r in out if isinstance(r, Record)]


def spans(record: Record) -> Iterator[tuple[str, Span]]:
    """Every span of a record, named."""
    for e in record.encounters:
        yield "evidence", e.evidence
        yield from ((name, s) for name in ("date_words", "place_words") if (s := getattr(e, name)))
    for s in record.statements:
        yield "content", s.content
        yield from ((name, span) for name in ("cue", "via") if (span := getattr(s, name)))
    for c in record.commitments:
        yield "action", c.action
        yield from ((name, span) for name in ("deadline", "condition") if (span := getattr(c, name)))
    yield from (("label", r.label) for r in record.relations)
    yield from (("occurrence", o.span) for o in record.occurrences)
    yield from (("unresolved", u.span) for u in record.unresolved)


def ids(record: Record) -> list[str]:
    items = (record.encounters, record.statements, record.commitments, record.relations, record.occurrences)
    return [item.id for kind in items for item in kind]


def test_the_example_has_every_kind(records: list[Record]) -> None:
    record = records[0]
    assert [e.kind for e in record.encounters if e.status == "reported"] == ["phone_call"]
    assert len(record.statements) >= 5
    assert {s.attribution for s in record.statements} >= {"explicit", "continued"}
    assert record.commitments and record.relations and record.occurrences


def test_reading_twice_equals_reading_once(reader: Reader, records: list[Record]) -> None:
    assert read(reader) == records


@pytest.mark.parametrize("size", [1, 5])
def test_the_size_of_a_batch_changes_nothing(size: int, reader: Reader, records: list[Record]) -> None:
    other = Reader(reader.tools, replace(reader.settings, batch_size=size))
    assert read(other) == records


def test_order_changes_nothing(reader: Reader, records: list[Record]) -> None:
    backwards = list(reader.read_documents(documents()[::-1]))
    assert backwards[::-1] == records


def test_every_span_quotes_whole_words_of_the_text(records: list[Record]) -> None:
    for record in records:
        for name, span in spans(record):
            assert 0 <= span.start < span.end <= len(record.text)
            words = record.text[span.start : span.end]
            assert span.of(record.text) == words
            assert re.search(r"\w", words), (name, words)
            assert words == words.strip(), (name, words)
            for at in (span.start, span.end):
                around = record.text[max(0, at - 1) : at + 1]
                assert not around.isalpha() or len(around) < 2, (name, words)


def test_contents_do_not_overlap_their_cue(records: list[Record]) -> None:
    for record in records:
        for s in record.statements:
            assert s.cue is None or not s.cue.overlaps(s.content), s


def test_ids_are_unique_and_do_not_hang_on_what_stands_around(reader: Reader, records: list[Record]) -> None:
    for record in records:
        assert len(set(ids(record))) == len(ids(record))
    renamed = from_mapping({"id": "another", "text": EXAMPLE, "date": "2022-01-10", "title": "A call", "url": None})
    (again,) = reader.read_documents([renamed])
    assert isinstance(again, Record)
    assert ids(again) == ids(records[0]), "ids come from the text, not from where it was published"


def test_items_stand_in_the_order_of_the_text(records: list[Record]) -> None:
    for record in records:
        for starts in (
            [s.content.start for s in record.statements],
            [r.label.start for r in record.relations],
            [o.span.start for o in record.occurrences],
        ):
            assert starts == sorted(starts), record.id


def test_every_item_says_how_it_was_reached(records: list[Record]) -> None:
    for record in records:
        for kind in (record.encounters, record.statements, record.commitments, record.relations, record.occurrences):
            for item in kind:
                assert item.why and item.confidence.reason
                assert 0 < item.confidence.value <= 1
