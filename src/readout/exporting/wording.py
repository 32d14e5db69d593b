"""How codes read in English: offices, kinds of encounters, dates, actors; the same words in every format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from readout.records import Actor, DateInterval, Encounter, Participant

Names = Callable[[str], str | None]
"""From a code (``CHN``) to its name (``China``); None where it has none."""

OFFICE_WORDS = {
    "head_of_state": "head of state",
    "head_of_government": "head of government",
    "deputy_head_of_government": "deputy head of government",
    "foreign_minister": "foreign minister",
    "deputy_foreign_minister": "deputy foreign minister",
    "defence_minister": "defence minister",
    "minister": "minister",
    "ambassador": "ambassador",
    "special_envoy": "special envoy",
    "national_security_adviser": "national security adviser",
    "spokesperson": "spokesperson",
    "org_head": "head",
    "legislature_head": "head of the legislature",
    "party_head": "party leader",
    "other_official": "official",
}

# kind -> title; one side to the other, as told and as planned; together, as told and as planned
_KINDS = {
    "phone_call": ("Phone call", "called", "to call", "spoke", "to speak"),
    "video_call": ("Video call", "called", "to call", "spoke by video", "to speak by video"),
    "meeting": ("Meeting", "received", "to receive", "met", "to meet"),
    "visit": ("Visit", "visited", "to visit", "made a visit", "to make a visit"),
    "message": ("Message", "sent a message to", "to send a message to", "exchanged messages", "to exchange messages"),
    "multilateral": ("Multilateral", "hosted", "to host", "took part", "to take part"),
    "signing": ("Signing", "signed with", "to sign with", "signed", "to sign"),
    "briefing": ("Briefing", "briefed", "to brief", "spoke in public", "to speak in public"),
}


def name_of(code: str, names: Names | None) -> str:
    """The name of a state or organisation; the code itself where no name is known."""
    return (names(code) if names else None) or code


def spaced(code: str) -> str:
    """``strategic_partnership`` as ``strategic partnership``."""
    return code.replace("_", " ")


def joined(parts: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + " and " + parts[-1]


def sides(codes: Iterable[str], names: Names | None) -> str:
    """Several states or organisations by name."""
    return joined([name_of(c, names) for c in codes])


def actor_words(actor: Actor, names: Names | None, *, article: bool = False) -> str:
    """``Wang Yi (foreign minister, China)``; ``foreign minister of China``, with ``article`` after "the"; ``China``."""
    of = name_of(actor.of, names) if actor.of else ""
    office = OFFICE_WORDS.get(actor.office, spaced(actor.office)) if actor.office else ""
    doubt = "" if actor.certainty == "known" else f"{actor.certainty}"
    if actor.person:
        inside = ", ".join(x for x in (office, of) if x)
        inside = "; ".join(x for x in (inside, doubt) if x)
        return f"{actor.person} ({inside})" if inside else actor.person
    head = f"{office} of {of}" if office and of else office or of
    head = f"the {head}" if office and article else head
    return f"{head} ({doubt})" if doubt else head


def actors_words(actors: Sequence[Actor], names: Names | None) -> str:
    """Several actors, joined."""
    return joined([actor_words(a, names) for a in actors])


def day_words(day: date) -> str:
    """``10 January 2022``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def date_words(interval: DateInterval) -> str:
    """An interval in words, never more exact than it is known: ``January 2022``, ``7-9 March 2022``."""
    first, last = interval.start, interval.end - timedelta(days=1)
    if first == last:
        return day_words(first)
    if interval == DateInterval.year(first.year):
        return str(first.year)
    if interval == DateInterval.month(first.year, first.month):
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {_MONTHS[first.month - 1]} {first.year}"
    return f"{day_words(first)} – {day_words(last)}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def encounter_head(encounter: Encounter) -> str:
    """``Phone call, 10 January 2022, Beijing``."""
    parts = [_KINDS[encounter.kind][0]]
    if encounter.date:
        parts.append(date_words(encounter.date))
    if encounter.place:
        parts.append(encounter.place)
    return ", ".join(parts)


def encounter_words(encounter: Encounter, names: Names | None) -> str:
    """Who did what: ``Wang Yi (foreign minister, China) called Mukhtar Tileuberdi (...)``."""
    _, told, planned, together, together_planned = _KINDS[encounter.kind]
    is_planned = encounter.status == "planned"
    host_acts = encounter.kind != "visit"
    doing = _with_part(encounter, "initiator", "host" if host_acts else "guest")
    done_to = _with_part(encounter, "recipient", "guest" if host_acts else "host")
    others = _with_part(encounter, "participant")

    def who(people: Sequence[Participant]) -> str:
        return joined([actor_words(p.actor, names, article=True) for p in people])

    if encounter.kind == "meeting" and doing and any(p.part == "initiator" for p in doing):
        told, planned = "met", "to meet"
    if doing and (done_to or others) and encounter.kind != "multilateral":
        target = done_to or others
        verb = ("is " if len(doing) == 1 else "are ") + planned if is_planned else told
        rest = f", with {who(others)}" if done_to and others else ""
        return f"{who(doing)} {verb} {who(target)}{rest}"
    everybody = [*others, *doing, *done_to]
    one = len(everybody) == 1
    verb = ("is " if one else "are ") + together_planned if is_planned else together
    if one and encounter.kind in ("phone_call", "video_call", "message") and not is_planned:
        verb = _alone(encounter.kind, everybody[0].part)
    if one and encounter.kind == "meeting" and not is_planned:
        verb = "was received" if everybody[0].part == "guest" else "held a meeting"
    tail = ""
    if encounter.kind == "multilateral" and (hosts := [p for p in everybody if p.part == "host"]) and not one:
        everybody = [p for p in everybody if p.part != "host"]
        tail = f"; host: {who(hosts)}"
    return f"{who(everybody)} {verb}{tail}"


def _with_part(encounter: Encounter, *parts: str) -> list[Participant]:
    return [p for p in encounter.participants if p.part in parts]


def _alone(kind: str, part: str) -> str:
    if kind == "message":
        return "received a message" if part == "recipient" else "sent a message"
    how = " by video" if kind == "video_call" else ""
    return f"was called{how}" if part == "recipient" else f"made a call{how}"
