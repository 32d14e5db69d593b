"""What an archive holds, told cheaply, and what surrounds one document in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from readout.storing import schema as t
from readout.storing.archive import Archive

_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One document as lists show it."""

    key: str
    name: str
    title: str | None
    issuer: str | None
    date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How much of each kind there is, the first and last day, and the documents that were kept last."""

    counts: dict[str, int]
    first_day: date | None
    last_day: date | None
    lately: tuple[Known, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A document's other names, and the other documents of the same words; at most twenty of each, and their number."""

    names: tuple[str, ...]
    same_words: tuple[Known, ...]
    same_words_total: int
    same_address: int


def held_lately(archive: Archive, lately: int = 8) -> Held:
    """What the archive holds, and the documents kept last, the newest first."""
    d = t.DOCUMENTS.c
    with archive.transaction() as connection:
        counts = {
            name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for name, table in (("documents", t.DOCUMENTS), *t.ITEMS.items(), ("refusals", t.REFUSALS))
        }
        first, last = connection.execute(select(func.min(d.date), func.max(d.date))).one()
        rows = connection.execute(_shown().order_by(d.id.desc()).limit(lately)).all()
    return Held(counts=counts, first_day=_day(first), last_day=_day(last), lately=tuple(map(_known, rows)))


def surroundings(archive: Archive, key: str) -> Surroundings:
    """What is told beside a document of that key."""
    d, n = t.DOCUMENTS.c, t.NAMES.c
    with archive.transaction() as connection:
        id, text_id, url, name = connection.execute(select(d.id, d.text_id, d.url, d.name).where(d.key == key)).one()
        names = connection.execute(
            select(n.name).where(n.document_id == id, n.name != name).order_by(n.name).limit(_MOST)
        ).scalars()
        others = (d.text_id == text_id, d.id != id)
        same = connection.execute(_shown().where(*others).order_by(d.date.nulls_first(), d.key).limit(_MOST)).all()
        total = connection.execute(select(func.count()).select_from(t.DOCUMENTS).where(*others)).scalar_one()
        versions = connection.execute(
            select(func.count()).select_from(t.DOCUMENTS).where(d.url == url, d.id != id)
        ).scalar_one() if url else 0  # fmt: skip
        return Surroundings(
            names=tuple(names), same_words=tuple(map(_known, same)), same_words_total=int(total),
            same_address=int(versions),
        )  # fmt: skip


def _shown() -> Any:
    d = t.DOCUMENTS.c
    return select(d.key, d.name, d.title, d.issuer, d.date)


def _known(row: Any) -> Known:
    return Known(key=row[0], name=row[1], title=row[2], issuer=row[3], date=_day(row[4]))


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
