"""Spans: the stretches of text that every fact points to."""

from __future__ import annotations

from dataclasses import dataclass

from readout.errors import SpanError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one document's text: ``text[start:end]``, counted in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanError(
                f"span [{self.start}, {self.end}) is empty or reversed; a span needs 0 <= start < end",
                start=self.start,
                end=self.end,
            )

    def of(self, text: str) -> str:
        """The words of the span in ``text``."""
        return text[self.start : self.end]

    def within(self, text: str) -> Span:
        """The span itself, once it is sure that it lies inside ``text``.

        Raises:
            SpanError: the span ends after the text does.
        """
        if self.end > len(text):
            raise SpanError(
                f"span [{self.start}, {self.end}) ends after the text, which has {len(text)} characters; "
                "count in Unicode code points of the text as stored",
                start=self.start,
                end=self.end,
                length=len(text),
            )
        return self

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def to_json(self) -> list[int]:
        """``[start, end]``."""
        return [self.start, self.end]
