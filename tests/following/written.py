"""Records written short in ``persons.yaml``; the words are our own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from readout.records import (
    Actor,
    Commitment,
    Confidence,
    DateInterval,
    Encounter,
    Occurrence,
    Participant,
    Record,
    Relation,
    Span,
    Statement,
    item_id,
    text_digest,
)
from readout.storing import Archive

SURE = Confidence(value=0.9, reason="written by hand")
TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "persons.yaml").read_text("utf-8"))


def actor(who: list[str | None]) -> Actor:
    name, office, of = who
    return Actor(person=name, office=office, of=of)


def record(given: dict[str, Any]) -> Record:
    text = given["text"]
    code = text_digest(text)

    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    evidence = Span(0, text.index(".") + 1)
    statements, commitments = [], []
    for n, s in enumerate(given.get("said", ())):
        made = Statement(
            id=item_id(code, "statement", at(s["words"]), n), speakers=tuple(actor(w) for w in s["who"]),
            attribution="explicit", content=at(s["words"]), act=s["act"], toward=tuple(s.get("toward", ())),
            confidence=SURE,
        )  # fmt: skip
        statements.append(made)
        if "promised" in s:
            span = at(s["promised"])
            commitments.append(Commitment(
                id=item_id(code, "commitment", span, n), statement=made.id, action=span, strength="firm",
                promisor=tuple(a.of or "" for a in made.speakers), beneficiary=tuple(s.get("beneficiary", ())),
                deadline=at(s["deadline"]) if s.get("deadline") else None, confidence=SURE,
            ))  # fmt: skip
    return Record(
        id=given["id"], text=text, date=date.fromisoformat(given["date"]) if given["date"] else None,
        issuer=given["issuer"], statements=tuple(statements), commitments=tuple(commitments),
        encounters=tuple(
            Encounter(
                id=item_id(code, "encounter", evidence, n), kind=e["kind"], status=e["status"], evidence=evidence,
                participants=tuple(Participant(actor=actor(w)) for w in e["who"]), confidence=SURE,
                date=DateInterval.from_iso(e["date"]) if e["date"] else None, place=e.get("place"),
            )
            for n, e in enumerate(given.get("met", ()))
        ),
        relations=tuple(
            Relation(id=item_id(code, "relation", at(words), n), between=(one, other), kind=kind, label=at(words),
                     confidence=SURE)
            for n, (one, other, kind, words) in enumerate(given.get("labels", ()))
        ),
        occurrences=tuple(
            Occurrence(id=item_id(code, "occurrence", at(o["words"]), n), kind=o["kind"], span=at(o["words"]),
                       states=tuple(o["states"]), confidence=SURE)
            for n, o in enumerate(given.get("happened", ()))
        ),
    )  # fmt: skip


def fill(path: Path) -> Path:
    """An archive of the documents of the table."""
    with Archive.open(path, write=True, create=True) as archive:
        list(archive.put_many([record(d) for d in TABLE["documents"]]))
    return path
