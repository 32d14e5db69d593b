"""Every format: what it says, what it escapes, and that marked words are the words."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from samples import HOSTILE, NAMES, REFUSALS, hostile, records, sample

from readout.errors import SettingError
from readout.exporting import FORMAT_WORDS, FORMATS, render, render_html, render_json, render_markdown, render_text
from readout.exporting.arranging import speaker_groups
from readout.exporting.article import LETTERS, marks_of
from readout.exporting.escaping import is_odd, quoted, visible, visible_lines
from readout.exporting.text import columns, wrapped
from readout.records import FAMILY, Record, loads

slow = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


class Page(HTMLParser):
    """Reads a page: the text of each mark by item and layer, the whole text, all tags, and whether they nest."""

    void = frozenset({"meta", "img", "br", "link", "input"})

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, dict[str, str | None]]] = []
        self.marks: dict[tuple[str, str], str] = {}
        self.text: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.feed(page)
        self.close()
        assert not self.stack

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if "id" in dict(attrs):
            self.ids.append(str(dict(attrs)["id"]))
        if tag not in self.void:
            self.stack.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        article = next((str(a.get("id")) for t, a in self.stack if t == "article"), "")
        if any(t == "section" and a.get("class") == "text" for t, a in self.stack):
            self.text[article] = self.text.get(article, "") + data
        for tag, attrs in self.stack:
            if tag == "mark":
                if "data-ref" not in attrs:  # the key above the text
                    continue
                key = (str(attrs["data-ref"]), str(attrs["class"]).split()[0])
                self.marks[key] = self.marks.get(key, "") + data


def holdable(text: str) -> str:
    """``text`` as HTML can hold it."""
    return "".join("\ufffd" if c == "\0" or 0xD800 <= ord(c) <= 0xDFFF else c for c in text)


def check_marks(record: Record) -> Page:
    """The page of one record: the text is whole, every mark its slice."""
    page = Page(render_html(record))
    assert page.text.get("d1", "") == holdable(record.text)
    for mark in marks_of(record, "d1"):
        same = [m for m in marks_of(record, "d1") if (m.ref, m.layer) == (mark.ref, mark.layer)]
        if len(same) == 1:
            assert page.marks[(mark.ref, mark.layer)] == holdable(mark.span.of(record.text))
    assert len(page.ids) == len(set(page.ids))
    return page


def test_marks_of_the_sample_are_the_slices() -> None:
    check_marks(sample())


def test_marks_of_hostile_text_are_the_slices() -> None:
    check_marks(hostile())


@slow
@given(records())
def test_marks_of_any_record_are_the_slices(record: Record) -> None:
    check_marks(record)


def test_links_lead_somewhere() -> None:
    page = Page(render_html(sample(), hostile(), *REFUSALS, why=True))
    targets = {str(a["href"])[1:] for t, a in page.tags if t == "a" and str(a.get("href")).startswith("#")}
    described = {str(a["aria-describedby"]) for _, a in page.tags if "aria-describedby" in a}
    assert targets | described <= set(page.ids)


def test_page_loads_nothing_and_runs_nothing() -> None:
    text = render_html(sample(), hostile(), *REFUSALS, why=True)
    page = Page(text)
    names = {t for t, _ in page.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "form", "base", "svg"}
    assert not any(name.startswith("on") or name == "style" for _, attrs in page.tags for name in attrs)
    hrefs = [str(a["href"]) for _, a in page.tags if "href" in a]
    assert all(h.startswith(("#", "https://example.org/")) for h in hrefs)
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert str(policy).startswith("default-src 'none'")
    assert "url(" not in text.split("</style>")[0]


def test_style_matches_the_policy() -> None:
    import base64
    import hashlib

    text = render_html(sample())
    style = text.split("<style>")[1].split("</style>")[0]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in text.split("<style>")[0]


def test_an_override_is_isolated_and_shown() -> None:
    assert '<span class="odd" data-code="\\u202e">\u202e</span>' in render_html(hostile())


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_hostile_text_is_shown_escaped(format: str) -> None:
    out = "".join(render([hostile(), *REFUSALS], format, why=True))
    assert not [c for c in out if is_odd(c) and c != "\n"]
    assert "\\x1b[31mred" in out.replace("\\\\", "\\").replace("\\[", "[")
    if format == "markdown":
        assert not re.search(r"(?<!\\)[<`\[\]]", out)


@slow
@given(records())
def test_any_record_is_told(record: Record) -> None:
    for format in FORMATS:
        out = "".join(render([record], format, why=True))
        if format in ("text", "markdown"):
            assert not [c for c in out if is_odd(c) and c != "\n"]
    assert "\x1b[" not in render_text(record)


def test_text_tells_the_sample() -> None:
    out = render_text(sample(), width=200, names=NAMES)
    for line in (
        "Phone call, 10 January 2022: Wang Yi (foreign minister, China) called "
        "Mukhtar Tileuberdi (foreign minister, Kazakhstan; probable)",
        "Before: Message, 7 January 2022: Xi Jinping (head of state, China) sent a message to "
        "the head of state of Kazakhstan",
        "Planned: Visit, Astana: China is to visit Kazakhstan (?)",
        "    commit +       “China will provide assistance by the end of June if it is asked to” → Kazakhstan",
        "    thank ?        «“all friends of the 🇰🇿 people” – among them Zhañyl̈» (via “he said”)",
        "  China → Kazakhstan, firm",
        "    deadline: “by the end of June”",
        "  China – Kazakhstan, strategic partnership: “strategic partners”",
        "  attack, Kazakhstan, January 2022 (asserted by Kazakhstan): “the attacks”",
        "  “the Secretary” (person): two offices fit: SCO and UN",
        "  visit, “to visit”: 0.45: the speaker is a pronoun",
    ):
        assert line in out.splitlines()
    assert "rule: X telephoned Y" not in out
    assert "rule: X telephoned Y" in render_text(sample(), why=True)
    start = sample().encounters[0].evidence.start
    assert f"[{start}, " in render_text(sample(), why=True)


def test_colour_only_when_asked() -> None:
    assert "\x1b" not in render_text(sample())
    coloured = render_text(sample(), colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render_text(sample())


def test_refusals_are_shown_in_every_format() -> None:
    for format in FORMATS:
        assert "R406" in "".join(render(REFUSALS, format))
        assert "R406" in "".join(render([sample(), *REFUSALS], format))


def test_json_is_one_object_or_a_list() -> None:
    assert json.loads("".join(render_json([]))) == []
    assert json.loads("".join(render_json([sample()]))) == json.loads(json.dumps(sample().to_json()))
    many = json.loads("".join(render_json([sample(), REFUSALS[0], sample()])))
    assert [loads(json.dumps(x)) for x in many] == [sample(), REFUSALS[0], sample()]


def test_jsonl_streams_and_round_trips() -> None:
    given_out: list[int] = []

    def stream():  # type: ignore[no-untyped-def]
        for n, item in enumerate((sample(), hostile(), *REFUSALS)):
            given_out.append(n)
            yield item

    parts = render(stream(), "jsonl")
    first = next(parts)
    assert given_out == [0]
    lines = [first, *parts]
    assert all(len(line.splitlines()) == 1 for line in lines)
    assert [loads(line) for line in lines] == [sample(), hostile(), *REFUSALS]


def test_formats_are_explained_and_an_unknown_one_refused() -> None:
    assert set(FORMAT_WORDS) == set(FORMATS)
    with pytest.raises(SettingError, match="R701 format 'pdf'"):
        render([], "pdf")


def test_every_act_has_its_own_letter() -> None:
    assert set(LETTERS) == set(FAMILY)
    assert len(set(LETTERS.values())) == len(LETTERS)


def test_groups_follow_the_text() -> None:
    assert [g.speakers[0].person for g in speaker_groups(sample())] == ["Wang Yi", "Mukhtar Tileuberdi"]


def test_markdown_tells_the_sample() -> None:
    out = render_markdown(sample(), names=NAMES)
    assert out.startswith("# Wang Yi telephones Tileuberdi\n")
    assert "- **affirm** “China and Kazakhstan are strategic partners”" in out
    assert "→ Kazakhstan *(continued)*" in out


@pytest.mark.parametrize(
    ("words", "shown"),
    [("a", "“a”"), ('say "a"', '«say "a"»'), ("“a”", "«“a”»"), ("“a” «b»", "‹“a” «b»›"), ("“«‹", "⟦“«‹⟧")],
)
def test_quotation_marks_differ_from_those_inside(words: str, shown: str) -> None:
    assert quoted(words) == shown


def test_wrapping_counts_columns() -> None:
    assert columns("北京") == 4
    assert columns("e\u0301") == 1
    assert list(wrapped("aa bb cc", 5)) == ["aa bb", "cc"]
    assert list(wrapped("x" * 9, 5)) == ["x" * 9]
    assert visible("a\n b\x1b") == "a b\\x1b"
    assert HOSTILE not in visible(HOSTILE)
    assert visible_lines("a\tb\r\nc\rd\n\x1b\u202e\x9bé") == "a\tb\r\nc\\x0dd\n\\x1b\\u202e\\x9bé"
