"""The desk: a text in, its record at once, kept with one button; what the archive holds; long adds."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from readout.errors import ReadingError, ReadoutError, RequestRefused
from readout.exporting.article import Article
from readout.records import Refusal
from readout.serving.adding import Upload, documents_of
from readout.serving.house import House
from readout.serving.pages.forms import Form, day, field, uploads, words
from readout.serving.pages.markup import parts_of
from readout.serving.pages.rendering import Page, house_of, page
from readout.serving.pages.samples import sample_archive
from readout.storing import document_key

router = APIRouter()
_FIELDS = ("title", "date", "issuer", "url")


@router.get("/")
def desk(request: Request) -> Response:
    """A form for a text or files, and what the archive holds."""
    return _desk(request, house_of(request))


def _desk(request: Request, house: House, status: int = 200, /, **values: Any) -> Page:
    shown: dict[str, Any] = {"held": house.held(), "jobs": house.adding.going_on(), "given": {}, "refusal": None}
    return page(request, "desk.html", status, **{**shown, **values})


@router.post("/desk")
def read(request: Request, form: Form) -> Response:
    """The record of a text or of one file; nothing is kept."""
    house = house_of(request)
    given: dict[str, Any] = {name: field(form, name) for name in _FIELDS} | {"text": words(form, "text")}
    try:
        files = uploads(form, "files")
        record = _of_files(house, files) if files and not given["text"].strip() else house.read(
            {name: value or None for name, value in given.items()} | {"text": given["text"]}
        )  # fmt: skip
    except ReadingError as error:
        return _desk(request, house, 422, given=given, refusal=error)
    key = document_key(record)
    with house.opened() as archive:
        there = archive.holds(key) is not None
    # in ASCII, so that every character comes back as it was, whatever a form does to line ends
    kept = {"id": record.id, "text": record.text, "title": record.title, "issuer": record.issuer, "url": record.url,
            "date": record.date.isoformat() if record.date else None}  # fmt: skip
    article = parts_of(Article(record, 1, house.name_of, why=True))
    return page(request, "read.html", record=record, article=article, key=key, there=there,
                document=json.dumps(kept, ensure_ascii=True))  # fmt: skip


def _of_files(house: House, files: list[Upload]) -> Any:
    found = iter(documents_of(files, house.settings))
    first = next(found, None)
    if first is None:
        raise RequestRefused("the file holds no document; choose another", status=422)
    if next(found, None) is not None:
        raise RequestRefused(
            "this holds more than one document; go back and press “Add to the archive”, which reads them all",
            status=422,
        )
    if isinstance(first, Refusal):
        raise refused(first)
    return house.record_of(first)


def refused(refusal: Refusal) -> ReadoutError:
    """A stored refusal as the error that it was made of."""
    kinds = {kind.code: kind for kind in ReadingError.__subclasses__()}
    return kinds.get(refusal.code, ReadingError)(refusal.message)


@router.post("/documents")
def keep(request: Request, form: Form) -> Response:
    """Read a text and keep its record; then its page."""
    house = house_of(request)
    try:
        given = json.loads(words(form, "document"))
    except (ValueError, RecursionError) as error:
        raise RequestRefused("the form held no document; read the text again at the desk", status=422) from error
    record = house.read(given if isinstance(given, dict) else {})
    with house.writing() as archive:
        archive.put(record)
        key = archive.kept_key(document_key(record))
    return RedirectResponse(f"/documents/{key}", status_code=303)


@router.post("/adding")
def add(request: Request, form: Form) -> Response:
    """Add the documents of files in the background; then the page that tells how far it is."""
    files = uploads(form, "files")
    name = files[0].name[:120] + (f" and {len(files) - 1} more" if len(files) > 1 else "") if files else ""
    job = house_of(request).adding.start(
        files, name=name, day=day(form, "date"), issuer=field(form, "issuer", 400) or None
    )
    return RedirectResponse(f"/adding/{job.id}", status_code=303)


@router.post("/examples")
def add_examples(request: Request) -> Response:
    """Add the example archive in the background."""
    job = house_of(request).adding.start([sample_archive()], name="the example archive")
    return RedirectResponse(f"/adding/{job.id}", status_code=303)


@router.get("/adding/{job}")
def progress(request: Request, job: str) -> Response:
    """How far an add is: done, total, what was refused and how to mend it."""
    return page(request, "adding.html", job=house_of(request).adding.job(job))


@router.post("/adding/{job}/cancel")
def cancel(request: Request, job: str) -> Response:
    """End an add after the document it is at."""
    house_of(request).adding.cancel(job)
    return RedirectResponse(f"/adding/{job}", status_code=303)
