"""Where quoted words stand in a text: by their offsets, else by the words themselves and what stood around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from readout.errors import RecordError, SchemaError
from readout.records import Span

AROUND = 32
"""How many characters before and after a quotation are kept as its context."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a text with their offsets (code points) and up to 32 characters of what stood before and after."""

    start: int
    end: int
    words: str
    before: str = ""
    after: str = ""

    def to_json(self) -> dict[str, Any]:
        """The five fields."""
        return {"start": self.start, "end": self.end, "words": self.words, "before": self.before, "after": self.after}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Quote:
        """The quotation that ``to_json`` wrote.

        Raises:
            SchemaError: a field is missing or of another type.
        """
        try:
            return cls(
                start=int(data["start"]), end=int(data["end"]), words=str(data["words"]),
                before=str(data.get("before", "")), after=str(data.get("after", "")),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise SchemaError(
                f"a quotation has a missing or malformed field: {error}; import the file again"
            ) from error


def quote_of(text: str, span: Span) -> Quote:
    """The quotation of a span."""
    return Quote(
        start=span.start, end=span.end, words=span.of(text), before=text[max(0, span.start - AROUND) : span.start],
        after=text[span.end : span.end + AROUND],
    )  # fmt: skip


def anchored(text: str, quote: Quote) -> Span | None:
    """Where a quotation stands in ``text``; None where it does not, or where two places fit equally well.

    Its own offsets win where the words stand there still. Else the place of the words whose surroundings are most like
    those that were kept; where no context was kept, the place nearest to the old one.
    """
    if not quote.words.strip():
        return None
    if 0 <= quote.start < quote.end and text[quote.start : quote.end] == quote.words:
        return Span(quote.start, quote.end)
    places = []
    at = text.find(quote.words)
    while at >= 0:
        places.append(Span(at, at + len(quote.words)))
        at = text.find(quote.words, at + 1)
    if len(places) < 2:
        return places[0] if places else None
    if not (quote.before or quote.after):
        near = sorted(places, key=lambda p: abs(p.start - quote.start))
        return None if abs(near[0].start - quote.start) == abs(near[1].start - quote.start) else near[0]
    ranked = sorted(places, key=lambda p: -_likeness(text, p, quote))
    return None if _likeness(text, ranked[0], quote) == _likeness(text, ranked[1], quote) else ranked[0]


def _likeness(text: str, place: Span, quote: Quote) -> float:
    found = quote_of(text, place)
    return sum(
        SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
        for mine, theirs in ((found.before, quote.before), (found.after, quote.after))
    )


def place_of(text: str, words: str, near: int | None = None) -> Span:
    """Where words that a person typed or copied stand in ``text``; runs of blanks and line ends count as alike.

    Args:
        near: of several places the one nearest to this offset is meant; without it there must be one alone.
    Raises:
        RecordError: the words are not there, or in several places.
    """
    parts = words.split()
    found = [Span(*m.span()) for m in re.finditer(r"\s+".join(map(re.escape, parts)), text)] if parts else []
    if not found:
        raise RecordError("these words do not stand in the text; copy them from it, letter by letter")
    if len(found) > 1 and near is None:
        raise RecordError(f"these words stand in {len(found)} places of the text; quote more of what is around them")
    return min(found, key=lambda place: abs(place.start - (near or 0)))
