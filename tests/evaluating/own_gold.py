"""A small gold of our own: one call, and one text in which nobody meets anybody."""

from __future__ import annotations

import copy
from typing import Any

TEXT = (
    "Oslo, 3 March 2021 (Fjord Wire) - Norwegian Foreign Minister Ine Berg called her Chilean counterpart Pablo Soto "
    "on Wednesday. Berg thanked Chile for its help at sea. She said Norway will send two ships by May. "
    "Soto warned that the storms are not over. Norway and Chile are old friends. A storm hit Valdivia in February."
)


def span(words: str) -> list[int]:
    """Where the words stand in the text."""
    start = TEXT.index(words)
    return [start, start + len(words)]


def berg() -> dict[str, Any]:
    return {"person": "Ine Berg", "office": "foreign_minister", "of": "NOR"}


def soto() -> dict[str, Any]:
    return {"person": "Pablo Soto", "office": "foreign_minister", "of": "CHL"}


CALL: dict[str, Any] = {
    "id": "call",
    "text": TEXT,
    "date": "2021-03-03",
    "issuer": "Fjord Wire",
    "encounters": [
        {
            "kind": "phone_call",
            "status": "reported",
            "participants": [{**berg(), "part": "initiator"}, {**soto(), "part": "recipient"}],
            "date": "2021-03-03",
            "place": None,
            "evidence": span("Ine Berg called her Chilean counterpart Pablo Soto"),
        }
    ],
    "statements": [
        {
            "speakers": [berg()],
            "attribution": "explicit",
            "cue": span("thanked"),
            "content": span("Chile for its help at sea"),
            "act": "thank",
            "toward": ["CHL"],
            "via": None,
        },
        {
            "speakers": [berg()],
            "attribution": "explicit",
            "cue": span("said"),
            "content": span("Norway will send two ships by May"),
            "act": "commit",
            "toward": [],
            "via": None,
        },
        {
            "speakers": [soto()],
            "attribution": "explicit",
            "cue": span("warned that"),
            "content": span("the storms are not over"),
            "act": "warn",
            "toward": [],
            "via": None,
        },
    ],
    "commitments": [
        {
            "promisor": ["NOR"],
            "beneficiary": [],
            "action": span("send two ships by May"),
            "strength": "firm",
            "refrain": False,
            "deadline": span("by May"),
            "condition": None,
        }
    ],
    "relations": [{"between": ["NOR", "CHL"], "kind": "partnership", "label": span("old friends")}],
    "occurrences": [
        {
            "kind": "disaster",
            "states": ["CHL"],
            "date": "2021-02",
            "span": span("A storm hit Valdivia"),
            "asserted_by": ["document"],
        }
    ],
}
QUIET: dict[str, Any] = {"id": "quiet", "text": "The harbour of Bergen was calm all week.", "negative": True}


def gold() -> list[dict[str, Any]]:
    return copy.deepcopy([CALL, QUIET])


def perfect() -> dict[str, dict[str, Any]]:
    return {"call": copy.deepcopy(CALL), "quiet": {"id": "quiet"}}
