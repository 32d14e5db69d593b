"""Events in one parsed sentence: which words name them, what the words around do to them.

The rules walk down from the main verb. A verb of the lexicon that carries another event (promises it, demands it,
refuses it) is read together with that event; a report is looked through; what is left decides the category.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from readout.coding.clauses import Clauses
from readout.coding.modes import COOPERATIVE, HOSTILE, asked, promised, refused, threatened
from readout.coding.words import Entry, EventLexicon, VerbSense, singulars
from readout.records import Parse, Sentence

_FUTURE = frozenset(["will", "would", "shall", "'ll", "’ll", "wo", "'d", "’d"])
_MAY = frozenset(["may", "might", "could", "can", "ca"])
_PURPOSE_TARGETS = frozenset({"PROTEST", "ACCUSE", "REQUEST", "CONSULT", "AID", "REJECT"})
_MAX_DEPTH = 12

_STOPPED = {"ASSAULT": ("RETREAT", "0871"), "MOBILIZE": ("RETREAT", "087"), "PROTEST": ("RETREAT", "080"),
            "COERCE": ("CONCEDE", "081"), "SANCTION": ("RETREAT", "085"), "AID": ("SANCTION", "162"),
            "COOPERATE": ("SANCTION", "160"), "SUPPORT": ("SANCTION", "160"), "CONSULT": ("SANCTION", "164"),
            "RETREAT": ("REJECT", "124"), "CONCEDE": ("REJECT", "124"), "ACCUSE": ("CONCEDE", "080"),
            "AGREE": ("REJECT", "120")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """An event as the sentence names it: ``words`` are the tokens that carry it, ``verb`` the one its actors hang on.

    ``about`` is the event inside (what was promised, demanded, refused); its own category is ``inner``.
    """

    category: str
    cameo: str
    verb: int
    words: tuple[int, ...]
    negated: bool = False
    modality: str | None = None
    future: bool = False
    inner: str | None = None
    about: int | None = None
    rule: str = ""

    @property
    def empty(self) -> bool:
        """Whether the words only report or plan, and no event was found below."""
        return self.category == "NONE"


class Frames(Clauses):
    """Reads the events of one sentence."""

    def __init__(self, parse: Parse, sentence: Sentence, lexicon: EventLexicon) -> None:
        super().__init__(parse, sentence)
        self.lexicon = lexicon

    # -- the sentence ----------------------------------------------------------------------------------------------

    def find(self) -> list[Found]:
        """The events of the sentence's main statement, in the order of the text; one of each category and verb."""
        root = next((t.i for t in self.parse.words(self.sentence) if t.head == t.i), self.sentence.first)
        out = self._chain(root, 0)
        if not out:
            out = self._anywhere()
        seen: set[tuple[str, int]] = set()
        kept = []
        for found in sorted(out, key=lambda f: f.verb):
            if (found.category, found.verb) not in seen:
                seen.add((found.category, found.verb))
                kept.append(found)
        return kept

    def _chain(self, i: int, depth: int) -> list[Found]:
        """The events at ``i`` and at what is coordinated with it."""
        out: list[Found] = []
        if depth > _MAX_DEPTH:
            return out
        found = self.event(i, depth)
        if found is not None and not found.empty:
            out.append(found)
            clause = self.complement(i)
            if clause is not None and self.that_clause(i) and self._reports(i):
                for c in self.parse.children[clause]:
                    if self.tokens[c].dep == "conj" and self.tokens[c].pos in ("VERB", "AUX"):
                        out += self._chain(c, depth + 1)
        else:
            for c in self.parse.children[i]:
                if self.tokens[c].dep in ("ccomp", "parataxis") or (
                    self.tokens[c].dep == "xcomp" and self.tokens[i].pos in ("VERB", "AUX")
                ):
                    out += self._chain(c, depth + 1)
        for c in self.parse.children[i]:
            if self.tokens[c].dep == "conj" and self.tokens[c].pos in ("VERB", "AUX"):
                out += self._chain(c, depth + 1)
        return out

    def _anywhere(self) -> list[Found]:
        """The first event named anywhere in the sentence, the least deeply embedded before others."""
        tokens = [t for t in self.parse.words(self.sentence) if t.pos in ("VERB", "AUX")]
        for token in sorted(tokens, key=lambda t: (self.depth(t.i), t.i)):
            found = self.event(token.i, 0)
            if found is not None and not found.empty:
                return [replace(found, rule=found.rule + " (in a dependent clause)")]
        for token in self.parse.words(self.sentence):
            if token.pos in ("NOUN", "PROPN"):
                found = self._noun(token.i, 0)
                if found is not None and not found.empty:
                    return [replace(found, rule=found.rule + " (named by a noun)")]
        return []

    # -- one predicate ---------------------------------------------------------------------------------------------

    def event(self, i: int, depth: int) -> Found | None:
        """The event whose head word is ``i``; ``empty`` where only a report or plan is found; None where nothing is."""
        if depth > _MAX_DEPTH:
            return None
        token = self.tokens[i]
        if token.pos in ("NOUN", "PROPN") and not self.is_verbal(i):
            return self._noun(i, depth)
        if token.pos == "ADJ":
            return self._adjective(i, i, depth)
        sense = self._sense(i)
        if token.lower in (
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "being",
            "'s",
            "’s",
            "am",
            "remain",
            "remained",
            "seem",
            "become",
        ):
            copular = self._copular(i, depth)
            if copular is not None and not copular.empty:
                return self._stand(copular, i)
        if sense is None:
            return self._unknown(i, depth)
        entry = sense.entry
        if entry.role is None:
            words = (i, *self.beside(i, sense.beside))
            found = Found(entry.category, entry.cameo or "010", i, words, rule=entry.name)
            return self._stand(self._purpose(found, depth), i)
        found_or_none = self._role(i, entry, self._inner(i, depth), depth)
        if found_or_none is None or found_or_none.empty:
            other = self._second_sense(i, sense)
            if other is not None:
                found = Found(
                    other.entry.category,
                    other.entry.cameo or "010",
                    i,
                    (i, *self.beside(i, other.beside)),
                    rule=other.entry.name,
                )
                return self._stand(self._purpose(found, depth), i)
        if found_or_none is None:
            return None
        if entry.role in ("report", "light", "begin", "plan") and found_or_none.empty:
            purposeful = self._purpose(found_or_none, depth)
            if not purposeful.empty:
                return self._stand(purposeful, i)
        if entry.role == "report":
            return found_or_none if not self.is_negated(i) else replace(found_or_none, negated=True)
        return self._stand(found_or_none, i)

    def _sense(self, i: int) -> VerbSense | None:
        """The most particular sense of the verb at ``i`` whose company is there."""
        senses = self.lexicon.verbs.get(self.tokens[i].lower, ())
        if not senses:
            return None
        said = self.that_clause(i)
        if said:
            for sense in senses:
                if sense.entry.role in ("report", "threaten", "demand", "vow", "promise", "plan") and not sense.beside:
                    return sense
        heads = self.company(i, modifiers=False)
        words = self.company(i)
        best: VerbSense | None = None
        for sense in senses:
            if sense.beside and len(self.beside(i, sense.beside)) < len(sense.beside):
                continue
            if sense.entry.objects and not words & sense.entry.objects:
                continue
            if sense.entry.role == "let" and not self.complement(i) and not self.objects(i):
                continue
            if sense.entry.role == "order" and not self.takes_infinitive(i):
                continue
            if best is None:
                best = sense
                if not sense.entry.objects or heads & sense.entry.objects:
                    return sense
            elif sense.entry.objects and len(sense.beside) == len(best.beside) and heads & sense.entry.objects:
                return sense  # "captured part of a guerrilla stronghold": the stronghold decides, not the guerrilla
        return best

    def _reports(self, i: int) -> bool:
        sense = self._sense(i)
        return sense is not None and sense.entry.role == "report"

    def _second_sense(self, i: int, first: VerbSense) -> VerbSense | None:
        """A sense of the verb without a role, for a verb whose role found nothing to act on."""
        words = self.company(i)
        for sense in self.lexicon.verbs.get(self.tokens[i].lower, ()):
            if sense is first or sense.entry.role is not None:
                continue
            if sense.beside and len(self.beside(i, sense.beside)) < len(sense.beside):
                continue
            if sense.entry.objects and not words & sense.entry.objects:
                continue
            return sense
        return None

    # -- company ---------------------------------------------------------------------------------------------------

    def _inner(self, i: int, depth: int) -> Found | None:
        """The event inside: of the complement clause, else of an object noun, else of a prepositional object."""
        for head in self.objects(i):  # "expressed its readiness to mediate": the readiness first, then what it is for
            entry = self.lexicon.noun((), self.tokens[head].lower)
            if (
                entry is not None
                and entry.role in ("promise", "refuse", "plan", "vow")
                and self.parse.child(head, "acl")
            ):
                found = self._noun(head, depth + 1)
                if found is not None and not found.empty:
                    return found
        clause = self.complement(i)
        if clause is not None:
            found = self.event(clause, depth + 1)
            if found is not None and not found.empty:
                return found
            for c in self.parse.children[clause]:  # "agreed to sit down and negotiate"
                if self.tokens[c].dep == "conj" and self.tokens[c].pos in ("VERB", "AUX"):
                    other = self.event(c, depth + 1)
                    if other is not None and not other.empty:
                        return other
        for head in self.objects(i):
            found = self._noun(head, depth + 1)
            if found is not None:
                return found
        for c in self.parse.children[i]:
            if self.tokens[c].dep == "prep" and self.tokens[c].lower in (
                "to",
                "for",
                "on",
                "in",
                "into",
                "of",
                "with",
                "from",
                "against",
                "at",
            ):
                for d in self.parse.children[c]:
                    if self.tokens[d].dep == "pobj":
                        found = self._noun(d, depth + 1)
                        if found is not None:
                            return found
        return None

    # -- nouns and adjectives --------------------------------------------------------------------------------------

    def _noun(self, i: int, depth: int) -> Found | None:
        """The event that a noun phrase names: "a series of air raids", "a promise to help"."""
        if depth > _MAX_DEPTH or self.tokens[i].pos not in ("NOUN", "PROPN", "VERB", "ADJ"):
            return None
        around = {
            f
            for c in self.parse.children[i]
            if self.tokens[c].dep in ("compound", "amod", "nmod")
            for f in singulars(self.tokens[c].lower)
        }
        entry = self.lexicon.noun(around, self.tokens[i].lower)
        if entry is not None:
            if entry.role is not None:
                return self._role(i, entry, self._noun_inner(i, depth), depth)
            return Found(entry.category, entry.cameo or "010", i, (i,), rule=f"{entry.name} (noun)")
        for c in self.parse.children[i]:
            if self.tokens[c].dep == "prep" and self.tokens[c].lower == "of":
                for d in self.parse.children[c]:
                    if self.tokens[d].dep == "pobj":
                        found = self._noun(d, depth + 1)
                        if found is not None:
                            return replace(found, words=(i, *found.words))
        for c in self.parse.children[i]:
            if self.tokens[c].dep in ("compound", "conj") and self.tokens[c].pos in ("NOUN", "PROPN"):
                entry = self.lexicon.noun((), self.tokens[c].lower)
                if entry is not None and entry.role is None:
                    return Found(entry.category, entry.cameo or "010", i, (c, i), rule=f"{entry.name} (noun)")
        return None

    def _noun_inner(self, i: int, depth: int) -> Found | None:
        clause = self.parse.child(i, "acl", "ccomp", "relcl")
        if clause is not None:
            found = self.event(clause, depth + 1)
            if found is not None and not found.empty:
                return found
        for c in self.parse.children[i]:
            if self.tokens[c].dep == "prep":
                for d in self.parse.children[c]:
                    found = self._noun(d, depth + 1) if self.tokens[d].dep == "pobj" else self.event(d, depth + 1)
                    if found is not None:
                        return found
            elif self.tokens[c].dep in ("compound", "amod"):
                entry = self.lexicon.noun((), self.tokens[c].lower)
                if entry is not None and entry.role is None:
                    return Found(entry.category, entry.cameo or "010", i, (c, i), rule=f"{entry.name} (noun)")
        return None

    def _copular(self, i: int, depth: int) -> Found | None:
        for c in self.parse.children[i]:
            token = self.tokens[c]
            if token.dep == "acomp" and token.pos in ("ADJ", "VERB", "ADV"):
                found = self._adjective(c, i, depth)
                if found is not None:
                    return found
            if token.dep == "attr":
                found = self._noun(c, depth + 1)
                if found is not None:
                    return found
            if token.dep == "prep" and token.lower in ("on", "under", "at", "in"):
                inner = self.parse.child(c, "pobj")
                if inner is not None:
                    found = self._noun(inner, depth + 1)
                    if found is not None:
                        return found
            if token.dep == "xcomp" and token.tag == "VB":  # "is to visit"
                found = self.event(c, depth + 1)
                if found is not None and not found.empty:
                    return self._planned(found, i)
        return None

    def _adjective(self, c: int, verb: int, depth: int) -> Found | None:
        entry = self.lexicon.adjectives.get(self.tokens[c].lower)
        if entry is None:
            return None
        inner = self._inner(c, depth)
        if entry.role is None:
            return Found(entry.category, entry.cameo or "010", verb, (c,), rule=entry.name)
        found = self._role(c, entry, inner, depth)
        if found is not None and self.is_negated(c):
            found = self._stand(found, c)
        return replace(found, verb=verb) if found is not None else None

    def _unknown(self, i: int, depth: int) -> Found | None:
        """A verb outside the lexicon: its complement, an event noun that takes place, its purpose."""
        clause = self.complement(i)
        if clause is not None and self.tokens[clause].dep in ("xcomp", "ccomp"):
            found = self.event(clause, depth + 1)
            if found is not None and not found.empty:
                return self._stand(found, i)
        empty = Found("NONE", "010", i, (i,))
        purposeful = self._purpose(empty, depth)
        if not purposeful.empty:
            return self._stand(purposeful, i)
        for c in self.parse.children[i]:
            if self.tokens[c].dep in ("nsubj", "nsubjpass", "dobj"):
                found = self._noun(c, depth + 1)
                if found is not None and not found.empty and self.tokens[c].lower not in ("statement", "report"):
                    return self._stand(replace(found, verb=i), i)
        for c in self.parse.children[i]:
            if self.tokens[c].dep == "prep" and self.tokens[c].lower in ("in", "to", "for", "into", "by", "with", "on"):
                inner = self.parse.child(c, "pobj")
                if inner is not None:
                    found = self._noun(inner, depth + 1)
                    if found is not None and not found.empty:
                        return self._stand(replace(found, verb=i), i)
        return None

    def _purpose(self, found: Found, depth: int) -> Found:
        """The same event, or the one it serves: "summoned the envoy to complain", "blocked roads to protest"."""
        if found.category not in ("NONE", "PROTEST", "CONSULT", "MOBILIZE", "COERCE", "ASSAULT", "REJECT"):
            return found
        for c in self.parse.children[found.verb]:
            token = self.tokens[c]
            if token.dep not in ("advcl", "xcomp", "ccomp", "prep") or c < found.verb:
                continue
            inner: Found | None
            if token.dep == "prep":
                if token.lower not in ("in", "for", "of", "against") or found.category not in ("NONE", "COERCE"):
                    continue
                target = self.parse.child(c, "pobj")
                inner = self._noun(target, depth + 1) if target is not None else None
                if inner is None or inner.category != "PROTEST":
                    continue
                return replace(inner, verb=found.verb, words=(found.verb, *inner.words))
            if token.tag not in ("VB", "VBG") or any(self.tokens[d].dep == "mark" for d in self.parse.children[c]):
                continue
            if found.category not in ("NONE",) and not self.has_to(c) and token.tag == "VB":
                continue
            inner = self.event(c, depth + 1)
            if inner is None or inner.empty:
                continue
            protests = inner.category == "PROTEST" or "protest" in token.lower
            if found.category == "NONE":
                if inner.category in _PURPOSE_TARGETS or token.tag == "VBG":
                    return replace(inner, verb=found.verb, words=(found.verb, *inner.words))
            elif found.category in ("COERCE", "ASSAULT", "REJECT", "MOBILIZE") and protests and self.has_to(c):
                return replace(inner, verb=found.verb, words=(found.verb, *inner.words))
            elif (
                found.category in ("COERCE", "ASSAULT")
                and inner.category == "REQUEST"
                and found.cameo in ("171", "172", "191", "192")
            ):
                return replace(
                    found, category="PROTEST", cameo="144", words=(found.verb, *inner.words), rule="obstruct to demand"
                )
            elif (
                found.category == "CONSULT"
                and inner.category in ("ACCUSE", "REQUEST", "REJECT")
                and found.cameo == "040"
            ):
                return replace(inner, verb=found.verb, words=(found.verb, *inner.words))
        return found

    # -- roles -----------------------------------------------------------------------------------------------------

    def _role(self, i: int, entry: Entry, inner: Found | None, depth: int) -> Found | None:
        """What the words of a role make of the event below them."""
        role = entry.role
        below = inner.category if inner is not None and not inner.empty else None
        about = inner.verb if inner is not None and below else None
        words = (i, *(inner.words if inner is not None else ()))
        if inner is not None and inner.negated:
            below = None

        def made(category: str, cameo: str) -> Found:
            return Found(category, cameo, i, words, inner=below, about=about, rule=entry.name,
                         modality=inner.modality if inner is not None else None)  # fmt: skip

        fine = inner.cameo if inner is not None else ""
        if role == "report":
            return self._reported(i, entry, inner)
        if role in ("light", "begin"):
            if inner is None or inner.empty:
                return Found("NONE", "010", i, (i,), rule=entry.name)
            return replace(inner, verb=i, words=words)
        if role == "plan":
            if inner is None or inner.empty:
                return Found("NONE", "010", i, (i,), rule=entry.name)
            if inner.category in ("ASSAULT", "MOBILIZE") and self.tokens[i].lower.startswith("prepar"):
                return made("MOBILIZE", "150")
            return replace(self._planned(inner, i), words=words)
        if role == "promise":
            if inner is not None and inner.negated:
                return made("AGREE", "030") if below not in COOPERATIVE and below else made("REJECT", "120")
            if below == "REJECT":
                return made("REJECT", fine)
            if below in HOSTILE and self.tokens[i].lower[:4] in ("prom", "pled", "read", "prep", "will"):
                return (
                    made("MOBILIZE", "150")
                    if self.tokens[i].lower[:4] == "prep"
                    else made("THREATEN", threatened(below, fine))
                )
            return made("AGREE", promised(below, fine))
        if role == "vow":
            if inner is not None and inner.negated:
                return made("REJECT", "120")
            if below in HOSTILE or below in ("REJECT", "THREATEN"):
                return made("THREATEN", threatened(below, fine))
            return made("AGREE", promised(below, fine))
        if role == "demand":
            return made("REQUEST", asked(entry.cameo or "020", below, fine))
        if role == "order":
            if below in HOSTILE:
                return made(below or "REQUEST", fine)
            if below is None and self.complement(i) is None:
                return (
                    None if self.tokens[i].pos in ("NOUN", "PROPN") else Found("NONE", "010", i, (i,), rule=entry.name)
                )
            return made("REQUEST", asked(entry.cameo or "100", below, fine))
        if role == "refuse":
            return made("REJECT", refused(below, fine))
        if role == "fail":
            if below in COOPERATIVE or below is None:
                return made("REJECT", refused(below, fine))
            return None
        if role == "threaten":
            return made("THREATEN", threatened(below, fine))
        if role == "stop":
            if below in _STOPPED:
                category, cameo = _STOPPED[below or ""]
                if below == "CONSULT" and self.tokens[i].lower[:4] in ("canc", "call", "post", "aban", "scra", "dela"):
                    category, cameo = "REJECT", "125"
                return made(category, cameo)
            return Found("NONE", "010", i, (i,), rule=entry.name)
        if role == "let":
            if below in COOPERATIVE and below is not None:
                return made(below if below != "AGREE" else "CONCEDE", fine or "080")
            return made("CONCEDE", "081" if below is None else "083")
        if role == "prevent":
            return made("COERCE", "172")
        return None

    def _reported(self, i: int, entry: Entry, inner: Found | None) -> Found:
        """What is said: an appeal ("said that Elbonia must"), a future deed as a promise or a threat, else as it is."""
        if inner is None:
            clause = self.complement(i)
            if clause is not None:
                if self.is_obliged(clause) and not self.is_same_speaker(i, clause):
                    return Found("REQUEST", "100", i, (i, clause), about=clause, rule="said that another must")
                future = self.modal(clause, _FUTURE)
                if future and self.is_same_speaker(i, clause) and self.tokens[clause].pos in ("VERB", "AUX"):
                    if self.is_negated(clause):
                        return Found(
                            "REJECT", "120", i, (i, clause), about=clause, rule="said that it will not", future=True
                        )
                    if self.tokens[clause].pos == "VERB":
                        return Found(
                            "AGREE", "030", i, (i, clause), about=clause, rule="said that it will", future=True
                        )
            return Found("NONE", "010", i, (i,), rule=entry.name)
        clause = self.complement(i)
        if (
            clause is not None
            and self.is_obliged(clause)
            and not self.is_same_speaker(i, clause)
            and inner.category not in ("REQUEST", "ACCUSE")
        ):
            return Found("REQUEST", asked("100", inner.category, inner.cameo), i, (i, *inner.words),
                         inner=inner.category, about=inner.verb, rule="said that another must")  # fmt: skip
        return replace(inner, words=(i, *inner.words))

    # -- standing --------------------------------------------------------------------------------------------------

    def _planned(self, found: Found, verb: int) -> Found:
        """The event, told as coming: cooperation ahead is agreed to, hostility ahead threatens."""
        if found.negated:
            return found
        if found.category in COOPERATIVE and found.category != "AGREE":
            cameo = promised(found.category, found.cameo)
            return replace(
                found, category="AGREE", cameo=cameo, inner=found.category, about=found.verb, verb=verb, future=True
            )
        if found.rule == "cancel a meeting":
            return replace(
                found, category="THREATEN", cameo="134", inner="REJECT", about=found.verb, verb=verb, future=True
            )
        if found.category in HOSTILE:
            cameo = threatened(found.category, found.cameo)
            return replace(
                found, category="THREATEN", cameo=cameo, inner=found.category, about=found.verb, verb=verb, future=True
            )
        return replace(found, verb=verb, future=True)

    def _stand(self, found: Found, i: int) -> Found:
        """The event after the negation, the modals and the condition of its own clause."""
        if found.empty:
            return found
        negated = self.is_negated(i) or any(
            self.tokens[c].lower == "no" and self.tokens[c].dep == "det"
            for w in found.words
            for c in self.parse.children[w]
        )
        future = self.modal(i, _FUTURE) or (
            self.tokens[i].lower == "going"
            and self.complement(i) is not None
            and self.parse.child(i, "aux") is not None
        )
        if negated:
            return self._denied(found, i, future)
        if future:
            if found.category not in ("REQUEST", "ACCUSE") and self.has_condition(i, ("unless",)):
                # "will withdraw its observers unless": what is done to the one who fails is a threat, whatever it is
                return replace(found, category="THREATEN", cameo=threatened(found.category, found.cameo), verb=i,
                               inner=found.category, about=found.verb, future=True,
                               modality="hypothetical")  # fmt: skip
            found = self._planned(found, i)
        elif self.modal(i, _MAY) and found.category in HOSTILE:
            found = replace(self._planned(found, i), modality="hypothetical")
        if self.has_condition(i, ("if", "unless")):
            found = replace(found, modality="hypothetical")
        return found

    def _denied(self, found: Found, i: int, future: bool) -> Found:
        unable = self.modal(i, _MAY)
        if found.category in COOPERATIVE or found.category == "NONE":
            code = refused(found.inner or found.category, found.cameo)
            return replace(found, category="REJECT", cameo=code, inner=found.inner or found.category, about=found.verb,
                           verb=i, future=future, modality="hypothetical" if unable else found.modality)  # fmt: skip
        if found.category in HOSTILE and future:
            return replace(
                found, category="AGREE", cameo="030", inner=found.category, about=found.verb, verb=i, future=True
            )
        return replace(found, negated=True)
