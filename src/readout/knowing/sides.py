"""Which state or organisation is meant by what somebody types: a code, in any case, or one of its names."""

from __future__ import annotations

from functools import lru_cache

from readout.errors import QueryRefused
from readout.knowing.base import embedded


def is_side(code: str) -> bool:
    """Whether it is the code of a state or organisation that is known."""
    base = embedded()
    return base.state(code) is not None or base.organisation(code) is not None


@lru_cache(maxsize=4096)
def sides_of(typed: str) -> tuple[str, ...]:
    """The codes that ``typed`` may stand for, sorted: none, one, or several where several bear the name.

    Names are sought whole and spelt as known: a person's name is no side, and is not likened to one.
    """
    plain = " ".join(typed.replace(",", " ").split())
    if not plain:
        return ()
    code = plain.upper()
    if code.isascii() and " " not in code and is_side(code):
        return (code,)
    base = embedded()
    found = base.senses(plain) or (base.senses(code) if len(code) <= 4 else ())
    return tuple(sorted({sense.id for sense in found}))


def side_named(typed: str) -> str | None:
    """The code of the one side that is called so; None for none and for several."""
    found = sides_of(typed)
    return found[0] if len(found) == 1 else None


def side_code(typed: str) -> str:
    """The code of a side that is given by its code or by one of its names; words that nobody bears stay as they are.

    Raises:
        QueryRefused: it is empty, or several sides are called so.
    """
    if not isinstance(typed, str) or not typed.strip():
        raise QueryRefused("a side is empty; give a state or an organisation by its code, such as KAZ")
    plain = " ".join(typed.split())
    found = sides_of(plain)
    if len(found) > 1:
        told = ", ".join(f"{one} ({embedded().name_of(one)})" for one in found)
        raise QueryRefused(f"{plain[:40]!r} may be {told}; give the code of one")
    if found:
        return found[0]
    return plain.upper() if plain.isascii() and " " not in plain else plain
