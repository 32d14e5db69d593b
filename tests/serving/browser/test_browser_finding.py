"""Pages that ask the archive, in the browser: parts exchanged under the address that holds them, pictures drawn."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from visiting import Visits


def asked(page: Page) -> dict[str, list[str]]:
    """What the address of a page asks for."""
    return parse_qs(urlsplit(page.url).query)


def test_a_search_exchanges_its_results_and_goes_to_its_address(visit: Visits, served: str) -> None:
    page = visit(served + "/search?kind=statements")
    page.evaluate("window.__same = true")
    before = page.locator("#found").inner_text()
    page.get_by_label("Words").fill("fisheries")
    page.get_by_label("Words").press("Enter")
    expect(page.locator("#found")).not_to_have_text(before)
    page.wait_for_url("**/search?*text=fisheries*")
    assert page.evaluate("window.__same"), "the whole page was loaded again"
    assert asked(page)["kind"] == ["statements"]
    hits = page.locator("#results mark.hit").all_inner_texts()
    assert hits and all("fish" in hit.lower() for hit in hits)
    results = page.locator("#results").inner_text()
    again = visit(page.url)
    assert again.locator("#results").inner_text() == results
    page.go_back()
    expect(page.locator("#found")).to_have_text(before)


def test_an_exchange_leads_to_its_accounts_side_by_side(visit: Visits, served: str, places: dict[str, str]) -> None:
    page = visit(served + places["exchange"])
    boxes = page.locator("input[name=document]")
    assert boxes.count() >= 2 and all(boxes.nth(n).is_checked() for n in range(2))
    page.get_by_role("button", name="Compare").first.click()
    page.wait_for_url("**/compare?*")
    assert len(asked(page)["document"]) == 2
    told = page.locator("main").inner_text()
    assert "Colonna" in told and "Tall Sall" in told


def test_what_one_account_leaves_out_is_told_in_words(visit: Visits, served: str, places: dict[str, str]) -> None:
    page = visit(served + places["compare"])
    rows = page.locator("main table tbody tr")
    assert rows.count() > 1
    assert page.request.get(served + "/api/v1" + places["compare"]).json()["rows"]


def test_the_ledger_is_filtered_in_place(visit: Visits, served: str, places: dict[str, str]) -> None:
    page = visit(served + places["ledger"])
    page.evaluate("window.__same = true")
    before = page.locator("ol.promises > li").count()
    page.locator("select[name=status]").select_option("withdrawn")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**status=withdrawn*")
    shown = page.locator("ol.promises > li")
    expect(shown).not_to_have_count(before)
    assert 0 < shown.count() < before
    assert page.evaluate("window.__same")


@pytest.mark.parametrize("name", ["dyad", "world"])
def test_pictures_are_drawn_beside_the_same_figures_in_tables(
    visit: Visits, served: str, places: dict[str, str], name: str
) -> None:
    page = visit(served + places[name])
    charts = page.locator("[data-figures]")
    assert charts.count() >= 2
    for n in range(charts.count()):
        expect(charts.nth(n).locator("canvas").first).to_be_attached()
        drawn: int = charts.nth(n).evaluate("""box => {
          const canvas = box.querySelector("canvas");
          const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          return new Set(new Uint32Array(dots.buffer)).size;
        }""")
        assert drawn > 5, "the picture is blank"
        assert charts.nth(n).get_attribute("aria-label")
    assert page.locator("main table tbody tr").count() > 1


def test_the_slider_of_the_world_changes_the_table(visit: Visits, served: str, places: dict[str, str]) -> None:
    page = visit(served + places["world"])
    rows = page.locator("main table tbody tr")
    before = rows.count()
    slider = page.locator("[data-low]")
    slider.focus()
    for _ in range(4):
        slider.press("PageUp")
    page.wait_for_url("**since=*")
    expect(rows).not_to_have_count(before)
    assert rows.count() < before and asked(page)["since"]


def test_the_pages_are_reached_from_the_head_by_keyboard(visit: Visits, served: str) -> None:
    page = visit(served + "/api")
    links: list[str] = page.locator("header nav a").evaluate_all("links => links.map(a => a.pathname)")
    assert len(links) > 6
    for _ in range(3 + links.index("/world")):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.pathname") == "/world"
    page.keyboard.press("Enter")
    page.wait_for_url("**/world")
    assert page.locator("nav [aria-current]").inner_text() == "World"
    for link in links:
        assert page.request.get(served + link).status == 200, link
