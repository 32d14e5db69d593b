"""The grammar around a trigger: who its subject and objects are, how it stands, when and where it was.

``exchange_verbs`` and ``exchange_nouns`` read with it, ``openings`` and ``merging`` ask it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from readout.extracting.candidates import Candidate
from readout.extracting.unreal import UNDONE
from readout.reading import turns
from readout.records import Actor, DateInterval, Document, Parse, Sentence, Span
from readout.resolving import Discourse, TimeMention, find_dates
from readout.resolving.calendar import MONTH_NAMES

_PHONE = re.compile(r"\b(phone|telephone|telephoned|phoned|call|calls|called|over the phone|by phone)\b", re.I)
VIDEO = re.compile(r"\b(video|videoconference|virtual(?:ly)?|online)\b", re.I)
_MODAL = frozenset("will shall 'll ’ll would may might could can must should".split())
_GENERIC_PLACES = frozenset("the a an this that his her their our its which person order".split())
ORGANS = frozenset("ministry government presidency kremlin department administration".split())
_COMPANIES = frozenset(
    "delegation group team mission party counterparts officials representatives members leaders".split()
)


class ExchangeClauses:
    """One document, its parse and its discourse, as an exchange is read from them."""

    def __init__(self, parse: Parse, discourse: Discourse, document: Document, title: str | None) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        self.discourse = discourse
        self.document = document
        self.title = title or ""
        self.anchor = discourse.anchor
        self.side_issuer = document.publication.issuer_kind == "side"
        self.turns = turns(parse.text)
        self._dates: dict[int, list[TimeMention]] = {}

    def dates_in(self, sentence: Sentence) -> list[TimeMention]:
        """The expressions of time of a sentence; tense decides where a bare weekday lies."""
        if sentence.i not in self._dates:
            future = any(t.lower in ("will", "shall", "'ll") for t in self.parse.words(sentence))
            self._dates[sentence.i] = find_dates(
                self.parse.text, sentence.start, sentence.end, self.anchor, tense="future" if future else "unknown"
            )
        return self._dates[sentence.i]

    def main_like(self, actor: Actor) -> bool:
        """A side's own readout of a call is no briefing of its principal."""
        return self.side_issuer and actor.of == self.discourse.issuer and actor.office != "spokesperson"

    def _phrase_end(self, words: tuple[str, ...], i: int, end: int) -> int | None:
        last = i
        for word in words[1:]:
            k = last + 1
            while (
                k < end
                and k - last < 4
                and self.tokens[k].lower != word
                and self.tokens[k].pos in ("ADV", "DET", "ADJ", "NOUN", "PROPN", "NUM")
            ):
                k += 1
            if k >= end or self.tokens[k].lower != word:
                return None
            last = k
        return last

    def _actors(self, i: int, sentence: Sentence) -> tuple[Actor, ...]:
        mention = self.discourse.mention_at(i)
        if mention is not None and mention.kind in ("group", "group_states") and not mention.of:
            return self.discourse.principals
        if mention is None:
            low = self.tokens[i].lower
            if low in ("he", "she", "his", "her", "they", "their", "who"):
                if low in ("they", "their"):
                    return self.discourse.principals
                if low == "who" and self.tokens[self.tokens[i].head].dep == "relcl":
                    return self._actors(self.tokens[self.tokens[i].head].head, sentence)
                return self.discourse.resolve(i, sentence.first, ())
            if low in _COMPANIES:
                return self._led(i)
            if low in ORGANS:
                return self.discourse.resolve(i, sentence.first, ())
            return ()
        out = list(self.discourse.actors_of(mention))
        if mention.kind == "side" and self.tokens[mention.last].lower in _COMPANIES:
            out = list(self._led(mention.last)) or out
        for c in self.parse.children[i]:
            if self.tokens[c].dep in ("conj", "appos") and self.tokens[c].pos in ("PROPN", "NOUN"):
                other = self.discourse.mention_at(c)
                if other is not None and other is not mention:
                    out += [a for a in self._actors(c, sentence) if a.key not in {b.key for b in out}]
        return tuple(out)

    def _led(self, i: int) -> tuple[Actor, ...]:
        """ "A delegation led by X": X."""
        low, high = self.parse.subtree(i)
        for k in range(max(low, i), min(high, i + 25) + 1):
            mention = self.discourse.mention_at(k)
            if mention is not None and mention.kind in ("person", "title"):
                found = self.discourse.actors_of(mention)
                if found:
                    return found
        for k in range(i, min(high, i + 12) + 1):
            mention = self.discourse.mention_at(k)
            if mention is not None and mention.kind == "form":
                return self.discourse.actors_of(mention)
        return ()

    def _subject(self, v: int, sentence: Sentence) -> tuple[Actor, ...]:
        k, hops = v, 0
        while hops < 8:
            for c in self.parse.children[k]:
                if self.tokens[c].dep in ("nsubj", "nsubjpass"):
                    if self.tokens[c].lower in ("who", "which", "that") and self.tokens[k].dep == "relcl":
                        return self._actors(self.tokens[k].head, sentence)
                    return self._actors(c, sentence)
            head = self.tokens[k].head
            if head == k:
                return ()
            if self.tokens[k].dep in ("relcl", "acl") and self.tokens[head].pos in ("NOUN", "PROPN", "PRON"):
                return self._actors(head, sentence)
            if self.tokens[k].dep in (
                "conj",
                "xcomp",
                "advcl",
                "pcomp",
                "prep",
                "ccomp",
                "dobj",
                "pobj",
                "attr",
                "acl",
            ):
                k, hops = head, hops + 1
                continue
            return ()
        return ()

    def _preps(
        self, roots: Sequence[int], wanted: frozenset[str], sentence: Sentence, after: int = -1
    ) -> list[tuple[str, int]]:
        """(preposition, object token) pairs hung on the roots, one level of nouns deep."""
        out: list[tuple[str, int]] = []
        for r in roots:
            for c in self.parse.children[r]:
                if self.tokens[c].dep in ("prep", "agent", "dative") and self.tokens[c].lower in wanted and c > after:
                    for o in self.parse.children[c]:
                        if self.tokens[o].dep in ("pobj", "pcomp"):
                            out.append((self.tokens[c].lower, o))
        return out

    def _status(self, v: int, sentence: Sentence, noun: int | None = None) -> tuple[str, bool] | None:
        """reported, past or planned by tense and modality; None where it is denied or merely thought of."""
        tokens = self.tokens
        k, hops, planned, perfect, embedded = v, 0, False, False, False
        opening = tokens[sentence.first].lower
        if tokens[min(sentence.first + 1, sentence.last - 1)].lower in ("on", "today", "in", "that"):
            opening = ""  # "earlier on Wednesday" is the same day
        if opening in ("earlier", "previously"):
            perfect = True
        finite = tokens[v].tag in ("VBD", "VBZ", "VBP")
        if noun is not None and any(tokens[c].lower in ("no", "neither") for c in self.parse.children[noun]):
            return None
        above = v
        for step in range(4):  # "cancelled a meeting", "refused to meet", "denied that he had met"
            if (step or noun is not None) and tokens[above].lower in UNDONE:
                return None
            if tokens[above].head == above or tokens[above].dep in ("advcl", "conj", "relcl"):
                break
            above = tokens[above].head
        while hops < 10:
            for c in self.parse.children[k]:
                child = tokens[c]
                if child.dep == "neg" and hops == 0:
                    return None
                if child.dep == "aux" and child.lower in _MODAL:
                    planned = True
                if child.dep == "aux" and child.lower == "had" and tokens[k].tag == "VBN" and hops == 0:
                    perfect = True
                if child.dep == "mark" and child.lower in ("if", "unless", "whether"):
                    return None
                if child.dep == "mark" and child.lower in ("after", "since") and hops == 0:
                    perfect = True
                if child.dep == "det" and child.lower == "no" and k == noun:
                    return None
            here = tokens[k]
            head = here.head
            if finite and hops == 0:
                if head != k and here.dep == "ccomp" and head < k:
                    embedded = True
                break
            if (
                here.tag == "VB"
                and any(tokens[c].lower == "to" and tokens[c].dep == "aux" for c in self.parse.children[k])
                and (head == k or tokens[head].lower not in ("seemed", "managed"))
            ):
                meet = tokens[head].lower in (
                    "met",
                    "came",
                    "arrived",
                    "travelled",
                    "traveled",
                    "visited",
                    "called",
                )
                if not meet:
                    planned = True
            if (
                here.lower
                in ("planned", "scheduled", "expected", "set", "due", "invited", "intends", "plans", "hopes", "slated")
                and hops
            ):
                planned = True
            if head == k:
                break
            if here.dep in ("ccomp",) and head < k:
                embedded = True
            k, hops = head, hops + 1
            if (
                here.dep in ("relcl", "ccomp", "conj", "advcl")
                and tokens[k].pos in ("VERB", "AUX")
                and here.dep != "conj"
                and hops > 1
            ):
                break
        if planned:
            return "planned", embedded
        return ("past" if perfect else "reported"), embedded

    def _when(self, sentence: Sentence, trigger: int) -> TimeMention | None:
        """The expression of time that belongs to the trigger: the nearest dated one of its clause."""
        best: tuple[int, TimeMention] | None = None
        past = self.tokens[trigger].tag in ("VBD", "VBN")
        at = self.tokens[trigger].start
        for mention in self.dates_in(sentence):
            if mention.interval is None or mention.role not in ("date",):
                continue
            gap = mention.span.start - at if mention.span.start > at else at - mention.span.end
            between = self.parse.text[min(at, mention.span.start) : max(at, mention.span.start)]
            cost = gap + (60 if re.search(r"[;”\"]| who | which | and | while | after ", between) else 0)
            if best is None or cost < best[0]:
                best = (cost, mention)
        if best is None or best[0] >= 220:
            return None
        found = best[1]
        if past:
            found = self._as_past(found)
        return found

    def _as_past(self, mention: TimeMention) -> TimeMention:
        """The expression as meant of something done: one "will" in a sentence does not turn all its days ahead."""
        if mention.interval is None or self.anchor is None or mention.interval.start <= self.anchor:
            return mention
        again = find_dates(self.parse.text, mention.span.start, mention.span.end, self.anchor, tense="past")
        return again[0] if again and again[0].interval is not None else mention

    def _where(self, sentence: Sentence, roots: Sequence[int]) -> tuple[str | None, Span | None, str | None]:
        """Place as the text names it, its span, and the state it lies in."""
        for prep, o in self._preps(roots, frozenset({"in", "at"}), sentence):
            token = self.tokens[o]
            if token.pos != "PROPN" or not token.text[0].isupper():
                continue
            mention = self.discourse.mention_at(o)
            low, _high = self.parse.subtree(o)
            low = min(low, o)
            span_first, span_last = o, o
            while (
                span_first - 1 >= low
                and self.tokens[span_first - 1].dep in ("compound", "nmod")
                and self.tokens[span_first - 1].text[0].isupper()
            ):
                span_first -= 1
            if mention is not None:
                if mention.kind not in ("form",):
                    continue
                span_first, span_last = min(span_first, mention.first), max(o, mention.last)
            k = span_last + 1
            if k + 1 < sentence.last and self.tokens[k].text == "," and self.discourse.mention_at(k + 1) is not None:
                second = self.discourse.mention_at(k + 1)
                if second is not None and second.kind == "form" and second.form == "name":
                    span_last = second.last
                    mention = mention or second
            span = self.parse.span(span_first, span_last)
            words = span.of(self.parse.text)
            if words.lower() in _GENERIC_PLACES or any(month in words for month in MONTH_NAMES if month != "May"):
                continue
            del prep
            state = mention.of[0] if mention is not None and mention.of else None
            return words, span, state
        return None, None, None

    def _candidate(
        self,
        kind: str,
        sentence: Sentence,
        trigger: int,
        people: list[tuple[Actor, str]],
        status: tuple[str, bool],
        first: int,
        last: int,
        why: str,
        roots: Sequence[int],
        weight: float = 0.85,
    ) -> Candidate | None:
        seen: dict[tuple[str | None, str | None, str | None], int] = {}
        kept: list[tuple[Actor, str]] = []
        for actor, part in people:
            if actor.side == "":
                continue
            if actor.key in seen:
                if kept[seen[actor.key]][1] == "participant" and part != "participant":
                    kept[seen[actor.key]] = (actor, part)
                continue
            seen[actor.key] = len(kept)
            kept.append((actor, part))
        # a state beside its own official is the official's side, not one more participant
        with_person = {a.of for a, _ in kept if a.person or a.office}
        if kind != "visit":
            kept = [(a, p) for a, p in kept if a.person or a.office or a.of not in with_person]
        place, span, state = self._where(sentence, roots)
        if kind == "meeting" and state is not None:
            sides = {a.of for a, _ in kept}
            if state in sides and all(p == "participant" for _, p in kept):
                kept = [(a, "host" if a.of == state else "guest") for a, _ in kept]
        when = self._when(sentence, trigger)
        if (
            when is not None
            and when.interval is not None
            and self.anchor is not None
            and when.interval.start > self.anchor
            and self.tokens[trigger].tag == "VBD"
        ):
            when = None  # what was discussed lies ahead, not the talk
        if (
            when is not None
            and when.interval is not None
            and kind in ("meeting", "phone_call")
            and "'discuss'" in why
            and when.interval.precision != "day"
        ):
            when = None
        low = max(sentence.first, min(first, trigger))
        high = min(sentence.last - 1, max(last, trigger))
        evidence = self.parse.span(low, high)
        return Candidate(
            kind,
            sentence,
            trigger,
            evidence,
            kept,
            status[0],
            when,
            place,
            span,
            [why],
            weight=weight,
            embedded=status[1],
        )

    def _two_sided(
        self,
        kind: str,
        sentence: Sentence,
        i: int,
        people: list[tuple[Actor, str]],
        status: tuple[str, bool],
        first: int,
        last: int,
        why: str,
        weight: float = 0.85,
    ) -> Candidate | None:
        if len({a.side for a, _ in people if a.side}) < 2:
            return None
        subject = next((c for c in self.parse.children[i] if self.tokens[c].dep in ("nsubj", "nsubjpass")), None)
        low = self.parse.subtree(subject)[0] if subject is not None else first
        if subject is not None and subject - low > 14:
            low = subject
        return self._candidate(kind, sentence, i, people, status, low, last, why, [i], weight)

    def _mention_last(self, o: int) -> int:
        mention = self.discourse.mention_at(o)
        return mention.last if mention is not None else o

    def _channel(self, sentence: Sentence, fallback: str | None) -> str:
        """By which channel a "spoke with" went: the sentence's own words, the title's, then the text's."""
        words = self.parse.text[sentence.start : sentence.end]
        if VIDEO.search(words):
            return "video_call"
        if re.search(r"\b(phone|telephone|call)\b", words, re.I):
            return "phone_call"
        if re.search(r"\b(in person|sidelines|margins|met|meeting)\b", words, re.I):
            return "meeting"
        if _PHONE.search(self.title):
            return "phone_call"
        if re.search(r"\bmeet", self.title, re.I):
            return "meeting"
        if _PHONE.search(self.parse.text[:1500]):
            return "phone_call"
        return fallback or "phone_call"

    def _before(self, interval: DateInterval | None, days: int = 4) -> bool:
        """Whether an interval lies clearly before the document's date."""
        if interval is None or self.anchor is None:
            return False
        return interval.end < self.anchor - timedelta(days=days)
