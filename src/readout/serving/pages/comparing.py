"""Compare: accounts of one exchange side by side, with what each leaves out and tells differently."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from readout.comparing import Comparison, Difference, Row, asked_words, compare, exchange_words, lettered
from readout.errors import RequestRefused
from readout.exporting.wording import actors_words, day_words, encounter_head, encounter_words, name_of, sides
from readout.querying import count, told_exchanges
from readout.records import Record, Span, Statement
from readout.serving.house import House
from readout.serving.pages.exchanging import DOCUMENTS, MOST_COMPARED, published_by
from readout.serving.pages.linking import address_of, exchange_at, parts_of
from readout.serving.pages.rendering import house_of, page

router = APIRouter()
TOLD = ("by_all", "differently", "alone")
_TAB_WORDS = {"by_all": "told alike", "differently": "told differently", "alone": "told by one alone"}
_MOST_SUGGESTED = 12
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@router.get("/compare")
def compared(request: Request) -> Response:
    """The documents of the address side by side; with fewer than two, forms to choose or paste them."""
    house, query = house_of(request), request.query_params
    named = list(dict.fromkeys(n.strip() for n in query.getlist("document") if n.strip()))
    show = query.get("show") if query.get("show") in TOLD else None
    canonical = _address(named, show)
    if "" in query.getlist("document") or query.get("show") == "":
        return RedirectResponse(canonical, status_code=303)
    if len(named) > MOST_COMPARED:
        raise RequestRefused(
            f"{len(named)} documents are too many; compare at most {MOST_COMPARED} at once", status=422
        )
    if len(named) < 2:
        return _choose(request, house, named)
    with house.opened() as archive:
        records = dict(house.record(archive, name) for name in named)
    if len(records) < 2:
        raise RequestRefused("these names are one document; name two documents", status=422)
    told = compare(*(replace(record, id=key) for key, record in records.items()))
    return _side_by_side(request, house, told, show, kept=True)


@router.post("/compare")
def pasted(
    request: Request,
    text: Annotated[list[str], Form(min_length=2, max_length=MOST_COMPARED)],
    title: Annotated[list[str], Form(max_length=MOST_COMPARED)] = [],  # noqa: B006 (FastAPI copies it)
    issuer: Annotated[list[str], Form(max_length=MOST_COMPARED)] = [],  # noqa: B006
    date: Annotated[list[str], Form(max_length=MOST_COMPARED)] = [],  # noqa: B006
) -> Response:
    """Texts side by side; nothing is kept."""
    house = house_of(request)

    def given(values: Sequence[str], n: int) -> str | None:
        return (values[n].strip() or None) if n < len(values) else None

    records = []
    for n, words in enumerate(text):
        if not words.strip():
            raise RequestRefused(f"text {n + 1} is empty; give both texts", status=422)
        day = given(date, n)
        if day is not None and not _DAY.fullmatch(day):
            raise RequestRefused(f"the day {day[:40]!r} is not one; use YYYY-MM-DD", status=422)
        asked = {
            "text": words,
            "id": f"text-{n + 1}",
            "title": given(title, n),
            "issuer": given(issuer, n),
            "date": day,
        }
        records.append(house.read({name: value for name, value in asked.items() if value is not None}))
    return _side_by_side(request, house, compare(*records), None, kept=False)


def _address(keys: Sequence[str], show: str | None) -> str:
    pairs = [("document", k) for k in keys] + ([("show", show)] if show else [])
    return f"/compare?{urlencode(pairs, errors='replace')}" if pairs else "/compare"


def _choose(request: Request, house: House, named: Sequence[str]) -> Response:
    """Where fewer than two documents are named: what could be compared, and forms for keys, names and texts."""
    with house.opened() as archive:
        told = told_exchanges(archive, most=DOCUMENTS)
        for name in named:
            house.key_of(archive, name)  # what is not there is said at once
        held = count(archive, "documents", most=2)
    several = [x for x in reversed(told.exchanges) if len({a.document for a in x.accounts}) > 1]
    suggested = [
        {
            "at": _address(list(dict.fromkeys(a.document for a in x.accounts))[:MOST_COMPARED], None),
            "words": f"{encounter_head(x.lead)}: {encounter_words(x.lead, house.name_of)}",
            "by": [published_by(house, a, told.records[a.document]) for a in x.accounts],
        }
        for x in several[:_MOST_SUGGESTED]
    ]  # fmt: skip
    return page(request, "compare_choose.html", known=named, suggested=suggested, held=held,
                most_chars=house.settings.max_chars)  # fmt: skip


def _side_by_side(request: Request, house: House, told: Comparison, show: str | None, *, kept: bool) -> Response:
    names, letters = house.name_of, {r.id: letter for letter, r in lettered(told)}
    keys = [r.id for r in told.records]
    accounts = [
        {
            "letter": letter, "title": r.title or (r.id if kept else f"Text {letter}"),
            "issuer": name_of(r.issuer, names) if r.issuer else "",
            "day": day_words(r.date) if r.date else "", "at": address_of(r.id, r) if kept else None,
            "asked": sides(a.sides, names) if a.sides else "", "statements": len(r.statements),
            "asked_words": asked_words("", a, names).strip(),
        }
        for (letter, r), a in zip(lettered(told), told.asked, strict=True)
    ]  # fmt: skip
    rows = [_row(house, told, row, letters, kept) for row in told.rows]
    numbers = {t: sum(row["told"] == t for row in rows) for t in TOLD}
    tabs: list[tuple[str | None, str, int, str]] = [(None, "everything", len(rows), _address(keys, None))]
    tabs += [(t, _TAB_WORDS[t], numbers[t], _address(keys, t)) for t in TOLD]
    lead = next(((a.document, a.encounter.id) for a in told.exchange.accounts), None) if told.exchange else None
    return page(
        request, "compare.html", accounts=accounts, rows=[r for r in rows if show in (None, r["told"])], show=show,
        tabs=tabs if kept else [], head=exchange_words(told, names), is_one=told.exchange is not None, kept=kept,
        differ_on_asking=len({a["asked"] for a in accounts}) > 1, numbers=numbers,
        exchange=exchange_at(lead[0], lead[1]) if lead and kept else None,
        files={f: f"/api/v1{_address(keys, None)}{'&format=csv' if f == 'csv' else ''}" for f in ("csv", "json")},
    )  # fmt: skip


def _row(house: House, told: Comparison, row: Row, letters: dict[str, str], kept: bool) -> dict[str, Any]:
    """One row: its verdict in words, its cells, and the differences in words."""
    cells, telling = [], []
    for record, cell in zip(told.records, row.statements, strict=True):
        lacking = [x for d in row.differences if d.kind in ("left_out", "number", "date") and record.id in d.documents
                   for x in d.told[d.documents.index(record.id)].split("; ") if x]  # fmt: skip
        cells.append([_said(house, record, s, lacking, kept) for s in cell])
        if cell:
            telling.append(letters[record.id])
    silent = [x for x in letters.values() if x not in telling]
    return {
        "told": row.told, "cells": cells, "telling": telling, "silent": silent,
        "differences": list(dict.fromkeys(w for d in row.differences for w in _differ(house, d, letters))),
    }  # fmt: skip


def _said(house: House, record: Record, s: Statement, lacking: Sequence[str], kept: bool) -> dict[str, Any]:
    return {
        "who": actors_words(s.speakers, house.name_of), "act": s.act, "at": address_of(record.id, record, s) if kept
        else None, "parts": parts_of(record.text, s.content, _places(record.text, s.content, lacking)),
    }  # fmt: skip


def _places(text: str, within: Span, wanted: Sequence[str]) -> list[Span]:
    """Where the listed words stand in a statement."""
    out = []
    for words in dict.fromkeys(wanted):
        if found := re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(text, within.start, within.end):
            out.append(Span(found.start(), found.end()))
    return out


def _differ(house: House, d: Difference, letters: dict[str, str]) -> list[str]:
    """A difference in sentences."""
    (one, other), (a, b) = (letters[x] for x in d.documents), d.told
    if d.kind == "left_out":
        out = []
        for mine, theirs, words in ((one, other, a), (other, one, b)):
            if words:
                listed = ", ".join(f"“{x}”" for x in words.split("; "))
                out.append(f"only {mine} lists {listed}; {theirs} leaves it out")
        return out
    if d.kind == "speaker":
        who = [sides(x.split(", "), house.name_of) if x else "nobody named" for x in (a, b)]
        return [f"said by {who[0]} in {one}, by {who[1]} in {other}"]
    if d.kind in ("number", "date"):
        given = [f"{x} gives “{words}”" for x, words in ((one, a), (other, b)) if words]
        none = [f"{x} none" for x, words in ((one, a), (other, b)) if not words]
        return [f"{d.kind}: {', '.join([*given, *none])}"]
    what = {"act": "act:", "strength": "promise:", "polarity": ""}[d.kind]
    return [f"{what} {a or 'none'} in {one}, {b or 'none'} in {other}".strip()]
