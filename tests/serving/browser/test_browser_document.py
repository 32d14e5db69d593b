"""A document in the browser: marks that are the slices, items that light their words, and the reviewer's layer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from gallery import serve
from playwright.sync_api import expect
from visiting import Visits

from readout.exporting.arranging import evidence_of, items
from readout.pipeline import Reader
from readout.records import Actor, Confidence, Encounter, Participant, Record, Span, Statement
from readout.storing import Archive

# astral and combining characters, right to left, joined emoji, controls, a lone accent at the edge of a span
_WORDS = (
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈 said",
    "e\u0301 and o\u0308\u0323 agree",
    "\u0301lone accent",
    "קידום השלום",
    "السلام عليكم ١٢٣",
    "👩‍👩‍👧‍👦 family",
    "🇰🇿🇨🇳",
    "zero\u200bwidth",
    "tab\there",
    "bell\x07 and nul\x00 end",
    "over\u202eride\u202c",
    "line\u2028end",
    "ﬁ ligature ①",
    'a < b && c > "d"',
    "&amp; &lt;script&gt;",
    "</mark><mark>",
)


@pytest.fixture(scope="module")
def odd() -> Record:
    text, spans = "", []
    for words in _WORDS:
        spans.append(Span(len(text), len(text) + len(words)))
        text += words + " · "
    sure = Confidence(value=0.9, reason="a test")
    who = [
        Actor(person=f"Person {n % 3}", office="foreign_minister", of=("CHN", "KAZ", "RUS")[n % 3])
        for n in range(len(spans))
    ]
    said = [
        Statement(id=f"s{n}", speakers=(who[n],), attribution="explicit", content=span, act="inform", confidence=sure)
        for n, span in enumerate(spans)
    ]
    # over the edges of others, so that marks are cut
    said += [
        Statement(
            id=f"w{n}",
            speakers=(who[n],),
            attribution="explicit",
            act="assess",
            confidence=sure,
            content=Span(spans[n].start + 1, spans[n + 2].end - 1),
        )
        for n in range(0, len(spans) - 2, 3)
    ]
    met = Encounter(
        id="e0",
        kind="meeting",
        status="reported",
        evidence=spans[3],
        confidence=sure,
        participants=(Participant(actor=who[0]), Participant(actor=who[1])),
    )
    return Record(id="odd", text=text, title="Odd", date=date(2024, 5, 1), encounters=(met,), statements=tuple(said))


@pytest.fixture(scope="module")
def oddly(odd: Record, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("odd") / "odd.sqlite"
    with Archive.open(path, write=True, create=True) as archive:
        archive.put(odd)
    with serve(path, reader) as address:
        yield address


def as_html(text: str) -> str:
    """What of a text HTML can hold."""
    return text.replace("\0", "\ufffd")


def test_marks_are_exactly_the_slices(visit: Visits, oddly: str, odd: Record) -> None:
    page = visit(oddly + "/documents/odd")
    assert page.locator("section.text").evaluate("x => x.textContent") == as_html(odd.text)
    marked: dict[str, str] = page.evaluate("""() => {
      const out = {};
      for (const mark of document.querySelectorAll("section.text mark[data-ref]"))
        if (!/ (cue|via|date|place|deadline|condition)/.test(" " + mark.className))
          out[mark.dataset.ref] = (out[mark.dataset.ref] ?? "") + mark.textContent;
      return out;
    }""")
    expected = {f"d1i{n}": as_html(evidence_of(x).of(odd.text)) for n, x in enumerate(items(odd))}
    assert marked == expected and len(marked) == len(odd.statements) + 1


def test_an_item_lights_its_words_and_words_their_item(visit: Visits, served: str, places: dict[str, str]) -> None:
    page = visit(served + places["document"])
    line = page.locator("section.record li[id]").first
    ref = (line.get_attribute("id") or "")[:-1]
    mark = page.locator(f'section.text mark[data-ref="{ref}"]').first
    lit = lambda: page.evaluate(  # noqa: E731
        "[...new Set([...document.querySelectorAll('.lit')].map(x => x.dataset.ref || x.id.slice(0, -1)))]"
    )
    line.hover()
    assert lit() == [ref]
    page.locator("h1").hover()
    assert lit() == []
    mark.hover()
    assert ref in lit()
    page.locator("h1").hover()
    line.locator("a").first.focus()
    assert lit() == [ref]
    mark.focus()
    assert ref in lit()
    assert page.locator(f'section.text mark[data-ref="{ref}"].lit').count() >= 1


def test_an_item_is_corrected_and_the_layer_shows_it(visit: Visits, copied: str, places: dict[str, str]) -> None:
    page = visit(copied + places["document"])
    line = page.locator("section.record li:has(a.act)").first
    before = line.locator("a.act").inner_text()
    line.locator("summary").click()
    line.get_by_role("link", name="Correct or confirm").click()
    form = line.locator("form.correct")
    expect(form).to_be_visible()
    wanted = "warn" if "warn" not in before else "thank"
    form.locator("select[name=act]").select_option(wanted)
    form.locator("input[name=reviewer]").fill("Ana")
    form.get_by_role("button", name="Keep the correction").click()
    expect(page.locator("#changes")).to_contain_text("1 item")
    expect(page.locator("section.record li:has(.pill) a.act")).to_contain_text(wanted)
    expect(page.locator("section.record li .pill")).to_contain_text("Ana")
    page.get_by_role("link", name="As the machine read it").click()
    expect(page.locator("section.record a.act").first).to_have_text(before)


def test_what_is_confirmed_leaves_the_queue(visit: Visits, copied: str) -> None:
    page = visit(copied + "/queue")
    cards = page.locator("ol.doubts > li")
    total, first = cards.count(), cards.first.inner_text()
    assert total > 1
    page.locator("main input[name=reviewer]").first.fill("Ana")
    cards.first.get_by_role("button", name="Right as it is").click()
    page.wait_for_url("**/queue?*")
    assert first not in [card.inner_text() for card in cards.all()]


def test_a_statement_that_was_missed_is_added_from_a_selection(
    visit: Visits, copied: str, places: dict[str, str]
) -> None:
    page = visit(copied + places["document"])
    page.locator("#add-statement summary").click()
    words: str = page.evaluate("""() => {
      const walker = document.createTreeWalker(document.querySelector("section.text"), NodeFilter.SHOW_TEXT);
      let node = walker.nextNode();
      while (node.data.trim().length < 12) node = walker.nextNode();
      const range = document.createRange();
      range.selectNodeContents(node);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return range.toString();
    }""")
    form = page.locator("#add-statement form")
    expect(form.locator("textarea[name=words]")).to_have_value(words)
    form.locator("input[name=person]").first.fill("Ana Example")
    form.locator("input[name=of]").first.fill("FRA")
    form.locator("input[name=reviewer]").fill("Ana")
    form.get_by_role("button", name="Keep the statement").click()
    expect(page.locator("#changes")).to_contain_text("1 item")


def test_it_is_printed_with_its_text_and_record(
    visit: Visits, served: str, places: dict[str, str], tmp_path: Path
) -> None:
    page = visit(served + places["document"])
    page.emulate_media(media="print")
    assert page.locator("section.text").is_visible() and page.locator("section.record").is_visible()
    assert not page.locator("form").first.is_visible()
    assert len(page.pdf()) > 10_000
