"""Whom a name means in an archive: the names that its documents use, gathered by the persons they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, func, or_, select

from readout.errors import QueryRefused
from readout.knowing import embedded, side_code
from readout.querying.finding import whole_words
from readout.storing import Archive, folded
from readout.storing import schema as t

MAX_NAMES = 50
"""At most so many names are weighed against one another; the most frequent ones."""
_SURE = 0.9
_LOOKED_UP = 3
_TOLD = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One person as the documents name them: the most frequent name, every spelling, the sides, and how often.

    ``tellings`` counts the encounters and statements that name the person.
    """

    name: str
    spellings: tuple[str, ...]
    sides: tuple[str, ...]
    tellings: int

    def to_json(self) -> dict[str, Any]:
        """All fields."""
        return {
            "name": self.name, "spellings": list(self.spellings), "sides": list(self.sides), "tellings": self.tellings,
        }  # fmt: skip


def persons_named(archive: Archive, name: str, *, side: str | None = None) -> tuple[Named, ...]:
    """The persons of an archive whom ``name`` may mean, the most frequent first; one where the name is whole.

    Spellings that the actor base knows of one person are one; case and diacritics do not count. A whole name, letter
    for letter or in a spelling that the base knows, stands before names that only hold its words.

    Args:
        name: a name, or whole words of it.
        side: only persons whom the documents name for that side.
    Raises:
        QueryRefused: the name is empty.
    """
    if not isinstance(name, str) or not folded(name).strip():
        raise QueryRefused("a name is empty; give a name, or a whole word of it")
    of = side_code(side) if side is not None else None
    with archive.transaction() as connection:
        return _named(connection, name, of)


def person_named(archive: Archive, name: str, *, side: str | None = None) -> Named:
    """The one person of an archive whom ``name`` means.

    Raises:
        QueryRefused: nobody is called so, with the names most like it; or several are, with each of them.
    """
    found = persons_named(archive, name, side=side)
    if len(found) == 1:
        return found[0]
    of = f" of {side_code(side)}" if side is not None else ""
    if found:
        told = "; ".join(f"{n.name} ({', '.join(n.sides)}; {n.tellings})" for n in found[:_TOLD])
        more = f"; and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        raise QueryRefused(
            f"{len(found)} people here{of} may be called {name[:80]!r}: {told}{more}; give the whole name, or the side",
            names=", ".join(n.name for n in found),
        )
    with archive.transaction() as connection:
        near = _nearest(connection, name)
    mend = f"the names most like it: {', '.join(near)}" if near else "`readout encounters` shows who is named"
    known = next((tenure.person for _, tenure in _known(name, None) if tenure.person), None)
    told = f", though the actor base knows {known}" if known else ""
    raise QueryRefused(
        f"no document here names a person{of} called {name[:80]!r}{told}; {mend}",
        names=", ".join(near),
    )


def near_names(archive: Archive, name: str) -> list[str]:
    """Names of the archive that ``name`` may mean, or that are most like it; none where it is written so there."""
    with archive.transaction() as connection:
        p = t.PERSONS.c
        if connection.execute(select(p.name).where(whole_words(p.folded, name)).limit(1)).first():
            return []
    meant = [found.name for found in persons_named(archive, name)]
    with archive.transaction() as connection:
        return meant[:_TOLD] or _nearest(connection, name)


