"""Records as one HTML page that needs nothing else: the text with its spans marked, beside what was read from it.

The page has no script and loads nothing; its content security policy forbids both. Every character of a document is
escaped. The marked text is the text: read back by a parser, the marks of a span give exactly its slice (NUL and lone
surrogates, which HTML cannot hold, become U+FFFD). The record itself is not read back from the page: use JSON for that.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib import resources

from readout.exporting.arranging import (
    Item,
    doubt_words,
    doubtful,
    encounters_of,
    evidence_of,
    explain,
    head_facts,
    is_doubtful,
    items,
    kind_of,
    occurrence_words,
    promise_words,
    relation_words,
    speaker_groups,
)
from readout.exporting.escaping import html_attribute as attr
from readout.exporting.escaping import html_words, quoted, visible
from readout.exporting.marking import Mark, pieces
from readout.exporting.wording import Names, actors_words, day_words, encounter_head, encounter_words, sides
from readout.records import Commitment, Encounter, Occurrence, Record, Refusal, Relation, Span, Statement

LETTERS = {
    "discuss": "D",
    "inform": "I",
    "assess": "A",
    "affirm": "F",
    "commit": "C",
    "offer": "O",
    "request": "R",
    "demand": "M",
    "warn": "W",
    "support": "S",
    "thank": "T",
    "congratulate": "G",
    "condole": "L",
    "concern": "N",
    "criticise": "K",
    "reject": "J",
    "agree": "E",
}
"""The letter that stands for an act beside the marked words; the record beside the text spells it out."""

_COLOURS = 8
_KEY = (
    ("encounter", "encounter"),
    ("statement", "what was said, by speaker"),
    ("cue", "reporting words"),
    ("promise", "promise"),
    ("relation", "relation"),
    ("occurrence", "what happened"),
    ("unresolved", "not resolved"),
)


def render_html(
    *found: Record | Refusal, names: Names | None = None, why: bool = False, title: str | None = None
) -> str:
    """One self-contained page with every record and refusal given.

    Args:
        found: records and refusals, shown in this order.
        names: from codes to names; codes are shown where it is None.
        why: adds how each item was reached, its id and its offsets.
        title: of the page; the title of the record where there is one alone.
    """
    return "".join(render_html_parts(found, names=names, why=why, title=title))


def render_html_parts(
    found: tuple[Record | Refusal, ...], *, names: Names | None = None, why: bool = False, title: str | None = None
) -> Iterator[str]:
    """The page of ``render_html`` in parts, so that a long one need not be held as a whole."""
    style = page_style()
    policy = f"default-src 'none'; style-src 'sha256-{_digest(style)}'; base-uri 'none'; form-action 'none'"
    name = title or (_title(found[0]) if len(found) == 1 else f"{len(found)} documents")
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{html_words(visible(name))} – readout</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )
    if len(found) > 1:
        yield '<nav aria-label="Documents"><h1>' + html_words(visible(name)) + "</h1>\n<ol>\n"
        for n, item in enumerate(found, 1):
            what = ' <span class="refused">not read</span>' if isinstance(item, Refusal) else ""
            yield f'<li><a href="#d{n}">{html_words(visible(_title(item)))}</a>{what}</li>\n'
        yield "</ol></nav>\n"
    yield "<main>\n"
    for n, item in enumerate(found, 1):
        if isinstance(item, Refusal):
            yield _refusal(item, n)
        else:
            yield from _Article(item, n, names, why).parts()
    yield "</main>\n</body>\n</html>\n"


def marks_of(record: Record, prefix: str, names: Names | None = None) -> tuple[Mark, ...]:
    """Every span of a record as a mark; ``ref`` is ``prefix`` and the place of its item in the record."""
    out: list[Mark] = []
    groups = {id(s): g for g in speaker_groups(record) for s in g.statements}
    for n, x in enumerate(items(record)):
        ref = f"{prefix}i{n}"

        def add(span: Span | None, layer: str, title: str, group: int | None = None, letter: str = "", ref: str = ref
                ) -> None:  # fmt: skip
            if span:
                out.append(Mark(span=span, ref=ref, layer=layer, title=title, group=group, letter=letter))

        match x:
            case Statement():
                group = groups[id(x)]
                who = actors_words(group.speakers, names)
                add(x.content, "statement", f"{x.act} ({x.attribution}): {who}", group.number, LETTERS[x.act])
                add(x.cue, "cue", f"reporting words: {who}", group.number)
                add(x.via, "via", "credit")
            case Encounter():
                add(x.evidence, "encounter", f"{encounter_head(x)}: {encounter_words(x, names)}")
                add(x.date_words, "date", f"date of {encounter_head(x)}")
                add(x.place_words, "place", f"place of {encounter_head(x)}")
            case Commitment():
                add(x.action, "promise", f"promise: {promise_words(x, names)}")
                add(x.deadline, "deadline", "deadline of a promise")
                add(x.condition, "condition", "condition of a promise")
            case _:
                add(evidence_of(x), kind_of(x).split(":")[0], kind_of(x))
    for n, u in enumerate(record.unresolved):
        out.append(Mark(span=u.span, ref=f"{prefix}u{n}", layer="unresolved", title=f"{u.what}: {u.reason}"))
    return tuple(out)


class _Article:
    """One record as an ``<article>``: the marked text, and the record beside it."""

    def __init__(self, record: Record, number: int, names: Names | None, why: bool) -> None:
        self.record, self.names, self.why = record, names, why
        self.prefix = f"d{number}"
        self.refs = {id(x): f"{self.prefix}i{n}" for n, x in enumerate(items(record))}

    def parts(self) -> Iterator[str]:
        record = self.record
        day = day_words(record.date) if record.date else ""
        facts = [html_words(visible(f)) for f in head_facts(record, day, self.names) if f != record.url]
        if record.url:
            shown = html_words(visible(record.url))
            safe = record.url.lower().startswith(("https://", "http://"))
            facts.append(f'<a rel="noopener noreferrer" href="{attr(record.url)}">{shown}</a>' if safe else shown)
        yield f'<article id="{self.prefix}" aria-labelledby="{self.prefix}h">\n<header>'
        yield f'<h2 id="{self.prefix}h"><bdi>{html_words(visible(_title(record)))}</bdi></h2>\n'
        yield '<p class="facts">' + " · ".join(f"<bdi>{f}</bdi>" for f in facts) + "</p>"
        yield from self.encounters()
        yield self.key()
        yield '</header>\n<div class="beside">\n<section class="text" aria-label="Text">'
        yield from self.text()
        yield '</section>\n<section class="record" aria-label="Record">\n'
        yield from self.statements()
        yield from self.listed("Promises", record.commitments)
        yield from self.listed("Relations", record.relations)
        yield from self.listed("What happened", record.occurrences)
        yield from self.rest()
        yield "</section>\n</div>\n</article>\n"

    def key(self) -> str:
        """A line on what the marks in the text mean; only the layers that occur."""
        used = {m.layer for m in marks_of(self.record, self.prefix)}
        shown = [f'<mark class="{k} g0">{words}</mark>' for k, words in _KEY if k in used]
        return f'<p class="key">Marks: {" · ".join(shown)}</p>' if shown else ""

    def text(self) -> Iterator[str]:
        """The text, cut at the edges of its spans; the first piece of each item bears its id and can be reached."""
        seen: set[tuple[str, str]] = set()
        for piece in pieces(len(self.record.text), marks_of(self.record, self.prefix, self.names)):
            opening, closing = "", ""
            for mark in piece.marks:
                first = (mark.ref, mark.layer) not in seen
                seen.add((mark.ref, mark.layer))
                opening += _open(mark, first)
                closing += "</mark>"
            yield opening + html_words(piece.span.of(self.record.text)) + closing

    def encounters(self) -> Iterator[str]:
        if not self.record.encounters:
            return
        yield '\n<ul class="encounters">\n'
        for status, label in (("reported", ""), ("past", "Before: "), ("planned", "Planned: ")):
            for e in encounters_of(self.record, status):
                words = html_words(visible(encounter_words(e, self.names)))
                head = html_words(visible(label + encounter_head(e)))
                yield f'<li class="{status}" id="{self.refs[id(e)]}r"><a href="#{self.refs[id(e)]}">{head}</a>: '
                yield f"<bdi>{words}</bdi>{self.doubt(e)}{self.reasons(e)}</li>\n"
        yield "</ul>"

    def statements(self) -> Iterator[str]:
        if self.record.statements:
            yield "<h3>What was said</h3>\n"
        for group in speaker_groups(self.record):
            who = html_words(visible(actors_words(group.speakers, self.names)))
            colour = f"g{group.number % _COLOURS}"
            yield f'<h4 class="{colour}"><bdi>{who}</bdi></h4>\n<ul class="{colour}">\n'
            for s in group.statements:
                ref = self.refs[id(s)]
                yield f'<li id="{ref}r"><a class="act" href="#{ref}"><b>{LETTERS[s.act]}</b> {s.act}</a> '
                yield f"{self.words(s.content)}"
                if s.toward:
                    yield f' <span class="aside">→ {html_words(visible(sides(s.toward, self.names)))}</span>'
                if s.attribution != "explicit":
                    said = "continued" if s.attribution == "continued" else "the document’s own voice"
                    yield f' <span class="aside">({said})</span>'
                if s.via:
                    yield f' <span class="aside">via</span> {self.words(s.via)}'
                yield f"{self.doubt(s)}{self.reasons(s)}</li>\n"
            yield "</ul>\n"

    def listed(self, heading: str, found: tuple[Item, ...]) -> Iterator[str]:
        if not found:
            return
        yield f"<h3>{heading}</h3>\n<ul>\n"
        for x in sorted(found, key=evidence_of):
            ref = self.refs[id(x)]
            yield f'<li id="{ref}r"><a href="#{ref}">{html_words(visible(self.head(x)))}</a>: '
            yield self.words(evidence_of(x))
            if isinstance(x, Commitment):
                for label, span in (("deadline:", x.deadline), ("condition:", x.condition)):
                    if span:
                        yield f' <span class="aside">{label}</span> {self.words(span)}'
            yield f"{self.doubt(x)}{self.reasons(x)}</li>\n"
        yield "</ul>\n"

    def head(self, x: Item) -> str:
        match x:
            case Commitment():
                return promise_words(x, self.names)
            case Relation():
                return relation_words(x, self.names)
            case Occurrence():
                return occurrence_words(x, self.names)
            case _:
                return kind_of(x)

    def rest(self) -> Iterator[str]:
        record = self.record
        if record.unresolved:
            yield "<h3>Not resolved</h3>\n<ul>\n"
            for n, u in enumerate(record.unresolved):
                ref = f"{self.prefix}u{n}"
                yield f'<li id="{ref}r"><a href="#{ref}">{html_words(visible(u.what))}</a>: {self.words(u.span)}: '
                yield f"{html_words(visible(u.reason))}</li>\n"
            yield "</ul>\n"
        if found := doubtful(record):
            yield "<h3>Doubtful</h3>\n<ul>\n"
            for x in found:
                yield f'<li><a href="#{self.refs[id(x)]}">{kind_of(x)}</a>: {self.words(evidence_of(x))}, '
                yield f"{html_words(visible(doubt_words(x.confidence)))}</li>\n"
            yield "</ul>\n"
        if record.notes:
            yield "<h3>Notes on the text</h3>\n<ul>\n"
            for note in record.notes:
                yield f"<li>{html_words(visible(note.message))}"
                yield f" {self.words(note.span)}</li>\n" if note.span else "</li>\n"
            yield "</ul>\n"
        if not any((record.encounters, record.statements, record.relations, record.occurrences)):
            yield "<p>Nothing found: no encounter, no statement, no relation, no occurrence.</p>\n"

    def words(self, span: Span) -> str:
        return html_words(quoted(visible(span.of(self.record.text))))

    def doubt(self, x: Item) -> str:
        if not is_doubtful(x.confidence):
            return ""
        return f' <span class="doubt" title="{attr(doubt_words(x.confidence))}">doubtful</span>'

    def reasons(self, x: Item) -> str:
        if not self.why:
            return ""
        steps = "".join(f"<li>{html_words(visible(step))}</li>" for step in explain(x, self.names))
        return f"<ul class='why'>{steps}</ul>"


def _open(mark: Mark, first: bool) -> str:
    """The opening tag of one mark; the first piece of an item's main span carries its id and can take the focus."""
    group = f" g{mark.group % _COLOURS}" if mark.group is not None else ""
    out = f'<mark class="{mark.layer}{group}" data-ref="{mark.ref}" title="{attr(mark.title)}"'
    if first and mark.layer not in ("cue", "via", "date", "place", "deadline", "condition"):
        out += f' id="{mark.ref}" tabindex="0" aria-describedby="{mark.ref}r"'
        if mark.letter:
            out += f' data-act="{mark.letter}"'
    return out + ">"


def _title(item: Record | Refusal) -> str:
    return item.id if isinstance(item, Refusal) else item.title or item.id


def _refusal(item: Refusal, n: int) -> str:
    source = (
        f"<p class='facts'>{html_words(visible(item.source))}</p>" if item.source and item.source != item.id else ""
    )
    return (
        f'<article id="d{n}" class="refusal"><h2>Not read: <bdi>{html_words(visible(item.id))}</bdi></h2>'
        f"{source}<p><b>{html_words(visible(item.code))}</b> {html_words(visible(item.message))}</p></article>\n"
    )


def record_style() -> str:
    """How a record and the marks in its text look, wherever it is shown."""
    return resources.files("readout.exporting").joinpath("record.css").read_text(encoding="utf-8")


def page_style() -> str:
    """The whole style of a page that needs nothing else."""
    return record_style() + resources.files("readout.exporting").joinpath("page.css").read_text(encoding="utf-8")


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
