"""The formulas a side repeats: when each first appears, how often, and how it strengthens, weakens or vanishes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal, get_args

from readout.comparing.words import content_words
from readout.errors import QueryRefused
from readout.exporting.escaping import quoted, visible
from readout.following.collecting import names_of_documents, records_of, some_records
from readout.knowing import side_code
from readout.querying.tabulating import csv_lines
from readout.records import Record, Span, Statement
from readout.storing import Archive

Trend = Literal["steady", "strengthened", "weakened", "vanished"]
TRENDS: tuple[str, ...] = get_args(Trend)
PHRASE_COLUMNS = ("core", "documents", "first", "last", "trend", "document", "date", "degree", "words")
MAX_WORDS = 8
MIN_AFTER = 3
"""A formula has vanished only where its side spoke in so many later documents without it."""
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_STRONGER = frozenset(
    """deep deeply deepest grave gravely serious seriously strong strongly firm firmly resolute resolutely always full
    fully absolute absolutely utmost extreme extremely profound profoundly unwavering unswerving staunch staunchly
    categorically consistently great greatly very highly particularly unequivocally unconditional
    unconditionally""".split()
)
# a stance that is a formula by its degree alone: "concern", "deep concern"
_STANCES = frozenset(
    "concern concerned support supports condemn condemns oppose opposes opposition regret regrets solidarity".split()
)
_EDGES = frozenset(
    """a an and are as at be been between but by for from had has have he her his in into is it its of on or our she
    that the their they this to was we were which will with would about over expressed said""".split()
)
_NEAR = 3
_Gram = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One document that has the formula: its words with what strengthens them (``degree`` such words)."""

    document: str
    name: str
    date: date
    words: str
    span: Span
    degree: int

    def to_json(self) -> dict[str, Any]:
        """All fields; the date as ISO text."""
        return {
            "document": self.document, "name": self.name, "date": self.date.isoformat(), "words": self.words,
            "span": self.span.to_json(), "degree": self.degree,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A formula without what strengthens it (``core``), and its first use in each document, by date."""

    core: str
    uses: tuple[Use, ...]
    trend: Trend
    spoken_after: int

    @property
    def by_year(self) -> dict[int, int]:
        """How many documents of each year have it."""
        out: dict[int, int] = {}
        for use in self.uses:
            out[use.date.year] = out.get(use.date.year, 0) + 1
        return out

    def to_json(self) -> dict[str, Any]:
        """All fields with ``first``, ``last`` and ``by_year``; ``spoken_after`` counts later documents without it."""
        return {
            "core": self.core, "trend": self.trend, "first": self.uses[0].date.isoformat(),
            "last": self.uses[-1].date.isoformat(), "by_year": {str(y): n for y, n in self.by_year.items()},
            "spoken_after": self.spoken_after, "uses": [u.to_json() for u in self.uses],
        }  # fmt: skip


@dataclass(slots=True)
class _Stretch:
    document: int
    spans: list[tuple[int, int]]
    words: _Gram


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The formulas of some documents of a side, and how many documents were read of how many there are."""

    found: tuple[Phrase, ...]
    read: int
    total: int

    def to_json(self) -> dict[str, Any]:
        """``{"read", "total", "phrases"}``."""
        return {"read": self.read, "total": self.total, "phrases": [p.to_json() for p in self.found]}


def phrases(archive: Archive, side: str, other: str | None = None, *, least: int = 3) -> tuple[Phrase, ...]:
    """The formulas that ``side`` repeats in at least ``least`` documents, most frequent first.

    Args:
        other: only documents in which this side acts too.
    Raises:
        QueryRefused: no side, two times the same, or ``least`` below 2.
    """
    side, other = _asked(side, other, least)
    return _named(archive, records_of(archive, side, other), side, least)


def some_phrases(
    archive: Archive,
    side: str,
    other: str | None = None,
    *,
    most: int,
    least: int = 3,
    since: date | None = None,
    until: date | None = None,
) -> Phrases:
    """The formulas in at most ``most`` documents, spread evenly over those of the period, as ``phrases`` tells them.

    Raises:
        QueryRefused: as ``phrases``.
    """
    side, other = _asked(side, other, least)
    chosen = some_records(archive, side, other, most=most, since=since, until=until, which="spread")
    return Phrases(found=_named(archive, chosen.records, side, least), read=len(chosen.records), total=chosen.total)


def _asked(side: str, other: str | None, least: int) -> tuple[str, str | None]:
    if least < 2:
        raise QueryRefused(f"least is {least}; what stands in one document is not repeated, so give 2 or more")
    side, other = side_code(side), side_code(other) if other is not None else None
    if side == other:
        raise QueryRefused(f"--with needs another side than {side[:40]!r}")
    return side, other


def _named(archive: Archive, records: list[Record], side: str, least: int) -> tuple[Phrase, ...]:
    return phrases_of(records, side, least=least, names=names_of_documents(archive, [r.id for r in records]))


def phrases_of(
    records: Iterable[Record], side: str, *, least: int = 3, names: dict[str, str] | None = None
) -> tuple[Phrase, ...]:
    """The formulas in what ``side`` says in dated records that bear ids of their own; a reprint counts once."""
    told: list[Record] = []
    seen: set[str] = set()
    for r in sorted((r for r in records if r.date), key=lambda r: (str(r.date), r.id)):
        if r.digest not in seen and any(a.side == side for s in r.statements for a in s.speakers):
            seen.add(r.digest)
            told.append(r)
    stretches = [
        _stretch(n, r.text, _told(r.text, s))
        for n, r in enumerate(told) for s in r.statements if any(a.side == side for a in s.speakers)
    ]  # fmt: skip
    found = _frequent(stretches, least)
    formulas = {gram: places for gram, places in found.items() if _is_formula(gram)}
    made = [_phrase(g, formulas[g], stretches, told, names or {}) for g in _maximal(formulas, stretches)]
    return tuple(sorted((p for p in made if p is not None), key=lambda p: (-len(p.uses), p.core)))


def _told(text: str, s: Statement) -> Span:
    """The content; with its cue where that is a stance of its own ("expressed deep concern over")."""
    cue = s.cue
    if cue is None or not 0 <= s.content.start - cue.end <= _NEAR:
        return s.content
    has_stance = any(m[0].lower() in _STANCES for m in _TOKEN.finditer(text, cue.start, cue.end))
    return Span(cue.start, s.content.end) if has_stance else s.content


def _stretch(document: int, text: str, span: Span) -> _Stretch:
    tokens = [m for m in _TOKEN.finditer(text, span.start, span.end) if m[0].lower() not in _STRONGER]
    return _Stretch(document, [m.span() for m in tokens], tuple(m[0].lower() for m in tokens))


def _frequent(stretches: list[_Stretch], least: int) -> dict[_Gram, list[tuple[int, int]]]:
    """Every run of words in enough documents, with its places; a run can only be as frequent as its parts."""
    out: dict[_Gram, list[tuple[int, int]]] = {}
    last: dict[_Gram, list[tuple[int, int]]] = {
        (): [(n, at) for n, s in enumerate(stretches) for at in range(len(s.words))]
    }
    for size in range(1, MAX_WORDS + 1):
        grown: dict[_Gram, list[tuple[int, int]]] = {}
        for places in last.values():
            for n, at in places:
                if at + size <= len(stretches[n].words):
                    grown.setdefault(stretches[n].words[at : at + size], []).append((n, at))
        last = {g: p for g, p in grown.items() if len({stretches[n].document for n, _ in p}) >= least}
        out |= last
    return out


def _is_formula(gram: _Gram) -> bool:
    if gram[0] in _EDGES or gram[-1] in _EDGES:
        return False
    return gram[0] in _STANCES if len(gram) == 1 else len(content_words(" ".join(gram))) >= 2


def _phrase(
    gram: _Gram, places: list[tuple[int, int]], stretches: list[_Stretch], told: list[Record], names: dict[str, str]
) -> Phrase | None:
    uses: dict[int, Use] = {}
    for n, at in places:
        s = stretches[n]
        if s.document in uses:
            continue
        r = told[s.document]
        start, end = s.spans[at][0], s.spans[at + len(gram) - 1][1]
        # what strengthens stands right before the formula, or in it
        floor = s.spans[at - 1][1] if at else max(0, start - 40)
        before = [m for m in _TOKEN.finditer(r.text, floor, start) if m[0].lower() in _STRONGER]
        if before and r.text[before[-1].end() : start].strip() == "":
            start = before[0].start() if r.text[before[0].start() : start].count(",") == 0 else before[-1].start()
        degree = sum(m[0].lower() in _STRONGER for m in _TOKEN.finditer(r.text, start, end))
        assert r.date is not None
        uses[s.document] = Use(
            document=r.id, name=names.get(r.id, r.id), date=r.date, words=r.text[start:end], span=Span(start, end),
            degree=degree,
        )  # fmt: skip
    by_date = [uses[n] for n in sorted(uses)]
    if len(gram) == 1 and not any(u.degree for u in by_date):
        return None
    after = len(told) - 1 - max(uses)
    return Phrase(
        core=" ".join(gram), uses=tuple(by_date), trend=_trend(by_date, sorted(uses), after), spoken_after=after
    )


def _trend(uses: list[Use], at: list[int], after: int) -> Trend:
    longest = max((b - a for a, b in pairwise(at)), default=1)
    if after >= MIN_AFTER and after > longest:
        return "vanished"
    first, last = uses[0].degree, uses[-1].degree
    return "strengthened" if last > first else "weakened" if last < first else "steady"


def _maximal(formulas: dict[_Gram, list[tuple[int, int]]], stretches: list[_Stretch]) -> list[_Gram]:
    """Those that do not stand in a longer one in the same documents; a longer one is never in others."""
    covered: dict[frozenset[int], set[_Gram]] = {}
    out = []
    for gram in sorted(formulas, key=len, reverse=True):
        inside = covered.setdefault(frozenset(stretches[n].document for n, _ in formulas[gram]), set())
        if gram not in inside:
            out.append(gram)
            inside.update(gram[i:j] for i in range(len(gram)) for j in range(i + 1, len(gram) + 1))
    return out


def phrases_text(found: Iterable[Phrase]) -> str:
    """The formulas in plain text: how often by year, the trend, and every change of the words."""
    lines: list[str] = []
    for p in found:
        years = ", ".join(f"{y}: {n}" for y, n in p.by_year.items())
        lines.append(f"{quoted(visible(p.core))}  {len(p.uses)} documents ({years}), {p.trend}")
        before = None
        for u in p.uses:
            if before is None or u.degree != before:
                lines.append(f"    {u.date}  {quoted(visible(u.words))} ({visible(u.name)})")
            before = u.degree
        if p.trend == "vanished":
            lines.append(f"    last {p.uses[-1].date}; {p.spoken_after} later documents without it")
    return "\n".join(lines) + "\n" if lines else "no formula\n"


def phrases_csv(found: Iterable[Phrase]) -> Iterator[str]:
    """CSV lines, a row for each document that has a formula."""
    rows = [
        (p.core, len(p.uses), p.uses[0].date.isoformat(), p.uses[-1].date.isoformat(), p.trend, u.document,
         u.date.isoformat(), u.degree, u.words)
        for p in found for u in p.uses
    ]  # fmt: skip
    yield from csv_lines(PHRASE_COLUMNS, rows)
