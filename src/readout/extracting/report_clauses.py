"""One report and the grammar around it: subjects, limits of a clause, ends of a content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from readout.extracting.cues import CueHit
from readout.records import Parse, Sentence, Span, Token

_EDGE = frozenset(" \t\r\n\xa0,;:.–—-\"“”«»'‘’…")
_CONNECTORS = frozenset("and but while whereas also as although though with however then or yet where".split())


@dataclass(slots=True)
class Report:
    """One report: who (subject token), cue words, content, and how it stands."""

    hit: CueHit | None
    verb: int
    cue: Span | None
    content: Span
    subject: int | None
    act: str | None
    lemma: str
    passive: bool = False
    agent: int | None = None
    addressee: int | None = None
    inverted: bool = False
    noun: str | None = None
    accordance: bool = False
    mid: bool = False


class ReportClauses:
    """One sentence with its parse, as reports are read from it."""

    def __init__(
        self,
        parse: Parse,
        sentence: Sentence,
        quoted: list[bool],
        is_actor: Callable[[int], bool],
        is_person: Callable[[int], bool],
    ) -> None:
        self.credits: list[CueHit] = []
        self.unreal: list[tuple[int, int]] = []
        self.is_person = is_person
        self.parse = parse
        self.sentence = sentence
        self.tokens = parse.tokens
        self.quoted = quoted
        self.first, self.last = sentence.first, sentence.last
        self.is_actor = is_actor

    def children(self, i: int) -> tuple[int, ...]:
        return self.parse.children[i]

    def _quoted(self, i: int) -> bool:
        return self.quoted[i - self.first]

    def _depth(self, i: int) -> int:
        depth = 0
        while self.tokens[i].head != i and depth < 60:
            i = self.tokens[i].head
            depth += 1
        return depth

    def subject_of(self, v: int) -> tuple[int | None, bool]:
        """The token of the cue's subject, and whether the cue is passive."""
        k, hops = v, 0
        if self.tokens[v].dep == "conj" and self.tokens[v].tag == "VBD" and not self._own_subject(v):
            while self.tokens[k].head != k and (k == v or self.tokens[k].tag not in ("VBD",)) and hops < 10:
                k, hops = self.tokens[k].head, hops + 1
            if self._goes_on(v):
                k = self.tokens[k].head if self.tokens[k].dep == "ccomp" else k
            hops = 0
        while hops < 15:
            for c in self.children(k):
                dep = self.tokens[c].dep
                if dep == "nsubj":
                    if self.tokens[c].lower in ("who", "which", "that") and self.tokens[k].dep == "relcl":
                        return self.tokens[k].head, False
                    return c, False
                if dep == "nsubjpass":
                    if k != v:
                        return c, False
                    if self.tokens[c].lower in ("who", "which", "that") and self.tokens[k].dep == "relcl":
                        return self.tokens[k].head, True
                    return c, True
                if dep == "expl" and k == v:
                    return c, True
            here = self.tokens[k]
            if here.head == k:
                break
            if here.dep in ("relcl", "acl") and self.tokens[here.head].pos in ("NOUN", "PROPN", "PRON"):
                if here.dep == "acl" and here.tag == "VBG" and k > here.head + 1 and self.tokens[k - 1].text == ",":
                    k = here.head  # ", adding that" hung on the wrong noun: climb on
                    hops += 1
                    while self.tokens[k].pos not in ("VERB", "AUX") and self.tokens[k].head != k:
                        k = self.tokens[k].head
                    continue
                return here.head, False
            if here.dep in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "acl", "parataxis", "dep"):
                k = here.head
                hops += 1
                continue
            if here.dep in ("dobj", "pobj", "attr") and hops:
                k = here.head
                hops += 1
                continue
            break
        if self.tokens[v].dep == "ROOT" or True:
            # a headless clause: the nearest actor before the verb inside the sentence
            for k in range(v - 1, max(self.first, v - 6) - 1, -1):
                if self.is_actor(k):
                    return k, False
        return None, False

    def _goes_on(self, v: int) -> bool:
        """Whether a cue joined to the verb of what was said goes on with the cue above it.

        "Recalled that the state opened its port in 1973 and announced that ...", "noted that fish is sold, and appealed
        for ...": it is in the tense of that cue, and what was said tells of no one who speaks.
        """
        head = self.tokens[v].head
        outer = self.tokens[head].head
        if self.tokens[head].dep != "ccomp" or self.tokens[outer].tag != "VBD" or self.tokens[v - 1].lower != "and":
            return False
        subject = self.parse.child(head, "nsubj", "nsubjpass")
        if subject is None or self.is_person(subject) or self.tokens[subject].pos == "PRON":
            return False
        present = any(self.tokens[c].lower in ("is", "are", "has", "have", "will", "can") for c in self.children(head))
        return present or (v + 1 < self.last and self.tokens[v + 1].lower == "that")

    def _own_subject(self, v: int) -> bool:
        return self.parse.child(v, "nsubj", "nsubjpass", "csubj", "expl") is not None

    def _by_agent(self, i: int) -> bool:
        return self.parse.child(i, "agent") is not None

    def _clause_start(self, v: int) -> int:
        """First token of the cue's own clause: its subject or the verb group, without content on the left."""
        low = v
        for c in self.children(v):
            if c < v and self.tokens[c].dep in (
                "nsubj",
                "nsubjpass",
                "aux",
                "auxpass",
                "advmod",
                "neg",
                "expl",
                "cc",
                "mark",
            ):
                if self.tokens[c].dep in ("nsubj", "nsubjpass"):
                    low = min(low, self.parse.subtree(c)[0])
                else:
                    low = min(low, c)
        return max(low, self.first)

    def _cue_first(self, v: int) -> int:
        low = v
        for c in self.children(v):
            if c < v and self.tokens[c].dep in ("aux", "auxpass", "neg") and v - c <= 4:
                low = min(low, c)
        return low

    def _limit(self, after: CueHit | None, inverted_after: bool) -> int:
        """Token (exclusive) where forward content must end: before the next report's own clause."""
        if after is None:
            return self.last
        return self._clause_start(after.verb)

    def _own_limit(self, v: int, limit: int) -> int:
        """Before a clause that no longer belongs to what is reported: ", while B ...", ", but refrained from"."""
        for credit in self.credits:
            start = self._clause_start(credit.verb)
            if v < start < limit:
                limit = start
        for c in self.children(v):
            token = self.tokens[c]
            if not v < c < limit or token.pos not in ("VERB", "AUX"):
                continue
            low = self.parse.subtree(c)[0]
            if low <= v + 1:
                continue
            if (
                token.dep == "advcl"
                and any(
                    self.tokens[k].dep in ("mark", "advmod")
                    and self.tokens[k].lower
                    in ("while", "whereas", "after", "although", "though", "as", "when", "before")
                    for k in self.children(c)
                )
                and (self.tokens[low - 1].text == "," or self.tokens[low].lower in ("after", "while", "whereas"))
            ):
                limit = min(limit, low)
            elif (
                token.dep == "conj"
                and token.tag in ("VBD", "VBZ", "VBP")
                and self.tokens[v].tag in ("VBD", "VBZ", "VBP", "VBN")
            ):
                cc = low
                while cc - 1 > v and (self.tokens[cc - 1].pos in ("CCONJ", "PUNCT", "ADV")):
                    cc -= 1
                if cc > v + 1:
                    limit = min(limit, cc)
        return limit

    def _trim(self, first: int, last: int) -> Span | None:
        """The content's span: no connectors, punctuation or quotation marks at its edges; None where no word is
        left.
        """
        tokens = self.tokens
        first = max(first, self.first)
        last = min(last, self.last - 1)
        while first <= last and (
            tokens[first].pos in ("PUNCT", "SPACE")
            or set(tokens[first].text) <= _EDGE
            or tokens[first].lower in ("that",)
        ):
            if tokens[first].text in ("(", "[", "$", "€", "£"):
                break
            first += 1
        moved = True
        while moved and last >= first:
            moved = False
            token: Token = tokens[last]
            if (
                set(token.text) <= _EDGE
                or (token.pos == "PUNCT" and token.text not in (")", "]", "%"))
                or (token.lower in _CONNECTORS and token.pos in ("CCONJ", "SCONJ", "ADV", "ADP") and last > first)
            ):
                last -= 1
                moved = True
        if last < first or not any(c.isalnum() for t in tokens[first : last + 1] for c in t.text):
            return None
        return Span(tokens[first].start, tokens[last].end)

    def _trim_quote_after(self, start: int, limit: int) -> Span | None:
        for k in range(start, min(limit, start + 14)):
            if self._quoted(k) and any(c.isalnum() for c in self.tokens[k].text):
                stop = k
                while stop + 1 < limit and (self._quoted(stop + 1)):
                    stop += 1
                return self._trim(k, stop)
            if self.tokens[k].pos == "VERB" and not self._quoted(k):
                return None
        return None

    def _propositional(self, span: Span) -> bool:
        inside = [t for t in self.tokens[self.first : self.last] if span.start <= t.start < span.end]
        return len(inside) > 3 and any(t.tag in ("VBD", "VBZ", "VBP", "MD", "VB") for t in inside)
