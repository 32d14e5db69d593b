"""Full text: which rows hold the words that are looked for, and where in them the words are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, literal_column, select, text

from readout.errors import QueryRefused
from readout.querying.filters import search_words
from readout.records import Span
from readout.storing import schema as t

# marks around hits that no text is likely to hold; a text that holds them is shown without marks
_OPEN, _CLOSE = "\ue000\ue013\ue000", "\ue001\ue013\ue001"


def matching(name: str, words: str) -> Select[Any]:
    """The numbers of the rows of a table, one of ``SEARCHED``, whose words a search finds."""
    if name not in t.SEARCHED:  # the name becomes part of the SQL: only those of the fixed list
        raise QueryRefused(f"{name!r} cannot be searched")
    return (
        select(literal_column("rowid"))
        .select_from(text(f"{name}_found"))
        .where(text(f"{name}_found MATCH :found").bindparams(found=search_words(words)))
    )


def hits_of(connection: Connection, name: str, ids: list[int], words: str | None) -> dict[int, tuple[Span, ...]]:
    """The spans that a search hit, by the row's number, counted in the row's words."""
    if not words or not ids or name not in t.SEARCHED:
        return {}
    query = search_words(words)
    out: dict[int, tuple[Span, ...]] = {}
    for id in dict.fromkeys(ids):
        marked = connection.execute(
            text(f"SELECT highlight({name}_found, 0, :a, :b), {name}.words FROM {name}_found "
                 f"JOIN {name} ON {name}.id = {name}_found.rowid "
                 f"WHERE {name}_found MATCH :found AND {name}_found.rowid = :id"),
            {"a": _OPEN, "b": _CLOSE, "found": query, "id": id},
        ).first()  # fmt: skip
        if marked is not None:
            out[id] = _spans(marked[0], marked[1])
    return out


def _spans(marked: str, stored: str) -> tuple[Span, ...]:
    """The marked stretches in terms of the stored text; none where taking the marks out does not give it back."""
    out: list[Span] = []
    at = 0
    plain: list[str] = []
    for n, piece in enumerate(marked.split(_OPEN)):
        hit, mark, rest = piece.partition(_CLOSE) if n else ("", "", piece)
        if n and not mark:
            return ()
        if hit:
            out.append(Span(at, at + len(hit)))
        plain += [hit, rest]
        at += len(hit) + len(rest)
    return tuple(out) if "".join(plain) == stored else ()
