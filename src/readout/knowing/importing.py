"""A user's own table of holders, above the embedded base.

The table is a CSV file with the columns ``person, qid, aliases, state_or_org, role, title, start, end, source,
licence`` (``last_seen`` and ``family_name`` are optional), or the CSV or JSON result of ``data/holders.rq``.
It is imported whole or not at all.
"""

from __future__ import annotations

import calendar
import csv
import io
import json
import os
import re
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readout.errors import ImportRefused
from readout.knowing.answers import Tenure
from readout.knowing.offices import OFFICE_OF_ROLE

if TYPE_CHECKING:
    from readout.knowing.base import ActorBase

COLUMNS = ("person", "qid", "aliases", "state_or_org", "role", "title", "start", "end", "source", "licence")
OPTIONAL = ("last_seen", "family_name")
MAX_BYTES = 50_000_000


def layer_path() -> Path:
    """Where the user's layer lies: ``READOUT_USER_ACTORS``, else the platform's data folder."""
    if chosen := os.environ.get("READOUT_USER_ACTORS"):
        return Path(chosen)
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        root = Path.home() / "Library/Application Support"
    else:
        root = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    return root / "readout" / "actors.csv"


def _rows_of(file: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows with the line each begins on (for JSON: the number of the binding)."""
    try:
        size = file.stat().st_size
        if not file.is_file():
            raise ImportRefused(f"{file}: is no file (a folder, a pipe or a device); give the table", path=str(file))
        if size > MAX_BYTES:
            raise ImportRefused(f"{file}: larger than {MAX_BYTES} bytes; split the table", path=str(file))
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ImportRefused(f"{file}: cannot be opened ({error.strerror})", path=str(file)) from error
    except UnicodeDecodeError as error:
        raise ImportRefused(f"{file}: is not UTF-8 text; save the table as UTF-8", path=str(file)) from error
    if text.lstrip().startswith(("{", "[")):
        try:
            data: Any = json.loads(text)
            bindings = data["results"]["bindings"] if isinstance(data, dict) else data
            return [
                (i, {k: str(v.get("value", "") if isinstance(v, dict) else v or "") for k, v in b.items()})
                for i, b in enumerate(bindings, 1)
            ]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ImportRefused(
                f"{file}: is not the JSON result of a SPARQL query ({error})", path=str(file)
            ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    out: list[tuple[int, dict[str, str]]] = []
    try:
        missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
        if missing:
            raise ImportRefused(
                f"{file}, line 1: the columns {', '.join(missing)} are missing; a table has {', '.join(COLUMNS)}",
                path=str(file), line=1,
            )  # fmt: skip
        line = reader.line_num + 1
        for row in reader:
            if None in row:
                raise ImportRefused(
                    f"{file}, line {line}: more cells than columns; quote cells that hold a comma",
                    path=str(file), line=line,
                )  # fmt: skip
            out.append((line, {k: v or "" for k, v in row.items()}))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ImportRefused(f"{file}, line {reader.line_num}: {error}", path=str(file), line=reader.line_num) from error
    return out


def _date(text: str, *, last: bool) -> tuple[date | None, str]:
    """The first or last day that ``text`` allows, with its precision. Raises ValueError."""
    if not text:
        return None, "open"
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T[\d:.]+Z?)?", text)
    if not found:
        raise ValueError(f"{text!r} is not a date; use YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(g) if g else None for g in found.groups())
    assert year is not None
    if month is None:
        return (date(year, 12, 31) if last else date(year, 1, 1)), "year"
    if day is None:
        return date(year, month, calendar.monthrange(year, month)[1] if last else 1), "month"
    return date(year, month, day), "day"


def _tenure(row: dict[str, str], as_of: date | None) -> Tenure:
    """The tenure of one row. Raises ValueError with what is wrong and how to mend it."""
    cell = {c: row.get(c, "").strip() for c in (*COLUMNS, *OPTIONAL)}
    for column in ("person", "state_or_org", "role", "source", "licence", "start"):
        if not cell[column]:
            raise ValueError(f"{column} is empty; every row needs it")
    if cell["role"] not in OFFICE_OF_ROLE:
        raise ValueError(f"role {cell['role']!r} is not known; use one of: {', '.join(sorted(OFFICE_OF_ROLE))}")
    qid = cell["qid"].rsplit("/", 1)[-1]
    if qid and not re.fullmatch(r"Q\d+", qid):
        raise ValueError(f"qid {cell['qid']!r} is not a Wikidata id such as Q701801; leave it empty if unknown")
    start, start_precision = _date(cell["start"], last=False)
    end, end_precision = _date(cell["end"], last=True)
    seen, _ = _date(cell["last_seen"], last=False)
    if start and end and end < start:
        raise ValueError(f"end {cell['end']} lies before start {cell['start']}")
    if end is None and seen is None:
        seen = max(start, as_of) if start and as_of else start
    aliases = [a.strip() for a in cell["aliases"].split("|") if a.strip()]
    names = tuple(dict.fromkeys([cell["person"], *aliases]))
    return Tenure(
        person=cell["person"], names=names, family_name=cell["family_name"] or None, surname=None, qid=qid or None,
        of=cell["state_or_org"], office=OFFICE_OF_ROLE[cell["role"]], role=cell["role"], title=cell["title"],
        start=start, end=end, start_precision=start_precision, end_precision=end_precision, last_seen=seen,
        source=cell["source"], licence=cell["licence"], verified_by="", layer="user",
    )  # fmt: skip


def _cells(t: Tenure) -> dict[str, str]:
    def written(day: date | None, precision: str) -> str:
        return "" if day is None else day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]

    return {
        "person": t.person, "qid": t.qid or "", "aliases": "|".join(t.names[1:]), "state_or_org": t.of,
        "role": t.role, "title": t.title, "start": written(t.start, t.start_precision),
        "end": written(t.end, t.end_precision), "source": t.source, "licence": t.licence,
        "last_seen": t.last_seen.isoformat() if t.last_seen else "", "family_name": t.family_name or "",
    }  # fmt: skip


def read_layer(path: Path) -> tuple[Tenure, ...]:
    """The tenures of the user's layer; () where there is none.

    Raises:
        ImportRefused: the file was changed and can no longer be read.
    """
    if not path.is_file():
        return ()
    out = []
    for line, row in _rows_of(path):
        try:
            out.append(_tenure(row, None))
        except ValueError as error:
            raise ImportRefused(f"{path}, line {line}: {error}", path=str(path), line=line) from error
    return tuple(out)


def import_table(file: Path, base: ActorBase, *, as_of: date, into: Path | None = None) -> int:
    """Check every row of ``file`` and write them into the user's layer; returns how many rows were read.

    A row of the same person, office, place and start replaces the older one. ``as_of`` is the day the table is
    good for: a row without ``end`` and ``last_seen`` counts as seen on it.

    Raises:
        ImportRefused: a row has no source, an unknown state or role, or a date that is none. The message lists up
            to ten lines, and nothing is written.
    """
    wrong: list[tuple[int, str]] = []
    new: list[Tenure] = []
    for line, row in _rows_of(file):
        try:
            tenure = _tenure(row, as_of)
            if base.state(tenure.of) is None and base.organisation(tenure.of) is None:
                raise ValueError(
                    f"state_or_org {tenure.of!r} is not known; use an ISO 3166-1 alpha-3 code or an organisation's id"
                )
            new.append(tenure)
        except ValueError as error:
            wrong.append((line, str(error)))
    if wrong:
        told = "; ".join(f"line {n}: {why}" for n, why in wrong[:10])
        more = f"; and {len(wrong) - 10} more" if len(wrong) > 10 else ""
        raise ImportRefused(f"{file}: {told}{more}. Nothing was imported", path=str(file), line=wrong[0][0])
    if not new:
        raise ImportRefused(f"{file}: holds no rows. Nothing was imported", path=str(file), line=1)
    target = into or layer_path()
    kept = {(t.person, t.of, t.role, t.start): t for t in (*read_layer(target), *new)}
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".actors-", suffix=".csv")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, [*COLUMNS, *OPTIONAL])
            writer.writeheader()
            writer.writerows(_cells(t) for t in kept.values())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return len(new)
