"""Records as one HTML page that needs nothing else: the text with its spans marked, beside what was read from it.

The page has no script and loads nothing; its content security policy forbids both. Every character of a document is
escaped. The marked text is the text: read back by a parser, the marks of a span give exactly its slice (NUL and lone
surrogates, which HTML cannot hold, become U+FFFD). The record itself is not read back from the page: use JSON for that.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib import resources

from readout.exporting.article import Article
from readout.exporting.escaping import html_words, visible
from readout.exporting.wording import Names
from readout.records import Record, Refusal


def render_html(
    *found: Record | Refusal, names: Names | None = None, why: bool = False, title: str | None = None
) -> str:
    """One self-contained page with every record and refusal given.

    Args:
        found: records and refusals, shown in this order.
        names: from codes to names; codes are shown where it is None.
        why: adds how each item was reached, its id and its offsets.
        title: of the page; the title of the record where there is one alone.
    """
    return "".join(render_html_parts(found, names=names, why=why, title=title))


def render_html_parts(
    found: tuple[Record | Refusal, ...], *, names: Names | None = None, why: bool = False, title: str | None = None
) -> Iterator[str]:
    """The page of ``render_html`` in parts, so that a long one need not be held as a whole."""
    style = page_style()
    policy = f"default-src 'none'; style-src 'sha256-{_digest(style)}'; base-uri 'none'; form-action 'none'"
    name = title or (_title(found[0]) if len(found) == 1 else f"{len(found)} documents")
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{html_words(visible(name))} – readout</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )
    if len(found) > 1:
        yield '<nav aria-label="Documents"><h1>' + html_words(visible(name)) + "</h1>\n<ol>\n"
        for n, item in enumerate(found, 1):
            what = ' <span class="refused">not read</span>' if isinstance(item, Refusal) else ""
            yield f'<li><a href="#d{n}">{html_words(visible(_title(item)))}</a>{what}</li>\n'
        yield "</ol></nav>\n"
    yield "<main>\n"
    for n, item in enumerate(found, 1):
        if isinstance(item, Refusal):
            yield _refusal(item, n)
        else:
            yield from Article(item, n, names, why).parts()
    yield "</main>\n</body>\n</html>\n"


def _title(item: Record | Refusal) -> str:
    return item.id if isinstance(item, Refusal) else item.title or item.id


def _refusal(item: Refusal, n: int) -> str:
    source = (
        f"<p class='facts'>{html_words(visible(item.source))}</p>" if item.source and item.source != item.id else ""
    )
    return (
        f'<article id="d{n}" class="refusal"><h2>Not read: <bdi>{html_words(visible(item.id))}</bdi></h2>'
        f"{source}<p><b>{html_words(visible(item.code))}</b> {html_words(visible(item.message))}</p></article>\n"
    )


def record_style() -> str:
    """How a record and the marks in its text look, wherever it is shown."""
    return resources.files("readout.exporting").joinpath("record.css").read_text(encoding="utf-8")


def page_style() -> str:
    """The whole style of a page that needs nothing else."""
    return record_style() + resources.files("readout.exporting").joinpath("page.css").read_text(encoding="utf-8")


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
