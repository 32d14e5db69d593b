"""What a record gets right of a row of cases.yaml; run as a script it rewrites the list of rows that hold.

python tests/extracting/measuring_cases.py
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trapping import read_rows, rows

from readout.evaluating.persons import same_person
from readout.pipeline import Reader
from readout.records import Commitment, Record, Span, Statement

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from marks import Marked, read_marks

HELD = Path(__file__).with_name("cases_held.yaml")
ROWS = rows("cases.yaml")
MARKED: dict[str, Marked] = {row["id"]: read_marks(row["text"]) for row in ROWS}


def words(text: str, start: int, end: int) -> set[int]:
    """Offsets of the words of a stretch."""
    return {m.start() for m in re.finditer(r"\w+", text) if start <= m.start() and m.end() <= end}


def overlap(text: str, span: Span | None, wanted: tuple[int, int]) -> float:
    """Intersection over union of the words."""
    if span is None:
        return 0.0
    a, b = words(text, span.start, span.end), words(text, *wanted)
    return len(a & b) / len(a | b) if a | b else 0.0


def sides(expected: Mapping[str, Any]) -> set[str]:
    """The states and organisations that the row's speakers speak for."""
    return {speaker.rpartition("@")[2] for speaker in expected["speakers"]}


def same_persons(statement: Statement, expected: Mapping[str, Any]) -> bool:
    """Whether the speakers bear the row's names and offices; a holder resolved from the date is right too."""
    for written in expected["speakers"]:
        who, _, of = written.rpartition("@")
        name, _, office = who.partition("/")
        fitting = [a for a in statement.speakers if a.of == of]
        if not any(
            (not name or same_person(name, a.person or "", of)) and (not office or a.office == office) for a in fitting
        ):
            return False
    return True


def found(row: Mapping[str, Any], record: Record) -> list[tuple[Mapping[str, Any], Statement | None]]:
    """The row's statements with the record's: content overlap of at least half and the same speakers' sides."""
    marked, free, out = MARKED[row["id"]], list(record.statements), []
    for expected in row["statements"]:
        wanted = marked.one(expected["content"])
        hits = [
            s
            for s in free
            if overlap(record.text, s.content, wanted) >= 0.5 and {a.of for a in s.speakers} == sides(expected)
        ]
        best = max(hits, key=lambda s: overlap(record.text, s.content, wanted), default=None)
        if best is not None:
            free.remove(best)
        out.append((expected, best))
    return out


def promised(row: Mapping[str, Any], expected: Mapping[str, Any], record: Record) -> Commitment | None:
    """The record's commitment that is the row's: action overlap, promisors, strength and refrain."""
    wanted = expected["commitment"]
    if wanted == "none":
        return None
    action = MARKED[row["id"]].one(wanted["action"])
    for c in record.commitments:
        if (
            overlap(record.text, c.action, action) >= 0.3
            and set(c.promisor) == set(wanted["promisor"])
            and c.strength == wanted["strength"]
            and c.refrain == wanted["refrain"]
        ):
            return c
    return None


def faults(row: Mapping[str, Any], record: Record) -> list[str]:
    """All that differs from the row."""
    out, marked, text = [], MARKED[row["id"]], record.text
    for expected, s in found(row, record):
        if s is None:
            out.append(f"not found: {marked.words(expected['content'])!r} by {expected['speakers']}")
            continue
        for name in ("act", "attribution"):
            if getattr(s, name) != expected[name]:
                out.append(f"{name} {getattr(s, name)}, not {expected[name]}: {s.content.of(text)!r}")
        if set(s.toward) != set(expected["toward"]):
            out.append(f"toward {s.toward}, not {expected['toward']}: {s.content.of(text)!r}")
        if not same_persons(s, expected):
            out.append(f"speakers {[a.key for a in s.speakers]}, not {expected['speakers']}")
        if expected["cue"] and overlap(text, s.cue, marked.one(expected["cue"])) < 0.5:
            out.append(f"cue {s.cue and s.cue.of(text)!r}, not {marked.words(expected['cue'])!r}")
        wanted = expected["commitment"]
        if wanted == "none":
            continue
        c = promised(row, expected, record)
        if c is None:
            out.append(f"commitment not found: {marked.words(wanted['action'])!r}")
            continue
        if set(c.beneficiary) != set(wanted["beneficiary"]):
            out.append(f"beneficiary {c.beneficiary}, not {wanted['beneficiary']}")
        for name in ("deadline", "condition"):
            span, label = getattr(c, name), wanted[name]
            right = span is None if label is None else overlap(text, span, marked.one(label)) >= 0.5
            if not right:
                out.append(f"{name} {span and span.of(text)!r}, not {label and marked.words(label)!r}")
    if len(record.statements) > len(row["statements"]):
        out.append(f"{len(record.statements)} statements, not {len(row['statements'])}")
    if len(record.commitments) > sum(e["commitment"] != "none" for e in row["statements"]):
        out.append(f"too many commitments: {[c.action.of(text) for c in record.commitments]}")
    return out


def measured(records: Mapping[str, Record]) -> Counter[str]:
    """Counts over the whole table, named as in the floors of test_cases.py."""
    out: Counter[str] = Counter()
    for row in ROWS:
        record = records[row["id"]]
        out["recorded"] += len(record.statements)
        for expected, s in found(row, record):
            out["statements"] += 1
            out["promises"] += expected["commitment"] != "none"
            if s is None:
                continue
            out["found"] += 1
            out["acts"] += s.act == expected["act"]
            out["labels"] += s.attribution == expected["attribution"]
            out["toward"] += set(s.toward) == set(expected["toward"])
            out["persons"] += same_persons(s, expected)
            out["commitments"] += promised(row, expected, record) is not None
        out["rows"] += not faults(row, record)
    return out


def read(reader: Reader) -> dict[str, Record]:
    """The record of each row."""
    return {r.id: r for r in read_rows(reader, ROWS, [MARKED[row["id"]].text for row in ROWS])}


HEADER = """\
# Rows of cases.yaml that the extractor gets wholly right: statements, cues, acts, attribution, toward, commitments.
# Written by measuring_cases.py; each is a test. Rows outside the list count in the floors of test_cases.py alone.
"""

if __name__ == "__main__":
    records = read(Reader.open())
    holding = [row["id"] for row in ROWS if not faults(row, records[row["id"]])]
    HELD.write_text(HEADER + "".join(f"- {name}\n" for name in holding), encoding="utf-8")
    for row in ROWS:
        for fault in faults(row, records[row["id"]]):
            print(row["id"], fault)
    print(dict(measured(records)))
