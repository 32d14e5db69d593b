"""Words of a text as the score counts them: looked up by span, compared without building sets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeGuard

_WORD = re.compile(r"\w+")

Offsets = Sequence[int]


class Words(NamedTuple):
    """The words of one span: a run ``[first, last)`` of the text's words, and a piece of one cut by the span's start.

    ``cut`` is the offset of that piece, or -1. A word that the span's *end* cuts counts whole: the two ends are
    treated unlike because a word is known by where it begins.
    """

    first: int
    last: int
    cut: int

    @property
    def number(self) -> int:
        """How many words, the cut piece among them."""
        return self.last - self.first + (self.cut >= 0)


class WordIndex:
    """The words of one text, ready to be asked for by span."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] = []
        self._ends: list[int] = []
        for found in _WORD.finditer(text):
            self._starts.append(found.start())
            self._ends.append(found.end())
        self._known: dict[tuple[int, int], Words] = {}

    def words(self, span: Offsets) -> Words:
        """The words of ``text[start:end]``; the span must be one that ``is_grounded`` accepts."""
        start, end = span[0], span[1]
        known = self._known.get((start, end))
        if known is None:
            first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
            inside = first > 0 and self._ends[first - 1] > start
            known = self._known[start, end] = Words(first, last, start if inside else -1)
        return known

    def places(self, span: Offsets) -> list[int]:
        """Where the words of the span begin, in rising order."""
        words = self.words(span)
        whole = self._starts[words.first : words.last]
        return [words.cut, *whole] if words.cut >= 0 else whole

    def shared(self, one: Offsets, other: Offsets) -> int:
        """How many words two spans have in common."""
        a, b = self.words(one), self.words(other)
        return max(0, min(a.last, b.last) - max(a.first, b.first)) + (a.cut >= 0 and a.cut == b.cut)

    def overlap(self, one: Offsets, other: Offsets) -> float:
        """Intersection over union of the words of two spans, in [0, 1]."""
        common = self.shared(one, other)
        union = self.words(one).number + self.words(other).number - common
        return common / union if union else 0.0

    def is_grounded(self, span: Any) -> TypeGuard[Offsets]:
        """Whether ``span`` is a pair of offsets inside the text with at least one word in it."""
        return (
            isinstance(span, list | tuple)
            and len(span) == 2
            and all(type(offset) is int for offset in span)
            and 0 <= span[0] < span[1] <= len(self.text)
            and self.words(span).number > 0
        )

    def of(self, span: Offsets) -> str:
        """The text of a span, white space run together."""
        return " ".join(self.text[span[0] : span[1]].split())
