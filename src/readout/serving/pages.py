"""The pages: what REST takes and answers, as HTML without script, style or anything loaded."""

from fastapi import APIRouter, Request
from jinja2 import Environment, PackageLoader
from starlette.responses import HTMLResponse, RedirectResponse, Response

from readout.errors import ReadoutError
from readout.exporting.escaping import visible
from readout.serving.guarding import status_of, told

router = APIRouter()
_TEMPLATES = Environment(loader=PackageLoader("readout.serving"), autoescape=True, auto_reload=False)
_TEMPLATES.filters["visible"] = visible


@router.get("/")
def home() -> Response:
    """The list of REST stands at /api."""
    return RedirectResponse("/api", status_code=303)


@router.get("/api")
def interface(request: Request) -> Response:
    """Every operation of REST with its parameters."""
    from readout.serving.app import description

    return HTMLResponse(_TEMPLATES.get_template("api.html").render(api=description(request.app)))


def error_page(error: ReadoutError) -> Response:
    """An error as a page."""
    page = _TEMPLATES.get_template("error.html").render(error=told(error))
    return HTMLResponse(page, status_code=status_of(error))
