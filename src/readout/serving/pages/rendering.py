"""From a template and plain values to a page: what every page shares, and the words that templates may use.

Templates escape by themselves. Words of documents pass ``visible`` (one line, odd characters as their escapes) or
``words`` (the text as it is, odd characters isolated); nothing else makes markup of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from readout.errors import ReadoutError
from readout.exporting.escaping import html_words, quoted, visible
from readout.exporting.wording import actors_words, date_words, day_words, name_of, sides, spaced
from readout.serving.guarding import from_here, status_of, told
from readout.serving.house import House
from readout.serving.pages.statics import address

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("/", "Desk"),
    ("/search", "Search"),
    ("/exchanges", "Exchanges"),
    ("/dyad", "Dyad"),
    ("/ledger", "Ledger"),
    ("/phrases", "Phrases"),
    ("/person", "Person"),
    ("/world", "World"),
    ("/queue", "Doubtful"),
)
"""The pages that the head of every page leads to, in order: address and name."""
_FRAGMENT = 12


class Page(HTMLResponse):
    """A page in UTF-8; half a character, which UTF-8 cannot hold, becomes a question mark."""

    def render(self, content: Any) -> bytes:
        """The bytes of the page."""
        return str(content).encode("utf-8", "replace")


def _words(text: str) -> Markup:
    return Markup(html_words(text))  # escaped there


def link(path: str, **asked: Any) -> str:
    """An address within this server: values that are None or empty are left out, lists are repeated."""
    given = {k.rstrip("_"): v for k, v in asked.items() if v not in (None, "", [], ())}
    return f"{path}?{urlencode(given, doseq=True, errors='replace')}" if given else path


def _place(document: str, words: str = "") -> str:
    """The address of a document; browsers that know text fragments show its first words there, others its beginning."""
    path = f"/documents/{quote(document, safe='', errors='replace')}"
    known = " ".join(words.split()[:_FRAGMENT])
    # a comma or hyphen would be read as a mark of the fragment's own
    return f"{path}#:~:text={quote(known, safe='', errors='replace').replace('-', '%2D')}" if known else path


def _counted(number: int, one: str, many: str | None = None) -> str:
    """``1 document``, ``1,204 documents``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def environment() -> Environment:
    """The templates with the words they may use."""
    made = Environment(
        loader=PackageLoader("readout.serving"), autoescape=True, auto_reload=False, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {
        "visible": visible, "words": _words, "quoted": lambda text: quoted(visible(text)), "spaced": spaced,
        "segment": lambda text: quote(text, safe="", errors="replace"),
        "days": date_words,
        "day": lambda day: day_words(day) if isinstance(day, date) else "",
    }  # fmt: skip
    made.globals |= {"asset": address, "link": link, "place": _place, "counted": _counted, "navigation": NAVIGATION}
    return made


_TEMPLATES = environment()


def house_of(request: Request) -> House:
    """The house that is being served."""
    house: House = request.app.state.house
    return house


def page(request: Request, template: str, status: int = 200, /, **values: Any) -> Page:
    """The page that a template makes of ``values``; in it ``name``, ``sides`` and ``actors`` tell codes in words."""
    house = house_of(request)
    shared: Mapping[str, Any] = {
        "here": request.url.path,
        "archive_name": house.archive.name,
        "local": house.serving.is_local and from_here(request),
        "name": lambda code: name_of(code, house.name_of),
        "sides": lambda codes: sides(codes, house.name_of),
        "actors": lambda found: actors_words(found, house.name_of),
    }
    return Page(_TEMPLATES.get_template(template).render({**shared, **values}), status_code=status)


def error_page(request: Request, error: ReadoutError) -> Page:
    """An error as a page, without what is private."""
    return page(request, "error.html", status_of(error), error=told(error))
