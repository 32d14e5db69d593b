"""What some days changed in what is followed: the standing of promises, and the formulas of a side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from readout.following.collecting import count_of, names_of_documents, records_of
from readout.following.ledger import Ledger, Promise, ledger_of
from readout.following.phrases import Phrase, phrases_of
from readout.storing import Archive

PhraseChange = Literal["new", "strengthened", "weakened", "vanished"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A promise that stands otherwise than before the period; ``before`` is None where it was made in it."""

    promise: Promise
    before: str | None

    def to_json(self) -> dict[str, Any]:
        """The promise with ``before``."""
        return {**self.promise.to_json(), "before": self.before}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPhrase:
    """A formula that appeared, or whose trend is another than before the period."""

    phrase: Phrase
    change: PhraseChange

    def to_json(self) -> dict[str, Any]:
        """The formula with ``change``."""
        return {**self.phrase.to_json(), "change": self.change}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What became of promises and how formulas changed, from ``documents`` documents."""

    documents: int
    promises: tuple[Changed, ...]
    phrases: tuple[ChangedPhrase, ...]

    def to_json(self) -> dict[str, Any]:
        """Everything, as one object."""
        return {
            "documents": self.documents, "promises": [p.to_json() for p in self.promises],
            "phrases": [p.to_json() for p in self.phrases],
        }  # fmt: skip


def changes(
    archive: Archive, side: str, other: str | None, since: date, until: date | None, *, most: int
) -> tuple[Changes | None, int]:
    """What the days from ``since`` to ``until`` changed for a side, or for two; and how many documents tell of them.

    It is worked out from all their documents, as the ledger and the formulas are, so it is None where there are more
    than ``most``.
    """
    documents = count_of(archive, side, other)
    if documents > most:
        return None, documents
    records = [r for r in records_of(archive, side, other) if r.date and (until is None or r.date <= until)]
    names = names_of_documents(archive, [r.id for r in records])
    earlier = [r for r in records if r.date and r.date < since]
    day_before = since - timedelta(days=1) if since > date.min else since
    was = {p.id: p.status for p in _all(ledger_of(earlier, side, other, day_before))}
    now = _all(ledger_of(records, side, other, until).named(names))
    promises = [Changed(promise=p, before=was.get(p.id)) for p in now if was.get(p.id) != p.status]
    promises.sort(key=lambda c: (c.before is None, c.promise.wordings[0].date, c.promise.id))
    formulas = {p.core: p for p in phrases_of(earlier, side)}
    phrases = [
        ChangedPhrase(phrase=p, change=change)
        for p in phrases_of(records, side, names=names)
        if (change := _change(formulas.get(p.core), p, since)) is not None
    ]
    return Changes(documents=len(records), promises=tuple(promises), phrases=tuple(phrases)), documents


def _all(told: Ledger) -> tuple[Promise, ...]:
    return (*told.promises, *told.hopes)


def _change(before: Phrase | None, now: Phrase, since: date) -> PhraseChange | None:
    if before is None:
        return "new" if now.uses[-1].date >= since else None
    if now.trend == "vanished":
        return None if before.trend == "vanished" else "vanished"
    if now.uses[-1].date < since or now.uses[-1].degree == before.uses[-1].degree:
        return None
    return "strengthened" if now.uses[-1].degree > before.uses[-1].degree else "weakened"
