"""Lines that say who issued a text and when, and headlines that only look like them."""

from __future__ import annotations

import pytest

from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.records import Record

BODY = "Foreign Minister Jan Lipavský telephoned Slovak Foreign Minister Juraj Blanár yesterday."
SIGNED = "Ministry of Foreign Affairs of the Czech Republic"


@pytest.mark.parametrize(
    ("head", "issuer", "of", "day"),
    [
        (f"{SIGNED}, 12 March 2024\n\n", SIGNED, "CZE", "2024-03-12"),
        (f"Minister speaks with Slovak counterpart\n\n{SIGNED} | March 12, 2024\n\n", SIGNED, "CZE", "2024-03-12"),
        (f"Minister speaks with Slovak counterpart\n\n{SIGNED}\n\n12 March 2024\n\n", SIGNED, "CZE", "2024-03-12"),
        (
            "Press release regarding the telephone call with the Foreign Minister of Slovakia\n\n"
            "PRAGUE, 12 March 2024 (Ministry of Foreign Affairs of Czechia) - ",
            "Ministry of Foreign Affairs of Czechia", "CZE", "2024-03-12",
        ),
        (
            "Press release on the telephone call with the Foreign Minister of Slovakia\n\nPRAGUE, 12 March 2024 - ",
            None, None, "2024-03-12",
        ),
        ("Foreign Ministry summons the envoy\n\nPRAGUE, 12 March 2024 (CTK) - ", "CTK", None, "2024-03-12"),
    ],
)  # fmt: skip
def test_who_issued_it_and_when(reader: Reader, head: str, issuer: str | None, of: str | None, day: str) -> None:
    (record,) = reader.read_documents([from_mapping({"id": "x", "text": head + BODY})])
    assert isinstance(record, Record) and record.date is not None
    assert (record.issuer, record.issuer_of, record.date.isoformat()) == (issuer, of, day)
    (call,) = record.encounters
    assert call.date is not None and call.date.iso() == "2024-03-11"


@pytest.mark.parametrize("verb", ["met", "met with", "received"])
def test_a_rare_name_before_a_verb_is_its_subject(reader: Reader, verb: str) -> None:
    text = f"Foreign Minister Annalena Baerbock {verb} Kazakh Foreign Minister Murat Nurtleu in Berlin on 3 May 2024."
    (record,) = reader.read_documents([from_mapping({"id": "x", "text": text})])
    assert isinstance(record, Record)
    assert [{p.actor.of for p in e.participants} for e in record.encounters] == [{"DEU", "KAZ"}]


def test_to_consider_something_is_no_firm_promise(reader: Reader) -> None:
    text = "Foreign Minister Hakan Fidan said that Türkiye would consider supplying locomotives to Kazakhstan."
    (record,) = reader.read_documents([from_mapping({"id": "x", "text": text, "date": "2024-05-03"})])
    assert isinstance(record, Record) and [c.strength for c in record.commitments] == ["willing"]
