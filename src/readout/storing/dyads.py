"""The sums that an archive keeps for every two sides, so that a page about them reads no documents.

They change in the transaction of the document that changes them. Only that document is counted, and those linked with
it: accounts of one exchange, reprints (``readout.comparing.dyads``). ``check`` counts everything again.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, text, update

from readout.comparing.dyads import (
    REPRINT_DAYS,
    STAND_IN_DAYS,
    WIDE_DAYS,
    Coded,
    DyadFacts,
    LabelPlace,
    Occasion,
    Pair,
    facts_between,
    labels_of,
    linked,
    windows,
)
from readout.comparing.same import group_of
from readout.lexicons import digests
from readout.records import DateInterval, Record, Span
from readout.storing import schema as t
from readout.storing.held import held

if TYPE_CHECKING:
    from readout.storing.archive import Archive

_T = TypeVar("_T")
RULES = "1"
"""Raise it where other rules of coding, joining or topics give other sums."""
_LEXICONS = ("cameo", "plover", "plover_nouns", "topics")
CHAIN = 40
"""Documents linked with one another beyond this number are counted together later, by ``settle``."""
_MANY = 400
_HELD_CODED = 2_000
_ADD = text(
    "INSERT INTO dyad_counts (dyad_id, day, what, name, count) VALUES (:dyad_id, :day, :what, :name, :count) "
    "ON CONFLICT (dyad_id, day, what, name) DO UPDATE SET count = dyad_counts.count + excluded.count"
)
_TABLES = (t.DYAD_DOCUMENTS, t.DYAD_TELLINGS, t.DYAD_EXCHANGES, t.DYAD_COUNTS, t.DYAD_LABELS, t.MARKS)


def rules() -> str:
    """What the sums depend on beside the records: a digest of the rules' number and the tables of codes and topics."""
    known = digests()
    told = json.dumps([RULES, *(known[name] for name in _LEXICONS)])
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def is_counted(connection: Connection) -> bool:
    """Whether the sums were counted by this program's rules."""
    return connection.execute(select(t.COUNTED_BY.c.rules)).scalar() == rules()


def recount(connection: Connection) -> None:
    """Count all sums again, one document after the other."""
    for table in _TABLES:
        connection.execute(delete(table))
    connection.execute(delete(t.COUNTED_BY))
    ids = list(connection.execute(select(t.DOCUMENTS.c.id).order_by(t.DOCUMENTS.c.id)).scalars())
    connection.execute(update(t.DYADS).values(due=0))
    for id in ids:
        added(connection, id)
    settle(connection)
    connection.execute(insert(t.COUNTED_BY).values(rules=rules()))


def added(connection: Connection, id: int, record: Record | None = None) -> None:
    """Count a document that was stored under the number ``id``; ``record`` saves reading it again."""
    _Change(connection, id, record).add()


def taken(connection: Connection, id: int) -> None:
    """Take a document, which is still stored, out of the sums."""
    _Change(connection, id, None).take()


def settle(connection: Connection) -> int:
    """Count each pair that is due from its documents; how many there were."""
    d, dd = t.DYADS.c, t.DYAD_DOCUMENTS.c
    due = connection.execute(select(d.id, d.one, d.other).where(d.due == 1)).all()
    for id, one, other in due:
        for table in (t.DYAD_EXCHANGES, t.DYAD_COUNTS):
            connection.execute(delete(table).where(table.c.dyad_id == id))
        ids = list(connection.execute(select(dd.document_id).where(dd.dyad_id == id)).scalars())
        facts = facts_between([coded for _, coded in _coded(connection, ids)], (one, other))
        if facts.occasions:
            connection.execute(insert(t.DYAD_EXCHANGES), [_row(id, x) for x in facts.occasions.values()])
        counts = [
            {"dyad_id": id, "day": day, "what": what, "name": name, "count": n}
            for (day, what, name), n in sorted(facts.counts.items())
        ]
        if counts:
            connection.execute(insert(t.DYAD_COUNTS), counts)
        connection.execute(update(t.DYADS).where(d.id == id).values(due=0))
    return len(due)


