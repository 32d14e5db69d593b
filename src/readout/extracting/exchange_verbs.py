"""Exchanges that a verb tells: "met", "spoke with", "received", "paid a visit to"."""

from __future__ import annotations

from collections.abc import Sequence

from readout.extracting.candidates import Candidate, Trigger
from readout.extracting.exchange_clauses import VIDEO, ExchangeClauses
from readout.records import Actor, Sentence

_WHEN = frozenset("today yesterday morning afternoon evening noon".split())


class ExchangeVerbs(ExchangeClauses):
    """Reads a verb of the lexicon with its subject, objects and prepositions."""

    def _verb(self, sentence: Sentence, i: int, end: int, trigger: Trigger) -> Candidate | None:
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
            for k in range(end + 1, min(sentence.last, end + 12)):
                mention = self.discourse.mention_at(k)
                if mention is not None and mention.kind in ("person", "title"):
                    objects = list(self.discourse.actors_of(mention))
                    last = mention.last
                    break
                if tokens[k].pos == "VERB" or (tokens[k].pos == "NOUN" and tokens[k].lower not in _WHEN):
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
        if kind == "meeting" and VIDEO.search(self.parse.text[sentence.start : sentence.end]):
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

    def _visit_verb(
        self,
        sentence: Sentence,
        i: int,
        end: int,
        trigger: Trigger,
        subjects: Sequence[Actor],
        status: tuple[str, bool],
        why: str,
    ) -> Candidate | None:
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
