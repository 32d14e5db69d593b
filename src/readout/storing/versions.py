"""The versions of one address: ministries edit silently, so every text that was found there is kept."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from sqlalchemy import select

from readout.storing import schema as t
from readout.storing.archive import Archive

_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text that was found at an address, and its difference from the one kept before it, as unified diff lines."""

    key: str
    name: str
    title: str | None
    date: str | None
    difference: tuple[str, ...] = ()


def versions(archive: Archive, url: str) -> list[Version]:
    """The versions of an address by date, then in the order in which they were kept; empty where it is not known."""
    d = t.DOCUMENTS.c
    with archive.transaction() as connection:
        rows = connection.execute(
            select(d.key, d.name, d.title, d.date, t.TEXTS.c.words)
            .join(t.TEXTS, t.TEXTS.c.id == d.text_id)
            .where(d.url == url)
            .order_by(d.date.is_(None), d.date, d.id)
        ).all()
    out: list[Version] = []
    before: str | None = None
    for key, name, title, day, words in rows:
        changed = difference(before, words) if before is not None else ()
        out.append(Version(key=key, name=name, title=title, date=day, difference=changed))
        before = words
    return out


def difference(old: str, new: str) -> tuple[str, ...]:
    """What changed between two texts, sentence by sentence: ``- taken out``, ``+ put in``; empty where nothing did."""
    lines = list(difflib.unified_diff(_SENTENCE.split(old), _SENTENCE.split(new), lineterm="", n=0))
    return tuple(f"{line[0]} {line[1:]}" for line in lines[2:] if line[:1] in "+-" and line[1:].strip())
