"""What is not told as done: exchanges that are denied, refused or called off, suppositions, conditions, inventions."""

from __future__ import annotations

import re

from readout.lexicons.inflection import forms

_CALLED_OFF = (
    r"(?:(?:was|were|has been|have been|had been|is|are) (?:\w+ly |then |later )?(?:cancell?ed|called off|scrapped|"
    r"abandoned)|(?:did not|didn't|didn’t|never|will not|would not) (?:take place|happen|materiali[sz]e|go ahead))\b"
)
IS_OFF = re.compile(_CALLED_OFF)
OPENS_OFF = re.compile(rf"\W*(?:But |However, )?(?:the|this|that|it)\b[^,.;]{{0,30}}?{_CALLED_OFF}", re.I)
# what of each kind is called off, told right before
CALLED_OFF_NOUN = {
    kind: re.compile(rf"\b(?:{nouns}|it|which|but|and later|and then)\s+{_CALLED_OFF}", re.I)
    for kind, nouns in {
        "meeting": r"meetings?|talks|negotiations|discussions|encounter|summit",
        "phone_call": r"(?:phone |telephone )?(?:calls?|conversation|talks)",
        "visit": r"visit|trip|tour|journey",
    }.items()
}
UNDONE = frozenset(f for w in ("cancel", "deny", "refuse", "decline") for f in forms(w))
"""Verbs under which an exchange did not, or will not, take place."""
_UNREAL_OPENING = re.compile(
    r"^\W*(?:suppose|supposing|imagine|assuming|assume|had (?=[A-Z]|the |it |he |she |they )|"
    r"were (?=[A-Z]|the |it |he |she |they )|should (?=[A-Z]|the |it |he |she |they )|in case\b|"
    r"in the event\b|if\b|unless\b|in a (?:worst|best)[- ]case|as though|as if)",
    re.I,
)
_UNREAL_INSIDE = re.compile(
    r"\b(?:only (?:when|if|once|after)|if and when|in the event that|in case|as though|as if|"
    r"provided (?:that)?|on condition that|assuming (?:that)?|the day (?:that )?|until|unless|lest)\b",
    re.I,
)
_INVENTED = re.compile(
    r"\b(?:forged|fake|faked|fabricated|hoax|parody|satir\w+|april fool|in (?:the|a|his|her) (?:novel|"
    r"film|play|story|cartoon|sketch|dream)|fictional|deepfake|wrongly attributed|falsely attributed|"
    r"never existed|worst[- ]case scenario|in [a-z]+[’']s (?:telling|account|version))\b",
    re.I,
)
_PARAPHRASE = re.compile(
    r"\b(?:(?:puts?|phrased?|summed) (?:it|this|things)(?: \w+){0,2}|jok(?:e|ed|es)|(?:joke|saying|rumou?r) "
    r"(?:goes|went|runs|ran)): ",
    re.I,
)
# "some whisper that", "rumour has it that", "gossip in the capital says": told by nobody
_HEARSAY = re.compile(
    r"\b(?:(?:whisper|murmur|gossip)(?:s|ed)? that|"
    r"(?:rumou?r|gossip|word|legend) (?:\w+ ){0,4}?(?:has|had) it(?: that)?|"
    r"(?:it is|it was|is|was|are|were) (?:widely )?(?:rumou?red|whispered)(?: that)?)\b",
    re.I,
)


def unreal_zones(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Character ranges of a sentence in which nothing is told as done: suppositions, conditions, inventions.

    A supposition reaches to the comma that ends its clause; an invention ("a forged letter in which") to the end.
    """
    zones: list[tuple[int, int]] = []
    if _INVENTED.search(text, start, end):
        return [(start, end)]
    opening = _UNREAL_OPENING.match(text[start : min(end, start + 60)])
    if opening:
        zones.append((start, _clause_end(text, start + opening.end(), end)))
    retold = _PARAPHRASE.search(text, start, end)
    if retold and text[retold.end()] not in '"“«‘':  # "critics put it thus: Vienna says ..." is the critics' wit
        zones.append((retold.end(), end))
    hearsay = _HEARSAY.search(text, start, end)
    if hearsay:
        zones.append((hearsay.end(), end))
    for inside in _UNREAL_INSIDE.finditer(text, start, end):
        zones.append((inside.start(), _clause_end(text, inside.end(), end)))
    return zones


def _clause_end(text: str, start: int, end: int) -> int:
    for k in range(start, end):
        if text[k] in ",;:":
            return k
    return end
