"""The article that the project began with: the call, the message, who said what."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import readout
from readout.cli.evaluate import read_now
from readout.evaluating import Scores, read_gold, score

HOME = Path(__file__).parents[2]
SHARED = HOME.parent / "shared"
ARTICLE = SHARED / "seed" / "article.txt"
GOLD = SHARED / "gold" / "seed.gold.jsonl"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.model,
    pytest.mark.skipif(not ARTICLE.is_file() or not GOLD.is_file(), reason="the reference files are not there"),
]


@pytest.fixture(scope="module")
def record() -> readout.Record:
    # as `readout read ../shared/seed/article.txt` does: nothing is known but the text
    return readout.read(ARTICLE.read_bytes().decode("utf-8"), id="article")


@pytest.fixture(scope="module")
def scores() -> Scores:
    gold: list[dict[str, Any]] = read_gold([str(GOLD)])
    return score(gold, read_now(gold))


def test_the_call(record: readout.Record) -> None:
    calls = [e for e in record.encounters if e.kind == "phone_call" and e.status == "reported"]
    assert len(calls) == 1
    call = calls[0]
    assert call.date is not None and call.date.iso() == "2022-01-10"
    parts = {p.part: p.actor for p in call.participants}
    assert set(parts) == {"initiator", "recipient"}
    caller, called = parts["initiator"], parts["recipient"]
    assert (caller.person, caller.office, caller.of) == ("Wang Yi", "foreign_minister", "CHN")
    # the spelling of the actor base or of the text: RECORD.md counts both as the same person
    assert called.person in {"Mukhtar Tileuberdi", "Mukhtar Tleuberdi"}
    assert (called.office, called.of) == ("foreign_minister", "KAZ")


def test_the_message_of_the_week_before(record: readout.Record) -> None:
    messages = [e for e in record.encounters if e.kind == "message"]
    assert len(messages) == 1
    message = messages[0]
    assert message.date is not None and message.date.iso() == "2022-01-07"
    sides = {(p.part, p.actor.of, p.actor.office, (p.actor.person or "").split()[0]) for p in message.participants}
    assert ("initiator", "CHN", "head_of_state", "Xi") in sides
    assert ("recipient", "KAZ", "head_of_state") in {side[:3] for side in sides}
    assert any("Tokayev" in (p.actor.person or "") for p in message.participants)


def test_the_date_comes_from_the_dateline(record: readout.Record) -> None:
    assert record.date == date(2022, 1, 10)


def test_who_said_what(scores: Scores) -> None:
    assert scores.rows["statements"].f1 >= 0.85
    assert scores.rows["attribution"].f1 >= 0.92


def test_all_of_it_is_grounded(record: readout.Record, scores: Scores) -> None:
    assert scores.figure("ungrounded") == scores.figure("malformed") == scores.figure("missing") == 0
    assert all(span.of(record.text) for span in record.spans())


def test_the_words_are_the_file_s(record: readout.Record) -> None:
    assert record.text == ARTICLE.read_bytes().decode("utf-8")
    assert json.loads(readout.dumps(record))["text"] == record.text
