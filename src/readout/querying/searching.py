"""Full text: which rows hold the words that are looked for, and where in them the words are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select

from readout.errors import QueryRefused
from readout.querying.filters import searched
from readout.records import Span
from readout.storing import Dialect, dialect_of
from readout.storing import schema as t


def matching(on: Dialect, name: str, words: str) -> Select[Any]:
    """The numbers of the rows of a table, one of ``SEARCHED``, whose words a search finds."""
    if name not in t.SEARCHED:  # the name becomes part of the SQL: only those of the fixed list
        raise QueryRefused(f"{name!r} cannot be searched")
    return on.matching(name, searched(words))


def hits_of(connection: Connection, name: str, ids: list[int], words: str | None) -> dict[int, tuple[Span, ...]]:
    """The spans that a search hit, by the row's number, counted in the row's words."""
    if not words or not ids or name not in t.SEARCHED:
        return {}
    return dialect_of(connection).hits(connection, name, dict.fromkeys(ids), searched(words))
