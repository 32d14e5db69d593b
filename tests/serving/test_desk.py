"""The desk: read, keep, add in the background; what is refused, and who may."""

from __future__ import annotations

import html
import io
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from readout.errors import RequestRefused
from readout.reading.examples import example_archive, examples
from readout.records import Document, Record, Refusal
from readout.serving import adding
from readout.serving.adding import MAX_WAITING, Adding, Upload, safe_name
from readout.settings import Settings
from readout.storing import Archive

TEXT = "Beijing, 12 May 2021: Wang Yi met Sergey Lavrov. He said that China will open a school in Kazan by June 2022."
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e"


def read_form(client: TestClient, **fields: str) -> str:
    answer = client.post("/desk", data={"text": TEXT, **fields})
    assert answer.status_code == 200, answer.text
    return answer.text


def kept_of(page: str) -> dict[str, str]:
    found = re.search(r'name="document" value="([^"]*)"', page)
    assert found
    return json.loads(html.unescape(found[1]))  # type: ignore[no-any-return]


def until_over(client: TestClient, address: str) -> str:
    for _ in range(600):
        page = client.get(address).text
        if 'hx-trigger="load' not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("the add did not end")


def test_an_empty_archive_says_what_to_do(fresh: TestClient, tmp_path: Path) -> None:
    page = fresh.get("/").text
    assert "It is empty" in page and 'action="/examples"' in page and "readout add" in page
    assert not (tmp_path / "new.sqlite").exists()


def test_the_desk_counts_what_the_archive_holds(client: TestClient) -> None:
    page = client.get("/").text
    info = client.get("/api/v1/info").json()
    for kind in ("documents", "statements", "encounters"):
        assert re.search(rf"<dt>{kind}</dt><dd><a href=\"[^\"]+\">{info[kind]}</a>", page)
    assert len(re.findall(r'<th scope="row"><a href="/documents/[0-9a-f]{16}">', page)) == 8


def test_a_text_is_read_shown_and_only_then_kept(fresh: TestClient, tmp_path: Path, own: dict[str, str]) -> None:
    page = read_form(fresh, title="A title", date="2021-05-12", issuer="CHN", url="https://example.org/a")
    assert not (tmp_path / "new.sqlite").exists()
    assert "<mark" in page and "A title" in page and 'href="https://example.org/a"' in page
    given = kept_of(page)
    assert given["text"] == TEXT and given["issuer"] == "CHN" and given["date"] == "2021-05-12"
    answer = fresh.post("/documents", data={"document": json.dumps(given)}, headers=own, follow_redirects=False)
    assert answer.status_code == 303
    key = answer.headers["location"].removeprefix("/documents/")
    assert fresh.get(f"/api/v1/documents/{key}").json()["title"] == "A title"
    assert f"/documents/{key}" in read_form(fresh, title="A title", date="2021-05-12", issuer="CHN",
                                            url="https://example.org/a")  # fmt: skip
    assert "A title" in fresh.get("/").text  # counted again after a write


@pytest.mark.parametrize("odd", ["a\u0301", "👩\u200d⚕️", "two\r\nlines", "\u202e", "&lt;b&gt;", "\x0b"])
def test_what_is_kept_is_what_was_read_whatever_its_characters(
    fresh: TestClient, own: dict[str, str], odd: str
) -> None:
    text = f"{TEXT} He thanked Russia for {odd} and for the {odd} of last year."
    given = kept_of(read_form(fresh, text=text))
    assert given["text"] == text.replace("\r\n", "\n")  # as browsers send line ends
    answer = fresh.post("/documents", data={"document": json.dumps(given)}, headers=own)
    assert answer.status_code == 200
    key = str(answer.url).rpartition("/")[2]
    assert fresh.get(f"/api/v1/documents/{key}").json()["text"] == given["text"]


