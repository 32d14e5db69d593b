"""Commitments: what a side says it will do or not do, for whom, how firmly, by when, on what condition."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date

from readout.extracting.toward import _first_token
from readout.records import Actor, Commitment, Confidence, Parse, Span, Statement, item_id
from readout.resolving import Discourse, find_dates

_WILLING = re.compile(
    r"\b(?:ready|willing|prepared|readiness|willingness|preparedness|open to|openness|hop(?:e|es|ed|"
    r"ing)|would like|looks? forward|looked forward|looking forward|wants? to|wish(?:es)? to|"
    r"intention|intends?|interested|interest in|seeks? to|desire|keen|offer(?:s|ed)?|stands? by to|"
    r"eager)\b",
    re.I,
)
_LEAD = re.compile(
    r"(?:(?:\bwill|\bshall|\bwould|'ll|’ll)(?: (?:also|not|never|no longer|continue to|fully|always|certainly))*"
    r"|\b(?:is|are|was|were|am|be|stands?|stood|remains?) (?:also |fully |always )?(?:ready|willing|"
    r"prepared|open|keen|eager|interested|determined) (?:to|in|for)"
    r"|\b(?:readiness|willingness|preparedness|intention|desire|decision|commitment|pledge|promise|"
    r"interest|openness|hopes?|hoped|pledged|vowed|promised|agreed|decided|undertook|offered|intends?|"
    r"intended|wants?|wanted|wishe?s?|seeks?|resolved|would like) (?:also )?(?:to|in|of)"
    r"|\blook(?:s|ed|ing)? forward to|\bagreed on|\bcommitted to)\s+",
    re.I,
)
_WEIGHED = re.compile(r"(?:also |further )?(?:consider(?:ing)?|look(?:ing)? into|weigh(?:ing)?)\b", re.I)
"""What is promised is to think about it: "will consider supplying"."""
_REFRAIN = re.compile(r"\b(?:not|never|no longer|refrain from|no \w+ (?:will|would|shall)|nor)\b|n't\b|n’t\b", re.I)
_CONDITION = re.compile(
    r"(?:,?\s*\b(?:if|once|provided(?: that)?|as soon as|subject to|on (?:the )?condition(?: that)?|"
    r"unless|as long as|so long as|in the event (?:of|that)|in case(?: of)?|in exchange for|"
    r"in return for|until|when conditions)\b[^.;]*)",
    re.I,
)
_TOLD_OF = re.compile(
    r"\b(?:had|has) (?:\w+ )?(?:agreed|promised|pledged|assured|offered|undertaken|vowed|committed)\b|\bnothing\b", re.I
)
_SHOULD = re.compile(r"\b(?:should|must|ought to|needs? to|have to|has to)\b", re.I)
_IMPORTANCE = re.compile(r"^\W*(?:the )?(?:importance|need|necessity|urgency|significance)\b", re.I)
_BY = re.compile(r"(?:by|before|no later than|not later than)\b", re.I)
_DEADLINE_LEAD = re.compile(
    r"\b(?:in|on|during|over|at|within|by|before|until|from|for)\s+(?:the\s+)?(?:coming\s+|near\s+|next\s+)?$", re.I
)
_SOON = re.compile(
    r"\b(?:in the (?:near|immediate|short|coming) (?:future|term|days|weeks|months|years)|"
    r"in the coming (?:days|weeks|months|years)|as soon as possible|shortly|soon|at the earliest|"
    r"without delay|during the rainy season|immediately)\b",
    re.I,
)


def commitments(
    parse: Parse, discourse: Discourse, statements: Sequence[Statement], digest: str, anchor: date | None
) -> list[Commitment]:
    """The commitments of the statements with act ``commit``, ``offer`` or ``agree``."""
    out: list[Commitment] = []
    counts: dict[Span, int] = {}
    for statement in statements:
        if statement.act not in ("commit", "offer", "agree"):
            continue
        if _TOLD_OF.search(statement.content.of(parse.text)):
            continue  # a promise told of before ("had agreed to") is not made here
        for action, strength, refrain, whole in _actions(parse, statement):
            promisor = _promisor(parse, discourse, statement, action)
            if not promisor:
                continue
            condition = _condition(parse.text, statement.content, action)
            if condition is not None and condition.start > action.start and condition.start < action.end:
                trimmed = parse.text[action.start : condition.start].rstrip(" ,;")
                if trimmed:
                    action = Span(action.start, action.start + len(trimmed))
            deadline = _deadline(parse.text, whole, anchor)
            ordinal = counts.get(action, 0)
            counts[action] = ordinal + 1
            out.append(
                Commitment(
                    id=item_id(digest, "commitment", action, ordinal),
                    statement=statement.id,
                    promisor=promisor,
                    beneficiary=_beneficiary(parse, discourse, statement, action, promisor),
                    action=action,
                    strength=strength,
                    refrain=refrain,
                    deadline=deadline,
                    condition=condition,
                    confidence=Confidence(
                        value=round(max(0.2, statement.confidence.value - (0.1 if strength == "firm" else 0.2)), 2),
                        reason=f"drawn from a statement that is read as {statement.act}",
                    ),
                    why=(f"act {statement.act}", f"strength {strength}"),
                )
            )
    return out


def _actions(parse: Parse, statement: Statement) -> list[tuple[Span, str, bool, Span]]:
    """(action, strength, refrain, stretch it stands in) of each promise in a statement's content."""
    text = parse.text
    words = statement.content.of(text)
    if statement.act == "agree":
        if _IMPORTANCE.match(words) or _SHOULD.search(words[:60]):
            return []
        cue = statement.cue.of(text).lower() if statement.cue else ""
        body = re.match(r"\W*(?:to|on|that)\s+", words)
        lead = _LEAD.search(words)
        infinitive = words[:3].lower() == "to " or cue.rstrip().endswith(" to") or cue.endswith("to")
        if not infinitive and lead is None:
            return (
                []
                if not re.search(r"agree|decid", cue)
                or len(words.split()) < 3
                or re.match(r"\W*(?:the|that|their|a|an)\b", words)
                else [(statement.content, "firm", False, statement.content)]
            )
        start = statement.content.start + (
            body.end() if body and infinitive else (lead.end() if lead and not infinitive else 0)
        )
        return _coordinated(
            parse,
            Span(min(start, statement.content.end - 1), statement.content.end),
            "firm",
            bool(_REFRAIN.match(words)),
        )
    cue_words = statement.cue.of(text) if statement.cue else ""
    leads = list(_LEAD.finditer(words))
    willing_cue = bool(_WILLING.search(cue_words))
    out: list[tuple[Span, str, bool, Span]] = []
    if leads:
        for n, lead in enumerate(leads[:3]):
            start = statement.content.start + lead.end()
            end = (
                statement.content.start + leads[n + 1].start()
                if n + 1 < len(leads) and n < 2
                else statement.content.end
            )
            piece = text[start:end]
            piece = (
                re.sub(
                    r"[\s,;]*(?:\b(?:and|but|while|that)\b)?(?:\s+(?:it|they|he|she|we|[A-Z]\w+|"
                    r"the \w+(?: \w+)?))?(?:\s+(?:also|is|are))?[\s,;]*$",
                    "",
                    piece,
                )
                if n + 1 < len(leads)
                else piece.rstrip(" ,;")
            )
            if not re.search(r"\w", piece):
                continue
            phrase = lead.group()
            strength = (
                "willing"
                if _WILLING.search(phrase)
                or _WEIGHED.match(piece)
                or (statement.act == "offer" and not re.search(r"\b(?:will|shall)\b", phrase))
                else "firm"
            )
            before = words[max(0, lead.start() - 30) : lead.end()]
            refrain = (
                bool(_REFRAIN.search(phrase))
                or bool(re.search(r"\bno \w+(?: \w+)?\s+(?:will|would|shall)\W*$", before.strip(), re.I))
                or piece.lower().startswith(("not ", "never ", "refrain"))
            )
            span = Span(start, start + len(piece))
            out += _coordinated(parse, span, strength, refrain)
        return out
    strength = "willing" if statement.act == "offer" or willing_cue else "firm"
    start = statement.content.start
    body = re.match(r"\W*(?:to|in|that|its|their|his|her|the)\s+", words)
    if body and body.group().strip().lower() in ("to", "in"):
        start += body.end()
    return _coordinated(parse, Span(start, statement.content.end), strength, bool(_REFRAIN.match(words)))


