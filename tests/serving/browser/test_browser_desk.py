"""Texts into the archive, in the browser: pasted, chosen, dropped, the example archive; all of it by keyboard too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from visiting import Visits

TEXT = (
    "On March 3, 2022, Foreign Minister Wang Yi had a phone call with Kazakh Foreign Minister Mukhtar Tileuberdi.\n\n"
    "Wang Yi said that China will send medicine to Kazakhstan by May. Mukhtar Tileuberdi thanked China for its help."
)
_DROP = """([selector, files]) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name, {type: "text/plain"}));
  const zone = document.querySelector(selector);
  for (const kind of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def test_a_text_is_pasted_read_and_kept(visit: Visits, fresh: str) -> None:
    page = visit(fresh + "/")
    expect(page.get_by_role("heading", name="It is empty")).to_be_visible()
    page.get_by_label("Text, in English").fill(TEXT)
    page.get_by_label("Title").fill("Call on medicine")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Call on medicine")
    expect(page.locator("section.record")).to_contain_text("medicine to Kazakhstan")
    assert page.request.get(fresh + "/api/v1/info").json()["documents"] == 0
    page.get_by_role("button", name="Keep it in the archive").click()
    page.wait_for_url("**/documents/*")
    assert page.request.get(fresh + "/api/v1/info").json()["documents"] == 1
    assert page.locator("section.text").evaluate("x => x.textContent").strip() == TEXT


def test_a_text_is_read_and_kept_by_keyboard_alone(visit: Visits, fresh: str) -> None:
    page = visit(fresh + "/")
    page.keyboard.press("Tab")
    assert focused(page) == "To the content"
    page.keyboard.press("Enter")
    reach(page, "text")
    page.keyboard.insert_text(TEXT)
    reach(page, "Read it")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk")
    reach(page, "Keep it in the archive")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*")


def focused(page: Page) -> str:
    """What has the focus: its words, or the name of a field."""
    told: str = page.evaluate("(e => e.name || e.textContent.trim())(document.activeElement)")
    return told


def reach(page: Page, what: str) -> None:
    """Press Tab until ``what`` has the focus, and shows it."""
    for _ in range(60):
        if focused(page) == what:
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what!r} is not reached by the keyboard")


def test_files_are_dropped_and_added_with_progress(visit: Visits, fresh: str) -> None:
    page = visit(fresh + "/")
    page.evaluate(_DROP, ["form.drop", [["one.txt", TEXT], ["two.txt", TEXT.replace("medicine", "grain")]]])
    assert page.locator("#files").evaluate("x => x.files.length") == 2
    page.get_by_role("button", name="Add to the archive").click()
    page.wait_for_url("**/adding/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Added", timeout=60_000)
    assert page.request.get(fresh + "/api/v1/info").json()["documents"] == 2


def test_a_chosen_file_is_read_and_not_kept(visit: Visits, fresh: str, tmp_path: Path) -> None:
    (tmp_path / "call.txt").write_text(TEXT, encoding="utf-8")
    page = visit(fresh + "/")
    page.locator("#files").set_input_files(tmp_path / "call.txt")
    page.get_by_role("button", name="Read one, keep nothing").click()
    expect(page.locator("section.record")).to_contain_text("medicine to Kazakhstan")
    assert page.request.get(fresh + "/api/v1/info").json()["documents"] == 0


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_the_example_archive_comes_with_one_click(visit: Visits, fresh: str, script: bool) -> None:
    page = visit(fresh + "/", java_script_enabled=script)
    page.get_by_role("button", name="Load the example archive").click()
    page.wait_for_url("**/adding/*")
    expect(page.locator("progress")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Added", timeout=120_000)
    page.get_by_role("link", name="To the desk").click()
    expect(page.get_by_role("heading", name="It is empty")).to_have_count(0)
    assert page.request.get(fresh + "/api/v1/info").json()["documents"] > 20


def test_what_cannot_be_read_is_told_beside_the_text(visit: Visits, fresh: str) -> None:
    visit.excused = ("422",)
    page = visit(fresh + "/")
    page.get_by_label("Text, in English").fill(
        "Ceci est un texte en français qui ne peut pas être lu par ce programme."
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert "en français" in page.get_by_label("Text, in English").input_value()
