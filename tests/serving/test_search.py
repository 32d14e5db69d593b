"""The search page: its filters, its answers in their words, its addresses."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from accounts import ACCOUNTS
from fastapi.testclient import TestClient

from readout.exporting.arranging import items
from readout.pipeline import Reader
from readout.querying import FILTERS_OF, KINDS, find
from readout.reading import from_mapping
from readout.records import Span
from readout.serving.pages.linking import parts_of
from readout.storing import Archive

HOSTILE = "<img src=x onerror=alert(1)>\"'&\u202e"


@pytest.fixture(scope="module")
def talks(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("talks") / "talks.sqlite"
    with reader.turn, Archive.open(path, write=True, create=True) as opened:
        for record in reader.read_documents([from_mapping(x) for x in ACCOUNTS]):
            opened.put(replace(record, title=f"{record.title} {HOSTILE}"))
    return path


@pytest.fixture(scope="module")
def room(talks: Path, client_of: Callable[..., TestClient]) -> Iterator[TestClient]:
    with client_of(talks) as opened:
        yield opened


def plain(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_filter_of_a_kind_has_a_field_and_no_other(room: TestClient, kind: str) -> None:
    page = room.get(f"/search?kind={kind}").text
    names = set(re.findall(r'<(?:input|select)[^>]* name="([^"]*)"', page)) - {"kind"}
    assert names == {"type" if n == "kind" else n for n in FILTERS_OF[kind]}


@pytest.mark.parametrize(
    ("asked", "number", "words"),
    [
        ("kind=statements&text=terminals", "3 statements", "Kazakhstan is ready to open two more rail terminals"),
        ("kind=statements&text=terminals&side=Kazakhstan", "3 statements", "Side: Kazakhstan (KAZ)"),
        ("kind=statements&side=chn%3B+kaz&act=support", "1 statement", "China supports the independence"),
        ("kind=statements&act=support&act=concern", "2 statements", "the delays at the border"),
        ("kind=statements&code=ASSAULT", "0 statements", "Nothing fits"),
        ("kind=encounters&side=China&with=KAZ&until=2024-03-05", "3 encounters", "Phone call, 5 March 2024"),
        ("kind=encounters&type=visit", "0 encounters", "Nothing fits"),
        ("kind=commitments&strength=firm&person=Nurtleu", "2 commitments", "Kazakhstan"),
        ("kind=documents&issuer=Interpress", "1 document", "2 statements"),
        ("kind=statements&side=Ruritania", "0 statements", "No state or organisation is called “Ruritania”"),
    ],
)  # fmt: skip
def test_what_is_asked_is_found_and_told(room: TestClient, asked: str, number: str, words: str) -> None:
    answer = room.get(f"/search?{asked}")
    assert answer.status_code == 200
    (head,) = re.findall(r'<h2 id="found">(.*?)</h2>', answer.text)
    assert head == number and words in plain(answer.text)


def test_hits_are_marked_and_lead_to_their_words(room: TestClient, talks: Path) -> None:
    page = room.get("/search?kind=statements&text=terminals&issuer=Interpress").text
    assert re.findall(r'<mark class="hit">(.*?)</mark>', page) == ["terminals"]
    with Archive.open(talks) as archive:
        (found,) = find(archive, "statements", text="terminals", issuer="Interpress")
    place = list(items(found.record)).index(found.item)
    assert f'href="/documents/{found.key}#d1i{place}"' in page


def test_an_address_says_what_is_asked_and_nothing_empty(room: TestClient) -> None:
    answer = room.get("/search?kind=encounters&text=&side=China%3BKAZ&with=&act=commit&offset=0")
    assert parse_qsl(urlsplit(str(answer.url)).query) == [("kind", "encounters"), ("side", "China"), ("side", "KAZ")]


def test_pages_follow_one_another_without_loss(client: TestClient) -> None:
    total, seen, at = client.get("/api/v1/statements").json()["total"], [], "/search?kind=statements"
    while at:
        page = client.get(at).text
        seen += re.findall(r'class="to-words" href="([^"]*)"', page)
        following = re.findall(r'href="([^"]*)" rel="next"', page)
        at = html.unescape(following[0]) if following else ""
    assert len(seen) == len(set(seen)) == total > 25


@pytest.mark.parametrize("kind", KINDS)
def test_files_answer_what_the_page_shows(room: TestClient, kind: str) -> None:
    page = room.get(f"/search?kind={kind}&since=2024-03-05&until=2024-03-06&side=KAZ").text
    shown = len(re.findall(r'class="to-words"', page))
    files = [html.unescape(x) for x in re.findall(r'href="(/api/v1/[^"]*)"', page)]
    if not shown:
        assert not files
        return
    csv, json, lines = (room.get(file) for file in files)
    assert {csv.status_code, json.status_code, lines.status_code} == {200}
    assert json.json()["total"] == shown == len(lines.text.splitlines()) == len(csv.text.splitlines()) - 1


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("kind=wishes", 404), ("kind=statements&act=shout", 422), ("kind=statements&since=yesterday", 422),
        ("kind=statements&text=%22%22", 422), ("kind=statements&code=zzz", 422), ("kind=encounters&type=dance", 422),
        ("kind=statements&limit=-1&offset=x", 200), ("kind=statements&offset=99999999999", 200),
        ("kind=statements&side=" + "x" * 5000, 200), ("kind=statements&text=%ED%A0%80%00+a", 200),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_on_a_page(room: TestClient, asked: str, status: int) -> None:
    answer = room.get(f"/search?{asked}")
    assert answer.status_code == status and answer.headers["content-type"].startswith("text/html")


def test_hostile_words_stay_words(room: TestClient) -> None:
    asked = {"kind": "statements", "text": HOSTILE + " terminals", "side": HOSTILE, "person": HOSTILE}
    for page in (room.get("/search", params=asked).text, room.get("/search?kind=documents").text):
        assert "<img" not in page and "\u202e" not in re.sub(r'value="[^"]*"', "", page)
        assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_an_empty_archive_says_what_to_do(fresh: TestClient) -> None:
    page = fresh.get("/search").text
    assert "The archive is empty" in page and 'href="/"' in page


@pytest.mark.parametrize(
    ("shown", "marked", "parts"),
    [
        (Span(0, 5), [], [("ab𝒞d̈", False)]),
        (Span(0, 5), [Span(2, 3)], [("ab", False), ("𝒞", True), ("d̈", False)]),
        (Span(1, 4), [Span(0, 2), Span(3, 5)], [("b", True), ("𝒞", False), ("d", True)]),
        (Span(0, 5), [Span(1, 3), Span(2, 5)], [("a", False), ("b𝒞", True), ("d̈", True)]),
    ],
)  # fmt: skip
def test_words_are_cut_at_the_edges_of_hits(shown: Span, marked: list[Span], parts: Any) -> None:
    assert parts_of("ab𝒞d̈", shown, marked) == parts
