"""Who speaks in the turns of a transcript."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readout.extracting.toward import _first_token
from readout.reading import Turn, turns
from readout.records import Actor, Parse
from readout.resolving import Discourse

_POLITE = re.compile(r"^(?:MR|MS|MRS|DR|Mr|Ms|Mrs|Dr|AMB|SEN|REP)\.?\s+")
_BRIEFING = re.compile(r"\b(?:spokes(?:person|man|woman)|press (?:briefing|conference)|briefing)\b", re.I)


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn with the actors its label names; a question has none."""

    turn: Turn
    speakers: tuple[Actor, ...]


def spoken_turns(parse: Parse, discourse: Discourse, side: str | None) -> tuple[SpokenTurn, ...]:
    """The turns of the text with their speakers; an answerer unknown to the actor base keeps the name as written."""
    found = turns(parse.text)
    if not found:
        return ()
    home = side or discourse.home
    office = "spokesperson" if _BRIEFING.search(f"{discourse.document.publication.title} {parse.text[:300]}") else None
    named: dict[str, tuple[Actor, ...]] = {}
    out: list[SpokenTurn] = []
    for turn in found:
        if turn.asks:
            out.append(SpokenTurn(turn, ()))
            continue
        label = " ".join(turn.label.of(parse.text).split())
        if not named.get(label):
            named[label] = _speakers(parse, discourse, turn, label, home, office)
        out.append(SpokenTurn(turn, named[label]))
    return tuple(SpokenTurn(t.turn, t.speakers or named.get(t.turn.label.of(parse.text), ())) for t in out)


def _speakers(
    parse: Parse, discourse: Discourse, turn: Turn, label: str, home: str | None, office: str | None
) -> tuple[Actor, ...]:
    """Whom a label names: a mention of the text, else the name as it stands, speaking for the issuer's side."""
    i = _first_token(parse, turn.label.start)
    while i < len(parse.tokens) and parse.tokens[i].start < turn.label.end:
        mention = discourse.mention_at(i)
        if mention is not None and mention.kind in ("person", "title", "form", "side"):
            actors = discourse.actors_of(mention)
            if actors:
                return actors
        i += 1
    name = _POLITE.sub("", label)
    if not home or name.casefold().startswith("the ") or len(name) < 3:
        return (Actor(of=home, how="a turn of the issuer's transcript"),) if home else ()
    written = name.title() if name.isupper() else name
    return (Actor(person=written, office=office, of=home, certainty="probable", how="named by the label of a turn"),)
