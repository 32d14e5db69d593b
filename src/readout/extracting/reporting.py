"""Reports in one sentence: outermost cues with their subject, content and standing (said, denied, planned).

What lies inside another report's content is not a report of its own: nested, denied, hypothetical and planned speech
is never recorded as said. That is decided here, once, for all kinds of items.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from readout.extracting.cues import Cue, CueHit, light_verb, match, speech_nouns
from readout.lexicons.inflection import forms
from readout.records import Parse, Sentence, Span, Token

MODALS = frozenset("will would may might could should can must shall 'll ’ll wo ca".split())
# Verbs, nouns and adjectives under which an infinitive is not (yet) done.
UNREAL_HEADS = frozenset(
    """expect plan intend want wish hope due set likely ready try fail refuse decline need prepare seek aim schedule
    slate unlikely able supposed want wait hesitate stop avoid threaten promise pledge vow bound willing poised
    unwilling reluctant unable forget neglect omit hesitate tend mean determined prepared yet order opportunity
    mandate plan intention readiness refusal failure desire right chance ability
    agree decide offer invite urge ask call request demand require encourage press order tell advise recommend propose
    suggest forbid authorize instruct allow enable help have going""".split()
)
# An infinitive of purpose under one of these was done: "called to congratulate", "met to discuss".
MEETING_VERBS = frozenset(
    """call telephone phone meet speak host visit travel arrive receive hold convene gather sit write come ring fly join
    welcome use take""".split()
)
PARTICIPLES = frozenset(
    """adding noting stressing saying emphasizing emphasising underlining underscoring warning expressing describing
    calling urging citing reiterating thanking recalling pointing highlighting accusing condemning reaffirming telling
    insisting claiming arguing conveying voicing welcoming praising explaining asking vowing pledging promising
    stating declaring affirming suggesting denouncing criticizing criticising rejecting denying cautioning confirming
    announcing congratulating commending discussing assuring informing demanding mentioning""".split()
)
_UNREAL_FORMS = frozenset(f for w in UNREAL_HEADS for f in forms(w)) | UNREAL_HEADS
_MEETING_FORMS = frozenset(f for w in MEETING_VERBS for f in forms(w))
_QUOTES = {"“": 1, "”": -1, "„": 1, "«": 1, "»": -1}
_EDGE = frozenset(" \t\r\n\xa0,;:.–—-\"“”«»'‘’…")
_CONNECTORS = frozenset("and but while whereas also as although though with however then or yet where".split())
_CREDIT_CUES = frozenset("say report announce state add confirm tell write post disclose note reveal inform".split())
_NO_TOPIC = frozenset(
    """initiative sidelines margins occasion request invitation eve basis behalf monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august
    september october november december""".split()
)
_VEHICLES = frozenset(
    """statement letter message briefing interview post address speech tweet conference telegram note
    communique monday tuesday wednesday thursday friday saturday sunday""".split()
)
_CLAIM_NOUNS = frozenset(
    "reports report claims claim allegations allegation rumours rumors suggestions suggestion".split()
)
_TOPIC_ONLY = frozenset({"topic"})
_BARE_LIGHT = frozenset("have hold take make give send issue reach place lay hand offer".split())


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


_ACCORDANCES = (
    ("according", "to"),
    ("in", "the", "words", "of"),
    ("in", "the", "view", "of"),
    ("in", "the", "opinion", "of"),
    ("as",),
)
_WORDS_ONLY = frozenset({"quote", "that"})
_FIT = frozenset({"badly", "closely", "ill", "nicely", "perfectly", "poorly", "well"})
_ACCORDANCE_OPENINGS = frozenset(p[0] for p in _ACCORDANCES)
_AGENDA = (
    re.compile(r"(?P<cue>exchange of (?:views|opinions) took place) (?:on|about|regarding) (?P<topic>[^.;]+)", re.I),
    re.compile(r"^(?P<topic>\W*[^.;]{4,200}?) (?P<cue>(?:was|were)(?: also)? (?:on the agenda(?: of the \w+)?))", re.I),
    re.compile(
        r"(?P<cue>(?:focus|topics?|subject|theme) of the (?:conversation|talks|meeting|call|"
        r"discussions?|negotiations|visit) (?:was|were)(?: on)?) (?P<topic>[^.;]+)",
        re.I,
    ),
)


def quote_depths(parse: Parse, sentence: Sentence, open_before: bool) -> tuple[list[bool], bool]:
    """For each token of the sentence whether it lies inside quotation marks; and whether a quotation stays open.

    A straight mark opens where a blank stands before it and none behind it, and closes the other way round; only where
    both or neither stand does it toggle. So one odd mark does not turn the rest of a text inside out.
    """
    text = parse.text
    inside = open_before
    out: list[bool] = []
    for token in parse.tokens[sentence.first : sentence.last]:
        mark = token.text
        if mark in _QUOTES:
            inside = _QUOTES[mark] > 0
            out.append(True)
        elif mark in ('"', "''", "``"):
            before = token.start == 0 or text[token.start - 1].isspace() or text[token.start - 1] in "([—–-“‘"
            behind = token.end >= len(text) or text[token.end].isspace() or text[token.end] in ".,;:!?)]—–-”’"
            inside = True if before and not behind else False if behind and not before else not inside
            out.append(True)
        else:
            out.append(inside)
    return out, inside


def closes_later(text: str, start: int, end: int) -> bool:
    """Whether a quotation that is open at ``start`` is closed before ``end`` and before another one opens."""
    for k in range(start, end):
        c = text[k]
        if c in "”»":
            return True
        if c in "“«":
            return False
        if c == '"':
            return k > start and not text[k - 1].isspace()
    return False


_REFUSALS = frozenset(f for w in ("decline", "refuse") for f in forms(w))
_SILENCE = frozenset(
    """say comment confirm elaborate answer disclose speculate name specify identify reveal explain
    tell respond reply state speak discuss be give provide deny""".split()
)
_UNREAL_OPENING = re.compile(
    r"^\W*(?:suppose|supposing|imagine|assuming|assume|had (?=[A-Z]|the |it |he |she |they )|"
    r"were (?=[A-Z]|the |it |he |she |they )|should (?=[A-Z]|the |it |he |she |they )|in case\b|"
    r"in the event\b|if\b|unless\b|in a (?:worst|best)[- ]case|as though|as if)",
    re.I,
)
_UNREAL_INSIDE = re.compile(
    r"\b(?:only (?:when|if|once|after)|if and when|in the event that|in case|as though|as if|"
    r"provided (?:that)?|on condition that|assuming (?:that)?|the day (?:that )?|until|unless|lest)\b",
    re.I,
)
_INVENTED = re.compile(
    r"\b(?:forged|fake|faked|fabricated|hoax|parody|satir\w+|april fool|in (?:the|a|his|her) (?:novel|"
    r"film|play|story|cartoon|sketch|dream)|fictional|deepfake|wrongly attributed|falsely attributed|"
    r"never existed|worst[- ]case scenario|in [a-z]+[’']s (?:telling|account|version))\b",
    re.I,
)


_PARAPHRASE = re.compile(
    r"\b(?:(?:puts?|phrased?|summed) (?:it|this|things)(?: \w+){0,2}|jok(?:e|ed|es)|(?:joke|saying|rumou?r) "
    r"(?:goes|went|runs|ran)): ",
    re.I,
)


def unreal_zones(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Character ranges of a sentence in which nothing is told as done: suppositions, conditions, inventions.

    A supposition reaches to the comma that ends its clause; an invention ("a forged letter in which") to the end.
    """
    zones: list[tuple[int, int]] = []
    if _INVENTED.search(text, start, end):
        return [(start, end)]
    opening = _UNREAL_OPENING.match(text[start : min(end, start + 60)])
    if opening:
        zones.append((start, _clause_end(text, start + opening.end(), end)))
    retold = _PARAPHRASE.search(text, start, end)
    if retold and text[retold.end()] not in '"“«‘':  # "critics put it thus: Vienna says ..." is the critics' wit
        zones.append((retold.end(), end))
    for inside in _UNREAL_INSIDE.finditer(text, start, end):
        zones.append((inside.start(), _clause_end(text, inside.end(), end)))
    return zones


