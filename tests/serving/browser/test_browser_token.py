"""Writing from another machine in the browser: the token of the panel goes with every form that is posted.

The browser runs here, so that its requests would count as this machine's own; the server is told that they come from
elsewhere.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gallery import serve
from playwright.sync_api import Page, expect
from served import TOKEN
from visiting import Visits

from readout.pipeline import Reader

TEXT = (
    "On March 3, 2022, Foreign Minister Wang Yi had a phone call with Kazakh Foreign Minister Mukhtar Tileuberdi. "
    "Wang Yi said that China will send medicine to Kazakhstan by May."
)


def from_elsewhere(app: Any) -> Any:
    """The application, to which every request comes from another machine."""

    async def told(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope = {**scope, "client": ("192.0.2.7", 4000)}
        await app(scope, receive, send)

    return told


@pytest.fixture
def far(gallery: Path, reader: Reader, tmp_path: Path) -> Iterator[str]:
    copied = Path(shutil.copy(gallery, tmp_path / "copied.sqlite"))
    with serve(copied, reader, from_elsewhere, host="0.0.0.0", token=TOKEN) as address:
        yield address


def give_token(page: Page) -> list[str | None]:
    """Open the panel and type the token; the ``Authorization`` of every form that is posted from then on."""
    page.locator("details.token summary").click()
    page.get_by_label("What readout serve --token was given").fill(TOKEN)
    page.keyboard.press("Tab")
    sent: list[str | None] = []
    page.on("request", lambda r: sent.append(r.headers.get("authorization")) if r.method == "POST" else None)
    return sent


def test_without_the_token_it_says_what_is_missing(visit: Visits, far: str) -> None:
    visit.excused = ("status of 401",)
    page = visit(far + "/")
    page.get_by_label("Text, in English").fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("main")).to_contain_text("from another machine this needs the token")


def test_a_text_is_read_kept_and_corrected_with_it(visit: Visits, far: str) -> None:
    page = visit(far + "/")
    sent = give_token(page)
    page.get_by_label("Text, in English").fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("section.record")).to_contain_text("medicine to Kazakhstan")
    page.get_by_role("button", name="Keep it in the archive").click()
    page.wait_for_url("**/documents/*")
    line = page.locator("section.record li:has(a.act)").first
    line.locator("summary").click()
    line.get_by_role("link", name="Correct or confirm").click()
    form = line.locator("form.correct")
    form.locator("select[name=act]").select_option("warn")
    form.locator("input[name=reviewer]").fill("Ana")
    form.get_by_role("button", name="Keep the correction").click()
    expect(page.locator("#changes")).to_contain_text("1 item")
    page.locator("#add-statement summary").click()
    form = page.locator("#add-statement form")
    form.locator("textarea[name=words]").fill("had a phone call")
    form.locator("input[name=person]").first.fill("Ana Example")
    form.locator("input[name=of]").first.fill("FRA")
    form.get_by_role("button", name="Keep the statement").click()
    expect(page.locator("#changes")).to_contain_text("2 items")
    assert sent == [f"Bearer {TOKEN}"] * 4


def test_files_are_added_and_a_doubt_is_confirmed_with_it(visit: Visits, far: str, tmp_path: Path) -> None:
    (tmp_path / "call.txt").write_text(TEXT, encoding="utf-8")
    page = visit(far + "/")
    sent = give_token(page)
    page.locator("#files").set_input_files(tmp_path / "call.txt")
    page.get_by_role("button", name="Add to the archive").click()
    page.wait_for_url("**/adding/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Added", timeout=60_000)
    page.goto(far + "/queue")
    cards = page.locator("ol.doubts > li")
    first = cards.first.inner_text()
    page.locator("main input[name=reviewer]").first.fill("Ana")
    cards.first.get_by_role("button", name="Right as it is").click()
    page.wait_for_url("**/queue?*")
    assert first not in [card.inner_text() for card in cards.all()]
    assert sent == [f"Bearer {TOKEN}"] * 2


def test_accounts_are_split_joined_and_texts_compared_with_it(visit: Visits, far: str, places: dict[str, str]) -> None:
    page = visit(far + places["exchange"])
    sent = give_token(page)
    form = page.locator("form[aria-labelledby=split-head]")
    form.get_by_label("Your name").fill("Ana")
    form.get_by_label("Why").fill("another day")
    form.get_by_role("button", name="Keep apart").click()
    expect(page.locator("section[aria-labelledby=links] table")).to_contain_text("kept apart")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("main")).to_contain_text("Nobody joined or split")
    page.goto(far + "/compare")
    for n in range(2):
        page.locator(f"#t{n}").fill(TEXT.replace("May", "June") if n else TEXT)
    page.locator("form:has(#t0)").get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accounts compared")
    assert sent == [f"Bearer {TOKEN}"] * 3


def test_what_the_server_refuses_before_its_pages_is_told(visit: Visits, far: str) -> None:
    visit.excused = ("status of 413",)
    page = visit(far + "/")
    give_token(page)
    page.evaluate("document.querySelector('#text').value = 'word '.repeat(900000)")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("larger than")
    assert page.locator("#text").input_value()
