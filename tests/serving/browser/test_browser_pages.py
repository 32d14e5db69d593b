"""Every page in the browser: quiet, still, within its width, fit for a screen reader, and whole without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from gallery import PAGES
from playwright.sync_api import Page
from visiting import Visits

from readout.serving import ACCESS

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
_FOUND = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter(v => ["serious", "critical"].includes(v.impact))
  .map(v => v.id + ": " + v.nodes.slice(0, 4)
    .map(n => n.target.join() + " " + n.any.map(x => x.message).join()).join(" | "))"""
_TOO_WIDE = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  return [...document.querySelectorAll("main *, header *, footer *")]
    .filter(e => e.getBoundingClientRect().right > most + 1 && !e.closest(".wide")).map(e => e.outerHTML.slice(0, 120));
}"""
NAMES = list(PAGES)


def test_every_page_is_among_them(places: dict[str, str]) -> None:
    # the page of a long add is there while one goes on, and a file to be saved is no page of ours
    elsewhere = ("/api/v1", "/static", "/adding/", "/documents/{key}/record.html")
    routes = {path for method, path in ACCESS if method == "GET" and not path.startswith(elsewhere)}
    shapes = {path: re.compile(re.sub(r"{[\w:]+}", "[^/?]+", path) + r"(\?|$)") for path in routes}
    assert [path for path, shape in shapes.items() if not any(map(shape.match, places.values()))] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_for_nothing_foreign_says_nothing_and_stays_still(
    visit: Visits, served: str, places: dict[str, str], name: str
) -> None:
    page = visit(served + places[name])
    page.wait_for_load_state("networkidle")
    assert page.locator("main h1").count() == 1
    assert page.evaluate("window.__shift") < 0.02
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible() and page.locator("main h1").is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_fit_for_all_readers_in_light_dark_and_narrow(
    visit: Visits, served: str, places: dict[str, str], name: str
) -> None:
    # axe is put into the page, which the policy of our pages forbids
    page = visit(served + places[name], bypass_csp=True)
    page.add_script_tag(path=AXE)
    assert page.evaluate(_FOUND) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(_FOUND) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate(_FOUND) == []
    page.emulate_media(color_scheme="light")
    assert page.evaluate(_FOUND) == []
    assert sideways(page, 390) == [] and sideways(page, 360) == []


def sideways(page: Page, width: int) -> list[str]:
    """What makes a page wider than ``width``."""
    page.set_viewport_size({"width": width, "height": 800})
    found: list[str] = page.evaluate(_TOO_WIDE)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_it_is_whole_without_javascript(visit: Visits, served: str, places: dict[str, str], name: str) -> None:
    with_it = visit(served + places[name])
    without = visit(served + places[name], java_script_enabled=False)
    told = [set(p.locator("main").inner_text().split()) for p in (with_it, without)]
    assert len(told[1]) > 5 and len(told[0] - told[1]) <= 0.1 * len(told[0])
