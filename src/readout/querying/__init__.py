"""Questions to an archive: one vocabulary of filters for every kind, full text with its words, bounded SQL."""

from readout.querying.filters import FILTERS_OF, KINDS, Filters
from readout.querying.finding import Found, count, find
from readout.querying.sql import Answer, run_sql
from readout.querying.tabulating import COLUMNS, guarded, render_rows, rows_of, unguarded

__all__ = [
    "COLUMNS",
    "FILTERS_OF",
    "KINDS",
    "Answer",
    "Filters",
    "Found",
    "count",
    "find",
    "guarded",
    "render_rows",
    "rows_of",
    "run_sql",
    "unguarded",
]
