"""What is new in an archive: documents of some days, what they tell, and what changed by it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from readout.comparing import Exchange
from readout.errors import QueryRefused
from readout.following.changing import Changes, changes
from readout.following.persons import Pledge, pledges, sides_of_items
from readout.following.tellings import Contact, Source, contacts, date_of, joined, source_of, status_of, tellings
from readout.knowing import side_code
from readout.storing import Archive
from readout.storing import schema as t

MAX_SHOWN = 1_000
MAX_TOLD = 2_000
"""At most so many tellings, the newest, are joined to exchanges, unless fewer are asked for."""
MAX_FOLLOWED = 200
"""Where more documents tell of the sides, promises and formulas are followed only when that is asked for."""
_LAG_DAYS = 3
_AHEAD_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """One document of the period."""

    document: str
    name: str
    title: str | None
    date: date
    issuer: str | None
    url: str | None

    def to_json(self) -> dict[str, Any]:
        """All fields; the date as ISO text."""
        return {
            "document": self.document, "name": self.name, "title": self.title, "date": self.date.isoformat(),
            "issuer": self.issuer, "url": self.url,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """An exchange that documents of the period tell of; ``before`` is ``announced``, ``told`` or None where it is new.

    ``announced``: a document before the period planned it; ``told``: one reported it.
    """

    contact: Contact
    before: str | None

    def to_json(self) -> dict[str, Any]:
        """The exchange with ``before``."""
        return {**self.contact.to_json(), "before": self.before}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLabel:
    """Words that no earlier document gave these two; ``before`` are the last ones before, None for the first."""

    between: tuple[str, str]
    kind: str
    before: str | None
    source: Source

    def to_json(self) -> dict[str, Any]:
        """All fields."""
        return {
            "between": list(self.between), "kind": self.kind, "before": self.before, "source": self.source.to_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An occurrence as one document tells it; ``date`` as told."""

    kind: str
    states: tuple[str, ...]
    asserted_by: tuple[str, ...]
    date: str | None
    source: Source

    def to_json(self) -> dict[str, Any]:
        """All fields."""
        return {
            "kind": self.kind, "states": list(self.states), "asserted_by": list(self.asserted_by), "date": self.date,
            "source": self.source.to_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What is new in some days. Lists hold at most ``limit``, the newest first; ``counts`` are of all.

    ``cut``: there were more tellings than are joined, and exchanges are counted among the newest. ``changes`` is None
    where promises and formulas were not followed: no side was given, or too many documents tell of it (``followable``).
    """

    since: date
    until: date | None
    side: str | None
    other: str | None
    limit: int
    counts: dict[str, int]
    issuers: dict[str, int]
    documents: tuple[NewDocument, ...]
    met: tuple[NewContact, ...]
    planned: tuple[NewContact, ...]
    cut: bool
    promises: tuple[Pledge, ...]
    labels: tuple[NewLabel, ...]
    occurrences: tuple[Happening, ...]
    changes: Changes | None = None
    followable: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Everything, as one object."""
        return {
            "since": self.since.isoformat(), "until": self.until.isoformat() if self.until else None,
            "side": self.side, "with": self.other, "limit": self.limit, "counts": self.counts,
            "issuers": self.issuers, "documents": [x.to_json() for x in self.documents],
            "met": [x.to_json() for x in self.met], "planned": [x.to_json() for x in self.planned], "cut": self.cut,
            "promises": [x.to_json() for x in self.promises], "labels": [x.to_json() for x in self.labels],
            "occurrences": [x.to_json() for x in self.occurrences],
            "changes": self.changes.to_json() if self.changes else None, "followable": self.followable,
        }  # fmt: skip


def digest(
    archive: Archive,
    /,
    *,
    since: date,
    until: date | None = None,
    side: str | None = None,
    other: str | None = None,
    limit: int = 20,
    follow: int = MAX_FOLLOWED,
    join: int = MAX_TOLD,
) -> Digest:
    """What the documents of some days brought.

    Args:
        since, until: days of documents, both included; what has no day is not in it.
        side: only documents in which this side acts, and what is told of it. ``other``: this side acts too.
        limit: at most so many of each list.
        follow: with a side, where at most so many documents tell of it, what became of its promises and how its
            formulas changed is worked out from all of them. 0: they are not even counted.
        join: at most so many tellings, the newest, are joined to exchanges, and as many of the days before.
    Raises:
        QueryRefused: the days are reversed, ``other`` without ``side`` or the same, or the limit is none.
    """
    if until is not None and until < since:
        raise QueryRefused(f"until {until} lies before since {since}; exchange the two")
    if not 1 <= limit <= MAX_SHOWN:
        raise QueryRefused(f"limit {limit}: give a number from 1 to {MAX_SHOWN:,}")
    one, two = (side_code(x) if x is not None else None for x in (side, other))
    if two is not None and (one is None or one == two):
        raise QueryRefused("the other side needs a first one that is not the same; give two sides")
    with archive.transaction() as connection:
        asked = _Asked(connection, since, until, [s for s in (one, two) if s is not None], limit, join)
        documents = asked.documents()
        met, planned, cut = asked.exchanges()
        promises, labels, occurrences = asked.promises(), asked.labels(), asked.occurrences()
        counts = asked.counts
    found, followable = None, None
    if one is not None and follow:
        found, followable = changes(archive, one, two, since, until, most=follow)
    return Digest(
        since=since, until=until, side=one, other=two, limit=limit, counts=counts, issuers=asked.issuers,
        documents=documents, met=met, planned=planned, cut=cut, promises=promises, labels=labels,
        occurrences=occurrences, changes=found, followable=followable,
    )  # fmt: skip


_ROLES = {
    "commitments": ("promisor", "beneficiary"), "relations": ("between",), "occurrences": ("state", "asserted_by"),
}  # fmt: skip


@dataclass(slots=True)
class _Asked:
    """One question, answered part by part; ``counts`` and ``issuers`` fill on the way."""

    connection: Connection
    since: date
    until: date | None
    sides: list[str]
    limit: int
    join: int
    counts: dict[str, int] = field(default_factory=dict)
    issuers: dict[str, int] = field(default_factory=dict)

    def _days(self, column: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        out = [column >= self.since.isoformat()]
        return [*out, column <= self.until.isoformat()] if self.until else out

    def _told(self, kind: str) -> list[ColumnElement[bool]]:
        """Items that documents of the period tell, of all the sides."""
        table, s = t.ITEMS[kind], t.SIDES.c
        return self._days(table.c.told) + [
            select(s.side).where(s.kind == kind, s.item_id == table.c.id, s.role.in_(_ROLES[kind]), s.side == side)
            .exists()
            for side in self.sides
        ]  # fmt: skip

    def _newest(self, kind: str) -> list[int]:
        table, where = t.ITEMS[kind], self._told(kind)
        count = select(func.count()).select_from(table).where(*where)
        self.counts[kind] = int(self.connection.execute(count).scalar_one())
        newest = select(table.c.id).where(*where).order_by(table.c.told.desc(), table.c.id.desc()).limit(self.limit)
        return list(self.connection.execute(newest).scalars())

    def documents(self) -> tuple[NewDocument, ...]:
        d, a = t.DOCUMENTS.c, t.ACTING.c
        where = self._days(d.date)
        where += [d.id.in_(select(a.document_id).where(a.side == side, *self._days(a.day))) for side in self.sides]
        by = select(d.issuer, func.count()).where(*where).group_by(d.issuer)
        issuers = {row[0] or "": row[1] for row in self.connection.execute(by)}
        self.issuers = dict(sorted(issuers.items(), key=lambda item: (-item[1], item[0])))
        self.counts["documents"] = sum(issuers.values())
        newest = select(d.key, d.name, d.title, d.date, d.issuer, d.url).where(*where)
        rows = self.connection.execute(newest.order_by(d.date.desc(), d.key).limit(self.limit))
        return tuple(
            NewDocument(document=row[0], name=row[1], title=row[2], date=date.fromisoformat(row[3]), issuer=row[4],
                        url=row[5])
            for row in rows
        )  # fmt: skip

    def exchanges(self) -> tuple[tuple[NewContact, ...], tuple[NewContact, ...], bool]:
        """What took place and what is planned, by what the documents of the period tell."""
        e, p = t.ENCOUNTERS.c, t.PARTICIPANTS.c
        of = [
            select(p.side).where(p.encounter_id == e.id, p.side == side).exists() for side in self.sides
        ]  # fmt: skip
        near = (self.since - timedelta(days=min(_LAG_DAYS, (self.since - date.min).days))).isoformat()
        early = (self.since - timedelta(days=min(_AHEAD_DAYS, (self.since - date.min).days))).isoformat()
        # a look back at what was long before is no news
        fresh = and_(*self._days(e.told), or_(e.status != "past", e.last_day >= near))
        known = and_(e.told >= early, e.told < self.since.isoformat(), e.last_day >= near)
        query = select(e.id).where(fresh, *of).order_by(e.told.desc(), e.id.desc()).limit(self.join + 1)
        ids = list(self.connection.execute(query).scalars())
        before = select(e.id).where(known, *of).order_by(e.told.desc(), e.id.desc()).limit(self.join)
        told = tellings(self.connection, [*ids[: self.join], *self.connection.execute(before).scalars()])
        new = {(x.document, x.encounter.id): x.told for x in told if x.told and x.told >= self.since}
        found = [x for x in joined(self.connection, told) if any(a.place in new for a in x.accounts)]
        found.sort(key=lambda x: (self._day(x), x.id), reverse=True)
        took = [x for x in found if status_of(x) != "planned"]
        ahead = [x for x in found if status_of(x) == "planned"]
        out = []
        for name, kept in (("met", took), ("planned", ahead)):
            self.counts[name] = len(kept)
            made = contacts(self.connection, kept[: self.limit], told)
            befores = [{a.role for a in x.accounts if a.place not in new} for x in kept]
            out.append(tuple(
                NewContact(contact=c, before="told" if b - {"announcement"} else "announced" if b else None)
                for c, b in zip(made, befores, strict=False)
            ))  # fmt: skip
        return out[0], out[1], len(ids) > self.join

    @staticmethod
    def _day(x: Exchange) -> date:
        day = date_of(x)
        return day.last if day else date.min

    def promises(self) -> tuple[Pledge, ...]:
        return tuple(pledges(self.connection, self._newest("commitments")))

    def occurrences(self) -> tuple[Happening, ...]:
        ids = self._newest("occurrences")
        o = t.OCCURRENCES.c
        sides = sides_of_items(self.connection, "occurrences", ids)
        return tuple(
            Happening(kind=row[1], date=row[2], states=sides[row[0]].get("state", ()),
                      asserted_by=sides[row[0]].get("asserted_by", ()), source=source_of(row[3:]))
            for row in self._rows(t.OCCURRENCES, ids, o.kind, o.date)
        )  # fmt: skip

    def labels(self) -> tuple[NewLabel, ...]:
        """Words that no document before the period gave the two."""
        r = t.RELATIONS.c
        ids = list(
            self.connection.execute(select(r.id).where(*self._told("relations")).order_by(r.told, r.id)).scalars()
        )
        sides = sides_of_items(self.connection, "relations", ids)
        told: dict[tuple[str, str], dict[str, tuple[str, Source]]] = defaultdict(dict)
        for id, kind, *source in self._rows(t.RELATIONS, ids, r.kind):
            between = sorted(set(sides[id].get("between", ())))
            if len(between) == 2:
                made = source_of(source)
                told[between[0], between[1]].setdefault(_plain(made.words), (kind, made))
        earlier = self._earlier(list(told))
        out = [
            NewLabel(between=pair, kind=kind, source=source, before=max(earlier[pair].values(), default=("", None))[1])
            for pair, labels in told.items() for plain, (kind, source) in labels.items()
            if plain not in earlier[pair]
        ]  # fmt: skip
        self.counts["labels"] = len(out)
        out.sort(key=lambda x: (x.source.date or date.min, x.between, x.source.words), reverse=True)
        return tuple(out[: self.limit])

    def _earlier(self, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], dict[str, tuple[str, str]]]:
        """What two sides were called before: by the plain words, the last day and the words as written then."""
        d, x = t.DYADS.c, t.DYAD_LABELS.c
        out: dict[tuple[str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
        ids: dict[int, tuple[str, str]] = {}
        wanted, ones = set(pairs), sorted({one for one, _ in pairs})
        for start in range(0, len(ones), 400):
            rows = self.connection.execute(select(d.id, d.one, d.other).where(d.one.in_(ones[start : start + 400])))
            ids |= {row[0]: (row[1], row[2]) for row in rows if (row[1], row[2]) in wanted}
        numbers = sorted(ids)
        for start in range(0, len(numbers), 400):
            found = self.connection.execute(
                select(x.dyad_id, x.words, func.max(x.day))
                .where(x.dyad_id.in_(numbers[start : start + 400]), x.day != "", x.day < self.since.isoformat())
                .group_by(x.dyad_id, x.words)
            )
            for id, words, day in found:
                plain = _plain(words)
                out[ids[id]][plain] = max(out[ids[id]].get(plain, ("", "")), (day, words))
        return out

    def _rows(self, table: Table, ids: list[int], *columns: Any) -> list[Any]:
        """The rows of items in the order of their numbers in ``ids``: number, columns, then those of a source."""
        c, d = table.c, t.DOCUMENTS.c
        out: dict[int, Any] = {}
        for start in range(0, len(ids), 400):
            rows = self.connection.execute(
                select(c.id, *columns, d.key, d.name, c.told, c.words, c.start, c.end)
                .join(t.DOCUMENTS, d.id == c.document_id).where(c.id.in_(ids[start : start + 400]))
            )  # fmt: skip
            out |= {row[0]: row for row in rows}
        return [out[id] for id in ids]


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
