"""The queue of doubtful items: the most doubtful first, what nobody has reviewed."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from readout.exporting.arranging import doubt_words, evidence_of, kind_of
from readout.querying.tabulating import csv_lines
from readout.reviewing import Doubts, doubts
from readout.serving.api import Answer
from readout.serving.pages.documents import context_of
from readout.serving.pages.rendering import house_of, page
from readout.storing.schema import ITEMS

router = APIRouter()
_AT_ONCE = 20
_AS_TABLE = 1_000
_COLUMNS = ("kind", "what", "confidence", "reason", "words", "key", "document", "item")
Kind = Literal["encounters", "statements", "commitments", "relations", "occurrences"]


@router.get("/queue")
def queue(
    request: Request,
    kind: Annotated[Kind | Literal[""], Query()] = "",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    before: Annotated[int | None, Query(ge=0, le=2**53)] = None,
    format: Annotated[Literal["html", "json", "csv"], Query()] = "html",
) -> Response:
    """The doubtful items with their words in context, each with buttons to confirm or correct it."""
    with house_of(request).opened() as archive:
        most = _AT_ONCE if format == "html" else _AS_TABLE
        found = doubts(archive, (kind,) if kind else tuple(ITEMS), limit=most, offset=offset, before=before)
    if format != "html":
        return _table(found, format)
    rows = [
        {"doubt": d, "what": kind_of(d.item), "why": doubt_words(d.item.confidence),
         "around": context_of(d.record, d.item),
         "where": f"/documents/{quote(d.key, safe='')}/items/{quote(d.item.id, safe='', errors='replace')}"}
        for d in found.items
    ]  # fmt: skip
    return page(request, "queue.html", kind=kind, kinds=tuple(ITEMS), rows=rows, found=found, offset=offset,
                total=sum(found.counts.values()), at_once=_AT_ONCE, before=before)  # fmt: skip


def _table(found: Doubts, format: str) -> Response:
    """The doubtful items as rows, at most a thousand."""
    rows = [
        (d.kind, kind_of(d.item), d.item.confidence.value, d.item.confidence.reason,
         evidence_of(d.item).of(d.record.text), d.key, d.record.id, d.item.id)
        for d in found.items
    ]  # fmt: skip
    if format == "json":
        return Answer([dict(zip(_COLUMNS, row, strict=True)) for row in rows])
    lines = "".join(csv_lines(_COLUMNS, rows)).encode("utf-8", "replace")
    name = {"content-disposition": 'attachment; filename="doubtful.csv"'}
    return Response(lines, media_type="text/csv", headers=name)
