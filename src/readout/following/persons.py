"""One person through an archive: offices, whom they met, what they said, what they promised."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, distinct, func, select

from readout.errors import QueryRefused
from readout.following.naming import Named, person_named
from readout.following.tellings import Contact, Source, contacts, joined, source_of, tellings
from readout.knowing import side_code
from readout.records import FAMILY
from readout.storing import Archive
from readout.storing import schema as t

MAX_SHOWN = 1_000
_PROMISING = ("agree", "commit", "offer")
"""The acts that promises are drawn from."""
_Who = tuple[str | None, str, str]
_NEAR_DAYS = 4
"""Tellings of one exchange lie within so many days; one at the edge of what was read may miss some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Borne:
    """An office as the documents give it: between the first and last day that they name the person so, how often."""

    office: str | None
    side: str
    first: date | None
    last: date | None
    tellings: int

    def to_json(self) -> dict[str, Any]:
        """All fields; days as ISO text."""
        return {
            "office": self.office, "side": self.side, "first": _iso(self.first), "last": _iso(self.last),
            "tellings": self.tellings,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """Somebody of another side in the same encounters, and how often by channel, plans left out.

    Encounters of one kind with one counterpart on one day count once, in however many documents. ``offices`` are those
    the documents name; a side without a name or office stands for itself.
    """

    person: str | None
    offices: tuple[str, ...]
    side: str
    channels: dict[str, int]
    first: date | None
    last: date | None

    @property
    def times(self) -> int:
        """How often, over all channels."""
        return sum(self.channels.values())

    def to_json(self) -> dict[str, Any]:
        """All fields with ``times``; days as ISO text."""
        return {
            "person": self.person, "offices": list(self.offices), "side": self.side, "times": self.times,
            "channels": self.channels, "first": _iso(self.first), "last": _iso(self.last),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement: what it does, to whom, its words; ``together_with`` who speaks too."""

    id: str
    act: str
    family: str
    toward: tuple[str, ...]
    together_with: tuple[str, ...]
    source: Source

    def to_json(self) -> dict[str, Any]:
        """All fields."""
        return {
            "id": self.id, "act": self.act, "family": self.family, "toward": list(self.toward),
            "together_with": list(self.together_with), "source": self.source.to_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A promise as one document tells it; what became of it, the ledger tells."""

    id: str
    promisor: tuple[str, ...]
    beneficiary: tuple[str, ...]
    strength: str
    refrain: bool
    deadline: str | None
    condition: str | None
    source: Source

    def to_json(self) -> dict[str, Any]:
        """All fields."""
        return {
            "id": self.id, "promisor": list(self.promisor), "beneficiary": list(self.beneficiary),
            "strength": self.strength, "refrain": self.refrain, "deadline": self.deadline,
            "condition": self.condition, "source": self.source.to_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the documents of an archive tell of one person.

    ``met``, ``statements``, ``promises`` and ``counterparts`` hold at most ``limit`` of each, the newest and the most
    frequent first; the counts beside them are of all. ``encounters`` counts tellings by status, ``acts`` statements.
    """

    named: Named
    side: str | None
    since: date | None
    until: date | None
    limit: int
    offices: tuple[Borne, ...]
    encounters: dict[str, int]
    counterparts: tuple[Counterpart, ...]
    counterparts_count: int
    met: tuple[Contact, ...]
    acts: dict[str, int]
    families: dict[str, int]
    statements: tuple[Said, ...]
    promises: tuple[Pledge, ...]
    promises_count: int

    @property
    def statements_count(self) -> int:
        """How many statements there are."""
        return sum(self.acts.values())

    def to_json(self) -> dict[str, Any]:
        """Everything, as one object."""
        return {
            **self.named.to_json(), "side": self.side, "since": _iso(self.since), "until": _iso(self.until),
            "limit": self.limit, "offices": [x.to_json() for x in self.offices],
            "encounters": self.encounters, "counterparts_count": self.counterparts_count,
            "counterparts": [x.to_json() for x in self.counterparts], "met": [x.to_json() for x in self.met],
            "statements_count": self.statements_count, "acts": self.acts, "families": self.families,
            "statements": [x.to_json() for x in self.statements], "promises_count": self.promises_count,
            "promises": [x.to_json() for x in self.promises],
        }  # fmt: skip


def person(
    archive: Archive,
    name: str,
    /,
    *,
    side: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int = 20,
) -> Person:
    """What an archive tells of the one person whom ``name`` means.

    Args:
        name: a name, or whole words of it, in any spelling that the actor base knows.
        side: only where the documents name the person for that side.
        since, until: days, both included; of an encounter its own day, else its document's.
        limit: at most so many of each list.
    Raises:
        QueryRefused: nobody or several are called so, or the limit is none.
    """
    if not 1 <= limit <= MAX_SHOWN:
        raise QueryRefused(f"limit {limit}: give a number from 1 to {MAX_SHOWN:,}")
    of = side_code(side) if side is not None else None
    with archive.transaction() as connection:
        asked = _Asked(connection, person_named(archive, name, side=of), of, since, until, limit)
        offices, acts = asked.offices_and_acts()
        counterparts, counterparts_count = asked.counterparts()
        promises, promises_count = asked.promises()
        families: dict[str, int] = defaultdict(int)
        for act, n in acts.items():
            families[FAMILY[act]] += n
        return Person(
            named=asked.named, side=of, since=since, until=until, limit=limit, offices=offices,
            encounters=asked.encounters(), counterparts=tuple(counterparts),
            counterparts_count=counterparts_count, met=tuple(asked.met()),
            acts=acts, families=_by_count(families),
            statements=tuple(asked.statements()), promises=tuple(promises), promises_count=promises_count,
        )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _by_count(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@dataclass(slots=True)
class _Asked:
    """One question, answered part by part."""

    connection: Connection
    named: Named
    side: str | None
    since: date | None
    until: date | None
    limit: int

    def _met(self) -> list[ColumnElement[bool]]:
        p = t.PARTICIPANTS.c
        out = self._actor(p)
        out += [p.last_day >= self.since.isoformat()] if self.since else []
        return [*out, p.first_day <= self.until.isoformat()] if self.until else out

    def _spoke(self) -> list[ColumnElement[bool]]:
        p = t.SPEAKERS.c
        out = self._actor(p)
        out += [p.told >= self.since.isoformat()] if self.since else []
        return [*out, p.told <= self.until.isoformat()] if self.until else out

    def _actor(self, columns: Any) -> list[ColumnElement[bool]]:
        one = [columns.person.in_(self.named.spellings)]
        return [*one, columns.side == self.side] if self.side is not None else one

    def encounters(self) -> dict[str, int]:
        """How many tellings there are by status."""
        p = t.PARTICIPANTS.c
        query = select(p.status, func.count(distinct(p.encounter_id))).where(*self._met()).group_by(p.status)
        return _by_count({row[0]: row[1] for row in self.connection.execute(query)})

    def offices_and_acts(self) -> tuple[tuple[Borne, ...], dict[str, int]]:
        """The offices by day, and how often each act was done; both from one pass over the statements."""
        p, k = t.PARTICIPANTS.c, t.SPEAKERS.c
        at = case((p.status == "past", p.first_day), else_=p.told)
        met = select(p.office, p.side, func.min(at), func.max(at), func.count()).where(*self._met())
        said = select(k.office, k.side, func.min(k.told), func.max(k.told), func.count(), k.act).where(*self._spoke())
        days: dict[tuple[str | None, str], list[str]] = defaultdict(list)
        counts: dict[tuple[str | None, str], int] = defaultdict(int)
        acts: dict[str, int] = defaultdict(int)
        for query in (met.group_by(p.office, p.side), said.group_by(k.office, k.side, k.act)):
            for office, side, first, last, n, *act in self.connection.execute(query):
                days[office, side] += [day for day in (first, last) if day]
                counts[office, side] += n
                for name in act:
                    acts[name] += n
        offices = [
            Borne(office=office, side=side, first=_day(min(days[office, side], default=None)),
                  last=_day(max(days[office, side], default=None)), tellings=n)
            for (office, side), n in counts.items()
        ]  # fmt: skip
        offices.sort(key=lambda b: (b.first or date.max, b.last or date.max, b.side, b.office or ""))
        return tuple(offices), _by_count(acts)

    def counterparts(self) -> tuple[list[Counterpart], int]:
        """Whom of other sides the person met most often, and how many there are in all."""
        p, o = t.PARTICIPANTS.c, t.PARTICIPANTS.alias("other")
        # what has no day stands for itself
        own = case((p.first_day.is_(None), p.encounter_id), else_=0)
        query = (
            select(o.c.person, o.c.office, o.c.side, p.kind, p.first_day, own)
            .select_from(t.PARTICIPANTS.join(o, o.c.encounter_id == p.encounter_id))
            .where(*self._met(), o.c.side != p.side, p.status != "planned")
        )
        met: dict[_Who, set[tuple[str, str | None, int]]] = defaultdict(set)
        offices: dict[_Who, dict[str, str]] = defaultdict(dict)
        for person, office, side, kind, day, number in self.connection.execute(query):
            key = (person, side, "" if person is not None else office or "")  # without a name the office tells apart
            if office and (day or "~") < offices[key].get(office, "~~"):
                offices[key][office] = day or "~"
            met[key].add((kind, day, number))
        order = sorted(met, key=lambda who: (-len(met[who]), who[1], who[0] or "", who[2]))
        return [_counterpart(who, offices[who], met[who]) for who in order[: self.limit]], len(order)

    def met(self) -> list[Contact]:
        """The newest exchanges; more tellings are read until there are enough of them."""
        p = t.PARTICIPANTS.c
        rows = 4 * self.limit
        while True:
            newest = select(p.encounter_id, p.first_day).where(*self._met())
            newest = newest.order_by(p.first_day.desc().nulls_last(), p.encounter_id.desc()).limit(rows)
            found = [(row[0], row[1] or "") for row in self.connection.execute(newest)]
            told = tellings(self.connection, list(dict(found)))
            edge = found[-1][1] if len(found) == rows else None
            days = dict(found)
            first = {(x.document, x.encounter.id): days[x.row] for x in told}
            exchanges = joined(self.connection, told)
            exchanges.sort(key=lambda x: (max(first[a.place] for a in x.accounts), x.id), reverse=True)
            if edge is not None:  # an account of those at the edge may not have been read
                exchanges = [x for x in exchanges if _is_far(min(first[a.place] for a in x.accounts), edge)]
            if edge is None or len(exchanges) >= self.limit or rows > MAX_SHOWN * 8:
                return contacts(self.connection, exchanges[: self.limit], told)
            rows *= 4

    def statements(self) -> list[Said]:
        """The newest statements."""
        s, d = t.STATEMENTS.c, t.DOCUMENTS.c
        k = t.SPEAKERS.c
        newest = (
            select(k.statement_id).where(*self._spoke()).order_by(k.told.desc().nulls_last(), k.statement_id.desc())
        )
        wanted = list(dict.fromkeys(self.connection.execute(newest.limit(2 * self.limit)).scalars()))[: self.limit]
        rows = self.connection.execute(
            select(s.id, s.item, s.act, s.family, d.key, d.name, s.told, s.words, s.start, s.end)
            .join(t.DOCUMENTS, d.id == s.document_id).where(s.id.in_(wanted))
        )  # fmt: skip
        toward = sides_of_items(self.connection, "statements", wanted)
        others: dict[int, list[str]] = defaultdict(list)
        speakers = select(k.statement_id, k.person, k.side).where(k.statement_id.in_(wanted))
        for id, who, side in self.connection.execute(speakers.order_by(k.statement_id, k.position)):
            if who not in self.named.spellings:
                others[id].append(who or side)
        made = {
            row[0]: Said(id=row[1], act=row[2], family=row[3], toward=toward[row[0]].get("toward", ()),
                         together_with=tuple(others[row[0]]), source=source_of(row[4:]))
            for row in rows
        }  # fmt: skip
        return [made[id] for id in wanted]

    def promises(self) -> tuple[list[Pledge], int]:
        """The newest promises among what the person said, and how many there are."""
        c, s, k = t.COMMITMENTS, t.STATEMENTS.c, t.SPEAKERS.c
        said = (
            select(s.document_id, s.item)
            .join(t.SPEAKERS, s.id == k.statement_id)
            .where(*self._spoke(), k.act.in_(_PROMISING))
            .distinct()
            .subquery()
        )
        of = c.join(said, (said.c.document_id == c.c.document_id) & (said.c.item == c.c.statement))
        made = self.connection.execute(select(c.c.told, c.c.id).select_from(of)).all()
        newest = sorted(((told or "", id) for told, id in made), reverse=True)[: self.limit]
        return pledges(self.connection, [id for _, id in newest]), len(made)


def _counterpart(who: _Who, offices: dict[str, str], met: set[tuple[str, str | None, int]]) -> Counterpart:
    days = sorted(day for _, day, _ in met if day)
    return Counterpart(
        person=who[0], offices=tuple(sorted(offices, key=lambda office: (offices[office], office))), side=who[1],
        channels=_by_count(Counter(kind for kind, _, _ in met)), first=_day(days[0]) if days else None,
        last=_day(days[-1]) if days else None,
    )  # fmt: skip


def _is_far(day: str, edge: str) -> bool:
    """Whether a day is well after the last one that was read."""
    if not edge:
        return bool(day)
    return bool(day) and (date.fromisoformat(day) - date.fromisoformat(edge)).days > _NEAR_DAYS


def sides_of_items(connection: Connection, kind: str, ids: Sequence[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """The sides that items name, by the item's number and role."""
    c = t.SIDES.c
    out: dict[int, dict[str, tuple[str, ...]]] = {id: {} for id in ids}
    for start in range(0, len(ids), 400):
        part = ids[start : start + 400]
        rows = select(c.item_id, c.role, c.side).where(c.kind == kind, c.item_id.in_(part))
        for id, role, side in connection.execute(rows.order_by(c.item_id, c.role, c.position)):
            out[id][role] = (*out[id].get(role, ()), side)
    return out


def pledges(connection: Connection, ids: Sequence[int]) -> list[Pledge]:
    """The promises of these numbers, in that order."""
    c, d = t.COMMITMENTS.c, t.DOCUMENTS.c
    sides = sides_of_items(connection, "commitments", ids)
    rows = connection.execute(
        select(c.id, c.item, c.strength, c.refrain, c.deadline, c.condition, d.key, d.name, c.told, c.words, c.start,
               c.end)
        .join(t.DOCUMENTS, d.id == c.document_id).where(c.id.in_(ids))
    )  # fmt: skip
    made = {
        row[0]: Pledge(
            id=row[1], promisor=sides[row[0]].get("promisor", ()), beneficiary=sides[row[0]].get("beneficiary", ()),
            strength=row[2], refrain=bool(row[3]), deadline=row[4], condition=row[5], source=source_of(row[6:]),
        )
        for row in rows
    }  # fmt: skip
    return [made[id] for id in ids]
