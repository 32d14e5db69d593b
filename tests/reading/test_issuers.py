"""Whose document it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readout.knowing import ActorBase
from readout.reading import from_mapping, with_issuer

SHARED = Path("/work/shared")
TEXT = "The foreign minister met his counterpart on Monday and the two sides discussed trade."
ISSUERS: list[tuple[str, str, str | None]] = [
    ("RUS", "side", "RUS"), ("USA", "side", "USA"), ("EU", "side", "EU"), ("NATO", "side", "NATO"),
    ("Ministry of Foreign Affairs of Kazakhstan", "side", "KAZ"), ("White House", "side", "USA"),
    ("Kremlin", "side", "RUS"), ("The Kremlin", "side", "RUS"), ("President of Ukraine", "side", "UKR"),
    ("Iranian Foreign Ministry", "side", "IRN"), ("U.S. Department of State", "side", "USA"),
    ("Press Service of the President of Kazakhstan", "side", "KAZ"), ("Ukraine's Foreign Ministry", "side", "UKR"),
    ("Embassy of Kazakhstan in the United States", "side", "KAZ"), ("Downing Street", "side", "GBR"),
    ("Government Press Office of Israel", "side", "ISR"), ("African Union Commission", "side", "AU"),
    ("Prime Minister's Office, Pakistan", "side", "PAK"), ("Russian MFA", "side", "RUS"), ("FCDO", "side", "GBR"),
    ("TASS", "press", None), ("BBC", "press", None), ("Mehr News", "press", None), ("TDI", "press", None),
    ("Arab News", "press", None), ("Times of India", "press", None), ("China Daily", "press", None),
    ("Islamic Republic News Agency", "press", None), ("Jerusalem Post", "press", None), ("UN News", "press", None),
    ("Indus Wire", "press", None), ("Washington Post", "press", None), ("Moscow Times", "press", None),
    ("Plain Speakers", "unknown", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def base() -> ActorBase:
    return ActorBase.open()


@pytest.mark.parametrize(("issuer", "kind", "of"), ISSUERS, ids=[i[0] for i in ISSUERS])
def test_an_issuer_is_a_side_or_the_press(base: ActorBase, issuer: str, kind: str, of: str | None) -> None:
    found = with_issuer(from_mapping({"id": "a", "text": TEXT, "issuer": issuer}), base).publication
    assert (found.issuer_kind, found.issuer_of) == (kind, of)


@pytest.mark.parametrize(
    ("fields", "kind", "of"),
    [
        ({"url": "https://www.mid.ru/en/news/1"}, "side", "RUS"),
        ({"url": "https://tass.com/world/1"}, "press", None),
        ({"text": "TEHRAN, May 21 (MNA) – " + TEXT}, "press", None),
        ({"text": TEXT + "\n\nPress Service of the President of Kazakhstan"}, "side", "KAZ"),
        ({"text": "Ministry of Foreign Affairs of Japan\n\n" + TEXT}, "side", "JPN"),
        (
            {"text": "President of Ukraine Jan Roe met him. The talks will help our country and the region."},
            "side",
            "UKR",
        ),
        (
            {"text": 'President of Ukraine Jan Roe met him. "The talks will help our country," he said.'},
            "unknown",
            None,
        ),
        ({}, "unknown", None),
    ],
)
def test_without_an_issuer_address_text_and_dateline_tell(
    base: ActorBase, fields: dict[str, str], kind: str, of: str | None
) -> None:
    document = with_issuer(from_mapping({"id": "a", "text": TEXT, **fields}), base)
    assert (document.publication.issuer_kind, document.publication.issuer_of) == (kind, of)
    assert ("issuer-unknown" in {n.code for n in document.notes}) is (kind == "unknown")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference texts are not here")
def test_reference_documents_are_all_read_and_mostly_placed(base: ActorBase) -> None:
    unknown = total = 0
    for file in sorted((SHARED / "gold" / "dev").glob("*.jsonl")):
        for row in file.read_text().splitlines():
            document = with_issuer(from_mapping(json.loads(row)), base)
            total += 1
            unknown += document.publication.issuer_kind == "unknown"
            given = json.loads(row)["issuer"]
            if document.publication.issuer_kind == "side":
                assert document.publication.issuer_of == given
    assert unknown <= total * 0.03
