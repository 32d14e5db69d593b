"""The people of an archive to choose from: who takes part in most encounters, and whose name holds some letters."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from readout.storing import Archive, folded
from readout.storing import schema as t


@dataclass(frozen=True, slots=True)
class Often:
    """A name of the archive as its documents write it, and in how many encounters it takes part."""

    name: str
    encounters: int


def frequent_people(archive: Archive, limit: int = 30) -> tuple[Often, ...]:
    """Those who take part in most encounters, counted as told, the most frequent first."""
    p = t.PARTICIPANTS.c
    number = func.count().label("number")
    query = select(p.person, number).where(p.person.is_not(None)).group_by(p.person)
    with archive.transaction() as connection:
        rows = connection.execute(query.order_by(number.desc(), p.person).limit(limit)).all()
    return tuple(Often(name, n) for name, n in rows)


def people_like(archive: Archive, letters: str, limit: int = 30) -> tuple[Often, ...]:
    """Those whose name holds these letters, even within a word, without regard to case and diacritics."""
    plain = folded(letters).strip()
    if not plain:
        return ()
    p, of = t.PARTICIPANTS.c, t.PERSONS.c
    part = plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    with archive.transaction() as connection:
        held = select(of.name).where(of.folded.like(f"%{part}%", escape="\\")).order_by(of.name).limit(10 * limit)
        names = list(connection.execute(held).scalars())
        counted = select(p.person, func.count()).where(p.person.in_(names)).group_by(p.person)
        told = {row[0]: row[1] for row in connection.execute(counted)}
    return tuple(sorted((Often(n, told.get(n, 0)) for n in names), key=lambda x: (-x.encounters, x.name))[:limit])
