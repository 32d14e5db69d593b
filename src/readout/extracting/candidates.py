"""What may become an encounter: the lexicon's triggers, and one telling of an exchange with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from readout.lexicons import load
from readout.lexicons.inflection import forms
from readout.records import Actor, Sentence, Span
from readout.resolving import TimeMention


@dataclass(frozen=True, slots=True)
class Trigger:
    kind: str
    roles: str | None
    words: tuple[str, ...]


@dataclass(slots=True)
class Candidate:
    kind: str
    sentence: Sentence
    trigger: int
    evidence: Span
    people: list[tuple[Actor, str]]
    status: str
    when: TimeMention | None
    place: str | None
    place_words: Span | None
    why: list[str]
    body: bool = False
    weight: float = 0.8
    embedded: bool = False
    extra: list[int] = field(default_factory=list)

    @property
    def sides(self) -> frozenset[str]:
        return frozenset(a.side for a, _ in self.people if a.side)


@cache
def triggers() -> tuple[dict[str, list[Trigger]], dict[str, list[Trigger]]]:
    verbs: dict[str, list[Trigger]] = {}
    nouns: dict[str, list[Trigger]] = {}
    for e in load("encounter_verbs").entries:
        words = tuple(str(e["words"]).split())
        for f in forms(words[0]):
            verbs.setdefault(f, []).append(Trigger(e["kind"], e.get("roles"), words))
    for e in load("encounter_nouns").entries:
        words = tuple(str(e["words"]).split())
        trigger = Trigger(e["kind"], None, words)
        nouns.setdefault(words[-1], []).append(trigger)
        if not words[-1].endswith("s"):
            nouns.setdefault(words[-1] + "s", []).append(trigger)
    for rows in (*verbs.values(), *nouns.values()):
        rows.sort(key=lambda t: -len(t.words))
    return verbs, nouns
