"""A parse: the tokens and sentences of one document, in our own plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from readout.records.spans import Span


class Token(NamedTuple):
    """One token. ``i`` and ``head`` are indices into ``Parse.tokens`` (a root is its own head).

    ``pos`` is the Universal POS tag, ``tag`` the Penn tag, ``dep`` the ClearNLP label of spaCy's English models.
    """

    i: int
    start: int
    end: int
    text: str
    lower: str
    pos: str
    tag: str
    dep: str
    head: int
    sent: int


class Sentence(NamedTuple):
    """One sentence: tokens ``[first, last)``, its paragraph, and whether it opens it."""

    i: int
    first: int
    last: int
    start: int
    end: int
    paragraph: int
    opens_paragraph: bool


@dataclass(frozen=True, slots=True)
class Parse:
    """The parse of a document; spans count in the document's text."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    children: tuple[tuple[int, ...], ...] = field(repr=False)
    model: str = ""

    def words(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of one sentence."""
        return self.tokens[sentence.first : sentence.last]

    def span(self, first: int, last: int) -> Span:
        """The span of tokens ``first`` to ``last``, both included."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of token ``i`` with one of these dependency labels; None where there is none."""
        for c in self.children[i]:
            if self.tokens[c].dep in deps:
                return c
        return None

    def subtree(self, i: int) -> tuple[int, int]:
        """First and last token index of the subtree of token ``i`` (both included)."""
        low = high = i
        stack = list(self.children[i])
        while stack:
            j = stack.pop()
            low, high = min(low, j), max(high, j)
            stack.extend(self.children[j])
        return low, high
