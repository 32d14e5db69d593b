"""The page that lists REST."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from readout.serving.pages.rendering import page

router = APIRouter()


@router.get("/api")
def interface(request: Request) -> Response:
    """Every operation of REST with its parameters."""
    from readout.serving.app import description

    return page(request, "api.html", api=description(request.app))
