"""The page of two sides: its figures, its form, its links, hostile words, wrong input."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from readout.charting import dyad_in
from readout.serving import Serving, create_app
from readout.storing import Archive

sys.path.insert(0, str(Path(__file__).parents[1] / "charting"))
from telling_of import FM, series, told

HERE = "http://127.0.0.1:8321"
HOSTILE = "<img src=x onerror=alert(1)>\"'</script>\u202e"


def client_of(path: Path) -> TestClient:
    return TestClient(create_app(path, Serving()), base_url=HERE, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dyad") / "a.sqlite"
    hostile = told("h", "2023-05-01", "They met.", f"They are {HOSTILE}.", met=(("meeting", "reported", "", FM, FM),),
                   labels=(("partnership", HOSTILE),), sides=("CHN", "KAZ"))  # fmt: skip
    hostile = replace(hostile, title=HOSTILE, issuer=HOSTILE, id=HOSTILE)
    strange = told(
        "x", "2023-05-02", "They met too.", met=(("meeting", "reported", "", FM, FM),), sides=(HOSTILE, "KAZ")
    )
    with Archive.open(path, write=True, create=True) as opened:
        list(opened.put_many([*series(), hostile, strange]))
    return path


@pytest.fixture(scope="module")
def client(archive: Path) -> Iterator[TestClient]:
    with client_of(archive) as opened:
        yield opened


def test_figures_are_those_of_the_dyad(client: TestClient, archive: Path) -> None:
    with Archive.open(archive) as opened:
        found = dyad_in(opened, "CHN", "KAZ", by="year")
    page = client.get("/dyad?one=CHN&other=KAZ").text
    for p in found.periods:
        row = re.search(rf'<th scope="row">{p.name}</th><td class="num">(\d+)</td><td class="num">(\d+)</td>', page)
        assert row and (int(row[1]), int(row[2])) == (p.held, p.planned)
    pictures = [json.loads(unescape(x)) for x in re.findall(r"data-figures='([^']*)'", page)]
    assert [x["kind"] for x in pictures] == ["bars", "bars", "lines"]
    channels = {s["name"]: sum(s["values"]) for s in pictures[0]["series"]}
    whole = (*found.periods, found.undated)
    assert channels.pop("planned") == sum(p.planned for p in whole) > 0
    assert sum(channels.values()) == sum(p.held for p in whole) == sum(sum(s["values"]) for s in pictures[1]["series"])
    assert pictures[2]["series"][0]["name"] == "China to Kazakhstan"


@pytest.mark.parametrize(
    ("query", "one", "other"),
    [
        ("one=China&other=Kazakhstan", "China", "Kazakhstan"),
        ("one=chn&other=kaz", "China", "Kazakhstan"),
        ("one=%20KAZ&other=China", "Kazakhstan", "China"),
        ("one=NOR&other=Sweden", "Norway", "Sweden"),
    ],
)
def test_sides_are_given_by_code_or_name(client: TestClient, query: str, one: str, other: str) -> None:
    page = client.get(f"/dyad?{query}").text
    assert f"<h1><bdi>{one}</bdi> and <bdi>{other}</bdi></h1>" in page


def test_the_state_of_the_page_is_its_address(client: TestClient) -> None:
    page = client.get("/dyad?one=CHN&other=KAZ&by=month&since=2019-03&until=2019").text
    assert 'value="2019-03"' in page and "<option selected>month</option>" in page
    assert "from 1 March 2019 to 31 December 2019" in page
    links = [unescape(x) for x in re.findall(r'href="([^"]*)"', page)]
    asked = "one=CHN&other=KAZ&by=month&since=2019-03-01&until=2019-12-31"
    for form, media in (("", "application/json"), ("format=csv&", "text/csv"), ("format=svg&", "image/svg+xml")):
        address = next(x for x in links if x.startswith(f"/api/v1/dyad?{form}one") and asked.split("&")[0] in x)
        assert asked in address
        answer = client.get(address)
        assert answer.status_code == 200 and answer.headers["content-type"].startswith(media)
    assert any(x.startswith("/ledger?one=CHN&other=KAZ") for x in links)
    assert any(x.startswith("/exchanges?side=CHN&with=KAZ&since=2019-03-01") for x in links)
    assert any(x.startswith("/phrases?side=KAZ") for x in links)


def test_the_picture_is_a_document_of_its_own(client: TestClient) -> None:
    found = client.get("/api/v1/dyad?one=CHN&other=KAZ&format=svg")
    root = ElementTree.fromstring(found.content)
    assert root.tag.endswith("svg") and "China and Kazakhstan" in found.text
    assert "script-src 'self'" in found.headers["content-security-policy"]


def test_every_document_is_linked_by_its_key(client: TestClient, archive: Path) -> None:
    page = client.get("/dyad?one=CHN&other=KAZ").text
    with Archive.open(archive) as opened:
        keys = {key for key, _ in opened.readings()}
    linked = set(re.findall(r'href="/documents/([^"]*)"', page))
    assert len(linked) >= 6 and linked <= keys


def test_labels_stand_in_the_order_in_which_they_came(client: TestClient) -> None:
    page = client.get("/dyad?one=CHN&other=KAZ").text
    assert page.index("“good neighbours”") < page.index("“strategic partners”")


def test_without_sides_the_pairs_that_met_most_are_listed(client: TestClient) -> None:
    page = client.get("/dyad").text
    assert page.index("one=CHN&amp;other=KAZ") < page.index("one=NOR&amp;other=SWE")
    assert "data-figures" not in page


@pytest.mark.parametrize("address", ["/dyad", "/dyad?one=CHN&other=KAZ", "/dyad?one=KAZ&other=%3Cimg%20src%3Dx%3E"])
def test_hostile_words_stay_words(client: TestClient, address: str) -> None:
    page = client.get(address).text
    assert "<img" not in page and "</script>\u202e" not in page and "\u202e" not in page
    assert not re.search(r"<script(?![^>]*src=)|<style| style=|<[^>]* on[a-z]+=", page)


def test_a_side_with_a_hostile_name_has_its_page(client: TestClient) -> None:
    row = re.search(r'href="(/dyad\?one=%3Cimg[^"]*)"', client.get("/dyad").text)
    assert row
    answer = client.get(unescape(row[1]))
    assert answer.status_code == 200 and "1 document of the archive" in answer.text and "<img" not in answer.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("one=CHN", "other is empty"),
        ("one=CHN&other=China", "two different sides"),
        ("one=CHN&other=KAZ&by=day", "month, quarter, year"),
        ("one=CHN&other=KAZ&since=yesterday", "is no day"),
        ("one=CHN&other=KAZ&since=2024-02-30", "is no day"),
        ("one=CHN&other=KAZ&until=9999-12-31", "is no day"),
        ("one=CHN&other=Guinea%20or%20so%00", ""),
        ("one=CHN&other=" + "x" * 300, "too long"),
    ],
)
def test_wrong_input_is_told_on_a_page(client: TestClient, query: str, words: str) -> None:
    answer = client.get(f"/dyad?{query}")
    assert answer.status_code == (422 if words else 200) and words in unescape(answer.text)
    assert answer.headers["content-type"].startswith("text/html")


def test_two_that_nothing_is_told_of(client: TestClient) -> None:
    page = client.get("/dyad?one=CHN&other=SWE").text
    assert "No document of the archive tells of both" in page and "data-figures" not in page


def test_an_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    opened = client_of(tmp_path / "none.sqlite")
    assert "No two sides meet in this archive yet" in opened.get("/dyad").text
    assert opened.get("/dyad?one=CHN&other=KAZ").status_code == 200
    assert not (tmp_path / "none.sqlite").exists()


def test_long_lists_are_cut_and_say_so(tmp_path: Path) -> None:
    days = [date(2015, 1, 1) + timedelta(days=31 * n) for n in range(130)]
    with Archive.open(tmp_path / "a.sqlite", write=True, create=True) as opened:
        for n, day in enumerate(days):
            opened.put(told(f"d{n}", day.isoformat(), f"They met for the {n}th time.",
                            met=(("meeting", "reported", day.isoformat(), FM, FM),)))  # fmt: skip
    page = client_of(tmp_path / "a.sqlite").get("/dyad?one=CHN&other=KAZ&by=month").text
    assert "the last 120 of" in page and "The latest 25 of 130" in page
    assert page.count("d129") == 2 and "d100" not in page
