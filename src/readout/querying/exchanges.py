"""The exchanges of an archive: tellings joined by their likeness, by hand above it, each join kept with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select

from readout.comparing import Exchange, exchanges
from readout.comparing.exchanges import Place
from readout.comparing.same import group_of, kinds_of, sides_of
from readout.errors import ArchiveError
from readout.querying.filters import Filters
from readout.querying.finding import encounters_that_fit, latest_documents
from readout.records import Encounter, Record
from readout.storing import Archive, keep_joins, links
from readout.storing import schema as t

MAX_DOCUMENTS = 500
"""At most so many documents are searched for the exchanges of one page, or for the accounts of one exchange."""
MAX_COUNTED = 10_000
_BESIDE = 20
"""So many documents before and after those of a page are looked at too: accounts are published days apart."""
_AROUND = timedelta(days=4)
"""Accounts of one encounter tell days, or were published, no further apart than this."""
_ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Exchanges with the records of their accounts by key.

    ``documents`` is how many fit in all, one more than ``MAX_COUNTED`` where they are more than that; ``cut``:
    there are more than were looked at.
    """

    exchanges: tuple[Exchange, ...]
    records: dict[str, Record]
    documents: int
    cut: bool = False


def archived_exchanges(archive: Archive, /, **filters: Any) -> list[Exchange]:
    """The exchanges of an archive in which an encounter fits all filters, by date; documents go by their keys.

    In an archive that is open for writing the edges found are kept with their reasons (``storing.kept_joins``).

    Args:
        filters: side, with_, person, office, kind, status, since, until, issuer and text, as for encounters.
    Raises:
        QueryRefused: as ``find``.
    """
    chosen = _chosen(filters)
    with archive.transaction() as connection:
        wanted = encounters_that_fit(connection, chosen)
        records = archive.keyed(connection, {document for document, _, _ in wanted})
        places = {(key, item) for _, key, item in wanted}
        return [x for x in _joined(archive, connection, records) if any(a.place in places for a in x.accounts)]


def told_exchanges(archive: Archive, /, *, most: int = MAX_DOCUMENTS, skip: int = 0, **filters: Any) -> Told:
    """The exchanges that ``most`` of the documents that fit tell of, the documents published last first.

    Going on with ``skip`` tells every exchange once: it belongs to the document published last that tells of it. The
    exchanges come by date, those of one account among them.

    Args:
        skip: so many documents are left out.
        filters: as in ``archived_exchanges``.
    Raises:
        QueryRefused: as ``find``.
    """
    chosen = _chosen(filters)
    with archive.transaction() as connection:
        before = min(skip, _BESIDE)
        ids, total = latest_documents(connection, chosen, limit=before + most + _BESIDE,
                                      offset=skip - before, most=MAX_COUNTED + 1)  # fmt: skip
        records = archive.keyed(connection, ids)
        wanted = {(key, item) for _, key, item in encounters_that_fit(connection, chosen, ids)}
        keys = archive.keys(connection, ids)
        place_of = {keys[id]: n for n, id in enumerate(ids)}
        shown = []
        for x in _joined(archive, connection, records):
            fitting = [place_of[a.document] for a in x.accounts if a.place in wanted]
            if fitting and before <= min(fitting) < before + most:
                shown.append(x)
        told = {a.document for x in shown for a in x.accounts}
        return Told(
            exchanges=tuple(shown), records={r.id: r for r in records if r.id in told}, documents=total,
            cut=total > skip + most,
        )  # fmt: skip


def exchange_of(archive: Archive, name: str, encounter: str) -> Told:
    """The one exchange that an encounter of a document belongs to, with every account of it in the archive.

    Accounts are sought among the documents that tell of two of its sides about its days, and those linked by hand; then
    those of the accounts found, until no more come.

    Raises:
        ArchiveError: there is no such document, or no such encounter in it.
        RecordError: links made by hand contradict one another.
    """
    with archive.transaction() as connection:
        key = archive.key_of(name)
        d = t.DOCUMENTS.c
        held = {int(connection.execute(select(d.id).where(d.key == key)).scalar_one())}
        records = archive.keyed(connection, held)
        start = next((e for e in records[0].encounters if e.id == encounter), None)
        if start is None:
            raise ArchiveError(
                f"there is no encounter {encounter[:40]!r} in document {name[:80]!r}; its record shows the ids"
            )
        asked: set[Place] = set()
        tellings = [((key, encounter), start, records[0].date)]
        found: Exchange | None = None
        cut = False
        for _ in range(_ROUNDS):
            new = [x for x in tellings if x[0] not in asked]
            if not new:
                break
            asked |= {place for place, _, _ in new}
            more = _linked(connection, {place[0] for place, _, _ in new})
            for _, e, told in new:
                more |= _alike(connection, e, told)
            cut = cut or len(held | more) > MAX_DOCUMENTS
            held |= set(sorted(more - held)[: max(0, MAX_DOCUMENTS - len(held))])
            records = archive.keyed(connection, held)
            of = {r.id: r for r in records}
            whole = _joined(archive, connection, records)
            found = next(x for x in whole if any(a.place == (key, encounter) for a in x.accounts))
            tellings = [(a.place, a.encounter, of[a.document].date) for a in found.accounts]
        assert found is not None
        told_by = {a.document for a in found.accounts}
        return Told(
            exchanges=(found,), records={r.id: r for r in records if r.id in told_by}, documents=len(told_by), cut=cut
        )


