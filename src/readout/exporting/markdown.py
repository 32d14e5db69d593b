"""The record as Markdown (CommonMark), to paste into a note.

Not read back: it leaves out ids, and offsets unless ``why`` is set. Every word of a document is escaped, so that no
text can bring in links, pictures or HTML.
"""

from __future__ import annotations

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
from readout.exporting.escaping import markdown_words as md
from readout.exporting.escaping import quoted, visible
from readout.exporting.wording import Names, actors_words, day_words, encounter_head, encounter_words, sides
from readout.records import Record, Refusal, Span, Statement


def render_markdown(item: Record | Refusal, *, why: bool = False, names: Names | None = None) -> str:
    """One record, or one refusal, as Markdown under a heading of the first level."""
    if isinstance(item, Refusal):
        source = f"\n\nSource: {md(item.source)}" if item.source and item.source != item.id else ""
        return f"# Not read: {md(item.id)}\n\n**{md(item.code)}** {md(item.message)}{source}\n"
    return "\n".join(_lines(item, why, names)).rstrip("\n") + "\n"


def render_markdowns(
    items: Iterable[Record | Refusal], *, why: bool = False, names: Names | None = None
) -> Iterator[str]:
    """Several records or refusals as Markdown, with a rule between them, as they come."""
    for n, item in enumerate(items):
        yield ("\n---\n\n" if n else "") + render_markdown(item, why=why, names=names)


def _lines(record: Record, why: bool, names: Names | None) -> Iterator[str]:
    def words(span: Span) -> str:
        return md(quoted(visible(span.of(record.text))))

    def mark(x: Item) -> str:
        return " *(doubtful)*" if is_doubtful(x.confidence) else ""

    def reasons(x: Item) -> Iterator[str]:
        if why:
            for step in explain(x, names):
                yield f"  - {md(step)}"

    yield f"# {md(record.title or record.id)}"
    yield ""
    yield md(" · ".join(head_facts(record, day_words(record.date) if record.date else "", names)))
    yield ""
    for status, title in (("reported", "Encounters"), ("past", "Before"), ("planned", "Planned")):
        found = encounters_of(record, status)
        if found:
            yield from (f"## {title}", "")
        for e in found:
            yield f"- **{md(encounter_head(e))}:** {md(encounter_words(e, names))}{mark(e)}"
            yield from reasons(e)
        if found:
            yield ""
    if record.statements:
        yield from ("## What was said", "")
    for group in speaker_groups(record):
        yield from (f"### {md(actors_words(group.speakers, names))}", "")
        for s in group.statements:
            yield f"- **{s.act}** {words(s.content)}{_asides(s, record, names)}{mark(s)}"
            yield from reasons(s)
        yield ""
    if record.commitments:
        yield from ("## Promises", "")
        for c in sorted(record.commitments, key=evidence_of):
            limits = (("deadline", c.deadline), ("condition", c.condition))
            extra = "".join(f"; {label}: {words(x)}" for label, x in limits if x)
            yield f"- **{md(promise_words(c, names))}:** {words(c.action)}{extra}{mark(c)}"
            yield from reasons(c)
        yield ""
    if record.relations:
        yield from ("## Relations", "")
        for r in sorted(record.relations, key=evidence_of):
            yield f"- **{md(relation_words(r, names))}:** {words(r.label)}{mark(r)}"
            yield from reasons(r)
        yield ""
    if record.occurrences:
        yield from ("## What happened", "")
        for o in sorted(record.occurrences, key=evidence_of):
            yield f"- **{md(occurrence_words(o, names))}:** {words(o.span)}{mark(o)}"
            yield from reasons(o)
        yield ""
    if record.unresolved:
        yield from ("## Not resolved", "")
        for u in sorted(record.unresolved, key=lambda u: u.span):
            yield f"- {words(u.span)} ({md(u.what)}): {md(u.reason)}"
        yield ""
    if found_doubtful := doubtful(record):
        yield from ("## Doubtful", "")
        for x in found_doubtful:
            yield f"- {md(kind_of(x))}, {words(evidence_of(x))}: {md(doubt_words(x.confidence))}"
        yield ""
    if record.notes:
        yield from ("## Notes on the text", "")
        for n in record.notes:
            yield f"- {md(n.message)}" + (f" {words(n.span)}" if n.span else "")


def _asides(s: Statement, record: Record, names: Names | None) -> str:
    asides = f" → {md(sides(s.toward, names))}" if s.toward else ""
    if s.attribution != "explicit":
        asides += f" *({s.attribution})*"
    if s.via:
        asides += f" (via {md(quoted(visible(s.via.of(record.text))))})"
    return asides
