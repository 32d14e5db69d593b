"""Marks on a text: overlapping spans cut at their edges into pieces that nest properly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from readout.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One span to be marked.

    ``ref`` names the item, ``layer`` the role the span plays in it (``statement``, ``cue``, ``evidence``, ...),
    ``group`` the number of the speaker (None without one), ``letter`` the sign of an act, ``title`` the explanation.
    """

    span: Span
    ref: str
    layer: str
    title: str
    group: int | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch in which the same marks hold throughout; the outermost mark comes first."""

    span: Span
    marks: tuple[Mark, ...]


def pieces(length: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The text of ``length`` characters cut at every edge of every mark; together the pieces are the whole text."""
    if length <= 0:
        return
    starts: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in marks:
        starts.setdefault(mark.span.start, []).append(mark)
        ends.setdefault(mark.span.end, []).append(mark)
    edges = sorted({0, length, *starts, *ends})
    active: list[Mark] = []
    for start, end in pairwise(edges):
        for mark in ends.get(start, ()):
            active.remove(mark)
        active += starts.get(start, ())
        # longer spans outside, so that a short one shows on top of the long one it lies in
        active.sort(key=lambda m: (m.span.start - m.span.end, m.span.start, m.layer, m.ref))
        yield Piece(Span(start, end), tuple(active))
