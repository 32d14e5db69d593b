"""One text or one run of bytes in, one Document out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from readout.errors import BinaryData, EmptyText, TextTooLong
from readout.reading.decoding import Decoded, decode, media_type, refuse_binary
from readout.reading.language import check_language
from readout.reading.outer import outer_parts
from readout.records import Document, Note, Publication, SourceEdit, Span
from readout.settings import DEFAULTS, Settings

_ODD = re.compile("[\x00\ud800-\udfff]")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|div|p|article)\b", re.I)


def read_text(text: str, *, id: str, publication: Publication | None = None, settings: Settings = DEFAULTS) -> Document:
    """The document of ``text``, which is kept exactly as given: every offset counts in it.

    Args:
        text: English plain text; lone surrogates and NULs are allowed and noted.
        id: the document's name within the run.
        publication: who published it and when, as far as is known.
    Raises:
        EmptyText, TextTooLong, NotEnglish: the text cannot be read; the message says how to mend it.
    """
    return _document(text, id, publication or Publication(), settings)


def read_bytes(
    data: bytes,
    *,
    id: str,
    source: str | None = None,
    publication: Publication | None = None,
    settings: Settings = DEFAULTS,
) -> Document:
    """The document of ``data``: plain text in any encoding that can be found out.

    Args:
        data: the bytes of one document.
        id: the document's name within the run.
        source: where the bytes came from, for messages.
        publication: who published it and when, as far as is known.
    Returns:
        A document with ``encoding``; ``edits`` map every change back, ``notes`` tell of it.
    Raises:
        ReadingError: its subclass says why the bytes cannot become a document.
    """
    try:
        decoded = READERS[media_type(data)](data, settings)
        document = _document(decoded.text, id, publication or Publication(), settings)
    except (BinaryData, EmptyText, TextTooLong) as error:
        if source is not None:
            error.parts.setdefault("source", source)
        raise
    return replace(document, encoding=decoded.encoding, edits=decoded.edits, notes=(*decoded.notes, *document.notes))


def _plain(data: bytes, settings: Settings) -> Decoded:
    return decode(data, settings)


def _html(data: bytes, settings: Settings) -> Decoded:
    raise BinaryData(
        "this is an HTML page, and only plain text is read so far; save the article's text (for example with "
        "`trafilatura` or the browser's reader view) and read that",
        kind="an HTML page",
    )


def _refused(data: bytes, settings: Settings) -> Decoded:
    refuse_binary(data)
    raise BinaryData("this is not text; give plain text, JSON or JSON Lines")


Reader = Callable[[bytes, Settings], Decoded]
#: One function a media type: bytes in, decoded text with its map out. HTML and PDF are to be put in here.
READERS: dict[str, Reader] = {
    "text/plain": _plain,
    "text/html": _html,
    "application/pdf": _refused,
    "application/zip": _refused,
    "application/octet-stream": _refused,
}


def _document(text: str, id: str, publication: Publication, settings: Settings) -> Document:
    if len(text) > settings.max_chars:
        raise TextTooLong(
            f"the text has {len(text):,} characters, the limit is {settings.max_chars:,}; cut it into documents, "
            "or raise the setting max_chars",
            chars=len(text),
            limit=settings.max_chars,
        )
    if not text or text.isspace():
        raise EmptyText("there is nothing to read: the text is empty; give a text of at least one sentence")
    notes = list(check_language(text, settings))
    odd = _ODD.search(text)
    if odd:
        notes.append(
            Note(
                code="odd-characters",
                message="the text holds NULs or lone surrogates, kept as they are; not every format can write them",
                span=Span(*odd.span()),
            )
        )
    if _MARKUP.match(text):
        notes.append(
            Note(code="html-like", message="the text begins like HTML; it is read as plain text, tags included")
        )
    outer = outer_parts(text, publication.date)
    return Document(
        id=id,
        text=text,
        publication=publication,
        dateline=outer.dateline,
        headline=outer.headline,
        byline=outer.byline,
        notes=(*notes, *outer.notes),
    )


def source_offset(document: Document, offset: int) -> int:
    """Where a character of ``document.text`` stood in the decoded source, before ``document.edits``."""
    return offset + sum(len(e.old) - len(e.new) for e in document.edits if _before(e, offset))


def _before(edit: SourceEdit, offset: int) -> bool:
    return edit.text_start + len(edit.new) <= offset
