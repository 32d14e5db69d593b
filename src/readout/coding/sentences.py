"""Single sentences of general news to event rows: events from ``frames``, their actors from the discourse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date

from readout.annotating import Annotator
from readout.coding.events import EventRow, make_row
from readout.coding.frames import Found, Frames
from readout.coding.words import event_lexicon
from readout.knowing import ActorBase
from readout.records import Actor, Document, Parse, Publication, Sentence, Span
from readout.resolving import Discourse, FormIndex

_MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT", "REJECT"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_NEAR = frozenset(
    [
        "to",
        "with",
        "against",
        "for",
        "from",
        "of",
        "at",
        "on",
        "upon",
        "into",
        "toward",
        "towards",
        "between",
        "in",
        "over",
        "by",
    ]
)


class SentenceCoder:
    """Codes texts that come without a record; ``open`` loads model and tables once."""

    def __init__(self, annotator: Annotator, actors: ActorBase, forms: FormIndex) -> None:
        self.annotator = annotator
        self.actors = actors
        self.forms = forms

    @classmethod
    def open(cls) -> SentenceCoder:
        """A coder with the language model and the embedded actor base.

        Raises:
            ModelMissing, KnowledgeError, LexiconError: a part of the installation is missing; the message mends.
        """
        base = ActorBase.open()
        event_lexicon()
        return cls(Annotator.open(), base, FormIndex(base))

    def code(self, texts: Sequence[tuple[str, str]], day: Date | None = None) -> list[tuple[Document, list[EventRow]]]:
        """For each ``(id, text)`` its document and the rows of its events, in order."""
        documents = [Document(id=name, text=text, publication=Publication(date=day)) for name, text in texts]
        parses = self.annotator.annotate_many([(d, 0) for d in documents])
        out = []
        for document, parse in zip(documents, parses, strict=True):
            out.append((document, code_sentence(document, parse, Discourse(parse, document, self.actors, self.forms))))
        return out


def code_sentence(document: Document, parse: Parse, discourse: Discourse) -> list[EventRow]:
    """The events that the sentences of ``document`` tell, as rows in the order of the text.

    Events of one side with two subjects ("Iran and Oman agreed") give a row in each direction. An actor that the text
    names but nobody can resolve is None; the spans show the words.
    """
    rows: list[EventRow] = []
    lexicon = event_lexicon()
    day = document.anchor.isoformat() if document.anchor else None
    for sentence in parse.sentences:
        for found in Frames(parse, sentence, lexicon).find():
            spans = _spans(parse, found)
            for source, target in _Actors(parse, discourse, sentence).pairs(found):
                rows.append(
                    make_row(
                        found.cameo,
                        found.category,
                        date=day,
                        source=source,
                        target=target,
                        act=found.rule,
                        status="planned" if found.future and found.category not in ("REJECT", "THREATEN") else "done",
                        negated=found.negated,
                        modality=found.modality or ("future" if found.future else None),
                        document=document.id,
                        spans=spans,
                        rule=found.rule,
                    )
                )
    return rows


def _spans(parse: Parse, found: Found) -> tuple[Span, ...]:
    """The words of the event, neighbours joined."""
    out: list[Span] = []
    last = -2
    for i in sorted(set(found.words)):
        if i == last + 1 and out:
            out[-1] = Span(out[-1].start, parse.tokens[i].end)
        else:
            out.append(parse.span(i, i))
        last = i
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Actors:
    """Who does it and to whom, from the shape of the clause."""

    parse: Parse
    discourse: Discourse
    sentence: Sentence

    def pairs(self, found: Found) -> list[tuple[str | None, str | None]]:
        """(source, target) of an event; both directions where several sides do it together."""
        tokens = self.parse.tokens
        verb = found.verb
        passive = any(tokens[c].dep in ("nsubjpass", "auxpass") for c in self.parse.children[verb])
        subject = self._subject(verb)
        doers = self._agent(verb) if passive else (self._sides(subject) if subject is not None else [])
        targets: list[str] = []
        if passive and subject is not None:
            targets += self._sides(subject)
        for i in (verb, found.about):
            if i is not None:
                targets += self._around(i, subject)
        if found.about is not None and found.category in ("REQUEST", "THREATEN", "CONCEDE"):
            inner = self._own_subject(found.about)
            if inner is not None:
                targets = [*self._sides(inner), *targets]
        targets = [t for t in dict.fromkeys(targets) if t not in doers]
        if len(doers) > 1 and not targets and found.category in _MUTUAL:
            return [(a, b) for a in doers for b in doers if a != b]
        if targets and found.category == "CONSULT" and found.cameo in ("040", "041", "046") and doers:
            return [pair for a in doers for pair in ((a, targets[0]), (targets[0], a))]
        return [(a, targets[0] if targets else None) for a in doers or [None]]  # type: ignore[list-item]

    def _own_subject(self, i: int) -> int | None:
        return next((c for c in self.parse.children[i] if self.parse.tokens[c].dep in _SUBJECTS), None)

    def _subject(self, verb: int) -> int | None:
        """The subject of the verb, else of the verb that it depends on or is coordinated with."""
        i, hops = verb, 0
        while hops < 8:
            own = self._own_subject(i)
            if own is not None:
                if self.parse.tokens[own].lower in ("who", "which", "that") and self.parse.tokens[i].dep == "relcl":
                    return self.parse.tokens[i].head
                return own
            token = self.parse.tokens[i]
            if token.head == i or token.dep not in (
                "xcomp",
                "conj",
                "advcl",
                "ccomp",
                "acl",
                "pcomp",
                "prep",
                "relcl",
                "acomp",
                "attr",
                "dobj",
            ):
                return None
            if token.dep in ("acl", "relcl"):
                return token.head
            i, hops = token.head, hops + 1
        return None

    def _speakers(self, i: int) -> tuple[Actor, ...]:
        """Who speaks above token ``i``, for its pronouns."""
        hops = 0
        while self.parse.tokens[i].head != i and hops < 40:
            i, hops = self.parse.tokens[i].head, hops + 1
            subject = self._own_subject(i)
            if subject is not None:
                found = self.discourse.resolve(subject, self.sentence.first, ())
                if found:
                    return found
        return ()

    def _sides(self, i: int) -> list[str]:
        """The sides of the noun phrase headed by ``i``, its coordinated heads included."""
        heads = [i, *(c for c in self.parse.children[i] if self.parse.tokens[c].dep == "conj")]
        out: list[str] = []
        for head in heads:
            resolved = self.discourse.resolve(head, self.sentence.first, self._speakers(i))
            sides = [a.side for a in resolved if a.side]
            if not sides:
                low, high = self._phrase(head)
                sides = self.discourse.sides_in(low, high)
            out += sides
        return list(dict.fromkeys(out))

    def _phrase(self, head: int) -> tuple[int, int]:
        """The noun phrase around ``head`` without clauses and coordinated heads."""
        low = high = head
        stack = [head]
        while stack:
            for c in self.parse.children[stack.pop()]:
                token = self.parse.tokens[c]
                if token.dep in ("compound", "amod", "poss", "nmod", "det", "appos") or (
                    token.dep == "prep" and token.lower in ("of", "in", "from")
                ) or token.dep == "pobj":  # fmt: skip
                    low, high = min(low, c), max(high, c)
                    stack.append(c)
        return low, high

    def _agent(self, verb: int) -> list[str]:
        for c in self.parse.children[verb]:
            if self.parse.tokens[c].dep == "agent" or (
                self.parse.tokens[c].dep == "prep" and self.parse.tokens[c].lower == "by"
            ):
                for d in self.parse.children[c]:
                    if self.parse.tokens[d].dep == "pobj":
                        return self._sides(d)
        return []

    def _around(self, i: int, subject: int | None) -> list[str]:
        """The sides in the objects and prepositional phrases of token ``i``, the nearest kind first."""
        direct: list[str] = []
        others: list[str] = []
        for c in self.parse.children[i]:
            token = self.parse.tokens[c]
            if c == subject or token.dep == "agent":
                continue
            if token.dep in ("dobj", "dative", "nsubjpass", "attr", "oprd"):
                direct += self._sides(c) if token.dep != "dative" or token.pos != "ADP" else self._below(c)
                direct += [
                    s for d in self.parse.children[c] if self.parse.tokens[d].dep == "prep" for s in self._below(d)
                ]
            elif token.dep == "poss":
                direct += self._sides(c)
            elif token.dep == "prep" and token.lower in _NEAR:
                others += self._below(c)
            elif token.dep in ("ccomp", "xcomp") and i != c:
                inner = self._own_subject(c)
                if inner is not None:
                    others += self._sides(inner)
        return direct + others

    def _below(self, prep: int) -> list[str]:
        return [
            s
            for d in self.parse.children[prep]
            if self.parse.tokens[d].dep in ("pobj", "prep")
            for s in (self._sides(d) if self.parse.tokens[d].dep == "pobj" else self._below(d))
        ]
