"""What an archive holds, whether it is whole, and a copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from readout.errors import ArchiveError, ReadoutError
from readout.records import text_digest
from readout.storing import schema as t
from readout.storing.archive import Archive
from readout.storing.dyads import wrong_dyads
from readout.storing.migrations import ACTED, BORNE, COUNTED, LATEST
from readout.storing.rows import document_key


def info(archive: Archive) -> dict[str, Any]:
    """What an archive holds: counts by table, schema version, bytes, first and last day, what it was read with."""
    tables = {"documents": t.DOCUMENTS, "texts": t.TEXTS, "refusals": t.REFUSALS, **t.ITEMS}
    with archive.transaction() as connection:
        size = archive.dialect.size_bytes(connection, archive.place)
        out: dict[str, Any] = {"schema_version": LATEST, "size_bytes": size}
        for name, table in tables.items():
            out[name] = connection.execute(select(func.count()).select_from(table)).scalar_one()
        days = connection.execute(select(func.min(t.DOCUMENTS.c.date), func.max(t.DOCUMENTS.c.date))).one()
        out["first_day"], out["last_day"] = days
        made = select(t.DOCUMENTS.c.made_id, func.count().label("held")).group_by(t.DOCUMENTS.c.made_id).subquery()
        out["readings"] = [
            {"made_with": row[0], "documents": int(row[1])}
            for row in connection.execute(
                select(t.MADE.c.digest, func.sum(made.c.held))
                .join(made, made.c.made_id == t.MADE.c.id)
                .group_by(t.MADE.c.digest)
                .order_by(t.MADE.c.digest)
            )
        ]
        return out


def check(archive: Archive) -> list[str]:
    """What is wrong with an archive, one sentence each; empty where it is whole.

    The database's own check, foreign keys, full-text indexes against their tables, every record rebuilt with its
    digest, key and spans, the tallies and the sums of two sides counted again.
    """
    problems: list[str] = []
    with archive.transaction() as connection:
        try:
            problems += archive.dialect.problems(connection)
        except ArchiveError as error:
            return [error.message]
        for kept, counted in (("tallies", COUNTED), ("acting", ACTED)):
            wrong = connection.execute(
                text(f"SELECT count(*) FROM (SELECT * FROM (SELECT * FROM ({counted}) AS a EXCEPT SELECT * FROM {kept})"
                     f" AS b UNION ALL SELECT * FROM (SELECT * FROM {kept} EXCEPT SELECT * FROM ({counted}) AS c)"
                     " AS d) AS e")
            ).scalar_one()  # fmt: skip
            if wrong:
                problems.append(f"{wrong} rows of {kept} are not what the items give")
        for actors, (items, column, copied, _) in BORNE.items():
            alike = " AND ".join(f"coalesce(a.{name}, '') = coalesce(i.{name}, '')" for name in copied)
            wrong = connection.execute(
                text(f"SELECT count(*) FROM {actors} a JOIN {items} i ON i.id = a.{column} WHERE NOT ({alike})")
            ).scalar_one()
            if wrong:
                problems.append(f"{wrong} rows of {actors} do not bear what their {items} tell")
        whole = len(problems)
        ids = list(connection.execute(select(t.DOCUMENTS.c.id).order_by(t.DOCUMENTS.c.id)).scalars())
        for id in ids:
            problems += _document(archive, connection, id)
        for kind, table in t.ITEMS.items():
            lost = connection.execute(
                select(func.count()).select_from(t.SIDES)
                .where(t.SIDES.c.kind == kind, t.SIDES.c.item_id.not_in(select(table.c.id)))
            ).scalar_one()  # fmt: skip
            if lost:
                problems.append(f"{lost} sides of {kind} belong to nothing")
        if len(problems) == whole:  # a damaged record cannot be counted
            problems += wrong_dyads(connection)
    return problems


def _document(archive: Archive, connection: Any, id: int) -> list[str]:
    d = t.DOCUMENTS.c
    found = connection.execute(
        select(d.key, t.TEXTS.c.digest).join(t.TEXTS, t.TEXTS.c.id == d.text_id).where(d.id == id)
    ).first()
    if found is None:
        return [f"document number {id} has no text"]
    key, digest = found
    try:
        record = archive.records(connection, [id])[id]
    except (ReadoutError, ValueError, KeyError) as error:
        return [f"document {key}: its record cannot be read: {str(error)[:120]}"]
    out = []
    if text_digest(record.text) != digest:
        out.append(f"document {key}: its text has another digest than it was stored under")
    if document_key(record) != key:
        out.append(f"document {key}: its content has another key")
    for kind, table in t.ITEMS.items():
        rows = connection.execute(
            select(table.c.item, table.c.start, table.c.end, table.c.words)
            .where(table.c.document_id == id)
            .order_by(table.c.position)
        ).all()
        if [row[0] for row in rows] != [item.id for item in getattr(record, kind)]:
            out.append(f"document {key}: its table of {kind} differs from its record")
        if any(record.text[row[1] : row[2]] != row[3] for row in rows):
            out.append(f"document {key}: words of {kind} are not those of its text")
    return out


def backup(archive: Archive, target: Path) -> int:
    """A whole copy of the archive in ``target``, also while another process writes; its size in bytes.

    Raises:
        ArchiveError: ``target`` is there already, or cannot be written, or a server keeps the archive.
    """
    if target.exists():
        raise ArchiveError(f"{target.name!r} is there already; name a new file")
    archive.dialect.backup(archive.place, target)
    return target.stat().st_size
