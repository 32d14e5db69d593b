"""Press conferences: answers belong to who gives them, questions tell nothing."""

from __future__ import annotations

import pytest

from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.records import Record

pytestmark = pytest.mark.model

ROW = """Foreign Ministry Spokesperson Mao Ning's Regular Press Conference, 6 April 2023

Bloomberg: The US says that China agreed to cut its steel exports. Will President Macron meet Xi Jinping?

Mao Ning: China has told you its position often. We urge the US side to respect facts. China will keep its ports open.

NHK: Did Japan threaten to close the mission?

Mao Ning: Japan knows our concern."""


@pytest.fixture(scope="module")
def record() -> Record:
    found = next(iter(Reader.open().read_documents([from_mapping({"id": "p", "text": ROW, "date": "2023-04-06"})])))
    assert isinstance(found, Record)
    return found


def test_answers_belong_to_the_spokesperson(record: Record) -> None:
    assert {(a.person, a.of) for s in record.statements for a in s.speakers} == {("Mao Ning", "CHN")}
    assert [s.attribution for s in record.statements] == ["explicit", "continued", "continued", "explicit"]
    first = record.statements[0]
    assert first.cue is not None and first.cue.of(ROW) == "Mao Ning"
    assert first.content.of(ROW) == "China has told you its position often"


def test_nothing_is_taken_from_a_question(record: Record) -> None:
    said = " ".join(s.content.of(ROW) for s in record.statements)
    assert "agreed to cut" not in said and "threaten" not in said
    assert not any("Macron" in str(e) for e in record.encounters)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Macron said Russia would stop the shelling.", "assess"),
        ("Macron said France would stop the exports.", "commit"),
        ("Blinken said that Beijing would pay for the damage.", "assess"),
    ],
)
def test_another_sides_future_is_no_promise(text: str, act: str) -> None:
    record = next(iter(Reader.open().read_documents([from_mapping({"id": "p", "text": text, "date": "2022-03-01"})])))
    assert isinstance(record, Record)
    assert [s.act for s in record.statements] == [act]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Lavrov and Blinken were due to meet in Geneva on Tuesday, but the meeting was cancelled.", []),
        ("Putin and Biden were to hold talks in Budapest. The meeting did not take place.", []),
        ("A meeting of Lavrov and Blinken was planned for Tuesday but was called off.", []),
        ("Lavrov and Blinken met in Geneva. A visit to Bern was cancelled.", ["meeting"]),
    ],
)
def test_what_was_called_off_did_not_take_place(text: str, kinds: list[str]) -> None:
    record = next(iter(Reader.open().read_documents([from_mapping({"id": "p", "text": text, "date": "2022-03-01"})])))
    assert isinstance(record, Record)
    assert [e.kind for e in record.encounters] == kinds
