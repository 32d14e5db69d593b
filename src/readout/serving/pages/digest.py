"""The page of what is new: what the documents of some days brought, told for all sides or for one or two."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy import func, select
from starlette.responses import Response

from readout.following import digest
from readout.serving.bounds import JOINED
from readout.serving.pages.asking import day_of, side_of
from readout.serving.pages.person import party_words, when
from readout.serving.pages.rendering import house_of, page
from readout.storing import Archive
from readout.storing import schema as t

router = APIRouter()
_DAYS = timedelta(days=6)
LIMIT = 20


@router.get("/digest")
def digest_page(
    request: Request,
    since: str = "",
    until: str = "",
    side: str = "",
    other: Annotated[str, Query(alias="with")] = "",
) -> Response:
    """What is new since a day; without one, in the last seven days that the archive has documents of."""
    first, last = day_of(since, "since"), day_of(until, "until", last=True)
    mine = side_of(side, "side") if side.strip() else None
    theirs = side_of(other, "with") if other.strip() else None
    house = house_of(request)
    with house.opened() as archive:
        if first is None:
            newest = last or _last_day(archive)
            first = newest - min(_DAYS, newest - date.min) if newest else None
        told = None
        if first is not None:
            # what became of promises and formulas has pages of its own; following it here would read the whole side
            told = digest(archive, since=first, until=last, side=mine, other=theirs, limit=LIMIT, follow=0, join=JOINED)
    asked = {"since": first, "until": last, "side": mine or "", "with": theirs or ""}
    return page(
        request, "digest.html", asked=asked, told=told, limit=LIMIT, party=party_words(house), when=when
    )  # fmt: skip


def _last_day(archive: Archive) -> date | None:
    with archive.transaction() as connection:
        found = connection.execute(select(func.max(t.DOCUMENTS.c.date))).scalar()
    return date.fromisoformat(found) if found else None