class _Change:
    """One document that comes or goes, with those linked with it."""

    def __init__(self, connection: Connection, id: int, record: Record | None) -> None:
        self.connection = connection
        self.id = id
        d = t.DOCUMENTS.c
        self.key, self.text_id = connection.execute(select(d.key, d.text_id).where(d.id == id)).one()
        if record is None:
            self.known = dict(_coded(connection, [id]))
        else:
            self.known = {id: Coded(replace(record, id=self.key))}
        self.mine = self.known[id]
        self.pairs = sorted(self.mine.pairs)
        self.dyads, self.due = _dyad_ids(connection, self.pairs)

    def add(self) -> None:
        if self.pairs:
            others = self._linked()
            self._enter()
            self._settle(others, 1)

    def take(self) -> None:
        if self.pairs:
            self._leave()
            self._settle(self._linked(), -1)

    def _settle(self, others: dict[Pair, list[Coded]], sign: int) -> None:
        """Write what the sums of the linked documents are with this document instead of without it, or the reverse."""
        plus: list[dict[str, Any]] = []
        gone: list[dict[str, Any]] = []
        come: list[dict[str, Any]] = []
        for pair in self.pairs:
            if pair in self.due:
                continue
            dyad_id, near = self.dyads[pair], others.get(pair, [])
            before = facts_between(near, pair) if near else DyadFacts()
            after = facts_between([*near, self.mine], pair)
            if sign < 0:
                before, after = after, before
            change = Counter(after.counts)
            change.subtract(before.counts)
            plus += [
                {"dyad_id": dyad_id, "day": day, "what": what, "name": name, "count": n}
                for (day, what, name), n in sorted(change.items())
                if n
            ]
            gone += [
                {"of_dyad": dyad_id, "id": x.id} for x in before.occasions.values() if after.occasions.get(x.id) != x
            ]
            come += [_row(dyad_id, x) for x in after.occasions.values() if before.occasions.get(x.id) != x]
        x, c = t.DYAD_EXCHANGES.c, t.DYAD_COUNTS.c
        if gone:
            self.connection.execute(
                delete(t.DYAD_EXCHANGES).where(x.dyad_id == bindparam("of_dyad"), x.exchange == bindparam("id")), gone
            )
        if come:
            self.connection.execute(insert(t.DYAD_EXCHANGES), come)
        if plus:
            self.connection.execute(_ADD, plus)
        less = [{f"of_{n}": v for n, v in row.items() if n != "count"} for row in plus if row["count"] < 0]
        if less:
            self.connection.execute(
                delete(t.DYAD_COUNTS).where(
                    c.dyad_id == bindparam("of_dyad_id"), c.day == bindparam("of_day"), c.what == bindparam("of_what"),
                    c.name == bindparam("of_name"), c.count == 0,
                ),
                less,
            )  # fmt: skip

    def _enter(self) -> None:
        day = _iso(self.mine.record.date)
        dyads = [self.dyads[pair] for pair in self.pairs]
        self.connection.execute(
            insert(t.DYAD_DOCUMENTS), [{"dyad_id": n, "day": day, "document_id": self.id} for n in dyads]
        )
        marks = b"".join(mark.to_bytes(4, "big") for mark in sorted(self.mine.marks))
        self.connection.execute(insert(t.MARKS).values(document_id=self.id, runs=marks))
        tellings = [
            {"dyad_id": self.dyads[pair], "kind": w.kind, "first_day": w.first.isoformat(),
             "last_day": w.last.isoformat(), "document_id": self.id}
            for w, pairs in self._windows().items() for pair in pairs
        ]  # fmt: skip
        if tellings:
            self.connection.execute(insert(t.DYAD_TELLINGS), tellings)
        labels = [
            {"dyad_id": self.dyads[pair], "document_id": self.id, "kind": x.kind, "first_char": x.span.start,
             "last_char": x.span.end, "day": _iso(x.day), "words": x.words}
            for pair in self.pairs for x in dict.fromkeys(labels_of(self.mine.record, pair))
        ]  # fmt: skip
        if labels:
            self.connection.execute(insert(t.DYAD_LABELS), labels)

    def _leave(self) -> None:
        dyads = list(self.dyads.values())
        for table in (t.DYAD_DOCUMENTS, t.DYAD_TELLINGS, t.DYAD_LABELS):
            c = table.c
            for part in _parts(dyads, _MANY):
                self.connection.execute(delete(table).where(c.dyad_id.in_(part), c.document_id == self.id))
        self.connection.execute(delete(t.MARKS).where(t.MARKS.c.document_id == self.id))

    def _windows(self) -> dict[_Window, list[Pair]]:
        """The days by which encounters of this document may be joined to others, with the pairs that take part."""
        return _windows(self.mine, self.pairs)

    def _linked(self) -> dict[Pair, list[Coded]]:
        """By pair, every document that is linked with this one, or with one that is."""
        out: dict[Pair, dict[int, Coded]] = defaultdict(dict)
        todo = {self.id: [pair for pair in self.pairs if pair not in self.due]}
        while todo:
            id, waiting = todo.popitem()
            pairs = [pair for pair in waiting if pair not in self.due]
            found = self._candidates(id, pairs)
            self._load(other for near in found.values() for other in near)
            for pair, near in found.items():
                if len(out[pair]) > CHAIN:
                    self._put_off(pair)
                for other in sorted(near - {self.id, id, *out[pair]}):
                    if pair in self.known[other].pairs and linked(self.known[id], self.known[other], pair):
                        out[pair][other] = self.known[other]
                        todo.setdefault(other, []).append(pair)
        return {pair: list(documents.values()) for pair, documents in out.items() if documents}

    def _put_off(self, pair: Pair) -> None:
        self.due.add(pair)
        self.connection.execute(update(t.DYADS).where(t.DYADS.c.id == self.dyads[pair]).values(due=1))

    def _load(self, ids: Iterable[int]) -> None:
        self.known.update(_coded(self.connection, sorted(set(ids) - set(self.known))))

    def _candidates(self, id: int, pairs: Sequence[Pair]) -> dict[Pair, set[int]]:
        """Documents that may be linked with one of number ``id``: those near in time that share marks or a kind."""
        coded = self.known[id]
        out: dict[Pair, set[int]] = {pair: set() for pair in pairs}
        pair_of = {self.dyads[pair]: pair for pair in pairs}
        d, m, o = t.DYAD_DOCUMENTS.c, t.MARKS.c, t.DYAD_TELLINGS.c
        if coded.record.date:
            first, last = _around(coded.record.date, coded.record.date, REPRINT_DAYS)
            shares: dict[int, bool] = {}
            for part in _parts(pair_of, _MANY):
                rows = self.connection.execute(
                    select(d.dyad_id, d.document_id, m.runs).join(t.MARKS, m.document_id == d.document_id)
                    .where(d.dyad_id.in_(part), d.day.between(first, last))
                )  # fmt: skip
                for dyad_id, other, runs in rows:
                    if other not in shares:
                        theirs = {int.from_bytes(runs[n : n + 4], "big") for n in range(0, len(runs), 4)}
                        shares[other] = not coded.marks.isdisjoint(theirs)
                    if shares[other]:
                        out[pair_of[dyad_id]].add(other)
        text_id = self.text_id if id == self.id else None
        if text_id is None:
            text_id = self.connection.execute(select(t.DOCUMENTS.c.text_id).where(t.DOCUMENTS.c.id == id)).scalar()
        again = set(self.connection.execute(select(t.DOCUMENTS.c.id).where(t.DOCUMENTS.c.text_id == text_id)).scalars())
        for window, mine in _windows(coded, pairs).items():
            first, last = _around(window.first, window.last, STAND_IN_DAYS)
            early = _around(window.first, window.last, STAND_IN_DAYS + WIDE_DAYS)[0]
            kind = window.kind.removesuffix("+")
            for part in _parts([self.dyads[pair] for pair in mine], _MANY):
                told = self.connection.execute(
                    select(o.dyad_id, o.document_id).where(
                        o.dyad_id.in_(part), o.last_day >= first, o.first_day <= last,
                        or_(and_(o.kind == kind, o.first_day >= early), o.kind == kind + "+"),
                    )
                )  # fmt: skip
                for dyad_id, other in told:
                    out[pair_of[dyad_id]].add(other)
        for found in out.values():
            found |= again
        return out


