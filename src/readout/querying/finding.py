"""Find items and documents by filters; every answer holds its record's item and the words that were hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, or_, select

from readout.errors import QueryRefused
from readout.knowing import side_code
from readout.querying.filters import Filters, searched
from readout.querying.searching import hits_of, matching
from readout.records import Record, Span
from readout.storing import Archive, Dialect, dialect_of, folded
from readout.storing import schema as t

MAX_FOUND = 1_000_000
WALK = 40
"""How many times longer it takes to ask one item whether it holds words than to gather and sort one that does."""
STRETCH, MAX_STRETCH = 500, 50_000
"""So many statements for each answer wanted are asked before all that fit are gathered; in all at most so many."""
FREQUENT, WORDED_STRETCH = 10, 200
"""Words held by one statement in so many are asked of each, of fewer statements, since asking takes longer."""
_AROUND = 80
_SHORT_DAYS = 366
_AT_ONCE = 200
_ACTORS: dict[str, tuple[Table, str]] = {
    "encounters": (t.PARTICIPANTS, "encounter_id"), "statements": (t.SPEAKERS, "statement_id"),
}  # fmt: skip
# kind -> (role of `side`, role of `with`) in the table of sides
_ROLES = {
    "commitments": ("promisor", "beneficiary"),
    "relations": ("between", "between"),
    "occurrences": ("state", "state"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One answer: the kind, the document's key and record, the item in it, and the spans of the text that were hit.

    ``item`` is an Encounter, Statement, Commitment, Relation or Occurrence; for a document it is the record itself.
    """

    kind: str
    key: str
    record: Record
    item: Any
    span: Span | None
    hits: tuple[Span, ...] = ()

    @property
    def words(self) -> str:
        """The words of the item; of a document, those around its first hit, or its beginning."""
        shown = self.shown
        return shown.of(self.record.text) if shown else ""

    @property
    def shown(self) -> Span | None:
        """The stretch of the stored text that ``words`` are cut from."""
        if self.span is not None:
            return self.span
        text = self.record.text
        if not text:
            return None
        if not self.hits:
            return Span(0, min(len(text), 2 * _AROUND))
        first = self.hits[0]
        return Span(max(0, first.start - _AROUND), min(len(text), first.end + _AROUND))


def find(archive: Archive, kind: str, /, *, limit: int | None = 100, offset: int = 0, **filters: Any) -> list[Found]:
    """What fits all filters, by the day of the document, then in the order of the text.

    Args:
        kind: ``encounters``, ``statements``, ``commitments``, ``relations``, ``occurrences`` or ``documents``.
        limit: at most so many; None for all.
        filters: as in ``Filters``; ``with`` is written ``with_``.
    Raises:
        QueryRefused: a filter that does not exist or does not fit, or a value that is not known.
    """
    return _paged(archive, kind, limit, offset, filters)[0]


def find_and_count(
    archive: Archive, kind: str, /, *, limit: int, offset: int = 0, most: int | None = None, **filters: Any
) -> tuple[list[Found], int]:
    """What ``find`` gives, and how many fit in all: what was gathered for the first is not gathered again.

    Args:
        most: no more need be counted; None for all.
    Raises:
        QueryRefused: as ``find``.
    """
    found, total = _paged(archive, kind, limit, offset, filters)
    if len(found) < limit and (found or not offset):
        return found, offset + len(found)
    return found, count(archive, kind, most=most, **filters) if total is None else total


def _paged(
    archive: Archive, kind: str, limit: int | None, offset: int, filters: dict[str, Any]
) -> tuple[list[Found], int | None]:
    chosen = Filters.of(filters)
    chosen.check(kind)
    if (limit is not None and not 0 < limit <= MAX_FOUND) or offset < 0:
        raise QueryRefused(f"limit {limit}, offset {offset}: give a limit from 1 to {MAX_FOUND:,}, an offset from 0")
    with archive.transaction() as connection:
        where = _fitting(archive.dialect, kind, chosen, words=_asks_words(connection, kind, chosen))
        rows, total = _page(connection, kind, _query(kind), chosen, where, limit, offset)
        return _made(archive, connection, kind, rows, chosen), total


