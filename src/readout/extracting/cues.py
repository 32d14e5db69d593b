"""Reporting words in a parse: which token is a cue, of which entry, and over which words it stretches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from readout.lexicons import load
from readout.lexicons.inflection import forms
from readout.records import Parse

# Verbs that carry a noun of speech: the noun tells the act ("expressed concern", "held talks on").
LIGHT = frozenset(
    """express voice extend show pay hold have give make lodge raise share convey send offer issue
    place lay hand take reach draw air renew sound""".split()
)
_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december""".split()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One meaning of a reporting word: its base form, frames, act (None: the content decides) and topic
    prepositions.
    """

    lemma: str
    rest: tuple[str, ...]
    frames: frozenset[str]
    act: str | None
    topic: frozenset[str]
    weak: bool


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue found at tokens ``verb`` to ``last``."""

    cue: Cue
    verb: int
    last: int


@cache
def _index() -> dict[str, tuple[Cue, ...]]:
    table: dict[str, list[Cue]] = {}
    for entry in load("cues").entries:
        words = str(entry["cue"]).split()
        cue = Cue(
            lemma=str(entry["cue"]),
            rest=tuple(words[1:]),
            frames=frozenset(entry["frames"]),
            act=entry.get("act"),
            topic=frozenset(entry.get("topic") or ()),
            weak=bool(entry.get("weak")),
        )
        for form in {*forms(words[0]), *(entry.get("forms") or ())}:
            table.setdefault(form, []).append(cue)
    return {form: tuple(sorted(cues, key=lambda c: -len(c.rest))) for form, cues in table.items()}


@cache
def speech_nouns() -> dict[str, str | None]:
    """Nouns of speech and the act each names."""
    return {str(e["noun"]): e.get("act") for e in load("speech_nouns").entries}


@cache
def _light_forms() -> dict[str, str]:
    return {form: verb for verb in LIGHT for form in forms(verb)}


def light_verb(word: str) -> str | None:
    """The base form of a light verb, or None."""
    return _light_forms().get(word)


def match(parse: Parse, i: int, end: int) -> CueHit | None:
    """The longest cue whose verb is token ``i``, before token ``end``."""
    token = parse.tokens[i]
    cues = _index().get(token.lower)
    if cues is None or token.pos not in ("VERB", "AUX", "ADJ", "NOUN", "PROPN") or token.tag in ("NNP", "NNPS"):
        return None
    if token.pos in ("NOUN", "ADJ") and not (
        token.dep in ("ROOT", "conj", "advcl", "ccomp", "relcl", "acl") and token.lower.endswith(("ed", "s"))
    ):
        return None
    tokens = parse.tokens
    for cue in cues:
        last = i
        for word in cue.rest:
            k = last + 1
            skipped = 0
            while (
                k < end
                and tokens[k].lower != word
                and skipped < 3
                and tokens[k].pos in ("ADV", "ADJ", "DET", "PRON", "PART", "CCONJ", "AUX")
                and tokens[k].lower not in ("that", "not")
            ):
                k += 1
                skipped += 1
            if k >= end or tokens[k].lower != word:
                break
            last = k
        else:
            if cue.rest and last + 1 < end and tokens[last + 1].lower in _DAYS:
                continue  # "reported on Wednesday"
            if cue.lemma.startswith("be ") or token.pos != "AUX":
                return CueHit(cue, i, last)
    return None
