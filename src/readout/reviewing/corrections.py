"""One correction, and what becomes of a record when corrections are laid over it."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from readout.errors import ReadoutError, RecordError, SchemaError
from readout.exporting.annotations import MAIN_FIELD
from readout.records import Record, Span, item_id
from readout.reviewing.anchoring import Quote, anchored

ACTIONS = ("change", "reject", "add")
_SAME = 0.5
"""Two spans of one kind of item are one item where they share at least this part of their whole."""

# the fields that a reviewer may set; all others are the machine's
_FIELDS = {
    "encounters": ("kind", "status", "participants", "date", "place"),
    "statements": ("act", "attribution", "speakers", "toward"),
    "commitments": ("strength", "refrain", "promisor", "beneficiary"), "relations": ("kind", "between"),
    "occurrences": ("kind", "states", "date", "asserted_by"),
}  # fmt: skip
_PARTS = {
    "encounters": ("date_words", "place_words"), "statements": ("cue", "via"),
    "commitments": ("deadline", "condition"), "relations": (), "occurrences": (),
}  # fmt: skip
_NEEDED = {
    "encounters": ("kind", "status", "participants"), "statements": ("act", "speakers"),
    "commitments": ("strength", "promisor"), "relations": ("kind", "between"), "occurrences": ("kind",),
}  # fmt: skip
_DEFAULTS: dict[str, dict[str, Any]] = {
    "encounters": {"date": None, "place": None}, "statements": {"attribution": "explicit", "toward": [],
                                                               "continues": None},
    "commitments": {"statement": "", "refrain": False, "beneficiary": []}, "relations": {},
    "occurrences": {"states": [], "date": None, "asserted_by": ["document"]},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What one reviewer changed of one item, and when.

    ``action`` is ``change``, ``reject`` or ``add``. ``main`` quotes the words of the item as the reviewer was shown
    them (of an added one, its own); ``values`` the fields that were set; ``parts`` the quotations of further spans,
    ``""`` for the item's own words, None for a span that was taken away.
    Raises:
        RecordError: an unknown kind or action, or no reviewer or time.
    """

    kind: str
    action: str
    main: Quote
    reviewer: str
    at: str
    source: str
    item: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Quote | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in MAIN_FIELD:
            raise RecordError(f"items {self.kind!r} are not known; use one of: {', '.join(MAIN_FIELD)}")
        if self.action not in ACTIONS:
            raise RecordError(f"action {self.action!r} is not known; use one of: {', '.join(ACTIONS)}")
        if not self.reviewer.strip() or not self.at.strip():
            raise RecordError("a correction needs a reviewer and a time; give --reviewer, and --at where none is told")

    def to_json(self) -> dict[str, Any]:
        """The fields; quotations as objects."""
        return {
            "kind": self.kind, "action": self.action, "item": self.item, "main": self.main.to_json(),
            "values": self.values, "parts": {n: q.to_json() if q else None for n, q in self.parts.items()},
            "reviewer": self.reviewer, "at": self.at, "source": self.source,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Correction:
        """The correction that ``to_json`` wrote.

        Raises:
            SchemaError: a field is missing or malformed.
        """
        try:
            return cls(
                kind=data["kind"], action=data["action"], item=data.get("item"), main=Quote.from_json(data["main"]),
                values=dict(data.get("values") or {}),
                parts={n: Quote.from_json(q) if q else None for n, q in (data.get("parts") or {}).items()},
                reviewer=data["reviewer"], at=data["at"], source=data["source"],
            )  # fmt: skip
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise SchemaError(
                f"a correction has a missing or malformed field: {error}; import the file again"
            ) from error

    @property
    def digest(self) -> str:
        """16 hex digits over all of it, so that the same file imported twice adds nothing."""
        data = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=True)
        return hashlib.blake2b(data.encode("utf-8"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """A correction that could not be laid over the record as it is now, and why; a person must look."""

    correction: Correction
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A record with the corrections laid over it: those that hold, and those that need attention."""

    record: Record
    held: tuple[Correction, ...] = ()
    attention: tuple[Attention, ...] = ()


def applied(record: Record, corrections: Iterable[Correction]) -> Reviewed:
    """``record`` with the corrections laid over it in the order of their time; the later stand above the earlier.

    An item is found by its id, else by its words: a correction outlives another reading of the same text, and a text
    in which the words moved. What cannot be placed, or would make no record, changes nothing and is told.
    """
    data = record.to_json()
    held: list[Correction] = []
    attention: list[Attention] = []
    for correction in sorted(corrections, key=lambda c: (c.at, c.reviewer, c.digest)):
        draft = copy.deepcopy(data)
        reason = _apply(draft, correction, record.text)
        if reason is None:
            try:
                Record.from_json(draft)
            except ReadoutError as error:
                reason = f"it would make no record: {error.message}"
        if reason is None:
            data = draft
            held.append(correction)
        else:
            attention.append(Attention(correction=correction, reason=reason))
    made = Record.from_json(data) if held else record
    return Reviewed(record=made, held=tuple(held), attention=tuple(attention))


def _apply(data: dict[str, Any], c: Correction, text: str) -> str | None:
    """Change ``data`` by one correction; why it could not be done, or None."""
    items: list[dict[str, Any]] = data[c.kind]
    place = anchored(text, c.main)
    found = _found(items, c, place)
    if c.action == "reject":
        if found is not None:
            items.remove(found)
        elif place is None:
            return "the words that were rejected are not in the text any more"
        return None
    spans: dict[str, Span | None] = {}
    for name, quote in c.parts.items():
        spans[name] = anchored(text, quote) if quote else None
        if quote and spans[name] is None:
            return f"the words {quote.words[:60]!r} are not found in the text, or in two places alike"
    if c.action == "change" and found is None:
        return "the machine's reading has no such item any more"
    if c.action == "add" and found is None:
        if place is None:
            return f"the words {c.main.words[:60]!r} are not found in the text, or in two places alike"
        missing = [name for name in _NEEDED[c.kind] if not c.values.get(name)]
        if missing:
            return f"the added item has no {', '.join(missing)}; set them in the tool, or as JSON in a note to the mark"
        found = {
            "id": item_id(data["text_digest"], c.kind[:-1] + "-reviewed", place), **_DEFAULTS[c.kind],
            **dict.fromkeys(_PARTS[c.kind]), MAIN_FIELD[c.kind]: place.to_json(), "why": [],
        }  # fmt: skip
        items.append(found)
    if found is None:
        return "the item is not found"
    _set(found, c, spans)
    if c.action == "add" or "" in c.parts:
        items.sort(key=lambda x: x[MAIN_FIELD[c.kind]])
    return None


def _set(item: dict[str, Any], c: Correction, spans: dict[str, Span | None]) -> None:
    for name, value in c.values.items():
        if name in _FIELDS[c.kind]:
            item[name] = value
    if c.kind == "encounters" and "date" in c.values:
        item["date_interval"] = None  # the reviewer's date stands for both
    for name, span in spans.items():
        if name == "" and span is not None:
            item[MAIN_FIELD[c.kind]] = span.to_json()
        elif name in _PARTS[c.kind]:
            item[name] = span.to_json() if span else None
    told = ", ".join(sorted([*c.values, *("words" if name == "" else name for name in c.parts)])) or "as it is"
    word = "added" if c.action == "add" else "corrected" if c.values or c.parts else "confirmed"
    item["confidence"] = {"value": 1.0, "reason": f"{word} by {c.reviewer}"}
    item["why"] = [*item.get("why", ()), f"{word} by {c.reviewer} at {c.at} in {c.source}: {told}"]


def _found(items: list[dict[str, Any]], c: Correction, place: Span | None) -> dict[str, Any] | None:
    """The item of a correction: by its id, else the one whose words are most nearly its words."""
    for item in items:
        if c.item is not None and item["id"] == c.item:
            return item
    if place is None:
        return None
    best = max(items, key=lambda x: _share(Span(*x[MAIN_FIELD[c.kind]]), place), default=None)
    return best if best and _share(Span(*best[MAIN_FIELD[c.kind]]), place) >= _SAME else None


def _share(one: Span, other: Span) -> float:
    common = min(one.end, other.end) - max(one.start, other.start)
    return common / (max(one.end, other.end) - min(one.start, other.start)) if common > 0 else 0.0
