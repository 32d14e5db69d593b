"""Marked text: expected spans written into the sentence, never as hand-counted offsets.

``[source: The minister] [cue: said] [content: talks would resume]`` stands for the plain text
``The minister said talks would resume`` and three labelled spans. Marks may lie inside one another
(``[content: it would [action: resume talks]]``). A label is a lower-case word with an optional number
(``content2``) before a colon and one space; any other square bracket is part of the text, as in
``[the] minister`` or ``[sic]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_OPEN = re.compile(r"\[([a-z_]+[0-9]*): ")


class MarkError(ValueError):
    """A mark is not closed, is empty, or is asked for and not there (or there more than once)."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Plain text and the spans that its marks named: label -> ``(start, end)`` pairs in order of opening."""

    text: str
    spans: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def one(self, label: str) -> tuple[int, int]:
        """The only span with this label; MarkError when there is none or more than one."""
        found = self.spans.get(label, ())
        if len(found) != 1:
            raise MarkError(f"expected one mark {label!r}, found {len(found)} in: {self.text[:80]!r}")
        return found[0]

    def words(self, label: str) -> str:
        """The text of the only span with this label."""
        start, end = self.one(label)
        return self.text[start:end]


def read_marks(marked: str) -> Marked:
    """Plain text and spans (half-open, Unicode code points of the plain text) of a marked text.

    Raises:
        MarkError: a mark is not closed or holds no text.
    """
    plain: list[str] = []
    length = 0
    open_marks: list[tuple[str, int, int] | None] = []  # None: a bracket that belongs to the text
    found: list[tuple[int, str, int, int]] = []
    order = at = 0
    while at < len(marked):
        opening = _OPEN.match(marked, at)
        char = marked[at]
        if opening:
            open_marks.append((opening[1], length, order))
            order += 1
            at = opening.end()
            continue
        if char == "[":
            open_marks.append(None)
        elif char == "]" and open_marks:
            mark = open_marks.pop()
            if mark is not None:
                label, start, turn = mark
                if start == length:
                    raise MarkError(f"mark {label!r} holds no text in: {marked[:80]!r}")
                found.append((turn, label, start, length))
                at += 1
                continue
        plain.append(char)
        length += 1
        at += 1
    left = [mark[0] for mark in open_marks if mark is not None]
    if left:
        raise MarkError(f"mark {left[0]!r} is not closed in: {marked[:80]!r}")
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    for _, label, start, end in sorted(found):
        spans[label] = (*spans.get(label, ()), (start, end))
    return Marked("".join(plain), spans)
