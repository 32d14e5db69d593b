"""What documents tell of two sides together, before it is put into periods: exchanges, codes, topics, labels.

What is told of a set of documents is the sum of what is told of its parts, as long as no two documents that are
``linked`` stand in different parts. So an archive can keep the sums, and on each change count only the document that
changed and those linked with it.
"""

from __future__ import annotations

import heapq
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations

from readout.coding import EventRow, code_record, topics
from readout.coding.codes import mode_of
from readout.comparing.exchanges import REPRINT_SHARE, THRESHOLD, Exchange, exchanges
from readout.comparing.same import group_of, likeness, short_date
from readout.comparing.words import content_words, shingles
from readout.errors import RecordError
from readout.records import DateInterval, Encounter, Record, Span, Statement

LEVELS = ("leaders", "parliaments", "ministers", "officials", "untold")
"""From the highest down; ``untold`` where no side's office is told."""
REPRINT_DAYS = 7
"""A text that is printed again later than this counts as news of its own, unless not a letter was changed."""
STAND_IN_DAYS = 3
"""Encounters told further apart than this, in days, are never joined."""
WIDE_DAYS = 40
"""Windows longer than this are looked for apart."""

_LEVEL_OF = {
    "head_of_state": 0, "head_of_government": 0, "org_head": 0, "legislature_head": 1, "party_head": 1,
    "deputy_head_of_government": 2, "foreign_minister": 2, "defence_minister": 2, "minister": 2,
    "national_security_adviser": 2, "deputy_foreign_minister": 3, "ambassador": 3, "special_envoy": 3,
    "spokesperson": 3, "other_official": 3,
}  # fmt: skip
_SAME_WORDS = 0.6
_MARKS = 16
_EXACT = ("day", "days", "week", "month")

Pair = tuple[str, str]
"""Two sides in the order of their codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One exchange of two sides, however many documents tell of it.

    ``accounts`` counts the documents that tell of it, ``independent`` those that reprint no other. ``status`` is
    ``reported`` where one of them reports it, else ``past`` or ``planned``. ``date`` is the most exact one told.
    """

    id: str
    kind: str
    status: str
    level: str
    date: DateInterval | None
    accounts: int
    independent: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPlace:
    """One place in which a document gives two sides a label."""

    kind: str
    day: date | None
    document: str
    span: Span
    words: str


@dataclass(slots=True)
class DyadFacts:
    """What documents tell of two sides.

    ``counts`` is by (date, what, name). The date is as told: a day, ``2021-03``, ``2021``, two days with a stroke
    between them, or empty. What is ``statements``, ``topic``, or ``one`` and ``other`` for the codes that the first
    or the second side directs at the other; ``name`` is the topic, or the code with its mode where that is its own.
    """

    documents: int = 0
    occasions: dict[str, Occasion] = field(default_factory=dict)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    labels: list[LabelPlace] = field(default_factory=list)


class Coded:
    """A record with what is worked out from it once: its event rows, topics and runs of words."""

    def __init__(self, record: Record) -> None:
        # the last day that can be written has no day after it, so it is no interval
        self.record = replace(record, date=None) if record.date == date.max else record
        self._topics: dict[Span, tuple[str, ...]] = {}

    @cached_property
    def pairs(self) -> set[Pair]:
        """The sides that meet, speak together or to each other, or stand in a relation, two by two."""
        out: set[Pair] = set()
        for e in self.record.encounters:
            out |= set(combinations(sorted({p.actor.side for p in e.participants}), 2))
        for s in self.record.statements:
            speakers = {a.side for a in s.speakers}
            out |= set(combinations(sorted(speakers), 2))
            out |= {(min(a, b), max(a, b)) for a in speakers for b in s.toward if a != b}
        for r in self.record.relations:
            out |= set(combinations(sorted(set(r.between)), 2))
        return {pair for pair in out if pair[0]}

    @cached_property
    def rows(self) -> dict[Pair, dict[str | None, list[EventRow]]]:
        """The event rows of each pair by their item."""
        out: dict[Pair, dict[str | None, list[EventRow]]] = defaultdict(lambda: defaultdict(list))
        for row in code_record(self.record):
            if row.source and row.target:
                out[min(row.source, row.target), max(row.source, row.target)][row.item].append(row)
        return out

    def topics_of(self, statement: Statement) -> tuple[str, ...]:
        """The topics of a statement."""
        if statement.content not in self._topics:
            words = statement.content.of(self.record.text)
            self._topics[statement.content] = tuple(sorted({hit.topic for hit in topics(words)}))
        return self._topics[statement.content]

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """The four-word runs of the text."""
        return shingles(self.record.text)

    @cached_property
    def marks(self) -> frozenset[int]:
        """The sixteen runs with the smallest digests, as numbers of 32 bits: two reprints share some of them."""
        return frozenset(heapq.nsmallest(_MARKS, {zlib.crc32("\x1f".join(run).encode()) for run in self.runs}))

    def encounters(self, pair: Pair) -> list[Encounter]:
        """The encounters in which both sides take part."""
        return [e for e, sides in self._met if sides.issuperset(pair)]

    @cached_property
    def _met(self) -> list[tuple[Encounter, frozenset[str]]]:
        return [(e, frozenset(p.actor.side for p in e.participants)) for e in self.record.encounters]


