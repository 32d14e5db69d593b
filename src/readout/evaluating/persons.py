"""When two names are one person, and two actors one actor, as the score sees it.

Figures must be the same wherever they are computed, so these rules are fixed and independent of the actor tables:
a better table of names may not change what a score means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

_FAMILY_NAME_FIRST = frozenset(["CHN", "TWN", "HKG", "MAC", "PRK", "KOR", "VNM", "HUN", "KHM", "SGP", "JPN"])
_PARTICLES = frozenset(
    ["al", "el", "bin", "ibn", "bint", "von", "van", "de", "da", "dos", "der", "jr", "sr", "ii", "iii"]
)
_FULL_FORM = {
    "alex": "alexander",
    "ben": "benjamin",
    "bill": "william",
    "bob": "robert",
    "chris": "christopher",
    "dick": "richard",
    "jake": "jacob",
    "jim": "james",
    "joe": "joseph",
    "liz": "elizabeth",
    "matt": "matthew",
    "mike": "michael",
    "ned": "edward",
    "nick": "nicholas",
    "steve": "stephen",
    "tom": "thomas",
    "tony": "anthony",
}
_NOT_IN_A_NAME = re.compile(r"[^\w\s]")
_ALIKE_RATIO = 0.8
_ALIKE_MIN_CHARS = 4
_UNDECOMPOSED = str.maketrans({"ı": "i", "ə": "e"})


@lru_cache(maxsize=50_000)
def plain_name(name: str | None) -> str:
    """A name without accents, case and punctuation; empty for None."""
    if not name:
        return ""
    decomposed = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_NOT_IN_A_NAME.sub(" ", bare).lower().split())


@lru_cache(maxsize=200_000)
def _alike(one: str, other: str) -> bool:
    if one == other or _FULL_FORM.get(one, one) == _FULL_FORM.get(other, other):
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    # the argument order matters to the ratio, which is not symmetric
    return min(len(one), len(other)) >= _ALIKE_MIN_CHARS and SequenceMatcher(None, one, other).ratio() >= _ALIKE_RATIO


def _name_words(name: str | None) -> list[str]:
    return [word for word in plain_name(name).split() if word not in _PARTICLES]


@lru_cache(maxsize=200_000)
def same_person(gold: str, said: str, of: str | None) -> bool:
    """Whether ``said`` names the person ``gold``: a family name alike, and no given name against it.

    ``of`` decides where the family name stands. A family name alone is enough, a given name alone is not.
    """
    theirs, ours = _name_words(gold), _name_words(said)
    if not theirs or not ours:
        return False
    family = {theirs[-1]}
    if of in _FAMILY_NAME_FIRST:
        family.add(theirs[0])
    if len(theirs) > 2:  # two family names, or a patronymic between
        family.add(theirs[-2])

    def is_family(word: str) -> bool:
        return any(_alike(name, word) for name in family)

    if not any(len(word) > 1 and is_family(word) for word in ours):
        return False
    if len(theirs) == 1 or len(ours) == 1:
        return True
    our_given = [word for word in ours if not is_family(word)]
    their_given = [word for word in theirs if word not in family] or theirs
    return not our_given or any(_alike(a, b) for a in our_given for b in their_given)


def same_actor(gold: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Whether ``said`` is the actor ``gold``: the same state and person, or the office where none is named."""
    side = gold.get("of")
    if side != said.get("of"):
        return False
    if gold.get("person"):
        return bool(said.get("person")) and same_person(gold["person"], said["person"], side)
    if said.get("person"):
        return False
    return gold.get("office") is None or gold.get("office") == said.get("office")


def side_of(actor: Mapping[str, Any]) -> str:
    """The state or organisation of an actor, else the person's plain name."""
    return actor.get("of") or plain_name(actor.get("person"))


def sides_of(actors: Iterable[Mapping[str, Any]] | None) -> frozenset[str]:
    """The sides of several actors."""
    return frozenset(side_of(actor) for actor in actors or ())
