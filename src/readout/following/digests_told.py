"""What is new as a page for people, in plain text or Markdown, and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from readout.exporting.escaping import markdown_words, quoted
from readout.exporting.wording import Names, joined, name_of, sides, spaced
from readout.following.changing import Changed, ChangedPhrase
from readout.following.digests import Digest, Happening, NewContact, NewDocument, NewLabel
from readout.following.ledger import Wording
from readout.following.persons_told import contact_lines, page, party_words, pledge_lines, told_words
from readout.following.phrases import Use
from readout.following.tellings import Source
from readout.querying.tabulating import csv_lines

DIGEST_COLUMNS = ("part", "kind", "first", "last", "from", "to", "before", "words", "document", "name", "start", "end")
"""The columns of ``digest_csv``; ``part`` is document, met, planned, promise, label, occurrence or change."""
_Item = list[str]
"""The lines of one entry; those after the first stand under it."""


def digest_text(told: Digest, names: Names | None = None) -> str:
    """The digest in plain text: documents, exchanges, plans, promises, labels, occurrences, and what changed."""
    out = [_head(told, names)]
    for title, count, items in _parts(told, names):
        out += ["", title.upper() + count]
        for first, *more in items:
            out += [f"  {first}", *(f"    {line}" for line in more)]
    out += ["", note] if (note := _note(told)) else []
    return page(out)


def digest_markdown(told: Digest, names: Names | None = None) -> str:
    """The same in Markdown, for a report or a message."""
    out = [f"# {markdown_words(_head(told, names))}"]
    for title, count, items in _parts(told, names):
        out += ["", f"## {markdown_words(title + count)}", ""]
        for first, *more in items:
            out.append("  \n  ".join([f"- {markdown_words(first)}", *(markdown_words(line) for line in more)]))
    out += ["", f"*{markdown_words(note)}*"] if (note := _note(told)) else []
    return "\n".join(out) + "\n"


def _head(told: Digest, names: Names | None) -> str:
    of = [name_of(s, names) for s in (told.side, told.other) if s]
    days = f"since {told.since}" + (f" until {told.until}" if told.until else "")
    return f"What is new {days}" + (f", {joined(of)}" if of else "")


def _parts(told: Digest, names: Names | None) -> Iterator[tuple[str, str, list[_Item]]]:
    n = told.counts
    parts: list[tuple[str, int, list[_Item]]] = [
        ("Documents", n["documents"], [_document(x) for x in told.documents]),
        ("Exchanges", n["met"], [_contact(x, names) for x in told.met]),
        ("Planned", n["planned"], [_contact(x, names) for x in told.planned]),
        ("Promises told", n["commitments"], [[line.strip() for line in pledge_lines(p, names)] for p in told.promises]),
        ("New words for a relation", n["labels"], [_label(x, names) for x in told.labels]),
        ("What happened", n["occurrences"], [_happening(x, names) for x in told.occurrences]),
    ]
    if told.changes is not None:
        promises = [c for c in told.changes.promises if c.before is not None]
        parts.append(("What became of promises", len(promises), [_changed(c, names) for c in promises[: told.limit]]))
        phrases = told.changes.phrases
        parts.append(("Formulas", len(phrases), [_phrase(c) for c in phrases[: told.limit]]))
    for title, count, items in parts:
        if items:
            yield title, f" ({len(items)} of {count})" if len(items) < count else f" ({count})", items


def _note(told: Digest) -> str:
    notes = []
    if not told.counts["documents"]:
        notes.append("no document of these days")
    if told.cut:
        notes.append("exchanges are counted among the newest tellings; a shorter time has them all")
    if told.side and told.changes is None:
        notes.append(f"{told.followable} documents tell of the side, too many to follow its promises and formulas here")
    return "; ".join(notes)


def _document(x: NewDocument) -> _Item:
    return [f"{x.date} {x.title or x.name}" + (f", {x.issuer}" if x.issuer else "") + f" ({x.document})"]


def _contact(x: NewContact, names: Names | None) -> _Item:
    first, *more = (line.strip() for line in contact_lines(x.contact, names))
    return [f"{first}{f' [{x.before} before]' if x.before else ''}", *more]


def _label(x: NewLabel, names: Names | None) -> _Item:
    before = f"; before: {quoted(x.before)}" if x.before else "; the first here"
    return [f"{x.source.date} {sides(x.between, names)}, {spaced(x.kind)}: {told_words(x.source)}{before}"]


def _happening(x: Happening, names: Names | None) -> _Item:
    where = f" in {sides(x.states, names)}" if x.states else ""
    by = [s for s in x.asserted_by if s != "document"]
    told = f", according to {sides(by, names)}" if by else ""
    return [f"{x.date or x.source.date or 'undated'} {spaced(x.kind)}{where}{told}: {told_words(x.source)}"]


def _changed(c: Changed, names: Names | None) -> _Item:
    p = c.promise
    to = f" → {sides(p.beneficiary, names)}" if p.beneficiary else ""
    head = f"{sides(p.promisor, names)}{to}: {c.before}, now {p.status}: {quoted(p.words)}"
    why: Iterable[str] = (f"{e.kind} {e.date}: {quoted(e.words)} ({e.name})" for e in p.evidence)
    return [head, *why]


def _phrase(c: ChangedPhrase) -> _Item:
    last = c.phrase.uses[-1]
    return [f"{c.change}: {quoted(c.phrase.core)}", f"{last.date} {quoted(last.words)} ({last.name})"]


def digest_csv(told: Digest) -> Iterator[str]:
    """CSV lines with the columns of ``DIGEST_COLUMNS``, in the order of the page: a row for each entry."""
    rows: list[tuple[Any, ...]] = [
        ("document", None, d.date, d.date, d.issuer, None, None, d.title, d.document, d.name, None, None)
        for d in told.documents
    ]
    for part, found in (("met", told.met), ("planned", told.planned)):
        for x in found:
            who, told_for = x.contact, x.contact.date
            when = (told_for.iso(), told_for.last) if told_for else (None, None)
            parties = "; ".join(party_words(p, None) for p in who.parties)
            rows.append((part, f"{who.status} {who.kind}", *when, parties, None, x.before, *_source(who.sources[0])))
    for p in told.promises:
        day, whom = p.source.date, "; ".join(p.beneficiary)
        rows.append(("promise", p.strength, day, day, "; ".join(p.promisor), whom, None, *_source(p.source)))
    for label in told.labels:
        day = label.source.date
        rows.append(("label", label.kind, day, day, *label.between, label.before, *_source(label.source)))
    for o in told.occurrences:
        states, by = "; ".join(o.states), "; ".join(o.asserted_by)
        rows.append(("occurrence", o.kind, o.date, o.date, by, states, None, *_source(o.source)))
    for c in told.changes.promises if told.changes else ():
        w, whom = c.promise.wordings[-1], "; ".join(c.promise.beneficiary)
        rows.append(
            ("change", c.promise.status, w.date, w.date, "; ".join(c.promise.promisor), whom, c.before, *_source(w))
        )
    for f in told.changes.phrases if told.changes else ():
        use = f.phrase.uses[-1]
        rows.append(("change", f"{f.change} formula", use.date, use.date, told.side, None, None, *_source(use)))
    yield from csv_lines(DIGEST_COLUMNS, rows)


def _source(source: Source | Wording | Use) -> tuple[Any, ...]:
    return (source.words, source.document, source.name, source.span.start, source.span.end)
