"""Occurrences: what happened in the world beyond the exchange of words, as the text tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from readout.extracting.toward import _first_token
from readout.lexicons import load
from readout.records import Confidence, DateInterval, Document, Occurrence, Parse, Sentence, Span, Statement, item_id
from readout.resolving import Discourse, find_dates

_HYPOTHETICAL = frozenset(
    """if prevent against avoid avoiding preventing deter deterring potential possible future further
    any would could might combat combating counter fight fighting countering""".split()
)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    out = []
    for e in load("occurrences").entries:
        words = re.escape(str(e["words"])).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace(r"\-", "[-–\\s]")
        out.append((re.compile(rf"\b{words}\b", re.I), str(e["kind"])))
    return out


@cache
def _screen() -> re.Pattern[str]:
    return re.compile("|".join(p.pattern for p, _ in _patterns()), re.I)


def occurrences(
    parse: Parse, discourse: Discourse, document: Document, statements: Sequence[Statement], anchor: date | None
) -> list[Occurrence]:
    """Occurrences, each happening once, at its clearest mention."""
    out: list[tuple[Occurrence, set[str]]] = []
    counts: dict[Span, int] = {}
    text = parse.text
    for sentence in parse.sentences:
        if not _screen().search(text, sentence.start, sentence.end):
            continue
        for pattern, kind in _patterns():
            for match in pattern.finditer(text, sentence.start, sentence.end):
                at = _first_token(parse, match.start())
                if _unreal(parse, sentence, at):
                    continue
                span, states = _phrase(parse, discourse, sentence, at, _first_token(parse, match.end() - 1))
                asserted = next(
                    (
                        tuple(dict.fromkeys(a.of for a in s.speakers if a.of))
                        for s in statements
                        if s.content.overlaps(span)
                    ),
                    (),
                )
                if any(o.kind == kind and (not states or not kept or states & kept) for o, kept in out):
                    continue
                if any(o.span.overlaps(span) and o.kind == kind for o, _ in out):
                    continue
                ordinal = counts.get(span, 0)
                counts[span] = ordinal + 1
                out.append(
                    (
                        Occurrence(
                            id=item_id(document.digest, "occurrence", span, ordinal),
                            kind=kind,
                            span=span,
                            states=tuple(sorted(states)),
                            date=_date(parse, sentence, span, anchor),
                            asserted_by=asserted or ("document",),
                            confidence=Confidence(value=0.5, reason="a word for a happening; the states by nearness"),
                            why=(f"word '{match.group().lower()}'",),
                        ),
                        states,
                    )
                )
    return sorted((o for o, _ in out), key=lambda o: o.span.start)


def _unreal(parse: Parse, sentence: Sentence, at: int) -> bool:
    words = {parse.tokens[k].lower for k in range(max(sentence.first, at - 4), at)}
    return bool(words & _HYPOTHETICAL) or (at > sentence.first and parse.tokens[at - 1].lower == "no")


def _phrase(parse: Parse, discourse: Discourse, sentence: Sentence, first: int, last: int) -> tuple[Span, set[str]]:
    """The noun phrase or clause around the word, and the states it names."""
    tokens = parse.tokens
    head = last
    low, high = parse.subtree(head)
    if tokens[head].pos in ("VERB", "AUX"):
        low, high = max(low, sentence.first), min(high, sentence.last - 1)
    low, high = max(sentence.first, min(low, first), first - 8), min(sentence.last - 1, max(high, last), last + 10)
    while low < first and tokens[low].pos in ("PUNCT", "CCONJ", "ADP", "SCONJ"):
        low += 1
    while high > last and tokens[high].pos in ("PUNCT", "CCONJ", "ADP", "SCONJ"):
        high -= 1
    states = set(discourse.sides_in(low, high))
    if not states:
        states = set(discourse.sides_in(max(sentence.first, first - 10), min(sentence.last - 1, last + 10))[:1])
    return parse.span(low, high), {s for s in states if len(s) == 3 or s.startswith("X-")}


def _date(parse: Parse, sentence: Sentence, span: Span, anchor: date | None) -> DateInterval | None:
    for mention in find_dates(
        parse.text, max(sentence.start, span.start - 30), min(sentence.end, span.end + 30), anchor
    ):
        if mention.interval is not None and mention.role == "date":
            return mention.interval
    return None
