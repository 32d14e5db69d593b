"""Sentences without a cue: does the speaker before go on, does the issuer speak, or is it background?

Rules after the study in docs/decisions/0008: a frame opens with a report and stays open while the text keeps to it;
narrative, other actors and section breaks close it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readout.records import Actor, Document, Encounter, Parse, Sentence
from readout.resolving import Discourse

_ADDITIVE = re.compile(
    r"^\W*(?:furthermore|moreover|in addition|additionally|also|besides|at the same time|"
    r"in this (?:regard|connection|context|respect)|to this end|therefore|accordingly|specifically|"
    r"thus|likewise|similarly|however|for (?:its|his|her) part)\b",
    re.I,
)
_STANCE = re.compile(
    r"\b(?:will|shall|would|should|must|ought to|needs? to|has to|have to|is ready|are ready|"
    r"stands? ready|is prepared|are prepared|is willing|supports?|opposes?|hopes?|expects?|counts? on|"
    r"remains? (?:committed|open|ready|the|an?)|attaches|believes?|considers?|wants?|intends?|seeks?|"
    r"looks? forward|is committed|are committed|cannot|can not|is confident)\b",
    re.I,
)
_DEONTIC = re.compile(
    r"^\W*(?:it (?:is|was|would be|remains) (?:\w+ )?(?:important|necessary|essential|vital|"
    r"imperative|crucial|possible|not possible|not acceptable|unacceptable|clear|expected|"
    r"in the interest|high time|hoped|understood|impossible|regrettable|obvious|understandable)|"
    r"there (?:is|are|can be|must be) no|this (?:is|will|would|must|fully|meets|step|decision|"
    r"approach|campaign)|these (?:\w+ )?(?:will|are|must|threats|agreements)|such|all (?:sides|"
    r"parties|states|countries)|both (?:sides|countries|parties|nations)|the two (?:countries|sides|"
    r"nations))\b",
    re.I,
)
_NARRATIVE = re.compile(
    r"\b(?:met|visited|arrived|attended|signed|spoke|travell?ed|received|hosted|called|held|began|"
    r"ended|took place|killed|announced|said|told|was founded|was established|was elected|took office|"
    r"has been|had been|live in|crossed)\b",
    re.I,
)
_BACKGROUND = re.compile(
    r"^\W*(?:the (?:call|visit|meeting|conversation|talks|trip|summit|move|remarks?|comments?|"
    r"statement|announcement|exchange) (?:came|comes|is|was|were|follows?|took|has|lasted|ended)|"
    r"earlier|last (?:week|month|year)|on (?:monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday)|in (?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|\d{4})|since \d{4}|following the|meanwhile|over [\d\w]+ million|according to|"
    r"bilateral trade|relations between|the two countries (?:established|share|have|had|signed))\b",
    re.I,
)
_TRANSITION = re.compile(
    r"^\W*(?:on (?:his|her|its|the other) (?:part|side|hand)|for (?:his|her|its) part|in (?:his|her|"
    r"its|their) turn|on the same day|later|afterwards|after the (?:talks|meeting|call)|separately)\b",
    re.I,
)
_CLOSING = re.compile(
    r"\b(?:conversation|meeting|talks|call|visit|discussion|exchange)\b.{0,60}\b(?:atmosphere|"
    r"constructive|friendly|warm|open|frank|candid|useful|took place|was held|were held)\b",
    re.I,
)
_ENCOUNTER_FACT = re.compile(
    r"\b(?:spoke|met|had an?|held an?|visited|arrived|received|hosted|called|telephoned|sent an?|"
    r"was attended|took part|participants|attended|accompanied|present at)\b",
    re.I,
)
_FIRST = re.compile(r"\b(?:we|our|us|i|my)\b", re.I)


@dataclass(frozen=True, slots=True)
class Frame:
    """A speaker whose reported speech may go on: since which sentence, in which paragraph, after how many steps."""

    speakers: tuple[Actor, ...]
    sentence: int
    paragraph: int
    steps: int
    act: str
    open: bool

    def weaker(self) -> Frame:
        """The frame one step further off."""
        return Frame(self.speakers, self.sentence, self.paragraph, self.steps + 1, self.act, self.open)


@dataclass(frozen=True, slots=True)
class Decision:
    """continued, issuer or none; whom it belongs to; how sure; whether the frame closes."""

    kind: str
    speakers: tuple[Actor, ...] = ()
    confidence: float = 0.6
    reason: str = ""
    closes: bool = False


def genre(document: Document, parse: Parse, title: str, encounters: Sequence[Encounter]) -> str:
    """What kind of text it is for an uncued sentence: ``report``, ``joint``, ``letter``, ``announcement`` or
    ``press``.
    """
    head = f"{title}\n{parse.text[:400]}".lower()
    if document.publication.issuer_kind != "side":
        return "press"
    if re.search(r"\bjoint (?:statement|communique|communiqué|declaration|press statement)\b", head):
        return "joint"
    if re.search(r"\b(?:condolences|greetings|congratulat\w+|message (?:of|to)|telegram)\b", title.lower()):
        return "letter"
    if any(e.status == "reported" and e.kind != "briefing" for e in encounters):
        return "report"
    return "announcement"


def continues(
    parse: Parse,
    discourse: Discourse,
    sentence: Sentence,
    frame: Frame | None,
    side: str | None,
    encounters: Sequence[Encounter],
    document: Document,
    main: Encounter | None,
) -> Decision:
    """What an uncued sentence is.

    Source: rules R1-R9 of the study of continuation; each branch names the sign it went by in ``reason``.
    """
    text = parse.text[sentence.start : sentence.end]
    kind = genre(document, parse, document.publication.title or "", encounters)
    words = len(re.findall(r"\w+", text))
    if words < 4:
        return Decision("none")
    if text.rstrip("”\"' ")[-1:] not in ".!?…" and (words < 12 or sentence.i == 0):
        return Decision("none", reason="a heading or a signature")
    is_encounter = any(e.evidence.start < sentence.end and sentence.start < e.evidence.end for e in encounters)
    reported = [
        e
        for e in encounters
        if e.status == "reported" and e.evidence.start < sentence.end and sentence.start < e.evidence.end
    ]
    subject = _subject(parse, sentence)
    subject_sides = _subject_sides(parse, discourse, subject)
    holder = {a.of for a in frame.speakers if a.of} if frame else set()
    if side is not None:
        if kind == "joint":
            speakers = discourse.principals or (Actor(of=side, how="the issuer"),)
            if reported and not _FIRST.search(text) and _ENCOUNTER_FACT.search(text):
                return Decision("none", closes=False)
            both = tuple(dict.fromkeys(Actor(of=a.of, how="a side of a joint statement") for a in speakers if a.of))
            return Decision("issuer", both or tuple(speakers), 0.6, "a joint statement speaks for both")
        if reported and sentence.i <= 1:
            return Decision("none")
    same_paragraph = frame is not None and sentence.paragraph == frame.paragraph
    additive = bool(_ADDITIVE.match(text))
    if frame is not None and len(frame.speakers) == 1 and not _TRANSITION.match(text):
        near = sentence.i - frame.sentence == 1
        if near and (same_paragraph or additive or frame.steps == 0):
            if (_BACKGROUND.match(text) and not (additive and _STANCE.search(text))) or reported:
                pass
            elif additive and not is_encounter:
                return Decision("continued", confidence=0.7, reason="a connective goes on with the speaker before")
            elif same_paragraph and _DEONTIC.match(text):
                return Decision(
                    "continued", confidence=0.6, reason="a judgement or a need that nobody else is named for"
                )
            elif same_paragraph and subject_sides and subject_sides <= holder and _STANCE.search(text):
                return Decision("continued", confidence=0.7, reason="the speaker's side with a stance or a future")
            elif (
                same_paragraph
                and _STANCE.search(text)
                and not _NARRATIVE.search(text)
                and (not subject_sides or subject_sides <= holder)
            ):
                return Decision("continued", confidence=0.55, reason="a stance without another speaker")
            elif same_paragraph and side is None and _FIRST.search(text):
                return Decision("continued", confidence=0.6, reason="first person outside quotation marks")
            elif (
                same_paragraph
                and not _tells_past(parse, sentence)
                and not _STATISTIC.search(text)
                and not _NARRATIVE.search(text)
                and not is_encounter
                and subject_sides <= holder
                and kind == "press"
                and words < 30
            ):
                return Decision("continued", confidence=0.5, reason="nothing tells that the speaker stopped")
    if side is not None:
        own = (discourse.author or Actor(of=side, how="the issuer"),)
        if kind == "letter":
            author = author_of(discourse, encounters, side)
            return Decision(
                "issuer" if frame is None else "continued",
                author if frame is None else frame.speakers,
                0.55,
                "a message in its own words",
            )
        if _CLOSING.search(text) and not reported:
            return Decision("issuer", (Actor(of=side, how="the issuer"),), 0.55, "the issuer's word on the exchange")
        if kind == "announcement":
            return Decision("issuer", own, 0.55, "an announcement in the issuer's own voice")
        if _FIRST.search(text) and not reported:
            speakers = frame.speakers if frame is not None and same_paragraph else own
            return Decision(
                "continued" if frame is not None and same_paragraph else "issuer",
                speakers,
                0.5,
                "first person in a side's own text",
            )
        if not is_encounter and not _ENCOUNTER_FACT.search(text) and _STANCE.search(text):
            return Decision("issuer", (Actor(of=side, how="the issuer"),), 0.45, "the issuer's own voice")
    return Decision("none", closes=not same_paragraph or bool(_BACKGROUND.match(text)) or bool(reported))


_STATISTIC = re.compile(
    r"\b(?:\w+est|\d+(?:th|st|nd|rd)) (?:\w+ )?(?:supplier|partner|economy|exporter|importer|producer|"
    r"city|country|trading)|\b(?:built|opened|founded|born) in\b|\b(?:1[89]|20)\d\ds?\b"
)


def _tells_past(parse: Parse, sentence: Sentence) -> bool:
    """Whether the sentence's main verb is in the simple past: background, since reported speech would shift it back."""
    for t in parse.words(sentence):
        if t.dep == "ROOT":
            if t.tag == "VBD":
                return True
            return t.tag == "VBN" and any(
                parse.tokens[c].tag == "VBD" for c in parse.children[t.i] if parse.tokens[c].dep in ("aux", "auxpass")
            )
    return False


def author_of(discourse: Discourse, encounters: Sequence[Encounter], side: str) -> tuple[Actor, ...]:
    """Who signs a side's own message: its sender, the author its title names, the side's principal, else the side."""
    for e in encounters:
        if e.kind == "message" and e.status == "reported":
            for p in e.participants:
                if p.part == "initiator":
                    return (p.actor,)
    if discourse.author is not None:
        return (discourse.author,)
    for a in discourse.principals:
        if a.of == side:
            return (a,)
    return (Actor(of=side, how="the issuer"),)


def _subject(parse: Parse, sentence: Sentence) -> int | None:
    for i in range(sentence.first, sentence.last):
        token = parse.tokens[i]
        if token.dep in ("nsubj", "nsubjpass") and parse.tokens[token.head].dep in ("ROOT", "ccomp"):
            return i
    return None


def _subject_sides(parse: Parse, discourse: Discourse, subject: int | None) -> set[str]:
    if subject is None:
        return set()
    low, high = parse.subtree(subject)
    return set(discourse.sides_in(low, min(high, subject + 1)))
