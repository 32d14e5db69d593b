"""Toward: the sides that an act is directed at; whom it thanks, criticises, supports, asks; not merely mentioned."""

from __future__ import annotations

from collections.abc import Sequence

from readout.extracting.reporting import Report
from readout.records import Actor, Parse, Span
from readout.resolving import Discourse

# A need of the whole world is nobody's in particular.
_AT_LARGE = frozenset({"international", "global", "world", "community", "everyone", "everybody", "humanity"})


def toward_of(
    parse: Parse,
    discourse: Discourse,
    content: Span,
    report: Report | None,
    speakers: Sequence[Actor],
    others: Sequence[str],
    act: str | None = None,
) -> tuple[str, ...]:
    """The ids that the statement is directed at, in order of mention.

    Named addressees ("thanked X", "told X") come first; then, by act, sides named in the content; then, for acts that
    need an addressee, the one other side of the exchange.
    """
    own = {a.of for a in speakers if a.of}
    out: list[str] = []
    if report is not None and report.addressee is not None:
        for side in _sides_at(discourse, report.addressee):
            if side not in own and side not in out:
                out.append(side)
    if report is not None and report.cue is not None and not out:
        first = _first_token(parse, report.cue.start)
        last = _first_token(parse, content.start) - 1
        if report.cue.start < content.start and last > first:
            named = [s for s in discourse.sides_in(report.verb + 1, last) if s not in own]
            out += [s for s in named if s not in out]
    if len(speakers) > 1:
        if act == "congratulate" and report is not None and report.lemma.startswith("exchange"):
            return tuple(dict.fromkeys(a.of for a in speakers if a.of))
        if act in ("discuss", "agree", "affirm", "assess", "inform", "offer", None):
            return tuple(out)
    if act is not None and act not in ("discuss", "agree") and not out:
        first = _first_token(parse, content.start)
        last = _first_token(parse, content.end - 1)
        named = [s for s in discourse.sides_in(first, last) if s not in own]
        inside = [s for s in named if s in others]
        low = {t.lower for t in parse.tokens[first : last + 1]}
        other = list(others[:1]) if len(set(others)) == 1 else []
        if low & {"your", "you"} and other:
            out += other
        elif act in ("support", "thank", "congratulate", "condole", "criticise", "demand", "warn", "concern"):
            out += named[:1]
        elif act == "request":
            out += inside[:1] or (other if not _AT_LARGE & low else []) or named[:1]
        elif act in ("commit", "reject"):
            out += inside[:1] or (named[:1] if act == "reject" else [])
        elif act == "offer":
            out += inside[:1] or (other if report is None else [])
        elif act == "affirm" and len(speakers) == 1 and report is not None:
            out += inside[:1]
        if not out and act in ("thank", "congratulate", "condole", "support") and other:
            out += other
        if not out and act == "inform" and report is not None and report.act == "inform" and other:
            out += other
    return tuple(dict.fromkeys(out))


def _sides_at(discourse: Discourse, i: int) -> list[str]:
    mention = discourse.mention_at(i)
    if mention is None:
        low, high = discourse.parse.subtree(i)
        found = discourse.resolve(i, low, ())
        sides = [a.of for a in found if a.of]
        return sides or discourse.sides_in(low, min(high, low + 8))[:1]
    return [a.of for a in discourse.resolve(i, i, ()) if a.of]


def _first_token(parse: Parse, offset: int) -> int:
    """Index of the token that covers ``offset`` (or the next one)."""
    low, high = 0, len(parse.tokens)
    while low < high:
        middle = (low + high) // 2
        if parse.tokens[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return min(low, len(parse.tokens) - 1)
