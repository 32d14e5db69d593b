"""What was said: where the content of a report begins and ends, in its frames, behind a noun, and in the passive."""

from __future__ import annotations

from readout.extracting.cues import Cue, CueHit, light_verb, speech_nouns
from readout.extracting.report_clauses import Report, ReportClauses

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
BARE_LIGHT = frozenset("have hold take make give send issue reach place lay hand offer".split())
LIGHT_CUE = Cue("(light verb)", (), frozenset({"noun"}), None, frozenset(), True)
SHADOW = Cue("(not said)", (), frozenset(), None, frozenset(), True)

_TOWARD_NOUNS = frozenset(
    "attention importance tribute commitment adherence opposition support objection priority".split()
)
"""Nouns whose content stands behind "to"."""


class ReportContents(ReportClauses):
    """Reads the content of a cue."""

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
        if obj is None and hit.cue is LIGHT_CUE:
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
        if hit.cue is LIGHT_CUE and noun is None:
            return []
        if noun is not None and obj is not None:
            act_of_noun = speech_nouns()[noun]
            act = act_of_noun
            lemma = f"{light or lemma} {noun}"
            start, cue_last = self._after_noun(obj, limit)
            if hit.cue is LIGHT_CUE or light in ("have", "hold"):
                if light in BARE_LIGHT and start is None and act_of_noun not in ("congratulate", "condole"):
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
                if low == "of" and tokens[k - 1].lower in _NO_TOPIC:
                    k += 1  # "had a talk at the initiative of the other side"
                    continue
                if low == "of" and first_to is not None and tokens[obj].lower in _TOWARD_NOUNS:
                    break  # "paid tribute to her years of service"
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
        if first_to is not None and tokens[obj].lower in _TOWARD_NOUNS:
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
                if low == "that" and k > hit.last + 2 and self._of_a_noun(hit, k, obj):
                    break
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

    def _of_a_noun(self, hit: CueHit, k: int, obj: int | None) -> bool:
        """Whether "that" belongs to a noun of the content: "informed him of plans that ...", "stressed its stance and
        its belief that ..."."""
        between = range(hit.last + 1, k)
        if "addressee" in hit.cue.frames and hit.cue.topic and obj is not None:
            return any(
                i > obj and self.tokens[i].lower in hit.cue.topic and self._topic_ok(hit, i, obj) for i in between
            )
        return (
            "noun" in hit.cue.frames
            and self.tokens[k - 1].pos == "NOUN"
            and any(self.tokens[i].lower == "and" and self.tokens[i].head > hit.last for i in between)
        )

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
        if hit.cue is LIGHT_CUE:
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
            # a cue inside the subject ("aspects of the summit, to be held in July, were considered") cuts nothing off
            low = max(low, self.first if before is None or subject < before.verb else before.last + 1)
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
