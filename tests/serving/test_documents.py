"""A document's page: marks that are the slices, hostile records, corrections, the queue."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from readout.exporting.article import marks_of
from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.records import Record
from readout.storing import Archive, document_key

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e&amp;"
TEXT = (
    "Astana, 12 May 2021: Wang Yi of China met with Kazakh Foreign Minister Mukhtar Tileuberdi. "
    "Wang Yi said that China will send doctors \U0001f469\u200d\u2695\ufe0f and va\u0301ccines to Almaty by June 2021. "
    "Mukhtar Tileuberdi thanked China \U0001f1e8\U0001f1f3 for the \U0001d400\U0001d401 of last year. He said that "
    "Kazakhstan hopes to buy more."
)


class Marked(HTMLParser):
    """The text of a page's document, and the words of each mark by item and layer."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.depth: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marks: dict[tuple[str, str], str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "br", "img"):
            self.depth.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.depth.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(t == "section" and a.get("class") == "text" for t, a in self.depth):
            self.text += data
            for tag, a in self.depth:
                if tag == "mark":
                    key = (str(a["data-ref"]), str(a["class"]).split()[0])
                    self.marks[key] = self.marks.get(key, "") + data


@pytest.fixture
def kept(tmp_path: Path, reader: Reader, client_of: Callable[..., TestClient]) -> tuple[TestClient, Record, str]:
    """A client on an archive of one document with astral and combining characters."""
    with reader.turn:
        (record,) = reader.read_documents(
            [from_mapping({"id": "one", "text": TEXT, "date": "2021-05-12", "issuer": "KAZ"})]
        )
    assert isinstance(record, Record) and record.encounters and len(record.statements) >= 3 and record.commitments
    with Archive.open(tmp_path / "a.sqlite", write=True, create=True) as archive:
        archive.put(record)
    return client_of(tmp_path / "a.sqlite"), record, document_key(record)


