"""Runs the rows of traps.yaml and cases.yaml and says what each got wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from readout.pipeline import Reader
from readout.reading import from_mapping
from readout.records import Record, Statement

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a table beside this file."""
    data = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return list(data["rows"] if isinstance(data, dict) else data)


def read_rows(reader: Reader, table: Iterable[Mapping[str, Any]], texts: Iterable[str]) -> Iterator[Record]:
    """The records of the rows, read together."""
    documents = [
        from_mapping({"id": str(row["id"]), "text": text, "date": str(row["date"]), "issuer": row.get("issuer")})
        for row, text in zip(table, texts, strict=True)
    ]
    for record in reader.read_documents(documents):
        assert isinstance(record, Record), record
        yield record


def said_by(statement: Statement, speaker: str) -> bool:
    """Whether ``speaker`` (a state's id or a person's name) is among the speakers."""
    for actor in statement.speakers:
        if actor.of == speaker or (actor.person and speaker.split()[-1] in actor.person):
            return True
    return False


def holds(statement: Statement, text: str, words: str) -> bool:
    """Whether the statement's content holds the words, or is a part of them."""
    content = statement.content.of(text)
    return words in content or content in words


def trap_faults(row: Mapping[str, Any], record: Record) -> list[str]:
    """What the record says that the row forbids."""
    out = []
    for ban in row.get("must_not") or ():
        for s in record.statements:
            if said_by(s, ban["speaker"]) and holds(s, record.text, ban["words"]):
                out.append(f"{ban['speaker']} is recorded as saying {s.content.of(record.text)!r} ({s.act})")
    acts = set(row.get("must_not_acts") or ())
    for s in record.statements:
        if s.act in acts:
            out.append(f"act {s.act} is recorded for {s.content.of(record.text)!r}")
    if row.get("must_not_commitment") and record.commitments:
        out.append(f"a commitment is recorded: {record.commitments[0].action.of(record.text)!r}")
    return out
