"""The page of promises: those of a side or of two with what became of them; without a side, all as they were told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Annotated, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from readout.following import LEDGER_STATUSES, Pledge, Promise
from readout.following.ledger import WordingStrength
from readout.following.pledging import newest_pledges
from readout.serving.bounds import MOST_READ, READ
from readout.serving.house import House
from readout.serving.pages.asking import day_of, known_values, side_of
from readout.serving.pages.rendering import house_of, page
from readout.storing import Archive

router = APIRouter()
SHOWN = 25
HOPES = 10
WORDINGS = 6
STRENGTHS: tuple[str, ...] = get_args(WordingStrength)
PILLS = {
    "reported kept": "good", "reported broken": "bad", "overdue": "bad", "withdrawn": "bad", "weakened": "note",
}  # fmt: skip
MEANINGS = {
    "open": "worded once, and nothing later tells of it",
    "repeated": "said again, as strongly as before",
    "weakened": "said again with a weaker verb, a later day or a new condition",
    "withdrawn": "taken back, or the opposite promised",
    "reported kept": "a later document tells the deed as done",
    "reported broken": "a later document tells of failure or breach",
    "overdue": "the day named last has passed, and nothing reports it done",
    "hope": "never more than hoped for",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The whole state of the page, as its address holds it."""

    one: str
    other: str
    as_of: date | None
    status: tuple[str, ...]
    strength: tuple[str, ...]
    all: bool
    offset: int


@router.get("/ledger")
def ledger_page(
    request: Request,
    one: str = "",
    other: str = "",
    as_of: str = "",
    status: Annotated[list[str], Query()] = [],  # noqa: B006
    strength: Annotated[list[str], Query()] = [],  # noqa: B006
    all: bool = False,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """The promises of a side, of two sides to each other, or of the whole archive."""
    asked = _Asked(
        one=side_of(one, "the promisor") if one.strip() else "",
        other=side_of(other, "the other side") if other.strip() else "",
        as_of=day_of(as_of, "as of", last=True),
        status=known_values("status", status, LEDGER_STATUSES), strength=known_values("strength", strength, STRENGTHS),
        all=all, offset=offset,
    )  # fmt: skip
    house = house_of(request)
    with house.opened() as archive:
        shared = {
            "asked": asked, "statuses": LEDGER_STATUSES, "strengths": STRENGTHS, "pills": PILLS,
            "meanings": MEANINGS, "shown": SHOWN,
        }  # fmt: skip
        if asked.one:
            return page(request, "ledger.html", **shared, **_of_sides(house, archive, asked), found=None)
        return page(request, "ledger.html", **shared, **_of_archive(archive, asked), told=None)


def _of_sides(house: House, archive: Archive, asked: _Asked) -> dict[str, object]:
    most = MOST_READ if asked.all else READ
    told = house.ledger(archive, asked.one, asked.other or None, asked.as_of, most)
    counts = Counter(p.status for p in (*told.promises, *told.hopes))
    fitting = [p for p in told.promises if _fits(p, asked)]
    hopes = [p for p in told.hopes if _fits(p, asked)]
    if asked.status == ("hope",):
        fitting, hopes = hopes, []
    fitting.sort(key=_latest, reverse=True)
    hopes.sort(key=_latest, reverse=True)
    days = [w.date for p in (*told.promises, *told.hopes) for w in p.wordings]
    return {
        "told": told, "counts": counts, "promises": fitting[asked.offset : asked.offset + SHOWN],
        "total": len(fitting), "hopes": hopes[:HOPES], "hopes_total": len(hopes), "first": min(days, default=None),
        "most": MOST_READ, "read": min(MOST_READ, told.documents + told.earlier), "wordings": WORDINGS,
    }  # fmt: skip


def _fits(promise: Promise, asked: _Asked) -> bool:
    return (not asked.status or promise.status in asked.status) and (
        not asked.strength or promise.wordings[-1].strength in asked.strength
    )


def _latest(promise: Promise) -> tuple[date, str]:
    return max([*(w.date for w in promise.wordings), *(e.date for e in promise.evidence)]), promise.id


def _of_archive(archive: Archive, asked: _Asked) -> dict[str, object]:
    """The newest promises first. What became of them, and which are hopes, only the ledger of a side tells."""
    needs_a_side = bool(asked.status) or "hope" in asked.strength
    found: list[Pledge] = []
    total = 0
    if not needs_a_side:
        found, total = newest_pledges(
            archive, limit=SHOWN, offset=asked.offset, to=asked.other or None, strength=asked.strength,
            until=asked.as_of,
        )  # fmt: skip
    return {"found": found, "total": total, "needs_a_side": needs_a_side}
