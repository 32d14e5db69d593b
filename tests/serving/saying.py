"""Records of who said and promised what, written by hand: the pages of ledger, phrases and persons need no model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from readout.records import (
    Actor,
    Commitment,
    Confidence,
    DateInterval,
    Encounter,
    Participant,
    Record,
    Span,
    Statement,
    item_id,
    text_digest,
)
from readout.storing import Archive

SURE = Confidence(value=0.9, reason="written by hand")
PEOPLE = {"CHN": "Lin Example", "KAZ": "Askar Example", "RUS": "Pavel Sample"}


@dataclass(frozen=True, slots=True)
class Line:
    """What a side says to another; ``promise`` are the words in it that promise, ``deadline`` and ``condition`` too."""

    side: str
    toward: str
    words: str
    act: str = "inform"
    promise: str = ""
    strength: str = "firm"
    deadline: str = ""
    condition: str = ""


def document(name: str, day: str, *lines: Line, people: dict[str, str] | None = None) -> Record:
    """One document in which the sides of its lines meet and say them."""
    people = PEOPLE | (people or {})
    sides = list(dict.fromkeys(side for line in lines for side in (line.side, line.toward)))
    opening = f"They met, as {name} tells."
    text = " ".join([opening, *(line.words for line in lines)])
    digest = text_digest(text)
    actors = {side: Actor(person=people.get(side), office="foreign_minister", of=side) for side in sides}
    said, promised, at = [], [], len(opening) + 1
    for n, line in enumerate(lines):
        content = Span(at, at + len(line.words))
        at += len(line.words) + 1

        def of(words: str, start: int = content.start) -> Span | None:
            found = text.find(words, start)
            return Span(found, found + len(words)) if words else None

        statement = Statement(
            id=item_id(digest, "statement", content, n), attribution="explicit", content=content, act=line.act,
            speakers=(actors[line.side],), toward=(line.toward,), confidence=SURE,
        )  # fmt: skip
        said.append(statement)
        if (action := of(line.promise)) is not None:
            promised.append(
                Commitment(
                    id=item_id(digest, "commitment", action, n), statement=statement.id, promisor=(line.side,),
                    beneficiary=(line.toward,), action=action, strength=line.strength, deadline=of(line.deadline),
                    condition=of(line.condition), confidence=SURE,
                )
            )  # fmt: skip
    evidence = Span(0, len(opening))
    met = Encounter(
        id=item_id(digest, "encounter", evidence, 0), kind="meeting", status="reported", evidence=evidence,
        participants=tuple(Participant(actor=a) for a in actors.values()), confidence=SURE,
        date=DateInterval.day(date.fromisoformat(day)),
    )  # fmt: skip
    return Record(
        id=name, text=text, date=date.fromisoformat(day), encounters=(met,), statements=tuple(said),
        commitments=tuple(promised),
    )  # fmt: skip


def keep(path: Path, *records: Record) -> Path:
    """An archive of the records."""
    with Archive.open(path, write=True, create=True) as archive:
        for record in records:
            archive.put(record)
    return path