def find_each(archive: Archive, kind: str, /, **filters: Any) -> Iterator[Found]:
    """All that fits, as ``find`` gives it, read little by little as the archive was at the first of it.

    Memory does not grow with the answers; while they are read nothing else can be asked of ``archive``.
    Raises:
        QueryRefused: as ``find``; before the first answer.
    """
    chosen = Filters.of(filters)
    chosen.check(kind)
    return _each(archive, kind, chosen, _fitting(archive.dialect, kind, chosen))  # what is refused is refused now


def _each(archive: Archive, kind: str, f: Filters, where: list[ColumnElement[bool]]) -> Iterator[Found]:
    query = _query(kind)
    # one transaction: what is written meanwhile is not seen
    with archive.transaction() as connection, connection.execute(query.where(*where)) as rows:
        for part in rows.partitions(_AT_ONCE):
            yield from _made(archive, connection, kind, part, f)


def count(archive: Archive, kind: str, /, *, most: int | None = None, **filters: Any) -> int:
    """How many fit all filters.

    Args:
        most: no more are counted; None for all.
    Raises:
        QueryRefused: as ``find``.
    """
    chosen = Filters.of(filters)
    chosen.check(kind)
    table = t.DOCUMENTS if kind == "documents" else t.ITEMS[kind]
    with archive.transaction() as connection:
        where = _fitting(archive.dialect, kind, chosen, words=_asks_words(connection, kind, chosen))
        if most is not None:
            return _count(connection, select(table.c.id).where(*where).limit(most))
        return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def _query(kind: str) -> Select[Any]:
    """What is asked of the tables for each answer: its number, its document's, its place, the key, where it starts."""
    d = t.DOCUMENTS.c
    if kind == "documents":
        return select(d.id, d.id, d.text_id, d.key).order_by(d.date.nulls_first(), d.key)
    c = t.ITEMS[kind].c
    return (
        select(c.id, c.document_id, c.position, d.key, c.start)
        .join(t.DOCUMENTS, d.id == c.document_id)
        .order_by(c.told.nulls_first(), d.key, c.position)
    )


def _made(archive: Archive, connection: Connection, kind: str, rows: Sequence[Any], f: Filters) -> list[Found]:
    records = archive.records(connection, dict.fromkeys(row[1] for row in rows))
    if kind == "documents":
        marks = hits_of(connection, "texts", [row[2] for row in rows], f.text)
        return [
            Found(kind=kind, key=key, record=records[id], item=records[id], span=None, hits=marks.get(text_id, ()))
            for _, id, text_id, key in rows
        ]
    hits = hits_of(connection, kind, [row[0] for row in rows], f.text)
    out = []
    for id, document, position, key, start in rows:
        record = records[document]
        item = getattr(record, kind)[position]
        places = tuple(Span(start + h.start, start + h.end) for h in hits.get(id, ()))
        out.append(Found(kind=kind, key=key, record=record, item=item, span=span_of(kind, item), hits=places))
    return out


def span_of(kind: str, item: Any) -> Span:
    """The span that an item is shown by: its evidence, content, action, label or span."""
    names = {"encounters": "evidence", "statements": "content", "commitments": "action", "relations": "label"}
    span: Span = getattr(item, names.get(kind, "span"))
    return span


