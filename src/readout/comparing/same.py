"""Whether two encounters, told in two documents, are one: a score with its reasons, or the reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from readout.comparing.words import plain_words
from readout.records import Actor, DateInterval, Encounter, Record

_GROUPS = {"phone_call": "call", "video_call": "call"}
_PRESS_LAG_DAYS = 3
_NAME_ALIKE = 0.8
_PARTICLES = frozenset(["al", "el", "bin", "ibn", "von", "van", "de", "da", "der", "jr", "sr"])
_LONG = 20
"""An interval of more days than this tells a month or a year, not an occasion."""
MAX_APART_DAYS = 1
"""Two dated encounters further apart than this are never one."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two encounters are one, in [0, 1], and why; 0 where something speaks against it."""

    score: float
    reasons: tuple[str, ...]


def group_of(encounter: Encounter) -> str:
    """The kinds that may be one encounter: a call and a video call; a visit and a meeting in it stay apart."""
    return _GROUPS.get(encounter.kind, encounter.kind)


def kinds_of(group: str) -> tuple[str, ...]:
    """The kinds of a group of ``group_of``."""
    return tuple(kind for kind, of in _GROUPS.items() if of == group) or (group,)


def sides_of(encounter: Encounter) -> frozenset[str]:
    """The states and organisations that take part."""
    return frozenset(p.actor.of for p in encounter.participants if p.actor.of)


def likeness(record: Record, one: Encounter, second: Record, other: Encounter) -> Likeness:
    """Whether ``one``, as ``record`` tells it, is ``other``, as ``second`` tells it."""
    if group_of(one) != group_of(other):
        return Likeness(0.0, (f"{one.kind} and {other.kind} stay apart",))
    mine, theirs = sides_of(one), sides_of(other)
    if one.kind == "briefing":
        if not mine & theirs or not _shared_persons(one, other):
            return Likeness(0.0, ("a public statement is one only by the same named speaker",))
        score, reasons = 0.85, [f"same speaker {_shared_persons(one, other)[0]}"]
    else:
        common = mine & theirs
        if len(common) < 2:
            return Likeness(0.0, (f"sides {_told(mine)} and {_told(theirs)} differ",))
        if mine == theirs:
            score, reasons = 0.8, [f"same sides {_told(mine)}"]
        elif one.kind == "multilateral" or mine <= theirs or theirs <= mine:
            score = 0.8 * (len(common) / len(mine | theirs)) ** 0.5
            reasons = [f"common sides {_told(common)} of {_told(mine | theirs)}"]
        else:
            return Likeness(0.0, (f"sides {_told(mine)} and {_told(theirs)} differ",))
        for side in sorted(common):
            step, why = _persons(one, other, side)
            if step is None:
                return Likeness(0.0, (why,))
            score += step
            if why:
                reasons.append(why)
        if one.kind == "message" and (directions := _directions(one)) and (back := _directions(other)):
            if not directions & back:
                return Likeness(0.0, ("the messages go in opposite directions",))
            reasons.append("same direction")
    score = min(score, 1.0)
    factor, why = _dates(record, one, second, other)
    if not factor:
        return Likeness(0.0, (why,))
    score *= factor
    reasons.append(why)
    if one.place and other.place and one.kind not in ("phone_call", "video_call", "message"):
        if set(plain_words(one.place)) & set(plain_words(other.place)):
            score = min(1.0, score * 1.1)
            reasons.append(f"same place {one.place}")
        else:
            score *= 0.75
            reasons.append(f"places {one.place} and {other.place}")
    if one.kind != other.kind:
        score *= 0.95
        reasons.append(f"{one.kind} and {other.kind}")
    return Likeness(round(score, 3), tuple(reasons))


def short_date(encounter: Encounter) -> DateInterval | None:
    """The date where it tells an occasion; None where there is none, or only a month or a year."""
    return encounter.date if encounter.date and not _is_long(encounter.date) else None


