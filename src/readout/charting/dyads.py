"""What two sides did and said together, period by period, from the records of documents that tell of both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from readout.coding.codes import Code, mode_of, plover_of, plover_score
from readout.comparing.dyads import LEVELS, Coded, DyadFacts, LabelPlace, date_of_key, facts_between, level_of
from readout.errors import QueryRefused, RecordError
from readout.records import DateInterval, Record, Span
from readout.storing import Archive, dyad_facts

By = Literal["month", "quarter", "year"]
Scale = Literal["goldstein", "plover"]
PERIODS: tuple[By, ...] = ("month", "quarter", "year")
SCALES: tuple[Scale, ...] = ("goldstein", "plover")
UNDATED = "undated"
MAX_PERIODS = 2_400

__all__ = ["LEVELS", "PERIODS", "SCALES", "Dyad", "Label", "Met", "Period", "Tone", "dyad", "dyad_in", "level_of"]


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

    @classmethod
    def of(cls, source: str, target: str, scores: Counter[float]) -> Tone:
        """The tone of scores, each with how often it comes; sums are exact to a thousandth, in whatever order."""

        def both(chosen: dict[float, int]) -> tuple[int, float]:
            return sum(chosen.values()), sum(round(1000 * s) * n for s, n in chosen.items()) / 1000

        good, bad = both({s: n for s, n in scores.items() if s > 0}), both({s: n for s, n in scores.items() if s < 0})
        return cls(
            source=source, target=target, cooperative=good[0], cooperative_sum=good[1], conflictual=bad[0],
            conflictual_sum=bad[1], neutral=scores.get(0.0, 0),
        )  # fmt: skip

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
    _check(one, other, by, scale)
    known = [r for r in records if _tells(r, one, other)]
    texts: dict[str, str] = {}
    for r in known:
        if texts.setdefault(r.id, r.text) != r.text:
            raise RecordError(f"two texts bear the id {r.id!r}; give each document an id of its own", id=r.id)
    facts = facts_between(map(Coded, known), (min(one, other), max(one, other)))
    return _dyad(facts, one, other, _Chosen(by, since, until), scale)


def dyad_in(
    archive: Archive,
    one: str,
    other: str,
    *,
    by: str = "year",
    since: date | None = None,
    until: date | None = None,
    scale: str = "goldstein",
) -> Dyad:
    """What the documents of an archive tell of two sides, as ``dyad`` of ``records_between`` does, only faster.

    It reads the sums that the archive keeps on writing. Where these were counted by other rules than this program's,
    the documents themselves are read; documents bear their keys.

    Raises:
        QueryRefused: as ``dyad``.
    """
    from readout.charting.collecting import records_between

    _check(one, other, by, scale)
    facts = dyad_facts(archive, (min(one, other), max(one, other)), by=by, since=since, until=until)
    if facts is None:
        return dyad(records_between(archive, one, other), one, other, by=by, since=since, until=until, scale=scale)
    return _dyad(facts, one, other, _Chosen(by, since, until), scale)


def _check(one: str, other: str, by: str, scale: str) -> None:
    if one == other:
        raise QueryRefused(f"a dyad needs two different sides; both are {one[:40]!r}")
    if by not in PERIODS:
        raise QueryRefused(f"by {by[:40]!r} is not known; use one of: {', '.join(PERIODS)}")
    if scale not in SCALES:
        raise QueryRefused(f"scale {scale[:40]!r} is not known; use one of: {', '.join(SCALES)}")


def _dyad(facts: DyadFacts, one: str, other: str, chosen: _Chosen, scale: str) -> Dyad:
    """The facts in periods."""
    met = sorted(_met(facts, chosen), key=_order)
    labels = _labels(facts.labels, chosen.since, chosen.until)
    piles: dict[str, _Pile] = defaultdict(lambda: _Pile(one, other))
    for x in met:
        piles[x.period].add_exchange(x)
    names: dict[str, str | None] = {}
    for (day, what, name), n in facts.counts.items():
        if day not in names:
            names[day] = chosen.of(date_of_key(day))
        if (period := names[day]) is not None:
            piles[period].add_count(what, name, n, scale)
    for label in labels:
        if label.first and (first := chosen.of(DateInterval.day(label.first))):
            piles[first].new_labels.append(label.words)
    return Dyad(
        one=one, other=other, by=chosen.by, scale=scale, since=chosen.since, until=chosen.until,
        documents=facts.documents,
        periods=tuple(piles[name].settled(name, *days) for name, days in _all_periods(piles, chosen.by)),
        undated=piles[UNDATED].settled(UNDATED, None, None), exchanges=tuple(met), labels=tuple(labels),
    )  # fmt: skip


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
    scores: dict[str, Counter[float]] = field(default_factory=lambda: defaultdict(Counter))
    new_labels: list[str] = field(default_factory=list)

    def add_exchange(self, met: Met) -> None:
        if met.status == "planned":
            self.planned += 1
            return
        self.held += 1
        self.accounts += met.accounts
        self.channels[met.kind] += 1
        self.levels[met.level] += 1

    def add_count(self, what: str, name: str, n: int, scale: str) -> None:
        if what == "statements":
            self.statements += n
        elif what == "topic":
            self.topics[name] += n
        elif (score := _score(name, scale)) is not None:
            self.scores[min(self.one, self.other) if what == "one" else max(self.one, self.other)][score] += n

    def settled(self, name: str, first: date | None, last: date | None) -> Period:
        return Period(
            name=name, first=first, last=last, held=self.held, planned=self.planned, accounts=self.accounts,
            channels=dict(sorted(self.channels.items())),
            levels={level: self.levels[level] for level in LEVELS if self.levels[level]},
            tone=(Tone.of(self.one, self.other, self.scores[self.one]),
                  Tone.of(self.other, self.one, self.scores[self.other])),
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


def scores_of(codes: Counter[str], scale: str) -> Counter[float]:
    """How often each score comes among codes that are counted by name."""
    out: Counter[float] = Counter()
    for name, n in codes.items():
        if (score := _score(name, scale)) is not None:
            out[score] += n
    return out


@lru_cache(maxsize=4096)
def _score(name: str, scale: str) -> float | None:
    """The score of a code, with its mode where it has one of its own; None where PLOVER drops it."""
    code, _, mode = name.partition("/")
    if scale == "goldstein":
        return Code("CAMEO", code).score
    plover = plover_of(code)
    return plover_score(plover.code, mode or mode_of(code)) if plover else None


def _met(facts: DyadFacts, chosen: _Chosen) -> list[Met]:
    return [
        Met(id=x.id, kind=x.kind, status=x.status, level=x.level, date=x.date, period=period, accounts=x.accounts,
            independent=x.independent, documents=x.documents)
        for x in facts.occasions.values()
        if (period := chosen.of(x.date)) is not None
    ]  # fmt: skip


def _order(met: Met) -> tuple[str, str]:
    return (met.date.start.isoformat() if met.date else "~", met.id)


def _labels(places: Iterable[LabelPlace], since: date | None, until: date | None) -> list[Label]:
    """The labels of the two by the day they were first met; documents without a date come last."""
    seen: dict[tuple[str, str], list[LabelPlace]] = defaultdict(list)
    for place in places:
        day = place.day
        if not ((since and (day is None or day < since)) or (until and (day is None or day > until))):
            seen[place.kind, place.words.casefold()].append(place)
    out = []
    for (kind, _), found in seen.items():
        found.sort(key=lambda p: (p.day or date.max, p.document, p.span))
        days = [p.day for p in found if p.day]
        latest = max(found, key=lambda p: (p.day or date.min, p.document))
        out.append(
            Label(
                words=found[0].words, kind=kind, first=min(days, default=None), last=max(days, default=None),
                first_document=found[0].document, first_span=found[0].span, last_document=latest.document,
                documents=len({p.document for p in found}),
            )
        )  # fmt: skip
    return sorted(out, key=lambda x: (x.first or date.max, x.kind, x.words))