@pytest.mark.parametrize("field", ["title", "issuer", "url", "text"])
def test_hostile_words_are_shown_and_never_markup(fresh: TestClient, field: str) -> None:
    page = read_form(fresh, **{field: TEXT + EVIL if field == "text" else EVIL})
    refused = fresh.post("/desk", data={"text": "", field: EVIL if field != "text" else " "}).text
    for shown in (page, refused):
        assert "<script>alert" not in shown and "<img" not in shown
        assert not re.search(r"<script(?![^>]*src=)|<style| style=", shown)


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"text": ""}, 422, "R402"),
        (
            {"text": "Le ministre des affaires étrangères a reçu son homologue et il a dit que tout va bien " * 3},
            422,
            "R406",
        ),
        ({"text": TEXT, "date": "2021-02-30"}, 422, "R407"),
        ({"text": "a b " * 100_000}, 413, "R405"),
        ({"text": TEXT, "title": "t" * 3000}, 422, "R901"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_code(fresh: TestClient, fields: dict[str, str], status: int, words: str
                                                   ) -> None:  # fmt: skip
    answer = fresh.post("/desk", data=fields)
    assert answer.status_code in (status, 422) and words in answer.text
    if words in ("R402", "R406", "R407"):  # the form comes back with what was typed
        assert html.escape(fields["text"].strip()[:40]) in answer.text


@pytest.mark.parametrize(
    ("name", "data", "status", "words"),
    [
        ("a.txt", TEXT.encode(), 200, "Nothing is kept yet"),
        ("a.json", json.dumps({"id": "j", "text": TEXT, "title": "T"}).encode(), 200, "Nothing is kept yet"),
        ("a.jsonl", (json.dumps({"id": "j", "text": TEXT}) + "\n").encode() * 2, 422, "more than one document"),
        ("a.txt", b"%PDF-1.7 \x00\x01", 422, "R403"),
        ("a.jsonl", b"\n", 422, "no document"),
    ],
)
def test_one_file_is_read_and_nothing_kept(
    fresh: TestClient, tmp_path: Path, name: str, data: bytes, status: int, words: str
) -> None:
    answer = fresh.post("/desk", files={"files": (name, io.BytesIO(data))})
    assert answer.status_code == status and words in answer.text
    assert not (tmp_path / "new.sqlite").exists()


def test_the_example_archive_is_added_by_one_click(fresh: TestClient, own: dict[str, str]) -> None:
    answer = fresh.post("/examples", headers=own, follow_redirects=False)
    assert answer.status_code == 303
    page = until_over(fresh, answer.headers["location"])
    number = len(example_archive())
    assert "Added" in page and f"{number} of {number} documents" in page and "refused" not in page.lower()
    assert fresh.get("/api/v1/info").json()["documents"] == number


def test_files_are_added_in_the_background_and_refusals_told(fresh: TestClient, own: dict[str, str]) -> None:
    lines = [
        json.dumps({"id": "one", "text": TEXT}),
        json.dumps({"id": EVIL}),
        "no json",
        json.dumps({"id": "two", "text": TEXT}),
    ]
    files = [
        ("files", ("many.jsonl", io.BytesIO("\n".join(lines).encode()))),
        ("files", ("../../etc/evil.txt", io.BytesIO(TEXT.replace("school", "clinic").encode()))),
    ]
    answer = fresh.post("/adding", files=files, data={"issuer": "CHN"}, headers=own, follow_redirects=False)
    assert answer.status_code == 303
    page = until_over(fresh, answer.headers["location"])
    assert "5 of 5 documents" in page and page.count("R407") == 2 and "<script>alert" not in page
    assert "2 documents new" in page and "1 there already" in page and "2 refused" in page
    found = fresh.get("/api/v1/documents?issuer=CHN").json()
    assert found["total"] == 2
    again = fresh.post("/adding", files=[("files", ("many.jsonl", io.BytesIO(lines[0].encode())))],
                       data={"issuer": "CHN"}, headers=own)  # fmt: skip
    assert "1 there already" in until_over(fresh, str(again.url))


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.jsonl", "{}\n" * 11), ("a.ndjson", "\n" * 11), ("a.json", json.dumps([0] * 11)), ("a.JSONL", "x\n" * 11)],
)
def test_files_of_very_many_documents_are_refused(
    name: str, words: str, fresh: TestClient, own: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "MAX_LINES", 10)
    files = [("files", (name, io.BytesIO(words.encode())))]
    answer = fresh.post("/adding", files=files, headers=own, follow_redirects=False)
    assert answer.status_code == 413 and "more than 10 lines" in answer.text
    assert not (tmp_path / "new.sqlite").exists() and "adding/" not in fresh.get("/").text.replace('"/adding"', "")


@pytest.mark.parametrize("charset", ["undefined", "punycode", "idna", "nope", "utf-16"])
def test_a_form_in_an_odd_encoding_is_no_fault_of_ours(charset: str, fresh: TestClient) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff-a-9\r\n--x--\r\n'
    head = {"content-type": f"multipart/form-data; boundary=x; charset={charset}"}
    assert fresh.post("/desk", content=body, headers=head).status_code in (400, 422)


