"""Answers as flat rows and columns: for tables on a terminal, CSV, spreadsheets and data frames."""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from readout.errors import ExtraMissing, QueryRefused
from readout.exporting.escaping import guarded, unguarded
from readout.exporting.sheets import write_sheet
from readout.querying.finding import Found
from readout.records import Actor, Commitment, Encounter, Occurrence, Relation, Statement

__all__ = [
    "COLUMNS",
    "columns_of",
    "csv_lines",
    "frame_of",
    "guarded",
    "render_rows",
    "rows_of",
    "unguarded",
    "write_rows",
]

Library = Literal["pandas", "polars"]

_COMMON = ("document", "name", "published", "issuer")
COLUMNS: dict[str, tuple[str, ...]] = {
    "encounters": (*_COMMON, "id", "kind", "status", "date", "participants", "place", "start", "end", "words"),
    "statements": (*_COMMON, "id", "speakers", "act", "family", "toward", "attribution", "start", "end", "words"),
    "commitments": (
        *_COMMON, "id", "promisor", "beneficiary", "strength", "refrain", "deadline", "condition", "start", "end",
        "words",
    ),
    "relations": (*_COMMON, "id", "between", "kind", "start", "end", "words"),
    "occurrences": (*_COMMON, "id", "kind", "states", "date", "asserted_by", "start", "end", "words"),
    "documents": (*_COMMON, "title", "url", "encounters", "statements", "commitments", "start", "end", "words"),
}  # fmt: skip


def rows_of(found: Iterable[Found]) -> list[dict[str, Any]]:
    """One flat row a finding, with the columns of its kind in ``COLUMNS``; several values joined by ``; ``."""
    return [_row(f) for f in found]


def columns_of(found: Iterable[Found], kind: str) -> dict[str, list[Any]]:
    """The same by column, all of ``COLUMNS[kind]`` also where nothing was found; days of publication are dates.

    ``pandas.DataFrame`` and ``polars.DataFrame`` take it as it is.
    """
    rows = rows_of(found)
    out = {column: [row[column] for row in rows] for column in COLUMNS[kind]}
    out["published"] = [date.fromisoformat(day) if day else None for day in out["published"]]
    return out


def frame_of(found: Iterable[Found], kind: str, library: Library = "pandas") -> Any:
    """A data frame of ``columns_of``; the library is imported here and is no part of this program.

    Raises:
        ExtraMissing: the library is not installed.
        QueryRefused: it is another than ``pandas`` or ``polars``.
    """
    if library not in get_args(Library):
        raise QueryRefused(f"there is no frame of {str(library)[:40]!r}; use one of: {', '.join(get_args(Library))}")
    try:
        made = importlib.import_module(library)
    except ImportError as error:
        raise ExtraMissing(
            f"a data frame needs the package {library}; install it, or take `columns_of`", package=library
        ) from error
    return made.DataFrame(columns_of(found, kind))


def _row(f: Found) -> dict[str, Any]:
    r, x = f.record, f.item
    shown = f.shown
    row: dict[str, Any] = {
        "document": f.key, "name": r.id, "published": r.date.isoformat() if r.date else None, "issuer": r.issuer,
        "start": shown.start if shown else None, "end": shown.end if shown else None, "words": f.words,
    }  # fmt: skip
    if isinstance(x, Encounter):
        told = "; ".join(f"{_name(p.actor)} ({p.part})" for p in x.participants)
        row |= {"kind": x.kind, "status": x.status, "participants": told, "place": x.place}
        row["date"] = x.date.iso() if x.date else None
    elif isinstance(x, Statement):
        row |= {"speakers": "; ".join(_name(a) for a in x.speakers), "act": x.act, "family": x.family}
        row |= {"toward": "; ".join(x.toward), "attribution": x.attribution}
    elif isinstance(x, Commitment):
        row |= {"promisor": "; ".join(x.promisor), "beneficiary": "; ".join(x.beneficiary), "strength": x.strength}
        row["refrain"] = x.refrain
        row["deadline"] = x.deadline.of(r.text) if x.deadline else None
        row["condition"] = x.condition.of(r.text) if x.condition else None
    elif isinstance(x, Relation):
        row |= {"between": "; ".join(x.between), "kind": x.kind}
    elif isinstance(x, Occurrence):
        row |= {"kind": x.kind, "states": "; ".join(x.states), "asserted_by": "; ".join(x.asserted_by)}
        row["date"] = x.date.iso() if x.date else None
    else:
        row |= {"title": r.title, "url": r.url, "encounters": len(r.encounters)}
        row |= {"statements": len(r.statements), "commitments": len(r.commitments)}
    if f.kind != "documents":
        row["id"] = x.id
    return {column: row[column] for column in COLUMNS[f.kind]}


def _name(actor: Actor) -> str:
    parts = [part for part in (actor.person, actor.office) if part]
    return f"{' '.join([actor.of, *parts])}" if actor.of else " ".join(parts)


def render_rows(found: Iterable[Found], kind: str, format: str) -> Iterator[str]:
    """Findings as ``csv`` (guarded against formulas), ``json`` (item, words, hits), or that line by line, ``jsonl``."""
    if format == "csv":
        yield from csv_lines(COLUMNS[kind], (tuple(row.values()) for row in rows_of(found)))
        return
    if format == "jsonl":
        yield from (json.dumps(_shape(f), ensure_ascii=True) + "\n" for f in found)
        return
    yield json.dumps([_shape(f) for f in found], ensure_ascii=False, indent=1) + "\n"


def _shape(f: Found) -> dict[str, Any]:
    r = f.record
    return {
        "kind": f.kind,
        "document": {"key": f.key, "name": r.id, "title": r.title, "issuer": r.issuer,
                     "date": r.date.isoformat() if r.date else None, "url": r.url},
        "item": None if f.kind == "documents" else f.item.to_json(),
        "span": f.shown.to_json() if f.shown else None,
        "words": f.words,
        "hits": [h.to_json() for h in f.hits],
    }  # fmt: skip


def write_rows(found: Iterable[Found], kind: str, path: Path) -> None:
    """Findings as a spreadsheet in ``path``; every text is text, never a formula.

    Raises:
        ExtraMissing: the package XlsxWriter is not installed.
    """
    write_sheet(kind, COLUMNS[kind], (tuple(row.values()) for row in rows_of(found)), path)


def csv_lines(columns: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """CSV lines with every text guarded; an empty cell stands for nothing."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    for row in (tuple(columns), *rows):
        writer.writerow([guarded(v) if isinstance(v, str) else v for v in row])
        yield held.getvalue()
        held.seek(0)
        held.truncate()
