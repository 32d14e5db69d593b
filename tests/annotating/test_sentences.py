"""Paragraphs and sentences, found without a model: the table sentences.yaml, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.annotating import paragraphs, sentences

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"))
PIECES = st.sampled_from((
    "Mr.", "U.S.", "V.", "He", "came", ".", "...", "…", "?", "!", '"', "“", "”", "‘", "’", "(", ")", " ", "  ", "\n",
    "\n\n", "\r\n", "\u2029", "\x0b", "-", "–", "5", "p.m.", "No.", "The", "of", "\u00a0", "\ud800", "é",
))  # fmt: skip
TEXTS = st.text(max_size=200) | st.lists(PIECES, max_size=60).map("".join)


@pytest.mark.parametrize("row", TABLE["rows"], ids=lambda row: row["text"][:50])
def test_sentences(row: dict[str, Any]) -> None:
    text = row["text"].replace("|", "" if " |" in row["text"] or "| " in row["text"] else " ")
    expected = row.get("cut") or [part.strip() for part in row["text"].split("|")]
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == expected, row["why"]


@pytest.mark.parametrize("row", TABLE["paragraphs"], ids=lambda row: row["text"][:30])
def test_paragraphs(row: dict[str, Any]) -> None:
    assert [row["text"][a:b] for a, b in paragraphs(row["text"])] == row["cut"], row["why"]


def test_a_body_may_start_late() -> None:
    text = "Headline\nOne. Two.\nThree."
    assert [text[a:b] for a, b in paragraphs(text, 9)] == ["One. Two.", "Three."]


@given(text=TEXTS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_every_word_lies_in_one_sentence_and_blanks_at_edges_in_none(text: str) -> None:
    covered = [False] * len(text)
    before = 0
    for low, high in paragraphs(text):
        assert before <= low < high
        before = high
        at = low
        for start, end in sentences(text, low, high):
            assert at <= start < end <= high
            assert not text[start].isspace()
            at = end
            covered[start:end] = [True] * (end - start)
    assert all(covered[i] for i, c in enumerate(text) if not c.isspace() and c not in "\x1c\x1d\x1e")