def _clause_end(text: str, start: int, end: int) -> int:
    for k in range(start, end):
        if text[k] in ",;:":
            return k
    return end


class Reports:
    """Finds the reports of one sentence."""

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

    # -- structure -------------------------------------------------------------------------------------------------

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

    def find(self) -> list[Report]:
        """The outermost reports of the sentence, in the order of the text."""
        hits: list[CueHit] = []
        for i in range(self.first, self.last):
            hit = match(self.parse, i, self.last)
            if hit is not None:
                hits.append(hit)
            elif light_verb(self.tokens[i].lower) and self.tokens[i].pos in ("VERB", "AUX"):
                hits.append(CueHit(_LIGHT_CUE, i, i))
        hits = [
            h if self._plausible(h) else CueHit(_SHADOW, h.verb, h.last)
            for h in hits
            if self._plausible(h) or self._shadows(h)
        ]
        self.unreal = unreal_zones(self.parse.text, self.sentence.start, self.sentence.end)
        hits.sort(key=lambda h: (self._depth(h.verb), h.verb))
        for _ in range(4):
            accepted, inverted = self._accept(hits)
            credit = next((h for h in accepted if h.verb in inverted and self._is_credit(h, hits)), None)
            if credit is None:
                break
            self.credits.append(credit)
            hits = [h for h in hits if h.verb != credit.verb]
        accepted.sort(key=lambda h: h.verb)
        out: list[Report] = []
        said = [h for h in accepted if h.cue is not _SHADOW]
        for n, hit in enumerate(said):
            after = said[n + 1] if n + 1 < len(said) else None
            before = said[n - 1] if n else None
            out += self._report(hit, before, after, hit.verb in inverted)
        accordances = self._accordances(out)
        persons = [
            r
            for r in accordances
            if r.subject is not None and (self.is_person(r.subject) or self.tokens[r.subject].pos == "PRON")
        ]
        if persons:
            out = [r for r in out if not any(r.content.overlaps(p.content) for p in persons)]
        out += [a for a in self._agenda() if not any(r.content.overlaps(a.content) for r in out)]
        out += [a for a in accordances if not any(r.content.overlaps(a.content) for r in out)]
        out.sort(key=lambda r: r.content.start)
        return out

    def _accept(self, hits: list[CueHit]) -> tuple[list[CueHit], set[int]]:
        """The outermost cues, and those of them whose content stands before."""
        accepted: list[CueHit] = []
        inverted: set[int] = set()
        for hit in hits:
            if self._embedded(hit.verb, accepted, inverted):
                continue
            if hit.cue is _SHADOW:
                accepted.append(hit)
                continue
            if not self._real(hit.verb):
                # what is planned, denied or hypothetical shadows what it governs
                accepted.append(CueHit(_SHADOW, hit.verb, hit.last))
                continue
            accepted.append(hit)
            if self._is_inverted(hit):
                inverted.add(hit.verb)
        return accepted, inverted

    def _is_credit(self, hit: CueHit, hits: list[CueHit]) -> bool:
        """ "..., his office said": a credit, where the words before it report an actor's act themselves."""
        if hit.cue.lemma not in _CREDIT_CUES:
            return False
        subject, passive = self.subject_of(hit.verb)
        if subject is None or passive or self.is_person(subject) or self.tokens[subject].pos == "PRON":
            return False
        start = self._clause_start(hit.verb)
        for other in hits:
            if other.verb >= start or other.verb == hit.verb or not self._real(other.verb):
                continue
            inner, inner_passive = self.subject_of(other.verb)
            if (
                inner is not None
                and inner < start
                and not inner_passive
                and (
                    self.is_person(inner)
                    or self.is_actor(inner)
                    or self.tokens[inner].lower in ("he", "she", "they", "sides", "parties", "leaders")
                )
            ):
                return True
        return False

    # -- standing --------------------------------------------------------------------------------------------------

    def _shadows(self, hit: CueHit) -> bool:
        """A participle that is no report of its own still governs what stands under it ("Denying that A had asked")."""
        return self.tokens[hit.verb].tag in ("VBG", "VBN") and hit.cue is not _LIGHT_CUE and not self._quoted(hit.verb)

    def _plausible(self, hit: CueHit) -> bool:
        token = self.tokens[hit.verb]
        if token.dep in ("amod", "compound", "pobj", "nmod"):
            return False
        if token.tag == "VBN" and token.dep == "acl" and not self._by_agent(hit.verb):
            return False  # "measures announced in May"
        if (
            token.tag == "VBN"
            and token.dep in ("advcl", "ROOT", "amod")
            and not any(self.tokens[c].dep in ("aux", "auxpass", "nsubj") for c in self.children(hit.verb))
        ):
            return False  # "Asked whether ..., he said"
        if token.tag == "VBG" and token.dep == "acl" and self.tokens[hit.verb - 1].text != ",":
            return False  # "a note protesting the verdict"
        if token.pos == "AUX" and not hit.cue.lemma.startswith("be ") and hit.cue is not _LIGHT_CUE:
            return False
        if token.pos == "AUX" and token.dep in ("aux", "auxpass"):
            return False
        if hit.cue is _LIGHT_CUE and not any(
            self.tokens[c].dep in ("dobj", "dative", "nsubjpass") and self.tokens[c].lower in speech_nouns()
            for c in self.children(hit.verb)
        ):
            return False
        if hit.cue.frames == _WORDS_ONLY and self._plain_object(hit.verb):
            return False  # "remarked the papers": a verb of words alone takes a clause or a quotation
        if hit.cue.lemma == "agree" and self._suits(hit.verb):
            return False  # "the climate agreed badly with him"
        if (
            hit.cue.frames == _TOPIC_ONLY
            and not hit.cue.lemma.startswith("be ")
            and self._content_start(hit, self.last)[0] is None
        ):
            return False  # "spoke with him": the encounter alone
        if hit.cue is _LIGHT_CUE and light_verb(token.lower) in _BARE_LIGHT:
            obj = next((c for c in self.children(hit.verb) if self.tokens[c].dep in ("dobj", "dative")), None)
            greeting = obj is not None and speech_nouns().get(self.tokens[obj].lower) in ("congratulate", "condole")
            if obj is not None and not greeting and self._after_noun(obj, self.last)[0] is None:
                return False
        if token.tag == "VBG" and token.dep in ("advcl", "pcomp", "csubj", "prep"):
            before = hit.verb - 1
            if hit.verb == self.first or self.tokens[before].lower in (
                "while",
                "when",
                "after",
                "before",
                "by",
                "in",
                "of",
                "for",
                "without",
                "from",
            ):
                return False
        # inside a quotation of more than a few words a cue is content
        return not self._quoted(hit.verb)

    def _plain_object(self, v: int) -> bool:
        """Whether the verb's object is a common noun outside quotation marks, with no clause that tells words."""
        tokens = self.tokens
        children = self.children(v)
        if any(tokens[c].dep in ("ccomp", "xcomp") for c in children):
            return False
        obj = next((c for c in children if tokens[c].dep == "dobj"), None)
        return (
            obj is not None
            and v < obj
            and tokens[obj].tag in ("NN", "NNS")
            and tokens[obj].lower not in speech_nouns()
            and not any(self._quoted(c) for c in range(v, self.last))
            and not any(
                tokens[c].tag in ("VBZ", "VBP", "VBD", "MD") and not self._subordinate(c)
                for c in range(obj + 1, self.last)
            )
        )

    def _subordinate(self, v: int) -> bool:
        """Whether the finite verb or auxiliary ``v`` stands in an adverbial or relative clause."""
        head = v
        if self.tokens[v].dep in ("aux", "auxpass"):
            head = self.tokens[v].head
        return self.tokens[head].dep in ("advcl", "relcl")

    def _suits(self, v: int) -> bool:
        """ "Agree" of what suits or matches: an adverb of fit stands between the verb and "with"."""
        tokens = self.tokens
        return v + 2 < self.last and tokens[v + 1].lower in _FIT and tokens[v + 2].lower == "with"

    def _by_agent(self, i: int) -> bool:
        return self.parse.child(i, "agent") is not None

    def _real(self, v: int) -> bool:
        """Whether the report took place: not negated, modal, hypothetical, asked about, planned or merely wished."""
        tokens = self.tokens
        token = tokens[v]
        if any(a <= token.start < b for a, b in self.unreal):
            return False
        if (
            token.tag == "VB"
            and token.dep in ("ccomp", "xcomp")
            and not any(tokens[c].lower == "to" or tokens[c].dep == "aux" for c in self.children(v))
        ):
            return False  # "would like to hear him announce"
        if token.lower in _REFUSALS:
            for c in self.children(v):
                if tokens[c].dep == "xcomp" and tokens[c].lower in _SILENCE:
                    return False
        for c in self.children(v):
            child = tokens[c]
            if child.dep == "neg" or (
                child.dep == "advmod" and child.lower in ("never", "hardly", "barely", "not", "nor")
            ):
                return False
            if child.dep == "aux" and child.lower in MODALS and child.tag == "MD":
                return False
            if child.dep == "mark" and child.lower in ("if", "unless", "whether", "lest", "until", "should"):
                return False
            if child.dep in ("det", "preconj") and child.lower in ("no", "neither", "nor"):
                return False
            if child.dep == "dobj" and any(tokens[d].lower in ("no", "neither", "little") for d in self.children(c)):
                return False
            if child.dep in ("nsubj", "nsubjpass"):
                for d in self.children(c):
                    if tokens[d].lower in ("no", "neither", "few"):
                        return False
                if child.lower in (
                    "nobody",
                    "none",
                    "neither",
                    "nothing",
                    "who",
                    "what",
                    "whoever",
                ) and child.lower not in ("who",):
                    return False
        k, hops = v, 0
        while hops < 12:
            here = tokens[k]
            head_i = here.head
            if head_i == k:
                break
            head = tokens[head_i]
            if here.dep == "conj":
                # "did not say or confirm": the negation of the first holds for the rest joined by "or"
                if head.pos in ("VERB", "AUX") and not self._own_subject(k):
                    if any(tokens[c].dep == "neg" for c in self.children(head_i)) and here.tag == "VB":
                        return False
                    if (
                        any(tokens[c].dep == "aux" and tokens[c].lower in MODALS for c in self.children(head_i))
                        and here.tag == "VB"
                    ):
                        return False
                    if here.tag == "VB" and tokens[head_i].tag == "VB":
                        k, hops = head_i, hops + 1
                        continue
                break
            infinitive = here.tag == "VB" and any(
                tokens[c].lower == "to" and tokens[c].dep == "aux" for c in self.children(k)
            )
            if infinitive or (here.tag == "VB" and here.dep == "xcomp"):
                if (
                    head.lower in ("like", "wish", "want")
                    and k == v
                    and any(tokens[c].lower in ("would", "'d", "’d") for c in self.children(head_i))
                ):
                    break  # "would like to thank" thanks
                if head.lower in (
                    "continue",
                    "continued",
                    "went",
                    "began",
                    "begin",
                    "proceeded",
                    "called",
                    "rang",
                    "wrote",
                    "phoned",
                    "telephoned",
                ):
                    k, hops = head_i, hops + 1
                    continue
                if head.lower in _MEETING_FORMS and head.tag in ("VBD", "VBN", "VBZ", "VBP"):
                    if any(tokens[c].dep == "aux" and tokens[c].lower in MODALS for c in self.children(head_i)):
                        return False
                    break
                return False
            if here.dep in ("ccomp", "advcl", "pcomp", "xcomp", "acl"):
                if any(
                    tokens[c].dep == "mark" and tokens[c].lower in ("if", "unless", "whether", "lest")
                    for c in self.children(k)
                ):
                    return False
                if head.lower in _UNREAL_FORMS and here.dep in ("xcomp", "pcomp") and here.tag in ("VBG", "VB"):
                    return False
                if here.dep == "pcomp" and head.lower in (
                    "without",
                    "before",
                    "from",
                    "against",
                    "of",
                    "for",
                    "instead",
                    "than",
                    "despite",
                ):
                    return False
            k, hops = head_i, hops + 1
            participle = here.tag == "VBG" and here.dep in ("acl", "advcl")
            if here.dep in ("advcl", "conj", "ccomp", "relcl", "acl", "parataxis") and not participle:
                break
        sentence_text = self.parse.text[self.sentence.start : self.sentence.end].rstrip("\"”’' )")
        if sentence_text.endswith("?") and not any(self.quoted):
            return False
        imperative = token.tag == "VB" and token.dep == "ROOT" and self.parse.child(v, "nsubj") is None
        return not imperative

    def _own_subject(self, v: int) -> bool:
        return self.parse.child(v, "nsubj", "nsubjpass", "csubj", "expl") is not None

    def _embedded(self, v: int, accepted: list[CueHit], inverted: set[int]) -> bool:
        verbs = {h.verb: h for h in accepted}
        if self.tokens[v].lower in PARTICIPLES and self.tokens[v].tag == "VBG" and not self._own_subject(v):
            before = v - 1
            while before > self.first and self.tokens[before].pos == "ADV":
                before -= 1
            if self.tokens[before].text == "," and self.tokens[v].dep in (
                "advcl",
                "conj",
                "acl",
                "xcomp",
                "ccomp",
                "csubj",
                "dep",
            ):
                governor = [h for h in accepted if h.verb < v]
                return bool(governor) and governor[-1].cue is _SHADOW
        first = self.tokens[v]
        if (
            first.dep == "conj"
            and first.tag == "VBD"
            and not self._own_subject(v)
            and (
                self.tokens[first.head].tag in ("VB", "VBG", "NN", "NNS", "JJ", "VBZ", "VBP")
                or (
                    self.tokens[first.head].tag == "VBN"
                    and any(self.tokens[c].lower == "had" for c in self.children(first.head))
                    and self.tokens[v - 1].lower == "and"
                    and self.tokens[v - 2].text == ","
                )
            )
        ):
            # a past tense cannot go on with an infinitive: it goes on with the cue
            return any(h.cue is _SHADOW and h.verb < v for h in accepted) and not any(
                h.cue is not _SHADOW and h.verb < v for h in accepted
            )
        k, hops = v, 0
        while hops < 40:
            here = self.tokens[k]
            head = here.head
            if head == k:
                return False
            if head in verbs:
                if here.dep == "conj" and here.tag == "VB" and self.tokens[head].tag in ("VBD", "VBZ", "VBP", "VBN"):
                    return True  # an infinitive hung on the cue by mistake: it goes on with the content
                if here.dep == "conj":
                    pass  # coordinate with the cue: its own standing counts
                elif head in inverted and k < head:
                    return True
                elif k > head and here.dep in (
                    "ccomp",
                    "xcomp",
                    "dobj",
                    "pobj",
                    "prep",
                    "attr",
                    "acomp",
                    "dative",
                    "oprd",
                    "advcl",
                    "agent",
                    "pcomp",
                    "acl",
                    "relcl",
                ):
                    return not (here.dep == "advcl" and self._while(k))
                elif here.dep in ("ccomp", "parataxis") and k < head:
                    return "that" in verbs[head].cue.frames
                elif here.dep in ("nsubj", "nsubjpass", "csubj"):
                    return here.dep == "csubj" or verbs[head].cue is _SHADOW
            elif (
                here.dep == "ccomp"
                and k > head
                and self.tokens[head].pos == "VERB"
                and any(
                    self.tokens[c].dep == "nsubj"
                    and (self.is_actor(c) or self.tokens[c].pos == "PRON")
                    and self.tokens[c].lower != "it"
                    for c in self.children(head)
                )
            ):
                return True  # told by the subject of a verb that no table knows
            k, hops = head, hops + 1
        return False

    def _while(self, k: int) -> bool:
        return any(
            self.tokens[c].dep == "mark" and self.tokens[c].lower in ("while", "whereas", "as", "although", "though")
            for c in self.children(k)
        ) and self._own_subject(k)

    def _is_inverted(self, hit: CueHit) -> bool:
        """Content before the cue: a clause to its left, or a closing quotation before its subject."""
        v = hit.verb
        if "that" not in hit.cue.frames and "quote" not in hit.cue.frames:
            return False
        left = [
            c
            for c in self.children(v)
            if c < v
            and self.tokens[c].dep in ("ccomp", "parataxis", "advcl")
            and self.tokens[c].pos in ("VERB", "AUX", "NOUN", "ADJ", "PROPN")
        ]
        right = [
            c
            for c in self.children(v)
            if c > v
            and self.tokens[c].dep in ("ccomp", "xcomp")
            and ","
            not in {self.tokens[k].text for k in (max(0, self.parse.subtree(c)[0] - 1), self.parse.subtree(c)[0])}
        ]
        start = self._clause_start(v)
        k = start - 1
        while k >= self.first and self.tokens[k].text in ("-", "–", "—"):
            k -= 1
        comma_before = k >= self.first and (
            self.tokens[k].text in (",", "”", '"', "''", "’", "?", "!") or self._quoted(k)
        )
        if left and comma_before and any(self.tokens[c].dep in ("ccomp", "parataxis") for c in left):
            return not right or self._quoted(k)
        rest = [t for t in self.tokens[hit.last + 1 : self.last] if t.pos not in ("PUNCT", "SPACE")]
        if comma_before and start > self.first + 2:
            if not right and (not rest or self._quoted(k)):
                return True
            if not right and all(
                t.dep
                in (
                    "nsubj",
                    "compound",
                    "appos",
                    "prep",
                    "pobj",
                    "det",
                    "amod",
                    "advmod",
                    "npadvmod",
                    "nmod",
                    "poss",
                    "case",
                    "dobj",
                    "punct",
                    "flat",
                )
                for t in rest
            ):
                before = self.tokens[self.first : start]
                has_object = any(self.tokens[c].dep in ("dobj", "dative") and c > v for c in self.children(v))
                return self._quoted(k) or (not has_object and any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in before))
        return False

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

    # -- building --------------------------------------------------------------------------------------------------

    def subject_of(self, v: int) -> tuple[int | None, bool]:
        """The token of the cue's subject, and whether the cue is passive."""
        k, hops = v, 0
        if self.tokens[v].dep == "conj" and self.tokens[v].tag == "VBD" and not self._own_subject(v):
            while self.tokens[k].head != k and (k == v or self.tokens[k].tag not in ("VBD",)) and hops < 10:
                k, hops = self.tokens[k].head, hops + 1
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

    def _report(self, hit: CueHit, before: CueHit | None, after: CueHit | None, inverted: bool) -> list[Report]:
        tokens = self.tokens
        v = hit.verb
        subject, passive = self.subject_of(v)
        limit = self._limit(after, False)
        if limit <= hit.last:
            limit = self.last if after is None else after.verb
        limit = self._own_limit(v, limit)
        if "infinitive" in hit.cue.frames and tokens[v].tag in ("VBD", "VBN"):
            for k in range(hit.last + 3, limit):
                verb = tokens[tokens[k].head]
                if (
                    tokens[k].dep == "mark"
                    and tokens[k].lower in ("after", "while", "before", "as")
                    and verb.tag in ("VBD", "VBZ", "VBP")
                ):
                    limit = k
                    break
        for k in range(hit.last + 1, limit - 1):
            if self.tokens[k].lower == "according" and self.tokens[k + 1].lower == "to" and not self._quoted(k):
                limit = k
                break
        agent = None
        by = self.parse.child(v, "agent")
        if by is not None:
            agent = self.parse.child(by, "pobj")
        if not passive and self.parse.child(v, "dobj") is not None:
            agent = None  # "condemned launches by Pyongyang": what has an object is no passive
        lemma, act, cue_last = hit.cue.lemma, hit.cue.act, hit.last
        noun: str | None = None
        addressee: int | None = None
        if inverted:
            begin = self.first if before is None else before.last + 1
            stop = self._clause_start(v)
            if subject is not None and subject > v:
                stop = v
            if stop <= begin:
                return []
            content = self._trim(begin, stop - 1)
            if content is None:
                return []
            out = [
                Report(
                    hit,
                    v,
                    self.parse.span(self._cue_first(v), cue_last),
                    content,
                    subject,
                    act,
                    lemma,
                    inverted=True,
                    passive=passive,
                )
            ]
            # "A," he said, "B"
            tail = self._trim_quote_after(max(cue_last, subject or 0) + 1, limit)
            if tail is not None:
                if self._propositional(tail) and self._propositional(content):
                    out.append(Report(hit, v, out[0].cue, tail, subject, act, lemma, mid=True))
                elif tail.end - tail.start > content.end - content.start:
                    out[0].content = tail
            return out
        if passive or (agent is not None):
            return self._passive(hit, subject, agent, limit, before)
        # a noun of speech carries the act: "expressed deep concern over X", "reaffirmed its readiness to X"
        obj = self.parse.child(v, "dobj", "dative")
        if obj is None and hit.cue is _LIGHT_CUE:
            obj = self.parse.child(v, "oprd", "attr")
        objects = [c for c in self.children(v) if tokens[c].dep in ("dobj", "dative") and c > v]
        start: int | None = None
        light = light_verb(tokens[v].lower)
        if objects:
            for o in objects:
                word = tokens[o].lower
                if word in speech_nouns() and (light or word in ("views", "greetings", "wishes")):
                    noun = word
                    obj = o
                    break
        if hit.cue is _LIGHT_CUE and noun is None:
            return []
        if noun is not None and obj is not None:
            act_of_noun = speech_nouns()[noun]
            act = act_of_noun
            lemma = f"{light or lemma} {noun}"
            start, cue_last = self._after_noun(obj, limit)
            if hit.cue is _LIGHT_CUE or light in ("have", "hold"):
                if light in _BARE_LIGHT and start is None and act_of_noun not in ("congratulate", "condole"):
                    return []
                if light in ("have", "hold") and act_of_noun not in ("discuss",):
                    return []
            if start is None:
                start = self.parse.subtree(obj)[0]
                cue_last = v
                noun = noun
        if start is None:
            start, cue_last, addressee = self._content_start(hit, limit)
        if start is None or start >= limit:
            return []
        content = self._trim(start, limit - 1)
        if content is None:
            return []
        cue_first = self._cue_first(v)
        cue = self.parse.span(cue_first, max(cue_last, v) if max(cue_last, v) < start else v)
        return [Report(hit, v, cue, content, subject, act, lemma, addressee=addressee, noun=noun)]

    def _after_noun(self, obj: int, limit: int) -> tuple[int | None, int]:
        """Where the content of a noun of speech begins: after its preposition, "that" or "to"; and the cue's end."""
        tokens = self.tokens
        high = obj
        k = obj + 1
        first_to: int | None = None
        while k < limit and k < obj + 16:
            low = tokens[k].lower
            if low == "that" and tokens[k].pos in ("SCONJ", "DET", "PRON"):
                return k + 1, k
            if low in ("in", "with", "between", "at", "from") and k - high < 12 and tokens[k].pos == "ADP":
                if (
                    low in ("in", "at")
                    and tokens[obj].lower in ("interest", "confidence", "satisfaction", "pride")
                    and k == obj + 1
                ):
                    return k + 1, k
                if (
                    low == "with"
                    and tokens[obj].lower in ("satisfaction", "solidarity", "dissatisfaction")
                    and k == obj + 1
                ):
                    return k + 1, k
            if low in (
                "on",
                "over",
                "about",
                "for",
                "regarding",
                "concerning",
                "towards",
                "toward",
                "against",
                "of",
            ) and tokens[k].pos in ("ADP", "SCONJ", "VERB"):
                if low == "of" and tokens[obj].lower in ("exchange", "exchanges"):
                    k += 1
                    continue
                if low == "of" and tokens[obj].lower in ("message", "wishes", "wish", "series", "number"):
                    return None, obj
                around = {t.lower for t in tokens[k + 1 : min(limit, k + 8)]}
                if low == "on" and around & _NO_TOPIC:
                    k += 1
                    continue
                return (k + 1, k) if k + 1 < limit else (None, obj)
            if low == "to":
                if (k + 1 < limit and tokens[k + 1].tag in ("VB",)) or (
                    k + 2 < limit and tokens[k + 1].pos == "ADV" and tokens[k + 2].tag == "VB"
                ):
                    return k + 1, k
                first_to = first_to if first_to is not None else k
            if tokens[k].text in (";", ".") or (tokens[k].pos in ("VERB",) and tokens[k].tag in ("VBD", "VBZ", "VBP")):
                break
            k += 1
        if first_to is not None and tokens[obj].lower in (
            "attention",
            "importance",
            "tribute",
            "commitment",
            "adherence",
            "opposition",
            "support",
            "objection",
            "priority",
        ):
            return first_to + 1, first_to
        return None, obj

    def _content_start(self, hit: CueHit, limit: int) -> tuple[int | None, int, int | None]:
        """First token of forward content, last token of the cue, and the addressee's token."""
        tokens, v, cue = self.tokens, hit.verb, hit.cue
        complement: int | None = None
        for c in self.children(v):
            if c > hit.last and tokens[c].dep in ("ccomp", "xcomp") and c < limit:
                complement = c
                break
        if complement is None and hit.last > v:
            for c in self.children(hit.last):
                if c > hit.last and tokens[c].dep in ("ccomp", "xcomp", "acl", "pobj", "pcomp") and c < limit:
                    complement = c
                    break
        addressee = None
        objects = [c for c in self.children(v) if tokens[c].dep in ("dobj", "dative") and hit.last < c < limit]
        obj = objects[0] if objects else None
        if obj is None and hit.last > v:
            inner = [c for c in self.children(hit.last) if tokens[c].dep in ("dobj", "pobj") and c > hit.last]
            obj = inner[0] if inner else None
        # an explicit "that" soon after the cue beats the parse
        if "that" in cue.frames:
            for k in range(hit.last + 1, min(limit, hit.last + 22)):
                low = tokens[k].lower
                if (
                    low == "that"
                    and tokens[k - 1].lower in _CLAIM_NOUNS
                    and k > hit.last + 1
                    and "addressee" not in cue.frames
                ):
                    break  # "said reports that it was ready were wrong": the claim, not what is said
                if low == "that" and (
                    tokens[k].pos in ("SCONJ", "ADP")
                    or tokens[k].dep == "mark"
                    or tokens[k - 1].lower in _VEHICLES
                    or (
                        "addressee" in cue.frames
                        and k - hit.last <= 6
                        and tokens[k - 1].pos in ("NOUN", "PROPN", "PRON")
                    )
                ):
                    between = tokens[hit.last + 1 : k]
                    if any(t.text in (";", ":", "“", '"') for t in between) or any(
                        t.tag in ("VBD", "VBZ", "VBP") for t in between
                    ):
                        break
                    addressee = next((c for c in objects if c < k), None)
                    return k + 1, k, addressee
                if low in ("which", "who"):
                    break
        if cue.topic and (("addressee" in cue.frames and obj is not None) or "topic" in cue.frames):
            found = self._topic_start(hit, limit, obj)
            if found is not None:
                return found
            if obj is None and "that" not in cue.frames and "noun" not in cue.frames and complement is None:
                return None, hit.last, None
        if (
            complement is not None
            and obj is not None
            and "that" not in cue.frames
            and "noun" in cue.frames
            and obj < complement
            and tokens[complement].dep == "ccomp"
        ):
            complement = None
        if complement is not None:
            low_edge, _ = self.parse.subtree(complement)
            begin = max(hit.last + 1, low_edge)
            if tokens[complement].dep == "xcomp" and obj is not None and obj < complement:
                return self.parse.subtree(obj)[0] if self.parse.subtree(obj)[0] > hit.last else obj, hit.last, obj
            if "addressee" in cue.frames and objects and objects[0] < complement:
                addressee = objects[0]
                if "that" in cue.frames:
                    return begin, hit.last, addressee
                return max(hit.last + 1, self.parse.subtree(objects[0])[0]), hit.last, addressee
            if cue.weak and tokens[complement].dep == "xcomp" and not ({"infinitive"} & cue.frames):
                return None, hit.last, None
            # the left edge of the parse may lie far from the cue: keep what stands between out
            return (begin, hit.last, None) if begin < limit else (None, hit.last, None)
        if obj is not None and ("noun" in cue.frames or "addressee" in cue.frames):
            low_edge = max(hit.last + 1, self.parse.subtree(obj)[0])
            if "addressee" in cue.frames:
                addressee = obj
                if "noun" not in cue.frames and not self._more_than_addressee(obj, limit):
                    return None, hit.last, None
            return low_edge, hit.last, addressee
        nxt = hit.last + 1
        while (nxt < limit and tokens[nxt].text in (":", ",", "“", '"', "‘")) or (
            nxt < limit and tokens[nxt].pos == "ADV" and tokens[nxt].dep == "advmod" and tokens[nxt].head == v
        ):
            nxt += 1
        if nxt >= limit:
            return None, hit.last, None
        if "infinitive" in cue.frames and tokens[nxt].lower == "to":
            return nxt, hit.last, None
        if "that" in cue.frames or "quote" in cue.frames:
            if any(tokens[k].text == ":" for k in range(hit.last + 1, min(limit, hit.last + 12))):
                k = next(k for k in range(hit.last + 1, min(limit, hit.last + 12)) if tokens[k].text == ":")
                return k + 1, hit.last, None
            if self._quoted(nxt) or any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in tokens[nxt:limit]):
                return nxt, hit.last, None
        if "noun" in cue.frames and tokens[nxt].pos in ("NOUN", "PROPN", "DET", "ADJ", "PRON", "NUM", "VERB"):
            return nxt, hit.last, None
        return None, hit.last, None

    def _topic_start(self, hit: CueHit, limit: int, obj: int | None) -> tuple[int, int, int | None] | None:
        """The content behind a topic's preposition: "thanked A for X", "informed A about X", "agreed on X"."""
        tokens, cue = self.tokens, hit.cue
        addressed = obj is not None and "addressee" in cue.frames
        k = self.parse.subtree(obj)[0] if obj is not None and addressed else hit.last + 1
        while k < limit and tokens[k].text != ";":
            low = tokens[k].lower
            if low in cue.topic and tokens[k].pos in ("ADP", "SCONJ", "PART"):
                near = obj is None or k > obj or "addressee" not in cue.frames
                bare_to = (
                    low == "to" and tokens[k].pos == "PART" and "infinitive" not in cue.frames and k != hit.last + 1
                )
                if near and not bare_to and k + 1 < limit and self._topic_ok(hit, k, obj):
                    return k + 1, k if k == hit.last + 1 else hit.last, obj if addressed else None
            k += 1
        return None

    def _more_than_addressee(self, obj: int, limit: int) -> bool:
        high = self.parse.subtree(obj)[1]
        return (
            any(t.lower in ("to", "for", "on", "over", "of", "about", "not") for t in self.tokens[obj + 1 : limit])
            or high > obj + 6
        )

    def _topic_ok(self, hit: CueHit, k: int, obj: int | None) -> bool:
        """Whether the preposition at ``k`` opens the topic: close to the cue, or after the addressee."""
        if k == hit.last + 1:
            return True
        if obj is not None and "addressee" in hit.cue.frames:
            return k > obj and k - obj < 25
        head = self.tokens[k].head
        return head in (hit.verb, hit.last) or k - hit.last <= 4

    def _passive(
        self, hit: CueHit, subject: int | None, agent: int | None, limit: int, before: CueHit | None
    ) -> list[Report]:
        tokens, v = self.tokens, hit.verb
        lemma, act = hit.cue.lemma, hit.cue.act
        cue = self.parse.span(self._cue_first(v), hit.last)
        if subject is None:
            return []
        word = tokens[subject].lower
        if word == "quoted" or (hit.cue.lemma == "quote" and "as" in [t.lower for t in tokens[v + 1 : v + 3]]):
            return []
        # "hope was expressed that", "special attention was paid to"
        if (
            word in speech_nouns()
            and word != "importance"
            and (
                light_verb(tokens[v].lower)
                or word in ("agreement", "attention", "emphasis", "hope", "concern", "support")
            )
        ):
            start, last = None, v
            low, high = self.parse.subtree(subject)
            for k in range(v + 1, min(limit, v + 4)):
                if tokens[k].lower in ("that", "to", "on", "over", "about", "for", "with") and tokens[k].pos in (
                    "SCONJ",
                    "ADP",
                    "PART",
                ):
                    start, last = k + 1, k
                    break
            if start is None and high > subject + 1 and high < v:
                inner, _ = self._after_noun(subject, v)
                start = inner
                content = self._trim(inner, v - 1) if inner is not None else None
                content = self._trim(max(low, inner or low), min(high, self._cue_first(v) - 1)) or content
                if content is None:
                    return []
            else:
                if start is None or start >= limit:
                    return []
                content = self._trim(start, limit - 1)
                if content is None:
                    return []
                cue = self.parse.span(low if low < v and subject - low <= 3 else subject, last)
            return [
                Report(
                    hit,
                    v,
                    cue,
                    content,
                    None,
                    speech_nouns()[word],
                    f"{lemma} {word}",
                    passive=True,
                    agent=agent,
                    noun=word,
                )
            ]
        if hit.cue is _LIGHT_CUE:
            return []
        if word in ("it",) or tokens[subject].dep == "expl":
            start, last, _ = self._content_start(hit, limit)
            if start is None:
                return []
            content = self._trim(start, limit - 1)
            if content is None:
                return []
            first = subject if v - subject <= 4 else self._cue_first(v)
            return [
                Report(
                    hit, v, self.parse.span(first, max(last, v)), content, None, act, lemma, passive=True, agent=agent
                )
            ]
        if "addressee" in hit.cue.frames and agent is None:
            return []
        if "noun" in hit.cue.frames or agent is not None or hit.cue.lemma == "agree":
            low, high = self.parse.subtree(subject)
            low = max(low, self.first if before is None else before.last + 1)
            high = min(high, self._cue_first(v) - 1)
            if high < low:
                return []
            if "addressee" in hit.cue.frames and agent is not None:
                start, _, _ = self._content_start(hit, limit)
                content = self._trim(start, limit - 1) if start is not None else None
            else:
                content = self._trim(low, high)
            if content is None:
                return []
            return [Report(hit, v, cue, content, None, act, lemma, passive=True, agent=agent)]
        return []

    def _accordances(self, reports: list[Report]) -> list[Report]:
        """ "According to X, Y", "In the view of X, Y", "As X put it, Y": Y is what X said."""
        out: list[Report] = []
        tokens = self.tokens
        for i in range(self.first, self.last - 1):
            if tokens[i].lower not in _ACCORDANCE_OPENINGS:
                continue
            phrase = next((p for p in _ACCORDANCES if tuple(t.lower for t in tokens[i : i + len(p)]) == p), None)
            if phrase is None or self._quoted(i):
                continue
            after = i + len(phrase)
            if phrase == ("as",):
                put = next(
                    (
                        k
                        for k in range(after, min(self.last - 1, after + 12))
                        if tokens[k].lower in ("put", "puts") and tokens[k + 1].lower == "it"
                    ),
                    None,
                )
                source = next((k for k in range(after, put) if self.is_actor(k)), None) if put is not None else None
                if put is None or source is None:
                    continue
                high = put + 1
            else:
                source = next(
                    (k for k in range(after, min(self.last, after + 3)) if self.is_actor(k) or tokens[k].pos == "PRON"),
                    None,
                )
                if source is None:
                    source = self.parse.child(after - 1, "pobj")
                if source is None:
                    continue
                head = source
                while tokens[head].dep in ("compound", "poss", "amod", "flat", "nmod") and tokens[head].head > head:
                    head = tokens[head].head
                high = max(self.parse.subtree(head)[1], head) if tokens[head].dep == "pobj" else head
                comma = next((k for k in range(source, self.last) if tokens[k].text == ","), None)
                if comma is not None and comma <= high:
                    high = comma - 1
            cue = self.parse.span(i, after - 1)
            comma = next((k for k in range(high, self.last) if tokens[k].text == ","), None)
            ahead = self._trim(comma + 1, self.last - 1) if comma is not None and comma + 1 < self.last else None
            behind = self._trim(self.first, i - 1) if i > self.first + 1 else None
            if behind is not None and any(r.verb < i and not r.inverted for r in reports):
                continue
            content = max((c for c in (ahead, behind) if c is not None), key=lambda c: c.end - c.start, default=None)
            if content is not None:
                out.append(Report(None, i, cue, content, source, None, "according to", accordance=True))
        return out

    def _agenda(self) -> list[Report]:
        """ "An exchange of views took place on X", "X was on the agenda", "the focus of the talks was X": both
        sides'.
        """
        text = self.parse.text
        out: list[Report] = []
        for pattern in _AGENDA:
            match = pattern.search(text, self.sentence.start, self.sentence.end)
            if match is None:
                continue
            inside = [
                t.i for t in self.parse.words(self.sentence) if match.start("topic") <= t.start < match.end("topic")
            ]
            content = self._trim(inside[0], inside[-1]) if inside else None
            words = [t for t in self.parse.words(self.sentence) if match.start("cue") <= t.start < match.end("cue")]
            if content is None or not words or any(self._quoted(t.i) for t in words):
                continue
            verb = words[-1].i
            out.append(
                Report(
                    None, verb, Span(words[0].start, words[-1].end), content, None, "discuss", "discuss", passive=True
                )
            )
            break
        return out

    # -- spans -----------------------------------------------------------------------------------------------------

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


_LIGHT_CUE = Cue("(light verb)", (), frozenset({"noun"}), None, frozenset(), True)
_SHADOW = Cue("(not said)", (), frozenset(), None, frozenset(), True)
