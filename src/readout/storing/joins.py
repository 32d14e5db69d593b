"""Which tellings are one encounter: edges that were found, links made by hand above them, and the codes of items."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from readout.comparing import Join
from readout.comparing.exchanges import Place
from readout.errors import ArchiveError
from readout.storing import schema as t
from readout.storing.dialects import dialect_of
from readout.storing.held import held
from readout.storing.rows import codes_of

if TYPE_CHECKING:
    from readout.storing.archive import Archive

_CODED = ("encounters", "statements")


def recode(connection: Connection) -> None:
    """Write the codes of the items of all documents."""
    wanted = connection.execute(select(t.DOCUMENTS.c.id).order_by(t.DOCUMENTS.c.id)).scalars().all()
    for id, record in held(connection, wanted):
        codes = codes_of(record)
        for kind in _CODED:
            c = t.ITEMS[kind].c
            for n, item in connection.execute(select(c.id, c.item).where(c.document_id == id)).all():
                connection.execute(update(t.ITEMS[kind]).where(c.id == n).values(codes=codes.get(item, "")))


def link(
    archive: Archive, one: Place, other: Place, *, joined: bool, reviewer: str, reason: str = ""
) -> tuple[Place, Place]:
    """Join two encounters by hand, or keep them apart; a later word on the same two takes the earlier one's place.

    Args:
        one, other: the document's key or name, and the encounter's id.
        joined: True for one encounter, False for two.
        reviewer: who says so.
    Raises:
        ArchiveError: no such document or encounter, both in one document, or nobody says so.
    """
    if not reviewer.strip():
        raise ArchiveError("a link by hand needs who made it; give --reviewer NAME")
    with archive.transaction() as connection:
        places = sorted((_place(archive, connection, one), _place(archive, connection, other)))
        if places[0][0] == places[1][0]:
            raise ArchiveError("two encounters of one document are never one; name two documents")
        _unlink(connection, places)
        (a, x), (b, y) = places
        connection.execute(
            insert(t.LINKS).values(
                one_key=a, one_item=x, other_key=b, other_item=y, joined=int(joined), reviewer=reviewer,
                at=archive.now(), reason=reason,
            )
        )  # fmt: skip
        archive.note(connection, "join" if joined else "split", a, x, f"{b} {y} by {reviewer}: {reason}".rstrip(": "))
    return places[0], places[1]


def unlink(archive: Archive, one: Place, other: Place) -> None:
    """Take a link made by hand back.

    Raises:
        ArchiveError: there is none between the two.
    """
    with archive.transaction() as connection:
        keys = [(archive.key_of(place[0]), place[1]) for place in (one, other)]
        if not _unlink(connection, sorted(keys)):
            raise ArchiveError("there is no link by hand between these two; `readout exchanges --links` shows all")
        archive.note(connection, "unlink", keys[0][0], keys[0][1], " ".join(keys[1]))


def _unlink(connection: Connection, places: Sequence[Place]) -> int:
    c = t.LINKS.c
    (a, x), (b, y) = places
    gone = delete(t.LINKS).where(c.one_key == a, c.one_item == x, c.other_key == b, c.other_item == y)
    return int(connection.execute(gone).rowcount)


def _place(archive: Archive, connection: Connection, place: Place) -> Place:
    key = archive.key_of(place[0])
    e, d = t.ENCOUNTERS.c, t.DOCUMENTS.c
    found = connection.execute(
        select(e.id).join(t.DOCUMENTS, d.id == e.document_id).where(d.key == key, e.item == place[1])
    ).first()
    if found is None:
        raise ArchiveError(
            f"there is no encounter {place[1][:40]!r} in document {place[0][:80]!r}; "
            "`readout encounters --format json` shows the ids"
        )
    return key, place[1]


def links(archive: Archive) -> list[dict[str, Any]]:
    """Every link made by hand: the two places, whether they are joined, by whom, when and why."""
    with archive.transaction() as connection:
        rows = connection.execute(select(t.LINKS).order_by(*t.LINKS.c)).all()
    return [
        {
            "one": [r.one_key, r.one_item], "other": [r.other_key, r.other_item], "joined": bool(r.joined),
            "reviewer": r.reviewer, "at": r.at, "reason": r.reason,
        }
        for r in rows
    ]  # fmt: skip


def keep_joins(connection: Connection, keys: Sequence[str], joins: Iterable[Join]) -> None:
    """Keep the edges found among these documents in the place of those kept before."""
    place, wanted = list(t.JOINS.c)[:4], set(keys)
    gone = delete(t.JOINS).where(*(column == bindparam(f"of_{column.name}") for column in place))
    for start in range(0, len(keys), 400):
        kept = connection.execute(select(*place).where(t.JOINS.c.one_key.in_(keys[start : start + 400]))).all()
        if old := [{f"of_{n}": v for n, v in row._mapping.items()} for row in kept if row.other_key in wanted]:
            connection.execute(gone, old)
    rows = [
        {
            "one_key": j.one[0], "one_item": j.one[1], "other_key": j.other[0], "other_item": j.other[1],
            "score": j.score, "reasons": json.dumps(j.reasons, ensure_ascii=False),
        }
        for j in joins
        if not j.by_hand
    ]  # fmt: skip
    if rows:
        put = dialect_of(connection).insert(t.JOINS)
        anew = {name: put.excluded[name] for name in ("score", "reasons")}
        connection.execute(put.on_conflict_do_update(index_elements=place, set_=anew), rows)


def kept_joins(archive: Archive) -> list[Join]:
    """The edges that were found, in the order of their places."""
    with archive.transaction() as connection:
        rows = connection.execute(select(t.JOINS).order_by(*list(t.JOINS.c)[:4])).all()
    return [
        Join(one=(r.one_key, r.one_item), other=(r.other_key, r.other_item), score=r.score,
             reasons=tuple(json.loads(r.reasons)))
        for r in rows
    ]  # fmt: skip


def drop_joins(connection: Connection, key: str, *, by_hand: bool) -> None:
    """Take the edges of a document out; its links by hand too where it goes for good."""
    for table in (t.JOINS, *((t.LINKS,) if by_hand else ())):
        connection.execute(delete(table).where(or_(table.c.one_key == key, table.c.other_key == key)))
