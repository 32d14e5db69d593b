"""Who talks to whom in a time: every side with how often it met others, and the pairs that met most with their tone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from readout.charting.dyads import SCALES, Tone, scores_of
from readout.errors import ArchiveError, QueryRefused
from readout.exporting.wording import Names, name_of
from readout.querying.tabulating import csv_lines
from readout.records.items import EncounterKind
from readout.storing import Archive, PairDays, PairSums, all_pairs

Mood = Literal["cooperative", "mixed", "conflictual", "untold"]
MOODS: tuple[Mood, ...] = get_args(Mood)
MIXED, CONFLICTUAL = 0.2, 0.5
"""From this share of conflictual codes on a tone is mixed, above the other conflictual; neutral codes do not count."""
MAX_TOP = 100
_CHANNELS: tuple[str, ...] = get_args(EncounterKind)
WORLD_COLUMNS: tuple[str, ...] = (
    "one", "one_name", "other", "other_name", "exchanges", "planned", "accounts", "last",
    *(f"channel_{x}" for x in _CHANNELS), "mood",
    *(f"{way}_{x}" for way in ("one_to_other", "other_to_one")
      for x in ("count", "mean", "cooperative", "conflictual")),
)  # fmt: skip
"""The columns of ``world_csv``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Two sides that met: exchanges that took place, with how many accounts; those only planned; the tone each way."""

    one: str
    other: str
    exchanges: int
    planned: int
    accounts: int
    last: date | None
    channels: dict[str, int]
    tone: tuple[Tone, Tone]

    @property
    def mood(self) -> Mood:
        """The tone of both ways in a word: by the share of conflictual codes among those that are not neutral."""
        bad = sum(t.conflictual for t in self.tone)
        told = bad + sum(t.cooperative for t in self.tone)
        if not told:
            return "untold"
        share = bad / told
        return "cooperative" if share < MIXED else "mixed" if share <= CONFLICTUAL else "conflictual"

    def to_json(self) -> dict[str, Any]:
        """The fields; the day as ISO."""
        return {
            "one": self.one, "other": self.other, "exchanges": self.exchanges, "planned": self.planned,
            "accounts": self.accounts, "last": self.last.isoformat() if self.last else None,
            "channels": self.channels, "mood": self.mood, "tone": [t.to_json() for t in self.tone],
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSums:
    """One side: with how many others it met, and how often; an exchange of several counts once with each of them."""

    side: str
    exchanges: int
    partners: int

    def to_json(self) -> dict[str, Any]:
        """The fields."""
        return {"side": self.side, "exchanges": self.exchanges, "partners": self.partners}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Every side that met another in a time, and the ``top`` pairs that met most; counts are sums over pairs.

    ``pairs`` counts all that met. ``first`` and ``last`` are the days between which the archive tells of exchanges at
    any time. ``due`` counts pairs whose sums wait to be counted again, and may be behind.
    """

    scale: str
    since: date | None
    until: date | None
    top: int
    first: date | None
    last: date | None
    pairs: int
    exchanges: int
    due: int
    edges: tuple[Edge, ...]
    sides: tuple[SideSums, ...]

    def to_json(self) -> dict[str, Any]:
        """Everything, as one object."""

        def iso(day: date | None) -> str | None:
            return day.isoformat() if day else None

        return {
            "scale": self.scale, "since": iso(self.since), "until": iso(self.until), "top": self.top,
            "first": iso(self.first), "last": iso(self.last), "pairs": self.pairs, "exchanges": self.exchanges,
            "due": self.due, "edges": [e.to_json() for e in self.edges], "sides": [s.to_json() for s in self.sides],
        }  # fmt: skip


def world(
    archive: Archive,
    *,
    since: date | None = None,
    until: date | None = None,
    top: int = 30,
    scale: str = "goldstein",
    days: PairDays | None = None,
) -> World:
    """Who met whom between two days, both included, from the sums that the archive keeps; no document is read.

    An edge has the figures that ``dyad_in`` has of the same two sides and days. Edges and sides are sorted by
    exchanges, then by code.

    Args:
        days: ``pair_days`` of the archive as it is, for who asks for many times; None: they are read.
    Raises:
        QueryRefused: ``top`` is not from 1 to 100, the scale is not known, or the days are the wrong way round.
        ArchiveError: the sums were counted by other rules than this program's.
    Source: docs/dyads.md.
    """
    if not 1 <= top <= MAX_TOP:
        raise QueryRefused(f"top {top}: give a number of pairs from 1 to {MAX_TOP}")
    if scale not in SCALES:
        raise QueryRefused(f"scale {scale[:40]!r} is not known; use one of: {', '.join(SCALES)}")
    if since and until and since > until:
        raise QueryRefused(f"since {since} is after until {until}; give the earlier day first")
    found = all_pairs(archive, top, since=since, until=until, days=days)
    if found is None:
        raise ArchiveError(
            "the sums of two sides were counted by other rules; count them again with `readout archive migrate`"
        )
    exchanges, partners = Counter[str](), Counter[str]()
    for one, other, held in found.met:
        for side in (one, other):
            exchanges[side] += held
            partners[side] += 1
    sides = sorted(exchanges, key=lambda side: (-exchanges[side], side))
    return World(
        scale=scale, since=since, until=until, top=top, first=found.first, last=found.last, pairs=len(found.met),
        exchanges=sum(held for _, _, held in found.met), due=found.due,
        edges=tuple(_edge(pair, scale) for pair in found.busiest),
        sides=tuple(SideSums(side=s, exchanges=exchanges[s], partners=partners[s]) for s in sides),
    )  # fmt: skip


def _edge(pair: PairSums, scale: str) -> Edge:
    ways = []
    for source, target, way in ((pair.one, pair.other, "one"), (pair.other, pair.one, "other")):
        codes = Counter({name: n for (which, name), n in pair.codes.items() if which == way})
        ways.append(Tone.of(source, target, scores_of(codes, scale)))
    return Edge(
        one=pair.one, other=pair.other, exchanges=pair.held, planned=pair.planned, accounts=pair.accounts,
        last=pair.last, channels=dict(sorted(pair.channels.items())), tone=(ways[0], ways[1]),
    )  # fmt: skip


def world_csv(world: World, names: Names | None = None) -> Iterator[str]:
    """The edges as CSV lines with the columns of ``WORLD_COLUMNS``."""
    yield from csv_lines(WORLD_COLUMNS, (_csv_row(e, names) for e in world.edges))


def _csv_row(e: Edge, names: Names | None) -> tuple[Any, ...]:
    tone = [
        value
        for t in e.tone
        for value in (t.count, "" if t.mean is None else round(t.mean, 3), t.cooperative, t.conflictual)
    ]
    return (
        e.one, name_of(e.one, names), e.other, name_of(e.other, names), e.exchanges, e.planned, e.accounts,
        e.last.isoformat() if e.last else "", *(e.channels.get(x, 0) for x in _CHANNELS), e.mood, *tone,
    )  # fmt: skip
