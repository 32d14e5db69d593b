"""Paragraphs and sentences, found from the characters alone.

The unit of a statement is the sentence, so its edges are decided here by rules that can be read and tested, and given
to the parser, rather than left to a model that was trained on other prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Abbreviations before a name or a number: a full stop after them never ends a sentence.
NEVER_FINAL = frozenset(
    """mr mrs ms messrs dr prof gen lt col maj capt sgt cmdr adm brig sen rep gov hon rev st ste fr sr sra
    no nos art arts sec para paras vol pp vs fig al viz cf approx amb min pres
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri""".split()
)
# These may end a sentence; only a typical opener after them tells.
MAYBE_FINAL = frozenset(
    "u.s u.k u.n e.u u.s.a u.a.e d.c p.m a.m jr inc ltd co corp etc i.e e.g ph.d d.p.r.k r.o.k p.r.c".split()
)
OPENERS = frozenset(
    """the a an he she it they we i you his her its their our this that these those in on at as if when while after
    before since although however moreover furthermore but and both according asked during following earlier later
    there for with from to by what who why how speaking meanwhile also separately""".split()
)
_END = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s)|[.!?…]+[\"”’»]+(?=[A-Z“\"])")
_NEXT = re.compile(r"\s*[\"“‘'«(\[]*([^\s\"“‘«(\[]+)")
_PREVIOUS_WORD = re.compile(r"(\S+)$")
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_DANGLING = frozenset(
    """the a an of in to and or for with by on at from that which who as its his her their our is are
    was were will has have""".split()
)
_BULLET = re.compile(r"\s*(?:[-–—•*·▪]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")


def paragraphs(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Half-open character ranges of the paragraphs of ``text`` from ``start``, trimmed of blanks, in order.

    A line break ends a paragraph, unless the text is wrapped by hand: then only an empty line does.
    """
    lines: list[tuple[int, int]] = []
    for match in _LINE.finditer(text, start):
        low, high = match.start(), match.end()
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        if low < high:
            lines.append((low, high))
    wrapped = _is_wrapped(text, lines)
    out: list[tuple[int, int]] = []
    for low, high in lines:
        if out and _continues(text, out[-1], (low, high), wrapped):
            out[-1] = (out[-1][0], high)
        else:
            out.append((low, high))
    return out


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether the lines were broken at a margin by hand: many, of like length, most without a full stop."""
    if len(lines) < 5:
        return False
    long = [(a, b) for a, b in lines if b - a > 45]
    if len(long) < 4 or max(b - a for a, b in lines) > 130:
        return False
    open_ended = sum(1 for a, b in long if text[b - 1] not in '.!?:;”"’»')
    return open_ended > 0.6 * len(long)


def _continues(text: str, before: tuple[int, int], line: tuple[int, int], wrapped: bool) -> bool:
    """Whether ``line`` goes on with the paragraph ``before``: no empty line between, and the sentence runs on."""
    gap = text[before[1] : line[0]]
    if gap.count("\n") > 1 or gap.count("\r") > gap.count("\n") + 1 or "\u2029" in gap:
        return False
    if _BULLET.match(text, line[0], line[1]):
        return False
    last = text[before[1] - 1]
    word = _PREVIOUS_WORD.search(text, max(before[0], before[1] - 20), before[1])
    if word and word.group(1) in _DANGLING:
        return True
    if wrapped:
        begin = max(text.rfind("\n", before[0], before[1]) + 1, before[0])
        return last not in ".!?" or before[1] - begin > 55
    return text[line[0]].islower() and last not in ".!?"


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open character ranges of the sentences of the paragraph ``text[start:end]``, in order.

    A quotation of several sentences is split; a quotation that its cue follows in lower case is not.
    """
    low = start
    for match in _END.finditer(text, start, end):
        if match.end() <= low:
            continue
        if _ends_sentence(text, low, match, end):
            yield low, match.end()
            low = match.end()
            while low < end and text[low].isspace():
                low += 1
    if low < end:
        yield low, end


def _ends_sentence(text: str, low: int, match: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, match.end(), end)
    if following is None:
        return True
    word = following.group(1)
    if word[0].islower():
        return False
    if word[0] in "-–—,;:)…" and not (len(word) == 1 and word in "-–—•"):
        return False
    mark = match.group()
    if mark[0] == "." and not mark.startswith(".."):
        before = _PREVIOUS_WORD.search(text, max(low, match.start() - 40), match.start())
        stem = before.group(1).lstrip("(“\"‘'«[").lower() if before else ""
        closed = len(mark) > 1
        if stem in NEVER_FINAL and not closed:
            return word[0].isupper() is False and not word[0].isdigit() and word[0] not in '“"'
        if len(stem) == 1 and stem.isalpha() and not closed and before and before.group(1)[-1].isupper():
            return word.lower().rstrip(",") in OPENERS  # an initial: "V. Makei"
        if (stem in MAYBE_FINAL or re.search(r"(?:^|-)(?:[a-z]\.)+[a-z]$", stem)) and not closed:
            return word.lower().rstrip(",") in OPENERS
    return True
