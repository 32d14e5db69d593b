"""Questions to an archive: one vocabulary of filters for every kind, full text with its words, bounded SQL."""

from readout.querying.exchanges import (
    MAX_COUNTED,
    MAX_DOCUMENTS,
    Told,
    archived_exchanges,
    exchange_of,
    lost_links,
    told_exchanges,
)
from readout.querying.filters import FILTERS_OF, KINDS, Filters
from readout.querying.finding import Found, count, find, find_and_count, find_each
from readout.querying.sql import Answer, run_sql
from readout.querying.tabulating import (
    COLUMNS,
    columns_of,
    csv_lines,
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
    "MAX_COUNTED",
    "MAX_DOCUMENTS",
    "Answer",
    "Filters",
    "Found",
    "Told",
    "archived_exchanges",
    "columns_of",
    "count",
    "csv_lines",
    "exchange_of",
    "find",
    "find_and_count",
    "find_each",
    "frame_of",
    "guarded",
    "lost_links",
    "render_rows",
    "rows_of",
    "run_sql",
    "told_exchanges",
    "unguarded",
    "write_rows",
]