def test_no_file_no_add(fresh: TestClient, own: dict[str, str]) -> None:
    answer = fresh.post("/adding", data={"issuer": "CHN"}, headers=own)
    assert answer.status_code == 422 and "choose one or more files" in answer.text
    assert fresh.get("/adding/none").status_code == 404


WRITES = ["/documents", "/adding", "/examples", "/adding/x/cancel", "/documents/x/items/y", "/documents/x/statements"]


@pytest.mark.parametrize("path", WRITES)
def test_writing_needs_our_page_or_the_token(archive: Path, client_of: Callable[..., TestClient], path: str) -> None:
    assert client_of(archive).post(path).status_code == 403
    assert client_of(archive, "192.0.2.7", token="t" * 16).post(path).status_code == 401
    allowed = client_of(archive, "192.0.2.7", token="t" * 16)
    answer = allowed.post(path, headers={"authorization": "Bearer " + "t" * 16}, follow_redirects=False)
    assert answer.status_code in (303, 404, 422)
    if answer.status_code == 303:  # the model serves one at a time, and all tests share it
        until_over(allowed, answer.headers["location"])


def test_only_uploads_of_those_who_may_write_may_be_large(
    archive: Path, client_of: Callable[..., TestClient], own: dict[str, str]
) -> None:
    small = {"max_body_bytes": 1000, "max_upload_bytes": 5000}
    file = {"files": ("a.txt", io.BytesIO(b" " * 3000))}
    assert client_of(archive, **small).post("/desk", files=file, headers=own).status_code == 413
    assert client_of(archive, "192.0.2.7", **small).post("/adding", files=file).status_code == 401
    assert client_of(archive, **small).post("/adding", files=file).status_code == 403
    able = client_of(archive, **small)
    taken = able.post("/adding", files=file, headers=own, follow_redirects=False)
    assert taken.status_code == 303
    until_over(able, taken.headers["location"])
    large = {"files": ("a.txt", io.BytesIO(b" " * 9000))}
    assert client_of(archive, **small).post("/adding", files=large, headers=own).status_code == 413


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("a.txt", "a.txt"), ("../../etc/passwd", "passwd"), ("C:\\x\\b.jsonl", "b.jsonl"), (".hidden", "hidden"),
        ("...", "_.."), ("", "file"), ("a\x00b\n.txt", "a_b_.txt"), ("x" * 300 + ".jsonl", "x" * 80 + ".jsonl"),
        ("é" * 90 + ".txt", "é" * 40 + ".txt"), ("/", "file"),
    ],
)  # fmt: skip
def test_names_of_files_are_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def test_jobs_run_one_by_one_end_when_told_and_do_not_pile_up(tmp_path: Path, reader: object) -> None:
    go, begun = threading.Event(), threading.Event()

    def read(found: Iterator[Document | Refusal]) -> Iterator[Record | Refusal]:
        for item in found:
            begun.set()
            assert go.wait(20)
            yield Refusal(id=item.id, code="R402", message="held up")

    adding = Adding(lambda: Archive.open(tmp_path / "a.sqlite", write=True, create=True), read, Settings())  # type: ignore[arg-type]

    def upload(n: int) -> list[Upload]:
        text = "".join(json.dumps({"id": f"{n}-{k}", "text": f"{TEXT} {n} {k}"}) + "\n" for k in range(3))
        return [Upload("a.jsonl", io.BytesIO(text.encode()))]

    jobs = [adding.start(upload(n), name=str(n)) for n in range(MAX_WAITING + 1)]
    with pytest.raises(RequestRefused, match="too many"):
        adding.start(upload(9), name="9")
    assert begun.wait(20)
    assert [j.state for j in jobs[:2]] == ["running", "waiting"] and jobs[0].total == 3
    adding.cancel(jobs[0].id)
    go.set()
    for job in jobs:
        while not job.is_over:
            time.sleep(0.01)
    assert [j.state for j in jobs] == ["cancelled"] + ["done"] * MAX_WAITING
    assert jobs[0].done < 3 and all(j.done == 3 and len(j.refused) == 3 for j in jobs[1:])
    assert not any(j.folder.exists() for j in jobs)


def test_the_example_archive_has_something_for_every_page() -> None:
    found = example_archive()
    assert len({d["id"] for d in found}) == len(found) >= 39
    assert {"press-call", *examples()} <= {d["id"] for d in found}
    assert all(d["title"] and d["date"] and d["issuer"] for d in found)
    assert len({d["url"] for d in found if d["url"]}) == 1 < sum(bool(d["url"]) for d in found)  # two versions
