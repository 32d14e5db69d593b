"""Where an archive lies: a file, or a database of a PostgreSQL server."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from readout.errors import ArchiveError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/")
_POSTGRES = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
_HOW = "write postgresql://USER@HOST/DATABASE, with %40 for @ and %2F for / in a password"


@dataclass(frozen=True, slots=True)
class Address:
    """A database of a PostgreSQL server; its ``str`` and ``repr`` never hold the password."""

    url: URL = field(repr=False)

    @property
    def name(self) -> str:
        """The address as messages show it."""
        u = self.url
        host = u.host or next((h for h in _texts(u.query.get("host"))), "")
        user = f"{u.username}@" if u.username else ""
        port = f":{u.port}" if u.port else ""
        return f"postgresql://{user}{host}{port}/{u.database or ''}"

    def __str__(self) -> str:
        return self.name

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no message may hold."""
        words = (*_texts(self.url.query.get("password")), *_texts(self.url.query.get("sslpassword")))
        return tuple(str(word) for word in (self.url.password, *words) if word)


Place: TypeAlias = Path | Address


def place_of(given: str | Path | Address) -> Place:
    """The place of an archive: a text that begins like a URL is one, any other is a file.

    Raises:
        ArchiveError: a URL of another kind, or one that cannot be read; the message never repeats it.
    """
    if isinstance(given, Address):
        return given
    found = _SCHEME.match(str(given))
    if found is None or len(found[1]) == 1 or (found[1].lower() not in _POSTGRES and "://" not in str(given)):
        return Path(given)
    scheme = found[1].lower()
    if scheme not in _POSTGRES:
        raise ArchiveError(f"an archive is a file or a PostgreSQL database, not {scheme}://; {_HOW}")
    if isinstance(given, Path):
        raise ArchiveError(f"a URL of {scheme} was given as a path, which loses a slash of it; give it as text")
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        raise ArchiveError(f"the URL of the archive cannot be read; {_HOW}") from None  # the cause repeats parts of it
    if not url.database:
        raise ArchiveError(f"the URL of the archive names no database; {_HOW}")
    return Address(url.set(drivername="postgresql+psycopg"))


def _texts(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())