def windows(record: Record, encounter: Encounter) -> Iterator[tuple[date, date]]:
    """The days, both included, by which an encounter may be joined to another, in no case elsewhere.

    Two are never joined whose windows lie more than ``STAND_IN_DAYS`` apart; one without a window never is.
    """
    interval = encounter.date
    if interval and (short_date(encounter) or interval.precision in _EXACT):
        yield interval.start, interval.last
    if encounter.status == "reported" and short_date(encounter) is None and record.date:
        yield record.date, record.date


def is_reprint(one: Coded, other: Coded) -> bool:
    """Whether one document prints the other's text again: wholly, or most of its four-word runs within a week."""
    if one.record.text == other.record.text:
        return True
    days = (one.record.date, other.record.date)
    if days[0] is None or days[1] is None or abs((days[0] - days[1]).days) > REPRINT_DAYS:
        return False
    if not one.marks & other.marks:
        return False
    return len(one.runs & other.runs) >= REPRINT_SHARE * min(len(one.runs), len(other.runs))


def linked(one: Coded, other: Coded, pair: Pair) -> bool:
    """Whether what one document tells of a pair may depend on what the other tells."""
    if is_reprint(one, other):
        return True
    if one.record.id > other.record.id:
        one, other = other, one
    return any(
        group_of(a) == group_of(b) and likeness(one.record, a, other.record, b).score >= THRESHOLD
        for a in one.encounters(pair)
        for b in other.encounters(pair)
    )


def facts_between(documents: Iterable[Coded], pair: Pair) -> DyadFacts:
    """What the documents, each with an id of its own, tell of two sides together.

    Raises:
        RecordError: two texts bear one id.
    """
    known = {c.record.id: c for c in sorted(documents, key=lambda c: c.record.id)}
    facts = DyadFacts(documents=len(known))
    pruned = [replace(c.record, encounters=tuple(c.encounters(pair))) for c in known.values()]
    found = exchanges(pruned, of_one_pair=True) if any(r.encounters for r in pruned) else []
    for x in found:
        occasion = _occasion(x, known, pair)
        facts.occasions[x.id] = occasion
        if occasion.status != "planned":
            # the codes of an exchange that took place, once, as its first account tells it
            lead = next(a for a in x.accounts if a.role != "announcement")
            day = date_key(occasion.date)
            for row in known[lead.document].rows.get(pair, {}).get(lead.encounter.id, ()):
                _count(facts, day, row, pair)
    for coded, statement, mine in _statements(known, pair, found):
        day = mine[0].date or ""
        facts.counts[day, "statements", ""] += 1
        for topic in coded.topics_of(statement):
            facts.counts[day, "topic", topic] += 1
        for row in mine:
            _count(facts, day, row, pair)
    for coded in known.values():
        facts.labels += labels_of(coded.record, pair)
    return facts


def labels_of(record: Record, pair: Pair) -> Iterator[LabelPlace]:
    """The places in which a record gives a pair a label."""
    for r in record.relations:
        if set(r.between) == set(pair):
            words = " ".join(r.label.of(record.text).split())
            yield LabelPlace(kind=r.kind, day=record.date, document=record.id, span=r.label, words=words)


def level_of(encounters: Iterable[Encounter], one: str, other: str) -> str:
    """The level at which two sides met, over all accounts: the lower of the two sides' highest offices.

    A side whose office no account tells does not count.
    """
    best: dict[str, int] = {}
    for encounter in encounters:
        for p in encounter.participants:
            rank = _LEVEL_OF.get(p.actor.office or "")
            if rank is not None and p.actor.side in (one, other):
                best[p.actor.side] = min(rank, best.get(p.actor.side, rank))
    return LEVELS[max(best.values())] if best else LEVELS[-1]