def is_same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: one family name, in any order and spelling, no given name against it."""
    mine = [w for w in plain_words(one.replace("-", " ")) if w not in _PARTICLES]
    theirs = [w for w in plain_words(other.replace("-", " ")) if w not in _PARTICLES]
    if not mine or not theirs:
        return False
    if len(mine) == 1 or len(theirs) == 1:
        return any(_alike(a, b) for a in mine for b in theirs)
    hits = sum(any(_alike(a, b) for b in theirs) for a in mine)
    return hits >= 2 or (_alike(mine[-1], theirs[-1]) and (mine[0][0] == theirs[0][0]))


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    return min(len(a), len(b)) >= 4 and SequenceMatcher(None, min(a, b), max(a, b)).ratio() >= _NAME_ALIKE


def _actors(encounter: Encounter, side: str) -> list[Actor]:
    return [p.actor for p in encounter.participants if p.actor.of == side]


def _shared_persons(one: Encounter, other: Encounter) -> list[str]:
    return [
        p.actor.person
        for p in one.participants
        for q in other.participants
        if p.actor.person and q.actor.person and p.actor.of == q.actor.of
        and is_same_person(p.actor.person, q.actor.person)
    ]  # fmt: skip


def _persons(one: Encounter, other: Encounter, side: str) -> tuple[float | None, str]:
    """What the people of one side say: a gain, a loss, or None where they are others."""
    mine, theirs = _actors(one, side), _actors(other, side)
    names = [a.person for a in mine if a.person]
    their_names = [a.person for a in theirs if a.person]
    if names and their_names:
        for name in names:
            if any(is_same_person(name, x) for x in their_names):
                return 0.12, f"same person {name}"
        if one.kind == "multilateral":
            return -0.1, f"{names[0]} and {their_names[0]} of {side}"
        return None, f"{names[0]} and {their_names[0]} of {side} are two people"
    offices, their_offices = {a.office for a in mine if a.office}, {a.office for a in theirs if a.office}
    if offices and their_offices:
        if offices & their_offices:
            return 0.06, f"same office {min(offices & their_offices)} of {side}"
        return None, f"{min(offices)} and {min(their_offices)} of {side} are two offices"
    if names or their_names or offices or their_offices:
        return -0.05, f"{side} named by the state alone"
    return 0.0, ""


def _directions(encounter: Encounter) -> set[tuple[str, str]]:
    senders = {p.actor.side for p in encounter.participants if p.part == "initiator"}
    receivers = {p.actor.side for p in encounter.participants if p.part == "recipient"}
    return {(a, b) for a in senders for b in receivers}


def _dates(record: Record, one: Encounter, second: Record, other: Encounter) -> tuple[float, str]:
    """A factor for the days, and the words for it; 0 where they cannot be one day."""
    mine, theirs = one.date, other.date
    if mine and theirs and not _is_long(mine) and not _is_long(theirs):
        gap = _gap(mine, theirs)
        if gap == 0:
            return 1.0, f"same day {max(mine.start, theirs.start).isoformat()}"
        if gap <= MAX_APART_DAYS:
            both = one.date_words is not None and other.date_words is not None
            return (0.75 if both else 0.88), f"a day apart: {mine.iso()} and {theirs.iso()} (time zone or publication)"
        return 0.0, f"{gap} days apart: {mine.iso()} and {theirs.iso()}"
    told = [d for d in (mine, theirs) if d]
    if len(told) == 2 and not (told[0].start < told[1].end and told[1].start < told[0].end):
        return 0.0, f"{told[0].iso()} and {told[1].iso()} do not meet"
    if one.status == other.status == "reported":
        # news of it is printed on the day or within a few days: the document's own day stands in for the missing one
        days = [(d if d and not _is_long(d) else _day(r)) for d, r in ((mine, record), (theirs, second))]
        if days[0] and days[1]:
            gap = _gap(days[0], days[1])
            if gap <= _PRESS_LAG_DAYS:
                return 0.85 - 0.05 * gap, f"told within {gap} days of each other, one without a day"
            return 0.0, f"one has no day, and the documents are {gap} days apart"
    if len(told) == 2 and all(d.precision in ("day", "days", "week", "month") for d in told):
        return 0.72, f"both in {max(told, key=lambda d: d.start).iso()}"
    return 0.0, "no common day to go by"


def _day(record: Record) -> DateInterval | None:
    return DateInterval.day(record.date) if isinstance(record.date, date) else None


def _is_long(interval: DateInterval) -> bool:
    return (interval.end - interval.start).days > _LONG


def _gap(one: DateInterval, other: DateInterval) -> int:
    """Days between two intervals; 0 where they meet."""
    last, their_last = one.end - timedelta(days=1), other.end - timedelta(days=1)
    return max(0, (other.start - last).days, (one.start - their_last).days)


def _told(sides: Sequence[str] | frozenset[str]) -> str:
    return "-".join(sorted(sides)) or "none"
