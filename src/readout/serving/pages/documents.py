"""One document: its text with every span marked, the record beside it, and the reviewer's layer above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from readout.errors import RecordError, RequestRefused
from readout.exporting.arranging import Item, evidence_of, explain, kind_of
from readout.exporting.article import Article
from readout.exporting.html import render_html
from readout.records import Record
from readout.reviewing import Correction, Reviewed, applied, corrections_of, keep_correction
from readout.serving.pages.correcting import OFFICES, PARTS, addition_of, correction_of, fields_of, said
from readout.serving.pages.forms import Form, field
from readout.serving.pages.markup import item_more, parts_of
from readout.serving.pages.rendering import Page, house_of, page
from readout.storing import Archive, surroundings, versions
from readout.storing.schema import ITEMS

router = APIRouter()
Layer = Annotated[Literal["reviewed", "machine"], Query()]
_MOST_VERSIONS = 20
_AROUND = 240


@dataclass(frozen=True, slots=True)
class Layered:
    """A document of the archive: its key, the machine's record, and the record with the corrections laid over it."""

    key: str
    machine: Record
    above: Reviewed
    corrections: tuple[Correction, ...]

    def record(self, layer: str) -> Record:
        """The record of a layer."""
        return self.machine if layer == "machine" else self.above.record

    def find(self, item: str) -> tuple[str, Item, Record]:
        """The item of an id with its kind and record: as reviewed, else as the machine read it.

        Raises:
            RequestRefused: 404, there is none.
        """
        for record in (self.above.record, self.machine):
            for kind in ITEMS:
                for one in getattr(record, kind):
                    if one.id == item:
                        return kind, one, record
        raise RequestRefused("the document has no item of that id; see its page", status=404)


def layered(request: Request, archive: Archive, name: str) -> Layered:
    """The document of a key or name with its layers."""
    key, machine = house_of(request).record(archive, name)
    corrections = [c for _, c in corrections_of(archive, key)]
    return Layered(key, machine, applied(machine, corrections), tuple(corrections))


def kinds_of(record: Record) -> dict[str, tuple[str, Item]]:
    """Every item of a record by its id, with its kind."""
    return {item.id: (kind, item) for kind in ITEMS for item in getattr(record, kind)}


@router.get("/documents/{key}")
def document(request: Request, key: str, layer: Layer = "reviewed") -> Response:
    """The text with its marks, the record beside it, and what surrounds it in the archive."""
    house = house_of(request)
    with house.opened() as archive:
        found = layered(request, archive, key)
        around = surroundings(archive, found.key)
        url = found.machine.url
        told = versions(archive, url) if url and 0 < around.same_address < _MOST_VERSIONS else []
    record = found.record(layer)
    machine, now = kinds_of(found.machine), kinds_of(found.above.record)
    touched = {id: item.confidence.reason for id, (_, item) in now.items()
               if id not in machine or machine[id][1] != item}  # fmt: skip
    after = item_more(found.key, house.name_of, {} if layer == "machine" else touched)
    gone = [(kind_of(item), evidence_of(item).of(record.text), id, _who(found, id))
            for id, (_, item) in machine.items() if id not in now]  # fmt: skip
    return page(
        request, "document.html", key=found.key, record=record, layer=layer, around=around, versions=told,
        article=parts_of(Article(record, 1, house.name_of, why=False, after=after)),
        touched=touched, gone=gone, attention=found.above.attention, corrections=len(found.corrections),
        met=[(e, kind_of(e)) for e in record.encounters if e.status == "reported"],
        statement_fields=fields_of("statements", None, record), offices=OFFICES, parts=PARTS,
    )  # fmt: skip


def _who(found: Layered, id: str) -> str:
    told = [c for c in found.corrections if c.item == id and c.action == "reject"]
    return f"{told[-1].reviewer}, {told[-1].at[:10]}" if told else ""


@router.get("/documents/{key}/record.html")
def self_contained(request: Request, key: str, layer: Layer = "reviewed") -> Response:
    """The document as one file that needs nothing else, to be saved."""
    house = house_of(request)
    with house.opened() as archive:
        found = layered(request, archive, key)
    answer = Page(render_html(found.record(layer), names=house.name_of, why=True))
    answer.headers["content-disposition"] = f'attachment; filename="{found.key}.html"'
    return answer


@router.get("/documents/{key}/items/{item:path}")
def one_item(request: Request, key: str, item: str, back: Annotated[str, Query(max_length=300)] = "") -> Response:
    """One item: its words in context, how it was reached, who changed it, and the form to correct it."""
    house = house_of(request)
    with house.opened() as archive:
        found = layered(request, archive, key)
    kind, one, record = found.find(item)
    history = [c for c in found.corrections if c.item == item]
    return page(
        request, "item.html", key=found.key, kind=kind, item=one, what=kind_of(one), title=record.title or record.id,
        context=context_of(record, one), words=evidence_of(one).of(record.text), back=back,
        steps=list(explain(one, house.name_of)), history=history, fields=fields_of(kind, one, record),
        offices=OFFICES, parts=PARTS, gone=one.id not in kinds_of(found.above.record),
    )  # fmt: skip


def context_of(record: Record, item: Item) -> tuple[str, str, str]:
    """What stands before an item's words, the words, and what stands after them."""
    span = evidence_of(item)
    text = record.text
    before = text[max(0, span.start - _AROUND) : span.start]
    after = text[span.end : span.end + _AROUND]
    # whole words at the ends
    before = before.partition(" ")[2] if span.start > _AROUND and " " in before else before
    after = after.rpartition(" ")[0] if span.end + _AROUND < len(text) and " " in after else after
    return before, span.of(text), after


@router.post("/documents/{key}/items/{item:path}")
def correct(request: Request, key: str, item: str, form: Form) -> Response:
    """Confirm, reject or change an item; then the page it was asked from."""

    def made(found: Layered, at: str) -> Correction:
        kind, one, record = found.find(item)
        return correction_of(form, record, kind, one, at)

    kept = _keep(request, key, made)
    if back := field(form, "back", 300):
        return RedirectResponse("/queue?" + quote(back, safe="=&"), status_code=303)
    return RedirectResponse(f"/documents/{kept}#changes", status_code=303)


@router.post("/documents/{key}/statements")
def add_statement(request: Request, key: str, form: Form) -> Response:
    """Add a statement that the machine missed; its words are quoted."""
    kept = _keep(request, key, lambda found, at: addition_of(form, found.machine, "statements", at))
    return RedirectResponse(f"/documents/{kept}#changes", status_code=303)


def _keep(request: Request, key: str, made: Callable[[Layered, str], Correction]) -> str:
    """Keep the correction that ``made`` makes of the document as it is now; the document's key."""
    house = house_of(request)
    with house.opened() as archive:
        house.key_of(archive, key)
    try:
        with house.writing() as archive, archive.transaction():
            found = layered(request, archive, key)
            keep_correction(archive, found.key, made(found, archive.now("milliseconds")))
    except RecordError as error:
        raise said(error) from error
    return found.key
