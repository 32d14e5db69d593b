"""How a cue stands: a report that took place, or planned, denied, hypothetical, nested in another, a mere credit.

What lies inside another report's content is not a report of its own: nested, denied, hypothetical and planned speech
is never recorded as said. That is decided here, once, for all kinds of items.
"""

from __future__ import annotations

from readout.extracting.cues import CueHit, light_verb, speech_nouns
from readout.extracting.report_contents import BARE_LIGHT, LIGHT_CUE, SHADOW, ReportContents
from readout.lexicons.inflection import forms

_MODALS = frozenset("will would may might could should can must shall 'll ’ll wo ca".split())
# Verbs, nouns and adjectives under which an infinitive is not (yet) done.
_UNREAL_HEADS = frozenset(
    """expect plan intend want wish hope due set likely ready try fail refuse decline need prepare seek aim schedule
    slate unlikely able supposed want wait hesitate stop avoid threaten promise pledge vow bound willing poised
    unwilling reluctant unable forget neglect omit hesitate tend mean determined prepared yet order opportunity
    mandate plan intention readiness refusal failure desire right chance ability
    agree decide offer invite urge ask call request demand require encourage press order tell advise recommend propose
    suggest forbid authorize instruct allow enable help have going""".split()
)
# An infinitive of purpose under one of these was done: "called to congratulate", "met to discuss".
_MEETING_VERBS = frozenset(
    """call telephone phone meet speak host visit travel arrive receive hold convene gather sit write come ring fly join
    welcome use take""".split()
)
_PARTICIPLES = frozenset(
    """adding noting stressing saying emphasizing emphasising underlining underscoring warning expressing describing
    calling urging citing reiterating thanking recalling pointing highlighting accusing condemning reaffirming telling
    insisting claiming arguing conveying voicing welcoming praising explaining asking vowing pledging promising
    stating declaring affirming suggesting denouncing criticizing criticising rejecting denying cautioning confirming
    announcing congratulating commending discussing assuring informing demanding mentioning""".split()
)
_UNREAL_FORMS = frozenset(f for w in _UNREAL_HEADS for f in forms(w)) | _UNREAL_HEADS
_MEETING_FORMS = frozenset(f for w in _MEETING_VERBS for f in forms(w))
_CREDIT_CUES = frozenset("say report announce state add confirm tell write post disclose note reveal inform".split())
_TOPIC_ONLY = frozenset({"topic"})
_WORDS_ONLY = frozenset({"quote", "that"})
_FIT = frozenset({"badly", "closely", "ill", "nicely", "perfectly", "poorly", "well"})
_PROMISED = frozenset(
    f for w in ("promise", "pledge", "agree", "vow", "undertake", "commit", "guarantee", "announce") for f in forms(w)
)
_REFUSALS = frozenset(f for w in ("decline", "refuse") for f in forms(w))
_SILENCE = frozenset(
    """say comment confirm elaborate answer disclose speculate name specify identify reveal explain
    tell respond reply state speak discuss be give provide deny""".split()
)


class ReportStanding(ReportContents):
    """Decides which cues of a sentence report something that was said."""

    def _shadows(self, hit: CueHit) -> bool:
        """A participle that is no report of its own still governs what stands under it ("Denying that A had asked")."""
        return self.tokens[hit.verb].tag in ("VBG", "VBN") and hit.cue is not LIGHT_CUE and not self._quoted(hit.verb)

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
        if token.pos == "AUX" and not hit.cue.lemma.startswith("be ") and hit.cue is not LIGHT_CUE:
            return False
        if token.pos == "AUX" and token.dep in ("aux", "auxpass"):
            return False
        if hit.cue is LIGHT_CUE and not any(
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
        if hit.cue is LIGHT_CUE and light_verb(token.lower) in BARE_LIGHT:
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
            if child.dep == "aux" and child.lower in _MODALS and child.tag == "MD":
                return False
            if child.dep == "mark" and child.lower in ("if", "unless", "whether", "lest", "until", "should"):
                return False
            if child.dep == "mark" and child.lower == "as" and token.lower in _PROMISED and self._long_past(v):
                return False  # "sent a team, as it had promised": what was promised is what was done
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
                        any(tokens[c].dep == "aux" and tokens[c].lower in _MODALS for c in self.children(head_i))
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
                    if any(tokens[c].dep == "aux" and tokens[c].lower in _MODALS for c in self.children(head_i)):
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

    def _long_past(self, v: int) -> bool:
        return any(
            self.tokens[c].dep == "aux" and self.tokens[c].lower in ("had", "'d", "’d") for c in self.children(v)
        )

    def _embedded(self, v: int, accepted: list[CueHit], inverted: set[int]) -> bool:
        verbs = {h.verb: h for h in accepted}
        if self.tokens[v].lower in _PARTICIPLES and self.tokens[v].tag == "VBG" and not self._own_subject(v):
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
                return bool(governor) and governor[-1].cue is SHADOW
        first = self.tokens[v]
        if (
            first.dep == "conj"
            and first.tag == "VBD"
            and not self._own_subject(v)
            and (
                self.tokens[first.head].tag in ("VB", "VBG", "NN", "NNS", "JJ", "VBZ", "VBP")
                or (
                    self._goes_on(v)
                    and any(
                        h.cue is not SHADOW and "that" in h.cue.frames
                        for h in accepted
                        if h.verb == self.tokens[first.head].head
                    )
                )
                or (
                    self.tokens[first.head].tag == "VBN"
                    and any(self.tokens[c].lower == "had" for c in self.children(first.head))
                    and self.tokens[v - 1].lower == "and"
                    and self.tokens[v - 2].text == ","
                )
            )
        ):
            # a past tense cannot go on with an infinitive: it goes on with the cue
            return any(h.cue is SHADOW and h.verb < v for h in accepted) and not any(
                h.cue is not SHADOW and h.verb < v for h in accepted
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
                    return here.dep == "csubj" or verbs[head].cue is SHADOW
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
