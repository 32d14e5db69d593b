"""A person as a page for people and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from readout.exporting.escaping import quoted, visible
from readout.exporting.wording import OFFICE_WORDS, Names, date_words, joined, name_of, sides, spaced
from readout.following.persons import Borne, Counterpart, Person, Pledge
from readout.following.tellings import Contact, Party, Source
from readout.querying.tabulating import csv_lines

PERSON_COLUMNS = (
    "part", "kind", "first", "last", "count", "person", "office", "side", "with", "words", "document", "name", "start",
    "end",
)  # fmt: skip
"""The columns of ``person_csv``; ``part`` is office, counterpart, encounter, statement or promise."""


def person_text(told: Person, names: Names | None = None) -> str:
    """The person in plain text: offices, whom they met, what they said, what they promised."""
    out = [f"{told.named.name} ({joined([name_of(s, names) for s in told.named.sides])})"]
    if len(told.named.spellings) > 1:
        out.append(f"also written {joined(told.named.spellings[1:])}")
    days = [f"since {told.since}" if told.since else "", f"until {told.until}" if told.until else ""]
    if any(days):
        out.append(" ".join(x for x in days if x))
    out += _part("OFFICES, as the documents give them", [_borne(b, names) for b in told.offices])
    out += _part(
        _of("WHOM THEY MET", len(told.counterparts), told.counterparts_count),
        [_counterpart(c, names) for c in told.counterparts],
    )
    by = ", ".join(f"{n} {status}" for status, n in told.encounters.items())
    out += _part(f"THE LATEST ENCOUNTERS (told in all: {by})", [])[: 2 * bool(told.met)]
    for x in told.met:
        out += contact_lines(x, names)
    acts = ", ".join(f"{spaced(act)} {n}" for act, n in told.acts.items())
    if told.statements:
        out += ["", _of("WHAT THEY SAID", len(told.statements), told.statements_count), f"  {acts}"]
    for s in told.statements:
        to = f" → {sides(s.toward, names)}" if s.toward else ""
        more = f", with {joined(s.together_with)}" if s.together_with else ""
        out.append(f"  {s.source.date or 'undated'} {s.act:<12} {told_words(s.source)}{to}{more}")
    if told.promises:
        out += ["", _of("PROMISES", len(told.promises), told.promises_count)]
    for p in told.promises:
        out += pledge_lines(p, names)
    if not (told.met or told.statements):
        out += ["", "nothing told in that time"]
    return page(out)


def page(lines: Iterable[str]) -> str:
    """Lines as a page in which nothing acts; what they are indented by stays."""
    return "".join(" " * (len(line) - len(line.lstrip(" "))) + visible(line) + "\n" for line in lines)


def contact_lines(x: Contact, names: Names | None) -> list[str]:
    """An exchange: its day, kind and parties, then the words of its first account."""
    told = x.sources[0].date
    when = date_words(x.date) if x.date else f"told {told}" if told else "undated"
    where = f", {x.place}" if x.place else ""
    head = f"  {when}, {spaced(x.kind)}{where}{'' if x.status == 'reported' else f' ({x.status})'}: "
    more = len(x.sources) - 1
    also = f" and {more} other document{'s' * (more > 1)}" if more else ""
    return [head + joined([party_words(p, names) for p in x.parties]), f"    {told_words(x.sources[0])}{also}"]


def pledge_lines(p: Pledge, names: Names | None) -> list[str]:
    """A promise: who to whom, its words, its deadline and condition."""
    to = f" → {sides(p.beneficiary, names)}" if p.beneficiary else ""
    out = [
        f"  {p.source.date or 'undated'} {sides(p.promisor, names)}{to}, {p.strength}{', not to do' * p.refrain}",
        f"    {told_words(p.source)}",
    ]
    for name, words in (("deadline", p.deadline), ("condition", p.condition)):
        if words:
            out.append(f"    {name}: {quoted(words)}")
    return out


def party_words(p: Party, names: Names | None) -> str:
    """``Wang Yi (foreign minister, China)``, ``foreign minister of China``, ``China``."""
    of, office = name_of(p.side, names), _office(p.office)
    if p.person:
        inside = ", ".join(x for x in (office, of if p.side != p.person else "") if x)
        return f"{p.person} ({inside})" if inside else p.person
    return f"{office} of {of}" if office else of


def told_words(source: Source) -> str:
    """The words in quotation marks with the document's name."""
    return f"{quoted(' '.join(source.words.split()))} ({source.name})"


def _office(office: str | None) -> str:
    return OFFICE_WORDS.get(office, spaced(office)) if office else ""


def _borne(b: Borne, names: Names | None) -> str:
    office = _office(b.office) or "no office"
    return f"{office}, {name_of(b.side, names)}: {_days(b.first, b.last)}, told {_times(b.tellings)}"


def _counterpart(c: Counterpart, names: Names | None) -> str:
    who = joined([_office(o) for o in c.offices])
    party = Party(person=c.person, office=None, side=c.side, part="")
    told = party_words(party, names)
    if c.person is None:
        told = f"{who} of {told}" if who else told
    elif who:
        told = f"{c.person} ({who}, {name_of(c.side, names)})"
    by = ", ".join(f"{spaced(kind)} {n}" for kind, n in c.channels.items())
    return f"{told}: {_times(c.times)}, {by}, {_days(c.first, c.last)}"


def _part(title: str, lines: list[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)]


def _of(title: str, shown: int, count: int) -> str:
    return f"{title} ({shown} of {count})" if shown < count else f"{title} ({count})"


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "undated"
    return str(first) if first == last else f"{first} to {last}"


def person_csv(told: Person) -> Iterator[str]:
    """CSV lines with the columns of ``PERSON_COLUMNS``: offices, counterparts, encounters, statements, promises."""
    rows: list[tuple[Any, ...]] = []
    name = told.named.name
    for b in told.offices:
        rows.append(("office", None, b.first, b.last, b.tellings, name, b.office, b.side, *[None] * 6))
    for c in told.counterparts:
        for kind, n in c.channels.items():
            rows.append(("counterpart", kind, c.first, c.last, n, c.person, "; ".join(c.offices), c.side, *[None] * 6))
    for x in told.met:
        others = "; ".join(party_words(p, None) for p in x.parties if p.person not in told.named.spellings)
        mine = next((p for p in x.parties if p.person in told.named.spellings), None)
        when = (x.date.iso(), x.date.last) if x.date else (None, None)
        rows.append(
            ("encounter", f"{x.status} {x.kind}", *when, len(x.sources), name, mine.office if mine else None,
             mine.side if mine else None, others, *_source(x.sources[0]))
        )  # fmt: skip
    for s in told.statements:
        day = s.source.date
        rows.append(("statement", s.act, day, day, 1, name, None, None, "; ".join(s.toward), *_source(s.source)))
    for p in told.promises:
        day, of = p.source.date, "; ".join(p.promisor)
        rows.append(("promise", p.strength, day, day, 1, name, None, of, "; ".join(p.beneficiary), *_source(p.source)))
    yield from csv_lines(PERSON_COLUMNS, rows)


def _source(source: Source) -> tuple[Any, ...]:
    return (source.words, source.document, source.name, source.span.start, source.span.end)