@dataclass(frozen=True, slots=True, order=True)
class _Window:
    kind: str
    first: date
    last: date


def _windows(coded: Coded, pairs: Iterable[Pair]) -> dict[_Window, list[Pair]]:
    out: dict[_Window, list[Pair]] = defaultdict(list)
    for pair in pairs:
        seen: set[_Window] = set()
        for e in coded.encounters(pair):
            for first, last in windows(coded.record, e):
                wide = "+" if (last - first).days > WIDE_DAYS else ""
                seen.add(_Window(group_of(e) + wide, first, last))
        for window in sorted(seen):
            out[window].append(pair)
    return out


def _parts(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    stream = iter(items)
    while part := list(islice(stream, size)):
        yield part


def _around(first: date, last: date, days: int) -> tuple[str, str]:
    early = first - timedelta(days=min(days, (first - date.min).days))
    return early.isoformat(), (last + timedelta(days=min(days, (date.max - last).days))).isoformat()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _dyad_ids(connection: Connection, pairs: Sequence[Pair]) -> tuple[dict[Pair, int], set[Pair]]:
    """The numbers of pairs, those that have none get one; and which of them are due to be counted as a whole."""
    d = t.DYADS.c
    due: set[Pair] = set()
    out: dict[Pair, int] = {}
    for part in _parts(sorted({one for one, _ in pairs}), _MANY):
        wanted = sorted({other for one, other in pairs if one in part})
        for others in _parts(wanted, _MANY):
            rows = connection.execute(
                select(d.one, d.other, d.id, d.due).where(d.one.in_(part), d.other.in_(others))
            ).all()
            out |= {(row[0], row[1]): row[2] for row in rows}
            due |= {(row[0], row[1]) for row in rows if row[3]}
    new = [pair for pair in pairs if pair not in out]
    if new:
        first = int(connection.execute(select(func.coalesce(func.max(d.id), 0))).scalar_one()) + 1
        rows_of = [{"id": n, "one": pair[0], "other": pair[1], "due": 0} for n, pair in enumerate(new, start=first)]
        connection.execute(insert(t.DYADS), rows_of)
        out |= {pair: n for n, pair in enumerate(new, start=first)}
    return {pair: out[pair] for pair in pairs}, due


def _coded(connection: Connection, ids: Iterable[int]) -> Iterator[tuple[int, Coded]]:
    return ((id, Coded(record)) for id, record in held(connection, ids, by_key=True))


def _row(dyad_id: int, x: Occasion) -> dict[str, Any]:
    return {
        "dyad_id": dyad_id, "exchange": x.id, "kind": x.kind, "status": x.status, "level": x.level,
        "first_day": x.date.start.isoformat() if x.date else None,
        "last_day": x.date.last.isoformat() if x.date else None, "precision": x.date.precision if x.date else None,
        "accounts": x.accounts, "independent": x.independent, "documents": json.dumps(x.documents),
    }  # fmt: skip


# -- reading -------------------------------------------------------------------------------------------------------


def dyad_facts(
    archive: Archive, pair: Pair, *, by: str = "month", since: date | None = None, until: date | None = None
) -> DyadFacts | None:
    """The sums of two sides; None where they were counted by other rules than this program's, or are due.

    Days are added up to months, or years where ``by`` is ``year``; what lies before ``since`` or after ``until`` by
    the day may be left out.
    """
    with archive.transaction() as connection:
        if not is_counted(connection):
            return None
        d = t.DYADS.c
        found = connection.execute(select(d.id, d.due).where(d.one == pair[0], d.other == pair[1])).first()
        facts = DyadFacts()
        if found is None:
            return facts
        if found[1]:
            return None
        _read(connection, int(found[0]), facts, 4 if by == "year" else 7, _iso(since), _iso(until) or "~")
        return facts


def _read(connection: Connection, id: int, facts: DyadFacts, length: int, since: str, until: str) -> None:
    rows = connection.execute(
        text(
            "SELECT at, what, name, sum(count) FROM (SELECT CASE WHEN length(day) = 10 THEN substr(day, 1, :length) "
            "ELSE day END AS at, what, name, count FROM dyad_counts WHERE dyad_id = :id AND "
            "(length(day) <> 10 OR (day >= :since AND day <= :until))) counted GROUP BY at, what, name"
        ),
        {"id": id, "length": length, "since": since, "until": until},
    )
    facts.counts.update({(row[0], row[1], row[2]): int(row[3]) for row in rows})
    dd, x, y = t.DYAD_DOCUMENTS.c, t.DYAD_EXCHANGES.c, t.DYAD_LABELS.c
    facts.documents = int(
        connection.execute(select(func.count()).select_from(t.DYAD_DOCUMENTS).where(dd.dyad_id == id)).scalar_one()
    )
    for row in connection.execute(select(t.DYAD_EXCHANGES).where(x.dyad_id == id)):
        facts.occasions[row.exchange] = Occasion(
            id=row.exchange, kind=row.kind, status=row.status, level=row.level,
            date=DateInterval(start=date.fromisoformat(row.first_day), precision=row.precision,
                              end=date.fromisoformat(row.last_day) + timedelta(days=1)) if row.first_day else None,
            accounts=row.accounts, independent=row.independent, documents=tuple(json.loads(row.documents)),
        )  # fmt: skip
    labels = connection.execute(
        select(y.kind, y.day, y.first_char, y.last_char, y.words, t.DOCUMENTS.c.key)
        .join(t.DOCUMENTS, t.DOCUMENTS.c.id == y.document_id).where(y.dyad_id == id)
    )  # fmt: skip
    for kind, day, first, last, words, key in labels:
        told = date.fromisoformat(day) if day else None
        facts.labels.append(LabelPlace(kind=kind, day=told, document=key, span=Span(first, last), words=words))


# -- checking ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Held:
    """Documents worked out lately, so that a document of many pairs is not worked out for each."""

    connection: Connection
    coded: OrderedDict[int, Coded] = field(default_factory=OrderedDict)

    def of(self, ids: Sequence[int]) -> list[Coded]:
        missing = [id for id in ids if id not in self.coded]
        new = dict(_coded(self.connection, missing))
        out = [new.get(id) or self.coded[id] for id in ids if id in new or id in self.coded]
        self.coded.update(new)
        while len(self.coded) > _HELD_CODED:
            self.coded.popitem(last=False)
        return out


def wrong_dyads(connection: Connection) -> list[str]:
    """What is wrong with the sums, one sentence each: every pair counted again from its documents."""
    if not is_counted(connection):
        return ["the sums of two sides were counted by other rules; count them again with `readout archive migrate`"]
    out: list[str] = []
    held = _Held(connection)
    expected: set[tuple[int, int]] = set()
    dyads = connection.execute(select(t.DYADS.c.one, t.DYADS.c.other, t.DYADS.c.id)).all()
    pairs: dict[Pair, int] = {(row[0], row[1]): row[2] for row in dyads}
    ids = list(connection.execute(select(t.DOCUMENTS.c.id).order_by(t.DOCUMENTS.c.id)).scalars())
    for part in _parts(ids, _MANY):
        for id, coded in _coded(connection, part):
            expected |= {(pairs.get(pair, 0), id) for pair in coded.pairs}
    dd = t.DYAD_DOCUMENTS.c
    stored = {(row[0], row[1]) for row in connection.execute(select(dd.dyad_id, dd.document_id))}
    if expected != stored:
        out.append(f"{len(expected ^ stored)} documents are missing from, or too many in, the sums of two sides")
    members: dict[int, list[int]] = defaultdict(list)
    for dyad_id, id in sorted(expected):
        members[dyad_id].append(id)
    due = set(connection.execute(select(t.DYADS.c.id).where(t.DYADS.c.due == 1)).scalars())
    for pair, dyad_id in sorted(pairs.items(), key=lambda item: item[0]):
        want = facts_between(held.of(members[dyad_id]), pair)
        have = DyadFacts()
        _read(connection, dyad_id, have, 10, "", "~")
        for name, one, other in (
            ("codes and topics", want.counts, have.counts), ("exchanges", want.occasions, have.occasions),
            ("labels", set(want.labels), set(have.labels)),
        ):  # fmt: skip
            if one != other and (name == "labels" or dyad_id not in due):
                out.append(f"the {name} kept for {pair[0]} and {pair[1]} are not what their documents give")
    return out
