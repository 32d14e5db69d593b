"""The record as plain text for a terminal or a mail.

Drops nothing that a reader needs, but is not read back: use JSON for that. Without ``why`` it leaves out ids,
offsets and the way each item was reached.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from readout.exporting.arranging import (
    Item,
    doubt_words,
    doubtful,
    encounters_of,
    evidence_of,
    explain,
    head_facts,
    is_doubtful,
    kind_of,
    occurrence_words,
    promise_words,
    relation_words,
    speaker_groups,
)
from readout.exporting.escaping import quoted, visible
from readout.exporting.wording import Names, actors_words, day_words, encounter_head, encounter_words, sides
from readout.records import Record, Refusal, Span, Statement

_BOLD, _DIM, _RED = "1", "2", "31"
_SIDES = ("36", "35", "32", "34", "33", "31")  # readable on dark and on light
_ACT_WIDTH = 14
_LEGEND = (("continued", "+ goes on with the speech before it"), ("issuer", "§ the document's own voice"))
_MARKS = {"explicit": "", "continued": " +", "issuer": " §"}


def render_text(
    item: Record | Refusal,
    *,
    colour: bool = False,
    width: int = 88,
    why: bool = False,
    names: Names | None = None,
) -> str:
    """One record, or one refusal, as text that ends with a line end.

    Args:
        item: what to tell.
        colour: whether to use ANSI colours, one a side; False gives no escape sequence at all.
        width: columns to wrap at; at least 40.
        why: adds how each item was reached, its id and its offsets.
        names: from codes to names; codes are shown where it is None.
    """
    page = _Page(colour=colour, width=max(40, width))
    if isinstance(item, Refusal):
        page.line(page.paint(f"Not read: {visible(item.id)}", _BOLD, _RED))
        page.wrap(visible(f"{item.code} {item.message}"), indent=2)
        if item.source and item.source != item.id:
            page.wrap(visible(f"source: {item.source}"), indent=2)
        return page.done()
    _Telling(page, item, names, why).tell()
    return page.done()


class _Telling:
    """One record being told onto one page."""

    def __init__(self, page: _Page, record: Record, names: Names | None, why: bool) -> None:
        self.page, self.record, self.names, self.why = page, record, names, why
        self.groups = speaker_groups(record)
        codes: dict[str, str] = {}
        for group in self.groups:
            codes.setdefault(group.side, _SIDES[len(codes) % len(_SIDES)])
        self.colours = codes

    def tell(self) -> None:
        record, page = self.record, self.page
        page.wrap(visible(record.title or record.id), 0, _BOLD)
        date = day_words(record.date) if record.date else ""
        page.wrap(visible(" · ".join(head_facts(record, date, self.names))), 0, _DIM)
        self.encounters()
        self.statements()
        self.promises()
        self.relations()
        self.occurrences()
        self.unresolved()
        self.doubts()
        self.notes()
        if not any((record.encounters, record.statements, record.relations, record.occurrences)):
            page.line("")
            page.line("Nothing found: no encounter, no statement, no relation, no occurrence.")

    def encounters(self) -> None:
        if self.record.encounters:
            self.page.line("")
        for status, title in (("reported", ""), ("past", "Before: "), ("planned", "Planned: ")):
            for e in encounters_of(self.record, status):
                words = f"{title}{encounter_head(e)}: {encounter_words(e, self.names)}{self.mark(e)}"
                self.page.wrap(visible(words), 0, _BOLD if status == "reported" else "", hang=2)
                self.explained(e, 2)

    def statements(self) -> None:
        page = self.page
        if not self.groups:
            return
        page.heading("What was said")
        used = {s.attribution for s in self.record.statements}
        for n, group in enumerate(self.groups):
            if n:
                page.line("")
            page.wrap(visible(actors_words(group.speakers, self.names)), 2, _BOLD, self.colours[group.side])
            for s in group.statements:
                self.statement(s, self.colours[group.side])
        legend = [words for kind, words in _LEGEND if kind in used]
        if any(is_doubtful(s.confidence) for s in self.record.statements):
            legend.append("? doubtful")
        if legend:
            page.line("")
            page.wrap("   ".join(legend), 2, _DIM)

    def statement(self, s: Statement, colour: str) -> None:
        page = self.page
        label = s.act + _MARKS[s.attribution] + (" ?" if is_doubtful(s.confidence) else "")
        words = self.words(s.content)
        if s.toward:
            words += f" → {visible(sides(s.toward, self.names))}"
        if s.via:
            words += f" (via {self.words(s.via)})"
        page.labelled(label, words, 4, _ACT_WIDTH, colour)
        self.explained(s, 4 + _ACT_WIDTH + 1)

    def promises(self) -> None:
        if not self.record.commitments:
            return
        self.page.heading("Promises")
        for c in sorted(self.record.commitments, key=evidence_of):
            self.page.wrap(visible(promise_words(c, self.names)) + self.mark(c), 2, _BOLD)
            self.page.wrap(self.words(c.action), 4)
            for label, span in (("deadline", c.deadline), ("condition", c.condition)):
                if span:
                    self.page.wrap(f"{label}: {self.words(span)}", 4)
            self.explained(c, 4)

    def relations(self) -> None:
        if not self.record.relations:
            return
        self.page.heading("Relations")
        for r in sorted(self.record.relations, key=evidence_of):
            words = f"{visible(relation_words(r, self.names))}: {self.words(r.label)}{self.mark(r)}"
            self.page.wrap(words, 2, hang=2)
            self.explained(r, 4)

    def occurrences(self) -> None:
        if not self.record.occurrences:
            return
        self.page.heading("What happened")
        for o in sorted(self.record.occurrences, key=evidence_of):
            words = f"{visible(occurrence_words(o, self.names))}: {self.words(o.span)}{self.mark(o)}"
            self.page.wrap(words, 2, hang=2)
            self.explained(o, 4)

    def unresolved(self) -> None:
        if not self.record.unresolved:
            return
        self.page.heading("Not resolved")
        for u in sorted(self.record.unresolved, key=lambda u: u.span):
            self.page.wrap(f"{self.words(u.span)} ({visible(u.what)}): {visible(u.reason)}", 2, hang=2)
            if self.why:
                self.page.wrap(f"[{u.span.start}, {u.span.end})", 4, _DIM)

    def doubts(self) -> None:
        found = doubtful(self.record)
        if not found:
            return
        self.page.heading("Doubtful")
        for x in found:
            words = f"{kind_of(x)}, {self.words(evidence_of(x))}: {visible(doubt_words(x.confidence))}"
            self.page.wrap(words, 2, hang=2)

    def notes(self) -> None:
        if not self.record.notes:
            return
        self.page.heading("Notes on the text")
        for n in self.record.notes:
            self.page.wrap(visible(n.message) + (f" {self.words(n.span)}" if n.span else ""), 2, hang=2)

    def words(self, span: Span) -> str:
        return quoted(visible(span.of(self.record.text)))

    def mark(self, x: Item) -> str:
        return " (?)" if is_doubtful(x.confidence) else ""

    def explained(self, x: Item, indent: int) -> None:
        if self.why:
            for step in explain(x, self.names):
                self.page.wrap(visible(step), indent, _DIM, hang=2)


class _Page:
    """Lines of a page under way: wrapping by the columns that characters take, colour only if wanted."""

    def __init__(self, *, colour: bool, width: int) -> None:
        self.colour, self.width = colour, width
        self.lines: list[str] = []

    def paint(self, text: str, *codes: str) -> str:
        used = [c for c in codes if c]
        return f"\x1b[{';'.join(used)}m{text}\x1b[0m" if self.colour and used and text else text

    def line(self, text: str) -> None:
        self.lines.append(text)

    def heading(self, title: str) -> None:
        self.lines += ["", self.paint(title.upper(), _BOLD)]

    def wrap(self, text: str, indent: int, *codes: str, hang: int = 0) -> None:
        first = True
        for row in wrapped(text, self.width - indent, hang=hang):
            self.line(" " * (indent if first else indent + hang) + self.paint(row, *codes))
            first = False

    def labelled(self, label: str, text: str, indent: int, label_width: int, colour: str) -> None:
        column = indent + label_width + 1
        for n, row in enumerate(wrapped(text, self.width - column)):
            if n:
                self.line(" " * column + row)
            else:
                gap = " " * max(1, label_width - len(label) + 1)
                self.line(" " * indent + self.paint(label, colour) + gap + row)

    def done(self) -> str:
        return "\n".join(self.lines) + "\n"


def columns(text: str) -> int:
    """The terminal columns that ``text`` takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    total = 0
    for c in text:
        if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf"):
            continue
        total += 2 if unicodedata.east_asian_width(c) in "WF" else 1
    return total


def wrapped(text: str, width: int, *, hang: int = 0) -> Iterator[str]:
    """``text`` in rows of at most ``width`` columns, cut at spaces alone; a longer word has a row of its own.

    Rows after the first are ``hang`` columns shorter, for a hanging indent.
    """
    row: list[str] = []
    used = 0
    room = width
    for word in text.split(" "):
        size = columns(word)
        if row and used + 1 + size > room:
            yield " ".join(row)
            row, used, room = [], 0, width - hang
        used += size + (1 if row else 0)
        row.append(word)
    yield " ".join(row)


def render_texts(
    items: Iterable[Record | Refusal],
    *,
    colour: bool = False,
    width: int = 88,
    why: bool = False,
    names: Names | None = None,
) -> Iterator[str]:
    """Several records or refusals as text, with a rule between them, as they come."""
    for n, item in enumerate(items):
        rule = "\n" + "─" * min(width, 88) + "\n\n" if n else ""
        yield rule + render_text(item, colour=colour, width=width, why=why, names=names)
