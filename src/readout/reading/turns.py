"""Turns of a transcript: lines that open with who speaks and a colon, and whether a turn asks or answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from readout.records import Span

# "MR PATEL:", "Q:", "Mao Ning:", "Foreign Minister Lavrov:", "AFP (in French):"; at most six words, capitals first
_LABEL = re.compile(
    r"^[ \t>*]*(?P<label>(?:[A-Z][\w.'’-]*|(?:of|the|and|de|al-\w+|bin))"
    r"(?:[ \t]+(?:[A-Z][\w.'’-]*|of|the|and|de|van|von|bin|al-\w+|for)){0,5})"
    r"[ \t]{0,2}(?:\([^)\n]{1,40}\))?[ \t]{0,2}:[ \t]*(?=\S|\n)",
    re.M,
)
_ASKS = frozenset("q question questions journalist reporter moderator correspondent media press interviewer".split())
_HEADINGS = frozenset(
    "date time place location venue subject topic re to from source note notes contact issued embargo photo video "
    "text summary background updated published url tel phone email participants present agenda".split()
)
MINIMUM = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: ``span`` with its label, in characters; ``label`` without the colon; whether it only asks."""

    span: Span
    label: Span
    begins: int
    asks: bool


@lru_cache(maxsize=8)
def turns(text: str) -> tuple[Turn, ...]:
    """The turns of a transcript in order; none where the text is no transcript.

    A text is a transcript where at least three lines open with a label, one label comes back, and at least one turn
    asks. Whether a turn asks is told by its label ("Q", "Reporter") or by its own words: a label all of whose turns
    hold a question mark asks.
    """
    found = [m for m in _LABEL.finditer(text) if m["label"].split()[0].casefold() not in _HEADINGS]
    if len(found) < MINIMUM:
        return ()
    names = [" ".join(m["label"].split()).casefold() for m in found]
    if len(set(names)) == len(names):
        return ()
    ends = [b.start() for _, b in pairwise(found)] + [len(text)]
    questions: dict[str, bool] = {}
    for name, match, end in zip(names, found, ends, strict=True):
        asking = name.split()[0] in _ASKS or "?" in text[match.end() : end]
        questions[name] = questions.get(name, True) and asking
    if not any(questions.values()) or all(questions.values()):
        return ()
    return tuple(
        Turn(
            span=Span(match.start("label"), end),
            label=Span(match.start("label"), match.end("label")),
            begins=match.end(),
            asks=questions[name],
        )
        for name, match, end in zip(names, found, ends, strict=True)
    )