def _named(connection: Connection, name: str, of: str | None) -> tuple[Named, ...]:
    p = t.PERSONS.c
    whole = folded(name)
    likely = _known(name, of)
    aliases = {folded(alias) for _, tenure in likely for alias in tenure.names}
    held = select(p.name).where(or_(whole_words(p.folded, name), p.folded.in_(sorted(aliases))))
    counts = _counted(connection, list(connection.execute(held.order_by(p.name)).scalars()), of)
    less = {n: sides for n, (_, sides) in counts.items() if folded(n) != whole}
    if 0 < len(less) <= _LOOKED_UP:  # other spellings of those that only hold the words
        more = {folded(alias) for n, sides in less.items() for _, x in _of_sides(n, sides) for alias in x.names}
        known = select(p.name).where(p.folded.in_(sorted(a for a in more - aliases if " " in a.strip())))
        counts |= _counted(connection, [n for n in connection.execute(known).scalars() if n not in counts], of)
    kept = sorted(counts, key=lambda n: (-counts[n][0], n))[:MAX_NAMES]
    groups: dict[str, list[str]] = defaultdict(list)
    for n in kept:
        groups[_identity(n, counts[n][1], likely)].append(n)
    made = {who: _gathered(names, counts) for who, names in groups.items()}
    exact = [n for n in made.values() if any(folded(s) == whole for s in n.spellings)]
    if not exact and " " in whole.strip():  # a whole name that the base knows as another spelling
        people = {_who(tenure) for score, tenure in likely if score >= _SURE}
        exact = [n for who, n in made.items() if who in people]
    return tuple(sorted(exact or made.values(), key=lambda n: (-n.tellings, n.name)))


def _known(name: str, of: str | None) -> list[tuple[float, Any]]:
    return [(score, tenure) for score, tenure, _, _ in embedded().match(name, of=of) if score >= _SURE]


def _of_sides(name: str, sides: Iterable[str]) -> list[tuple[float, Any]]:
    return [found for side in sides for found in _known(name, side)]


def _who(tenure: Any) -> str:
    return f"known {tenure.qid or tenure.person}"


def _identity(name: str, sides: Iterable[str], likely: list[tuple[float, Any]]) -> str:
    """What stands for the person a name of the archive belongs to: one of the base's, else the name itself."""
    plain, mine = folded(name), set(sides)
    people = {
        _who(x) for _, x in likely if x.of in mine and any(folded(alias) == plain for alias in x.names)
    }  # fmt: skip
    if not people and len(mine) <= 3 and likely:
        people = {_who(x) for _, x in _of_sides(name, sorted(mine))}
    return people.pop() if len(people) == 1 else f"named {plain}"


def _counted(connection: Connection, names: list[str], of: str | None) -> dict[str, tuple[int, tuple[str, ...]]]:
    """By name, how often encounters and statements name it, and for which sides, the most frequent first."""
    by: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for table in (t.PARTICIPANTS, t.SPEAKERS):
        c = table.c
        for start in range(0, len(names), 400):
            query = select(c.person, c.side, func.count()).where(c.person.in_(names[start : start + 400]))
            if of is not None:
                query = query.where(c.side == of)
            for person, side, n in connection.execute(query.group_by(c.person, c.side)):
                by[person][side] += n
    return {
        person: (sum(sides.values()), tuple(sorted(sides, key=lambda s: (-sides[s], s))))
        for person, sides in by.items()
    }  # fmt: skip


def _gathered(names: list[str], counts: dict[str, tuple[int, tuple[str, ...]]]) -> Named:
    ordered = sorted(names, key=lambda n: (-counts[n][0], n))
    sides = dict.fromkeys(side for n in ordered for side in counts[n][1])
    return Named(
        name=ordered[0], spellings=tuple(ordered), sides=tuple(sides), tellings=sum(counts[n][0] for n in ordered)
    )


def _nearest(connection: Connection, name: str) -> list[str]:
    """The names of an archive most like a name, or with words most like its words."""
    asked = folded(name).strip()
    length = len(asked.split())
    names: dict[str, list[str]] = {}
    for one, plain in connection.execute(select(t.PERSONS.c.name, t.PERSONS.c.folded).order_by(t.PERSONS.c.name)):
        words = plain.split()
        parts = {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}
        for part in {" ".join(words), *parts}:
            names.setdefault(part, []).append(one)
    found = process.extract(asked, sorted(names), scorer=OSA.normalized_similarity, score_cutoff=0.6, limit=3)
    return list(dict.fromkeys(one for part, _, _ in found for one in names[part]))[:3]
