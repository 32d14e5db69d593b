"""The page that lists REST."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from readout.serving.pages.rendering import page

router = APIRouter()


@router.get("/")
def home() -> Response:
    """The list of REST stands at /api."""
    return RedirectResponse("/api", status_code=303)


@router.get("/api")
def interface(request: Request) -> Response:
    """Every operation of REST with its parameters."""
    from readout.serving.app import description

    return page(request, "api.html", api=description(request.app))
