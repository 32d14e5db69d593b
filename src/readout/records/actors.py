"""Actors: who speaks, meets and promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from readout.errors import RecordError

Office = Literal[
    "head_of_state",
    "head_of_government",
    "deputy_head_of_government",
    "foreign_minister",
    "deputy_foreign_minister",
    "defence_minister",
    "minister",
    "ambassador",
    "special_envoy",
    "national_security_adviser",
    "spokesperson",
    "org_head",
    "legislature_head",
    "party_head",
    "other_official",
]
Part = Literal["initiator", "recipient", "host", "guest", "participant"]
Certainty = Literal["known", "probable", "unknown"]
OFFICES: frozenset[str] = frozenset(get_args(Office))
PARTS: frozenset[str] = frozenset(get_args(Part))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A party in the world: a state or organisation (``of``), an office in it, a person who holds it.

    ``certainty`` says how far the *resolution* is to be trusted: ``known`` (named in the text, or the tables cover
    the date), ``probable`` (past the last sighting, or an unconfirmed row), ``unknown``. ``how`` is its reason.
    """

    person: str | None = None
    office: str | None = None
    of: str | None = None
    certainty: Certainty = "known"
    how: str = ""

    def __post_init__(self) -> None:
        if self.person is None and self.office is None and self.of is None:
            raise RecordError("an actor needs a person, an office or a state; all three are empty")
        if self.office is not None and self.office not in OFFICES:
            raise RecordError(f"office {self.office!r} is not known; use one of: {', '.join(sorted(OFFICES))}")

    @property
    def key(self) -> tuple[str | None, str | None, str | None]:
        """What makes two actors the same: person, office and state."""
        return (self.person, self.office, self.of)

    @property
    def side(self) -> str:
        """The state or organisation the actor belongs to; the person's name where none is known."""
        return self.of or self.person or ""

    def to_json(self) -> dict[str, Any]:
        """``{"person", "office", "of", "certainty", "how"}``."""
        return {
            "person": self.person,
            "office": self.office,
            "of": self.of,
            "certainty": self.certainty,
            "how": self.how,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An actor with its part in one encounter."""

    actor: Actor
    part: str = "participant"

    def __post_init__(self) -> None:
        if self.part not in PARTS:
            raise RecordError(f"part {self.part!r} is not known; use one of: {', '.join(sorted(PARTS))}")

    def to_json(self) -> dict[str, Any]:
        """The actor's fields with ``part``."""
        return {**self.actor.to_json(), "part": self.part}
