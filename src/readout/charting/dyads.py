"""What two sides did and said together, period by period, from the records of documents that tell of both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Literal

from readout.coding import EventRow, code_record, topics
from readout.comparing import Exchange, exchanges, reprints
from readout.comparing.words import content_words
from readout.errors import QueryRefused
from readout.records import DateInterval, Encounter, Record, Span, Statement

By = Literal["month", "quarter", "year"]
Scale = Literal["goldstein", "plover"]
PERIODS: tuple[By, ...] = ("month", "quarter", "year")
SCALES: tuple[Scale, ...] = ("goldstein", "plover")
LEVELS = ("leaders", "parliaments", "ministers", "officials", "untold")
"""From the highest down; ``untold`` where no side's office is told."""
UNDATED = "undated"
MAX_PERIODS = 2_400

_LEVEL_OF = {
    "head_of_state": 0, "head_of_government": 0, "org_head": 0, "legislature_head": 1, "party_head": 1,
    "deputy_head_of_government": 2, "foreign_minister": 2, "defence_minister": 2, "minister": 2,
    "national_security_adviser": 2, "deputy_foreign_minister": 3, "ambassador": 3, "special_envoy": 3,
    "spokesperson": 3, "other_official": 3,
}  # fmt: skip
_SAME_WORDS = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """One exchange of the two sides, however many documents tell of it.

    ``accounts`` counts the documents that tell of it, ``independent`` those that reprint no other. ``status`` is
    ``reported`` where one of them reports it, else ``past`` or ``planned``. ``date`` is the most exact one told.
    """

    id: str
    kind: str
    status: str
    level: str
    date: DateInterval | None
    period: str
    accounts: int
    independent: int
    documents: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The fields; the date as ISO, never more exact than it is told."""
        return {
            "id": self.id, "kind": self.kind, "status": self.status, "level": self.level,
            "date": self.date.iso() if self.date else None, "period": self.period, "accounts": self.accounts,
            "independent": self.independent, "documents": list(self.documents),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """What one side directed at the other in a period: how many codes of each sign, and their sums.

    ``cooperative`` counts scores above 0, ``conflictual`` those below, ``neutral`` those of 0.
    """

    source: str
    target: str
    cooperative: int = 0
    cooperative_sum: float = 0.0
    conflictual: int = 0
    conflictual_sum: float = 0.0
    neutral: int = 0

    @property
    def count(self) -> int:
        """How many codes there are."""
        return self.cooperative + self.conflictual + self.neutral

    @property
    def mean(self) -> float | None:
        """The mean score of all; None where there is none."""
        return (self.cooperative_sum + self.conflictual_sum) / self.count if self.count else None

    def plus(self, score: float) -> Tone:
        """The tone with one more score."""
        if score > 0:
            return replace(self, cooperative=self.cooperative + 1, cooperative_sum=self.cooperative_sum + score)
        if score < 0:
            return replace(self, conflictual=self.conflictual + 1, conflictual_sum=self.conflictual_sum + score)
        return replace(self, neutral=self.neutral + 1)

    def to_json(self) -> dict[str, Any]:
        """Counts, sums and means, rounded to three places; a mean of nothing is null."""

        def mean(total: float, n: int) -> float | None:
            return round(total / n, 3) if n else None

        return {
            "source": self.source, "target": self.target, "count": self.count,
            "mean": round(self.mean, 3) if self.mean is not None else None,
            "cooperative": {"count": self.cooperative, "sum": round(self.cooperative_sum, 3),
                            "mean": mean(self.cooperative_sum, self.cooperative)},
            "conflictual": {"count": self.conflictual, "sum": round(self.conflictual_sum, 3),
                            "mean": mean(self.conflictual_sum, self.conflictual)},
            "neutral": self.neutral,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label that documents give the two, such as "strategic partners": when it was first and last met, and where."""

    words: str
    kind: str
    first: date | None
    last: date | None
    first_document: str
    first_span: Span
    last_document: str
    documents: int

    def to_json(self) -> dict[str, Any]:
        """The fields; days as ISO, the span as offsets in the first document's text."""
        return {
            "words": self.words, "kind": self.kind, "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None, "documents": self.documents,
            "first_document": self.first_document, "first_span": self.first_span.to_json(),
            "last_document": self.last_document,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One month, quarter or year: exchanges that took place and that were only planned, tone each way, topics."""

    name: str
    first: date | None
    last: date | None
    held: int
    planned: int
    accounts: int
    channels: dict[str, int]
    levels: dict[str, int]
    tone: tuple[Tone, Tone]
    statements: int
    topics: dict[str, int]
    new_labels: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is told of it."""
        return not (self.held or self.planned or self.statements or self.new_labels)

    def to_json(self) -> dict[str, Any]:
        """The fields; ``channels`` and ``levels`` count what took place."""
        return {
            "period": self.name, "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None, "held": self.held, "planned": self.planned,
            "accounts": self.accounts, "channels": self.channels, "levels": self.levels,
            "tone": [t.to_json() for t in self.tone], "statements": self.statements, "topics": self.topics,
            "new_labels": list(self.new_labels),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """Two sides over time. ``periods`` has every period from the first to the last, also those without anything.

    ``undated`` holds what no period could be told for: a past meeting without a day, a year where months are asked.
    """

    one: str
    other: str
    by: str
    scale: str
    since: date | None
    until: date | None
    documents: int
    periods: tuple[Period, ...]
    undated: Period
    exchanges: tuple[Met, ...]
    labels: tuple[Label, ...]

    @property
    def topics(self) -> dict[str, int]:
        """How many statements have each topic, the most frequent first; ``undated`` counted too."""
        total: Counter[str] = Counter()
        for period in (*self.periods, self.undated):
            total.update(period.topics)
        return dict(sorted(total.items(), key=lambda x: (-x[1], x[0])))

    def to_json(self) -> dict[str, Any]:
        """Everything, as one object."""
        return {
            "one": self.one, "other": self.other, "by": self.by, "scale": self.scale,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None, "documents": self.documents,
            "periods": [p.to_json() for p in self.periods], "undated": self.undated.to_json(),
            "exchanges": [x.to_json() for x in self.exchanges], "labels": [x.to_json() for x in self.labels],
            "topics": self.topics,
        }  # fmt: skip


def dyad(
    records: Iterable[Record],
    one: str,
    other: str,
    *,
    by: str = "year",
    since: date | None = None,
    until: date | None = None,
    scale: str = "goldstein",
) -> Dyad:
    """What ``one`` and ``other`` did and said together, by period.

    An exchange told by several documents counts once, with the number of its accounts; so does a statement that two
    accounts of one exchange, or a reprint, tell in much the same words. The order of the records changes nothing.

    Args:
        records: of any documents, each with an id of its own; those that do not tell of both add nothing.
        one, other: states or organisations (``CHN``), two different ones.
        by: ``month``, ``quarter`` or ``year``.
        since, until: days, both included; what has no date is then left out.
        scale: ``goldstein`` for the value of the CAMEO code, ``plover`` for the score of the category.
    Raises:
        QueryRefused: two equal sides, an unknown ``by`` or ``scale``, or more than 2,400 periods.
        RecordError: two texts bear one id.
    Source: docs/dyads.md.
    """
    if one == other:
        raise QueryRefused(f"a dyad needs two different sides; both are {one[:40]!r}")
    if by not in PERIODS:
        raise QueryRefused(f"by {by[:40]!r} is not known; use one of: {', '.join(PERIODS)}")
    if scale not in SCALES:
        raise QueryRefused(f"scale {scale[:40]!r} is not known; use one of: {', '.join(SCALES)}")
    known = sorted((r for r in records if _tells(r, one, other)), key=lambda r: r.id)
    pruned = [replace(r, encounters=tuple(e for e in r.encounters if _takes_part(e, one, other))) for r in known]
    chosen = _Chosen(by, since, until)
    found = exchanges(pruned)
    met = sorted(_met(found, {r.id: r for r in known}, one, other, chosen), key=_order)
    labels = _labels(known, one, other, since, until)
    piles: dict[str, _Pile] = defaultdict(lambda: _Pile(one, other))
    for x in met:
        piles[x.period].add_exchange(x)
    rows = {r.id: [row for row in code_record(r) if {row.source, row.target} == {one, other}] for r in known}
    _add_tone(piles, rows, found, met, chosen, scale)
    for record, statement, mine in _statements(known, rows, found):
        period = chosen.of_iso(mine[0].date)
        if period is None:
            continue
        piles[period].add_statement(statement.content.of(record.text))
        for row in mine:
            piles[period].add_score(row, scale)
    for label in labels:
        if label.first and (name := chosen.of(DateInterval.day(label.first))):
            piles[name].new_labels.append(label.words)
    return Dyad(
        one=one, other=other, by=by, scale=scale, since=since, until=until, documents=len(known),
        periods=tuple(piles[name].settled(name, *days) for name, days in _all_periods(piles, by)),
        undated=piles[UNDATED].settled(UNDATED, None, None), exchanges=tuple(met), labels=tuple(labels),
    )  # fmt: skip


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


class _Chosen:
    """The periods that are asked for."""

    def __init__(self, by: str, since: date | None, until: date | None) -> None:
        self.by, self.since, self.until = by, since, until

    def of(self, interval: DateInterval | None) -> str | None:
        """The period that holds an interval whole; UNDATED where none does; None where it is not asked for."""
        if interval is None:
            return None if self.since or self.until else UNDATED
        last = interval.end - timedelta(days=1)
        if (self.since and last < self.since) or (self.until and interval.start > self.until):
            return None
        first, end = _name(interval.start, self.by), _name(last, self.by)
        return first if first == end else UNDATED

    def of_iso(self, day: str | None) -> str | None:
        return self.of(DateInterval.from_iso(day) if day else None)


def _name(day: date, by: str) -> str:
    if by == "year":
        return f"{day.year:04d}"
    if by == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return f"{day.year:04d}-{day.month:02d}"


def _days(name: str, by: str) -> tuple[date, date]:
    """The first and last day of a period."""
    year = int(name[:4])
    month = 1 if by == "year" else 3 * int(name[-1]) - 2 if by == "quarter" else int(name[5:])
    after = month + {"year": 12, "quarter": 3, "month": 1}[by]
    if year == date.max.year and after > 12:
        return date(year, month, 1), date.max
    return date(year, month, 1), date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1)


def _all_periods(piles: dict[str, _Pile], by: str) -> list[tuple[str, tuple[date, date]]]:
    names = sorted(name for name in piles if name != UNDATED)
    out: list[tuple[str, tuple[date, date]]] = []
    name = names[0] if names else ""
    while name and name <= names[-1]:
        if len(out) == MAX_PERIODS:
            raise QueryRefused(f"from {names[0]} to {names[-1]} there are more than {MAX_PERIODS:,} periods; "
                               "narrow them with since and until, or take years")  # fmt: skip
        days = _days(name, by)
        out.append((name, days))
        name = _name(days[1] + timedelta(days=1), by) if days[1] < date.max else ""
    return out


@dataclass(slots=True)
class _Pile:
    """What comes together in one period."""

    one: str
    other: str
    held: int = 0
    planned: int = 0
    accounts: int = 0
    statements: int = 0
    channels: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    tone: dict[str, Tone] = field(default_factory=dict)
    new_labels: list[str] = field(default_factory=list)

    def add_exchange(self, met: Met) -> None:
        if met.status == "planned":
            self.planned += 1
            return
        self.held += 1
        self.accounts += met.accounts
        self.channels[met.kind] += 1
        self.levels[met.level] += 1

    def add_statement(self, content: str) -> None:
        self.statements += 1
        self.topics.update({hit.topic for hit in topics(content)})

    def add_score(self, row: EventRow, scale: str) -> None:
        score = row.cameo.score if scale == "goldstein" else row.score
        if score is None or row.negated or row.source is None or row.target is None:
            return
        held = self.tone.get(row.source) or Tone(source=row.source, target=row.target)
        self.tone[row.source] = held.plus(score)

    def settled(self, name: str, first: date | None, last: date | None) -> Period:
        return Period(
            name=name, first=first, last=last, held=self.held, planned=self.planned, accounts=self.accounts,
            channels=dict(sorted(self.channels.items())),
            levels={level: self.levels[level] for level in LEVELS if self.levels[level]},
            tone=(self.tone.get(self.one) or Tone(source=self.one, target=self.other),
                  self.tone.get(self.other) or Tone(source=self.other, target=self.one)),
            statements=self.statements, topics=dict(sorted(self.topics.items())),
            new_labels=tuple(dict.fromkeys(self.new_labels)),
        )  # fmt: skip


def _tells(record: Record, one: str, other: str) -> bool:
    """Whether a record may tell of both sides at all."""
    named: set[str] = set()
    for e in record.encounters:
        named |= {p.actor.side for p in e.participants}
    for s in record.statements:
        named |= {a.side for a in s.speakers} | set(s.toward)
    for r in record.relations:
        named |= set(r.between)
    return {one, other} <= named


def _takes_part(encounter: Encounter, one: str, other: str) -> bool:
    return {one, other} <= {p.actor.side for p in encounter.participants}


def _met(found: Sequence[Exchange], records: dict[str, Record], one: str, other: str, chosen: _Chosen) -> Iterator[Met]:
    for x in found:
        encounters = [a.encounter for a in x.accounts]
        statuses = {e.status for e in encounters}
        status = next(s for s in ("reported", "past", "planned") if s in statuses)
        interval = _date_of(x, records)
        period = chosen.of(interval)
        if period is None:
            continue
        yield Met(
            id=x.id, kind=x.lead.kind, status=status, level=level_of(encounters, one, other), date=interval,
            period=period, accounts=len(x.accounts), independent=x.independent,
            documents=tuple(sorted({a.document for a in x.accounts})),
        )  # fmt: skip


def _date_of(exchange: Exchange, records: dict[str, Record]) -> DateInterval | None:
    """The most exact date that an account tells, reports before others; else the day of a document that reports it."""
    told = [a.encounter.date for a in exchange.accounts if a.encounter.date]
    if told:
        return min(told, key=lambda d: (d.end - d.start).days)  # the first of equal ones: accounts are in order
    days = [r.date for a in exchange.accounts if a.role == "account" and (r := records[a.document]).date]
    return DateInterval.day(min(d for d in days if d)) if days else None


def _order(met: Met) -> tuple[str, str]:
    return (met.date.start.isoformat() if met.date else "~", met.id)


def _add_tone(
    piles: dict[str, _Pile],
    rows: dict[str, list[EventRow]],
    found: Sequence[Exchange],
    met: Sequence[Met],
    chosen: _Chosen,
    scale: str,
) -> None:
    """The codes of each exchange that took place, once, as its first account tells it."""
    wanted = {x.id: x for x in met if x.status != "planned"}
    for x in found:
        if x.id in wanted:
            lead = next(a for a in x.accounts if a.role != "announcement")
            for row in rows[lead.document]:
                if row.item == lead.encounter.id:
                    piles[wanted[x.id].period].add_score(row, scale)


def _statements(
    records: Sequence[Record], rows: dict[str, list[EventRow]], found: Sequence[Exchange]
) -> Iterator[tuple[Record, Statement, list[EventRow]]]:
    """Every statement of one side to the other with its rows, once where several accounts tell it in like words."""
    linked: dict[str, set[str]] = defaultdict(set)
    for x in found:
        for a, b in combinations(sorted({account.document for account in x.accounts}), 2):
            linked[b].add(a)
    for copy, original in reprints(records).items():
        linked[max(copy, original)].add(min(copy, original))
    told: dict[str, list[tuple[frozenset[str], str, frozenset[str]]]] = defaultdict(list)
    for record in records:
        by_item: dict[str | None, list[EventRow]] = defaultdict(list)
        for row in rows[record.id]:
            by_item[row.item].append(row)
        for statement in record.statements:
            mine = by_item.get(statement.id)
            if not mine:
                continue
            words = frozenset(content_words(statement.content.of(record.text)))
            sides = frozenset(row.source or "" for row in mine)
            same = (
                _alike(words, theirs)
                for document in linked[record.id]
                for their_sides, family, theirs in told[document]
                if their_sides == sides and family == statement.family
            )
            if not any(same):
                yield record, statement, mine
            told[record.id].append((sides, statement.family, words))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= _SAME_WORDS * len(one | other)


def _labels(records: Iterable[Record], one: str, other: str, since: date | None, until: date | None) -> list[Label]:
    """The labels of the two by the day they were first met; documents without a date come last."""
    seen: dict[tuple[str, str], list[tuple[date | None, Record, Span]]] = defaultdict(list)
    for record in records:
        day = record.date
        if (since and (day is None or day < since)) or (until and (day is None or day > until)):
            continue
        for r in record.relations:
            if set(r.between) == {one, other}:
                words = " ".join(r.label.of(record.text).split())
                seen[r.kind, words.casefold()].append((day, record, r.label))
    out = []
    for (kind, _), places in seen.items():
        places.sort(key=lambda p: (p[0] or date.max, p[1].id, p[2]))
        days = [day for day, _, _ in places if day]
        latest = max(places, key=lambda p: (p[0] or date.min, p[1].id))
        out.append(
            Label(
                words=" ".join(places[0][2].of(places[0][1].text).split()), kind=kind,
                first=min(days, default=None), last=max(days, default=None), first_document=places[0][1].id,
                first_span=places[0][2], last_document=latest[1].id, documents=len({r.id for _, r, _ in places}),
            )
        )  # fmt: skip
    return sorted(out, key=lambda x: (x.first or date.max, x.kind, x.words))
