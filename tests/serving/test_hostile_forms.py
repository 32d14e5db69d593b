"""Thousands of payloads in what is typed: questions, addresses, texts and files, corrections, reasons. None is markup.

Each goes into every field that a page shows again. Several stand in one field, as far as it takes them: a request tells
of all of them.
"""

from __future__ import annotations

import os
import shutil
import time
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from payloads import payloads

from hostile import Markup, folded, record_of
from readout.exporting.escaping import visible
from readout.exporting.wording import spaced
from readout.pipeline import Reader
from readout.records import Record
from readout.reviewing import Correction, keep_correction, quote_of
from readout.serving import Serving, create_app
from readout.serving.pages.filtering import MOST_CHARS, MOST_VALUES
from readout.storing import Archive, document_key, link

HERE = "http://127.0.0.1:8321"
OWN = {"origin": HERE}
PAYLOADS = payloads()[:4920]
EVERY = os.environ.get("READOUT_FUZZ") == "every"


def bundles(most: int, words: list[str] = PAYLOADS) -> list[list[str]]:
    """The payloads in their order, as many together as ``most`` characters hold with blanks between them."""
    out: list[list[str]] = [[]]
    for payload in words:
        if len(" ".join([*out[-1], payload])) > most:
            out.append([])
        out[-1].append(payload)
    return out


def is_shown(payload: str, page: Markup) -> bool:
    """Whether a page tells a payload as it is."""
    return folded(payload) in page.text or folded(visible(payload)) in page.text


