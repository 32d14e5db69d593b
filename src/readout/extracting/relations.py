"""Relations: standing relations of two parties that the document asserts (partners, allies, neighbours, at war)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from readout.extracting.toward import _first_token
from readout.lexicons import load
from readout.records import Confidence, Document, Parse, Relation, Sentence, Span, Statement, item_id
from readout.resolving import Discourse

_RANK = ("strategic_partnership", "alliance", "neighbour", "diplomatic_relations", "war", "dispute", "partnership")


_WORD = re.compile(r"\w+")


@cache
def _patterns() -> list[tuple[re.Pattern[str], str, str]]:
    """Labels as patterns, their kind, and the longest word of each: a sentence without it cannot match."""
    out = []
    for e in load("relations").entries:
        words = (
            re.escape(str(e["words"]))
            .replace(r"\ \.\.\.\ ", r"(?:[\s,]+\w+){0,3}?\s+")
            .replace(r"\ ", r"\s+")
            .replace(r"\-", "[-–\\s]")
        )
        longest = max(_WORD.findall(str(e["words"]).lower()), key=len)
        out.append((re.compile(rf"\b{words}\b", re.I), str(e["kind"]), longest))
    out.sort(key=lambda p: _RANK.index(p[1]))
    return out


_DENIED = re.compile(r"(?:\bnot|\bnever|\bno longer|n['’]t)\s+(?:\w+\s+)?\Z", re.I)


def relations(
    parse: Parse, discourse: Discourse, document: Document, statements: Sequence[Statement]
) -> list[Relation]:
    """Relations, each pair and kind once, at its first mention."""
    seen: dict[tuple[frozenset[str], str], None] = {}
    out: list[Relation] = []
    counts: dict[Span, int] = {}
    for sentence in parse.sentences:
        text = parse.text
        present = set(_WORD.findall(text[sentence.start : sentence.end].lower()))
        taken: list[Span] = []
        for pattern, kind, word in _patterns():
            if word not in present:
                continue
            for match in pattern.finditer(text, sentence.start, sentence.end):
                if _DENIED.search(text, max(sentence.start, match.start() - 16), match.start()):
                    continue
                span = Span(match.start(), match.end())
                if any(span.overlaps(t) for t in taken):
                    continue
                taken.append(span)
                pair = _pair(parse, discourse, document, statements, sentence, span, kind)
                if pair is None:
                    continue
                key = (frozenset(pair), kind)
                if key in seen:
                    continue
                seen[key] = None
                ordinal = counts.get(span, 0)
                counts[span] = ordinal + 1
                out.append(
                    Relation(
                        id=item_id(document.digest, "relation", span, ordinal),
                        between=(min(pair), max(pair)),
                        kind=kind,
                        label=span,
                        confidence=Confidence(value=0.6, reason="label in the text; its two parties by nearness"),
                        why=(f"label '{match.group().lower()}'",),
                    )
                )
    return sorted(out, key=lambda r: r.label.start)


def _pair(
    parse: Parse,
    discourse: Discourse,
    document: Document,
    statements: Sequence[Statement],
    sentence: Sentence,
    span: Span,
    kind: str,
) -> tuple[str, str] | None:
    at = _first_token(parse, span.start)
    window_first = max(sentence.first, at - 22)
    window_last = min(sentence.last - 1, at + 16)
    near: list[tuple[int, str]] = []
    k = window_first
    while k <= window_last:
        mention = discourse.mention_at(k)
        if mention is None:
            low = parse.tokens[k].lower
            if low in ("our", "we", "us"):
                speaker = _speaker(statements, span)
                side = speaker or document.publication.issuer_of
                if side:
                    near.append((abs(k - at), side))
            k += 1
            continue
        if mention.kind in ("group", "group_states") and not mention.of:
            for a in discourse.principals:
                if a.of:
                    near.append((abs(k - at), a.of))
        else:
            for a in discourse.actors_of(mention):
                if a.of:
                    near.append((min(abs(mention.first - at), abs(mention.last - at)), a.of))
        k = mention.last + 1
    near.sort()
    found: list[str] = []
    for _, side in near:
        if side not in found:
            found.append(side)
    if len(found) >= 2:
        return found[0], found[1]
    speaker = _speaker(statements, span)
    if len(found) == 1:
        if speaker is not None and speaker != found[0] and kind not in ("war",):
            return found[0], speaker
        sides = [a.of for a in discourse.principals if a.of and a.of != found[0]]
        if len(sides) == 1:
            return found[0], sides[0]
        issuer = document.publication.issuer_of
        if issuer and issuer != found[0]:
            return found[0], issuer
        return None
    sides2 = list(dict.fromkeys(a.of for a in discourse.principals if a.of))
    if len(sides2) == 2:
        return sides2[0], sides2[1]
    return None


def _speaker(statements: Sequence[Statement], span: Span) -> str | None:
    for s in statements:
        if s.content.covers(span) and len(s.speakers) == 1:
            return s.speakers[0].of
    return None
