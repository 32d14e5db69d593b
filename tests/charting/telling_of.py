"""Short ways to write records of two sides; the words are our own."""

from __future__ import annotations

from datetime import date

from readout.records import (
    Actor,
    Confidence,
    DateInterval,
    Encounter,
    Participant,
    Record,
    Relation,
    Span,
    Statement,
    item_id,
    text_digest,
)

SURE = Confidence(value=0.9, reason="written by hand")


def told(
    id: str,
    day: str | None,
    *sentences: str,
    met: tuple[tuple[str, ...], ...] = (),
    said: tuple[tuple[str, str, str, str], ...] = (),
    labels: tuple[tuple[str, str], ...] = (),
    sides: tuple[str, str] = ("CHN", "KAZ"),
) -> Record:
    """A record; the first sentence is the evidence of every encounter.

    Args:
        met: (kind, status, ISO date or "", office of the first side, office of the second) of each encounter.
        said: (source, target, act, words) of each statement; a source with a plus sign stands for two sides.
        labels: (kind, words) of each relation of the two.
    """
    text = " ".join(sentences)
    digest = text_digest(text)
    evidence = Span(0, len(sentences[0]))

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return Record(
        id=id,
        text=text,
        date=date.fromisoformat(day) if day else None,
        encounters=tuple(
            Encounter(
                id=item_id(digest, "encounter", evidence, n),
                kind=kind,
                status=status,
                participants=tuple(
                    Participant(actor=Actor(of=side, office=office or None))
                    for side, office in zip(sides, offices, strict=True)
                ),
                evidence=evidence,
                date=DateInterval.from_iso(when) if when else None,
                confidence=SURE,
            )
            for n, (kind, status, when, *offices) in enumerate(met)
        ),
        statements=tuple(
            Statement(
                id=item_id(digest, "statement", at(words), n),
                speakers=tuple(Actor(of=side) for side in source.split("+")),
                attribution="explicit",
                content=at(words),
                act=act,
                toward=(target,) if target else (),
                confidence=SURE,
            )
            for n, (source, target, act, words) in enumerate(said)
        ),
        relations=tuple(
            Relation(
                id=item_id(digest, "relation", at(words), n),
                between=sides,
                kind=kind,
                label=at(words),
                confidence=SURE,
            )
            for n, (kind, words) in enumerate(labels)
        ),
    )


FM, HEAD = "foreign_minister", "head_of_state"


def series() -> list[Record]:
    """Three years of two sides: a call told three times, a visit planned and paid, a quarrel, a label that changes."""
    return [
        told(
            "a", "2019-03-05", "Wang called Nurtleu.", "He thanked Astana for the grain.",
            "The good neighbours trade in wheat.",
            met=(("phone_call", "reported", "2019-03-05", FM, FM),),
            said=(("CHN", "KAZ", "thank", "for the grain"),), labels=(("neighbour", "good neighbours"),),
        ),
        told(
            "b", "2019-03-06", "Nurtleu spoke by phone with Wang.", "Wang thanked Kazakhstan for the grain.",
            "Nurtleu condemned the closing of the border crossing.",
            met=(("phone_call", "reported", "2019-03-05", FM, FM),),
            said=(("CHN", "KAZ", "thank", "for the grain"),
                  ("KAZ", "CHN", "criticise", "condemned the closing of the border crossing")),
        ),
        told(
            "c", "2019-03-06", "Wang called Nurtleu.", "He thanked Astana for the grain.",
            "The good neighbours trade in wheat.", "So it was told.",
            met=(("phone_call", "reported", "2019-03-05", FM, FM),),
            said=(("CHN", "KAZ", "thank", "for the grain"),), labels=(("neighbour", "good neighbours"),),
        ),
        told(
            "d", "2019-11-01", "The President will visit Beijing.", "They are strategic partners.",
            met=(("visit", "planned", "2020-02-10", "", HEAD),),
            labels=(("strategic_partnership", "strategic partners"),),
        ),
        told(
            "e", "2020-02-11", "The President visited Beijing.", "They are Strategic  Partners and spoke of energy.",
            met=(("visit", "reported", "2020-02-10", FM, HEAD),),
            said=(("CHN+KAZ", "", "agree", "energy"),),
            labels=(("strategic_partnership", "Strategic  Partners"),),
        ),
        told(
            "f", "2022-07-01", "A summit is foreseen.", "He recalled a meeting of last year.",
            met=(("meeting", "past", "2021", "", ""), ("signing", "planned", "", FM, "")),
        ),
        told("g", "2022-07-02", "Norway met Sweden.", met=(("meeting", "reported", "", FM, FM),), sides=("NOR", "SWE")),
    ]  # fmt: skip
