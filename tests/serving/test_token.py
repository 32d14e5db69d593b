"""Writing from another machine: every form of every page takes the token as the pages send it, and nothing without."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from served import TOKEN

from hostile import Markup
from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.records import Document, Record, Refusal
from readout.serving import ACCESS, Serving
from readout.serving.house import House
from readout.storing import Archive

ELSEWHERE = "http://192.0.2.1:8321"
TEXT = "Wang Yi met Sergey Lavrov in Moscow. Wang said that China will open a school in Kazan."
# what is sent to each route, and where a browser then is; {braces} are of an archive of examples
FORMS: dict[str, tuple[dict[str, Any], str]] = {
    "/desk": ({"text": TEXT}, "/desk"),
    "/documents": ({"document": json.dumps({"text": TEXT})}, "/documents/"),
    "/adding": ({}, "/adding/"),
    "/examples": ({}, "/adding/"),
    "/adding/{job}/cancel": ({}, "/adding/"),
    "/documents/{key}/items/{item:path}": ({"action": "confirm", "reviewer": "Ana"}, "/documents/"),
    "/documents/{key}/statements": (
        {
            "words": "{words}",
            "reviewer": "Ana",
            "person": "Ana",
            "of": "FRA",
            "act": "inform",
            "attribution": "explicit",
        },
        "/documents/",
    ),
    "/compare": ({"text": [TEXT, TEXT]}, "/compare"),
    "/exchanges/{key}/{encounter}/links": (
        {"what": "join", "one": "{key} {encounter}", "other": "{other}", "reviewer": "Ana"},
        "/exchanges/",
    ),
}


@pytest.fixture
def far(gallery: Path, tmp_path: Path, client_of: Callable[..., TestClient]) -> Iterator[TestClient]:
    """A client on another machine."""
    copied = Path(shutil.copy(gallery, tmp_path / "copied.sqlite"))
    opened = client_of(copied, "192.0.2.7", token=TOKEN, host="0.0.0.0")
    opened.base_url = ELSEWHERE  # type: ignore[assignment]
    with opened:
        yield opened


def known(gallery: Path) -> dict[str, str]:
    """What the forms are about."""
    with Archive.open(gallery) as archive:
        key, other = archive.key_of("fra-sen-2022-11-fra"), archive.key_of("fra-sen-2022-11-sen")
        record, further = archive.record(key), archive.record(other)
    return {
        "key": key, "item:path": record.statements[0].id, "encounter": record.encounters[0].id,
        "other": f"{other} {further.encounters[0].id}", "words": record.encounters[0].evidence.of(record.text),
    }  # fmt: skip


def test_every_form_that_is_posted_is_among_them(far: TestClient, places: dict[str, str]) -> None:
    assert {p for m, p in ACCESS if m == "POST" and not p.startswith("/api")} == set(FORMS)
    for place in places.values():
        page = far.get(place).text
        assert 'id="token"' in page and "readout.js" in page, place
        # none is sent by something else than the one script, which adds the token
        assert not any("hx-post" in names for _, names in Markup(page).elements), place


@pytest.mark.parametrize("route", FORMS)
@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"authorization": f"Bearer {TOKEN}"}, True),
        ({"authorization": f"Bearer {TOKEN}", "origin": ELSEWHERE, "sec-fetch-site": "same-origin"}, True),
        ({"authorization": f"Bearer {TOKEN}x"}, False),
        ({"authorization": TOKEN}, False),
        ({"origin": ELSEWHERE, "sec-fetch-site": "same-origin"}, False),
        ({}, False),
    ],
    ids=["token", "token and page", "wrong", "no kind", "page alone", "nothing"],
)
def test_a_form_is_taken_with_the_token_alone(
    far: TestClient, gallery: Path, route: str, headers: dict[str, str], allowed: bool
) -> None:
    found = known(gallery)
    given, then = FORMS[route]
    path = route
    if "{job}" in route:
        started = far.post("/examples", headers={"authorization": f"Bearer {TOKEN}"})
        path = started.url.path.rstrip("/") + "/cancel"
    for name, value in found.items():
        path = path.replace("{" + name + "}", value)
        given = {k: v.replace("{" + name + "}", value) if isinstance(v, str) else v for k, v in given.items()}
    # as FormData is sent: in parts
    parts = [(k, (None, one)) for k, v in given.items() for one in (v if isinstance(v, list) else [v])]
    if route == "/adding":
        parts = [("files", ("a.txt", b"", "text/plain"))]  # type: ignore[list-item]
    answer = far.post(path, files=parts or None, headers=headers)
    if allowed:
        assert answer.status_code == 200 and answer.url.path.startswith(then), answer.text[-2000:]
    else:
        assert answer.status_code == 401 and "Authorization: Bearer" in answer.text
        assert answer.headers["www-authenticate"] == "Bearer"


def test_without_a_token_only_the_machine_itself_writes(
    gallery: Path, tmp_path: Path, client_of: Callable[..., TestClient]
) -> None:
    opened = client_of(Path(shutil.copy(gallery, tmp_path / "a.sqlite")), "192.0.2.7", host="0.0.0.0")
    answer = opened.post("/examples", headers={"authorization": "Bearer None", "host": "192.0.2.1"})
    assert answer.status_code == 401 and "only its own machine may" in answer.text


def test_what_is_refused_before_the_pages_is_a_page_for_who_asks_for_one(far: TestClient) -> None:
    def asked(accept: str, **headers: str) -> str:
        answer = far.post("/desk", data={"text": TEXT}, headers={"accept": accept, **headers})
        return answer.headers["content-type"].partition(";")[0]

    assert asked("text/html,*/*;q=0.8") == "text/html" and asked("*/*") == "application/json"
    # under a foreign name nothing of ours is told
    assert asked("text/html", host="elsewhere.example") == "application/json"


def test_servers_that_share_a_reader_read_in_turn(reader: Reader, tmp_path: Path) -> None:
    class Watched(Reader):
        """Counts who is inside at once; the model would mix up what two threads read."""

        inside, most = 0, 0

        def read_documents(self, documents: Iterable[Document | Refusal]) -> Iterator[Record | Refusal]:
            self.inside += 1
            self.most = max(self.most, self.inside)
            time.sleep(0.002)
            for document in documents:
                assert isinstance(document, Document)
                yield Record(id=document.id, text=document.text)
            self.inside -= 1

    watched = Watched(reader.tools, reader.settings)
    houses = [House(tmp_path / f"{n}.sqlite", Serving(), watched) for n in range(3)]
    given = [from_mapping({"text": f"Text {n}.", "id": f"t{n}"}) for n in range(20)]
    threads = [threading.Thread(target=lambda h=h: list(h.records_of(given))) for h in houses]
    threads += [threading.Thread(target=lambda h=h: [h.record_of(d) for d in given]) for h in houses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert watched.most == 1
