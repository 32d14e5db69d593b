"""Encounters: who met, called, wrote to or visited whom; reported, past or planned; by which channel; who began it.

A trigger (verb or noun of the lexicon) opens a candidate; its grammar gives the participants; candidates that tell of
one exchange are merged. The first exchange that the document is about gives the discourse its principals, to whom
"the two sides" points back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from readout.lexicons import load
from readout.lexicons.inflection import forms
from readout.reading import turns
from readout.records import (
    Actor,
    Confidence,
    DateInterval,
    Document,
    Encounter,
    Parse,
    Participant,
    Sentence,
    Span,
    Statement,
    item_id,
)
from readout.resolving import Discourse, Mention, TimeMention, find_dates
from readout.resolving.calendar import MONTH_NAMES

_PHONE = re.compile(r"\b(phone|telephone|telephoned|phoned|call|calls|called|over the phone|by phone)\b", re.I)
_VIDEO = re.compile(r"\b(video|videoconference|virtual(?:ly)?|online)\b", re.I)
_MODAL = frozenset("will shall 'll ’ll would may might could can must should".split())
_FUTURE_WORDS = frozenset(
    """upcoming forthcoming planned scheduled expected future next due slated plans plan planning set prepare preparing
    preparation agreed intends hope hopes invited invitation invite ahead proposed possible potential""".split()
)
_PAST_WORDS = frozenset("previous earlier last recent former past previously recently ago".split())
_GENERIC_PLACES = frozenset("the a an this that his her their our its which person order".split())
_SENT = frozenset(
    f
    for w in ("send", "receive", "write", "deliver", "convey", "address", "extend", "hand", "exchange")
    for f in forms(w)
)
_TALK_WORD = re.compile(r"\b(?:talks|phone call|telephone|call|meeting|conversation)\b", re.I)
_TITLE_KINDS = (
    ("video_call", re.compile(r"\b(?:video|virtual)\b", re.I)),
    ("phone_call", re.compile(r"\b(?:phone|telephone|call|calls|dials|phones)\b", re.I)),
    ("meeting", re.compile(r"\b(?:meets?|meeting|talks|receives|hosts|confers?)\b", re.I)),
)
_CARRY = frozenset(f for w in ("hand", "deliver", "convey", "pass", "bring", "present") for f in forms(w))
_DISPATCHED = frozenset(f for w in ("send", "write", "deliver", "hand", "receive", "exchange") for f in forms(w))
_LETTER = re.compile(r"\b(?:condolences|greetings|telegram|message|letter|congratulat\w+)\b", re.I)
_PRESS_PLACE = re.compile(
    r"\b(?:in (?:a|an|his|her|its|the) (?:\w+ ){0,3}(?:statement|interview|speech|address|briefing|"
    r"post|tweet|press conference|news conference|communique)|at (?:a|an|his|her|"
    r"the) (?:\w+ ){0,3}(?:briefing|press conference|news conference|press briefing)|on (?:X|Twitter|"
    r"Facebook|Telegram|social media)\b|on (?:his|her|its) (?:X|Twitter|Facebook|Telegram)\b|"
    r"told (?:reporters|journalists|the media|[A-Z]{2,}\b|the BBC|Reuters|CNN|parliament)|"
    r"speaking to (?:reporters|journalists|the media|members)|told a (?:briefing|press|news)|"
    r"X (?:page|account|platform))",
)
_INITIATIVE = re.compile(
    r"\b(?:(?:at|on|upon|by) the (?:\w+ ){0,2}?(?:initiative|request)\b|(?:side's|side’s|party's|"
    r"party’s) (?:initiative|request)|'s initiative|’s initiative|initiated by|(?:call|"
    r"conversation) (?:had )?(?:came|come|was placed|was made) (?:from|by))",
    re.I,
)
_DOING = frozenset(
    f
    for w in (
        "hold",
        "have",
        "conduct",
        "take",
        "pay",
        "make",
        "begin",
        "start",
        "lead",
        "attend",
        "host",
        "complete",
        "conclude",
        "finish",
        "continue",
        "join",
        "participate",
        "initiate",
        "wrap",
        "chair",
    )
    for f in forms(w)
)
_PUBLIC_SAYING = frozenset(
    f
    for w in ("say", "tell", "write", "announce", "state", "post", "note", "add", "stress", "declare", "warn")
    for f in forms(w)
)
_ORGANS = frozenset("ministry government presidency kremlin department administration".split())
_COMPANIES = frozenset(
    "delegation group team mission party counterparts officials representatives members leaders".split()
)
_CALLED_OFF = (
    r"(?:(?:was|were|has been|have been|had been|is|are) (?:\w+ly |then |later )?(?:cancell?ed|called off|scrapped|"
    r"abandoned)|(?:did not|didn't|didn’t|never|will not|would not) (?:take place|happen|materiali[sz]e|go ahead))\b"
)
_IS_OFF = re.compile(_CALLED_OFF)
_OPENS_OFF = re.compile(rf"\W*(?:But |However, )?(?:the|this|that|it)\b[^,.;]{{0,30}}?{_CALLED_OFF}", re.I)
# what of each kind is called off, told right before
_CALLED_OFF_NOUN = {
    kind: re.compile(rf"\b(?:{nouns}|it|which|but|and later|and then)\s+{_CALLED_OFF}", re.I)
    for kind, nouns in {
        "meeting": r"meetings?|talks|negotiations|discussions|encounter|summit",
        "phone_call": r"(?:phone |telephone )?(?:calls?|conversation|talks)",
        "visit": r"visit|trip|tour|journey",
    }.items()
}
_UNDONE = frozenset(f for w in ("cancel", "deny", "refuse", "decline") for f in forms(w))
"""Verbs under which an exchange did not, or will not, take place."""


@dataclass(frozen=True, slots=True)
class _Trigger:
    kind: str
    roles: str | None
    words: tuple[str, ...]


def kind_of(trigger: _Trigger) -> str:
    """The kind of encounter that a trigger names."""
    return trigger.kind


@dataclass(slots=True)
class _Candidate:
    kind: str
    sentence: Sentence
    trigger: int
    evidence: Span
    people: list[tuple[Actor, str]]
    status: str
    when: TimeMention | None
    place: str | None
    place_words: Span | None
    why: list[str]
    body: bool = False
    weight: float = 0.8
    embedded: bool = False
    extra: list[int] = field(default_factory=list)

    @property
    def sides(self) -> frozenset[str]:
        return frozenset(a.side for a, _ in self.people if a.side)


@cache
def _triggers() -> tuple[dict[str, list[_Trigger]], dict[str, list[_Trigger]]]:
    verbs: dict[str, list[_Trigger]] = {}
    nouns: dict[str, list[_Trigger]] = {}
    for e in load("encounter_verbs").entries:
        words = tuple(str(e["words"]).split())
        for f in forms(words[0]):
            verbs.setdefault(f, []).append(_Trigger(e["kind"], e.get("roles"), words))
    for e in load("encounter_nouns").entries:
        words = tuple(str(e["words"]).split())
        trigger = _Trigger(e["kind"], None, words)
        nouns.setdefault(words[-1], []).append(trigger)
        if not words[-1].endswith("s"):
            nouns.setdefault(words[-1] + "s", []).append(trigger)
    for rows in (*verbs.values(), *nouns.values()):
        rows.sort(key=lambda t: -len(t.words))
    return verbs, nouns


class EncounterFinder:
    """Finds the encounters of one document."""

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

    def find(self) -> list[Encounter]:
        """All encounters, principals set on the way."""
        candidates: list[_Candidate] = []
        for sentence in self.parse.sentences:
            candidates += self._in_sentence(sentence)
        main = self._main(candidates)
        if main is None:
            main = self._from_title(candidates) or self._from_lead(candidates)
        if main is not None:
            # "their talks", "the ministers signed": words that point to the principals can be read only now
            self.discourse.principals = tuple(a for a, _ in main.people)
            candidates = [c for sentence in self.parse.sentences for c in self._in_sentence(sentence)]
            main = self._main(candidates) or self._from_title(candidates) or self._from_lead(candidates)
        merged = self._merge(candidates, main)
        return self._build(merged)

    # -- candidates ------------------------------------------------------------------------------------------------

    def _in_sentence(self, sentence: Sentence) -> list[_Candidate]:
        if any(turn.asks and turn.span.start <= sentence.start < turn.span.end for turn in self.turns):
            return []  # a journalist's question tells nothing
        verbs, nouns = _triggers()
        out: list[_Candidate] = []
        used: set[int] = set()
        for i in range(sentence.first, sentence.last):
            token = self.tokens[i]
            if i in used:
                continue
            if token.lower in verbs and (token.pos in ("VERB", "AUX") or token.tag.startswith("VB")):
                for trigger in verbs[token.lower]:
                    end = self._phrase_end(trigger.words, i, sentence.last)
                    if end is not None:
                        found = self._verb(sentence, i, end, trigger)
                        if found is not None:
                            out.append(found)
                            used.update(range(i, end + 1))
                            break
            if i in used:
                continue
            if token.lower in nouns and token.pos in ("NOUN", "PROPN", "VERB"):
                for trigger in nouns[token.lower]:
                    n = len(trigger.words)
                    low = i - n + 1
                    if low < sentence.first or any(
                        self.tokens[low + k].lower != trigger.words[k] for k in range(n - 1)
                    ):
                        continue
                    found = self._noun(sentence, low, i, trigger)
                    if found is not None:
                        out.append(found)
                    break
        out = [c for c in out if not self._called_off(c, sentence)]
        if not any(c.kind == "briefing" for c in out):
            spoken = self._spoken_in_public(sentence)
            if spoken is not None:
                out.append(spoken)
        return out

    def _called_off(self, candidate: _Candidate, sentence: Sentence) -> bool:
        """ "... were due to meet, but the meeting was cancelled": told to the end, nothing took place.

        What is called off must be the exchange itself: its own noun or "it", behind the trigger in the sentence or at
        the head of the next one.
        """
        text, at = self.parse.text, self.tokens[candidate.trigger].start
        off = _CALLED_OFF_NOUN.get(candidate.kind)
        if off is None:
            return False
        after = self.parse.sentences[sentence.i + 1] if sentence.i + 1 < len(self.parse.sentences) else None
        nearby = text[after.start : min(after.end, after.start + 90)] if after is not None else ""
        return bool(off.search(text, at, sentence.end)) or bool(_OPENS_OFF.match(nearby) and off.search(nearby))

    def _spoken_in_public(self, sentence: Sentence) -> _Candidate | None:
        """ "X told reporters", "X said in a statement", "X wrote on his page": one official before the public."""
        match = _PRESS_PLACE.search(self.parse.text, sentence.start, sentence.end)
        if match is None:
            return None
        verb = next(
            (
                t.i
                for t in self.parse.words(sentence)
                if t.lower in _PUBLIC_SAYING and t.pos == "VERB" and abs(t.start - match.start()) < 160
            ),
            None,
        )
        if verb is None:
            return None
        actors = self._subject(verb, sentence)
        published = "statement" in match.group() and self._is_organ(verb)
        if len(actors) != 1 or not (actors[0].person or actors[0].office or published):
            return None
        if self.main_like(actors[0]):
            return None
        status = self._status(verb, sentence)
        if status is None or status[0] == "planned":
            return None
        first = max(sentence.first, verb - 6)
        return self._candidate(
            "briefing",
            sentence,
            verb,
            [(actors[0], "participant")],
            ("reported", False),
            first,
            verb,
            "speaks in public",
            [verb],
            0.6,
        )

    def _is_organ(self, verb: int) -> bool:
        """Whether the verb's subject is a ministry or a government, which can publish a statement."""
        for c in self.parse.children[verb]:
            if self.tokens[c].dep == "nsubj":
                return self.tokens[c].lower in _ORGANS
        return False

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
            if low in _ORGANS:
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
            if (step or noun is not None) and tokens[above].lower in _UNDONE:
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
    ) -> _Candidate | None:
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
        return _Candidate(
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

    def _verb(self, sentence: Sentence, i: int, end: int, trigger: _Trigger) -> _Candidate | None:
        tokens = self.tokens
        token = tokens[i]
        if token.tag == "VBN" and token.dep in ("amod", "acl"):
            return None
        status = self._status(i, sentence)
        if status is None:
            return None
        subjects = self._subject(i, sentence)
        passive = any(tokens[c].dep in ("nsubjpass", "auxpass") for c in self.parse.children[i])
        objects: list[Actor] = []
        last = end
        about = trigger.words[0] in ("discuss", "exchange")
        object_tokens = (
            []
            if about
            else [
                c
                for c in self.parse.children[i]
                if tokens[c].dep in ("dobj", "dative", "oprd", "ccomp", "pobj") and c > i
            ]
        )
        for o in object_tokens:
            if tokens[o].dep in ("ccomp", "oprd") and self.discourse.mention_at(o) is None:
                continue
            found = self._actors(o, sentence)
            if found:
                objects += found
                last = max(last, self._mention_last(o))
        if trigger.words == ("call", "on") and any(t.tag == "VB" for t in tokens[end : min(sentence.last, end + 10)]):
            return None  # "called on X to do": a request
        if end > i and tokens[end].pos in ("ADP", "PART"):
            for o in self.parse.children[end]:
                if tokens[o].dep == "pobj":
                    found = self._actors(o, sentence)
                    objects += found
                    last = max(last, self._mention_last(o))
        kind, roles = trigger.kind, trigger.roles
        head_preps = frozenset("with to by".split())
        by: list[Actor] = []
        roots = [i] if end == i else [i, end]
        for prep, o in self._preps(roots, head_preps, sentence):
            found = self._actors(o, sentence)
            if not found:
                continue
            if prep == "by":
                by += found
            elif (prep == "to" and roles not in ("directed", "mutual") and kind not in ("visit", "message")) or (
                kind == "visit" and prep == "with"
            ):
                continue
            else:
                objects += found
                last = max(last, self._mention_last(o))
        why = f"verb '{' '.join(trigger.words)}'"
        if kind == "visit":
            return self._visit_verb(sentence, i, end, trigger, subjects, status, why)
        if kind == "briefing":
            if not subjects or len({a.of for a in subjects}) > 1:
                return None
            return self._candidate(
                kind, sentence, i, [(a, "participant") for a in subjects[:1]], status, i, end, why, [i], 0.7
            )
        if kind == "signing":
            if not subjects or len({a.side for a in subjects}) < 2:
                return None
            return self._candidate(kind, sentence, i, [(a, "participant") for a in subjects], status, i, last, why, [i])
        if passive:
            if trigger.words[0] == "summon" and subjects:
                hosts = by or [
                    a for prep, o in self._preps(roots, frozenset({"to"}), sentence) for a in self._actors(o, sentence)
                ]
                sides = list(dict.fromkeys(a.of for a in hosts if a.of and a.of != subjects[0].of))
                if sides:
                    people = [
                        (Actor(of=sides[0], how="who summons"), "initiator"),
                        *((a, "recipient") for a in subjects),
                    ]
                    return self._two_sided(kind, sentence, i, people, status, i, last, why)
            # "was received by", "was hosted by"
            if roles in ("host",) and by and trigger.words[0] not in ("welcome", "greet"):
                people = [(a, "host") for a in by] + [(a, "guest") for a in subjects]
                return self._two_sided(kind, sentence, i, people, status, i, last, why)
            return None
        if not objects and subjects and roles == "host" and not passive and trigger.words[0] in ("receive", "host"):
            # "received on Tuesday his counterpart X": an object that the parser hung elsewhere
            for k in range(end + 1, min(sentence.last, end + 8)):
                mention = self.discourse.mention_at(k)
                if mention is not None and mention.kind in ("person", "title"):
                    objects = list(self.discourse.actors_of(mention))
                    last = mention.last
                    break
                if tokens[k].pos in ("NOUN", "VERB"):
                    break
        if not objects or not subjects:
            if trigger.words == ("meet",) and subjects and len({a.side for a in subjects}) > 1:
                return self._two_sided(kind, sentence, i, [(a, "participant") for a in subjects], status, i, last, why)
            if (
                trigger.words[0] in ("discuss", "exchange")
                and len({a.side for a in subjects}) > 1
                and len(subjects) < 4
            ):
                kind = self._channel(sentence, "meeting")
                return self._two_sided(
                    kind, sentence, i, [(a, "participant") for a in subjects], status, i, last, why, 0.6
                )
            if (
                trigger.words[0] in ("speak", "talk")
                and subjects
                and len({a.side for a in subjects}) > 1
                and self._channel(sentence, None) == "phone_call"
            ):
                return self._two_sided(
                    "phone_call", sentence, i, [(a, "participant") for a in subjects], status, i, last, why
                )
            return None
        if trigger.words[0] == "call" and any(
            tokens[c].dep in ("oprd", "xcomp", "ccomp")
            and tokens[c].tag != "VB"
            and self.discourse.mention_at(c) is None
            for c in self.parse.children[i]
        ):
            return None  # "called the move a mistake"
        if trigger.words[0] in ("speak", "talk", "confer"):
            kind = self._channel(sentence, "phone_call")
        if kind == "meeting" and _VIDEO.search(self.parse.text[sentence.start : sentence.end]):
            kind = "video_call"
        if (
            kind == "meeting"
            and roles == "host"
            and any(
                t.lower == "visit" and self.tokens[t.head].lower in ("for", "on", "during")
                for t in tokens[end : sentence.last]
            )
        ) and trigger.words[0] == "host":
            kind = "visit"
        if trigger.words[0] in ("welcome", "greet"):
            # a welcome is the visit it opens, where it names the ground
            own = {a.of for a in subjects}
            ground = [
                a.of for _, o in self._preps(roots, frozenset({"to"}), sentence) for a in self._actors(o, sentence)
            ]
            if not own & set(ground):
                return None
            kind = "visit"
        if roles == "directed":
            people = [(a, "initiator") for a in subjects] + [(a, "recipient") for a in objects]
        elif roles == "host":
            people = [(a, "host") for a in subjects] + [(a, "guest") for a in objects]
        elif roles == "guest":
            people = [(a, "guest") for a in subjects] + [(a, "host") for a in objects]
        else:
            people = [(a, "participant") for a in (*subjects, *objects)]
        return self._two_sided(kind, sentence, i, people, status, i, last, why)

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
    ) -> _Candidate | None:
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
        if _VIDEO.search(words):
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

    def _visit_verb(
        self,
        sentence: Sentence,
        i: int,
        end: int,
        trigger: _Trigger,
        subjects: Sequence[Actor],
        status: tuple[str, bool],
        why: str,
    ) -> _Candidate | None:
        if not subjects or not any(a.person or a.office for a in subjects):
            return None
        where: list[tuple[str, int]] = []
        for c in self.parse.children[i]:
            if self.tokens[c].dep == "dobj" and trigger.words[0] in ("visit", "tour"):
                where.append(("", c))
        where += self._preps([i, end], frozenset({"to", "in", "at", "for"}), sentence)
        for prep, o in where:
            mention = self.discourse.mention_at(o)
            if mention is None or mention.kind not in ("form", "side") or mention.of_kind == "org" or not mention.of:
                continue
            if prep == "for" and trigger.words[0] not in ("leave", "depart"):
                continue
            if mention.form == "demonym":
                continue
            host = mention.of[0]
            guests = [a for a in subjects if a.of != host]
            if not guests:
                return None
            people = [(a, "guest") for a in guests] + [(Actor(of=host), "host")]
            found = self._candidate(
                "visit", sentence, i, people, status, max(sentence.first, i - 6), mention.last, why, [i], 0.75
            )
            if found is not None:
                found.place = self.parse.span(mention.first, mention.last).of(self.parse.text)
                found.place_words = self.parse.span(mention.first, mention.last)
            return found
        return None

    def _noun(self, sentence: Sentence, low: int, i: int, trigger: _Trigger) -> _Candidate | None:
        tokens = self.tokens
        token = tokens[i]
        # the verb that carries the noun: "held a meeting with", "paid a visit to"
        k, verb = i, None
        path: list[int] = [i]
        for _ in range(4):
            head = tokens[k].head
            if head == k:
                break
            if tokens[head].pos in ("VERB", "AUX"):
                verb = head
                break
            path.append(head)
            k = head
        inside = (
            verb is not None
            and tokens[k].dep == "prep"
            and tokens[k].lower in ("in", "during")
            and kind_of(trigger) in ("phone_call", "video_call", "meeting")
            and tokens[i].tag != "NNS"
        )
        carried = inside or (
            verb is not None
            and tokens[verb].lower in _DOING
            and (tokens[k].dep in ("dobj", "nsubjpass", "nsubj", "prep", "oprd", "attr", "pobj"))
        )
        took_place = (
            verb is not None
            and tokens[k].dep in ("nsubj", "nsubjpass")
            and tokens[verb].lower
            in (
                "held",
                "took",
                "place",
                "began",
                "started",
                "concluded",
                "ended",
                "focused",
                "lasted",
                "convened",
                "covered",
                "came",
            )
        )
        roots = [i, *([verb] if verb is not None and (carried or took_place) else [])]
        people: list[tuple[Actor, str]] = []
        last = i
        kind = trigger.kind
        with_actors: list[Actor] = []
        for prep, o in self._preps(roots, frozenset({"with", "between", "among", "of", "from", "to", "by"}), sentence):
            if prep in ("to",) and kind not in ("visit", "message"):
                continue
            if prep == "of" and kind not in ("visit", "multilateral", "meeting"):
                continue
            if (
                prep == "by"
                and kind not in ("visit", "message")
                and not (
                    verb is not None
                    and tokens[verb].lower in ("chaired", "attended", "led", "hosted", "held", "joined")
                )
            ):
                continue
            found = self._actors(o, sentence)
            if not found:
                continue
            last = max(last, self._mention_last(o))
            if kind == "visit":
                mention = self.discourse.mention_at(o)
                if prep == "to":
                    if (
                        mention is not None
                        and mention.kind == "form"
                        and mention.of_kind == "state"
                        and mention.form != "demonym"
                    ):
                        people.append((Actor(of=found[0].of), "host"))
                elif prep in ("of", "by") and any(a.person or a.office for a in found):
                    people += [(a, "guest") for a in found]
                continue
            if kind == "message":
                part = {
                    "from": "initiator",
                    "of": "initiator",
                    "by": "initiator",
                    "to": "recipient",
                    "with": "participant",
                }.get(prep, "participant")
                people += [(a, part) for a in found]
                continue
            part = "participant"
            if prep == "from" and kind in ("phone_call", "video_call"):
                part = "initiator"
            with_actors += found
            people += [(a, part) for a in found]
        # "Iran-US talks", "the Russia-NATO Council"
        if kind in ("meeting", "phone_call", "video_call"):
            before: list[Actor] = []
            k2 = low - 1
            while k2 >= sentence.first and low - k2 < 9:
                mention = self.discourse.mention_at(k2)
                if mention is not None and mention.kind == "form":
                    before = [*self.discourse.actors_of(mention), *before]
                    k2 = mention.first - 1
                    continue
                if (
                    tokens[k2].text in ("-", "–", "and", "/")
                    or tokens[k2].pos in ("ADJ", "NUM")
                    or tokens[k2].lower in ("level", "round", "of", "indirect")
                ):
                    k2 -= 1
                    continue
                break
            if len({a.of for a in before}) > 1:
                people += [(a, "participant") for a in before]
        # the possessor: "X's meeting with Y", "his visit to Moscow"
        for c in self.parse.children[i]:
            if tokens[c].dep == "poss":
                owner = self._actors(c, sentence)
                if not owner and tokens[c].lower in ("their", "his", "her"):
                    root = next((t.i for t in self.parse.words(sentence) if t.dep == "ROOT"), i)
                    owner = self._subject(root, sentence)
                if kind == "visit":
                    people += [(a, "guest") for a in owner if a.person or a.office]
                elif kind == "message":
                    people += [(a, "initiator") for a in owner]
                elif kind != "multilateral":
                    people += [(a, "participant") for a in owner]
        status = None
        if verb is not None:
            status = self._status(verb, sentence, i)
            if status is None:
                return None
        if (
            status is not None
            and status[0] == "planned"
            and any(tokens[c].dep == "acl" and tokens[c].lower == "held" for c in self.parse.children[i])
        ):
            status = ("reported", status[1])  # "during their meeting held today"
        modifiers = {tokens[c].lower for c in self.parse.children[i]} | {
            tokens[low - 1].lower if low > sentence.first else ""
        }
        if status is None:
            status = ("reported", False)
        if (
            ("rounds" if any(t.lower == "rounds" for t in tokens[max(sentence.first, i - 4) : i]) else token.lower)
            in ("rounds", "meetings", "conversations", "visits", "calls", "engagements", "contacts", "trips")
            and status[0] == "reported"
            and kind != "message"
        ):
            status = ("past", status[1])
        if modifiers & _FUTURE_WORDS:
            status = ("planned", status[1])
        elif modifiers & _PAST_WORDS and status[0] == "reported":
            status = ("past", status[1])
        why = f"noun '{' '.join(trigger.words)}'"
        text_around = self.parse.text[sentence.start : sentence.end]
        if kind == "multilateral":
            return self._multilateral(sentence, i, low, people, status, last, why, verb, carried or took_place)
        if (carried or took_place) and carried and verb is not None:
            subjects = self._subject(verb, sentence)
            if inside:
                root = next((t.i for t in self.parse.words(sentence) if t.dep == "ROOT"), verb)
                subjects = self._subject(root, sentence) or subjects
            part = "participant"
            if kind == "visit":
                people = [(a, "guest") for a in subjects if a.person or a.office] + [
                    x for x in people if x[1] == "host"
                ]
            else:
                people = [(a, part) for a in subjects] + people
            if tokens[verb].lower in forms("host") and kind == "meeting":
                people = [(a, "host" if a in subjects else "guest") for a, _ in people]
            if tokens[verb].lower in forms("initiate"):
                people = [(a, "initiator" if a in subjects else "recipient") for a, _ in people]
        if kind == "message" and trigger.words[-1] in ("greetings", "condolences", "message", "note"):
            sent = verb is not None and tokens[verb].lower in _DISPATCHED
            if not sent and not (_LETTER.search(self.title) and sentence.i < 3):
                return None
        if kind == "message" and verb is not None and (tokens[verb].lower in _SENT or _LETTER.search(self.title)):
            subjects = self._subject(verb, sentence)
            passive = any(tokens[c].dep == "nsubjpass" for c in self.parse.children[verb])
            got = tokens[verb].lower in forms("receive")
            carried_for = tokens[verb].lower in _CARRY and any(p == "initiator" for _, p in people)
            if not passive and not carried_for:
                people = [(a, "recipient" if got else "initiator") for a in subjects] + people
            for prep, o in self._preps([verb], frozenset({"to", "from", "by"}), sentence):
                people += [(a, "recipient" if prep == "to" else "initiator") for a in self._actors(o, sentence)]
                last = max(last, self._mention_last(o))
            for c in self.parse.children[i]:
                if tokens[c].dep in ("acl", "relcl") and tokens[c].lower in ("addressed", "sent", "written"):
                    for _, o in self._preps([c], frozenset({"to"}), sentence):
                        people += [(a, "recipient") for a in self._actors(o, sentence)]
            for c in self.parse.children[verb]:
                if tokens[c].dep == "dative":
                    people += [(a, "recipient") for a in self._actors(c, sentence)]
        if kind == "message" and not {p for _, p in people} >= {"initiator", "recipient"}:
            return None
        if kind == "meeting" and _VIDEO.search(text_around) and re.search(r"video|virtual|online", text_around, re.I):
            kind = "video_call"
        if kind == "phone_call" and trigger.words[-1] in ("call", "conversation") and len(trigger.words) == 1:
            kind = self._channel(sentence, None) if trigger.words[-1] == "conversation" else "phone_call"
            if trigger.words[-1] == "call" and token.pos != "NOUN":
                return None
        if kind == "visit":
            if (
                (
                    (
                        not any(p == "guest" for _, p in people)
                        and verb is not None
                        and tokens[k].dep in ("prep", "pobj")
                    )
                    or (
                        verb is not None
                        and not any(p == "guest" for _, p in people)
                        and tokens[tokens[i].head].lower in ("on", "for", "during")
                    )
                )
                and tokens[tokens[i].head].lower in ("on", "for")
                and verb is not None
            ):
                people += [(a, "guest") for a in self._subject(verb, sentence) if a.person or a.office]
            guests = [x for x in people if x[1] == "guest"]
            hosts = [x for x in people if x[1] == "host"]
            if guests and not hosts:
                place, _, state = self._where(sentence, [i, *([verb] if verb is not None else [])])
                del place
                if (
                    state is None
                    and self.side_issuer
                    and any(tokens[x].lower in ("our", "official", "working", "state") for x in self.parse.children[i])
                    and self.discourse.issuer not in {a.of for a, _ in guests}
                ):
                    around = {t.lower for t in self.parse.words(sentence)}
                    state = self.discourse.issuer if "our" in around else None
                if state is not None and state not in {a.of for a, _ in guests}:
                    hosts = [(Actor(of=state), "host")]
            if guests and not hosts and status[0] != "reported":
                others = {a.of for a in self.discourse.principals if a.of and a.of != guests[0][0].of}
                if len(others) == 1 and guests[0][0].of in {a.of for a in self.discourse.principals}:
                    hosts = [(Actor(of=next(iter(others)), how="the other side of the exchange"), "host")]
            if not guests or not hosts or guests[0][0].of == hosts[0][0].of:
                return None
            people = guests + hosts
        elif kind == "briefing":
            public = self._subject(verb, sentence) if verb is not None else ()
            owners = [a for a, _ in people if a.person]
            speaking = [a for a in (*owners, *public) if a.person or a.office]
            if not speaking:
                return None
            if "joint" in modifiers:
                speaking += [a for a in with_actors if a.key not in {b.key for b in speaking}]
            else:
                speaking = speaking[:1]
                if self.main_like(speaking[0]):
                    return None
            return self._candidate(
                "briefing", sentence, i, [(a, "participant") for a in speaking], status, low, last, why, roots, 0.7
            )
        if (
            len({a.side for a, _ in people if a.side}) == 1
            and with_actors
            and kind in ("meeting", "phone_call", "video_call")
        ):
            if token.dep == "attr":
                # "his last business was a call with Y"
                owner_of = next(
                    (
                        x
                        for c in self.parse.children[token.head]
                        if tokens[c].dep == "nsubj"
                        for x in self.parse.children[c]
                        if tokens[x].dep == "poss"
                    ),
                    None,
                )
                if owner_of is not None:
                    people = [*((a, "participant") for a in self._actors(owner_of, sentence)), *people]
            # "said X after the talks with Y": the other side is the one person the sentence names beside
            side = next(iter({a.side for a, _ in people}))
            beside = [
                a
                for m in self.discourse.mentions
                if sentence.first <= m.first < sentence.last and m.kind in ("person", "title")
                for a in self.discourse.actors_of(m)
                if a.side != side
            ]
            if len({a.key for a in beside}) == 1:
                people = [(beside[0], "participant"), *people]
        if kind in ("meeting", "video_call") and carried and verb is not None:
            members = self._members(verb, sentence)
            if members:
                chair = [
                    (a, "host")
                    for prep, o in self._preps([verb, i], frozenset({"under"}), sentence)
                    for _, x in self._preps([o], frozenset({"of"}), sentence)
                    for a in self._actors(x, sentence)
                ]
                return self._candidate(
                    "multilateral",
                    sentence,
                    i,
                    [*chair, *members],
                    status or ("reported", False),
                    low,
                    last,
                    why,
                    roots,
                    0.6,
                )
        if len({a.side for a, _ in people if a.side}) < 2:
            return None
        first = low
        if verb is not None and carried:
            subject = next((c for c in self.parse.children[verb] if tokens[c].dep in ("nsubj", "nsubjpass")), None)
            if subject is not None:
                first = max(self.parse.subtree(subject)[0], subject - 14)
        return self._candidate(kind, sentence, i, people, status, first, last, why, roots, 0.8)

    def _members(self, verb: int, sentence: Sentence) -> list[tuple[Actor, str]]:
        """ "Foreign ministers of eight SCO member states held ...": the body whose members met."""
        subject = next((c for c in self.parse.children[verb] if self.tokens[c].dep == "nsubj"), None)
        if subject is None or self.tokens[subject].tag not in ("NNS", "NNPS"):
            return []
        low, high = self.parse.subtree(subject)
        for k in range(low, high + 1):
            mention = self.discourse.mention_at(k)
            if mention is not None and mention.of_kind == "org" and mention.kind == "form":
                return [(Actor(of=mention.of[0]), "participant")]
        return []

    def _multilateral(
        self,
        sentence: Sentence,
        i: int,
        low: int,
        people: list[tuple[Actor, str]],
        status: tuple[str, bool],
        last: int,
        why: str,
        verb: int | None,
        held: bool,
    ) -> _Candidate | None:
        """A summit, conference or session: its body, its host, and whoever is said to take part."""
        bodies: list[Actor] = []
        for k in range(max(sentence.first, low - 5), i):
            mention = self.discourse.mention_at(k)
            if mention is not None and mention.of_kind == "org" and mention.kind == "form" and mention.last < i:
                if not any(b.of == mention.of[0] for b in bodies):
                    bodies.append(Actor(of=mention.of[0]))
                low = min(low, mention.first)
        for a, _ in people:
            if a.of and not a.person and a.of not in {b.of for b in bodies}:
                bodies.append(Actor(of=a.of))
        if not bodies and not people:
            return None
        subjects = (
            self._subject(verb, sentence)
            if verb is not None and self.tokens[verb].lower in _DOING | frozenset(forms("address"))
            else ()
        )
        everyone = [(b, "participant") for b in bodies] + [(a, p) for a, p in people if a.person]
        everyone = [(a, "participant") for a in subjects] + everyone
        for prep, o in self._preps([i], frozenset({"in", "by"}), sentence):
            mention = self.discourse.mention_at(o)
            if (
                mention is not None
                and mention.kind in ("form", "side")
                and mention.of_kind == "state"
                and ((prep == "in" and mention.form == "name") or prep == "by")
            ):
                everyone.append((Actor(of=mention.of[0]), "host"))
        for c in self.parse.children[i]:
            if self.tokens[c].dep in ("acl", "relcl") and self.tokens[c].lower in ("hosted", "chaired", "held"):
                for _, o in self._preps([c], frozenset({"by"}), sentence):
                    everyone += [(a, "host") for a in self._actors(o, sentence)]
        head = self.tokens[i].head
        if self.tokens[head].lower == "in" and self.tokens[self.tokens[head].head].lower in (
            "participation",
            "participating",
            "participate",
            "take",
            "part",
        ):
            for c in self.parse.children[self.tokens[head].head]:
                if self.tokens[c].dep == "poss":
                    everyone += [(a, "participant") for a in self._actors(c, sentence)]
        sides = {a.side for a, _ in everyone}
        if not any(b.of for b in bodies if b.of) and len(sides) < 3:
            return None
        del held
        return self._candidate("multilateral", sentence, i, everyone, status, low, last, why, [i], 0.65)

    def _from_title(self, candidates: list[_Candidate]) -> _Candidate | None:
        """The headline tells of a call or a meeting, the lead only of what was said in it: "A has thanked B"."""
        kind = next((k for k, pattern in _TITLE_KINDS if pattern.search(self.title)), None)
        if kind is None or not self.parse.sentences:
            return None
        for sentence in self.parse.sentences[:2]:
            root = next((t.i for t in self.parse.words(sentence) if t.dep == "ROOT"), None)
            if root is None or self.tokens[root].tag not in ("VBD", "VBN", "VBZ"):
                continue
            if _IS_OFF.search(self.parse.text[sentence.start : sentence.end + 90]):
                continue
            subjects = [a for a in self._subject(root, sentence) if a.person or a.office]
            others = [
                a
                for m in self.discourse.mentions
                if root < m.first < sentence.last and m.kind in ("person", "title")
                for a in self.discourse.actors_of(m)
                if a.side and a.side not in {b.side for b in subjects}
            ]
            if not subjects or not others:
                continue
            directed = kind == "phone_call" and re.search(r"\b(?:calls|phones|dials|rings|telephones)\b", self.title)
            people = [(a, "initiator" if directed else "participant") for a in subjects]
            people += [(others[0], "recipient" if directed else "participant")]
            found = self._candidate(
                kind,
                sentence,
                root,
                people,
                ("reported", False),
                max(sentence.first, root - 8),
                root,
                "the headline tells the channel",
                [root],
                0.6,
            )
            if found is not None:
                candidates.append(found)
                return found
        return None

    def _as_past(self, mention: TimeMention) -> TimeMention:
        """The expression as meant of something done: one "will" in a sentence does not turn all its days ahead."""
        if mention.interval is None or self.anchor is None or mention.interval.start <= self.anchor:
            return mention
        again = find_dates(self.parse.text, mention.span.start, mention.span.end, self.anchor, tense="past")
        return again[0] if again and again[0].interval is not None else mention

    def _could_be_today(self, mention: TimeMention) -> bool:
        """A day, not a month or a year, and not ahead of the document."""
        interval = mention.interval
        return (
            interval is not None
            and mention.role == "date"
            and interval.precision == "day"
            and (self.anchor is None or interval.start <= self.anchor)
        )

    def _from_lead(self, candidates: list[_Candidate]) -> _Candidate | None:
        """Two persons are the subject of the opening, and it speaks of talks or a call: that is the exchange."""
        opening = self.parse.sentences[:3]
        if not opening or not _TALK_WORD.search(self.parse.text, opening[0].start, opening[-1].end):
            return None
        if _IS_OFF.search(self.parse.text[opening[0].start : opening[-1].end]):
            return None
        for sentence in opening[:2]:
            for t in self.parse.words(sentence):
                if t.dep != "nsubj" or self.tokens[t.head].tag not in ("VBD", "VBN", "VBZ"):
                    continue
                people = [a for a in self.discourse.resolve(t.i, sentence.first, ()) if a.person]
                if len({a.side for a in people}) != 2:
                    continue
                text = self.parse.text[opening[0].start : opening[-1].end]
                kind = (
                    "phone_call"
                    if re.search(r"\b(?:phone|telephone|call)\b", f"{self.title} {text}", re.I)
                    else "meeting"
                )
                root = self.tokens[t.head].i
                found = self._candidate(
                    kind,
                    sentence,
                    root,
                    [(a, "participant") for a in people],
                    ("reported", False),
                    t.i,
                    root,
                    "the opening has two subjects and speaks of talks",
                    [root],
                    0.5,
                )
                if found is not None:
                    if found.when is None:
                        found.when = next(
                            (w for s2 in opening for w in self.dates_in(s2) if self._could_be_today(w)), None
                        )
                    elif not self._could_be_today(found.when):
                        found.when = None
                    candidates.append(found)
                    return found
        return None

    # -- which one the document is about ---------------------------------------------------------------------------

    def _main(self, candidates: list[_Candidate]) -> _Candidate | None:
        """The exchange that the document is about: the first that is reported in its opening, two-sided before
        visits.
        """
        opening = [
            c
            for c in candidates
            if c.status == "reported" and not c.embedded and c.kind != "briefing" and c.sentence.i < 6
        ]
        ranked = sorted(
            opening, key=lambda c: (c.sentence.i, c.kind in ("visit", "multilateral", "message"), c.trigger)
        )
        for candidate in ranked:
            if candidate.when is not None and self._before(candidate.when.interval):
                continue
            return candidate
        # "X had called Y": told as past, yet nothing else is what the text is about
        for c in sorted(
            (c for c in candidates if c.kind in ("phone_call", "video_call", "meeting", "message")),
            key=lambda c: (c.sentence.i, c.trigger),
        ):
            if (
                c.sentence.i < 3
                and c.status == "past"
                and c.why[0].startswith("verb")
                and not (c.when is not None and self._before(c.when.interval))
            ):
                c.status = "reported"
                return c
        return None

    def _before(self, interval: DateInterval | None, days: int = 4) -> bool:
        """Whether an interval lies clearly before the document's date."""
        if interval is None or self.anchor is None:
            return False
        return interval.end < self.anchor - timedelta(days=days)

    def _merge(self, candidates: list[_Candidate], main: _Candidate | None) -> list[_Candidate]:
        """Candidates of one exchange become one; what lies apart in time is past or planned."""
        if main is not None:
            persons = tuple(a for a, _ in main.people)
            self.discourse.principals = persons
        for c in candidates:
            if c.status == "reported" and c is not main:
                if c.when is not None and c.when.interval is not None and self.anchor is not None:
                    if self._before(c.when.interval) or self._other_day(c, main):
                        c.status = "past"
                    elif c.when.interval.start > self.anchor:
                        if c.kind == "briefing":
                            c.when = self._as_past(c.when)
                        else:
                            c.status = "planned"
                elif c.kind != "briefing" and (c.embedded or self._aside(c, main)):
                    c.status = "past"
            if c.status == "planned" and c.when is not None and self._before(c.when.interval, 1) and not c.embedded:
                c.status = "past"
        out: list[_Candidate] = []
        for c in sorted(candidates, key=lambda c: (c is not main, c.sentence.i, c.trigger)):
            twin = next((o for o in out if self._same(o, c, main)), None)
            if twin is None:
                out.append(c)
                continue
            self._absorb(twin, c)
        return sorted(out, key=lambda c: (c.sentence.i, c.trigger))

    def _other_day(self, c: _Candidate, main: _Candidate | None) -> bool:
        """Other people's exchange on a day before: "three days ago the president sent a message"."""
        if main is None or c.when is None or c.when.interval is None or self.anchor is None or c.kind == "briefing":
            return False
        if c.kind == "multilateral":
            return c.when.interval.end < self.anchor
        people = {a.person for a, _ in c.people if a.person}
        same = people & {a.person for a, _ in main.people if a.person}
        return not same and c.when.interval.end <= self.anchor

    def _aside(self, c: _Candidate, main: _Candidate | None) -> bool:
        """An exchange of other sides, or told in passing far from the opening, belongs to the past."""
        if main is None:
            return c.sentence.i > 4
        if c.sides <= main.sides or main.sides <= c.sides:
            return False
        if (
            c.why[0].startswith("verb")
            and self.tokens[c.trigger].tag == "VBD"
            and {a.person for a, _ in c.people if a.person} & {a.person for a, _ in main.people if a.person}
        ):
            return False
        return c.sentence.i > main.sentence.i + (1 if c.why[0].startswith("verb") else 0)

    def _same(self, a: _Candidate, b: _Candidate, main: _Candidate | None) -> bool:
        family = {"phone_call": "talk", "video_call": "talk", "meeting": "talk"}
        kind_a, kind_b = family.get(a.kind, a.kind), family.get(b.kind, b.kind)
        if kind_a != kind_b:
            return False
        if a.kind == "briefing":
            return (a.sides >= b.sides or a.sides <= b.sides) and a.status == b.status
        if not (a.sides <= b.sides or b.sides <= a.sides):
            return False
        if (
            kind_a == "visit"
            and a.status == "planned"
            and b.status == "reported"
            and b.when is None
            and b.why[0].startswith("noun")
        ):
            return True
        if a.status != b.status and {a.status, b.status} != {"reported", "past"}:
            return False
        if (
            a is main
            and a.when is None
            and self.side_issuer
            and self.anchor is not None
            and b.when is not None
            and b.when.interval is not None
            and b.when.interval.end <= self.anchor
        ):
            return False  # a side's readout tells of its own day; another day is another exchange
        if a.when and b.when and a.when.interval and b.when.interval:
            x, y = a.when.interval, b.when.interval
            if x.end <= y.start or y.end <= x.start:
                return False
        elif ({a.status, b.status} == {"reported", "past"} and (b.when or a.when) and a is not main) or (
            a.status != b.status
            and not (
                a is main
                and b.when is None
                and b.why[0].startswith("verb")
                and {x.key for x, _ in a.people} == {x.key for x, _ in b.people}
            )
        ):
            return False
        pa = {x.person for x, _ in a.people if x.person}
        pb = {x.person for x, _ in b.people if x.person}
        if pa and pb and not pa & pb and kind_a == "talk":
            return False
        return not (
            pa
            and pb
            and len(pa) > 1
            and len(pb) > 1
            and len(pa & pb) == 1
            and pa != pb
            and not pa <= pb
            and not pb <= pa
        )

    def _absorb(self, a: _Candidate, b: _Candidate) -> None:
        rank = {"participant": 0, "guest": 1, "host": 1, "initiator": 2, "recipient": 2}
        for actor, part in b.people:
            for n, (mine, my_part) in enumerate(a.people):
                if mine.side == actor.side and (mine.person == actor.person or not actor.person or not mine.person):
                    better = mine if mine.person or not actor.person else actor
                    a.people[n] = (better, part if rank[part] > rank[my_part] else my_part)
                    break
        if (
            a.when is None
            and b.when is not None
            and b.when.interval is not None
            and b.when.interval.precision in ("day", "days")
        ):
            a.when = b.when
        if a.place is None:
            a.place, a.place_words = b.place, b.place_words
        a.weight = min(0.97, a.weight + 0.04)

    # -- records ---------------------------------------------------------------------------------------------------

    def _build(self, candidates: list[_Candidate]) -> list[Encounter]:
        out: list[Encounter] = []
        counts: dict[tuple[str, Span], int] = {}
        digest = self.document.digest
        for c in candidates:
            interval, words, how = self._date(c)
            ordinal = counts.get(("encounter", c.evidence), 0)
            counts[("encounter", c.evidence)] = ordinal + 1
            people = [(a, p) for a, p in c.people]
            if c.kind in ("phone_call", "video_call", "message"):
                parts = {p for _, p in people}
                if "initiator" in parts and "participant" in parts:
                    people = [(a, "recipient" if p == "participant" else p) for a, p in people]
            if (c.kind in ("phone_call", "video_call") and c is candidates[0]) or (
                c.kind == "phone_call" and c.status == "reported"
            ):
                began = self._initiative({a.of for a, _ in people if a.of})
                if began is not None:
                    people = [(a, "initiator" if a.of == began else "recipient") for a, _ in people]
                    c.why.append("who began it is told by 'initiative' or 'request'")
            if c.kind == "meeting":
                if all(p == "participant" for _, p in people):
                    host = self._host(c, candidates)
                    if host is not None:
                        people = [(a, "host" if a.of == host else "guest") for a, _ in people]
                parts = {p for _, p in people}
                if "host" in parts:
                    people = [(a, "guest" if p == "participant" else p) for a, p in people]
            if c.kind == "meeting" and (
                len({a.side for a, _ in people}) > 2
                or any(
                    a.of and len(a.of) != 3 and not a.person and not a.office and not a.of.startswith("X-")
                    for a, _ in people
                )
            ):
                c.kind = "multilateral"
            weight = c.weight if c.status == "reported" else c.weight - 0.15
            if any(a.certainty != "known" for a, _ in people):
                weight -= 0.1
                reason = "a participant is only probable"
            else:
                reason = c.why[0]
            out.append(
                Encounter(
                    id=item_id(digest, "encounter", c.evidence, ordinal),
                    kind=c.kind,
                    status=c.status,
                    participants=tuple(Participant(actor=a, part=p) for a, p in people),
                    evidence=c.evidence,
                    date=interval,
                    date_words=words,
                    place=c.place,
                    place_words=c.place_words,
                    confidence=Confidence(value=max(0.2, round(weight, 2)), reason=reason),
                    why=(*c.why, f"status {c.status}", how),
                )
            )
        return out

    def _initiative(self, sides: set[str]) -> str | None:
        """The side that asked for the talk: "at the initiative of", "at the request of", "the call came from"."""
        for match in _INITIATIVE.finditer(self.parse.text):
            at = next((t.i for t in self.parse.tokens if t.end > match.start()), None)
            if at is None:
                continue
            sentence = self.parse.sentences[self.parse.tokens[at].sent]
            word = next((t.i for t in self.parse.words(sentence) if t.end >= match.end()), at)
            for k in (*range(word, min(sentence.last, word + 9)), *range(word, max(sentence.first, word - 9) - 1, -1)):
                mention = self.discourse.mention_at(k)
                if mention is not None:
                    for a in self.discourse.actors_of(mention):
                        if a.of in sides:
                            return a.of
        return None

    def _host(self, c: _Candidate, candidates: list[_Candidate]) -> str | None:
        """Whose ground a meeting took place on: a visit of the same sides, or the only place of one side in the
        sentence.
        """
        sides = {a.of for a, _ in c.people if a.of}
        if len(sides) != 2:
            return None
        for v in candidates:
            if v.kind == "visit" and {a.of for a, _ in v.people} == sides and v.status == c.status:
                return next((a.of for a, p in v.people if p == "host"), None)
        for k in range(c.sentence.first + 1, c.sentence.last):
            mention = self.discourse.mention_at(k)
            if (
                mention is not None
                and mention.first == k
                and mention.kind == "form"
                and mention.form in ("capital", "metonym", "name")
            ):
                before = self.tokens[k - 1].lower
                if (
                    before in ("in", "to")
                    and mention.of
                    and mention.of[0] in sides
                    and (mention.form == "capital" or before == "in")
                ):
                    return mention.of[0]
        return None

    def _date(self, c: _Candidate) -> tuple[DateInterval | None, Span | None, str]:
        if c.when is not None and c.when.interval is not None:
            return c.when.interval, c.when.span, f"date: {c.when.rule}"
        if c.status == "reported" and self.anchor is not None and self.side_issuer:
            return DateInterval.day(self.anchor), None, "date: a side's own readout takes the document's date"
        dateline = self.document.dateline
        if c.status == "reported" and dateline is not None and dateline.date is not None:
            return DateInterval.day(dateline.date), None, "date: the dateline's, no word of time says otherwise"
        return None, None, "no words of time"


def with_speakers(encounters: Sequence[Encounter], statements: Sequence[Statement]) -> list[Encounter]:
    """A conference told by its body alone gets those who are told to have spoken there as participants."""
    out: list[Encounter] = []
    for e in encounters:
        named = [p for p in e.participants if p.actor.person]
        if e.kind != "multilateral" or e.status != "reported" or len(named) > 1:
            out.append(e)
            continue
        spoke: dict[str, Actor] = {p.actor.side: p.actor for p in named}
        for s in statements:
            if s.attribution == "explicit" and len(s.speakers) == 1 and s.speakers[0].person:
                spoke.setdefault(s.speakers[0].side, s.speakers[0])
        if len(spoke) < 3:
            out.append(e)
            continue
        parts = {p.actor.key: p.part for p in named}
        people = tuple(Participant(actor=a, part=parts.get(a.key, "participant")) for a in spoke.values())
        out.append(replace(e, participants=people, why=(*e.why, "participants: who spoke there")))
    return out


def day_of(document: Document) -> date | None:
    """The day that words of time are counted from."""
    return document.anchor


__all__ = ["EncounterFinder", "Mention"]
