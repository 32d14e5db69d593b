"""Exchanges that a noun tells: "held a meeting with", "X's visit to Moscow", "a letter from", "the NATO summit".

A noun is read in steps, each of which adds to what is known of it: the verb that carries it, the parties that
prepositions, names before it and possessors give, how it stands, and what its kind asks for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from readout.extracting.candidates import Candidate, Trigger
from readout.extracting.exchange_clauses import VIDEO, ExchangeClauses
from readout.lexicons.inflection import forms
from readout.records import Actor, Sentence

_FUTURE_WORDS = frozenset(
    """upcoming forthcoming planned scheduled expected future next due slated plans plan planning set prepare preparing
    preparation agreed intends hope hopes invited invitation invite ahead proposed possible potential""".split()
)
_PAST_WORDS = frozenset("previous earlier last recent former past previously recently ago".split())
_MANY = frozenset("rounds meetings conversations visits calls engagements contacts trips".split())
_SENT = frozenset(
    f
    for w in ("send", "receive", "write", "deliver", "convey", "address", "extend", "hand", "exchange")
    for f in forms(w)
)
_CARRY = frozenset(f for w in ("hand", "deliver", "convey", "pass", "bring", "present") for f in forms(w))
_DISPATCHED = frozenset(f for w in ("send", "write", "deliver", "hand", "receive", "exchange") for f in forms(w))
_LETTER = re.compile(r"\b(?:condolences|greetings|telegram|message|letter|congratulat\w+)\b", re.I)
_DOING = frozenset(
    f
    for w in """hold have conduct take pay make begin start lead attend host complete conclude finish continue join
    participate initiate wrap chair""".split()
    for f in forms(w)
)
_TOOK_PLACE = frozenset("held took place began started concluded ended focused lasted convened covered came".split())
_TALKS = ("meeting", "phone_call", "video_call")
_PREPOSITIONS = frozenset({"with", "between", "among", "of", "from", "to", "by"})
_MESSAGE_PARTS = {
    "from": "initiator", "of": "initiator", "by": "initiator", "to": "recipient", "with": "participant",
}  # fmt: skip


@dataclass(slots=True)
class _Noun:
    """What is known of one noun of exchange while it is read.

    The noun is ``inside`` another act ("said in a call with"), ``carried`` by ``verb``, or itself what ``took_place``;
    ``beside`` are those whom a preposition names.
    """

    sentence: Sentence
    low: int
    at: int
    trigger: Trigger
    kind: str
    verb: int | None
    inside: bool
    carried: bool
    took_place: bool
    last: int
    status: tuple[str, bool] = ("reported", False)
    people: list[tuple[Actor, str]] = field(default_factory=list)
    beside: list[Actor] = field(default_factory=list)
    modifiers: frozenset[str] = frozenset()

    @property
    def why(self) -> str:
        """How it was found."""
        return f"noun '{' '.join(self.trigger.words)}'"

    @property
    def roots(self) -> list[int]:
        """The tokens that its prepositions hang on."""
        return [self.at, *([self.verb] if self.verb is not None and (self.carried or self.took_place) else [])]

    @property
    def sides(self) -> set[str]:
        """The sides found so far."""
        return {a.side for a, _ in self.people if a.side}

    def having(self, part: str) -> list[tuple[Actor, str]]:
        """Those with one part."""
        return [x for x in self.people if x[1] == part]


class ExchangeNouns(ExchangeClauses):
    """Reads a noun of the lexicon with the verb that carries it."""

    def _noun(self, sentence: Sentence, low: int, i: int, trigger: Trigger) -> Candidate | None:
        n = self._carried(sentence, low, i, trigger)
        self._by_prepositions(n)
        self._named_before(n)
        self._possessors(n)
        if not self._stands(n):
            return None
        if n.kind == "multilateral":
            return self._multilateral(n)
        self._subjects_of_carrier(n)
        if n.kind == "message" and not self._message(n):
            return None
        if not self._channel_of(n):
            return None
        if n.kind == "visit":
            if not self._visit(n):
                return None
        elif n.kind == "briefing":
            return self._briefing(n)
        self._other_side(n)
        if n.kind in ("meeting", "video_call") and n.carried and n.verb is not None:
            members = self._members(n.verb, sentence)
            if members:
                return self._of_noun(n, low, [*self._chair(n), *members], 0.6, "multilateral")
        if len(n.sides) < 2:
            return None
        first = low
        if n.verb is not None and n.carried:
            subject = next(
                (c for c in self.parse.children[n.verb] if self.tokens[c].dep in ("nsubj", "nsubjpass")), None
            )
            if subject is not None:
                first = max(self.parse.subtree(subject)[0], subject - 14)
        return self._of_noun(n, first, n.people, 0.8)

    def _of_noun(
        self, n: _Noun, first: int, people: Sequence[tuple[Actor, str]], weight: float, kind: str | None = None
    ) -> Candidate | None:
        return self._candidate(
            kind or n.kind, n.sentence, n.at, list(people), n.status, first, n.last, n.why, n.roots, weight
        )

    def _carried(self, sentence: Sentence, low: int, i: int, trigger: Trigger) -> _Noun:
        """The noun with the verb that carries it: "held a meeting with", "paid a visit to"."""
        tokens = self.tokens
        k, verb = i, None
        for _ in range(4):
            head = tokens[k].head
            if head == k:
                break
            if tokens[head].pos in ("VERB", "AUX"):
                verb = head
                break
            k = head
        dep = tokens[k].dep
        inside = (
            verb is not None
            and dep == "prep"
            and tokens[k].lower in ("in", "during")
            and trigger.kind in _TALKS
            and tokens[i].tag != "NNS"
        )
        carried = inside or (
            verb is not None
            and tokens[verb].lower in _DOING
            and dep in ("dobj", "nsubjpass", "nsubj", "prep", "oprd", "attr", "pobj")
        )
        took_place = verb is not None and dep in ("nsubj", "nsubjpass") and tokens[verb].lower in _TOOK_PLACE
        return _Noun(sentence, low, i, trigger, trigger.kind, verb, inside, carried, took_place, i)

    def _by_prepositions(self, n: _Noun) -> None:
        """ "with X", "between X and Y", "to Moscow", "from X"."""
        chaired = n.verb is not None and self.tokens[n.verb].lower in (
            "chaired", "attended", "led", "hosted", "held", "joined",
        )  # fmt: skip
        hung = self._preps(n.roots, _PREPOSITIONS, n.sentence)
        if n.verb is not None and n.verb not in n.roots and self.tokens[n.verb].lower == "received":
            # "received a phone call on Monday from X": hung on the verb
            hung += self._preps([n.verb], frozenset({"from"}), n.sentence, after=n.at)
        for prep, o in hung:
            if prep == "to" and n.kind not in ("visit", "message"):
                continue
            if prep == "of" and n.kind not in ("visit", "multilateral", "meeting"):
                continue
            if prep == "by" and n.kind not in ("visit", "message") and not chaired:
                continue
            found = self._actors(o, n.sentence)
            if not found:
                continue
            n.last = max(n.last, self._mention_last(o))
            if n.kind == "visit":
                mention = self.discourse.mention_at(o)
                if prep == "to":
                    if (
                        mention is not None
                        and mention.kind == "form"
                        and mention.of_kind == "state"
                        and mention.form != "demonym"
                    ):
                        n.people.append((Actor(of=found[0].of), "host"))
                elif prep in ("of", "by") and any(a.person or a.office for a in found):
                    n.people += [(a, "guest") for a in found]
                continue
            if n.kind == "message":
                n.people += [(a, _MESSAGE_PARTS.get(prep, "participant")) for a in found]
                continue
            called = prep == "from" and n.kind in ("phone_call", "video_call")
            n.beside += found
            n.people += [(a, "initiator" if called else "participant") for a in found]

    def _named_before(self, n: _Noun) -> None:
        """ "Iran-US talks", "the Russia-NATO Council"."""
        if n.kind not in _TALKS:
            return
        tokens = self.tokens
        before: list[Actor] = []
        k = n.low - 1
        while k >= n.sentence.first and n.low - k < 9:
            mention = self.discourse.mention_at(k)
            if mention is not None and mention.kind == "form":
                before = [*self.discourse.actors_of(mention), *before]
                k = mention.first - 1
                continue
            if (
                tokens[k].text in ("-", "–", "and", "/")
                or tokens[k].pos in ("ADJ", "NUM")
                or tokens[k].lower in ("level", "round", "of", "indirect")
            ):
                k -= 1
                continue
            break
        if len({a.of for a in before}) > 1:
            n.people += [(a, "participant") for a in before]

    def _possessors(self, n: _Noun) -> None:
        """ "X's meeting with Y", "his visit to Moscow"."""
        for c in self.parse.children[n.at]:
            if self.tokens[c].dep != "poss":
                continue
            owner = self._actors(c, n.sentence)
            if not owner and self.tokens[c].lower in ("their", "his", "her"):
                owner = self._subject(self._root(n.sentence, n.at), n.sentence)
            if n.kind == "visit":
                n.people += [(a, "guest") for a in owner if a.person or a.office]
            elif n.kind == "message":
                n.people += [(a, "initiator") for a in owner]
            elif n.kind != "multilateral":
                n.people += [(a, "participant") for a in owner]

    def _root(self, sentence: Sentence, otherwise: int) -> int:
        return next((t.i for t in self.parse.words(sentence) if t.dep == "ROOT"), otherwise)

    def _stands(self, n: _Noun) -> bool:
        """Reported, past or planned, by the verb and the words around the noun; False where it is denied."""
        tokens, i = self.tokens, n.at
        if n.verb is not None:
            status = self._status(n.verb, n.sentence, i)
            if status is None:
                return False
            n.status = status
        if n.status[0] == "planned" and any(
            tokens[c].dep == "acl" and tokens[c].lower == "held" for c in self.parse.children[i]
        ):
            n.status = ("reported", n.status[1])  # "during their meeting held today"
        before = tokens[n.low - 1].lower if n.low > n.sentence.first else ""
        n.modifiers = frozenset({tokens[c].lower for c in self.parse.children[i]} | {before})
        rounds = any(t.lower == "rounds" for t in tokens[max(n.sentence.first, i - 4) : i])
        if (rounds or tokens[i].lower in _MANY) and n.status[0] == "reported" and n.kind != "message":
            n.status = ("past", n.status[1])
        if n.modifiers & _FUTURE_WORDS:
            n.status = ("planned", n.status[1])
        elif n.modifiers & _PAST_WORDS and n.status[0] == "reported":
            n.status = ("past", n.status[1])
        return True

    def _subjects_of_carrier(self, n: _Noun) -> None:
        """Who held, paid or hosted it."""
        if not n.carried or n.verb is None:
            return
        subjects = self._subject(n.verb, n.sentence)
        if n.inside:
            subjects = self._subject(self._root(n.sentence, n.verb), n.sentence) or subjects
        if n.kind == "visit":
            n.people = [(a, "guest") for a in subjects if a.person or a.office] + n.having("host")
        else:
            n.people = [(a, "participant") for a in subjects] + n.people
        if self.tokens[n.verb].lower in forms("host") and n.kind == "meeting":
            n.people = [(a, "host" if a in subjects else "guest") for a, _ in n.people]
        if self.tokens[n.verb].lower in forms("initiate"):
            n.people = [(a, "initiator" if a in subjects else "recipient") for a, _ in n.people]

    def _message(self, n: _Noun) -> bool:
        """Who sent it and who got it; False where one of the two is not told."""
        tokens, verb = self.tokens, n.verb
        if n.trigger.words[-1] in ("greetings", "condolences", "message", "note"):
            sent = verb is not None and tokens[verb].lower in _DISPATCHED
            if not sent and not (_LETTER.search(self.title) and n.sentence.i < 3):
                return False
        if verb is not None and (tokens[verb].lower in _SENT or _LETTER.search(self.title)):
            subjects = self._subject(verb, n.sentence)
            passive = any(tokens[c].dep == "nsubjpass" for c in self.parse.children[verb])
            got = tokens[verb].lower in forms("receive")
            carried_for = tokens[verb].lower in _CARRY and bool(n.having("initiator"))
            if not passive and not carried_for:
                n.people = [(a, "recipient" if got else "initiator") for a in subjects] + n.people
            for prep, o in self._preps([verb], frozenset({"to", "from", "by"}), n.sentence):
                part = "recipient" if prep == "to" else "initiator"
                n.people += [(a, part) for a in self._actors(o, n.sentence)]
                n.last = max(n.last, self._mention_last(o))
            for c in self.parse.children[n.at]:
                if tokens[c].dep in ("acl", "relcl") and tokens[c].lower in ("addressed", "sent", "written"):
                    for _, o in self._preps([c], frozenset({"to"}), n.sentence):
                        n.people += [(a, "recipient") for a in self._actors(o, n.sentence)]
            for c in self.parse.children[verb]:
                if tokens[c].dep == "dative":
                    n.people += [(a, "recipient") for a in self._actors(c, n.sentence)]
        return bool(n.having("initiator") and n.having("recipient"))

    def _channel_of(self, n: _Noun) -> bool:
        """The channel that the words around tell; False where "call" is a verb."""
        around = self.parse.text[n.sentence.start : n.sentence.end]
        if n.kind == "meeting" and VIDEO.search(around) and re.search(r"video|virtual|online", around, re.I):
            n.kind = "video_call"
        word = n.trigger.words[-1]
        if n.kind == "phone_call" and word in ("call", "conversation") and len(n.trigger.words) == 1:
            n.kind = self._channel(n.sentence, None) if word == "conversation" else "phone_call"
            if word == "call" and self.tokens[n.at].pos != "NOUN":
                return False
        return True

    def _visit(self, n: _Noun) -> bool:
        """The guests and the ground; False where one of them is not told."""
        tokens, verb, above = self.tokens, n.verb, self.tokens[self.tokens[n.at].head].lower
        if verb is not None and not n.having("guest") and above in ("on", "for"):
            n.people += [(a, "guest") for a in self._subject(verb, n.sentence) if a.person or a.office]
        guests, hosts = n.having("guest"), n.having("host")
        if guests and not hosts:
            _, _, state = self._where(n.sentence, [n.at, *([verb] if verb is not None else [])])
            if (
                state is None
                and self.side_issuer
                and any(tokens[x].lower in ("our", "official", "working", "state") for x in self.parse.children[n.at])
                and self.discourse.issuer not in {a.of for a, _ in guests}
            ):
                around = {t.lower for t in self.parse.words(n.sentence)}
                state = self.discourse.issuer if "our" in around else None
            if state is not None and state not in {a.of for a, _ in guests}:
                hosts = [(Actor(of=state), "host")]
        if guests and not hosts and n.status[0] != "reported":
            others = {a.of for a in self.discourse.principals if a.of and a.of != guests[0][0].of}
            if len(others) == 1 and guests[0][0].of in {a.of for a in self.discourse.principals}:
                hosts = [(Actor(of=next(iter(others)), how="the other side of the exchange"), "host")]
        n.people = guests + hosts
        return bool(guests and hosts) and guests[0][0].of != hosts[0][0].of

    def _briefing(self, n: _Noun) -> Candidate | None:
        """A press conference: who owns it or speaks there; a joint one has those beside too."""
        public = self._subject(n.verb, n.sentence) if n.verb is not None else ()
        speaking = [a for a in (*(a for a, _ in n.people if a.person), *public) if a.person or a.office]
        if not speaking:
            return None
        if "joint" in n.modifiers:
            speaking += [a for a in n.beside if a.key not in {b.key for b in speaking}]
        else:
            speaking = speaking[:1]
            if self.main_like(speaking[0]):
                return None
        return self._of_noun(n, n.low, [(a, "participant") for a in speaking], 0.7)

    def _other_side(self, n: _Noun) -> None:
        """One side alone was found: the other owns the clause, or is the one person that the sentence names beside."""
        if len(n.sides) != 1 or not n.beside or n.kind not in _TALKS:
            return
        tokens, token = self.tokens, self.tokens[n.at]
        if token.dep == "attr":  # "his last business was a call with Y"
            owner = next(
                (
                    x
                    for c in self.parse.children[token.head]
                    if tokens[c].dep == "nsubj"
                    for x in self.parse.children[c]
                    if tokens[x].dep == "poss"
                ),
                None,
            )
            if owner is not None:
                n.people = [*((a, "participant") for a in self._actors(owner, n.sentence)), *n.people]
        # "said X after the talks with Y"
        side = next(iter({a.side for a, _ in n.people}))
        named = [
            a
            for m in self.discourse.mentions
            if n.sentence.first <= m.first < n.sentence.last and m.kind in ("person", "title")
            for a in self.discourse.actors_of(m)
            if a.side != side
        ]
        if len({a.key for a in named}) == 1:
            n.people = [(named[0], "participant"), *n.people]

    def _chair(self, n: _Noun) -> list[tuple[Actor, str]]:
        """ "... under the chairmanship of X": X."""
        if n.verb is None:
            return []
        return [
            (a, "host")
            for _, o in self._preps([n.verb, n.at], frozenset({"under"}), n.sentence)
            for _, x in self._preps([o], frozenset({"of"}), n.sentence)
            for a in self._actors(x, n.sentence)
        ]

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

    def _multilateral(self, n: _Noun) -> Candidate | None:
        """A summit, conference or session: its body, its host, and whoever is said to take part."""
        tokens, i, low = self.tokens, n.at, n.low
        bodies: list[Actor] = []
        for k in range(max(n.sentence.first, low - 5), i):
            mention = self.discourse.mention_at(k)
            if mention is not None and mention.of_kind == "org" and mention.kind == "form" and mention.last < i:
                if not any(b.of == mention.of[0] for b in bodies):
                    bodies.append(Actor(of=mention.of[0]))
                low = min(low, mention.first)
        for a, _ in n.people:
            if a.of and not a.person and a.of not in {b.of for b in bodies}:
                bodies.append(Actor(of=a.of))
        if not bodies and not n.people:
            return None
        doing = n.verb is not None and tokens[n.verb].lower in _DOING | frozenset(forms("address"))
        subjects = self._subject(n.verb, n.sentence) if n.verb is not None and doing else ()
        everyone = [(a, "participant") for a in subjects]
        everyone += [(b, "participant") for b in bodies] + [(a, p) for a, p in n.people if a.person]
        for prep, o in self._preps([i], frozenset({"in", "by"}), n.sentence):
            mention = self.discourse.mention_at(o)
            if (
                mention is not None
                and mention.kind in ("form", "side")
                and mention.of_kind == "state"
                and ((prep == "in" and mention.form == "name") or prep == "by")
            ):
                everyone.append((Actor(of=mention.of[0]), "host"))
        for c in self.parse.children[i]:
            if tokens[c].dep in ("acl", "relcl") and tokens[c].lower in ("hosted", "chaired", "held"):
                for _, o in self._preps([c], frozenset({"by"}), n.sentence):
                    everyone += [(a, "host") for a in self._actors(o, n.sentence)]
        everyone += self._taking_part(n)
        if not any(b.of for b in bodies) and len({a.side for a, _ in everyone}) < 3:
            return None
        return self._candidate("multilateral", n.sentence, i, everyone, n.status, low, n.last, n.why, [i], 0.65)

    def _taking_part(self, n: _Noun) -> list[tuple[Actor, str]]:
        """ "his participation in the summit": he."""
        head = self.tokens[n.at].head
        above = self.tokens[head].head
        words = ("participation", "participating", "participate", "take", "part")
        if self.tokens[head].lower != "in" or self.tokens[above].lower not in words:
            return []
        return [
            (a, "participant")
            for c in self.parse.children[above]
            if self.tokens[c].dep == "poss"
            for a in self._actors(c, n.sentence)
        ]
