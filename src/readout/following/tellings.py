"""Exchanges of an archive told from rows alone: no document is read, so that a page about very many is quick."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from readout.comparing import Exchange, exchanges
from readout.comparing.exchanges import Place
from readout.errors import RecordError
from readout.querying.exchanges import links_among
from readout.records import Actor, Confidence, DateInterval, Encounter, Participant, Record, Span
from readout.storing import schema as t

_AT_ONCE = 400
_SURE = Confidence(value=1.0, reason="as stored")
# a row's encounter is compared without its words; those are read for what is shown
_NO_WORDS, _NO_SPAN = "-", Span(0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something is told: the document's key, name and day, and its words (``span`` counts in its text)."""

    document: str
    name: str
    date: date | None
    words: str
    span: Span

    def to_json(self) -> dict[str, Any]:
        """All fields; the date as ISO text."""
        return {
            "document": self.document, "name": self.name, "date": self.date.isoformat() if self.date else None,
            "words": self.words, "span": self.span.to_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who takes part in an exchange, as its first account tells it."""

    person: str | None
    office: str | None
    side: str
    part: str

    def to_json(self) -> dict[str, Any]:
        """All fields."""
        return {"person": self.person, "office": self.office, "side": self.side, "part": self.part}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One exchange, however many documents tell of it (``sources``, reports first).

    ``status`` is ``reported`` where one of them reports it, else ``past`` or ``planned``; ``date`` the most exact told.
    """

    id: str
    kind: str
    status: str
    date: DateInterval | None
    place: str | None
    parties: tuple[Party, ...]
    sources: tuple[Source, ...]

    def to_json(self) -> dict[str, Any]:
        """All fields; the date as ISO, never more exact than it is told."""
        return {
            "id": self.id, "kind": self.kind, "status": self.status, "date": self.date.iso() if self.date else None,
            "place": self.place, "parties": [p.to_json() for p in self.parties],
            "sources": [s.to_json() for s in self.sources],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """One encounter as one document tells it: its row's number, the document, and the encounter without its words."""

    row: int
    document: str
    told: date | None
    encounter: Encounter


def tellings(connection: Connection, wanted: Sequence[int]) -> list[Telling]:
    """The encounters of these numbers, in no order."""
    out: list[Telling] = []
    for start in range(0, len(wanted), _AT_ONCE):
        out += _tellings(connection, wanted[start : start + _AT_ONCE])
    return out


def _tellings(connection: Connection, wanted: Sequence[int]) -> list[Telling]:
    e, p, d = t.ENCOUNTERS.c, t.PARTICIPANTS.c, t.DOCUMENTS.c
    people: dict[int, list[Participant]] = defaultdict(list)
    actors: dict[tuple[Any, ...], Participant] = {}
    rows = connection.execute(
        select(p.encounter_id, p.part, p.person, p.office, p.side).where(p.encounter_id.in_(wanted))
        .order_by(p.encounter_id, p.position)
    )  # fmt: skip
    for id, *who in rows:
        key = tuple(who)
        if key not in actors:
            part, person, office, side = who
            # a person of no known side stands under their own name
            of = None if side == (person or "") else side
            actors[key] = Participant(actor=Actor(person=person, office=office, of=of), part=part)
        people[id].append(actors[key])
    found = connection.execute(
        select(e.id, d.key, e.item, e.told, e.kind, e.status, e.date, e.first_day, e.last_day, e.place)
        .join(t.DOCUMENTS, d.id == e.document_id).where(e.id.in_(wanted))
    )  # fmt: skip
    out = []
    for id, document, item, told, kind, status, day, first, last, place in found:
        if id in people:
            encounter = Encounter(
                id=item, kind=kind, status=status, participants=tuple(people[id]), evidence=_NO_SPAN, place=place,
                date=_interval(day, first, last), confidence=_SURE,
            )  # fmt: skip
            out.append(Telling(id, document, date.fromisoformat(told) if told else None, encounter))
    return out


def _interval(iso: str | None, first: str | None, last: str | None) -> DateInterval | None:
    """The date of an encounter from its columns; what is told to the month or less keeps its days."""
    if iso is None or first is None or last is None:
        return None
    start, final = date.fromisoformat(first), date.fromisoformat(last)
    if final == date.max:
        return None
    end = final + timedelta(days=1)
    if len(iso) == 10:
        return DateInterval(start=start, end=end, precision="day" if start == final else "days")
    if len(iso) == 7:
        whole = start.day == 1 and end.day == 1
        return DateInterval(start=start, end=end, precision="month" if whole else "week")
    whole = (start.month, start.day, end.month, end.day) == (1, 1, 1, 1)
    return DateInterval(start=start, end=end, precision="year" if whole else "span")


def joined(connection: Connection, told: Iterable[Telling]) -> list[Exchange]:
    """The exchanges that tellings are of, joined as everywhere, with what was linked by hand."""
    by_document: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        by_document[telling.document].append(telling)
    records = [
        Record(id=key, text=_NO_WORDS, date=mine[0].told,
               encounters=tuple(x.encounter for x in sorted(mine, key=lambda x: x.row)))
        for key, mine in by_document.items()
    ]  # fmt: skip
    must, cannot = links_among(connection, {(r.id, e.id) for r in records for e in r.encounters})
    return exchanges(records, must_link=must, cannot_link=cannot)


def contacts(connection: Connection, found: Sequence[Exchange], told: Iterable[Telling]) -> list[Contact]:
    """Exchanges with the words of each telling."""
    rows: dict[Place, Telling] = {(x.document, x.encounter.id): x for x in told}
    wanted = [rows[a.place].row for x in found for a in x.accounts]
    e, d = t.ENCOUNTERS.c, t.DOCUMENTS.c
    sources: dict[int, Source] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        for row in connection.execute(
            select(e.id, d.key, d.name, e.told, e.words, e.start, e.end).join(t.DOCUMENTS, d.id == e.document_id)
            .where(e.id.in_(part))
        ):  # fmt: skip
            sources[row[0]] = source_of(row[1:])
    return [_contact(x, [sources[rows[a.place].row] for a in x.accounts]) for x in found]


def source_of(columns: Sequence[Any]) -> Source:
    """The source of a row: the document's key, its name, day, words, first and last character."""
    document, name, told, words, start, end = columns
    day = date.fromisoformat(told) if told else None
    return Source(document=document, name=name, date=day, words=words, span=Span(start, end))


def status_of(exchange: Exchange) -> str:
    """``reported`` where one account reports it, else ``past``, else ``planned``."""
    statuses = {a.encounter.status for a in exchange.accounts}
    return next(s for s in ("reported", "past", "planned") if s in statuses)


def date_of(exchange: Exchange) -> DateInterval | None:
    """The most exact date that an account tells, reports before others."""
    told = [a.encounter.date for a in exchange.accounts if a.encounter.date]
    return min(told, key=lambda d: (d.end - d.start).days, default=None)


def parties(encounter: Encounter) -> Iterator[Party]:
    """Who takes part in an encounter, in the order told."""
    for p in encounter.participants:
        yield Party(person=p.actor.person, office=p.actor.office, side=p.actor.side, part=p.part)


def _contact(x: Exchange, sources: list[Source]) -> Contact:
    lead = x.lead
    if not sources:
        raise RecordError(f"the exchange {x.id} has no account")
    return Contact(
        id=x.id, kind=lead.kind, status=status_of(x), date=date_of(x), place=lead.place,
        parties=tuple(parties(lead)), sources=tuple(sources),
    )  # fmt: skip
