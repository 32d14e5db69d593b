"""What a form of a page sends: its fields as text and its files, with the limits of both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from readout.errors import RequestRefused
from readout.serving.adding import Upload

MAX_FILES = 200
MAX_FIELDS = 200


async def _form(request: Request) -> AsyncIterator[FormData]:
    # the wall around the application has bounded the body; a field may be as large as that
    try:
        form = await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=8_000_000)
    except UnicodeError as error:  # a form may name an encoding that decodes nothing
        raise RequestRefused("the form is in no encoding that is taken; send it in UTF-8") from error
    try:
        yield form
    finally:
        await form.close()


Form = Annotated[FormData, Depends(_form)]


def field(form: FormData, name: str, most: int = 2000) -> str:
    """A field as it was typed, without blanks around it; empty where it is missing.

    Raises:
        RequestRefused: 422, it is longer than ``most`` characters.
    """
    found = words(form, name).strip()
    if len(found) > most:
        raise RequestRefused(f"{name} has more than {most:,} characters; shorten it", status=422)
    return found


def words(form: FormData, name: str) -> str:
    """Running text of a field. Browsers send each line end of a field as CR LF; it was one LF."""
    found = form.get(name)
    return found.replace("\r\n", "\n") if isinstance(found, str) else ""


def several(form: FormData, name: str) -> list[str]:
    """Every value of a field that comes several times, in order, without blanks around it."""
    return [value.strip()[:400] for value in form.getlist(name) if isinstance(value, str)]


def uploads(form: FormData, name: str) -> list[Upload]:
    """The files of a field; what was left empty is none."""
    files = [value for value in form.getlist(name) if isinstance(value, UploadFile)]
    return [Upload(f.filename, f.file) for f in files if f.filename]


def day(form: FormData, name: str) -> date | None:
    """A day; None where the field is empty.

    Raises:
        RequestRefused: 422, it is no day.
    """
    given = field(form, name)
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise RequestRefused(f"{name} is no day; use YYYY-MM-DD, such as 2022-01-10", status=422) from error
