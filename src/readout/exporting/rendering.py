"""One door to every format: items in, parts of the output text out, as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from readout.errors import SettingError
from readout.exporting.html import render_html_parts
from readout.exporting.jsonl import render_json, render_jsonl
from readout.exporting.markdown import render_markdowns
from readout.exporting.text import render_texts
from readout.exporting.wording import Names
from readout.records import Record, Refusal

Format = Literal["text", "json", "jsonl", "html", "markdown"]
FORMATS: tuple[str, ...] = get_args(Format)

FORMAT_WORDS = {
    "text": "for people at a terminal; leaves out ids, and offsets without --why; not read back",
    "json": "everything, indented; one object for one document, a list for several; read back by `records.loads`",
    "jsonl": "everything, one line for each input as it comes, a refusal as a line too; read back by `records.loads`",
    "html": "one self-contained page, the marked text beside the record; not read back",
    "markdown": "for notes and mails; leaves out ids, and offsets without --why; not read back",
}
"""What each format is for, and what it drops."""


def render(
    found: Iterable[Record | Refusal],
    format: str,
    *,
    colour: bool = False,
    width: int = 88,
    why: bool = False,
    names: Names | None = None,
) -> Iterator[str]:
    """The output of ``found`` in one format, in parts; all formats but html stream.

    Raises:
        SettingError: the format is not one of ``FORMATS``.
    """
    match format:
        case "text":
            return render_texts(found, colour=colour, width=width, why=why, names=names)
        case "json":
            return render_json(found)
        case "jsonl":
            return render_jsonl(found)
        case "html":
            return render_html_parts(tuple(found), names=names, why=why)
        case "markdown":
            return render_markdowns(found, why=why, names=names)
        case _:
            raise SettingError(f"format {format!r} is not known; use one of: {', '.join(FORMATS)}", value=format)
