"""The page of formulas: what a side repeats, since when, how often by year, and how it changes or vanishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from readout.following import TRENDS, Phrase, Phrases, Use
from readout.serving.bounds import MOST_READ, READ
from readout.serving.pages.asking import day_of, known_values, side_of
from readout.serving.pages.rendering import house_of, page

router = APIRouter()
SHOWN = 20
TOLD = 8
WORDS = {
    "steady": "in the same words throughout",
    "strengthened": "stronger words than at first",
    "weakened": "weaker words than at first",
    "vanished": "no longer said",
}
_BAR, _HIGH = 10, 36


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of a picture: its number of documents, and where its bar stands."""

    year: int
    count: int
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Shown:
    """A formula as the page shows it: its bars, and the uses at which its words change, the first and the last."""

    phrase: Phrase
    bars: tuple[Bar, ...]
    uses: tuple[Use, ...]
    left_out: int

    @property
    def width(self) -> int:
        """The width of the picture."""
        return _BAR * len(self.bars)


@router.get("/phrases")
def phrases_page(
    request: Request,
    side: str = "",
    other: Annotated[str, Query(alias="with")] = "",
    least: Annotated[int, Query(ge=2, le=1000)] = 3,
    since: str = "",
    until: str = "",
    trend: Annotated[list[str], Query()] = [],  # noqa: B006
    all: bool = False,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """The formulas of a side, or what the page needs where none is given."""
    mine = side_of(side, "side") if side.strip() else ""
    theirs = side_of(other, "with") if other.strip() else ""
    first, last = day_of(since, "since"), day_of(until, "until", last=True)
    trends = known_values("trend", trend, TRENDS)
    asked = {
        "side": mine, "with": theirs, "least": least, "since": first, "until": last, "trend": trends, "all": all,
        "offset": offset,
    }  # fmt: skip
    told, shown, total = None, [], 0
    if mine:
        house, most = house_of(request), MOST_READ if all else READ
        with house.opened() as archive:
            told = house.phrases(archive, mine, theirs or None, most=most, least=least, since=first, until=last)
        fitting = [p for p in told.found if not trends or p.trend in trends]
        total = len(fitting)
        shown = [_shown(p, _years(told)) for p in fitting[offset : offset + SHOWN]]
    return page(
        request, "phrases.html", asked=asked, told=told, formulas=shown, total=total, shown=SHOWN, words=WORDS,
        high=_HIGH, most=MOST_READ, trends=TRENDS,
    )  # fmt: skip


def _years(told: Phrases) -> range:
    days: list[date] = [u.date for p in told.found for u in (p.uses[0], p.uses[-1])]
    return range(min(days).year, max(days).year + 1) if days else range(0)


def _shown(phrase: Phrase, years: range) -> Shown:
    most = max(phrase.by_year.values())
    bars = []
    for n, year in enumerate(years):
        count = phrase.by_year.get(year, 0)
        height = round(count / most * (_HIGH - 2), 1)
        bars.append(Bar(year, count, n * _BAR, round(_HIGH - height, 1), height))
    changes = [later for earlier, later in pairwise(phrase.uses) if later.degree != earlier.degree]
    told = dict.fromkeys([phrase.uses[0], *changes[: TOLD - 2], phrase.uses[-1]])
    return Shown(phrase, tuple(bars), tuple(told), len(phrase.uses) - len(told))
