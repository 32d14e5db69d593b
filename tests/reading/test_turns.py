"""Turns of a transcript: found by their labels, told apart by who asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.reading import from_mapping, turns
from readout.records import Document

BRIEFING = """Ministry Briefing, 4 May 2023

ANSA: Does Italy expect the talks to resume?

Ms Bianchi: Italy hopes that they will. We call on both sides to return to the table.

Q: And the grain?

Ms Bianchi (in English): We will publish the figures on Friday."""


def test_a_transcript_has_its_turns_with_labels_and_kinds() -> None:
    found = turns(BRIEFING)
    assert [(t.label.of(BRIEFING), t.asks) for t in found] == [
        ("ANSA", True),
        ("Ms Bianchi", False),
        ("Q", True),
        ("Ms Bianchi", False),
    ]
    assert BRIEFING[found[3].begins :].startswith("We will publish")
    assert found[0].span.end == found[1].span.start


@pytest.mark.parametrize(
    "text",
    [
        "Place: Rome\nDate: 3 May 2023\nSubject: Grain\nThe ministers met.",
        "Rome: the ministers met.\nParis: the ministers wrote.\nOslo: nobody came.",
        "The minister said: we shall see. Italy: no comment.",
        "Ms Bianchi: We hope so.\nMs Bianchi: We know so.\nMs Bianchi: We said so.",
        "",
    ],
)
def test_what_is_no_transcript_has_no_turns(text: str) -> None:
    assert turns(text) == ()


def test_the_agency_that_asks_is_not_the_dateline() -> None:
    document = from_mapping({"id": "a", "text": BRIEFING.split("\n\n", 1)[1], "date": "2023-05-04"})
    assert isinstance(document, Document)
    assert document.dateline is None


@given(st.text(alphabet="AQ: ?\nab(", max_size=120))
def test_turns_follow_each_other_and_lie_in_the_text(text: str) -> None:
    at = 0
    for turn in turns(text):
        assert at <= turn.span.start <= turn.label.start < turn.label.end < turn.begins <= turn.span.end <= len(text)
        at = turn.span.end