def _coordinated(parse: Parse, span: Span, strength: str, refrain: bool) -> list[tuple[Span, str, bool, Span]]:
    """Two verb phrases under one "to" or "will" are two promises: "to keep in contact and to convene ..."."""
    first = _first_token(parse, span.start)
    last = _first_token(parse, span.end - 1)
    tokens = parse.tokens
    head = first
    while head <= last and tokens[head].pos in ("ADV", "PART", "AUX", "PUNCT"):
        head += 1
    if head > last:
        return [(span, strength, refrain, span)]
    cuts: list[int] = []
    for i in range(head + 1, last + 1):
        token = tokens[i]
        if (
            token.dep == "conj"
            and token.pos in ("VERB", "AUX")
            and token.head == head
            and token.tag in ("VB", "VBP", "VBG", tokens[head].tag)
        ):
            low = i
            while low - 1 > head and tokens[low - 1].pos in ("PART", "ADV", "AUX") and tokens[low - 1].text != ",":
                low -= 1
            if tokens[low - 1].lower in ("and", ",", "or", "as"):
                cuts.append(low)
    if not cuts:
        return [(span, strength, refrain, span)]
    out: list[tuple[Span, str, bool, Span]] = []
    edges = [first, *cuts, last + 1]
    for a, b in itertools.pairwise(edges):
        low, high = a, b - 1
        while low <= high and (
            tokens[low].pos in ("PUNCT", "CCONJ") or tokens[low].lower in ("to", "will", "also", "would", "and")
        ):
            low += 1
        while high >= low and (tokens[high].pos in ("PUNCT", "CCONJ") or tokens[high].lower in ("and", "as")):
            high -= 1
        if high < low:
            continue
        start = tokens[low].start if out else span.start
        piece = Span(start, max(tokens[high].end, start + 1))
        out.append((piece, strength, refrain, piece))
    return out or [(span, strength, refrain, span)]


