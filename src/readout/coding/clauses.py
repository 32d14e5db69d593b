"""The shape of a clause: what a predicate acts on, governs and stands under; no lexicon, only the parse."""

from __future__ import annotations

from readout.coding.words import singulars
from readout.records import Parse, Sentence

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_LOOSE = ("of", "on", "in", "for", "against")
_TELLING = frozenset(["tell", "tells", "told", "telling"])


class Clauses:
    """Questions to one parsed sentence."""

    def __init__(self, parse: Parse, sentence: Sentence) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        self.sentence = sentence

    def depth(self, i: int) -> int:
        depth = 0
        while self.tokens[i].head != i and depth < 60:
            i, depth = self.tokens[i].head, depth + 1
        return depth

    def is_verbal(self, i: int) -> bool:
        return self.tokens[i].tag.startswith("VB")

    def that_clause(self, i: int) -> bool:
        """Whether the verb governs a finite clause with its own subject or "that"."""
        for c in self.parse.children[i]:
            if self.tokens[c].dep == "ccomp" and self.tokens[c].pos in ("VERB", "AUX"):
                if any(self.tokens[d].lower == "that" and self.tokens[d].dep == "mark" for d in self.parse.children[c]):
                    return True
                if not self.has_to(c) and self.parse.child(c, *SUBJECTS) is not None and self.tokens[c].tag != "VBG":
                    return True
        return False

    def takes_infinitive(self, i: int) -> bool:
        clause = self.complement(i)
        if clause is None:
            return bool(self.objects(i)) and self.tokens[i].lower not in _TELLING
        return self.has_to(clause) or (not self.that_clause(i) and self.tokens[i].lower not in _TELLING)

    def beside(self, i: int, beside: tuple[str, ...]) -> tuple[int, ...]:
        """The tokens that stand with the verb: particles, prepositions, or the words that follow at once."""
        out: list[int] = []
        near = set(self.parse.children[i])
        for word in beside:
            for t in self.tokens[i + 1 : min(i + 9, self.sentence.last)]:
                if (
                    t.lower == word
                    and t.i not in out
                    and (t.i in near or t.i == i + 1 + len(out) or self.tokens[t.head].head == i)
                ):
                    out.append(t.i)
                    break
        return tuple(out)

    def objects(self, i: int) -> list[int]:
        """Heads of what the verb acts on: its objects, a passive's subject, the noun of a participle."""
        out: list[int] = []
        for c in self.parse.children[i]:
            dep = self.tokens[c].dep
            if dep in ("dobj", "nsubjpass", "dative", "attr", "oprd") and self.tokens[c].pos != "VERB":
                out.append(c)
        token = self.tokens[i]
        if token.dep in ("acl", "relcl") and token.tag == "VBN" and not out:
            out.append(token.head)
        if not out and token.dep == "conj" and self.parse.child(i, "auxpass", "nsubjpass", "nsubj", "dobj") is None:
            passive = self.parse.child(token.head, "nsubjpass")
            if passive is not None:
                out.append(passive)
        return out

    def company(self, i: int, modifiers: bool = True) -> set[str]:
        """The nouns in the verb's objects and prepositional phrases, in the forms under which a table has them.

        Without ``modifiers`` only the heads of its objects and of what they are "of".
        """
        out: set[str] = set()
        for head in self.objects(i):
            self.phrase(head, out, 0, modifiers)
        if not modifiers:
            return out
        for c in self.parse.children[i]:
            token = self.tokens[c]
            if token.dep in ("prep", "agent", "advmod", "prt"):
                for d in self.parse.children[c]:
                    if self.tokens[d].dep in ("pobj", "pcomp"):
                        self.phrase(d, out, 1)
            elif token.dep in ("acomp", "xcomp", "oprd", "npadvmod", "advcl") and token.pos in ("ADJ", "NOUN", "ADV"):
                out.update(singulars(token.lower))
            elif token.dep == "xcomp":
                for d in self.parse.children[c]:
                    if self.tokens[d].dep == "nsubj":
                        self.phrase(d, out, 0)
            elif token.dep == "ccomp" and token.pos in ("NOUN", "PROPN"):
                self.phrase(c, out, 0)
        return out

    def phrase(self, head: int, out: set[str], depth: int, modifiers: bool = True) -> None:
        out.update(singulars(self.tokens[head].lower))
        if depth > 3:
            return
        for c in self.parse.children[head]:
            dep = self.tokens[c].dep
            if dep in ("compound", "amod", "nmod", "poss"):
                if modifiers:
                    out.update(singulars(self.tokens[c].lower))
            elif dep in ("conj", "appos"):
                self.phrase(c, out, depth + 1, modifiers)
            elif dep == "prep" and self.tokens[c].lower in (_LOOSE if modifiers else ("of",)):
                for d in self.parse.children[c]:
                    if self.tokens[d].dep == "pobj":
                        self.phrase(d, out, depth + 2, modifiers)

    def complement(self, i: int) -> int | None:
        """The clause that the word at ``i`` governs: what is said, promised, demanded."""
        best = None
        for c in self.parse.children[i]:
            token = self.tokens[c]
            if token.dep in ("xcomp", "ccomp") and (token.pos in ("VERB", "AUX", "NOUN", "ADJ")):
                if c > i or token.dep == "ccomp":
                    return c
            elif token.dep == "prep" and best is None:
                inner = self.parse.child(c, "pcomp")
                if inner is not None:
                    best = inner
            elif (
                token.dep in ("acl", "relcl")
                and self.tokens[i].pos in ("NOUN", "PROPN")
                and c > i
                and best is None
                and token.dep == "acl"
            ):
                best = c
        if best is None:
            for c in self.parse.children[i]:
                token = self.tokens[c]
                if token.dep == "advcl" and c > i and token.tag == "VB" and self.has_to(c):
                    return c
                if token.dep in ("dobj", "dative", "nsubjpass") and token.pos in ("NOUN", "PROPN", "PRON"):
                    inner = self.parse.child(c, "acl", "relcl")
                    if inner is not None and self.tokens[inner].tag == "VB" and self.has_to(inner):
                        best = inner
        return best

    def has_to(self, i: int) -> bool:
        return any(self.tokens[c].lower == "to" and self.tokens[c].dep == "aux" for c in self.parse.children[i])

    def is_obliged(self, i: int) -> bool:
        for c in self.parse.children[i]:
            token = self.tokens[c]
            if token.dep == "aux" and token.lower in ("must", "should", "ought"):
                return True
        token = self.tokens[i]
        return token.lower in ("need", "needs", "has", "have", "ought") and self.parse.child(i, "xcomp") is not None

    def modal(self, i: int, words: frozenset[str]) -> bool:
        return any(self.tokens[c].dep == "aux" and self.tokens[c].lower in words for c in self.parse.children[i])

    def is_same_speaker(self, report: int, clause: int) -> bool:
        """Whether the clause's subject is the one who speaks: a pronoun, no subject, or the same words."""
        subject = self.parse.child(clause, *SUBJECTS)
        if subject is None:
            return True
        speaker = self.parse.child(report, *SUBJECTS)
        token = self.tokens[subject]
        if token.lower in ("it", "they", "he", "she", "we", "i"):
            return True
        return speaker is not None and token.lower == self.tokens[speaker].lower

    def is_negated(self, i: int) -> bool:
        for c in self.parse.children[i]:
            token = self.tokens[c]
            if token.dep == "neg" or (token.lower in ("never", "not", "n't", "n’t") and token.dep == "advmod"):
                return True
            if token.dep in ("preconj", "det", "cc") and token.lower in ("neither", "nor", "no") and c < i:
                return True
            if token.dep in SUBJECTS and any(self.tokens[d].lower in ("no", "neither") for d in self.parse.children[c]):
                return True
        return False

    def has_condition(self, i: int, marks: tuple[str, ...]) -> bool:
        return any(
            self.tokens[c].dep == "advcl"
            and any(self.tokens[d].lower in marks and self.tokens[d].dep == "mark" for d in self.parse.children[c])
            for c in self.parse.children[i]
        )
