"""Search: one kind of item by all its filters, each answer in its words with what was hit marked."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from readout.errors import QueryRefused, RequestRefused
from readout.exporting.arranging import is_doubtful, occurrence_words, promise_words, relation_words
from readout.exporting.wording import actors_words, day_words, encounter_head, encounter_words, name_of, sides, spaced
from readout.querying import FILTERS_OF, KINDS, Found, count, find_and_count
from readout.records import Commitment, Encounter, Occurrence, Relation, Statement
from readout.serving.house import House
from readout.serving.pages.filtering import address, asked_of, fields_of, filters_of, told_of, unknown_sides
from readout.serving.pages.linking import address_of, exchange_at, parts_of
from readout.serving.pages.rendering import house_of, page

router = APIRouter()
LENGTHS = (25, 50, 100)
MOST_COUNTED = 2_000
MOST_SHOWN = 2_000
"""Pages go so far; who wants more narrows the search, or takes the file."""
_FOUND_IN = {
    "statements": "who said what", "encounters": "who met, called or wrote to whom", "commitments": "promises",
    "relations": "what two sides call their relation", "occurrences": "what happened", "documents": "whole texts",
}  # fmt: skip
# the parameter ``kind`` is taken by what is looked for
_RENAME = {"kind": "type"}


@router.get("/search")
def search(request: Request) -> Response:
    """What fits the filters of the address, a page of it."""
    house, query = house_of(request), request.query_params
    kind = query.get("kind", "statements")
    if kind not in KINDS:
        raise RequestRefused(f"there is no kind {kind[:40]!r}; use one of: {', '.join(KINDS)}", status=404)
    names = sorted(FILTERS_OF[kind])
    asked = asked_of(query, names, _RENAME)
    limit = _whole(query.get("limit"), LENGTHS[0])
    limit = limit if limit in LENGTHS else LENGTHS[0]
    offset = min(_whole(query.get("offset"), 0), MOST_SHOWN)
    own: dict[str, Any] = {"kind": kind, "limit": limit if limit != LENGTHS[0] else None}
    canonical = address("/search", asked, _RENAME, **own, offset=offset or None)
    if request.url.query and sorted(query.multi_items()) != sorted(_items(canonical)):
        return RedirectResponse(canonical, status_code=303)
    refused, total = None, 0
    found: list[Found] = []
    try:
        with house.opened() as archive:
            filters = filters_of(asked)
            found, total = find_and_count(archive, kind, limit=limit, offset=offset, most=MOST_COUNTED + 1, **filters)
            held = count(archive, "documents", most=1)
    except QueryRefused as error:
        refused, held = error.message, 1
    rest = {name: values for name, values in asked.items() if name in ("side", "with", "text", "since", "until")}
    tabs = [
        (k, _FOUND_IN[k], address("/search", {n: v for n, v in rest.items() if n in FILTERS_OF[k]}, _RENAME, kind=k))
        for k in ("statements", "encounters", "commitments", "relations", "occurrences", "documents")
    ]
    at = {n: address("/search", asked, _RENAME, **own, offset=to or None) for n, to in
          (("back", max(0, offset - limit)), ("on", offset + limit))}  # fmt: skip
    return page(
        request, "search.html", 422 if refused else 200, kind=kind, tabs=tabs, refused=refused, held=held,
        fields=fields_of(kind, names, asked, _RENAME), asked=told_of(house, "/search", asked, _RENAME, **own),
        unknown=unknown_sides(asked), rows=[_row(house, f) for f in found], total=total,
        most=MOST_COUNTED, paged=MOST_SHOWN,
        first=offset + 1, last=offset + len(found), limit=limit, lengths=LENGTHS,
        back=at["back"] if offset else None, on=at["on"] if offset + len(found) < min(total, MOST_SHOWN) else None,
        files={f: address(f"/api/v1/{kind}", asked, format=f, limit=1000 if f != "jsonl" else None)
               for f in ("csv", "json", "jsonl")},
    )  # fmt: skip


def _whole(given: str | None, default: int) -> int:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 8 else default


def _items(url: str) -> list[tuple[str, str]]:
    from starlette.datastructures import QueryParams

    return QueryParams(url.partition("?")[2]).multi_items()


def _row(house: House, f: Found) -> dict[str, Any]:
    """One answer: who, to whom, what, when, its words in parts, and where it leads."""
    r, x, names = f.record, f.item, house.name_of
    row: dict[str, Any] = {
        "who": "", "to": "", "what": "", "facts": [], "tags": [], "doubt": "", "exchange": None, "key": f.key,
        "parts": parts_of(r.text, f.shown, f.hits) if f.shown else [], "title": r.title or r.id,
        "document": address_of(f.key, r), "at": address_of(f.key, r, None if f.kind == "documents" else x),
        "issuer": name_of(r.issuer, names) if r.issuer else "", "day": day_words(r.date) if r.date else "no date",
        "iso": r.date.isoformat() if r.date else "", "is_document": False,
    }  # fmt: skip
    if isinstance(x, Statement):
        row |= {"who": actors_words(x.speakers, names), "to": sides(x.toward, names), "tags": [x.act]}
    elif isinstance(x, Encounter):
        row |= {"who": encounter_words(x, names), "what": encounter_head(x), "tags": [spaced(x.kind), x.status]}
        row["exchange"] = exchange_at(f.key, x.id)
    elif isinstance(x, Commitment):
        row |= {"who": promise_words(x, names), "tags": [x.strength]}
        for label, span in (("deadline", x.deadline), ("condition", x.condition)):
            if span:
                row["facts"].append((label, span.of(r.text)))
    elif isinstance(x, Relation):
        row |= {"who": relation_words(x, names), "tags": [spaced(x.kind)]}
    elif isinstance(x, Occurrence):
        row |= {"who": occurrence_words(x, names), "tags": [spaced(x.kind)]}
    else:
        row |= {"who": r.title or r.id, "is_document": True}
        told = [(len(r.encounters), "encounter"), (len(r.statements), "statement"), (len(r.commitments), "promise")]
        row["tags"] = [f"{n} {words}{'' if n == 1 else 's'}" for n, words in told if n]
    if f.kind != "documents" and is_doubtful(x.confidence):
        row["doubt"] = f"{x.confidence.value:.2f}: {x.confidence.reason}"
    return row
