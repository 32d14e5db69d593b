"""The promises of a whole archive as they were told, the newest first, read from rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select

from readout.following.persons import Pledge, pledges
from readout.storing import Archive
from readout.storing import schema as t


def newest_pledges(
    archive: Archive, *, limit: int, offset: int = 0, to: str | None = None, strength: Sequence[str] = (),
    until: date | None = None,
) -> tuple[list[Pledge], int]:  # fmt: skip
    """A part of the promises, and how many there are; what has no day comes last.

    Args:
        to: only those to this side, by code. ``until``: only of documents up to that day.
    """
    c, s = t.COMMITMENTS.c, t.SIDES.c
    where: list[ColumnElement[bool]] = [c.strength.in_(strength)] if strength else []
    if until is not None:
        where.append(c.told <= until.isoformat())
    if to is not None:
        where.append(c.id.in_(select(s.item_id).where(s.kind == "commitments", s.role == "beneficiary", s.side == to)))
    page = select(c.id).where(*where).order_by(c.told.desc().nulls_last(), c.id.desc()).limit(limit).offset(offset)
    with archive.transaction() as connection:
        total = int(connection.execute(select(func.count()).select_from(t.COMMITMENTS).where(*where)).scalar_one())
        return pledges(connection, list(connection.execute(page).scalars())), total
