"""Topics: sentences of our own with the topics they have, the scheme, and what must hold for any text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from readout.coding import TOPIC_WORDS, TOPICS, topics, topics_of
from readout.lexicons import load, schemas

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("topics.yaml").read_text(encoding="utf-8"))
DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_the_topics_of_a_statement(row: dict[str, Any]) -> None:
    assert sorted({hit.topic for hit in topics(row["text"])}) == sorted(row["topics"])


def test_there_are_enough_rows_of_both_kinds_and_every_topic_has_two() -> None:
    assert len(ROWS) >= 100 and sum(not row["topics"] for row in ROWS) >= 25
    counts = {topic: sum(topic in row["topics"] for row in ROWS) for topic in TOPICS}
    assert {topic for topic, n in counts.items() if n < 2} == set()


def test_the_scheme_is_one_in_code_table_and_page() -> None:
    assert set(TOPICS) == schemas.TOPICS == {t for e in load("topics").entries for t in e["topics"]}
    page = (DOCS / "topics.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", page, re.M)) == TOPIC_WORDS


def test_a_hit_tells_its_words() -> None:
    text = "He raised Kazakhstan’s food-security plan and the WHO’s report."
    assert [(h.topic, h.span.of(text), h.entry) for h in topics(text)] == [
        ("agriculture", "food-security", "food security"),
        ("health", "WHO", "WHO"),
        ("multilateral", "WHO", "WHO"),
    ]


def test_capitals_are_demanded_where_the_entry_has_them() -> None:
    assert topics("who will come?") == []
    assert topics_of(["WHO will come?", "TRADE GREW"]) == ("health", "multilateral", "trade")


def test_punctuation_parts_the_words_of_an_entry() -> None:
    assert {h.entry for h in topics("food, security and energy")} == {"food", "security", "energy"}


@given(st.lists(st.sampled_from(["trade", "war", "food security", "'s", "’", "\u2014", " ", "-", "\n", "UN", "x"])))
def test_hits_stand_in_order_inside_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    spans = list(dict.fromkeys(hit.span for hit in topics(text)))
    assert spans == sorted(spans)
    assert not [one for one, other in pairwise(spans) if one.overlaps(other)]
    assert all(span.within(text) for span in spans)
