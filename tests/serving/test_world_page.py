"""The page of the world: network, map and table hold the same figures; the form, wrong input, an empty archive."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from readout.charting import world
from readout.serving import Serving, create_app
from readout.serving.pages.world import on_map
from readout.storing import Archive

sys.path.insert(0, str(Path(__file__).parents[1] / "charting"))
from telling_of import FM, series, told

HERE = "http://127.0.0.1:8321"
HOSTILE = "</div><img src=x onerror=alert(1)>\u202e'"


def client_of(path: Path) -> TestClient:
    return TestClient(create_app(path, Serving()), base_url=HERE, raise_server_exceptions=False)


def met(id: str, day: str, one: str, other: str) -> Any:
    return told(id, day, f"They met, {id}.", met=(("meeting", "reported", day, FM, FM),), sides=(one, other))


MET = (("2022-05-01", "EU"), ("2022-06-01", "SGP"), ("2022-08-01", "EU"), ("2023-01-01", HOSTILE))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "a.sqlite"
    with Archive.open(path, write=True, create=True) as opened:
        list(opened.put_many(series()))
        for n, (day, other) in enumerate(MET):
            opened.put(met(f"m{n}", day, other, "CHN"))
    return path


@pytest.fixture(scope="module")
def client(archive: Path) -> Iterator[TestClient]:
    with client_of(archive) as opened:
        yield opened


def pictures(page: str) -> dict[str, Any]:
    return {x["kind"]: x for x in (json.loads(unescape(y)) for y in re.findall(r"data-figures='([^']*)'", page))}


def rows(page: str) -> list[tuple[str, int]]:
    found = re.findall(r'<th scope="row"><a href="(/dyad[^"]*)">.*?</th><td class="num">([\d,]+)</td>', page)
    return [(unescape(address), int(n)) for address, n in found]


def test_table_network_and_rest_hold_the_same(client: TestClient, archive: Path) -> None:
    page = client.get("/world").text
    with Archive.open(archive) as opened:
        found = world(opened)
    network = pictures(page)["network"]
    assert [(x["source"], x["target"], x["value"], x["mood"]) for x in network["links"]] == [
        (e.one, e.other, e.exchanges, e.mood) for e in found.edges
    ]
    assert [(x["href"], x["value"]) for x in network["links"]] == rows(page)
    assert {x["id"]: x["value"] for x in network["nodes"]} == {s.side: s.exchanges for s in found.sides}
    assert client.get("/api/v1/world").json() == found.to_json()
    assert client.get("/api/v1/world?format=csv").text.count("\r\n") == 1 + len(found.edges)


def test_every_pair_leads_to_its_page_with_the_same_days(client: TestClient) -> None:
    for address, held in rows(client.get("/world?since=2022&until=2022-07").text):
        answer = client.get(address)
        assert answer.status_code == 200 and "since=2022-01-01&until=2022-07-31" in address
        assert f'<td class="num">{held}</td>' in answer.text


def test_organisations_are_in_the_network_and_off_the_map(client: TestClient) -> None:
    page = client.get("/world").text
    drawn = pictures(page)
    assert "EU" in {x["id"] for x in drawn["network"]["nodes"]}
    assert {x["id"] for x in drawn["map"]["sides"]} == {"CHN", "KAZ", "NOR", "SWE", "SGP"} <= on_map()
    assert all({x["source"], x["target"]} <= on_map() for x in drawn["map"]["links"])
    assert "Not on the map: <bdi>European Union</bdi> (2)" in page
    assert "no position of ours" in page


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ("", 5),
        ("since=2022", 4),
        ("since=2022-05&until=2022-06", 2),
        ("until=2020", 1),
        ("top=2", 2),
        ("since=&until=&top=30", 5),
    ],
)
def test_the_time_and_the_number_of_pairs_are_in_the_address(client: TestClient, query: str, pairs: int) -> None:
    answer = client.get(f"/world?{query}")
    assert answer.status_code == 200 and len(rows(answer.text)) == pairs


def test_the_form_works_without_javascript(client: TestClient) -> None:
    page = client.get("/world?since=2022-05&top=12").text
    form = re.search(r"<form.*?</form>", page, re.S)
    assert form and 'method="get" action="/world"' in form[0] and "<button>Show</button>" in form[0]
    assert 'name="since" value="2022-05"' in form[0] and "<option selected>12</option>" in form[0]
    names = re.findall(r' name="([^"]*)"', form[0])
    assert names == ["since", "until", "top"]  # the sliders send nothing by themselves
    assert 'data-first="2019-03-05"' in form[0] and 'data-last="2023-01-01"' in form[0]


def test_hostile_words_stay_words(client: TestClient) -> None:
    page = client.get("/world").text
    assert "onerror" in page and "<img" not in page and "\u202e" not in page
    assert not re.search(r"<script(?![^>]*src=)|<style| style=|<[^>]* on[a-z]+=", page.replace(" onerror=alert(1)", ""))
    assert any(x["name"] for x in pictures(page)["network"]["nodes"] if "img" in x["id"])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        *((f"top={top}", "from 1 to 100") for top in ("0", "101", "-3", "", "9" * 5000, "²")),
        ("since=soon", "is no day"),
        ("until=2022-13", "is no day"),
        ("since=2023&until=2022", "the earlier day first"),
    ],
)
def test_wrong_input_is_told_on_a_page(client: TestClient, query: str, words: str) -> None:
    answer = client.get(f"/world?{query}")
    assert answer.status_code == 422 and words in answer.text and "<html" in answer.text


def test_a_time_in_which_nobody_met_keeps_the_form(client: TestClient) -> None:
    page = client.get("/world?since=2030").text
    assert "Nobody met in this time" in page and 'value="2030"' in page and not pictures(page)


def test_an_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    page = client_of(tmp_path / "none.sqlite").get("/world").text
    assert "No two sides meet in this archive yet" in page and not pictures(page) and "data-slider" not in page


def test_what_is_held_is_given_up_when_the_archive_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    opened = client_of(path)
    counts = [opened.get("/api/v1/world").json()["exchanges"]]
    for n in range(3):
        with Archive.open(path, write=True, create=True) as archive:
            archive.put(met(f"d{n}", f"2022-0{n + 1}-01", "CHN", "KAZ"))
        counts.append(opened.get("/api/v1/world").json()["exchanges"])
    with Archive.open(path, write=True) as archive:
        archive.remove("d1", reason="")
    assert [*counts, opened.get("/api/v1/world").json()["exchanges"]] == [0, 1, 2, 3, 2]


def test_the_page_is_light(client: TestClient) -> None:
    page = client.get("/world", headers={"accept-encoding": "gzip"})
    parts = re.findall(r'(?:src|href)="(/static/[^"]*)"', page.text)
    assert any("world.json" in x for x in parts) and any("echarts" in x for x in parts)
    weight = len(page.content)
    for address in set(parts):
        with client.stream("GET", unescape(address), headers={"accept-encoding": "gzip"}) as answer:
            weight += sum(len(x) for x in answer.iter_raw())
    assert weight < 1_500_000, weight
