"""Quotation marks: which words of a sentence lie inside them, and whether one that is open closes later."""

from __future__ import annotations

import re

from readout.records import Parse, Sentence

_SINGLE = re.compile(r"['‘](?=\w)[^\"“”«»\n]{8,400}?[,.?!]['’](?=\s)")
_QUOTES = {"“": 1, "”": -1, "„": 1, "«": 1, "»": -1}


def quote_depths(parse: Parse, sentence: Sentence, open_before: bool) -> tuple[list[bool], bool]:
    """For each token of the sentence whether it lies inside quotation marks; and whether a quotation stays open.

    A straight mark opens where a blank stands before it and none behind it, and closes the other way round; only where
    both or neither stand does it toggle. So one odd mark does not turn the rest of a text inside out.
    """
    text = parse.text
    inside = open_before
    single = None if open_before else _single(text, sentence)
    out: list[bool] = []
    for token in parse.tokens[sentence.first : sentence.last]:
        mark = token.text
        if single is not None and single[0] <= token.start < single[1]:
            out.append(True)
        elif mark in _QUOTES:
            inside = _QUOTES[mark] > 0
            out.append(True)
        elif mark in ('"', "''", "``"):
            before = token.start == 0 or text[token.start - 1].isspace() or text[token.start - 1] in "([—–-“‘"
            behind = token.end >= len(text) or text[token.end].isspace() or text[token.end] in ".,;:!?)]—–-”’"
            inside = True if before and not behind else False if behind and not before else not inside
            out.append(True)
        else:
            out.append(inside)
    return out, inside


def _single(text: str, sentence: Sentence) -> tuple[int, int] | None:
    """Where a sentence opens with a quotation in single marks: "'We need partners,' the minister said"."""
    found = _SINGLE.match(text, sentence.start, sentence.end)
    return (found.start(), found.end()) if found else None


def closes_later(text: str, start: int, end: int) -> bool:
    """Whether a quotation that is open at ``start`` is closed before ``end`` and before another one opens."""
    for k in range(start, end):
        c = text[k]
        if c in "”»":
            return True
        if c in "“«":
            return False
        if c == '"':
            return k > start and not text[k - 1].isspace()
    return False