@pytest.fixture(scope="module")
def usual(gallery: Path, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The examples, served: what is hostile comes with the request."""
    copied = shutil.copy(gallery, tmp_path_factory.mktemp("usual") / "usual.sqlite")
    return TestClient(create_app(copied, Serving(), reader), base_url=HERE, client=("127.0.0.1", 4000))


def fields_of(client: TestClient, place: str) -> list[str]:
    """What the forms of a page ask for in its address."""
    found = Markup(client.get(place).text).asked.items()
    return sorted({name for (method, _), names in found if method == "GET" for name in names})


Elements = set[tuple[str, tuple[str, ...]]]


def made_of(client: TestClient, place: str, places: dict[str, str]) -> Elements:
    """The elements of a page, of its answers to harmless words and of its refusals."""
    usually = [client.get(p) for p in (place, "/x", *places.values()) if p.startswith((place, "/x"))]
    usually += [client.get(place, params={name: "word"}) for name in fields_of(client, place)]
    return {e for answer in usually for e in Markup(answer.text).elements}


@pytest.mark.parametrize("place", ["/search", "/exchanges"])
def test_every_field_of_a_question_shows_them_and_makes_no_markup(
    usual: TestClient, places: dict[str, str], place: str
) -> None:
    """All fields are filled at once; each payload stands in one of them, with READOUT_FUZZ=every in each in turn."""
    known = made_of(usual, place, places)
    together = bundles(MOST_CHARS)
    lines = [n for n in fields_of(usual, place) if n in
             ("text", "person", "issuer", "side", "with", "since", "until", "code")]  # fmt: skip
    assert len(lines) >= 7
    for n in range(0, len(together), 1 if EVERY else len(lines)):
        given = {name: " ".join(together[(n + m) % len(together)]) for m, name in enumerate(lines)}
        answer = usual.get(place, params=given)
        found = Markup(answer.text)
        assert answer.status_code in (200, 422) and found.wrong == [], (place, given)
        assert set(found.elements) <= known, (place, given, set(found.elements) - known)
        held = folded("\n".join(found.given))
        for name, value in given.items():
            # all fields but the words take several values, cut at semicolons
            values = [value] if name == "text" else [v for v in value.split(";") if v.strip()][:MOST_VALUES]
            values = [v.strip()[:MOST_CHARS] for v in values]
            # a value of a list of choices is told in words: without the underscores of a code
            missing = [v for v in values if not any(folded(x) in held for x in (v, visible(v), spaced(visible(v))))]
            assert missing == [], (place, name, missing)


def test_every_payload_is_asked_for_and_refused_without_markup(usual: TestClient, places: dict[str, str]) -> None:
    """Each field of each form in turn has a payload alone: results, refusals, or that there is nothing of that name."""
    asking = ("/compare", "/dyad", "/ledger", "/phrases", "/person", "/queue", "/world")
    fields = [(place, name) for place in asking for name in fields_of(usual, place)]
    assert len(fields) > 20
    known = {place: made_of(usual, place, places) for place in asking}
    for n, payload in enumerate(PAYLOADS):
        place, name = fields[n % len(fields)]
        answer = usual.get(place, params={name: payload})
        found = Markup(answer.text)
        assert answer.status_code < 500 and found.wrong == [], (place, name, payload)
        assert set(found.elements) <= known[place], (place, name, payload, set(found.elements) - known[place])


def test_addresses_of_payloads_make_no_markup(usual: TestClient) -> None:
    usually = set(Markup(usual.get("/nothing").text).elements)
    shapes = ("/{}", "/documents/{}", "/documents/{}/items/{}", "/exchanges/{}/{}", "/adding/{}", "/static/{}")
    for n, words in enumerate(bundles(300)):
        part = quote(" ".join(words), safe="", errors="replace")
        for shape in shapes if n % 10 == 0 else (shapes[n % len(shapes)],):
            answer = usual.get(shape.format(part, part))
            found = Markup(answer.text)
            assert answer.status_code in (404, 422) and found.wrong == [] and set(found.elements) <= usually, words


def test_given_texts_and_their_refusals_make_no_markup(usual: TestClient) -> None:
    """What the desk is given: title, issuer, address, file name and text, refused and shown again."""
    pages = [usual.post("/desk", data=_given(w), files=_file(w), headers=OWN) for w in ("word", "more words")]
    usually = {e for p in pages for e in Markup(p.text).elements}
    for words in bundles(390):
        given = " ".join(words)
        answer = usual.post("/desk", data=_given(given), files=_file(given), headers=OWN)
        found = Markup(answer.text)
        assert answer.status_code == 422 and found.wrong == [], given
        assert set(found.elements) <= usually, (given, set(found.elements) - usually)
        assert all(is_shown(w, found) for w in words), given
        assert {folded(given), folded(visible(given))} & {folded(v) for v in found.given}


def _given(words: str) -> dict[str, str]:
    # in no language that is read: refused, and shown again
    return {"text": f"{words} 这不是英文。 " * 3, "title": words, "issuer": words, "url": words, "date": words[:10]}


def _file(words: str) -> dict[str, tuple[str, bytes]]:
    return {"files": (words.replace("\0", "") or "x", b"")}


def test_names_of_files_make_no_markup(usual: TestClient) -> None:
    """Files of odd names, added 120 at a time: the name of the add, and each that is refused."""

    def added(names: list[str]) -> Markup:
        files = [("files", (name.replace("\0", "") + ".pdf", b"%PDF-1.7")) for name in names]
        answer = usual.post("/adding", files=files, headers=OWN)
        until = time.monotonic() + 60
        while 'class="button" href="/"' not in answer.text:
            assert answer.status_code == 200 and time.monotonic() < until, answer.text
            time.sleep(0.02)
            answer = usual.get(answer.url.path)
        return Markup(answer.text)

    usually = added([f"word {n}" for n in range(120)])
    for n in range(0, len(PAYLOADS), 120):
        names = PAYLOADS[n : n + 120]
        found = added(names)
        assert found.wrong == [] and found.elements == usually.elements, names


# what is kept by hand: two documents that tell of one meeting, and a page of words to compare their pages with
_KEPT = date(2024, 5, 1)


@pytest.fixture(scope="module")
def pair(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> tuple[TestClient, Path, list[Record]]:
    path = tmp_path_factory.mktemp("pair") / "pair.sqlite"
    records = [record_of([f"{name}{n}" for n in range(8)], name, _KEPT) for name in ("one", "other")]
    with Archive.open(path, write=True, create=True) as archive:
        for record in records:
            archive.put(record)
    client = TestClient(create_app(path, Serving(), reader), base_url=HERE, client=("127.0.0.1", 4000))
    return client, path, records


def test_reasons_and_makers_of_links_make_no_markup(pair: tuple[TestClient, Path, list[Record]]) -> None:
    client, path, records = pair
    places = [(document_key(r), r.encounters[0].id) for r in records]
    at = "/exchanges/" + "/".join(places[0])

    def linked(words: list[str], joined: bool) -> Markup:
        with Archive.open(path, write=True) as archive:
            link(archive, *places, joined=joined, reviewer=" ".join(words), reason=" ".join(words[::-1]))
        answer = client.get(at)
        assert answer.status_code == 200
        return Markup(answer.text)

    usually = [linked(["word"], joined) for joined in (False, True)]
    for n, words in enumerate(bundles(4000)):
        found = linked(words, bool(n % 2))
        assert found.wrong == [] and found.elements == usually[n % 2].elements, words
        assert all(is_shown(w, found) for w in words), words


def test_a_link_and_its_refusal_through_the_form_make_no_markup(pair: tuple[TestClient, Path, list[Record]]) -> None:
    client, _, records = pair
    one, other = (f"{document_key(r)} {r.encounters[0].id}" for r in records)
    at = "/exchanges/" + one.replace(" ", "/")
    shown = []
    fitting = [w for w in map(" ".join, bundles(200)) if len(w) <= 200]
    for words in ("word", *fitting[:: 1 if EVERY else 24]):
        form = {"what": "split", "one": one, "other": other, "reviewer": words, "reason": words}
        answer = client.post(f"{at}/links", data=form, headers=OWN)
        assert answer.status_code == 200, answer.text
        shown.append(Markup(answer.text))
        refused = client.post(f"{at}/links", data={**form, "other": words}, headers=OWN)
        assert refused.status_code in (404, 409, 422) and Markup(refused.text).wrong == []
        assert Markup(refused.text).elements == Markup(client.get("/nothing").text).elements
    assert all(found.wrong == [] and found.elements == shown[0].elements for found in shown)


def test_reviewers_and_what_they_correct_make_no_markup(pair: tuple[TestClient, Path, list[Record]]) -> None:
    """Who reviewed, the place and the persons that were put in, as document, item and queue show them."""
    client, path, records = pair
    record, key = records[0], document_key(records[0])
    met, said = record.encounters[0], record.statements[1]

    def corrected(words: str, minute: int) -> list[Markup]:
        at = f"2024-05-{1 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00Z"
        made = {"reviewer": words, "at": at, "source": "the page", "action": "change"}
        with Archive.open(path, write=True) as archive:
            for c in (
                Correction(kind="encounters", item=met.id, main=quote_of(record.text, met.evidence),
                           values={"place": words}, **made),
                Correction(kind="statements", item=said.id, main=quote_of(record.text, said.content),
                           values={"speakers": [{"person": words, "office": None, "of": "CHN"}]}, **made),
            ):  # fmt: skip
                assert keep_correction(archive, key, c)
        answers = [client.get(f"/documents/{key}{end}") for end in ("", f"/items/{met.id}", f"/items/{said.id}")]
        # one after the other: what was said before would fill the page
        with Archive.open(path, write=True) as archive, archive.transaction() as connection:
            connection.exec_driver_sql("DELETE FROM corrections")
        assert {a.status_code for a in answers} == {200}
        return [Markup(a.text) for a in answers]

    usually = corrected("word", 0)
    for n, words in enumerate(bundles(4000), 1):
        found = corrected(" ".join(words), n)
        for one, other in zip(found, usually, strict=True):
            assert one.wrong == [] and one.elements == other.elements, (words, one.elements - other.elements)
            assert all(is_shown(w, one) for w in words), words
