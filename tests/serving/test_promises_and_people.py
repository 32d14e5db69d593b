"""The pages of ledger, phrases and persons: what they show, how they are narrowed, what they say of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from saying import Line, document, keep

from readout.following import ledger, phrases, some_phrases
from readout.serving import Serving, create_app
from readout.serving.pages import ledger as ledger_page
from readout.serving.pages import phrases as phrases_page
from readout.storing import Archive

HERE = "http://127.0.0.1:8321"
HOSTILE = '<img src=x onerror=alert(1)>\u202e"&'
FRIENDS = "values the traditional friendship of the two peoples"


def client_of(path: Path) -> TestClient:
    return TestClient(create_app(path, Serving()), base_url=HERE, client=("127.0.0.1", 4000))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def friends(strong: str = "") -> Line:
        return Line("CHN", "KAZ", f"China {strong}{FRIENDS}.")

    return keep(
        tmp_path_factory.mktemp("told") / "a.sqlite",
        document("first", "2019-03-01", friends(),
                 Line("CHN", "KAZ", "China will deliver forty electric buses by 1 June 2020.", "commit",
                      "deliver forty electric buses by 1 June 2020", deadline="by 1 June 2020"),
                 Line("KAZ", "CHN", "Kazakhstan hopes to open a consulate in Xi'an.", "commit",
                      "open a consulate in Xi'an", "willing")),
        document("second", "2019-09-01", friends("firmly "),
                 Line("CHN", "KAZ", "China is ready to deliver forty electric buses if roads allow.", "commit",
                      "deliver forty electric buses", "willing", condition="if roads allow")),
        document("third", "2020-05-01", friends("firmly "),
                 Line("KAZ", "CHN", "The forty electric buses were delivered.", "thank"),
                 Line("CHN", "KAZ", "China will train sixty doctors by 1 May 2020.", "commit",
                      "train sixty doctors by 1 May 2020", deadline="by 1 May 2020")),
        document("fourth", "2021-05-01", Line("RUS", "KAZ", "Russia will build a dam.", "commit", "build a dam")),
        document(HOSTILE, "2021-06-01",
                 Line("RUS", "KAZ", f"Russia will finance {HOSTILE} schools.", "commit", f"finance {HOSTILE} schools"),
                 people={"RUS": HOSTILE}),
    )  # fmt: skip


@pytest.fixture(scope="module")
def client(archive: Path) -> Iterator[TestClient]:
    with client_of(archive) as opened:
        yield opened


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return client_of(tmp_path_factory.mktemp("empty") / "none.sqlite")


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("address", "there", "not_there"),
    [
        ("/ledger", ["build a dam", "train sixty doctors", "deliver forty"], ["reported kept"]),
        ("/ledger?other=CHN", ["open a consulate"], ["build a dam"]),
        ("/ledger?strength=willing", ["open a consulate"], ["build a dam"]),
        ("/ledger?as_of=2019-03", ["deliver forty"], ["train sixty"]),
        (
            "/ledger?one=CHN&other=KAZ",
            ["Why reported kept", "2 wordings", "Only hoped for", "if roads allow"],
            ["build a dam"],
        ),
        ("/ledger?one=China&other=kazakhstan", ["train sixty doctors"], []),
        (
            "/ledger?one=CHN&status=overdue&as_of=2020-06-01",
            ["Why overdue", "train sixty doctors"],
            ["deliver forty electric buses by"],
        ),
        ("/ledger?one=CHN&other=KAZ&as_of=2019-12-31", ["Why weakened"], ["train sixty", "Why reported kept"]),
        ("/ledger?one=CHN&other=KAZ&status=hope", ["open a consulate"], ["train sixty"]),
        ("/ledger?one=CHN&other=KAZ&strength=willing", ["deliver forty electric buses"], ["train sixty"]),
        ("/ledger?one=CHN&status=withdrawn", ["No promise fits"], []),
        ("/ledger?status=overdue", ["told for a side"], ["build a dam"]),
        ("/ledger?one=MNG", ["No document tells of this side"], []),
        ("/phrases", ["Whose words?"], []),
        ("/phrases?side=CHN", ["values the traditional friendship", "strengthened", "2019 to 2020"], []),
        ("/phrases?side=CHN&trend=vanished", ["No formula"], ["traditional friendship"]),
        ("/phrases?side=CHN&since=2020", ["No formula"], ["traditional friendship"]),
        ("/phrases?side=MNG", ["No document tells of this side"], []),
        ("/person", ["Named most often", "Lin Example"], []),
        ("/person?name=lin+example", ["foreign minister", "Askar Example", "What they promised", "train sixty"], []),
        ("/person?name=Lin+Example&since=2020", ["train sixty"], ["forty electric buses if"]),
        ("/person?name=Example", ["2 people may be meant"], []),
        ("/digest", ["What was promised", "finance", "Documents"], ["build a dam"]),
        ("/digest?since=2021", ["build a dam", "They met"], ["train sixty"]),
        ("/digest?since=2019&side=China&until=2019-12", ["deliver forty electric buses"], ["build a dam"]),
        ("/digest?since=2030", ["No document of these days"], []),
        ("/person?name=xampl", ["Names with these letters", "Askar Example"], []),
    ],
)
def test_a_page_shows_what_its_address_asks_for(
    client: TestClient, address: str, there: list[str], not_there: list[str]
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    main = plain(answer.text.partition("<main")[2])
    main = main.partition("Show ")[2]  # after the form, whose choices name every status
    assert [words for words in there if words not in main] == []
    assert [words for words in not_there if words in main] == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ledger?status=lost", 422),
        ("/ledger?strength=iron", 422),
        ("/ledger?as_of=tomorrow", 422),
        ("/ledger?one=CHN&other=China", 422),
        ("/ledger?offset=-1", 422),
        ("/phrases?side=CHN&least=1", 422),
        ("/phrases?side=CHN&with=CHN", 422),
        ("/phrases?side=CHN&trend=up", 422),
        ("/person?name=Nobody+Here", 404),
        ("/person?limit=0", 422),
        ("/person?name=x&since=now", 422),
        ("/digest?since=now", 422),
        ("/digest?since=2021&until=2020", 422),
    ],
)
def test_what_cannot_be_asked_is_a_page_that_says_so(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status and answer.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("address", ["/ledger", "/ledger?one=CHN", "/phrases?side=CHN", "/person", "/digest"])
def test_an_empty_archive_says_what_to_do(nothing: TestClient, address: str) -> None:
    answer = nothing.get(address)
    assert answer.status_code == 200 and 'class="empty"' in answer.text


@pytest.mark.parametrize(
    "address",
    ["/ledger", "/ledger?one=RUS", "/digest?since=2021", f"/person?name={HOSTILE}", "/person",
     f"/phrases?side={HOSTILE}", f"/ledger?one={HOSTILE}"],
)  # fmt: skip
def test_hostile_words_are_shown_and_never_markup(client: TestClient, address: str) -> None:
    page = client.get(address).text
    assert "<img" not in page and "\u202e" not in page
    assert not re.search(r"<script(?![^>]*src=)|<style| style=| on[a-z]+=\"", page)


def test_every_link_of_the_pages_leads_on(client: TestClient) -> None:
    todo, seen = (
        ["/ledger?one=CHN&other=KAZ", "/phrases?side=CHN", "/person?name=Lin+Example", "/ledger", "/person"],
        set(),
    )
    while todo and len(seen) < 60:
        address = todo.pop()
        seen.add(address)
        page = client.get(address)
        assert page.status_code == 200, address
        links = re.findall(r'href="(/(?:ledger|phrases|person|api/v1/(?:encounters|statements|commitments))\?[^"]*)"',
                           page.text) if "html" in page.headers["content-type"] else []  # fmt: skip
        todo += [at for link in links if (at := link.replace("&amp;", "&")) not in seen]
    assert len(seen) > 20


def test_a_document_is_linked_by_its_key_and_the_words(client: TestClient, archive: Path) -> None:
    with Archive.open(archive) as opened:
        key = opened.key_of("third")
    page = client.get("/ledger?one=CHN&other=KAZ").text
    assert f'href="/documents/{key}#:~:text=The%20forty%20electric%20buses' in page


def test_only_the_last_documents_are_read_and_the_page_says_so(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_page, "LAST", 1)
    monkeypatch.setattr(phrases_page, "SPREAD", 2)
    fresh = client_of(archive)
    cut = plain(fresh.get("/ledger?one=CHN&other=KAZ").text)
    assert "the last 1 document of 3" in cut and "forty electric buses" not in cut
    whole = plain(fresh.get("/ledger?one=CHN&other=KAZ&all=true").text)
    assert "read from 3 documents." in whole and "forty electric buses" in whole
    assert "2 documents, spread evenly over the 3" in plain(fresh.get("/phrases?side=CHN&least=2").text)


def test_all_documents_of_the_period_give_the_same_as_all_of_the_archive(archive: Path) -> None:
    with Archive.open(archive) as opened:
        assert ledger(opened, "CHN", "KAZ", most=50).promises == ledger(opened, "CHN", "KAZ").promises
        assert some_phrases(opened, "CHN", most=50).found == phrases(opened, "CHN")
        some = some_phrases(opened, "KAZ", most=2, least=2)
        assert (some.read, some.total) == (2, 5)


def test_what_is_kept_in_memory_follows_the_archive(tmp_path: Path) -> None:
    path = keep(tmp_path / "a.sqlite", document("one", "2020-01-01", Line("CHN", "KAZ", "China will build a dam.",
                                                                          "commit", "build a dam")))  # fmt: skip
    opened = client_of(path)
    assert "sell grain" not in opened.get("/ledger?one=CHN").text
    keep(path, document("two", "2020-02-01", Line("CHN", "KAZ", "China will sell grain.", "commit", "sell grain")))
    assert "sell grain" in opened.get("/ledger?one=CHN").text
    with Archive.open(path, write=True) as archive:
        archive.remove("two", reason="a test")
    assert "sell grain" not in opened.get("/ledger?one=CHN").text
