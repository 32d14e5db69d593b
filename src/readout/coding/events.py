"""An event row: who did what to whom, in the codes of CAMEO and PLOVER, with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from readout.coding.codes import Code, mode_of, plover_of, plover_score, quad_of
from readout.errors import RecordError
from readout.records import Span

STATUSES = ("done", "planned", "past")
MODALITIES = ("future", "hypothetical")
COLUMNS = ("date", "source", "target", "code", "root", "plover", "mode", "quad", "goldstein", "score", "act", "status",
           "negated", "modality", "document", "spans", "item")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One coded event.

    ``status`` says whether it took place on the day (``done``), is to come (``planned``) or lies back (``past``).
    ``negated`` and ``modality`` stand beside the code, never in it: a refusal is a code of its own (12), an attack that
    did not take place is an attack with ``negated``. ``plover`` is None for mere statements (01), which PLOVER drops.
    """

    date: str | None
    source: str | None
    target: str | None
    cameo: Code
    plover: Code | None
    mode: str | None
    act: str
    status: str
    negated: bool = False
    modality: str | None = None
    document: str
    spans: tuple[Span, ...]
    item: str | None = None
    rule: str = ""

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise RecordError(f"status {self.status!r} is not known; use one of: {', '.join(STATUSES)}")
        if self.modality is not None and self.modality not in MODALITIES:
            raise RecordError(f"modality {self.modality!r} is not known; use one of: {', '.join(MODALITIES)}")
        if not self.spans:
            raise RecordError("an event needs the words it was read from; give at least one span")

    @property
    def quad(self) -> str:
        """The quad class, such as ``verbal cooperation``."""
        return quad_of(self.cameo.code, self.plover.code if self.plover else None)

    @property
    def score(self) -> float | None:
        """The PLOVER score of the category in its mode; None where PLOVER drops the event."""
        return plover_score(self.plover.code, self.mode) if self.plover else None

    def to_json(self) -> dict[str, Any]:
        """The columns of ``COLUMNS``, then ``rule``; codes are strings, spans pairs of offsets."""
        return {
            "date": self.date,
            "source": self.source,
            "target": self.target,
            "code": self.cameo.code,
            "root": self.cameo.root,
            "plover": self.plover.code if self.plover else None,
            "mode": self.mode,
            "quad": self.quad,
            "goldstein": self.cameo.score,
            "score": self.score,
            "act": self.act,
            "status": self.status,
            "negated": self.negated,
            "modality": self.modality,
            "document": self.document,
            "spans": [span.to_json() for span in self.spans],
            "item": self.item,
            "rule": self.rule,
        }


def make_row(cameo: str, category: str | None = None, **fields: Any) -> EventRow:
    """A row of a CAMEO code; its PLOVER category follows from the join unless one is given."""
    plover = Code("PLOVER", category) if category else plover_of(cameo)
    mode = fields.pop("mode", None) or mode_of(cameo)
    return EventRow(cameo=Code("CAMEO", cameo), plover=plover, mode=mode if plover else None, **fields)
