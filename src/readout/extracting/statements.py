"""Statements: who said what. Reports of each sentence get their speakers; sentences without a cue go on with the
speaker before, belong to the issuer, or are background and belong to nobody."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from readout.extracting.acts import act_of_content, act_with_cue
from readout.extracting.continuation import Frame, author_of, continues, genre
from readout.extracting.cues import Cue
from readout.extracting.quoting import closes_later, quote_depths
from readout.extracting.reporting import Report, Reports
from readout.extracting.toward import _first_token, toward_of
from readout.extracting.turns import SpokenTurn, spoken_turns
from readout.extracting.unreal import unreal_zones
from readout.records import (
    Actor,
    Confidence,
    Document,
    Encounter,
    Note,
    Parse,
    Sentence,
    Span,
    Statement,
    item_id,
)
from readout.resolving import Discourse

_TALKS = frozenset(
    """talks conversation meeting discussion discussions call negotiations consultations agenda focus
    topic topics topic exchange visit dialogue summit session""".split()
)
_PAPERS = frozenset(
    """statement communique communiqué readout letter message post document declaration release report
    note telegram tweet article transcript text memorandum""".split()
)
_OFFICIALS = frozenset("official officials source sources diplomat diplomats aide aides".split())
_OF_TOPICS = frozenset(["consider", "talk about", "speak about", "speak of", "share", "raise", "mention", "refer to"])
_BOTH_ACTS = frozenset({"discuss", "agree"})
_OPEN_ACTS = frozenset({"affirm", "inform", "assess"})
"""Acts that a cue only suggests: the content may say otherwise."""
_INFORMAL = re.compile(
    r"^\W*(?:signed:|statement (?:by|from|of) |photo|image|video|source|read more|related|see also|©|"
    r"contact|media enquiries|tags?)\b",
    re.I,
)


@dataclass(slots=True)
class Draft:
    """A statement before it gets its id."""

    speakers: tuple[Actor, ...]
    attribution: str
    content: Span
    act: str
    cue: Span | None
    toward: tuple[str, ...]
    via: Span | None
    confidence: float
    reason: str
    why: tuple[str, ...]
    sentence: int
    lemma: str = ""
    continues: int | None = None
    subject: int | None = None


@dataclass(slots=True)
class State:
    """What the walk through the text remembers."""

    speakers: tuple[Actor, ...] = ()
    subjects: tuple[Actor, ...] = ()
    frame: Frame | None = None
    open_quote: bool = False
    paragraph: int = -1
    last_draft: int | None = None
    notes: list[Note] = field(default_factory=list)


class StatementFinder:
    """Walks through one document and collects its statements."""

    def __init__(
        self,
        parse: Parse,
        discourse: Discourse,
        document: Document,
        encounters: Sequence[Encounter],
        title: str | None,
    ) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        self.discourse = discourse
        self.document = document
        self.encounters = encounters
        self.title = title or ""
        self.side = document.publication.issuer_of if document.publication.issuer_kind == "side" else None
        self.state = State()
        self.drafts: list[Draft] = []
        self.credit: Span | None = None
        self.pending: list[Sentence] = []
        self.turns = spoken_turns(parse, discourse, self.side)
        self.joint = False
        self.briefing = any(e.kind == "briefing" and e.status == "reported" for e in encounters)
        self.main = next((e for e in encounters if e.status == "reported" and e.kind != "briefing"), None)
        self.lead = {e.evidence.start for e in encounters if e.status == "reported"}

    def find(self) -> tuple[list[Statement], list[Note]]:
        """All statements in the order of the text, and notes on what could not be read as meant."""
        self.joint = genre(self.document, self.parse, self.title, self.encounters) == "joint"
        if not self.discourse.principals and self.joint:
            self.discourse.principals = self.discourse.leading_sides()
        for sentence in self.parse.sentences:
            self._sentence(sentence)
        self._settle((), len(self.drafts))
        self.drafts = self._clean(self.drafts)
        return self._build(), self.state.notes

    # -- one sentence ----------------------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> None:
        state = self.state
        new_paragraph = sentence.opens_paragraph or sentence.paragraph != state.paragraph
        if new_paragraph and state.open_quote and self.parse.text[sentence.start] not in '“"«':
            state.open_quote = False
        state.paragraph = sentence.paragraph
        was_open = state.open_quote
        if was_open and self.parse.text[sentence.start] in '“"«' and sentence.opens_paragraph:
            was_open = False
        if was_open and not closes_later(self.parse.text, sentence.start, self._paragraph_end(sentence)):
            was_open = False
        quoted, state.open_quote = quote_depths(self.parse, sentence, was_open)
        turn = next((t for t in self.turns if t.turn.span.start <= sentence.start < t.turn.span.end), None)
        if turn is not None and (turn.turn.asks or not turn.speakers):
            state.frame, state.speakers = None, ()
            return
        finder = Reports(self.parse, sentence, quoted, self._is_actor, self._is_person)
        reports = [r for r in finder.find() if not self._first_person_issuer(r)]
        if turn is not None:
            reports = [r for r in reports if not self._first_person(r)]
            if not reports:
                self._spoken(sentence, turn)
                return
            state.speakers = turn.speakers
        self.credit = self._credit_span(finder, sentence)
        before = len(self.drafts)
        for report in reports:
            self._take(report, sentence)
        said = self.drafts[before:]
        if self.pending and (said or not was_open):
            self._settle(said, before)
            said = self.drafts[-len(said) :] if said else []
        if said:
            last = said[-1]
            if state.frame is None or state.frame.speakers != last.speakers:
                state.frame = Frame(last.speakers, sentence.i, sentence.paragraph, 0, last.act, bool(last.cue))
            else:
                state.frame = Frame(last.speakers, sentence.i, sentence.paragraph, 0, last.act, True)
            state.speakers = last.speakers
            state.last_draft = len(self.drafts) - 1
        else:
            self._uncued(sentence, quoted, was_open, bool(reports))
        subjects = self._subject_actors(sentence)
        if subjects:
            state.subjects = subjects

    def _paragraph_end(self, sentence: Sentence) -> int:
        """End of the paragraph, and of the next ones that go on with an open quotation."""
        end = sentence.end
        for other in self.parse.sentences[sentence.i : sentence.i + 12]:
            if other.paragraph > sentence.paragraph + 1:
                break
            end = other.end
        return end

    def _first_person_issuer(self, report: Report) -> bool:
        """ "I offer my condolences" in a side's own text is the issuer's voice: the whole sentence, no cue."""
        return self.side is not None and self._first_person(report)

    def _first_person(self, report: Report) -> bool:
        if report.subject is None or report.inverted:
            return False
        return self.tokens[report.subject].lower in ("i", "we")

    def _spoken(self, sentence: Sentence, turn: SpokenTurn) -> None:
        """A sentence of an answer in a transcript: its label is the cue of the first one, the rest goes on."""
        first = sentence.first
        while first < sentence.last and self.tokens[first].start < turn.turn.begins:
            first += 1
        if first >= sentence.last:
            return
        words = self.parse.text[self.tokens[first].start : sentence.end]
        if len(re.findall(r"\w+", words)) < 4 or words.rstrip("”\"' )").endswith("?") or _INFORMAL.match(words):
            return
        opens = not any(turn.turn.begins <= d.content.start < turn.turn.span.end for d in self.drafts)
        self._uncued_draft(
            sentence,
            turn.speakers,
            "explicit" if opens else "continued",
            0.85,
            "a turn of a transcript, named by its label",
            cue=turn.turn.label if opens else None,
            first=first,
        )

    def _credit_span(self, finder: Reports, sentence: Sentence) -> Span | None:
        for credit in finder.credits:
            start = finder._clause_start(credit.verb)
            last = sentence.last - 1
            while last > credit.verb and self.tokens[last].pos == "PUNCT":
                last -= 1
            return Span(self.tokens[start].start, self.tokens[min(last, credit.verb + 8)].end)
        return None

    def _is_person(self, i: int) -> bool:
        mention = self.discourse.mention_at(i)
        return mention is not None and mention.kind in ("person", "title")

    def _is_actor(self, i: int) -> bool:
        return self.discourse.mention_at(i) is not None

    def _subject_actors(self, sentence: Sentence) -> tuple[Actor, ...]:
        for i in range(sentence.first, sentence.last):
            token = self.tokens[i]
            if token.dep in ("nsubj", "nsubjpass") and self.tokens[token.head].dep == "ROOT":
                return self.discourse.resolve(i, sentence.first, self.state.speakers, self.state.subjects)
        return ()

    # -- cued ------------------------------------------------------------------------------------------------------

    def _take(self, report: Report, sentence: Sentence) -> None:
        speakers, how, via = self._speakers(report, sentence)
        if not speakers:
            return
        if report.hit is not None and report.hit.cue.weak and not self._strong_enough(report, report.hit.cue, speakers):
            return
        words = report.content.of(self.parse.text)
        if not _wordy(words):
            return
        if self._only_the_encounter(report, sentence):
            return
        own = {a.of for a in speakers if a.of}
        others = [a.of for a in self.discourse.principals if a.of and a.of not in own]
        for piece in self._split(report, sentence):
            text = piece.of(self.parse.text)
            toward = toward_of(self.parse, self.discourse, piece, report, speakers, others)
            if self._of_a_topic(report, speakers):
                act = "discuss"
            elif report.act is not None:
                act = act_with_cue(report.act, report.lemma, text, speakers, others, toward)
            else:
                act = act_of_content(text, report.lemma, speakers, others, toward, self._own_deed(piece, speakers))
            toward = toward_of(self.parse, self.discourse, piece, report, speakers, others, act)
            weight = 0.9 if how.startswith("named") else 0.75
            if report.act is None:
                weight -= 0.1
            if any(a.certainty != "known" for a in speakers):
                weight -= 0.1
            self.drafts.append(
                Draft(
                    speakers=speakers,
                    attribution="explicit",
                    content=piece,
                    act=act,
                    cue=report.cue,
                    toward=toward,
                    via=via or self.credit,
                    confidence=weight,
                    reason="a neutral cue: the act is read from the content"
                    if report.act is None
                    else f"cue and speaker {how}",
                    why=(
                        f"cue '{report.lemma}'",
                        f"speaker: {how}",
                        f"act read as {act}",
                        "act by cue" if report.act not in (None, *_OPEN_ACTS) else "act by content",
                    ),
                    sentence=sentence.i,
                    lemma=report.lemma,
                    subject=report.subject,
                )
            )

    def _strong_enough(self, report: Report, cue: Cue, speakers: Sequence[Actor]) -> bool:
        """A weak cue counts where a person (or the sides together) is its subject in plain past or perfect tense.

        In the present tense it counts for an infinitive of those who met: "they want to meet again".
        """
        if report.noun is not None:
            return True
        tag = self.tokens[report.verb].tag
        if tag in ("VBD", "VBN") and speakers:
            return True
        if tag not in ("VBP", "VBZ") or "infinitive" not in cue.frames:
            return False
        met = {a.key for a in self.discourse.principals}
        return len({a.side for a in speakers}) > 1 and {a.key for a in speakers} <= met

    def _only_the_encounter(self, report: Report, sentence: Sentence) -> bool:
        """ "Welcomed him to the palace" is the encounter alone; so is a visit that is "hosted"."""
        if report.lemma == "welcome" and not report.passive:
            obj = next((c for c in self.parse.children[report.verb] if self.tokens[c].dep == "dobj"), None)
            if obj is not None and self._is_person(obj) and self.tokens[obj].dep == "dobj":
                return True
        if report.lemma == "welcome" and report.passive and report.agent is not None:
            return True
        if report.lemma in ("call on", "call upon"):
            # "called on the minister in his office": a visit; "called on the minister to act": a request
            inside = [t for t in self.parse.words(sentence) if report.content.start <= t.start < report.content.end]
            return any(self._is_person(t.i) for t in inside[:8]) and not any(t.tag == "VB" for t in inside)
        return report.content.end - report.content.start < 3

    def _speakers(self, report: Report, sentence: Sentence) -> tuple[tuple[Actor, ...], str, Span | None]:
        """The actors who say it, how they were found, and the credit that the sentence gives."""
        discourse, state = self.discourse, self.state
        if report.agent is not None:
            found = discourse.resolve(report.agent, sentence.first, state.speakers, state.subjects)
            return found, "named as agent", None
        if report.subject is None:
            if report.passive:
                return self._passive_speakers(report), "a passive without agent", None
            return (), "", None
        i = report.subject
        token = self.tokens[i]
        low = token.lower
        mention = discourse.mention_at(i)
        found = discourse.resolve(i, sentence.first, state.speakers, state.subjects)
        if (
            self.joint
            and mention is not None
            and mention.kind == "group"
            and low in ("sides", "parties")
            and not mention.of
        ):
            found = tuple(dict.fromkeys(Actor(of=a.of, how="a side of a joint statement") for a in found if a.of))
        if found and len(found) == 1 and report.act == "discuss" and self._together(report, found[0], sentence):
            return self._both(found[0]), "the talks are both sides'", None
        if found:
            how = (
                "named"
                if mention is not None and mention.kind in ("person", "form", "side")
                else "by anaphora or title"
            )
            return found, how, None
        if mention is not None and mention.kind in ("group", "group_states"):
            return (), "", None
        if report.passive and low in ("it", "there"):
            return self._passive_speakers(report), "a passive without agent", None
        if low in _TALKS and (report.act == "discuss" or report.lemma.startswith("focus")):
            return discourse.principals, "the talks themselves", None
        inner = self._actors_under(i, sentence)
        if low in _PAPERS:
            if inner:
                return tuple(inner[:1]), "the author of a paper", None
            if self.side:
                return author_of(discourse, self.encounters, self.side), "the issuer's paper", None
            return state.speakers, "the paper of who spoke before", None
        if low in _OFFICIALS:
            sides = [a.of for a in inner if a.of]
            if sides:
                return (
                    (Actor(office="other_official", of=sides[0], how="an unnamed official"),),
                    "an unnamed official",
                    None,
                )
            return (), "", None
        if low in (
            "sides",
            "parties",
            "leaders",
            "ministers",
            "presidents",
            "two",
            "delegations",
            "interlocutors",
            "counterparts",
        ):
            return discourse.principals, "by anaphora or title", None
        if (
            low
            in (
                "ministry",
                "government",
                "side",
                "embassy",
                "parliament",
                "administration",
                "department",
                "authorities",
                "office",
                "spokesperson",
                "army",
                "military",
                "people",
                "team",
            )
            and inner
        ):
            return (Actor(of=inner[0].of, how="a state's organ"),), "named", None
        if low == "authorities" and not inner:
            return discourse.principals, "by anaphora or title", None  # "the authorities analysed": those who met
        if low in ("we", "i"):
            return self._first_person_speakers(), "first person", None
        before = self.drafts[-1] if self.drafts else None
        if (
            self.tokens[report.verb].dep == "conj"
            and before is not None
            and before.sentence == sentence.i
            and before.lemma
        ):
            return before.speakers, "the subject of the report before it", None
        return (), "", None

    def _of_a_topic(self, report: Report, speakers: Sequence[Actor]) -> bool:
        """Whether several consider or talk about a thing, or it was considered: "aspects of trade were considered"."""
        if report.lemma == "consider" and report.passive and report.agent is None:
            return True
        if len({a.side for a in speakers}) < 2 or report.lemma not in _OF_TOPICS or report.cue is None:
            return False
        return not report.cue.of(self.parse.text).lower().endswith(" that")

    def _together(self, report: Report, speaker: Actor, sentence: Sentence) -> bool:
        """Whether a "discussed" of one subject is both sides': "met B to discuss X", "discussed X with B"."""
        principals = self.discourse.principals
        if len(principals) < 2 or speaker.key not in {a.key for a in principals}:
            return False
        token = self.tokens[report.verb]
        if token.tag == "VB":
            return True
        for k in range(sentence.first, sentence.last):
            if self.tokens[k].lower == "with":
                for c in self.parse.children[k]:
                    found = self.discourse.mention_at(c)
                    if found is not None and any(a.of != speaker.of for a in self.discourse.actors_of(found)):
                        return True
        return False

    def _both(self, speaker: Actor) -> tuple[Actor, ...]:
        del speaker
        return self.discourse.principals

    def _actors_under(self, i: int, sentence: Sentence) -> list[Actor]:
        low, high = self.parse.subtree(i)
        out: list[Actor] = []
        k = max(low, sentence.first)
        while k <= min(high, sentence.last - 1):
            mention = self.discourse.mention_at(k)
            if mention is not None:
                out += self.discourse.actors_of(mention)
                k = mention.last
            k += 1
        return out

    def _first_person_speakers(self) -> tuple[Actor, ...]:
        if self.state.speakers:
            return self.state.speakers
        return (Actor(of=self.side, how="the issuer in the first person"),) if self.side else ()

    def _passive_speakers(self, report: Report) -> tuple[Actor, ...]:
        """A passive without agent: both sides where it discusses or agrees, else the issuer's principal."""
        principals = self.discourse.principals
        if not principals:
            return (Actor(of=self.side, how="the issuer's passive"),) if self.side else ()
        if report.act in _BOTH_ACTS or report.lemma.startswith(
            ("agree", "pay attention", "discuss", "consider", "decide", "resolve")
        ):
            return principals
        if self.side:
            own = tuple(a for a in principals if a.of == self.side)
            if own:
                return own
        return principals

    def _split(self, report: Report, sentence: Sentence) -> list[Span]:
        """Content that joins complete propositions of different acts is cut between them."""
        content = report.content
        inside = [
            i for i in range(sentence.first, sentence.last) if content.start <= self.tokens[i].start < content.end
        ]
        if len(inside) < 10 or report.act not in (None, "inform", "affirm") or report.noun:
            return [content]
        if unreal_zones(self.parse.text, content.start, content.end):
            return [content]  # a condition belongs to what it conditions
        first = inside[0]
        cuts: list[int] = []
        for i in inside:
            token = self.tokens[i]
            if (
                token.dep != "conj"
                or token.pos not in ("VERB", "AUX")
                or token.head < first
                or token.head not in range(first, inside[-1] + 1)
            ):
                continue
            if not any(self.tokens[c].dep in ("nsubj", "nsubjpass") and c < i for c in self.parse.children[i]):
                continue
            head = self.tokens[token.head]
            if head.dep not in ("ccomp", "ROOT", "conj"):
                continue
            low = self.parse.subtree(i)[0]
            if low > first + 3 and any(
                self.tokens[k].lower in ("and", "but", ";", "while") or self.tokens[k].text == ","
                for k in range(max(first, low - 2), low + 1)
            ):
                cuts.append(low)
        if not cuts:
            return [content]
        edges = [inside[0], *sorted(set(cuts)), inside[-1] + 1]
        pieces: list[Span] = []
        for a, b in itertools.pairwise(edges):
            piece = self._trim(a, b - 1)
            if piece is not None:
                pieces.append(piece)
        if len(pieces) < 2:
            return [content]
        acts = [act_of_content(p.of(self.parse.text), report.lemma, (), (), ()) for p in pieces]
        out: list[Span] = [pieces[0]]
        for piece, act, before in zip(pieces[1:], acts[1:], acts, strict=False):
            if act == before:
                out[-1] = Span(out[-1].start, piece.end)
            else:
                out.append(piece)
        return out

    def _own_deed(self, span: Span, speakers: Sequence[Actor]) -> bool:
        """False where what is to come is told of another side: "Paris said Moscow would stop" promises nothing."""
        own = {x for a in speakers for x in (a.of, a.person) if x}
        for i in range(_first_token(self.parse, span.start), len(self.tokens)):
            token = self.tokens[i]
            if token.start >= span.end:
                break
            if token.dep != "aux" or token.lower not in ("will", "would", "shall", "'ll", "’ll"):
                continue
            subject = next(
                (c for c in self.parse.children[token.head] if self.tokens[c].dep == "nsubj" and c < i), None
            )
            mention = self.discourse.mention_at(subject) if subject is not None else None
            if subject is None or mention is None or mention.kind not in ("form", "side", "person", "title"):
                return True
            doers = self.discourse.resolve(subject, self.parse.sentences[token.sent].first, speakers)
            return not doers or any(a.of in own or a.person in own or a.of is None for a in doers)
        return True

    def _trim(self, first: int, last: int) -> Span | None:
        tokens = self.tokens
        while first <= last and (
            tokens[first].pos == "PUNCT" or tokens[first].lower in ("and", "but", "while", "that", "also")
        ):
            first += 1
        while last >= first and (tokens[last].pos == "PUNCT" or tokens[last].lower in ("and", "but", "while")):
            last -= 1
        if last - first < 2:
            return None
        return Span(tokens[first].start, tokens[last].end)

    # -- uncued ----------------------------------------------------------------------------------------------------

    def _uncued(self, sentence: Sentence, quoted: Sequence[bool], was_open: bool, had_reports: bool) -> None:
        state = self.state
        text = self.parse.text[sentence.start : sentence.end]
        if not _wordy(text) or _INFORMAL.match(text):
            return
        inside = sum(1 for q, t in zip(quoted, self.parse.words(sentence), strict=True) if q and t.text[0].isalnum())
        total = sum(1 for t in self.parse.words(sentence) if t.text[0].isalnum())
        if total == 0:
            return
        share = inside / total
        if (share >= 0.8 and state.open_quote and not was_open) or (share >= 0.8 and self.pending and was_open):
            self.pending.append(sentence)  # whose words these are, the cue behind the quotation will tell
            return
        if share >= 0.8 and (state.speakers or self.side) and total >= 4:
            speakers = state.speakers or (Actor(of=self.side, how="the issuer"),)
            self._uncued_draft(sentence, speakers, "continued", 0.75, "a quotation that goes on")
            return
        if had_reports:
            state.frame = None if state.frame is None else state.frame.weaker()
        decision = continues(
            self.parse, self.discourse, sentence, state.frame, self.side, self.encounters, self.document, self.main
        )
        if decision.kind == "continued" and state.frame is not None:
            self._uncued_draft(sentence, state.frame.speakers, "continued", decision.confidence, decision.reason)
            state.frame = Frame(
                state.frame.speakers, sentence.i, sentence.paragraph, state.frame.steps + 1, state.frame.act, True
            )
        elif decision.kind == "issuer":
            self._uncued_draft(sentence, decision.speakers, "issuer", decision.confidence, decision.reason)
        else:
            if decision.closes:
                state.frame = None

    def _settle(self, said: Sequence[Draft], at: int) -> None:
        """Gives the first sentences of a quotation to whom the cue behind it names; else to who spoke before."""
        speakers = said[0].speakers if said else self.state.speakers
        pending, self.pending = self.pending, []
        if not speakers:
            return
        tail = self.drafts[at:]
        del self.drafts[at:]
        for sentence in pending:
            self._uncued_draft(sentence, speakers, "continued", 0.75, "a quotation whose cue stands behind it")
        self.drafts += tail

    def _uncued_draft(
        self,
        sentence: Sentence,
        speakers: tuple[Actor, ...],
        attribution: str,
        confidence: float,
        reason: str,
        *,
        cue: Span | None = None,
        first: int | None = None,
    ) -> None:
        first, last = sentence.first if first is None else first, sentence.last - 1
        first = self._past_opener(first, last)
        span = self._trim(first, last)
        if span is None:
            return
        own = {a.of for a in speakers if a.of}
        others = [a.of for a in self.discourse.principals if a.of and a.of not in own]
        words = span.of(self.parse.text)
        toward = toward_of(self.parse, self.discourse, span, None, speakers, others)
        act = act_of_content(words, "", speakers, others, toward, self._own_deed(span, speakers))
        toward = toward_of(self.parse, self.discourse, span, None, speakers, others, act)
        self.drafts.append(
            Draft(
                speakers=speakers,
                attribution=attribution,
                content=span,
                act=act,
                cue=cue,
                toward=toward,
                via=None,
                confidence=confidence,
                reason=reason,
                why=(f"{'no cue' if cue is None else 'a label'}: {reason}", f"act read as {act}", "act by content"),
                sentence=sentence.i,
                continues=self.state.last_draft if attribution == "continued" else None,
            )
        )

    def _past_opener(self, first: int, last: int) -> int:
        """ "Furthermore, China will ...": the connective is not part of what was said."""
        words = [self.tokens[k].lower for k in range(first, min(last, first + 5) + 1)]
        if (
            words
            and words[0]
            in (
                "furthermore",
                "moreover",
                "however",
                "additionally",
                "also",
                "besides",
                "meanwhile",
                "therefore",
                "thus",
            )
            and len(words) > 1
            and words[1] == ","
        ):
            return first + 2
        for opener in (
            ("in", "addition", ","),
            ("at", "the", "same", "time", ","),
            ("in", "this", "regard", ","),
            ("in", "this", "connection", ","),
            ("in", "this", "context", ","),
        ):
            if tuple(words[: len(opener)]) == opener:
                return first + len(opener)
        return first

    # -- clean and build -------------------------------------------------------------------------------------------

    def _clean(self, drafts: list[Draft]) -> list[Draft]:
        """No word is said twice by one speaker: of overlapping drafts the surer stays."""
        out: list[Draft] = []
        for draft in drafts:
            clash = next((d for d in out if d.content.overlaps(draft.content)), None)
            if clash is None:
                out.append(draft)
                continue
            if draft.confidence > clash.confidence and draft.sentence == clash.sentence:
                out[out.index(clash)] = draft
        return out

    def _build(self) -> list[Statement]:
        digest = self.document.digest
        counts: dict[Span, int] = {}
        out: list[Statement] = []
        ids: dict[int, str] = {}
        for number, d in enumerate(self.drafts):
            ordinal = counts.get(d.content, 0)
            counts[d.content] = ordinal + 1
            identity = item_id(digest, "statement", d.content, ordinal)
            ids[number] = identity
            out.append(
                Statement(
                    id=identity,
                    speakers=d.speakers,
                    attribution=d.attribution,
                    content=d.content,
                    act=d.act,
                    cue=d.cue,
                    toward=d.toward,
                    via=d.via,
                    continues=ids.get(number - 1) if d.attribution == "continued" else None,
                    confidence=Confidence(value=round(max(0.1, min(1.0, d.confidence)), 2), reason=d.reason),
                    why=d.why,
                )
            )
        return out


def _wordy(text: str) -> bool:
    return len(re.findall(r"\w+", text)) >= 1
