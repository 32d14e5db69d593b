"""What people write into the forms of pages: sides by code or name, days as years, months or days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from readout.errors import QueryRefused, RecordError, RequestRefused
from readout.knowing import side_code
from readout.records import typed_day

_MOST = 200


def side_of(words: str, field: str) -> str:
    """The code of a side that is given by its code, or by one of its names; words that nobody bears stay as they are.

    Raises:
        RequestRefused: nothing is given, or several sides are called so.
    """
    plain = " ".join(words.split())
    if not plain or len(plain) > _MOST:
        raise RequestRefused(
            f"{field} is empty or too long; give a state or an organisation, such as KAZ or Kazakhstan",
            status=422,
        )
    try:
        return side_code(plain)
    except QueryRefused as error:
        raise RequestRefused(f"{field} {error.message}", status=422) from error


def day_of(words: str, field: str, *, last: bool = False) -> date | None:
    """A day; the first one, or with ``last`` the last one, of a month or year; None where nothing is given.

    Raises:
        RequestRefused: it is none of these.
    """
    plain = words.strip()
    if not plain:
        return None
    try:
        return typed_day(plain, last=last)
    except RecordError as error:
        raise RequestRefused(f"{field} {error.message}", status=422) from error


def known_values(field: str, given: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The values given, each once, without the empty ones that a form sends.

    Raises:
        RequestRefused: one is none of those known.
    """
    kept = tuple(dict.fromkeys(value for value in given if value))
    for value in kept:
        if value not in known:
            raise RequestRefused(f"{field} {value[:40]!r} is not known; use one of: {', '.join(known)}", status=422)
    return kept
