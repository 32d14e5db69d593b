"""The exchanges of an archive: tellings joined by their likeness, by hand above it, each join kept with its reason."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select

from readout.comparing import Exchange, exchanges
from readout.comparing.exchanges import Place
from readout.querying.filters import Filters
from readout.querying.finding import document_ids
from readout.storing import Archive, keep_joins, links
from readout.storing import schema as t


def archived_exchanges(archive: Archive, /, **filters: Any) -> list[Exchange]:
    """The exchanges that the documents of an archive tell of, by date; documents go by their keys.

    In an archive that is open for writing the edges found are kept with their reasons (``storing.kept_joins``).

    Args:
        filters: side, with_, person, office, kind, status, since, until, issuer and text, as for encounters: a
            document whose encounter fits is taken, with all that it tells of.
    Raises:
        QueryRefused: as ``find``.
    """
    chosen = Filters.of(filters)
    chosen.check("encounters")
    with archive.transaction() as connection:
        records = archive.keyed(connection, document_ids(connection, chosen))
        there = {(r.id, e.id) for r in records for e in r.encounters}
        must, cannot = links_among(connection, there)
        found = exchanges(records, must_link=must, cannot_link=cannot)
        if archive.writable:
            keep_joins(connection, [r.id for r in records], [j for x in found for j in x.joins])
        return found


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
