"""A text, its publication, and the document that is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from readout.records.spans import Span

IssuerKind = Literal["side", "press", "unknown"]


def text_digest(text: str) -> str:
    """The identity of a text: 32 hex digits of BLAKE2b over its UTF-8 form (lone surrogates kept)."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One publication of a text: two outlets may carry the same words.

    ``issuer`` is as given or found; ``issuer_of`` the state or organisation whose side it speaks for, None for the
    press; ``date`` the day of publication.
    """

    issuer: str | None = None
    issuer_kind: IssuerKind = "unknown"
    issuer_of: str | None = None
    title: str | None = None
    url: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The opening ``BEIJING, 10 January 2022 (Agency) -`` of a report: its span and what it says."""

    span: Span
    place: str | None = None
    date: date | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that a reader of the record should know about the text: ``code`` is stable, ``message`` readable."""

    code: str
    message: str
    span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """``{"code", "message", "span"}``."""
        return {"code": self.code, "message": self.message, "span": self.span.to_json() if self.span else None}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEdit:
    """One place where the stored text differs from the source: there ``old`` became ``new``.

    Offsets ``source_start`` count in the decoded source, ``text_start`` in the stored text.
    """

    source_start: int
    text_start: int
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text as it is read: the words as stored, who published them and when, and its outer parts.

    Spans of every record count in ``text``. ``anchor`` is the day that words of time are counted from.
    """

    id: str
    text: str
    publication: Publication = field(default_factory=Publication)
    dateline: Dateline | None = None
    headline: Span | None = None
    byline: Span | None = None
    encoding: str | None = None
    edits: tuple[SourceEdit, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def digest(self) -> str:
        """The digest of the text, the same whoever published it."""
        return text_digest(self.text)

    @property
    def anchor(self) -> date | None:
        """The dateline's day, else the publication's."""
        if self.dateline and self.dateline.date:
            return self.dateline.date
        return self.publication.date
