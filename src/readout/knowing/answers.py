"""What the actor base answers with: senses, tenures, answers, states, organisations, sites, findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from readout.records.actors import Certainty

Layer = Literal["embedded", "user"]
FormKind = Literal["name", "demonym", "capital", "metonym", "historic"]


class Sense(NamedTuple):
    """One meaning of a form; a period only where another state bore the form before or after."""

    id: str
    kind: Literal["state", "org"]
    form: FormKind
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, on: date | None) -> bool:
        """Whether the form meant this on the day (always, where no day is given)."""
        if on is None:
            return True
        return (self.valid_from is None or on >= self.valid_from) and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A person in an office for a time, with where that is known from.

    ``start`` is the first and ``end`` the last day that the source's precision allows (``2002`` ends on
    2002-12-31). Precisions: day, month, year, ``observed`` (seen at these dates; the true tenure is longer),
    ``inferred-next`` (the next holder's start), ``open`` (good up to ``last_seen``).
    """

    person: str
    names: tuple[str, ...]
    family_name: str | None
    surname: str | None
    qid: str | None
    of: str
    office: str
    role: str
    title: str
    start: date | None
    end: date | None
    start_precision: str
    end_precision: str
    last_seen: date | None
    source: str
    licence: str
    verified_by: str
    layer: Layer = "embedded"

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the row hangs on our own list alone and no text confirms it."""
        marks = set(self.verified_by.split("|")) - {""}
        return bool(marks) and marks <= {"none", "dataset"}

    def to_json(self) -> dict[str, Any]:
        """Plain values; dates as ISO text."""
        return {
            "person": self.person, "names": list(self.names), "family_name": self.family_name, "qid": self.qid,
            "of": self.of, "office": self.office, "role": self.role, "title": self.title,
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "start_precision": self.start_precision, "end_precision": self.end_precision,
            "last_seen": self.last_seen.isoformat() if self.last_seen else None,
            "source": self.source, "licence": self.licence, "verified_by": self.verified_by, "layer": self.layer,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who held an office on a day, how sure, and why. ``boundary``: two holders on a day of handover."""

    status: Certainty
    tenures: tuple[Tenure, ...] = ()
    reason: str = ""
    age_days: int | None = None
    boundary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state or territory."""

    id: str
    name: str
    official_name: str
    demonyms: tuple[str, ...]
    capital: str | None
    status: str
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]
    qid: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation, an organ of one, a grouping or an armed movement; members as of 2026-01."""

    id: str
    name: str
    kind: str
    head_title: str
    members: tuple[str, ...]
    qid: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Who publishes at a host. ``agency_of``: the state whose agency a press outlet is."""

    domain: str
    of: str
    kind: str
    name: str
    agency_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer to a free query. ``ambiguous``: the query has other senses, which are listed beside it."""

    kind: Literal["state", "org", "person"]
    of: str | None
    name: str
    person: str | None = None
    office: str | None = None
    certainty: Certainty
    reason: str
    ambiguous: bool = False
    tenure: Tenure | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "kind": self.kind, "of": self.of, "name": self.name, "person": self.person, "office": self.office,
            "certainty": self.certainty, "reason": self.reason, "ambiguous": self.ambiguous,
            "tenure": self.tenure.to_json() if self.tenure else None,
        }  # fmt: skip
