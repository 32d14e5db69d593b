"""Acts: what a statement does. The cue decides where it names an act; else the content does (RECORD.md, Statement)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readout.records import Actor

# Content patterns, first match wins; each is a way of saying that holds whoever speaks.
_THANK = re.compile(
    r"\b(?:grateful|gratitude|thanks? (?:to|for|you)|appreciat\w+|thankful|never forget)\b|\b(?:i|we|"
    r"[A-Z]\w+) thanks? (?!to\b)\w",
    re.I,
)
_CONDOLE = re.compile(
    r"\b(?:condolences?|sympath(?:y|ies)|mourn\w*|speedy recovery|pay (?:\w+ )?tribute|bereaved|"
    r"deepest sorrow|grie(?:f|ves?)\b|thoughts (?:are with|and prayers|to)|heartfelt words of|"
    r"will (?:always )?(?:be )?(?:live|remember\w*) in (?:our|the))\b",
    re.I,
)
_CONGRATULATE = re.compile(
    r"\b(?:congratulat\w+|wish(?:es|ed)? (?:you|him|her|them|the (?:people|president|king|"
    r"prime)\b.{0,40}) |best wishes|birthday greetings|good health|happy \w+ anniversary)\b",
    re.I,
)
_OFFER = re.compile(
    r"\b(?:(?:stands?|is|are|was|were|be|remains?|am|its|their|his|her|our|the) (?:\w+ )?(?:ready|"
    r"willing|prepared|open|keen|interested|readiness|willingness|openness|preparedness)\b"
    r"|hop(?:es?|ed|ing) to\b|looks? forward|looked forward|looking forward|would like to|wants? to|"
    r"wish(?:es)? to|seeks? to|intends? to|intention to|interest in (?:\w+ing|further|closer)|"
    r"is eager|are eager|desire to)",
    re.I,
)
_REQUEST = re.compile(
    r"\b(?:should|must (?:all|both|also|be (?:given|ensured|resumed))|need(?:s|ed)? to|ought to|"
    r"the onus|must work|must be (?:found|done|taken|strengthened|carried out|implemented|"
    r"observed|honou?red|fulfilled|complied with|upheld|preserved|resolved|settled|based)|"
    r"it (?:is|was) (?:now |very |also |"
    r"especially |extremely |particularly )?(?:important|necessary|essential|imperative|vital|crucial|"
    r"high time) (?:to|that|for)|(?:hope|hopes|hoped|hopeful|expects?|expected|counts?|"
    r"counting) (?:that|on|for|the|for the|you|its|our|their)|call(?:s|ed|ing)? (?:on|for|upon)|"
    r"urg(?:e|es|ed|ing)|invit\w+|appeal\w*|request\w*|let us|time to|ask(?:s|ed)? (?:for|the|that|"
    r"to))\b",
    re.I,
)
_DEMAND = re.compile(
    r"\b(?:must (?:stop|cease|end|withdraw|act|answer|not|immediately|respect|be (?:respected|held|"
    r"released|stopped|lifted|withdrawn))|immediately (?:stop|cease|end|withdraw|release)|"
    r"unacceptable|has to stop|demand\w*|never be allowed|would have to)\b",
    re.I,
)
_WARN = re.compile(
    r"\b(?:consequences?|red lines?|will respond|would respond|retaliat\w+|pay a (?:heavy )?price|"
    r"at (?:its|their) own (?:risk|peril)|proper rebuff|play(?:ing)? with fire|(?:risk|risks|risked|"
    r"threatens?|fraught with) (?:of |a |an )?(?:escalation|war|conflict|further|collapse|catastrophe|"
    r"destabili\w+)|if .{3,80}(?:will|would) (?:be (?:compelled|forced|met|held)|have to|face|respond|"
    r"take)|decisive(?:ly)? respon\w+|harsh response|further destabili\w+|use (?:of )?force|"
    r"grave (?:error|mistake)|serious escalation|at risk)\b",
    re.I,
)
_REJECT = re.compile(
    r"\b(?:oppos(?:e|es|ed|ing|ition)|rejects?|rejected|(?:is|are|was|were|be) (?:not |"
    r"un)(?:acceptable|possible to)|cannot (?:accept|agree|be)|can ?not accept|no (?:basis|truth)|"
    r"denies|denied|baseless|unfounded|(?<!never )refus(?:e|es|ed|al)|rule[ds]? out|not (?:going to|negotiable)|"
    r"against any|(?:will|would|shall|can|could|do|does|did)(?: not|n.t|not) (?:\w+ly )?(?:accept|"
    r"tolerate|recogni[sz]e|permit|condone|put up with|stand for))\b",
    re.I,
)
_CRITICISE = re.compile(
    r"\b(?:condemn\w*|violat\w+|illegitimate|illegal(?:ly)?|unlawful|aggress(?:ion|ive|"
    r"or)\b.{0,40}(?:against|must|is|was)|genocide|war crimes?|provocat(?:ion|ive)\w*|destructive|"
    r"hypocri\w+|irresponsible|failed to|fail(?:s|ure) to|interfer\w+|blam\w+|accus\w+|malicious|"
    r"counterproductive|unjustified|unprovoked|unqualified|brutal|crimes?\b|unhelpful|coercive|"
    r"coercion|destabiliz\w+|wrong(?:ful)?\b|sabotag\w+|blockad\w+|distort\w+|undermin\w+|barbaric|"
    r"neglect\w*|erroneous|acting against|(?:gone|went|goes) back on)\b",
    re.I,
)
_CONCERN = re.compile(
    r"\b(?:concern(?:s|ed|ing)?|worr(?:y|ied|ies|ying)|alarm\w*|regret\w*|sadden\w*|troubl(?:ed|ing)|"
    r"anxiet\w+|disappoint\w+|dismay\w*)\b",
    re.I,
)
_SUPPORT = re.compile(
    r"\b(?:(?:full|firm|strong|unwavering|continued|steadfast|unconditional|invariable|resolute|"
    r"ironclad|unequivocal)\w* (?:\w+ )?(?:support|solidarity|backing)|supports?|supported|"
    r"stands? (?:with|by|behind)|stood (?:with|by)|in solidarity|prais\w+|commend\w*|applaud\w*|"
    r"backs?\b|endors\w+|side with|valued? (?:the )?(?:role|contribution)|"
    r"right to (?:self-)?defen[cs]e|hero(?:ism|ic)|courage\w*|leadership (?:in|on|role)|"
    r"(?:leading|constructive) role of|outstanding|"
    r"contribution to)\b",
    re.I,
)
_AGREE = re.compile(
    r"\b(?:agreed (?:to|on|that)|reached (?:an? )?(?:agreement|consensus|understanding)|have agreed|"
    r"consensus|signed)\b",
    re.I,
)
_COMMIT = re.compile(
    r"\b(?:will|shall|'ll|’ll|would)\b(?! (?:be (?:held|a|an|the|able|discussed|important|marked|"
    r"considered|necessary)|discuss|meet|visit|review|travel|have|see|take place|focus|benefit|help|"
    r"mark|become|make it|lead to|contribute))",
    re.I,
)
_OWN_WILL = re.compile(
    r"\b(?:we|i|our \w+|they|he|she|it|country|state|side|government|ministry|"
    r"people)\s+(?:\w+ )?(?:will|shall|would|'ll|’ll)\b",
    re.I,
)
_INFORM_WILL = re.compile(
    r"\b(?:will|is to|are to) (?:also )?(?:discuss|meet|visit|travel|hold talks|arrive|"
    r"take part|attend|be held|address|take place|host talks|sign|inaugurate|be received|call on|"
    r"open (?:an?|the) (?:\w+ ){0,2}(?:conference|exhibition|fair|forum|meeting|session|summit)|"
    r"tour|deliver (?:an?|the)|depart|begin (?:his|her|a))\b",
    re.I,
)
_AFFIRM = re.compile(
    r"\b(?:committed to|commitment to|commitments?\b|principle\w*|respects? |wants? (?:calm|peace|"
    r"no )|remains? (?:a |an |the )?(?:priority|firm|unchanged|open|key|committed|strong|steadfast)|"
    r"policy|position|adher\w+|attach\w* (?:great |high )?(?:importance|significance)|priorit\w+|"
    r"one[- ]china|sovereignty|territorial integrity|determined|determination|resolve to|"
    r"strategic partner|stands? for|in favou?r of|advocat\w+|dedicated|goal|consistent(?:ly)?|"
    r"shared (?:values|vision|interest)|importance of|need (?:for|to)|right to|responsib\w+|"
    r"no alternative|only (?:way|path|road|basis|on the basis)|"
    r"directed against|indivisib\w+|loyal\w*|no plans?|considers?|partners?\b|"
    r"partnership\b|neighbou?rs?|shared desire|stance|consistently)\b",
    re.I,
)
_INFORM = re.compile(
    r"\b(?:has|have|had) (?:already |also |been |recently |not |now )*\w+(?:ed|en|ne|de|nt|ld|ut|un|"
    r"wn|ught)\b|\b(?:took place|was|were) \w+ed\b|\b(?:yesterday|today|last (?:week|month|year)|"
    r"per ?cent|%|million|billion|tonnes?|signed|launched|opened|arrived|according to)\b|"
    r"\b(?:latest developments|the (?:current )?situation (?:in|on|at|around)|steps (?:taken|being)|"
    r"measures (?:taken|being)|progress (?:made|of)|results? of|"
    r"\bago\b|\b(?:sent|wrote|visited|signed|delivered|arrived|handed over|sold|built)\b|marks? the \d+|(?:is|are|was|"
    r"were) being \w+|(?:almost|around|over|nearly|more than) \d[\d,.]*|(?:is|was|will be) (?:the|his|"
    r"her|\w+\W+\w+\W?s)? ?first)\b",
    re.I,
)
_IMPORTANCE = re.compile(
    r"^\W*(?:the |special |great |particular )*(?:importance|need|necessity|urgency|significance|"
    r"urgent need|critical need|critical importance|inadmissibility|expediency)\b",
    re.I,
)


_TALKS_WERE = re.compile(
    r"^\W*(?:in general, )?(?:the|this|these|both our|our) (?:\w+ )?(?:conversations?|talks|meetings?|"
    r"visit|call|discussions?|dialogue|exchange|trip)\b(?! with\b.{0,40}\b(?:will take place|"
    r"took place))",
    re.I,
)
_SIGNAL_OF = re.compile(
    r"\b(?:signals?|manifestations?|signs?|demonstrations?|evidence|proof|step)\b (?:of|for|"
    r"towards?)\b|\b(?:extremely|very|especially|particularly) important for\b",
    re.I,
)
_CONFIDENT = re.compile(r"\b(?:i am|we are|am|he was|she was|is|was) (?:confident|convinced|certain|sure)\b", re.I)
_DENIAL = re.compile(
    r"^\W*(?:(?:i|we|he|she|they|it|our \w+|his \w+|her \w+) (?:have |has |had |did |do )?(?:never|"
    r"not|n't|n’t)\b(?! be\b)|(?:that|this) is (?:nonsense|false|a lie|untrue)|(?:is )?nonsense\b|"
    r"we (?:have )?agreed to nothing)|\b(?:reports?|claims?|allegations?|rumou?rs?|"
    r"suggestions?)\b.{3,80}\b(?:were|was|are|is) (?:wrong|false|untrue|baseless|unfounded|nonsense|"
    r"invented)",
    re.I,
)
_OWN_AGREEMENT = re.compile(
    r"\b(?:we|they|both|two|sides|parties|leaders|his country|her country|our|"
    r"its)\b.{0,60}\b(?:agreed|agreement|consensus|agree)\b|^\W*(?:in agreement|agree)",
    re.I,
)
_NOT_READY = re.compile(r"\b(?:was|were|is|are) not (?:yet )?(?:ready|prepared|willing)\b", re.I)
_SUPPOSED = re.compile(r"\W*(?:[Ii]f|[Ii]n case|[Ii]n the event|[Ss]hould|[Uu]nless) [A-Z]", re.S)
_OTHERS_WILL = re.compile(
    r"^\W*(?:(?:the )?[A-Z][\w'’-]+|both|all|the (?:\w+ )?(?:side|sides|parties|countries|government|"
    r"authorities|partners))\b.{0,60}?\b(?:would|will|can|could|to)\b",
    re.S,
)
_READINESS = re.compile(
    r"^\W*(?:[\w’']+[’']s?|its|their|a mutual|mutual|his|her|the|continued) (?:\w+ )?(?:readiness|"
    r"willingness|openness|intention|interest in)\b",
    re.I,
)
_URGENT = re.compile(
    r"\b(?:urgen(?:cy|t)|need for all|critical need|importance of (?:allowing|ensuring that|bringing|"
    r"releasing|refraining))\b",
    re.I,
)
_ACTOR_FIRST = re.compile(
    r"^\W*(?:(?!(?:This|These|It|Such|There|That|In|On|At|With|As|For|The)\b)[A-Z][\w’'-]+|(?:[Tt]he|"
    r"[Oo]ur|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) (?:[A-Z]\w+|country|state|side|government|ministry|people|"
    r"nation|army|authorities|parties|sides|two \w+)|(?:[Ww]e|[Tt]hey|[Hh]e|[Ss]he|I|"
    r"[Bb]oth \w+)\b).{0,90}?\b(?:will|shall|would|'ll|’ll)\b",
    re.S,
)


_CALL_FOR = re.compile(
    r"\W*(?:(?:the|its|his|her|their|our|a) )?(?:\w+ ){0,2}?(?:call|request|appeal|invitation|demand|proposal) "
    r"(?:for|to|on|that)\b",
    re.I,
)
_OTHERS_MUST = re.compile(r"^\W*(?:that )?(?!(?:we|i|he|she|it|they)\b)[^,;]{2,60}? (?:must|has to|have to)\b", re.I)
# "that his country will build", "China will go on helping": what a side restates that it will do
_OWN_COURSE = re.compile(
    r"\W*(?:that )?(?:(?:his|her|its|their|our) (?:country|government|side)|we|[A-Z]\w+) (?:\w+ly )?"
    r"(?:will|would|shall)(?! (?:always|continue|remain|be|never|not|have))\b"
)
_SUGGESTED = re.compile(
    r"\W*(?:\w+ing\b|(?:that )?[^,;]{2,60}? (?:should|be|hold|meet|join|take)\b|(?:a|an|new) \w)", re.I
)
_TO_DO = re.compile(r"\W*to (?!(?:you|him|her|them|the)\b)\w", re.I)
_ATTACHED = re.compile(r"\battach\w* (?:\w+ )?(?:importance|significance|priority)\b", re.I)


def act_of_content(
    words: str,
    lemma: str,
    speakers: Sequence[Actor],
    others: Sequence[str],
    toward: Sequence[str],
    own_deed: bool = True,
) -> str:
    """The act of a statement whose cue is neutral, from its content.

    Args:
        words: the content.
        lemma: the cue's base form, "" where there is none.
        speakers: who speaks.
        others: the sides of the exchange that do not speak.
        toward: the sides that the content is directed at.
        own_deed: whether a future told of is the speakers' own doing; another's is no promise.
    """
    if _DENIAL.search(words):
        return "reject"
    if _NOT_READY.search(words):
        return "assess"
    if _SUPPOSED.match(words):
        return "commit" if _OWN_WILL.search(words) or _ACTOR_FIRST.search(words) else "assess"
    if _CONDOLE.search(words):
        return "condole"
    if _READINESS.search(words):
        return "offer"
    if _THANK.search(words) and not _OFFER.search(words[:40]):
        return "thank"
    if _CONGRATULATE.search(words):
        return "congratulate"
    if lemma == "suggest" and _SUGGESTED.match(words):
        return "request"
    if lemma in ("hope", "express hope", "voice hope"):
        if _TO_DO.match(words):
            return "offer"
        asked = bool(toward) or bool(_OTHERS_WILL.search(words))
        return "request" if asked or (others and len(speakers) == 1) else "assess"
    if _CONFIDENT.search(words[:60]) or (_SIGNAL_OF.search(words) and not _OWN_WILL.search(words)):
        return "assess"
    if _TALKS_WERE.search(words) and not _INFORM_WILL.search(words):
        return "assess"
    if _DEMAND.search(words):
        return "demand" if not _REJECT.search(words) else "reject"
    if _WARN.search(words):
        return "warn"
    if _IMPORTANCE.search(words):
        if lemma in ("stress", "emphasize", "emphasise", "highlight", "underscore", "underline"):
            if len(speakers) == 1 and (toward or _URGENT.search(words[:120])):
                return "request"
            return "affirm"
        return "assess" if lemma == "note" else "affirm"
    if _INFORM_WILL.search(words) and " if " not in words:
        return "inform"
    if _OFFER.search(words):
        return "offer"
    if _CONCERN.search(words) and not _OWN_WILL.search(words):
        return "concern"
    if _CRITICISE.search(words) and not _COMMIT.search(words):
        return "criticise"
    if _REJECT.search(words):
        return "reject"
    if _SUPPORT.search(words) and not _COMMIT.search(words):
        return "support"
    if _ATTACHED.search(words[:70]):
        return "affirm"
    if own_deed and _COMMIT.search(words) and (_OWN_WILL.search(words) or _ACTOR_FIRST.search(words)):
        return "commit"
    if _REQUEST.search(words):
        return "request"
    if _AGREE.search(words):
        return "agree" if _OWN_AGREEMENT.search(words) else "inform"
    if _INFORM.search(words):
        return "inform"
    if _AFFIRM.search(words):
        return "affirm"
    return "assess"


def act_with_cue(
    act: str, lemma: str, words: str, speakers: Sequence[Actor], others: Sequence[str], toward: Sequence[str]
) -> str:
    """The act where the cue names one, with the borderline cases of RECORD.md."""
    if act == "affirm" and lemma in ("reaffirm", "reiterate", "affirm", "restate"):
        if _CALL_FOR.match(words):
            return "request"
        if _OWN_COURSE.match(words):
            return "commit"
        if re.search(r"\b(?:support|solidarity)\b", words[:90]) and not re.search(r"commitment to", words[:40]):
            return "support"
        if re.search(r"\b(?:readiness|willingness|openness|intention|interest in)\b", words[:60]):
            return "offer"
        if _THANK.search(words[:60]):
            return "thank"
        return "affirm"
    if act == "inform" and lemma in ("announce", "disclose", "reveal"):
        content = act_of_content(words, lemma, speakers, others, toward)
        if content == "commit" or re.match(r"\W*(?:\w+ )?(?:decision|commitment|pledge|intention) to\b", words):
            return "commit"
        return "inform"
    if act == "commit" and lemma in ("decide", "resolve") and len(speakers) > 1:
        return "agree"
    if lemma in ("instruct", "direct", "task", "charge") and len({a.side for a in speakers}) > 1:
        return "agree"  # what both order their own people to do they have agreed on
    if lemma == "wish" and _TO_DO.match(words):
        return "offer"
    if act == "assess" and lemma.startswith(
        ("express confid", "express convic", "be confident", "believe", "be convinced")
    ):
        return (
            "request"
            if re.search(r"\b(?:should|must|needs? to)\b", words) and lemma.startswith("express")
            else "assess"
        )
    if act == "demand" and lemma == "insist":
        if _OTHERS_MUST.search(words):
            return "demand"
        content = act_of_content(words, lemma, speakers, others, toward)
        return content if content in ("commit", "affirm") else "demand"
    return act