def encounters_that_fit(
    connection: Connection, f: Filters, documents: Sequence[int] | None = None
) -> list[tuple[int, str, str]]:
    """The document's number, its key and the id of every encounter that fits, in some documents or in all."""
    c, d = t.ENCOUNTERS.c, t.DOCUMENTS.c
    where = _where(dialect_of(connection), "encounters", t.ENCOUNTERS, f)
    if documents is not None:
        where.append(c.document_id.in_(documents))
    rows = connection.execute(
        select(c.document_id, d.key, c.item).join(t.DOCUMENTS, d.id == c.document_id).where(*where)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def latest_documents(
    connection: Connection, f: Filters, *, limit: int, offset: int = 0, most: int
) -> tuple[list[int], int]:
    """The numbers of documents with an encounter that fits, the last published first, and how many there are in all.

    Args:
        most: at most so many are counted.
    """
    c = t.ENCOUNTERS.c
    where = _where(dialect_of(connection), "encounters", t.ENCOUNTERS, f)
    fitting = select(c.document_id, c.told).where(*where).distinct()
    if f != Filters():  # all that fit are gathered to be sorted, and so they are counted at once
        each = fitting.subquery()
        counted = select(each.c.document_id, func.count().over()).order_by(
            each.c.told.desc().nulls_last(), each.c.document_id
        )
        found = connection.execute(counted.limit(limit).offset(offset)).all()
        if found:
            return [row[0] for row in found], min(found[0][1], most)
        return [], _count(connection, fitting.limit(most))
    asked = fitting.order_by(c.told.desc().nulls_last(), c.document_id).limit(limit).offset(offset)
    return [row[0] for row in connection.execute(asked)], _count(connection, fitting.limit(most))


def _page(
    connection: Connection,
    kind: str,
    query: Select[Any],
    f: Filters,
    where: list[ColumnElement[bool]],
    limit: int | None,
    offset: int,
) -> tuple[Sequence[Any], int | None]:
    """The rows of a page, and how many there are in all where all had to be gathered to sort them."""
    rows = limit if limit is not None else MAX_FOUND
    found = _walked(connection, kind, query, f, offset + rows)
    if found is None:
        found = _among_first(connection, kind, query, f, offset + rows)
    if found is not None:
        return found[offset:], None
    asked = query.where(*where).limit(rows).offset(offset)
    if not (f.side or f.with_ or f.person or f.office or f.text):  # read in the order of their days, as far as wanted
        return connection.execute(asked).all(), None
    gathered = connection.execute(asked.add_columns(func.count().over())).all()
    return [row[:-1] for row in gathered], gathered[0][-1] if gathered else None


def _walked(connection: Connection, kind: str, query: Select[Any], f: Filters, rows: int) -> Sequence[Any] | None:
    """The first ``rows`` answers where very many items hold the words; None where gathering them all is as well.

    Common words are not gathered and sorted: the items are walked in their order, and each is asked whether it holds
    them, until there are enough. Where the first stretch has too few, because the words are of later years, it is None.
    """
    table, name, column = (t.DOCUMENTS, "texts", "text_id") if kind == "documents" else (t.ITEMS[kind], kind, "id")
    plain = replace(f, text=None)
    if not f.text or replace(plain, since=None, until=None) != Filters():
        return None
    held = connection.execute(select(func.max(table.c.id))).scalar() or 0
    most = max(1, int((WALK * rows * held) ** 0.5))
    on = dialect_of(connection)
    found_by = matching(on, name, f.text)
    if most >= held or _count(connection, found_by.limit(most)) < most:
        return None
    day = table.c.date if kind == "documents" else table.c.told
    where = _fitting(on, kind, plain)
    stretch = select(day).where(*where).order_by(day.nulls_first()).limit(1).offset(2 * rows * held // most)
    if (last := connection.execute(stretch).first()) is not None:
        where.append(or_(day <= last[0], day.is_(None)))
    asked = on.matches(name, searched(f.text), table.c[column])
    found = connection.execute(query.where(*where, asked).limit(rows)).all()
    return found if len(found) == rows else None


def _among_first(connection: Connection, kind: str, query: Select[Any], f: Filters, rows: int) -> Sequence[Any] | None:
    """The first ``rows`` answers where they are told among the first statements of the time; None where they are not.

    Statements of frequent sides are many: gathering and sorting them all takes longer than asking a first stretch.
    """
    if kind != "statements" or not (f.side or f.with_ or f.person or f.office):
        return None
    c, stretch = t.STATEMENTS.c, (WORDED_STRETCH if f.text else STRETCH) * rows
    if stretch > MAX_STRETCH:
        return None
    if f.text and _hits(connection, kind, f.text) is not None:
        return None
    days = [*([c.told >= _iso(f.since)] if f.since else []), *([c.told <= _iso(f.until)] if f.until else [])]
    last = connection.execute(
        select(c.told).where(*days).order_by(c.told.nulls_first()).limit(1).offset(stretch)
    ).scalar()
    if last is None:  # there are not so many
        return None
    where = _where(dialect_of(connection), kind, t.STATEMENTS, f, asked=True)
    found: list[Any] = []
    # those without a day come first; asked for together with the others, SQLite would go through all
    for part in (c.told.is_(None), c.told < last):
        found += connection.execute(query.where(*where, part).limit(rows - len(found))).all()
        if len(found) == rows:
            return found
    return None


def _count(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def _asks_words(connection: Connection, kind: str, f: Filters) -> bool:
    """Whether of the items that hold the words it is asked whose they are; else both are gathered, and then meet.

    Asking is quicker where the actors' items are more than the half of those with the words, and these not nearly all.
    """
    if kind not in ("encounters", "statements") or not f.text or (actors := _actors_of(kind, f)) is None:
        return False
    hits = _hits(connection, kind, f.text)
    return hits is not None and _count(connection, actors.limit(hits // 2 + 1)) > hits // 2


def _hits(connection: Connection, kind: str, words: str) -> int | None:
    """How many items hold the words; None where more than one in ``FREQUENT`` does."""
    most = (connection.execute(select(func.max(t.ITEMS[kind].c.id))).scalar() or 0) // FREQUENT
    hits = _count(connection, matching(dialect_of(connection), kind, words).limit(most + 1))
    return hits if hits <= most else None


def _actors_of(kind: str, f: Filters) -> Select[Any] | None:
    """The items of one of the actors that are asked for; None where none is."""
    table, column = _ACTORS[kind]
    if one := _borne(table, f):
        return select(table.c[column]).where(and_(*one))
    if f.with_ and kind == "statements":
        return _of_sides(kind, "toward", f.with_)
    return None


def _fitting(on: Dialect, kind: str, f: Filters, *, words: bool = False) -> list[ColumnElement[bool]]:
    return _document_where(on, f) if kind == "documents" else _where(on, kind, t.ITEMS[kind], f, words=words)


def _where(
    on: Dialect, kind: str, table: Table, f: Filters, *, asked: bool = False, words: bool = False
) -> list[ColumnElement[bool]]:
    """What items must be.

    Args:
        asked: statements are asked for their actors and words one by one.
        words: of the items that hold the words it is asked whose they are.
    """
    c = table.c
    out: list[ColumnElement[bool]] = []
    for name in ("act", "family", "kind", "strength", "status"):
        if values := getattr(f, name):
            out.append(c[name].in_(values))
    if f.code:
        out.append(_coded(c.codes, f.code))
    if kind == "statements" and f.side and f.since and f.until and (f.until - f.since).days <= _SHORT_DAYS:
        # few documents lie in a short time: their statements are asked, not all statements of the side gathered
        out.append(c.document_id.in_(_acting(f.side, f)))
        out += _actor_where(kind, c.id, f, asked=True)
    elif kind in ("encounters", "statements") and words and f.text and not asked:
        found = matching(on, kind, f.text)
        out.append(c.id.in_(found.where(*_actor_where(kind, found.selected_columns[0], f, asked=True))))
        f = replace(f, text=None)
    elif kind in ("encounters", "statements"):
        out += _actor_where(kind, c.id, f, asked)
    else:
        out += _side_where(kind, c.id, f)
    if kind == "commitments" and (f.person or f.office):  # who promises is who makes the statement
        p, s = t.SPEAKERS.c, t.STATEMENTS.c
        borne = [p.person.in_(_persons(f))] if f.person else []
        borne += [p.office.in_(f.office)] if f.office else []
        made = select(s.id).join(t.SPEAKERS, p.statement_id == s.id).where(
            s.document_id == c.document_id, s.item == c.statement, *borne
        )  # fmt: skip
        out.append(made.exists())
    own = kind in ("encounters", "occurrences")
    if f.since:
        out.append((c.last_day if own else c.told) >= f.since.isoformat())
    if f.until:
        out.append((c.first_day if own else c.told) <= _iso(f.until))
    if f.issuer:
        out.append(c.document_id.in_(select(t.DOCUMENTS.c.id).where(_issuer(f))))
    if f.text:
        out.append(on.matches(kind, searched(f.text), c.id) if asked else c.id.in_(matching(on, kind, f.text)))
    return out


def _iso(day: date) -> str:
    return day.isoformat()


def _issuer(f: Filters) -> ColumnElement[bool]:
    d = t.DOCUMENTS.c
    return or_(d.issuer_of.in_([*f.issuer, *_codes(f.issuer)]), d.issuer.in_(f.issuer))


def _codes(values: tuple[str, ...]) -> list[str]:
    # as typed too: who names a side by a person's name keeps its case, and a code need not be one of a known side
    return sorted({form for value in values for form in (value, value.upper(), side_code(value))})


def _coded(column: ColumnElement[str], codes: tuple[str, ...]) -> ColumnElement[bool]:
    # codes stand between blanks; a CAMEO code holds those below it
    return or_(*(column.like(f"% {c}%" if c.isdigit() else f"% {c.upper()} %") for c in codes))


def _persons(f: Filters) -> Select[Any]:
    p = t.PERSONS.c
    return select(p.name).where(or_(*(whole_words(p.folded, name) for name in f.person)))


def whole_words(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether a folded name holds the words of ``name``, whole and in their order."""
    words = folded(name).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return column.like(f"%{words}%", escape="\\")


def _borne(table: Table, f: Filters) -> list[ColumnElement[bool]]:
    """What one and the same actor must bear: side, person and office."""
    one: list[ColumnElement[bool]] = []
    if f.side:
        one.append(table.c.side.in_(_codes(f.side)))
    if f.person:
        one.append(table.c.person.in_(_persons(f)))
    if f.office:
        one.append(table.c.office.in_(f.office))
    return one


def _actor_where(kind: str, id: ColumnElement[Any], f: Filters, asked: bool = False) -> list[ColumnElement[bool]]:
    table, column = _ACTORS[kind]
    out: list[ColumnElement[bool]] = []
    if one := _borne(table, f):
        out.append(_among(id, table.c[column], select(table.c[column]).where(and_(*one)), asked))
    if f.with_ and kind == "statements":
        out.append(_among(id, t.SIDES.c.item_id, _of_sides(kind, "toward", f.with_), asked))
    elif f.with_:
        other = table.alias("other")
        apart = select(other.c[column]).where(other.c.side.in_(_codes(f.with_)))
        if f.side:  # the two are two participants, even where one side meets itself
            first = table.alias("first")
            apart = apart.join(first, first.c[column] == other.c[column]).where(
                first.c.side.in_(_codes(f.side)), first.c.position != other.c.position
            )
        out.append(id.in_(apart))
    return out


def _among(id: ColumnElement[Any], column: ColumnElement[Any], query: Select[Any], asked: bool) -> ColumnElement[bool]:
    """Whether ``id`` is among the answers: gathered once, or asked for each."""
    return query.where(column == id).exists() if asked else id.in_(query)


def _acting(sides: tuple[str, ...], f: Filters) -> Select[Any]:
    """The documents in which one of the sides takes part in an encounter or speaks, by their day."""
    a = t.ACTING.c
    days = [*([a.day >= _iso(f.since)] if f.since else []), *([a.day <= _iso(f.until)] if f.until else [])]
    return select(a.document_id).where(a.side.in_(_codes(sides)), *days)


def _of_sides(kind: str, role: str, values: tuple[str, ...]) -> Select[Any]:
    s = t.SIDES.c
    return select(s.item_id).where(s.kind == kind, s.role == role, s.side.in_(_codes(values)))


def _side_where(kind: str, id: ColumnElement[Any], f: Filters) -> list[ColumnElement[bool]]:
    mine, other = _ROLES[kind]
    out: list[ColumnElement[bool]] = []
    if f.side:
        out.append(id.in_(_of_sides(kind, mine, f.side)))
    if f.with_:
        out.append(id.in_(_of_sides(kind, other, f.with_)))
    return out


_ACTED = (t.PARTICIPANTS, t.SPEAKERS)


def _acted(inner: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Documents in which somebody that fits took part in an encounter or spoke."""
    e, s = t.ENCOUNTERS.c, t.STATEMENTS.c
    met = select(e.document_id).join(t.PARTICIPANTS, t.PARTICIPANTS.c.encounter_id == e.id).where(inner[0])
    said = select(s.document_id).join(t.SPEAKERS, t.SPEAKERS.c.statement_id == s.id).where(inner[1])
    return or_(t.DOCUMENTS.c.id.in_(met), t.DOCUMENTS.c.id.in_(said))


def _document_where(on: Dialect, f: Filters) -> list[ColumnElement[bool]]:
    d = t.DOCUMENTS.c
    out: list[ColumnElement[bool]] = []

    for sides in (f.side, f.with_):
        if sides:
            out.append(d.id.in_(_acting(sides, f)))
    if f.person or f.office:
        borne = []
        for table in _ACTED:
            parts = [table.c.person.in_(_persons(f))] if f.person else []
            borne.append(and_(*parts, *([table.c.office.in_(f.office)] if f.office else [])))
        out.append(_acted(borne))
    if f.since:
        out.append(d.date >= _iso(f.since))
    if f.until:
        out.append(d.date <= _iso(f.until))
    if f.issuer:
        out.append(_issuer(f))
    if f.text:
        out.append(d.text_id.in_(matching(on, "texts", f.text)))
    return out
