"""Exchanges: what several documents tell of one encounter, joined encounter by encounter, each join with its reason."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, islice
from typing import Any

from readout.comparing.same import MAX_APART_DAYS, group_of, likeness, short_date, sides_of
from readout.comparing.words import shingles
from readout.errors import RecordError
from readout.records import Encounter, Record

THRESHOLD = 0.62
"""Encounters less alike than this are not joined."""

REPRINT_SHARE = 0.6
"""What reprints have in common of the shorter text's four-word runs."""
_ROLES = {"reported": "account", "planned": "announcement", "past": "mention"}

Place = tuple[str, str]
"""One telling of one encounter: the document's id and the encounter's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """An edge between two tellings: why they are one encounter, and how sure that is; by hand it is 1."""

    one: Place
    other: Place
    score: float
    reasons: tuple[str, ...]
    by_hand: bool = False

    def to_json(self) -> dict[str, Any]:
        """``{"one", "other", "score", "reasons", "by_hand"}``."""
        return {
            "one": list(self.one),
            "other": list(self.other),
            "score": self.score,
            "reasons": list(self.reasons),
            "by_hand": self.by_hand,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one document tells of an exchange.

    ``role`` is ``account`` where the document reports it, ``announcement`` where it plans it, ``mention`` where it
    looks back. ``copy_of`` is the document that this one reprints, wholly or nearly; None for an independent one.
    """

    document: str
    issuer: str | None
    encounter: Encounter
    role: str
    copy_of: str | None = None

    @property
    def place(self) -> Place:
        """Document and encounter."""
        return (self.document, self.encounter.id)

    def to_json(self) -> dict[str, Any]:
        """The document, its issuer, its role, what it reprints, and the encounter as the document tells it."""
        return {
            "document": self.document,
            "issuer": self.issuer,
            "role": self.role,
            "copy_of": self.copy_of,
            "encounter": self.encounter.to_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One encounter in the world with every account of it; ``joins`` say why they are one."""

    id: str
    accounts: tuple[Account, ...]
    joins: tuple[Join, ...] = ()

    @property
    def independent(self) -> int:
        """How many accounts are not reprints of another."""
        return sum(a.copy_of is None for a in self.accounts)

    @property
    def lead(self) -> Encounter:
        """The encounter as the first account tells it: a report before an announcement before a mention."""
        return self.accounts[0].encounter

    def to_json(self) -> dict[str, Any]:
        """The exchange with its accounts and joins."""
        return {
            "id": self.id,
            "kind": self.lead.kind,
            "sides": sorted({side for a in self.accounts for side in sides_of(a.encounter)}),
            "date": self.lead.date.iso() if self.lead.date else None,
            "independent": self.independent,
            "accounts": [a.to_json() for a in self.accounts],
            "joins": [j.to_json() for j in self.joins],
        }


def exchanges(
    records: Iterable[Record],
    *,
    must_link: Sequence[tuple[Place, Place]] = (),
    cannot_link: Sequence[tuple[Place, Place]] = (),
    of_one_pair: bool = False,
) -> list[Exchange]:
    """The exchanges that the records tell of, those told once among them, by date.

    Two encounters of one document are never one, and nothing is joined across a ``cannot_link``. A ``must_link``
    stands above every score. The order of the records changes nothing.

    Args:
        records: of any documents; two records of one id must be of one text, the second is left out.
        must_link, cannot_link: pairs of tellings that a person joined or kept apart.
        of_one_pair: all encounters share two sides, so they need not be sorted by sides first; the answer is the same.
    Raises:
        RecordError: two texts bear one id, a link names a telling that is not there, or the links contradict.
    """
    known: dict[str, Record] = {}
    for record in records:
        if record.id in known and known[record.id].text != record.text:
            raise RecordError(f"two texts bear the id {record.id!r}; give each document an id of its own", id=record.id)
        known.setdefault(record.id, record)
    tellings = {(r.id, e.id): e for r in sorted(known.values(), key=lambda r: r.id) for e in r.encounters}
    for place in {p for pair in (*must_link, *cannot_link) for p in pair}:
        if place not in tellings:
            raise RecordError(f"there is no encounter {place[1]!r} in document {place[0]!r}; `readout exchanges "
                              "--format json` shows the ids", document=place[0])  # fmt: skip
    groups = _Groups(tellings, cannot_link)
    joins: list[Join] = []
    for one, other in must_link:
        one, other = sorted((one, other))
        if not groups.join(one, other, by_hand=True):
            raise RecordError(f"{one} and {other} are joined and kept apart by hand; take one of the links back")
        joins.append(Join(one=one, other=other, score=1.0, reasons=("joined by hand",), by_hand=True))
    # reports find one another before a report finds another document's look back at the same day
    edges = sorted(
        _edges(known, tellings, of_one_pair), key=lambda j: (_statuses(j, tellings), -j.score, j.one, j.other)
    )
    for join in edges:
        if groups.join(join.one, join.other) or groups.root(join.one) == groups.root(join.other):
            joins.append(join)
    by_place: dict[Place, list[Join]] = defaultdict(list)
    for join in joins:
        by_place[groups.root(join.one)].append(join)
    found = [_exchange(m, by_place[min(m)], known, tellings) for m in groups.members()]
    return sorted(found, key=lambda x: (x.lead.date.start.isoformat() if x.lead.date else "~", x.id))


def reprints(records: Iterable[Record]) -> dict[str, str]:
    """From the id of each document that reprints another to that other: the first by day, then by id.

    Four-word runs are compared: a reprint has most of the shorter text's runs in common, however it was cut.
    """
    ordered = sorted(records, key=lambda r: (r.date.isoformat() if r.date else "~", r.id))
    runs = [shingles(r.text) for r in ordered]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    out: dict[str, str] = {}
    for n, record in enumerate(ordered):
        common: dict[int, int] = defaultdict(int)
        for run in runs[n]:
            for m in holders[run]:
                common[m] += 1
            holders[run].append(n)
        for m in sorted(common):
            if common[m] >= REPRINT_SHARE * min(len(runs[m]), len(runs[n])):
                out[record.id] = out.get(ordered[m].id, ordered[m].id)
                break
    return out


class _Groups:
    """Tellings in groups that grow by joins, with what must stay apart."""

    def __init__(self, tellings: dict[Place, Encounter], cannot: Sequence[tuple[Place, Place]]) -> None:
        self._of: dict[Place, set[Place]] = {place: {place} for place in tellings}
        self._tellings = tellings
        self._apart: dict[Place, set[Place]] = defaultdict(set)
        for one, other in cannot:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def root(self, place: Place) -> Place:
        """The telling that stands for the group."""
        return min(self._of[place])

    def join(self, one: Place, other: Place, by_hand: bool = False) -> bool:
        """Make two groups one, unless something keeps any of their members apart; whether it was done."""
        a, b = self._of[one], self._of[other]
        if a is b:
            return by_hand
        if any(self._apart[x] & b for x in a):
            return False
        if not by_hand and ({x[0] for x in a} & {x[0] for x in b} or not self._days_meet(a, b)):
            return False
        whole = a | b
        for x in whole:
            self._of[x] = whole
        return True

    def _days_meet(self, one: set[Place], other: set[Place]) -> bool:
        """Whether the days of two groups lie within two of each other: chains of neighbouring days are not followed.

        Where a person joined tellings of days further apart, the days of that group reach so far already.
        """
        return self._reach(one | other) <= max(1, self._reach(one), self._reach(other))

    def _reach(self, places: set[Place]) -> int:
        days = [e.date for e in (self._tellings[p] for p in places) if e.date and e.date.precision == "day"]
        return (max(d.start for d in days) - min(d.start for d in days)).days if days else 0

    def members(self) -> list[list[Place]]:
        """The groups, each in order."""
        return sorted(sorted(group) for place, group in self._of.items() if place == min(group))


def _statuses(join: Join, tellings: dict[Place, Encounter]) -> bool:
    return tellings[join.one].status != tellings[join.other].status


def _edges(known: dict[str, Record], tellings: dict[Place, Encounter], of_one_pair: bool) -> Iterator[Join]:
    """Every pair of tellings alike enough; compared only where kind and two sides (or a speaker's) meet."""
    blocks: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place, e in tellings.items():
        sides = () if of_one_pair else sorted(sides_of(e))
        keys: list[tuple[str, ...]] = [(s,) for s in sides] if e.kind == "briefing" else [*combinations(sides, 2)]
        if of_one_pair:
            keys = [()]
        for key in keys:
            blocks[(group_of(e), *key)].append(place)
    seen: set[tuple[Place, Place]] = set()
    for places in blocks.values():
        for one, other in _near(places, tellings):
            if one[0] == other[0] or (one, other) in seen:
                continue
            seen.add((one, other))
            alike = likeness(known[one[0]], tellings[one], known[other[0]], tellings[other])
            if alike.score >= THRESHOLD:
                yield Join(one=one, other=other, score=alike.score, reasons=alike.reasons)


def _near(places: list[Place], tellings: dict[Place, Encounter]) -> Iterator[tuple[Place, Place]]:
    """Every pair that its days do not already part, in no particular order: thousands of calls are years apart."""
    dated: list[tuple[date, date, Place]] = []
    other: list[Place] = []
    for place in places:
        if day := short_date(tellings[place]):
            dated.append((day.start, day.end, place))
        else:
            other.append(place)
    dated.sort()
    for n, (_, end, one) in enumerate(dated):
        for start, _, two in islice(dated, n + 1, None):
            if (start - end).days >= MAX_APART_DAYS:
                break
            yield min(one, two), max(one, two)
        yield from ((min(one, two), max(one, two)) for two in other)
    yield from combinations(sorted(other), 2)


def _exchange(
    members: list[Place],
    joins: list[Join],
    known: dict[str, Record],
    tellings: dict[Place, Encounter],
) -> Exchange:
    documents = sorted({document for document, _ in members})
    copies = reprints(known[document] for document in documents) if len(documents) > 1 else {}
    accounts = []
    for document, encounter in members:
        e = tellings[document, encounter]
        accounts.append(
            Account(
                document=document,
                issuer=known[document].issuer,
                encounter=e,
                role=_ROLES[e.status],
                copy_of=copies.get(document),
            )
        )
    order = list(_ROLES.values())
    accounts.sort(key=lambda a: (order.index(a.role), a.copy_of is not None, a.document))
    state = hashlib.blake2b(digest_size=8)
    for part in (x for place in members for x in place):
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(4, "big") + data)
    return Exchange(
        id=f"exchange-{state.hexdigest()}",
        accounts=tuple(accounts),
        joins=tuple(joins),
    )
