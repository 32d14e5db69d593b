"""A promised meeting is kept by a meeting at its place, on its matter or by its day, and by no other."""

from __future__ import annotations

from typing import Any

import pytest
from written import record

from readout.following import ledger_of

MET = [["Wang Yi", "foreign_minister", "CHN"], ["Mukhtar Tileuberdi", "foreign_minister", "KAZ"]]


def promised(words: str) -> dict[str, Any]:
    text = f"They spoke. The two sides agreed to {words}."
    said = {"who": MET, "act": "agree", "words": f"agreed to {words}", "promised": words}
    said["deadline"] = "in February 2022" if "February" in words else None
    return {"id": "a", "date": "2022-01-10", "issuer": "One", "text": text, "said": [said]}


def held(day: str) -> dict[str, Any]:
    met = {"kind": "meeting", "status": "reported", "date": day, "who": MET, "place": "Almaty"}
    return {"id": "b", "date": day, "issuer": "Two", "text": "They met in Almaty.", "met": [met]}


@pytest.mark.parametrize(
    ("words", "day", "status"),
    [
        ("hold a meeting in February 2022", "2022-02-20", "reported kept"),
        ("hold a meeting in February 2022", "2022-05-02", "overdue"),  # later, another meeting
        ("hold a meeting in Almaty in February 2022", "2022-05-02", "reported kept"),  # late, at its place
        ("hold a meeting", "2022-02-20", "open"),  # any meeting would do, so none tells
    ],
)
def test_a_promised_meeting(words: str, day: str, status: str) -> None:
    told = ledger_of([record(promised(words)), record(held(day))], "CHN", "KAZ")
    assert [p.status for p in told.promises] == [status]