def date_key(interval: DateInterval | None) -> str:
    """An interval as text that sorts: a day, a month ``2021-03``, a year, or its first and last day; empty for none."""
    if interval is None:
        return ""
    first, last = interval.start.isoformat(), interval.last.isoformat()
    if first == last:
        return first
    for length in (7, 4):
        try:
            if DateInterval.from_iso(first[:length]).end == interval.end and first[length:] in ("-01", "-01-01"):
                return first[:length]
        except RecordError:  # the year 9999 has no end
            continue
    return f"{first}/{last}"


def date_of_key(key: str) -> DateInterval | None:
    """The interval of a key, its precision aside; None for the empty one."""
    first, _, last = key.partition("/")
    if not first:
        return None
    if last:
        end = date.fromisoformat(last) + timedelta(days=1)
        return DateInterval(start=date.fromisoformat(first), end=end, precision="span")
    try:
        return DateInterval.from_iso(first)
    except RecordError:  # the year 9999 has no end
        return None


def _count(facts: DyadFacts, day: str, row: EventRow, pair: Pair) -> None:
    if not row.negated:
        plain = row.plover is None or row.mode == mode_of(row.cameo.code)
        name = row.cameo.code if plain else f"{row.cameo.code}/{row.mode}"
        facts.counts[day, "one" if row.source == pair[0] else "other", name] += 1


def _occasion(x: Exchange, known: dict[str, Coded], pair: Pair) -> Occasion:
    encounters = [a.encounter for a in x.accounts]
    statuses = {e.status for e in encounters}
    return Occasion(
        id=x.id, kind=x.lead.kind, status=next(s for s in ("reported", "past", "planned") if s in statuses),
        level=level_of(encounters, *pair), date=_date_of(x, known), accounts=len(x.accounts),
        independent=x.independent, documents=tuple(sorted({a.document for a in x.accounts})),
    )  # fmt: skip


def _date_of(exchange: Exchange, known: dict[str, Coded]) -> DateInterval | None:
    """The most exact date that an account tells, reports before others; else the day of a document that reports it."""
    told = [a.encounter.date for a in exchange.accounts if a.encounter.date]
    if told:
        return min(told, key=lambda d: (d.end - d.start).days)  # the first of equal ones: accounts are in order
    days = [known[a.document].record.date for a in exchange.accounts if a.role == "account"]
    return min((DateInterval.day(d) for d in days if d), key=lambda d: d.start, default=None)


def _reprints(known: Sequence[Coded]) -> dict[str, str]:
    """From each document that reprints another to that other, the first by day."""
    ordered = sorted(known, key=lambda c: (c.record.date.isoformat() if c.record.date else "~", c.record.id))
    places = {c.record.id: n for n, c in enumerate(ordered)}
    same: dict[str, list[int]] = defaultdict(list)
    out: dict[str, str] = {}
    first = 0
    for n, coded in enumerate(ordered):
        day = coded.record.date
        while day and (earlier := ordered[first].record.date) and (day - earlier).days > REPRINT_DAYS:
            first += 1
        near = range(first, n) if day else ()
        for m in sorted({*same[coded.record.text], *near}):
            if is_reprint(ordered[m], coded):
                out[coded.record.id] = out.get(ordered[m].record.id, ordered[m].record.id)
                break
        same[coded.record.text].append(places[coded.record.id])
    return out


def _statements(
    known: dict[str, Coded], pair: Pair, found: Sequence[Exchange]
) -> Iterator[tuple[Coded, Statement, list[EventRow]]]:
    """Every statement of one side to the other with its rows, once where several accounts tell it in like words."""
    links: dict[str, set[str]] = defaultdict(set)
    for x in found:
        for a, b in combinations(sorted({account.document for account in x.accounts}), 2):
            links[b].add(a)
    if len(known) > 1:
        for copy, original in _reprints(list(known.values())).items():
            links[max(copy, original)].add(min(copy, original))
    concerned = set(links).union(*links.values())
    told: dict[str, list[tuple[frozenset[str], str, frozenset[str]]]] = defaultdict(list)
    for id, coded in known.items():
        rows = coded.rows.get(pair)
        for statement in coded.record.statements if rows else ():
            mine = rows.get(statement.id) if rows else None
            if not mine:
                continue
            if id not in concerned:
                yield coded, statement, mine
                continue
            words = frozenset(content_words(statement.content.of(coded.record.text)))
            sides = frozenset(row.source or "" for row in mine)
            same = (
                _alike(words, theirs)
                for document in links[id]
                for their_sides, family, theirs in told[document]
                if their_sides == sides and family == statement.family
            )
            if not any(same):
                yield coded, statement, mine
            told[id].append((sides, statement.family, words))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= _SAME_WORDS * len(one | other)
