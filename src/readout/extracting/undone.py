"""Words under which an exchange did not, or will not, take place: denied, refused, called off."""

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