def links_among(
    connection: Connection, there: Collection[Place]
) -> tuple[list[tuple[Place, Place]], list[tuple[Place, Place]]]:
    """What was joined and what was kept apart by hand, of the tellings that are ``there``."""
    must: list[tuple[Place, Place]] = []
    cannot: list[tuple[Place, Place]] = []
    for row in connection.execute(select(t.LINKS).order_by(*list(t.LINKS.c)[:4])):
        pair = ((row.one_key, row.one_item), (row.other_key, row.other_item))
        if pair[0] in there and pair[1] in there:
            (must if row.joined else cannot).append(pair)
    return must, cannot


def lost_links(archive: Archive) -> list[dict[str, object]]:
    """The links made by hand whose encounter is no longer told of, since its document was read again."""
    e, d = t.ENCOUNTERS.c, t.DOCUMENTS.c
    with archive.transaction() as connection:
        told = select(d.key, e.item).join(t.DOCUMENTS, d.id == e.document_id)
        out = []
        for row in links(archive):
            places = [tuple(place) for place in (row["one"], row["other"]) if isinstance(place, list)]
            found = {tuple(r) for key, _ in places for r in connection.execute(told.where(d.key == key))}
            if not set(places) <= found:
                out.append(row)
        return out


def _chosen(filters: dict[str, Any]) -> Filters:
    chosen = Filters.of(filters)
    chosen.check("encounters")
    return chosen


def _joined(archive: Archive, connection: Connection, records: Sequence[Record]) -> list[Exchange]:
    """The exchanges of the records, with the links by hand between them; kept where the archive can be written."""
    must, cannot = links_among(connection, {(r.id, e.id) for r in records for e in r.encounters})
    found = exchanges(records, must_link=must, cannot_link=cannot)
    if archive.writable:
        keep_joins(connection, [r.id for r in records], [j for x in found for j in x.joins])
    return found


def _linked(connection: Connection, keys: Iterable[str]) -> set[int]:
    """The documents that a person joined with one of these, or kept apart from one."""
    c, d, known = t.LINKS.c, t.DOCUMENTS.c, list(keys)
    rows = connection.execute(
        select(c.one_key, c.other_key).where(or_(c.one_key.in_(known), c.other_key.in_(known)))
    ).all()
    beside = {key for row in rows for key in row}
    return set(connection.execute(select(d.id).where(d.key.in_(beside))).scalars()) if beside else set()


def _alike(connection: Connection, e: Encounter, told: date | None) -> set[int]:
    """The documents with an encounter of the kind that two of its sides (of a briefing one) take part in, days near."""
    first = e.date.start if e.date else told
    last = e.date.end - timedelta(days=1) if e.date else told
    sides = sides_of(e)
    if first is None or last is None or not sides:
        return set()
    p, c = t.PARTICIPANTS.c, t.ENCOUNTERS.c
    several = (
        select(p.encounter_id).where(p.side.in_(sides)).group_by(p.encounter_id)
        .having(func.count(p.side.distinct()) >= (1 if e.kind == "briefing" else 2))
    )  # fmt: skip
    low = first - _AROUND if first - date.min > _AROUND else date.min
    high = last + _AROUND if date.max - last > _AROUND else date.max
    query = select(c.document_id).where(
        c.id.in_(several), c.kind.in_(kinds_of(group_of(e))), c.last_day >= low.isoformat(),
        c.first_day <= high.isoformat(),
    )  # fmt: skip
    return set(connection.execute(query.limit(4 * MAX_DOCUMENTS)).scalars())
