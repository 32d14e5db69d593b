"""The codes of CAMEO and PLOVER: what each means, its score, its quad class, and how the two schemes join."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from readout.errors import RecordError
from readout.lexicons import load

SCHEMES = ("CAMEO", "PLOVER")
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")

_ROOTS = {"03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "02": "REQUEST",
          "10": "REQUEST", "09": "ACCUSE", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST",
          "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT",
          "20": "ASSAULT"}  # fmt: skip
# Modes, the longest prefix first; `assist, change, yield, meet` say what a request or a refusal is about.
_MODES = {
    "041": "phone", "042": "visit", "043": "visit", "044": "third-party", "045": "third-party",
    "021": "assist", "023": "assist", "101": "assist", "103": "assist", "024": "change", "104": "change",
    "025": "yield", "105": "yield", "026": "meet", "027": "meet", "028": "meet", "106": "meet", "107": "meet",
    "108": "meet", "121": "assist", "122": "assist", "123": "change", "124": "yield", "125": "meet", "126": "meet",
    "127": "meet", "09": "investigate", "110": "disapprove", "111": "disapprove", "113": "disapprove",
    "114": "disapprove", "112": "allege", "115": "allege", "116": "allege", "131": "restrict", "132": "restrict",
    "161": "expel", "166": "expel",
}  # fmt: skip
_MODE_SCORES = {
    ("CONSULT", "visit"): 4.0, ("CONSULT", "third-party"): 1.0, ("CONSULT", "multilateral"): 4.0,
    ("CONSULT", "phone"): 1.5, ("REQUEST", "assist"): 0.5, ("REQUEST", "change"): -1.0, ("REQUEST", "yield"): -1.0,
    ("REQUEST", "meet"): 0.0, ("ACCUSE", "disapprove"): -2.0, ("ACCUSE", "investigate"): -3.5,
    ("ACCUSE", "allege"): -3.5, ("REJECT", "assist"): -1.5, ("THREATEN", "restrict"): -3.0,
    ("SANCTION", "expel"): -5.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a scheme: ``Code("CAMEO", "042")``, ``Code("PLOVER", "CONSULT")``. The leading zero counts.

    Raises:
        RecordError: the scheme or the code is not known.
    """

    scheme: str
    code: str

    def __post_init__(self) -> None:
        if self.scheme not in SCHEMES:
            raise RecordError(f"scheme {self.scheme!r} is not known; use one of: {', '.join(SCHEMES)}")
        known = cameo_codes() if self.scheme == "CAMEO" else plover_categories()
        if self.code not in known:
            raise RecordError(f"{self.scheme} has no code {self.code!r}; codes are strings such as "
                              f"{'042' if self.scheme == 'CAMEO' else 'CONSULT'!r}", value=self.code)  # fmt: skip

    @property
    def meaning(self) -> str:
        """What the code means, in our own words."""
        return (cameo_codes() if self.scheme == "CAMEO" else plover_categories())[self.code].meaning

    @property
    def root(self) -> str:
        """CAMEO: the first two digits; PLOVER: the two digits of the CAMEO root that stands for the category."""
        return self.code[:2] if self.scheme == "CAMEO" else plover_categories()[self.code].root

    @property
    def score(self) -> float:
        """CAMEO: the Goldstein value; PLOVER: the score of the category."""
        return (cameo_codes() if self.scheme == "CAMEO" else plover_categories())[self.code].score

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row of a code table."""

    code: str
    meaning: str
    score: float
    root: str
    quad: str


@cache
def cameo_codes() -> dict[str, CodeRow]:
    """The CAMEO codes by number."""
    return {
        str(e["code"]): CodeRow(
            e["code"], e["meaning"], float(e["goldstein"]), e["code"][:2], _quad_of_root(int(e["code"][:2]))
        )
        for e in load("cameo").entries
    }


@cache
def plover_categories() -> dict[str, CodeRow]:
    """The sixteen PLOVER categories by name."""
    return {
        str(e["category"]): CodeRow(e["category"], e["meaning"], float(e["score"]), e["root"], e["quad"])
        for e in load("plover_categories").entries
    }


def _quad_of_root(root: int) -> str:
    """The quad class of a CAMEO root: cooperation to 08 (verbal to 05), conflict from 09 (verbal to 13)."""
    if root <= 5:
        return QUADS[0]
    if root <= 8:
        return QUADS[1]
    return QUADS[2] if root <= 13 else QUADS[3]


def plover_of(cameo: str) -> Code | None:
    """The PLOVER category of a CAMEO code; None for statements (01), which PLOVER drops."""
    if cameo.startswith("08"):
        return Code("PLOVER", "CONCEDE" if cameo[:3] in ("080", "081", "082", "083") else "RETREAT")
    name = _ROOTS.get(cameo[:2])
    return Code("PLOVER", name) if name else None


def mode_of(cameo: str) -> str | None:
    """The PLOVER mode that a CAMEO code implies, such as ``visit`` or ``yield``."""
    return _MODES.get(cameo[:3]) or _MODES.get(cameo[:2])


def plover_score(category: str, mode: str | None) -> float:
    """The PLOVER score of a category in a mode; the mode's where it has its own."""
    return _MODE_SCORES.get((category, mode or ""), Code("PLOVER", category).score)


def quad_of(cameo: str, category: str | None) -> str:
    """The quad class: PLOVER's of the category, CAMEO's of the root where PLOVER drops the code."""
    return plover_categories()[category].quad if category else cameo_codes()[cameo].quad
