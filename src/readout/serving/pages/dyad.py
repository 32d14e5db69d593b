"""Two sides over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from readout.charting import LEVELS, PERIODS, Dyad, Met, Period, dyad_in, latest_between, tellings
from readout.charting.telling import CHANNELS, rows_of_periods
from readout.errors import RequestRefused
from readout.exporting.wording import spaced
from readout.querying import count
from readout.records.items import Strength
from readout.serving.pages.asking import day_of, side_of
from readout.serving.pages.rendering import house_of, page
from readout.storing import Archive

router = APIRouter()
SHOWN_ROWS = 120
SHOWN_EXCHANGES = 25
SHOWN_DOCUMENTS = 15
SHOWN_LABELS = 60
START_PAIRS = 30
_STRENGTHS = get_args(Strength)


@router.get("/dyad")
def told(
    request: Request, one: str = "", other: str = "", by: str = "year", since: str = "", until: str = ""
) -> Response:
    """Two sides over time; without them a form, and the pairs that met most."""
    house = house_of(request)
    asked = {"one": one, "other": other, "by": by, "since": since, "until": until}
    if by not in PERIODS:
        raise RequestRefused(f"by {by[:40]!r} is not known; use one of: {', '.join(PERIODS)}", status=422)
    if not one.strip() and not other.strip():
        with house.opened() as archive:
            return page(
                request,
                "dyad.html",
                asked=asked,
                periods=PERIODS,
                dyad=None,
                world=house.world(archive, top=START_PAIRS),
            )
    first, second = side_of(one, "one"), side_of(other, "other")
    since_day, until_day = day_of(since, "since"), day_of(until, "until", last=True)
    with house.opened() as archive:
        found = dyad_in(archive, first, second, by=by, since=since_day, until=until_day)
        values = _values(archive, found)
    rows = [p for p, _ in rows_of_periods(found)]
    return page(
        request, "dyad.html", asked=asked, periods=PERIODS, dyad=found,
        rows=rows[-SHOWN_ROWS:], all_rows=len(rows), channels=_used(rows, "channels", CHANNELS),
        levels=_used(rows, "levels", LEVELS), figures=_figures(found, rows, house.name_of),
        labels=found.labels[:SHOWN_LABELS], **values,
    )  # fmt: skip


def _values(archive: Archive, found: Dyad) -> dict[str, Any]:
    """What is looked up beside the sums: the latest exchanges and documents, promises each way."""
    dated = [x for x in found.exchanges if x.date]
    latest: list[Met] = [*reversed(dated)][:SHOWN_EXCHANGES]
    days: dict[str, Any] = {"since": found.since, "until": found.until}
    named = {key for x in latest for key in x.documents}
    named |= {x.first_document for x in found.labels[:SHOWN_LABELS]}
    promises = [
        {"source": source, "target": target, "counts": {
            s: count(archive, "commitments", side=source, with_=target, strength=s, **days) for s in _STRENGTHS}}
        for source, target in ((found.one, found.other), (found.other, found.one))
    ]  # fmt: skip
    return {
        "latest": latest, "named": tellings(archive, named), "promises": promises, "strengths": _STRENGTHS,
        "documents": latest_between(archive, found.one, found.other, SHOWN_DOCUMENTS, **days),
    }  # fmt: skip


def _used(rows: Sequence[Period], field: str, order: Sequence[str]) -> list[str]:
    return [name for name in order if any(name in getattr(p, field) for p in rows)]


def _figures(found: Dyad, rows: Sequence[Period], names: Any) -> dict[str, dict[str, Any]]:
    """What the pictures show: the same numbers as the tables."""
    ways = [(t.source, t.target) for t in (rows[0].tone if rows else ())]
    out = {}
    for field, order, title in (
        ("channels", CHANNELS, "Exchanges by channel"), ("levels", LEVELS, "Exchanges by level"),
    ):  # fmt: skip
        series: list[dict[str, Any]] = [
            {"name": spaced(x), "values": [getattr(p, field).get(x, 0) for p in rows]}
            for x in _used(rows, field, order)
        ]
        if field == "channels" and any(p.planned for p in rows):
            series.append({"name": "planned", "values": [p.planned for p in rows], "faint": True})
        out[field] = {"kind": "bars", "title": title, "categories": [p.name for p in rows], "series": series}
    out["tone"] = {
        "kind": "lines", "title": f"Mean tone ({found.scale}): cooperative above 0",
        "categories": [p.name for p in rows],
        "series": [
            {"name": f"{names(source) or source} to {names(target) or target}",
             "values": [None if p.tone[way].mean is None else round(p.tone[way].mean or 0.0, 2) for p in rows]}
            for way, (source, target) in enumerate(ways)
        ],
    }  # fmt: skip
    return out
