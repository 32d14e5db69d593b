"""Exchanges: what is joined, what stays apart, and what a person's hand does to it."""

from __future__ import annotations

from datetime import date

import pytest

from readout.comparing import Exchange, exchanges, reprints
from readout.errors import RecordError
from readout.records import Actor, Confidence, DateInterval, Encounter, Participant, Record, Span, item_id

TEXTS = {
    "a": "The two ministers spoke about rail and grain, and about the ferry that is to sail again in the spring.",
    "b": "A call took place between the ministers, in which customs and the price of cotton came up.",
    "c": "Quite another text, on a third subject, which has no run of words in common with either of the first two.",
}


def met(kind: str, *people: str, day: str | None = None, status: str = "reported", n: int = 0) -> Encounter:
    """An encounter of ``STATE``, ``STATE:Name`` or ``STATE:Name:part``."""
    participants = []
    for person in people:
        of, name, part = [*person.split(":"), "", ""][:3]
        participants.append(Participant(actor=Actor(of=of, person=name or None), part=part or "participant"))
    return Encounter(
        id=item_id(kind + status, "encounter", Span(0, 5), n), kind=kind, status=status,
        participants=tuple(participants), evidence=Span(0, 5), date=DateInterval.from_iso(day) if day else None,
        confidence=Confidence(value=1.0, reason="written"),
    )  # fmt: skip


def told(id: str, *encounters: Encounter, day: str = "2024-03-05", text: str | None = None) -> Record:
    return Record(id=id, text=text or TEXTS[id], date=date.fromisoformat(day), encounters=encounters)


def together(found: list[Exchange]) -> list[Exchange]:
    return [x for x in found if len(x.accounts) > 1]


CALL = ("phone_call", "KAZ:Murat Nurtleu", "CHN:Wang Yi")


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (met(*CALL, day="2024-03-05"), met("phone_call", "CHN:Wang Yi", "KAZ:Nurtleu", day="2024-03-05"), True),
        (met(*CALL, day="2024-03-05"), met("video_call", *CALL[1:], day="2024-03-06"), True),
        (met(*CALL, day="2024-03-05"), met(*CALL, day="2024-03"), True),
        (met(*CALL, day="2024-03-05"), met(*CALL), True),
        (met(*CALL, day="2024-03-05"), met(*CALL, day="2024-03-09"), False),
        (met(*CALL, day="2024-03-05"), met("phone_call", "KAZ:Tokayev", "CHN:Xi Jinping", day="2024-03-05"), False),
        (met(*CALL, day="2024-03-05"), met("meeting", *CALL[1:], day="2024-03-05"), False),
        (met("visit", *CALL[1:], day="2024-03-05"), met("meeting", *CALL[1:], day="2024-03-05"), False),
        (met(*CALL, day="2024-03-05"), met("phone_call", "KAZ", "UZB", day="2024-03-05"), False),
        (
            met("message", "KAZ::initiator", "CHN::recipient", day="2024-03-05"),
            met("message", "CHN::initiator", "KAZ::recipient", day="2024-03-05"),
            False,
        ),
    ],
    ids=["same", "video and a day", "month", "no day", "days apart", "other people", "other kind", "visit and meeting",
         "other side", "answer"],
)  # fmt: skip
def test_what_is_one_exchange(one: Encounter, other: Encounter, is_one: bool) -> None:
    assert bool(together(exchanges([told("a", one), told("b", other)]))) is is_one


def test_two_calls_of_one_document_stay_apart_and_a_chain_of_days_is_not_followed() -> None:
    twice = told("a", met(*CALL, day="2024-03-05"), met(*CALL, day="2024-03-05", n=1))
    assert len(exchanges([twice])) == 2
    joined = together(exchanges([twice, told("b", met(*CALL, day="2024-03-05"))]))
    assert [len(x.accounts) for x in joined] == [2]
    days = [told(d, met(*CALL, day=f"2024-03-0{n}"), day=f"2024-03-0{n}") for n, d in enumerate("abc", 5)]
    assert max(len(x.accounts) for x in exchanges(days)) == 2


def test_the_order_of_records_changes_nothing_and_joins_have_reasons() -> None:
    records = [told("a", met(*CALL, day="2024-03-05")), told("b", met(*CALL, day="2024-03-06"))]
    assert exchanges(records) == exchanges(records[::-1])
    (found,) = together(exchanges(records))
    assert found.joins[0].reasons and 0 < found.joins[0].score <= 1
    assert found.to_json()["independent"] == 2


def test_a_reprint_is_told_from_an_independent_account() -> None:
    copy = told("c", met(*CALL, day="2024-03-05"), text=TEXTS["a"] + " (Agency)", day="2024-03-06")
    records = [told("a", met(*CALL, day="2024-03-05")), copy, told("b", met(*CALL, day="2024-03-05"))]
    assert reprints(records) == {"c": "a"}
    (found,) = together(exchanges(records))
    assert found.independent == 2 and len(found.accounts) == 3


def test_links_by_hand_stand_above_the_score() -> None:
    one, far = told("a", met(*CALL, day="2024-03-05")), told("b", met(*CALL, day="2024-05-05"))
    pair = (("a", one.encounters[0].id), ("b", far.encounters[0].id))
    assert together(exchanges([one, far], must_link=[pair]))[0].joins[0].by_hand
    near = told("b", met(*CALL, day="2024-03-05"))
    pair = (("a", one.encounters[0].id), ("b", near.encounters[0].id))
    assert not together(exchanges([one, near], cannot_link=[pair]))
    with pytest.raises(RecordError, match="kept apart"):
        exchanges([one, near], must_link=[pair], cannot_link=[pair])
    with pytest.raises(RecordError, match="no encounter"):
        exchanges([one], must_link=[(("a", "x"), ("b", "y"))])
    with pytest.raises(RecordError, match="two texts"):
        exchanges([one, told("a", text="Another.")])


def test_tellings_joined_by_hand_days_apart_keep_their_other_accounts() -> None:
    calls = {"a": "2024-03-05", "b": "2024-03-05", "c": "2024-03-09"}
    records = [told(id, met(*CALL, day=day), day=day) for id, day in calls.items()]
    places = {r.id: (r.id, r.encounters[0].id) for r in records}
    (whole,) = exchanges(records, must_link=[(places["a"], places["c"])])
    assert [a.document for a in whole.accounts] == ["a", "b", "c"]
    assert len(together(exchanges(records))[0].accounts) == 2
