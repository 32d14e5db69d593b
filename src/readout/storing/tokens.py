"""The words of a text as the full-text index of SQLite sees them, for a database that has another index.

FTS5 itself cuts and stems them, in memory: what another program would have to imitate is asked instead.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from readout.records import Span

Phrase: TypeAlias = tuple[str, bool]
"""Words that stand together, and whether the last of them is only a beginning."""
TOKENIZE = "porter unicode61 remove_diacritics 2"
# marks around hits that no text is likely to hold; a text that holds them is shown without marks
OPEN, CLOSE = "\ue000\ue013\ue000", "\ue001\ue013\ue001"


def fts5_query(phrases: Iterable[Phrase]) -> str:
    """Phrases as FTS5 reads them, built of quoted words alone, so that nothing in them is an operator."""
    return " ".join(f'"{words}"' + ("*" if beginning else "") for words, beginning in phrases)


def spans_of(marked: str, stored: str) -> tuple[Span, ...]:
    """The marked stretches in terms of the stored text; none where taking the marks out does not give it back."""
    out: list[Span] = []
    at = 0
    plain: list[str] = []
    for n, piece in enumerate(marked.split(OPEN)):
        hit, mark, rest = piece.partition(CLOSE) if n else ("", "", piece)
        if n and not mark:
            return ()
        if hit:
            out.append(Span(at, at + len(hit)))
        plain += [hit, rest]
        at += len(hit) + len(rest)
    return tuple(out) if "".join(plain) == stored else ()


_held = threading.local()


def _base() -> sqlite3.Connection:
    """The indexes in memory of this thread, empty between two calls; made when first asked for."""
    base: sqlite3.Connection | None = getattr(_held, "base", None)
    if base is None:
        base = sqlite3.connect(":memory:", isolation_level=None)
        for statement in (
            f"CREATE VIRTUAL TABLE cut USING fts5(words, content='', tokenize='{TOKENIZE}')",
            "CREATE VIRTUAL TABLE cut_at USING fts5vocab('cut', 'instance')",
            f"CREATE VIRTUAL TABLE held USING fts5(words, tokenize='{TOKENIZE}')",
        ):
            base.execute(statement)
        _held.base = base
    return base


def tokens_of(texts: Sequence[str]) -> list[list[str]]:
    """The tokens of each text in their order, without case and diacritics and stemmed."""
    out: list[list[str]] = [[] for _ in texts]
    base = _base()
    base.execute("BEGIN")
    try:
        base.executemany("INSERT INTO cut (rowid, words) VALUES (?, ?)", enumerate(texts))
        for n, token in base.execute("SELECT doc, term FROM cut_at ORDER BY doc, offset"):
            out[n].append(token)
    finally:
        base.execute("ROLLBACK")
    return out


def hits_in(words: str, phrases: Iterable[Phrase]) -> tuple[Span, ...]:
    """The spans of ``words`` that a search for ``phrases`` hits; none where it does not fit."""
    base = _base()
    base.execute("BEGIN")
    try:
        base.execute("INSERT INTO held (rowid, words) VALUES (1, ?)", (words,))
        marked = base.execute(
            "SELECT highlight(held, 0, ?, ?) FROM held WHERE held MATCH ?", (OPEN, CLOSE, fts5_query(phrases))
        ).fetchone()
    finally:
        base.execute("ROLLBACK")
    return spans_of(marked[0], words) if marked else ()
