"""Names of states and organisations in a text: longest match over the forms of the actor base."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein

from readout.knowing import ActorBase, Sense, fold
from readout.records import Token

_FIRST = re.compile(r"[\w.]+")
_SPACES = re.compile(r"\s+")
# Words between "of" and the state: "of the Islamic Republic of Iran".
STATE_STYLE = frozenset(
    """the republic kingdom state states islamic federal democratic people 's peoples socialist federation united
    sultanate union principality commonwealth emirate hashemite arab bolivarian plurinational republics of co-operative
    oriental grand duchy independent confederation great""".split()
)
# "Chinese" is followed by one of these: the words name the state or its organs, not a person.
SIDE_NOUNS = frozenset(
    """side sides government authorities delegation leadership ministry embassy cabinet administration regime party
    mission parliament presidency office officials people nation counterpart counterparts forces military army
    state country team representatives parties diplomats diplomacy kremlin house palace""".split()
)


@dataclass(frozen=True, slots=True)
class Form:
    """A state or organisation named at tokens ``[first, last]``."""

    first: int
    last: int
    id: str
    kind: str
    form: str
    others: tuple[str, ...] = ()


class FormIndex:
    """The forms of an actor base, indexed by first word."""

    def __init__(self, base: ActorBase) -> None:
        self._plain: Mapping[str, tuple[Sense, ...]] = base.forms
        self._cased: Mapping[str, tuple[Sense, ...]] = base.cased_forms
        self._longest: dict[str, int] = {}
        self._mended: dict[str, Sense | None] = {}
        for key in self._plain:
            self._note(key)
        for key in self._cased:
            self._note(fold(key))

    def mended(self, word: str, i: int) -> Form | None:
        """A demonym of six letters and more that ``word`` misspells by one edit ("Chines"), or None."""
        if word not in self._mended:
            self._mended[word] = next(
                (
                    senses[0]
                    for key, senses in self._plain.items()
                    if abs(len(key) - len(word)) <= 1
                    and len(key) >= 6
                    and key[0] == word[0]
                    and senses[0].form == "demonym"
                    and len({x.id for x in senses}) == 1
                    and DamerauLevenshtein.distance(word, key, score_cutoff=1) <= 1
                ),
                None,
            )
        sense = self._mended[word]
        return Form(i, i, sense.id, sense.kind, sense.form) if sense else None

    def _note(self, key: str) -> None:
        match = _FIRST.match(key)
        if match:
            first = match.group()
            self._longest[first] = max(
                self._longest.get(first, 0), key.count(" ") + key.count("-") * 2 + key.count("'") + 1
            )

    def at(self, text: str, tokens: Sequence[Token], i: int, end: int, on: date | None) -> Form | None:
        """The longest form that begins at token ``i`` and ends before token ``end``."""
        token = tokens[i]
        if not (token.text[0].isupper() or token.text[0] == "e"):
            return None
        first = _FIRST.match(fold(token.text))
        if first is None:
            return None
        longest = self._longest.get(first.group(), 0)
        if not longest:
            longest = self._longest.get(first.group().rstrip("."), 0)
            if not longest:
                return None
        for j in range(min(end, i + longest) - 1, i - 1, -1):
            written = text[token.start : tokens[j].end]
            senses = self._cased.get(written)
            if senses is None and token.text[0].isupper():
                senses = self._plain.get(_SPACES.sub(" ", fold(written)))
            if senses:
                form = _choose(senses, on)
                if form is not None:
                    sense, others = form
                    return Form(i, j, sense.id, sense.kind, sense.form, others)
        return None


def _choose(senses: Sequence[Sense], on: date | None) -> tuple[Sense, tuple[str, ...]] | None:
    """The sense that holds on the day, and the ids of the others that hold too (an ambiguity that must be told)."""
    valid = [
        s
        for s in senses
        if on is None or ((s.valid_from is None or s.valid_from <= on) and (s.valid_to is None or on < s.valid_to))
    ]
    pool = valid or list(senses)
    if not pool:
        return None
    ids = list(dict.fromkeys(s.id for s in pool))
    return pool[0], tuple(ids[1:])