def _promisor(parse: Parse, discourse: Discourse, statement: Statement, action: Span) -> tuple[str, ...]:
    """Who will act: the subject of the promise where it names a side, else the speakers' side."""
    own = tuple(dict.fromkeys(a.of or a.person or "" for a in statement.speakers))
    own = tuple(x for x in own if x)
    first = _first_token(parse, statement.content.start)
    last = max(first, _first_token(parse, action.start) - 1)
    if statement.content.start < action.start:
        subject = next((k for k in range(last, first - 1, -1) if parse.tokens[k].dep in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            mention = discourse.mention_at(subject)
            if mention is not None:
                found = tuple(
                    dict.fromkeys(a.of for a in discourse.resolve(subject, first, statement.speakers) if a.of)
                )
                if found and not set(found) & set(own):
                    return ()  # another's course told by the speaker is no promise of the speaker's
                if found:
                    return found
            low = parse.tokens[subject].lower
            if low in ("sides", "parties", "countries", "nations", "both", "they") and len(discourse.principals) > 1:
                if low == "they" and len(statement.speakers) == 1:
                    return own
                return tuple(dict.fromkeys(a.of for a in discourse.principals if a.of))
    return own


def _beneficiary(
    parse: Parse, discourse: Discourse, statement: Statement, action: Span, promisor: Sequence[str]
) -> tuple[str, ...]:
    """Sides named in the action or addressed by the statement, other than the promisor."""
    first, last = _first_token(parse, action.start), _first_token(parse, action.end - 1)
    out: list[str] = []
    named = [s for s in discourse.sides_in(first, last) if s not in promisor]
    for k in range(first, last + 1):
        mention = discourse.mention_at(k)
        if mention is None or mention.first != k:
            continue
        before = parse.tokens[k - 1].lower if k else ""
        before2 = parse.tokens[k - 2].lower if k > 1 else ""
        if {before, before2} & {
            "with",
            "to",
            "for",
            "support",
            "help",
            "assist",
            "provide",
            "supply",
            "send",
            "give",
            "the",
            "towards",
            "toward",
            "of",
            "against",
        } or parse.tokens[k].dep in ("dobj", "dative", "poss"):
            out += [a.of for a in discourse.actors_of(mention) if a.of and a.of not in promisor]
    del named
    if not out:
        out = [t for t in statement.toward if t not in promisor]
    return tuple(dict.fromkeys(out))[:3]


def _condition(text: str, content: Span, action: Span) -> Span | None:
    match = _CONDITION.search(text, content.start, content.end)
    if match is None:
        return None
    start, end = match.start(), match.end()
    while start < end and text[start] in " ,;\t\n":
        start += 1
    words = text[start:end]
    if re.match(r"until\b", words, re.I) and re.search(r"\d{4}|\bend of\b", words):
        return None
    if re.match(r"as soon as possible", words, re.I):
        return None
    if start <= content.start + 1 or start < action.start:
        comma = text.find(",", start, end)
        if comma > 0:
            end = comma
    words = text[start:end].rstrip(' ,;"”')
    return Span(start, start + len(words)) if re.search(r"\w+ \w+", words) else None


def _deadline(text: str, stretch: Span, anchor: date | None) -> Span | None:
    mentions = find_dates(text, stretch.start, stretch.end, anchor, tense="future")
    # of "answer within ten days by June" the last day is the promise's, the ten days are how each is answered
    named = [m.span for m in mentions if m.role == "deadline" and _BY.match(text, m.span.start)]
    if named and any(m.role == "deadline" and m.span.start < named[0].start for m in mentions):
        return named[0]
    for mention in mentions:
        if mention.role == "deadline":
            return mention.span
        if mention.role == "date" and mention.interval is not None:
            lead = _DEADLINE_LEAD.search(text, max(stretch.start, mention.span.start - 24), mention.span.start)
            return Span(lead.start(), mention.span.end) if lead else mention.span
    match = _SOON.search(text, stretch.start, stretch.end)
    return Span(match.start(), match.end()) if match else None


def sides(actors: Sequence[Actor]) -> tuple[str, ...]:
    """The sides of the actors, each once."""
    return tuple(dict.fromkeys(a.side for a in actors if a.side))
