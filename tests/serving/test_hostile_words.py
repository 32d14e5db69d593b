"""Thousands of payloads in every field that a page shows, in every question and in every refusal: none becomes markup.

A page of payloads is compared with the same page of harmless words: it must be made of the same elements with the same
attributes, and tell the payloads as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from payloads import payloads

from hostile import Markup, folded, record_of
from readout.exporting.escaping import visible
from readout.pipeline import Reader
from readout.serving import Serving, create_app
from readout.storing import Archive, document_key

HERE = "http://127.0.0.1:8321"
PAYLOADS = payloads()[:4920]
_EACH = 60
_DAY = date(2000, 1, 1)


@dataclass
class Twins:
    """Two archives of one build: payloads in one, harmless words in the other."""

    hostile: TestClient
    harmless: TestClient
    keys: list[tuple[str, str]]
    words: list[Sequence[str]]


def harmless(words: Sequence[str], first: int) -> list[str]:
    """As many different words that are only words; an address where the payload is one."""
    return [
        f"https://word{n}" if w.lower().startswith(("http://", "https://")) else f"word{n}"
        for n, w in enumerate(words, first)
    ]


@pytest.fixture(scope="module")
def twins(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    folder = tmp_path_factory.mktemp("hostile")
    chunks = [PAYLOADS[n : n + _EACH] for n in range(0, len(PAYLOADS), _EACH)]
    keys = []
    with (
        Archive.open(folder / "a", write=True, create=True) as one,
        Archive.open(folder / "b", write=True, create=True) as two,
    ):
        for n, words in enumerate(chunks):
            day = _DAY + timedelta(days=70 * n)  # far apart: no two tell of one exchange
            records = record_of(words, f"d{n}", day), record_of(harmless(words, n * _EACH), f"d{n}", day)
            one.put(records[0]), two.put(records[1])
            keys.append((document_key(records[0]), document_key(records[1])))
    clients = [
        TestClient(create_app(folder / x, Serving(), reader), base_url=HERE, client=("127.0.0.1", 4000)) for x in "ab"
    ]
    yield Twins(clients[0], clients[1], keys, chunks)


def test_there_are_enough_of_them_and_each_is_one() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 4800
    assert sum("<" in p for p in PAYLOADS) > 2000 and sum('"' in p for p in PAYLOADS) > 500


def test_the_check_sees_what_becomes_markup_where_nothing_is_escaped() -> None:
    seen = 0
    for place in ("<p>{}</p>", '<p title="{}">x</p>', "<p title='{}'>x</p>"):
        clean = Markup(place.format("word"))
        for found in (Markup(place.format(payload)) for payload in PAYLOADS):
            seen += found.elements != clean.elements or found.wrong != []
    assert seen > 0.65 * len(PAYLOADS), seen


def same(hostile: str, other: str, where: str) -> Markup:
    """The page of payloads; it must be made as the page of harmless words is."""
    one, two = Markup(hostile), Markup(other)
    assert one.wrong == [], (where, one.wrong[:3])
    assert one.elements == two.elements, (where, one.elements - two.elements, two.elements - one.elements)
    return one


def told(words: Sequence[str], page: Markup) -> list[str]:
    """Which of the words a page does not tell as they are."""
    return [w for w in words if folded(w) not in page.text and folded(visible(w)) not in page.text]


# {key} is the key of a document, {other} of another one, {encounter} and {item} the ids of items in it
_OF_ONE = (
    "/documents/{key}",
    "/documents/{key}?layer=machine",
    "/documents/{key}/record.html",
    "/documents/{key}/items/{item}",
    "/exchanges/{key}/{encounter}",
)
_OF_ALL = (
    "/",
    "/queue",
    "/queue?kind=encounters&offset=20",
    "/search?kind=documents",
    "/search?kind=encounters",
    "/search?kind=statements&side=CHN",
    "/search?kind=commitments",
    "/search?kind=relations",
    "/search?kind=occurrences",
    "/exchanges?all=true",
    "/dyad",
    "/world",
    "/world?top=10",
    "/ledger",
    "/ledger?one=CHN&other=KAZ&as_of=2000-04-01",
    "/person",
    "/compare",
)


def test_a_document_of_payloads_is_made_as_one_of_words(twins: Twins) -> None:
    for n, (keys, words) in enumerate(zip(twins.keys, twins.words, strict=True)):
        for place in _OF_ONE if n % 8 == 0 else _OF_ONE[:1]:
            pages = [
                client.get(place.format(key=key, encounter=f"d{n}e0", item=f"d{n}s0"))
                for client, key in zip((twins.hostile, twins.harmless), keys, strict=True)
            ]
            assert {p.status_code for p in pages} == {200}, place
            found = same(pages[0].text, pages[1].text, f"{place} {n}")
            if place in _OF_ONE[:3]:
                assert told(words, found) == []


@pytest.mark.parametrize("place", _OF_ALL)
def test_pages_of_the_whole_archive_make_no_markup_of_them(twins: Twins, place: str) -> None:
    answers = twins.hostile.get(place), twins.harmless.get(place)
    assert {a.status_code for a in answers} == {200}
    same(answers[0].text, answers[1].text, place)


@pytest.fixture(scope="module")
def usual(gallery: Path, reader: Reader) -> TestClient:
    """The examples, served."""
    return TestClient(create_app(gallery, Serving(), reader), base_url=HERE, client=("127.0.0.1", 4000))


# What these list follows from the words: formulas, labels and promises that are one whatever their case and marks, rows
# that are aligned by likeness, and the pages of a long list. So the number of elements differs, but not what they are.
@pytest.mark.parametrize(
    "place",
    [
        "/phrases?side=CHN",
        "/phrases?side=CHN&least=2",
        "/dyad?one=CHN&other=KAZ",
        "/dyad?one=CHN&other=KAZ&by=month",
        "/digest?since=2000-01-01",
        *(f"/compare?document={{{n}}}&document={{{n + 1}}}" for n in (0, 20, 40)),
    ],
)
def test_pages_that_follow_from_the_words_hold_no_other_elements(
    twins: Twins, usual: TestClient, places: dict[str, str], place: str
) -> None:
    one, other = (place.format(*(keys[which] for keys in twins.keys)) for which in (0, 1))
    answer = twins.hostile.get(one)
    found = Markup(answer.text)
    usually = set(Markup(twins.harmless.get(other).text).elements)
    usually |= set(Markup(twins.harmless.get("/ledger").text).elements)  # a long list, with the links to its parts
    for at in places.values():
        if at.split("?")[0] == place.split("?")[0]:
            usually |= set(Markup(usual.get(at).text).elements)
    assert answer.status_code == 200 and found.wrong == []
    assert set(found.elements) <= usually, set(found.elements) - usually
