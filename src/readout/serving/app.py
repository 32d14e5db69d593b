"""The application: routes, guards, errors, the description of the interface."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from readout.errors import ReadoutError, RequestRefused
from readout.pipeline import Reader
from readout.serving import api, pages, shapes
from readout.serving.guarding import ACCESS, ErrorAnswer, Serving, Wall, guard, status_of
from readout.serving.house import House
from readout.serving.pages.rendering import error_page
from readout.storing import Address, place_of

_LOG = logging.getLogger("readout.serving")
_WORDS = {
    404: "there is nothing at this address; the pages and REST are listed at /api",
    405: "this address does not take that method; /api lists which it takes",
}
_REFUSALS = {
    401: "The token is missing or wrong.",
    403: "Not sent by a page of ours.",
    404: "There is nothing of that name.",
    408: "The request took too long to arrive.",
    409: "The archive cannot do it.",
    413: "Too large.",
    421: "Not the host of this server.",
    422: "Not understood, or a text that cannot be read.",
    503: "Busy, or too slow.",
}


def create_app(archive: str | Path | Address, serving: Serving | None = None, reader: Reader | None = None) -> FastAPI:
    """The pages and REST over one archive; nothing is opened yet.

    Args:
        archive: the file, which may be missing until the first document is kept, or the URL of a database.
        serving: where and for whom.
        reader: a reader that is open already.
    """
    serving = serving or Serving()
    app = FastAPI(
        title="readout", version=api.program_version() or "0", docs_url=None, redoc_url=None, openapi_url=None,
        description="The archive of readout: the same filters and record shapes as the command line.",
        dependencies=[Depends(guard)], redirect_slashes=False,
    )  # fmt: skip
    app.state.house = House(place_of(archive), serving, reader)
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/error"}}}
    refusals: dict[int | str, dict[str, Any]] = {
        status: {"description": words, "content": error} for status, words in _REFUSALS.items()
    }
    app.include_router(api.router, responses=refusals)
    app.include_router(pages.router, include_in_schema=False)
    app.add_api_route("/api/v1/openapi.json", _description, include_in_schema=False)
    app.add_exception_handler(ReadoutError, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _no_such)
    app.add_middleware(Wall, serving=serving, tell=_before_the_pages)
    return app


def description(app: FastAPI) -> dict[str, Any]:
    """OpenAPI 3.1 of REST, with the schemas of the records; each operation tells what access it asks for."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        held = made.setdefault("components", {}).setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            held.pop(name, None)
        held.update(shapes.answers())
        for path, operations in made["paths"].items():
            for method, operation in operations.items():
                operation["x-access"] = ACCESS[method.upper(), path]
        app.openapi_schema = made
    return app.openapi_schema


async def _description(request: Request) -> Response:
    return api.Answer(description(request.app))


def _answer(request: Request, error: ReadoutError) -> Response:
    if request.url.path.startswith("/api/v1"):
        answer: Response = ErrorAnswer(error)
    else:
        answer = error_page(request, error)
    if answer.status_code == 401:
        answer.headers["www-authenticate"] = "Bearer"
    return answer


def _before_the_pages(request: Request, error: ReadoutError) -> Response:
    # a script asks for no page: that of ours tells it beside the form, which stays as it was filled in
    return _answer(request, error) if "text/html" in request.headers.get("accept", "") else ErrorAnswer(error)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, ReadoutError):
        raise error
    if status_of(error) == 500:
        _LOG.error("%s", error)
    return _answer(request, error)


async def _not_understood(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    told = []
    for one in error.errors()[:5]:
        where = ".".join(str(part) for part in one["loc"][1:]) or "the request"
        told.append(f"{where[:80]}: {one['msg'][:200]}")
    refused = RequestRefused(f"{'; '.join(told)}; /api tells what is taken", status=422)
    return _answer(request, refused)


async def _no_such(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    words = _WORDS.get(error.status_code, "the request is not understood; /api tells what is taken")
    answer = _answer(request, RequestRefused(words, status=error.status_code))
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer
