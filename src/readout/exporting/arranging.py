"""The order in which a record is told, the same in every format for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readout.exporting.wording import Names, actors_words, date_words, name_of, sides, spaced
from readout.records import Actor, Commitment, Confidence, Encounter, Occurrence, Record, Relation, Span, Statement

DOUBTFUL_BELOW = 0.6
"""An item of less confidence is listed among the doubtful."""

Item = Encounter | Statement | Commitment | Relation | Occurrence


@dataclass(frozen=True, slots=True)
class SpeakerGroup:
    """What one speaker (or several together) said, in the order of the text; ``number`` counts the groups."""

    number: int
    speakers: tuple[Actor, ...]
    statements: tuple[Statement, ...]

    @property
    def side(self) -> str:
        """The side of the first speaker."""
        return self.speakers[0].side


def speaker_groups(record: Record) -> tuple[SpeakerGroup, ...]:
    """The statements by speaker; speakers come as the text first lets them speak."""
    found: dict[tuple[object, ...], list[Statement]] = {}
    for s in sorted(record.statements, key=lambda s: (s.content.start, s.content.end)):
        found.setdefault(tuple(a.key for a in s.speakers), []).append(s)
    return tuple(SpeakerGroup(n, group[0].speakers, tuple(group)) for n, group in enumerate(found.values()))


def encounters_of(record: Record, status: str) -> tuple[Encounter, ...]:
    """The encounters of one status, in the order of the text."""
    return tuple(sorted((e for e in record.encounters if e.status == status), key=lambda e: e.evidence))


def items(record: Record) -> Iterator[Item]:
    """Every item of the record, kind by kind."""
    yield from record.encounters
    yield from record.statements
    yield from record.commitments
    yield from record.relations
    yield from record.occurrences


def evidence_of(item: Item) -> Span:
    """The span that carries an item."""
    match item:
        case Encounter():
            return item.evidence
        case Statement():
            return item.content
        case Commitment():
            return item.action
        case Relation():
            return item.label
        case Occurrence():
            return item.span


def kind_of(item: Item) -> str:
    """``phone call``, ``statement: warn``, ``promise``, ``relation: alliance``, ``occurrence: unrest``."""
    match item:
        case Encounter():
            return spaced(item.kind)
        case Statement():
            return f"statement: {item.act}"
        case Commitment():
            return "promise"
        case Relation():
            return f"relation: {spaced(item.kind)}"
        case Occurrence():
            return f"occurrence: {spaced(item.kind)}"


def is_doubtful(confidence: Confidence) -> bool:
    """Whether an item of this confidence is told as doubtful."""
    return confidence.value < DOUBTFUL_BELOW


def doubtful(record: Record) -> tuple[Item, ...]:
    """The doubtful items, in the order of the text."""
    return tuple(sorted((x for x in items(record) if is_doubtful(x.confidence)), key=evidence_of))


def promise_words(c: Commitment, names: Names | None) -> str:
    """``China → Kazakhstan, firm, not to do``."""
    head = sides(c.promisor, names) + (f" → {sides(c.beneficiary, names)}" if c.beneficiary else "")
    return f"{head}, {c.strength}" + (", not to do" if c.refrain else "")


def relation_words(r: Relation, names: Names | None) -> str:
    """``China – Kazakhstan, strategic partnership``."""
    return f"{sides(r.between[:1], names)} – {sides(r.between[1:], names)}, {spaced(r.kind)}"


def occurrence_words(o: Occurrence, names: Names | None) -> str:
    """``attack, Kazakhstan, 5 January 2022 (asserted by Kazakhstan)``."""
    parts = [spaced(o.kind)]
    if o.states:
        parts.append(sides(o.states, names))
    if o.date:
        parts.append(date_words(o.date))
    by = "told by the document" if o.asserted_by == ("document",) else f"asserted by {sides(o.asserted_by, names)}"
    return f"{', '.join(parts)} ({by})"


def doubt_words(confidence: Confidence) -> str:
    """``0.45: the speaker is a pronoun``."""
    return f"{confidence.value:.2f}: {confidence.reason}"


def explain(item: Item, names: Names | None) -> Iterator[str]:
    """How an item was reached: its offsets, its confidence, each step, and how each actor was resolved."""
    span = evidence_of(item)
    yield f"[{span.start}, {span.end}) {item.id}; confidence {doubt_words(item.confidence)}"
    yield from item.why
    actors: tuple[Actor, ...] = ()
    if isinstance(item, Encounter):
        actors = tuple(p.actor for p in item.participants)
        if item.date_words:
            yield f"date from [{item.date_words.start}, {item.date_words.end})"
        if item.place_words:
            yield f"place from [{item.place_words.start}, {item.place_words.end})"
    if isinstance(item, Statement):
        actors = item.speakers
        if item.cue:
            yield f"cue at [{item.cue.start}, {item.cue.end})"
        if item.continues:
            yield f"continues {item.continues}"
    for actor in actors:
        if actor.how:
            yield f"{actors_words((actor,), names)}: {actor.how}"


def head_facts(record: Record, date: str, names: Names | None) -> tuple[str, ...]:
    """What the head of a record says below its title: date, issuer and whose it is, id, address."""
    facts = [date] if date else ["no date"]
    if record.issuer:
        what = {"press": "press", "side": "one side's own"}.get(record.issuer_kind, "")
        of = sides((record.issuer_of,), names) if record.issuer_of and record.issuer_of != record.issuer else ""
        inside = ", ".join(x for x in (what, of) if x)
        issuer = name_of(record.issuer, names)
        facts.append(f"{issuer} ({inside})" if inside else issuer)
    if record.title:
        facts.append(record.id)
    if record.url:
        facts.append(record.url)
    return tuple(facts)
