"""Fifty payloads run in the browser, where every page shows them: nothing opens, nothing is set, nothing is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
from gallery import serve
from payloads import payloads
from playwright.sync_api import Page
from visiting import Visits

from hostile import record_of
from readout.pipeline import Reader
from readout.storing import Archive

# those that would run where nothing is escaped, of every kind of element
FIFTY = [p for p in payloads() if "<" in p and "__xss" in p and "\u202e" not in p][:50]
_ASKED = ("/search?text=", "/person?name=", "/dyad?one=CHN&other=", "/nothing/", "/ledger?one=")
_SET = "window.__xss === undefined && top.__xss === undefined"


@pytest.fixture(scope="module")
def poisoned(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("poisoned") / "poisoned.sqlite"
    with Archive.open(path, write=True, create=True) as archive:
        archive.put(record_of(FIFTY[:25], "d0", date(2024, 1, 1)))
        archive.put(record_of(FIFTY[25:], "d1", date(2024, 6, 1)))
        archive.put(record_of(FIFTY[24::-1], "d2", date(2024, 11, 1)))  # words that come back are formulas
    with serve(path, reader) as address:
        yield address


def is_quiet(page: Page) -> bool:
    """Whether nothing ran, also after everything was passed over and could take the focus."""
    page.evaluate("""() => {
      for (const e of document.querySelectorAll("*"))
        for (const kind of ["mouseover", "mouseenter", "pointerover", "focusin", "toggle", "animationstart"])
          e.dispatchEvent(new Event(kind, {bubbles: false}));
    }""")
    page.wait_for_timeout(100)
    return bool(page.evaluate(_SET))


def test_the_payloads_run_where_nothing_is_escaped(visit: Visits, served: str) -> None:
    visit.excused = ("",)  # here they may
    page = visit(served + "/api", bypass_csp=True)
    ran = 0
    for payload in FIFTY:
        page.goto(served + "/api")
        page.evaluate("words => document.write('<!DOCTYPE html><p>' + words)", payload)
        page.wait_for_timeout(30)
        ran += not page.evaluate(_SET)
    assert ran >= 10, ran


@pytest.mark.parametrize(
    "place",
    (
        "/ /documents/{key} /documents/{key}/items/d0s0 /exchanges/{key}/d0e0 /exchanges?all=true /queue "
        "/search?kind=statements /search?kind=documents /dyad?one=CHN&other=KAZ /world /ledger "
        "/ledger?one=CHN&other=KAZ /phrases?side=CHN&least=2 /person /compare?document={key}&document={other}"
    ).split(),
)
def test_no_page_runs_them(visit: Visits, poisoned: str, place: str) -> None:
    page = visit(poisoned)
    found = page.request.get(poisoned + "/api/v1/documents?limit=3").json()["items"]
    key, other, _ = (x["document"]["key"] for x in sorted(found, key=lambda x: x["document"]["date"]))
    page.goto(poisoned + place.format(key=key, other=other))
    page.wait_for_load_state("networkidle")
    assert is_quiet(page)
    assert "__xss" in page.inner_text("main"), "none of them stands on this page"


def test_no_question_and_no_refusal_runs_them(visit: Visits, served: str) -> None:
    visit.excused = ("status of 4",)
    page = visit(served)
    for n, payload in enumerate(FIFTY):
        words = quote(payload, safe="")
        page.goto(served + _ASKED[n % len(_ASKED)] + words)
        assert page.evaluate(_SET), payload
    assert is_quiet(page)
