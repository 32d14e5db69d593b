# ruff: noqa: E501
"""Exchanges and comparisons in the reading room: accounts, links by hand, rows, files; and that REST says the same."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from accounts import ACCOUNTS
from fastapi.testclient import TestClient

from readout.pipeline import Reader
from readout.querying import archived_exchanges
from readout.reading import from_mapping
from readout.storing import Archive


@pytest.fixture(scope="module")
def kept(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "kept.sqlite"
    with reader.turn, Archive.open(path, write=True, create=True) as opened:
        for record in reader.read_documents([from_mapping(x) for x in ACCOUNTS]):
            opened.put(record)
    return path


@pytest.fixture
def talks(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept, tmp_path / "talks.sqlite"))


@pytest.fixture
def room(talks: Path, client_of: Callable[..., TestClient]) -> Iterator[TestClient]:
    with client_of(talks) as opened:
        yield opened


def places(room: TestClient) -> dict[str, tuple[str, str]]:
    """Key and encounter of each document by its name."""
    found = room.get("/api/v1/encounters").json()["items"]
    return {x["document"]["name"]: (x["document"]["key"], x["item"]["id"]) for x in found}


def groups(room: TestClient, query: str = "") -> list[set[str]]:
    """The documents of every exchange as REST tells them."""
    names = {key: name for name, (key, _) in places(room).items()}
    found = room.get(f"/api/v1/exchanges?all=true{query}").json()["items"]
    return [{names[a["document"]] for a in x["accounts"]} for x in found]


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


def test_the_list_tells_accounts_reprints_and_how_many_are_independent(room: TestClient) -> None:
    page = room.get("/exchanges").text
    assert '<h2 id="found">1 exchange</h2>' in page
    shown = text_of(page)
    assert "3 accounts" in shown and "2 independent" in shown and "reprint" in shown
    assert '<h2 id="found">2 exchanges</h2>' in room.get("/exchanges?all=true").text
    assert '<h2 id="found">0 exchanges</h2>' in room.get("/exchanges?side=FRA").text
    assert room.get("/exchanges?kind=dance").status_code == 422


def test_an_exchange_shows_every_account_and_why(room: TestClient) -> None:
    at = places(room)
    for name in ("astana", "beijing", "agency"):
        page = room.get("/exchanges/" + "/".join(at[name])).text
        shown = text_of(page)
        assert "3 accounts, 2 independent" in shown and "same day 2024-03-05" in shown
        assert all(f"/documents/{at[n][0]}#d1i0" in page for n in ("astana", "beijing", "agency"))
        assert "Kazakhstan" in shown and "does not say" in shown
        assert "/exchanges/" + "/".join(at["later"]) in page  # what it might be joined with


def test_links_by_hand_are_kept_shown_and_taken_back(room: TestClient, talks: Path, own: dict[str, str]) -> None:
    at = places(room)
    page = "/exchanges/" + "/".join(at["astana"])
    pair = {"one": " ".join(at["astana"]), "other": " ".join(at["later"])}
    said = {"reviewer": "Ada", "reason": "<b>the same</b> call", "what": "join"}
    answer = room.post(f"{page}/links", data={**pair, **said}, headers=own)
    assert answer.status_code == 200 and str(answer.url).endswith(page + "#links")
    assert "&lt;b&gt;the same&lt;/b&gt; call" in answer.text and "by hand" in answer.text
    assert {"astana", "beijing", "agency", "later"} in groups(room)
    assert len(room.get(f"/api/v1{page}").json()["accounts"]) == 4
    back = room.post(f"{page}/links", data={**pair, "what": "unlink"}, headers=own)
    assert "Nobody joined or split" in back.text
    split = {**said, "what": "split", "one": " ".join(at["beijing"]), "other": " ".join(at["astana"])}
    assert "kept apart" in room.post(f"{page}/links", data=split, headers=own).text
    assert {"astana", "beijing", "agency"} not in groups(room)
    with Archive.open(talks) as archive:
        log = [row["action"] for row in archive.log()]
    assert log == ["join", "unlink", "split"]


def test_the_page_rest_and_the_command_tell_the_same(room: TestClient, talks: Path, own: dict[str, str]) -> None:
    at = places(room)
    said = {"reviewer": "Ada", "what": "split", "one": " ".join(at["beijing"]), "other": " ".join(at["astana"])}
    room.post("/exchanges/" + "/".join(at["astana"]) + "/links", data=said, headers=own)
    for query, filters in (("", {}), ("&side=KAZ", {"side": "KAZ"}), ("&since=2024-03-08", {"since": "2024-03-08"})):
        with Archive.open(talks) as archive:
            told = [x.to_json() for x in archived_exchanges(archive, **filters)]
        assert room.get(f"/api/v1/exchanges?all=true{query}").json()["items"] == told
        for x in told:
            for a in x["accounts"]:
                place = f"/exchanges/{a['document']}/{a['encounter']['id']}"
                if not filters:
                    assert room.get(f"/api/v1{place}").json() == x
                    assert f"{len(x['accounts'])} account" in text_of(room.get(place).text)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"reviewer": " "}, 409), ({"what": "marry"}, 422), ({"other": "nothing"}, 422), ({"other": "none x"}, 409),
        ({"what": "unlink"}, 409), ({"other": "ONE"}, 409), ({"reason": "x" * 2000}, 422),
    ],
)  # fmt: skip
def test_what_cannot_be_linked_is_refused(room: TestClient, own: dict[str, str], change: dict[str, str], status: int
                                          ) -> None:  # fmt: skip
    at = places(room)
    data = {"what": "join", "one": " ".join(at["astana"]), "other": " ".join(at["later"]), "reviewer": "Ada", **change}
    data["other"] = data["one"] if data["other"] == "ONE" else data["other"]
    answer = room.post("/exchanges/" + "/".join(at["astana"]) + "/links", data=data, headers=own)
    assert answer.status_code == status and answer.headers["content-type"].startswith("text/html")
    assert len(groups(room)) == 2


def test_a_contradiction_is_not_kept(room: TestClient, own: dict[str, str]) -> None:
    at = {name: " ".join(place) for name, place in places(room).items()}
    page = "/exchanges/" + "/".join(places(room)["astana"])

    def said(what: str, one: str, other: str) -> int:
        data = {"what": what, "one": at[one], "other": at[other], "reviewer": "Ada"}
        return int(room.post(f"{page}/links", data=data, headers=own).status_code)

    assert said("join", "astana", "later") == said("join", "later", "beijing") == 200
    assert said("split", "astana", "beijing") == 409
    assert {"astana", "beijing", "agency", "later"} in groups(room)


def test_only_our_own_page_may_link(room: TestClient) -> None:
    at = places(room)
    data = {"what": "join", "one": " ".join(at["astana"]), "other": " ".join(at["later"]), "reviewer": "Ada"}
    page = "/exchanges/" + "/".join(at["astana"])
    assert room.post(f"{page}/links", data=data).status_code == 403
    assert room.post(f"{page}/links", data=data, headers={"origin": "http://evil.example"}).status_code == 403
    assert len(groups(room)) == 2


def test_what_is_not_there_is_told(room: TestClient) -> None:
    at = places(room)
    assert room.get("/exchanges/none/x").status_code == 404
    assert room.get(f"/exchanges/{at['astana'][0]}/none").status_code == 404
    assert room.get(f"/api/v1/exchanges/{at['astana'][0]}/none").status_code == 404


def test_skipping_documents_tells_every_exchange_once(room: TestClient, talks: Path) -> None:
    from readout.querying import told_exchanges

    with Archive.open(talks) as archive:
        whole = {x.id for x in told_exchanges(archive).exchanges}
        seen = []
        for skip in range(4):
            told = told_exchanges(archive, most=1, skip=skip)
            seen += [x.id for x in told.exchanges]
            assert told.documents == 4 and told.cut == (skip < 3)
    assert sorted(seen) == sorted(whole)


def rows_of(page: str) -> list[tuple[str, str]]:
    """The verdict of every row with its words."""
    return [
        (told, text_of(body).strip())
        for told, body in re.findall(r'<tbody class="told-(\w+)">(.*?)</tbody>', page, re.S)
    ]


def test_accounts_side_by_side(room: TestClient) -> None:
    at = places(room)
    address = f"/compare?document={at['astana'][0]}&document={at['beijing'][0]}"
    page = room.get(address).text
    rows = rows_of(page)
    assert sorted(t for t, _ in rows) == ["alone", "alone", "differently", "differently"]
    told = " | ".join(words for _, words in rows)
    for words in (
        "promise: firm in A, willing in B", "only A lists “water”, “visas”; B leaves it out",
        "only A B leaves it out", "only B A leaves it out", "says nothing of it",
    ):  # fmt: skip
        assert words in told, (words, told)
    assert re.findall(r'<mark class="lacks">(.*?)</mark>', page)[1:] == [
        "this year",
        "water",
        "visas",
    ]  # the first is the key
    assert "asked for by Kazakhstan" in page and "does not say who asked" in page and "told differently" in page
    assert f'href="/documents/{at["astana"][0]}#d1i1"' in page
    assert len(rows_of(room.get(f"{address}&show=alone").text)) == 2
    assert len(rows_of(room.get(f"{address}&document={at['agency'][0]}").text)) == 4


def test_files_of_a_comparison(room: TestClient) -> None:
    at = places(room)
    page = room.get(f"/compare?document={at['astana'][0]}&document={at['beijing'][0]}").text
    sheet, whole = (room.get(html.unescape(x)) for x in re.findall(r'href="(/api/v1/compare[^"]*)"', page))
    lines = list(csv.DictReader(io.StringIO(sheet.text)))
    told = whole.json()
    assert len(lines) == sum(len(cell) for row in told["rows"] for cell in row["statements"]) == 6
    assert {x["told"] for x in lines} == {row["told"] for row in told["rows"]}
    accounts = list(csv.DictReader(io.StringIO(room.get("/api/v1/exchanges?format=csv").text)))
    assert [x["role"] for x in accounts] == ["account"] * 3 and sum(bool(x["copy_of"]) for x in accounts) == 1


def test_texts_are_compared_and_nothing_is_kept(room: TestClient, talks: Path) -> None:
    before = talks.read_bytes()
    texts = [x["text"] for x in ACCOUNTS[:2]]
    answer = room.post("/compare", data={"text": texts, "issuer": ["<i>K</i>", ""], "date": ["2024-03-05", ""]})
    assert answer.status_code == 200 and len(rows_of(answer.text)) == 4
    assert "&lt;i&gt;K&lt;/i&gt;" in answer.text and "/documents/" not in answer.text
    assert talks.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"text": ["one"]}, 422), ({"text": ["one", "  "]}, 422), ({"text": ["a", "b"], "date": ["5 March", ""]}, 422),
        ({"text": ["a", "b"], "date": ["2024-13-41", ""]}, 422), ({}, 422),
    ],
)  # fmt: skip
def test_texts_that_cannot_be_compared(room: TestClient, data: dict[str, Any], status: int) -> None:
    assert room.post("/compare", data=data).status_code == status


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 200, "Phone call, 5 March 2024"), ("?document=astana", 200, 'value="astana"'),
        ("?document=astana&document=", 200, 'value="astana"'), ("?document=none", 404, "none"),
        ("?document=astana&document=none", 404, "none"), ("?document=astana&document=beijing", 200, "Accounts compared"),
        ("?" + "&".join(f"document=d{n}" for n in range(9)), 422, "at most 8"),
        ("?document=later&document=astana&show=nonsense", 200, "were not found to tell of one exchange"),
    ],
)  # fmt: skip
def test_documents_to_compare_are_chosen(room: TestClient, query: str, status: int, words: str) -> None:
    answer = room.get(f"/compare{query}")
    assert answer.status_code == status and words in answer.text


def test_empty_archives_say_what_to_do(fresh: TestClient) -> None:
    for page in ("/exchanges", "/compare"):
        assert "The archive is empty" in fresh.get(page).text


def test_two_names_of_one_document_are_not_compared(room: TestClient) -> None:
    assert room.get(f"/compare?document=astana&document={places(room)['astana'][0]}").status_code == 422


def test_lines_hold_all_that_fits_as_the_pages_do(client: TestClient) -> None:
    for kind in ("encounters", "statements", "documents"):
        whole = client.get(f"/api/v1/{kind}?limit=1000").json()
        answer = client.get(f"/api/v1/{kind}?format=jsonl&limit=1")
        assert answer.headers["content-type"].startswith("application/x-ndjson")
        assert [json.loads(line) for line in answer.text.splitlines()] == whole["items"]
    assert client.get("/api/v1/statements?format=jsonl&act=shout").status_code == 422
    assert client.get("/api/v1/statements?format=jsonl&text=%22").status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("ledger?one=KAZ", 200), ("ledger?one=kaz&other=CHN&as_of=2024-03-06&status=open", 200),
        ("ledger?one=KAZ&other=KAZ", 422), ("ledger?one=KAZ&status=lost", 422), ("ledger", 422),
        ("phrases?side=KAZ&least=2", 200), ("phrases?side=KAZ&with=CHN", 200), ("phrases?side=KAZ&least=1", 422),
        ("phrases?side=KAZ&with=KAZ", 422), ("commitments?person=Nurtleu&office=foreign_minister", 200),
        ("statements?code=01", 200), ("statements?code=zz", 422), ("exchanges?skip=1&status=reported", 200),
    ],
)  # fmt: skip
def test_what_rest_takes(room: TestClient, path: str, status: int) -> None:
    answer = room.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.text
    if path == "ledger?one=KAZ":
        assert [p["words"] for p in answer.json()["promises"]][:1] == ["open two more rail terminals"]
        sheet = room.get(f"/api/v1/{path}&format=csv").text.splitlines()
        assert sheet[0].startswith("id,promisor") and len(sheet) > 1
