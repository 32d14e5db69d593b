"""Who talks to whom: a network, a map and the table behind both."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from readout.charting import MAX_TOP, World
from readout.charting.layout import placed
from readout.errors import RequestRefused
from readout.serving.pages.asking import day_of
from readout.serving.pages.rendering import house_of, link, page
from readout.serving.pages.statics import MAP, statics

router = APIRouter()
ARCS = 20
SHOWN_SIDES = 60
TOPS = (10, 20, 30, 50, MAX_TOP)
_STEPS = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000)
_SHADES = 5


@router.get("/world")
def told(request: Request, since: str = "", until: str = "", top: str = "30") -> Response:
    """Who met whom between two days."""
    if not (top.isascii() and top.isdigit() and 1 <= int(top[:9]) <= MAX_TOP):
        raise RequestRefused(f"top {top[:40]!r} is not a number from 1 to {MAX_TOP}", status=422)
    house = house_of(request)
    first, last = day_of(since, "since"), day_of(until, "until", last=True)
    with house.opened() as archive:
        found = house.world(archive, since=first, until=last, top=int(top))
    names: dict[str, str] = {s.side: house.name_of(s.side) or s.side for s in found.sides}
    drawn = on_map()
    return page(
        request, "world.html", world=found, asked={"since": since, "until": until, "top": int(top)}, tops=TOPS,
        days={"since": first, "until": last}, sides_shown=found.sides[:SHOWN_SIDES],
        off_map=[s for s in found.sides if s.side not in drawn] if drawn else [],
        network=_network(found, names), map=_map(found, names, drawn), has_map=bool(drawn), arcs=ARCS,
    )  # fmt: skip


@cache
def on_map() -> frozenset[str]:
    """The sides that the map shows, as a shape or a point; empty where this installation was built without it."""
    found = statics().get(MAP)
    if found is None:
        return frozenset()
    told = json.loads(found.plain)
    return frozenset(f["properties"]["name"] for f in told["features"]) | frozenset(told["points"])


def _network(found: World, names: dict[str, str]) -> dict[str, Any]:
    counts = {s.side: s for s in found.sides}
    sides = sorted({side for e in found.edges for side in (e.one, e.other)}, key=lambda s: (-counts[s].exchanges, s))
    places = placed(sides, [(e.one, e.other, float(e.exchanges)) for e in found.edges])
    return {
        "kind": "network", "title": f"The {len(found.edges)} pairs that met most",
        "nodes": [
            {"id": s, "name": names[s], "value": counts[s].exchanges, "partners": counts[s].partners, "at": places[s]}
            for s in sides
        ],
        "links": _links(found, names),
    }  # fmt: skip


def _links(found: World, names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"source": e.one, "target": e.other, "names": [names[e.one], names[e.other]], "value": e.exchanges,
         "mood": e.mood, "href": link("/dyad", one=e.one, other=e.other, since=found.since, until=found.until)}
        for e in found.edges
    ]  # fmt: skip


def _map(found: World, names: dict[str, str], drawn: frozenset[str]) -> dict[str, Any]:
    links = [x for x in _links(found, names) if x["source"] in drawn and x["target"] in drawn]
    return {
        "kind": "map", "title": "Exchanges of each side, and the pairs that met most", "links": links[:ARCS],
        "sides": [
            {"id": s.side, "name": names[s.side], "value": s.exchanges, "partners": s.partners}
            for s in found.sides if s.side in drawn
        ],
        "steps": _shades(max((s.exchanges for s in found.sides if s.side in drawn), default=0)),
    }  # fmt: skip


def _shades(most: int) -> list[int]:
    """Where each shade begins: at most five, the last one below the largest number."""
    steps = [step for step in _STEPS if step <= most]
    return steps[-_SHADES:] if len(steps) <= _SHADES else [1, *steps[1 - _SHADES :]]