def checked(page: str) -> Marked:
    """The page, with no script or style of its own, and every address within it."""
    assert not re.search(r"<script(?![^>]*src=)|<style| style=| on[a-z]+=\"", page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in ids
    return Marked(page)


def test_highlights_are_the_slices(kept: tuple[TestClient, Record, str]) -> None:
    client, record, key = kept
    page = checked(client.get(f"/documents/{key}").text)
    assert page.text == record.text
    marks = marks_of(record, "d1")
    assert len(marks) > 8
    for mark in marks:
        if sum((m.ref, m.layer) == (mark.ref, mark.layer) for m in marks) == 1:
            assert page.marks[mark.ref, mark.layer] == mark.span.of(record.text)


def test_the_read_text_has_the_same_marks(kept: tuple[TestClient, Record, str]) -> None:
    client, _, key = kept
    read = Marked(client.post("/desk", data={"text": TEXT, "date": "2021-05-12", "issuer": "KAZ"}).text)
    shown = Marked(client.get(f"/documents/{key}").text)
    assert (read.text, read.marks) == (shown.text, shown.marks)


def evil(value: Any) -> Any:
    """A record's JSON with hostile words in every free field."""
    free = {"title", "issuer", "url", "id", "person", "place", "reason", "message", "what", "how"}
    if isinstance(value, dict):
        return {k: EVIL if k in free and isinstance(v, str) else [EVIL] if k == "why" else evil(v)
                for k, v in value.items()}  # fmt: skip
    return [evil(x) for x in value] if isinstance(value, list) else value


def test_a_hostile_record_is_shown_and_never_markup(
    kept: tuple[TestClient, Record, str], tmp_path: Path, client_of: Callable[..., TestClient]
) -> None:
    record = Record.from_json(evil(kept[1].to_json()))
    with Archive.open(tmp_path / "evil.sqlite", write=True, create=True) as archive:
        archive.put(record)
    client, key = client_of(tmp_path / "evil.sqlite"), document_key(record)
    page = client.get(f"/documents/{key}").text
    address = next(iter(re.findall(r'href="(/documents/[^"]+/items/[^"]+)"', page)))
    for path in (
        f"/documents/{key}",
        f"/documents/{key}?layer=machine",
        address,
        "/queue",
        "/",
        f"/documents/{key}/record.html",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text and "<img" not in answer.text
        # what turns the line around stands alone in its element, or in a field, which holds it as it is
        isolated = re.sub(r'<span class="odd"[^>]*>.</span>| value="[^"]*"', "", answer.text)
        assert "\u202e" not in isolated
        assert not re.search(r'href="(?!/|#|https?:)', answer.text)


CHANGES = [
    ("statements", {"act": "warn"}, lambda x: x["act"] == "warn"),
    ("statements", {"toward": "Russia, EU"}, lambda x: x["toward"] == ["RUS", "EU"]),
    ("statements", {"words": "will send doctors"}, None),
    ("statements", {"cue": ""}, lambda x: x["cue"] is None),
    ("encounters", {"kind": "phone_call"}, lambda x: x["kind"] == "phone_call"),
    ("encounters", {"date": "2021-04"}, lambda x: x["date"] == "2021-04"),
    ("commitments", {"strength": "willing"}, lambda x: x["strength"] == "willing"),
    ("commitments", {"refrain": "yes"}, lambda x: x["refrain"] is True),
]


def form_of(client: TestClient, address: str) -> dict[str, list[str]]:
    """The fields of the correcting form with the values that it shows."""
    page = client.get(address).text
    form = page[page.index('class="correct"') :]
    out: dict[str, list[str]] = {}
    pattern = (
        r'<input(?: type="(\w+)")? name="(\w+)"[^>]*?value="([^"]*)"( checked)?|'
        r'<select name="(\w+)">(.*?)</select>|<textarea name="(\w+)"[^>]*>\n(.*?)</textarea>'
    )
    for kind, name, value, on, select, options, area, words in re.findall(pattern, form, re.S):
        if select:
            chosen = re.search(r'value="([^"]*)" selected', options)
            out.setdefault(select, []).append(chosen[1] if chosen else "")
        elif area:
            out.setdefault(area, []).append(words)
        elif kind != "checkbox" or on:
            out.setdefault(name, []).append(value)
    return out


@pytest.mark.parametrize(("kind", "change", "holds"), CHANGES)
def test_an_item_is_corrected(
    kept: tuple[TestClient, Record, str], own: dict[str, str], kind: str, change: dict[str, str], holds: Any
) -> None:
    client, record, key = kept
    item = getattr(record, kind)[0]
    address = f"/documents/{key}/items/{item.id}"
    fields: dict[str, Any] = {**form_of(client, address), "action": "change", "reviewer": "Ana Ruiz"}
    nothing = client.post(address, data=fields, headers=own)
    assert nothing.status_code == 422 and "nothing was changed" in nothing.text, nothing.text
    answer = client.post(address, data={**fields, **change}, headers=own, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    after = client.get(f"/api/v1/documents/{key}?corrected=true").json()
    before = client.get(f"/api/v1/documents/{key}").json()
    now = next(x for x in after[kind] if x["id"] == item.id)
    assert before == record.to_json() and now["confidence"] == {"value": 1.0, "reason": "corrected by Ana Ruiz"}
    assert now["why"][-1].endswith(f"in the page: {'words' if 'words' in change else next(iter(change))}")
    if holds:
        assert holds(now)
    else:
        assert record.text[slice(*now["content"])] == change["words"]
    page = client.get(f"/documents/{key}").text
    assert "corrected by Ana Ruiz" in page and "?layer=machine" in page
    assert "corrected by Ana Ruiz" not in client.get(f"/documents/{key}?layer=machine").text


def test_an_item_is_confirmed_then_taken_out(kept: tuple[TestClient, Record, str], own: dict[str, str]) -> None:
    client, record, key = kept
    item = record.statements[0]
    address = f"/documents/{key}/items/{item.id}"
    assert client.post(address, data={"action": "confirm", "reviewer": "Ana"}, headers=own).status_code == 200
    assert "confirmed by Ana" in client.get(f"/documents/{key}").text
    assert client.post(address, data={"action": "reject", "reviewer": "Bo"}, headers=own).status_code == 200
    page = client.get(f"/documents/{key}").text
    assert "1 taken out" in page and "Taken out by reviewers" in page and "Bo, " in page
    after = client.get(f"/api/v1/documents/{key}?corrected=true").json()
    assert item.id not in [s["id"] for s in after["statements"]]
    assert "confirmed" in client.get(address).text and "taken out" in client.get(address).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reviewer": " "}, "say who you are"),
        ({"act": "shout"}, "act is one of"),
        ({"words": "words that are not there"}, "do not stand in the text"),
        ({"toward": "Atlantis upon Sea"}, "no state or organisation"),
        ({"action": "drop"}, "confirm, reject or change"),
        ({"person": "", "office": "", "of": ""}, "cannot be kept"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    kept: tuple[TestClient, Record, str], own: dict[str, str], fields: dict[str, str], words: str
) -> None:
    client, record, key = kept
    address = f"/documents/{key}/items/{record.statements[0].id}"
    answer = client.post(
        address, data={"action": "change", "reviewer": "Ana", "act": "warn", "of": "CHN", **fields}, headers=own
    )
    assert answer.status_code == 422 and words in answer.text
    assert client.get(f"/api/v1/documents/{key}?corrected=true").json() == record.to_json()


def test_a_missed_statement_is_added(kept: tuple[TestClient, Record, str], own: dict[str, str]) -> None:
    client, record, key = kept
    fields = {"words": "Foreign Minister\r\nMukhtar  Tileuberdi", "act": "inform", "attribution": "explicit",
              "person": "Wang Yi", "of": "China", "reviewer": "Ana"}  # fmt: skip
    answer = client.post(f"/documents/{key}/statements", data=fields, headers=own)
    assert answer.status_code == 200 and "added by Ana" in answer.text
    after = client.get(f"/api/v1/documents/{key}?corrected=true").json()
    (added,) = [s for s in after["statements"] if s["id"] not in {x.id for x in record.statements}]
    assert record.text[slice(*added["content"])] == "Foreign Minister Mukhtar Tileuberdi"
    assert added["speakers"][0]["of"] == "CHN" and added["act"] == "inform"
    twice = {**fields, "words": "China"}
    answer = client.post(f"/documents/{key}/statements", data=twice, headers=own)
    assert answer.status_code == 422 and "places of the text" in answer.text
    place = record.text.index("China \U0001f1e8")
    assert (
        client.post(f"/documents/{key}/statements", data={**twice, "start": str(place)}, headers=own).status_code == 200
    )
    spans = [s["content"] for s in client.get(f"/api/v1/documents/{key}?corrected=true").json()["statements"]]
    assert [place, place + 5] in spans


@pytest.mark.parametrize("path", ["/documents/none", "/documents/none/items/x", "/documents/none/record.html"])
def test_what_is_not_there_is_a_page_of_404(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and "Not possible" in answer.text and "R901" in answer.text


def test_versions_of_an_address_and_the_same_words_are_told(
    tmp_path: Path, reader: Reader, client_of: Callable[..., TestClient]
) -> None:
    rows = [
        {"id": "a", "text": TEXT, "url": "https://example.org/x", "issuer": "KAZ"},
        {"id": "b", "text": TEXT.replace("by June 2021", "soon"), "url": "https://example.org/x", "issuer": "KAZ"},
        {"id": "c", "text": TEXT, "issuer": "Some Wire"},
    ]
    with reader.turn, Archive.open(tmp_path / "a.sqlite", write=True, create=True) as archive:
        for record in reader.read_documents([from_mapping(row) for row in rows]):
            archive.put(record)
        archive.give_name(archive.key_of("b"), "zz-another-name")
        keys = {name: archive.key_of(name) for name in "abc"}
    client = client_of(tmp_path / "a.sqlite")
    page = client.get(f"/documents/{keys['b']}").text
    assert "zz-another-name" in page and "Versions of its address" in page and f"/documents/{keys['a']}" in page
    assert "soon to Almaty" not in page and "put in:" in page and "The same words" not in page
    assert f"/documents/{keys['c']}" in client.get(f"/documents/{keys['a']}").text
    link = re.search(rf'href="(/exchanges/{keys["a"]}/[^"]+)"', client.get(f"/documents/{keys['a']}").text)
    assert link


def test_the_file_to_save_needs_nothing_else(kept: tuple[TestClient, Record, str]) -> None:
    client, record, key = kept
    answer = client.get(f"/documents/{key}/record.html")
    assert answer.headers["content-disposition"] == f'attachment; filename="{key}.html"'
    assert "<style>" in answer.text and "/static/" not in answer.text and Marked(answer.text).text == record.text


def test_the_queue_is_in_order_and_shrinks(client: TestClient, archive: Path, client_of: Callable[..., TestClient],
                                           tmp_path: Path, own: dict[str, str]) -> None:  # fmt: skip
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(archive.read_bytes())
    opened = client_of(copy)
    page = opened.get("/queue").text
    checked(page)
    values = [float(v) for v in re.findall(r'class="facts">(0\.\d+): ', page)]
    assert values == sorted(values) and len(values) > 1 and values[-1] < 0.6
    only = opened.get("/queue?kind=occurrences").text
    assert 0 < only.count('class="card"') < page.count('class="card"') and "promise</" not in only
    address = re.findall(r'formaction="([^"]+)" name="action" value="confirm"', page)[0]
    answer = opened.post(address, data={"action": "confirm", "reviewer": "Ana", "back": "kind=&offset=0"}, headers=own,
                         follow_redirects=False)  # fmt: skip
    assert answer.status_code == 303 and answer.headers["location"] == "/queue?kind=&offset=0"
    after = opened.get(answer.headers["location"]).text
    assert after.count('class="card"') == page.count('class="card"') - 1 and address not in after


def test_the_queue_as_a_table(client: TestClient) -> None:
    rows = client.get("/queue?format=json").json()
    lines = client.get("/queue?format=csv").text.splitlines()
    page = client.get("/queue").text
    assert len(rows) == len(lines) - 1 == int(re.findall(r"(\d+) items in", page)[0])
    assert lines[0] == ",".join(rows[0]) and all(row["words"] and row["confidence"] < 0.6 for row in rows)


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "x\r\nset-cookie: a=b"])
def test_the_way_back_stays_here(kept: tuple[TestClient, Record, str], own: dict[str, str], back: str) -> None:
    client, record, key = kept
    answer = client.post(f"/documents/{key}/items/{record.statements[0].id}", headers=own, follow_redirects=False,
                         data={"action": "confirm", "reviewer": "Ana", "back": back})  # fmt: skip
    assert answer.headers["location"].startswith("/queue?") and "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "status"), [("kind=shouts", 422), ("offset=-1", 422), ("before=x", 422), ("before=0", 200)]
)
def test_the_queue_takes_only_what_it_knows(client: TestClient, asked: str, status: int) -> None:
    answer = client.get(f"/queue?{asked}")
    assert answer.status_code == status and "<h1>" in answer.text


def test_the_queue_of_an_empty_archive_says_so(fresh: TestClient) -> None:
    assert "The archive is empty" in fresh.get("/queue").text


def test_json_of_the_page_is_the_layer_that_is_shown(kept: tuple[TestClient, Record, str], own: dict[str, str]) -> None:
    client, record, key = kept
    client.post(f"/documents/{key}/items/{record.statements[0].id}", headers=own,
                data={"action": "reject", "reviewer": "Ana"})  # fmt: skip
    for layer, number in (("machine", 0), ("reviewed", 1)):
        page = client.get(f"/documents/{key}?layer={layer}").text
        link = re.search(r'href="(/api/v1/documents/[^"]+)"', page)
        assert link
        found = json.loads(client.get(link[1].replace("&amp;", "&")).text)
        assert len(found["statements"]) == len(record.statements) - number
