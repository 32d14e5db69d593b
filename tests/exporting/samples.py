"""Records made by hand, and hypothesis strategies for arbitrary ones."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import get_args

from hypothesis import strategies as st

from readout.records import (
    Actor,
    Commitment,
    Confidence,
    DateInterval,
    Encounter,
    Note,
    Occurrence,
    Participant,
    Record,
    Refusal,
    Relation,
    Span,
    Statement,
    Unresolved,
    item_id,
    text_digest,
)
from readout.records import items as kinds
from readout.records.actors import Certainty, Office, Part
from readout.records.documents import IssuerKind

TEXT = (
    "Astana, 10 January 2022 (Agency) - Foreign Minister Wang Yi of China telephoned Kazakhstan's Foreign Minister "
    "Mukhtar Tileuberdi on Monday.\n\nWang said that China and Kazakhstan are strategic partners. China will provide "
    "assistance by the end of June if it is asked to. He recalled President Xi's message of 7 January.\n\n"
    "Tileuberdi thanked “all friends of the 🇰🇿 people” – among them Zhañyl̈, he said – after the attacks of last week. "
    "He invited the Secretary to visit."
)

SURE = Confidence(value=0.9, reason="the cue names the speaker")
UNSURE = Confidence(value=0.45, reason="the speaker is a pronoun")


def at(words: str, text: str = TEXT) -> Span:
    """The first place of ``words``."""
    start = text.index(words)
    return Span(start, start + len(words))


WANG = Actor(person="Wang Yi", office="foreign_minister", of="CHN", how="named in the text")
TILEUBERDI = Actor(person="Mukhtar Tileuberdi", office="foreign_minister", of="KAZ", certainty="probable")
XI = Actor(person="Xi Jinping", office="head_of_state", of="CHN")
TOKAYEV = Actor(office="head_of_state", of="KAZ")


def sample() -> Record:
    """A record with every kind of item, overlapping spans and characters beyond the first plane."""
    digest = text_digest(TEXT)

    def make(kind: str, span: Span, n: int = 0) -> str:
        return item_id(digest, kind, span, n)

    partners, promise = at("China and Kazakhstan are strategic partners"), at(
        "China will provide assistance by the end of June if it is asked to"
    )  # fmt: skip
    message = at("recalled President Xi's message of 7 January")
    return Record(
        id="sample-1",
        text=TEXT,
        title="Wang Yi telephones Tileuberdi",
        date=date(2022, 1, 10),
        issuer="Agency",
        issuer_kind="press",
        url="https://example.org/a?b=1&c=2",
        encounters=(
            Encounter(
                id=make("encounter", at("Wang Yi of China telephoned")),
                kind="phone_call",
                status="reported",
                participants=(
                    Participant(actor=WANG, part="initiator"),
                    Participant(actor=TILEUBERDI, part="recipient"),
                ),
                evidence=Span(at("Foreign Minister Wang Yi of China").start, at("Mukhtar Tileuberdi").end),
                date=DateInterval.day(date(2022, 1, 10)),
                date_words=at("on Monday"),
                confidence=SURE,
                why=("rule: X telephoned Y",),
            ),
            Encounter(
                id=make("encounter", message),
                kind="message",
                status="past",
                participants=(Participant(actor=XI, part="initiator"), Participant(actor=TOKAYEV, part="recipient")),
                evidence=message,
                date=DateInterval.day(date(2022, 1, 7)),
                date_words=at("7 January"),
                confidence=SURE,
            ),
            Encounter(
                id=make("encounter", at("to visit")),
                kind="visit",
                status="planned",
                participants=(
                    Participant(actor=Actor(of="CHN"), part="guest"),
                    Participant(actor=Actor(of="KAZ"), part="host"),
                ),
                evidence=at("to visit"),
                place="Astana",
                place_words=at("Astana"),
                confidence=UNSURE,
            ),
        ),
        statements=(
            Statement(
                id=make("statement", partners), speakers=(WANG,), attribution="explicit", content=partners,
                cue=at("said that"), act="affirm", confidence=SURE,
            ),
            Statement(
                id=make("statement", promise), speakers=(WANG,), attribution="continued", content=promise, act="commit",
                toward=("KAZ",), continues=make("statement", partners), confidence=SURE,
                why=("follows in the paragraph",),
            ),
            Statement(
                id=make("statement", at("after")), speakers=(TILEUBERDI,), attribution="explicit",
                content=at("“all friends of the 🇰🇿 people” – among them Zhañyl̈"), cue=at("thanked"), act="thank",
                via=at("he said"), confidence=UNSURE,
            ),
            Statement(
                id=make("statement", at("the Secretary to visit")), speakers=(TILEUBERDI,), attribution="issuer",
                content=at("the Secretary to visit"), act="request", toward=("CHN",), confidence=SURE,
            ),
        ),
        commitments=(
            Commitment(
                id=make("commitment", promise), statement=make("statement", promise), promisor=("CHN",),
                beneficiary=("KAZ",), action=at("provide assistance"), strength="firm",
                deadline=at("by the end of June"), condition=at("if it is asked to"), confidence=SURE,
            ),
        ),
        relations=(
            Relation(
                id=make("relation", partners), between=("CHN", "KAZ"), kind="strategic_partnership",
                label=at("strategic partners"), confidence=SURE,
            ),
        ),
        occurrences=(
            Occurrence(
                id=make("occurrence", at("the attacks")), kind="attack", span=at("the attacks"), states=("KAZ",),
                date=DateInterval.month(2022, 1), asserted_by=("KAZ",), confidence=SURE,
            ),
        ),
        unresolved=(Unresolved(span=at("the Secretary"), what="person", reason="two offices fit: SCO and UN"),),
        notes=(Note(code="dateline", message="the dateline names an agency", span=at("(Agency)")),),
        made_with={"readout": "0.1.0"},
    )  # fmt: skip


NAMES = {"CHN": "China", "KAZ": "Kazakhstan"}.get

HOSTILE = (
    '<script>alert(1)</script> "><img src=x onerror=alert(2)> </style></title></mark> &amp; &lt; '
    "\x1b[31mred\x1b]0;own\x07 "
    "\u202egnp.exe\u202c \u2066isolated\u2069 `code` "
    "[link](javascript:alert(3)) ![p](http://x/y.png) \x9b2J \u200bzero\ufeff "
    "a\rb\r\nc\u2028d\u0085e \U000e0041tag {{7*7}} ${x} # head | cell | 'q' \"q\""
)


def hostile() -> Record:
    """A record in which every field that may hold outside words is hostile."""
    text = HOSTILE + "\n\n" + HOSTILE
    whole, half = Span(0, len(text)), Span(5, len(HOSTILE) - 3)
    actor = Actor(person=HOSTILE, of=HOSTILE, how=HOSTILE, certainty="probable")
    sure = Confidence(value=0.3, reason=HOSTILE)
    return Record(
        id=HOSTILE,
        text=text,
        title=HOSTILE,
        issuer=HOSTILE,
        issuer_kind="side",
        issuer_of=HOSTILE + "!",
        url="javascript:alert('" + HOSTILE + "')",
        encounters=(
            Encounter(
                id=HOSTILE, kind="meeting", status="reported", participants=(Participant(actor=actor),), evidence=whole,
                place=HOSTILE, place_words=half, confidence=sure, why=(HOSTILE,),
            ),
        ),
        statements=(
            Statement(
                id=HOSTILE, speakers=(actor,), attribution="continued", content=half, act="warn", toward=(HOSTILE,),
                via=half, continues=HOSTILE, confidence=sure, why=(HOSTILE,),
            ),
        ),
        commitments=(
            Commitment(
                id=HOSTILE, statement=HOSTILE, promisor=(HOSTILE,), beneficiary=(HOSTILE,), action=half,
                strength="firm", deadline=half, condition=half, confidence=sure,
            ),
        ),
        relations=(Relation(id=HOSTILE, between=(HOSTILE, "X"), kind="war", label=half, confidence=sure),),
        occurrences=(
            Occurrence(id=HOSTILE, kind="arms", span=half, states=(HOSTILE,), asserted_by=(HOSTILE,), confidence=sure),
        ),
        unresolved=(Unresolved(span=half, what=HOSTILE, reason=HOSTILE),),
        notes=(Note(code=HOSTILE, message=HOSTILE, span=half),),
        made_with={HOSTILE: HOSTILE},
    )  # fmt: skip


REFUSALS = (
    Refusal(id="a.txt", code="R406", message="the text is not English; give an English one", source="folder/a.txt"),
    Refusal(id=HOSTILE, code="R402", message=HOSTILE, source=HOSTILE),
)

_words = st.text(max_size=12)
_some = st.text(min_size=1, max_size=12)
_confidences = st.builds(Confidence, value=st.integers(1, 100).map(lambda n: n / 100), reason=_words)
_days = st.dates(min_value=date(1, 1, 2), max_value=date(9998, 1, 1))
_plain_dates = st.one_of(
    _days.map(DateInterval.day),
    st.builds(DateInterval.month, st.integers(1, 9998), st.integers(1, 12)),
    st.integers(1, 9998).map(DateInterval.year),
)
_dates = st.one_of(
    _plain_dates,
    st.builds(
        lambda d, n, p: DateInterval(start=d, end=d + timedelta(days=n), precision=p),
        _days, st.integers(1, 300), st.sampled_from(["days", "week", "quarter", "season", "span"]),
    ),
)  # fmt: skip


def _choice(literal: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(literal))


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    """Any actor."""
    person, of = draw(st.none() | _some), draw(st.none() | _some)
    office = draw(_choice(Office) if person is None and of is None else st.none() | _choice(Office))
    return Actor(person=person, office=office, of=of, certainty=draw(_choice(Certainty)), how=draw(_words))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Any record, as far as the constructors allow; texts with any character, spans anywhere."""
    text = draw(st.text(min_size=1, max_size=60))

    def span(*, maybe: bool = False) -> Span | None:
        if maybe and draw(st.booleans()):
            return None
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def some(n: int, make: object) -> tuple:
        return tuple(make() for _ in range(draw(st.integers(0, n))))  # type: ignore[operator]

    codes = st.lists(_some, max_size=2).map(tuple)

    def base() -> dict:
        why = draw(st.lists(_words, max_size=2).map(tuple))
        return {"id": draw(_some), "confidence": draw(_confidences), "why": why}

    return Record(
        id=draw(_some), text=text, title=draw(st.none() | _words), date=draw(st.none() | _days),
        issuer=draw(st.none() | _words), issuer_kind=draw(_choice(IssuerKind)), issuer_of=draw(st.none() | _words),
        url=draw(st.none() | _words),
        encounters=some(2, lambda: Encounter(
            **base(), kind=draw(_choice(kinds.EncounterKind)), status=draw(_choice(kinds.Status)), evidence=span(),
            participants=tuple(
                Participant(actor=a, part=draw(_choice(Part))) for a in draw(st.lists(actors(), min_size=1, max_size=3))
            ),
            date=draw(st.none() | _dates), date_words=span(maybe=True), place=draw(st.none() | _words),
            place_words=span(maybe=True),
        )),
        statements=some(4, lambda: Statement(
            **base(), speakers=tuple(draw(st.lists(actors(), min_size=1, max_size=2))), content=span(),
            attribution=draw(_choice(kinds.Attribution)), act=draw(_choice(kinds.Act)), cue=span(maybe=True),
            toward=draw(codes), via=span(maybe=True), continues=draw(st.none() | _words),
        )),
        commitments=some(2, lambda: Commitment(
            **base(), statement=draw(_words), promisor=draw(st.lists(_some, min_size=1, max_size=2).map(tuple)),
            action=span(), strength=draw(_choice(kinds.Strength)), refrain=draw(st.booleans()),
            beneficiary=draw(codes), deadline=span(maybe=True), condition=span(maybe=True),
        )),
        relations=some(2, lambda: Relation(
            **base(), between=draw(st.sampled_from([("CHN", "KAZ"), ("EU", "X-ABK")])), label=span(),
            kind=draw(_choice(kinds.RelationKind)),
        )),
        occurrences=some(2, lambda: Occurrence(
            **base(), kind=draw(_choice(kinds.OccurrenceKind)), span=span(), states=draw(codes),
            date=draw(st.none() | _plain_dates), asserted_by=draw(st.lists(_some, min_size=1, max_size=2).map(tuple)),
        )),
        unresolved=some(2, lambda: Unresolved(span=span(), what=draw(_words), reason=draw(_words))),
        notes=some(2, lambda: Note(code=draw(_words), message=draw(_words), span=span(maybe=True))),
        made_with=draw(st.dictionaries(_words, _words, max_size=2)),
    )  # fmt: skip


def as_json(record: Record | Refusal) -> object:
    """What a JSON reader sees."""
    return json.loads(json.dumps(record.to_json()))
