"""One record as markup, for every page that shows one: the marked text, and the record beside it.

Every character of a document is escaped. The marked text is the text: read back by a parser, the marks of a span give
exactly its slice (NUL and lone surrogates, which HTML cannot hold, become U+FFFD).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
from readout.records import Commitment, Encounter, Occurrence, Record, Relation, Span, Statement

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


class Article:
    """One record: the marked text, and the record beside it.

    Args:
        number: counts the records of a page; the ids of the markup begin with it.
        why: adds how each item was reached.
        after: markup that is put behind an item of the record, such as a link of the page's own.
    """

    def __init__(
        self, record: Record, number: int, names: Names | None, why: bool, after: Callable[[Item], str] | None = None
    ) -> None:
        self.record, self.names, self.why, self.after = record, names, why, after
        self.prefix = f"d{number}"
        self.refs = {id(x): f"{self.prefix}i{n}" for n, x in enumerate(items(record))}

    def parts(self) -> Iterator[str]:
        """The whole article, its title a heading of the second order."""
        yield f'<article id="{self.prefix}" aria-labelledby="{self.prefix}h">\n<header>'
        yield f'<h2 id="{self.prefix}h"><bdi>{html_words(visible(self.record.title or self.record.id))}</bdi></h2>\n'
        yield self.facts()
        yield from self.encounters()
        yield self.key()
        yield "</header>\n"
        yield from self.beside()
        yield "</article>\n"

    def facts(self) -> str:
        """Date, issuer, name and address in one paragraph; only an address of the web becomes a link."""
        record = self.record
        day = day_words(record.date) if record.date else ""
        facts = [html_words(visible(f)) for f in head_facts(record, day, self.names) if f != record.url]
        if record.url:
            shown = html_words(visible(record.url))
            safe = record.url.lower().startswith(("https://", "http://"))
            facts.append(f'<a rel="noopener noreferrer" href="{attr(record.url)}">{shown}</a>' if safe else shown)
        return '<p class="facts">' + " · ".join(f"<bdi>{f}</bdi>" for f in facts) + "</p>"

    def beside(self) -> Iterator[str]:
        """The text and, beside it, what was read from it save the encounters."""
        yield '<div class="beside">\n<section class="text" aria-label="Text">'
        yield from self.text()
        yield '</section>\n<section class="record" aria-label="Record">\n'
        yield from self.statements()
        yield from self.listed("Promises", self.record.commitments)
        yield from self.listed("Relations", self.record.relations)
        yield from self.listed("What happened", self.record.occurrences)
        yield from self.rest()
        yield "</section>\n</div>\n"

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
        """A list of who met, called or wrote to whom."""
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
        """What was said, by speaker."""
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
        """Items of one kind in the order of the text."""
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
        """What an item is, on one line."""
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
        """What was not resolved, what is doubtful, and notes on the text."""
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
        """The words of a span in quotation marks, on one line."""
        return html_words(quoted(visible(span.of(self.record.text))))

    def doubt(self, x: Item) -> str:
        """A word beside what is doubtful."""
        if not is_doubtful(x.confidence):
            return ""
        return f' <span class="doubt" title="{attr(doubt_words(x.confidence))}">doubtful</span>'

    def reasons(self, x: Item) -> str:
        """How an item was reached, where that is asked for, and what the page puts behind it."""
        return (self.steps(x) if self.why else "") + (self.after(x) if self.after else "")

    def steps(self, x: Item) -> str:
        """How an item was reached, step by step."""
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
