"""The queue of doubtful items: the most doubtful first, what nobody has reviewed."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from readout.exporting.arranging import doubt_words, kind_of
from readout.reviewing import doubts
from readout.serving.pages.documents import context_of
from readout.serving.pages.rendering import house_of, page
from readout.storing.schema import ITEMS

router = APIRouter()
_AT_ONCE = 20
Kind = Literal["encounters", "statements", "commitments", "relations", "occurrences"]


@router.get("/queue")
def queue(
    request: Request,
    kind: Annotated[Kind | Literal[""], Query()] = "",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    before: Annotated[int | None, Query(ge=0, le=2**53)] = None,
) -> Response:
    """The doubtful items with their words in context, each with buttons to confirm or correct it."""
    with house_of(request).opened() as archive:
        found = doubts(archive, (kind,) if kind else tuple(ITEMS), limit=_AT_ONCE, offset=offset, before=before)
    rows = [
        {"doubt": d, "what": kind_of(d.item), "why": doubt_words(d.item.confidence),
         "around": context_of(d.record, d.item),
         "where": f"/documents/{quote(d.key, safe='')}/items/{quote(d.item.id, safe='', errors='replace')}"}
        for d in found.items
    ]  # fmt: skip
    return page(request, "queue.html", kind=kind, kinds=tuple(ITEMS), rows=rows, found=found, offset=offset,
                total=sum(found.counts.values()), at_once=_AT_ONCE, before=before)  # fmt: skip
