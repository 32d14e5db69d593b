"""Questions to an archive: one vocabulary of filters for every kind, full text with its words, bounded SQL."""

from readout.querying.exchanges import archived_exchanges, lost_links
from readout.querying.filters import FILTERS_OF, KINDS, Filters
from readout.querying.finding import Found, code_of, count, find
from readout.querying.sql import Answer, run_sql
from readout.querying.tabulating import (
    COLUMNS,
    columns_of,
    frame_of,
    guarded,
    render_rows,
    rows_of,
    unguarded,
    write_rows,
)

__all__ = [
    "COLUMNS",
    "FILTERS_OF",
    "KINDS",
    "Answer",
    "Filters",
    "Found",
    "archived_exchanges",
    "code_of",
    "columns_of",
    "count",
    "find",
    "frame_of",
    "guarded",
    "lost_links",
    "render_rows",
    "rows_of",
    "run_sql",
    "unguarded",
    "write_rows",
]
