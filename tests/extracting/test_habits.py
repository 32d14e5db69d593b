# ruff: noqa: E501 (sentences are read as lines)
"""Habits of readouts: who is meant by a bare title or a style of address, and where what was said begins and ends."""

from __future__ import annotations

import pytest

from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.records import Record

pytestmark = pytest.mark.model

ROWS = [
    # a title by which the text has called the guest is the guest's, though the host's state has such an office too
    ("PAK", "Foreign Minister Hina Rabbani Khar met the UK Foreign Secretary, James Cleverly, in London. The Foreign Minister "
     "thanked him. The Foreign Secretary said that the port would reopen.", "GBR", "the port would reopen"),
    # a second office of the guest
    ("USA", "Secretary of State Antony J. Blinken met with Montenegro Deputy Prime Minister and Foreign Minister Filip Ivanovic. "
     "The Deputy Prime Minister said that the road is finished.", "MNE", "the road is finished"),
    # styles of address
    ("QAT", "HE Minister of Foreign Affairs Sheikh Mohammed bin Abdulrahman Al Thani received a phone call on 2 May 2023 from HE "
     "Minister of Foreign Affairs of Jordan Ayman Safadi. His Excellency stressed that the crossing must stay open.",
     "QAT", "the crossing must stay open"),
    # received today in a place
    ("BRA", "The Minister of Foreign Affairs, Ambassador Mauro Vieira, received today in Brasília the Minister of Foreign "
     "Affairs of India, Subrahmanyam Jaishankar. The ministers examined the sale of sugar.", "BRA+IND", "the sale of sugar"),
    # who met, as the authorities
    ("CHL", "Foreign Minister Alberto van Klaveren met Foreign Minister of Peru Ana Cecilia Gervasi in Lima. The authorities "
     "analysed the traffic of arms.", "CHL+PER", "the traffic of arms"),
    # a cue that goes on with the cue before it
    ("NOR", "Foreign Minister Anniken Huitfeldt met Foreign Minister of Ghana Shirley Ayorkor Botchwey in Oslo. Huitfeldt noted "
     "that cod is sold in Accra, and appealed for a lower duty.", "NOR", "a lower duty"),
    ("NOR", "Foreign Minister Anniken Huitfeldt met Foreign Minister of Ghana Shirley Ayorkor Botchwey in Oslo. Huitfeldt "
     "recalled that the bank opened its office in 1990 and announced that a delegation would follow.", "NOR",
     "a delegation would follow"),
    # a quotation in single marks
    ("NOR", "'We need friends who share our interest in the sea,' Foreign Minister Anniken Huitfeldt said after she met Foreign "
     "Minister of Ghana Shirley Ayorkor Botchwey in Oslo.", "NOR", "We need friends who share our interest in the sea"),
    # "that" belongs to a noun of what was told
    ("KAZ", "Foreign Minister Murat Nurtleu met Foreign Minister of Hungary Péter Szijjártó. Nurtleu informed his counterpart of "
     "plans for the games that Astana will host.", "KAZ", "plans for the games that Astana will host"),
    # a talk told in the passive, its subject with a cue inside
    ("RUS", "Foreign Minister Sergey Lavrov met Foreign Minister of Mali Abdoulaye Diop. Aspects of the summit, to be held in "
     "Sochi in July, were considered.", "RUS+MLI", "Aspects of the summit, to be held in Sochi in July"),
    ("PAK", "Foreign Minister Hina Rabbani Khar met Foreign Minister of Japan Yoshimasa Hayashi. Khar paid tribute to his long "
     "years of service.", "PAK", "his long years of service"),
    ("MEX", "Foreign Secretary Alicia Bárcena met Foreign Minister of Chile Alberto van Klaveren. They decided on the renewal of "
     "the fund.", "CHL+MEX", "the renewal of the fund"),
]  # fmt: skip


@pytest.fixture(scope="module")
def records(reader: Reader) -> list[Record]:
    documents = [
        from_mapping({"id": str(n), "text": text, "date": "2023-05-02", "issuer": issuer})
        for n, (issuer, text, _, _) in enumerate(ROWS)
    ]
    return [r for r in reader.read_documents(documents) if isinstance(r, Record)]


@pytest.mark.parametrize("n", range(len(ROWS)), ids=[row[3] for row in ROWS])
def test_who_said_it(records: list[Record], n: int) -> None:
    _, _, sides, words = ROWS[n]
    said = [
        ("+".join(sorted(str(a.of) for a in s.speakers)), s.content.of(records[n].text)) for s in records[n].statements
    ]
    assert (sides if "+" not in sides else "+".join(sorted(sides.split("+"))), words) in said


def test_a_visit_to_somebody_is_no_request(reader: Reader) -> None:
    text = "External Affairs Minister S. Jaishankar called on the Foreign Minister of the UAE, Abdullah bin Zayed, in Abu Dhabi."
    (record,) = reader.read_documents([from_mapping({"id": "x", "text": text, "date": "2023-05-02", "issuer": "IND"})])
    assert isinstance(record, Record) and not record.statements and record.encounters
