"""Encounters: who met, called, wrote to or visited whom; reported, past or planned; by which channel; who began it.

A trigger (verb or noun of the lexicon) opens a candidate; its grammar gives the participants; candidates that tell of
one exchange are merged. The first exchange that the document is about gives the discourse its principals, to whom
"the two sides" points back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from readout.extracting.candidates import Candidate, triggers
from readout.extracting.exchange_clauses import ORGANS
from readout.extracting.exchange_nouns import ExchangeNouns
from readout.extracting.exchange_verbs import ExchangeVerbs
from readout.extracting.merging import Merging
from readout.extracting.openings import Openings
from readout.extracting.unreal import CALLED_OFF_NOUN, OPENS_OFF
from readout.lexicons.inflection import forms
from readout.records import Actor, Confidence, DateInterval, Encounter, Participant, Sentence, Span, Statement, item_id

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
_PUBLIC_SAYING = frozenset(
    f
    for w in ("say", "tell", "write", "announce", "state", "post", "note", "add", "stress", "declare", "warn")
    for f in forms(w)
)
_ONE_OF_TWO = re.compile(
    r"\b(?:at|on|upon) the (?:(?:former|latter)['’]s (?:\w+ )?(?:request|initiative)|"
    r"(?:\w+ )?(?:request|initiative) of the (?:former|latter))\b",
    re.I,
)


class EncounterFinder(ExchangeVerbs, ExchangeNouns, Openings, Merging):
    """Finds the encounters of one document."""

    def find(self) -> list[Encounter]:
        """All encounters, principals set on the way."""
        candidates: list[Candidate] = []
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

    def _in_sentence(self, sentence: Sentence) -> list[Candidate]:
        if any(turn.asks and turn.span.start <= sentence.start < turn.span.end for turn in self.turns):
            return []  # a journalist's question tells nothing
        verbs, nouns = triggers()
        out: list[Candidate] = []
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

    def _called_off(self, candidate: Candidate, sentence: Sentence) -> bool:
        """ "... were due to meet, but the meeting was cancelled": told to the end, nothing took place.

        What is called off must be the exchange itself: its own noun or "it", behind the trigger in the sentence or at
        the head of the next one.
        """
        text, at = self.parse.text, self.tokens[candidate.trigger].start
        off = CALLED_OFF_NOUN.get(candidate.kind)
        if off is None:
            return False
        after = self.parse.sentences[sentence.i + 1] if sentence.i + 1 < len(self.parse.sentences) else None
        nearby = text[after.start : min(after.end, after.start + 90)] if after is not None else ""
        return bool(off.search(text, at, sentence.end)) or bool(OPENS_OFF.match(nearby) and off.search(nearby))

    def _spoken_in_public(self, sentence: Sentence) -> Candidate | None:
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
                return self.tokens[c].lower in ORGANS
        return False

    def _build(self, candidates: list[Candidate]) -> list[Encounter]:
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
        """The side that asked for the talk: "at the request of", "the call came from", "at the latter's request"."""
        if (found := self._former_or_latter(sides)) is not None:
            return found
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

    def _former_or_latter(self, sides: set[str]) -> str | None:
        """ "... spoke with Y, at the latter's request": the one of the two sides that was named first, or last."""
        for match in _ONE_OF_TWO.finditer(self.parse.text):
            named: list[str] = []
            for mention in self.discourse.mentions:
                if self.parse.tokens[mention.first].start >= match.start():
                    break
                named += [a.of for a in self.discourse.actors_of(mention) if a.of in sides]
            last_two = list(dict.fromkeys(reversed(named)))[:2]
            if len(last_two) == 2:
                return last_two[0] if "latter" in match.group().lower() else last_two[1]
        return None

    def _host(self, c: Candidate, candidates: list[Candidate]) -> str | None:
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

    def _date(self, c: Candidate) -> tuple[DateInterval | None, Span | None, str]:
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
