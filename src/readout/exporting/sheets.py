"""The flat tables as files: CSV, one spreadsheet, Parquet. What needs an optional package says how to install it."""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from readout.errors import ExtraMissing
from readout.exporting.escaping import guarded
from readout.exporting.placing import new_file
from readout.exporting.tables import TABLES, Kind, table_rows
from readout.records import Record, Refusal

Keyed = tuple[str, Record | Refusal]
"""A record or refusal with the key it is known by outside: its key in the archive, or its id."""

MAX_CELL = 32_767
MAX_ROWS = 1_048_576
_BATCH = 10_000


def write_csv(items: Iterable[Keyed], folder: Path) -> list[Path]:
    """One CSV file a table in ``folder``; cells that a spreadsheet would run begin with an apostrophe."""
    paths = [folder / f"{table}.csv" for table in TABLES]
    with ExitStack() as stack:
        writers = {}
        for table, path in zip(TABLES, paths, strict=True):
            file = stack.enter_context(io.TextIOWrapper(new_file(path), encoding="utf-8", newline=""))
            writers[table] = csv.writer(file, lineterminator="\r\n")
            writers[table].writerow(TABLES[table])
        for key, item in items:
            for table, row in table_rows(key, item):
                writers[table].writerow([_cell(v) for v in row.values()])
    return paths


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else value


def write_xlsx(items: Iterable[Keyed], path: Path) -> None:
    """One spreadsheet, a sheet for each table; every text is written as text, so no cell is a formula or a link.

    A text over 32,767 characters is cut, and a table over 1,048,575 rows goes on in another sheet: a spreadsheet can
    hold no more.
    Raises:
        ExtraMissing: the package XlsxWriter is not installed.
    """
    book = _book(path)
    sheets: dict[str, _Sheet] = {table: _Sheet(book, table, tuple(TABLES[table])) for table in TABLES}
    for key, item in items:
        for table, row in table_rows(key, item):
            sheets[table].write(row.values())
    book.close()


def write_sheet(name: str, columns: tuple[str, ...], rows: Iterable[Iterable[Any]], path: Path) -> None:
    """One table as a spreadsheet of one sheet, under the same rules as ``write_xlsx``.

    Raises:
        ExtraMissing: the package XlsxWriter is not installed.
    """
    book = _book(path)
    sheet = _Sheet(book, name, columns)
    for row in rows:
        sheet.write(row)
    book.close()


def _book(path: Path) -> Any:
    xlsxwriter = _needed("xlsxwriter", "xlsx", "XlsxWriter")
    book = xlsxwriter.Workbook(
        str(path),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"created": datetime(2000, 1, 1), "title": "Records of readout"})
    return book


class _Sheet:
    """A table that goes on in another sheet where one is full."""

    def __init__(self, book: Any, table: str, columns: tuple[str, ...]) -> None:
        self.book, self.table, self.columns = book, table, columns
        self.count = 0
        self._open()

    def _open(self) -> None:
        self.count += 1
        self.sheet = self.book.add_worksheet(self.table if self.count == 1 else f"{self.table} {self.count}")
        self.sheet.freeze_panes(1, 0)
        self.at = 0
        self.write(self.columns)

    def write(self, values: Iterable[Any]) -> None:
        """Add one row."""
        if self.at == MAX_ROWS:
            self._open()
        for n, value in enumerate(values):
            if isinstance(value, bool):
                self.sheet.write_boolean(self.at, n, value)
            elif isinstance(value, str):
                self.sheet.write_string(self.at, n, value[:MAX_CELL])
            elif value is not None:
                self.sheet.write_number(self.at, n, value)
        self.at += 1


def write_parquet(items: Iterable[Keyed], folder: Path) -> list[Path]:
    """One Parquet file a table in ``folder``.

    Raises:
        ExtraMissing: the package pyarrow is not installed.
    """
    arrow = _needed("pyarrow", "parquet", "pyarrow")
    parquet = _needed("pyarrow.parquet", "parquet", "pyarrow")
    kinds: dict[Kind, Any] = {
        "text": arrow.string(), "number": arrow.int64(), "real": arrow.float64(), "truth": arrow.bool_(),
    }  # fmt: skip
    schemas = {
        table: arrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
        for table, columns in TABLES.items()
    }
    paths = [folder / f"{table}.parquet" for table in TABLES]
    held: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    with ExitStack() as stack:
        writers = {}
        for table, path in zip(TABLES, paths, strict=True):
            file = stack.enter_context(new_file(path))
            writer = parquet.ParquetWriter(file, schemas[table], compression="zstd")
            writers[table] = stack.enter_context(writer)

        def flush(table: str) -> None:
            writers[table].write_table(arrow.Table.from_pylist(held[table], schema=schemas[table]))
            held[table].clear()

        for key, item in items:
            for table, row in table_rows(key, item):
                held[table].append(row)
                if len(held[table]) == _BATCH:
                    flush(table)
        for table in TABLES:
            if held[table]:
                flush(table)
    return paths


def _needed(module: str, extra: str, package: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ExtraMissing(
            f"the format {extra} needs the package {package}, which is not installed; "
            f"install it with `pip install 'diplomatic-readout[{extra}]'` or `pip install {package}`",
            extra=extra,
        ) from error
