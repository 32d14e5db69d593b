"""Documents beside one another: exchanges that several tell of, and their accounts aligned statement by statement."""

from readout.comparing.accounts import Asked, Comparison, Difference, Row, compare
from readout.comparing.exchanges import Account, Exchange, Join, exchanges, reprints
from readout.comparing.meaning import Embedder, missing_packages
from readout.comparing.tabling import COMPARISON_COLUMNS, EXCHANGE_COLUMNS, comparison_rows, exchange_rows
from readout.comparing.telling import (
    asked_words,
    comparison_html,
    comparison_text,
    difference_words,
    exchange_words,
    exchanges_text,
    lettered,
)

__all__ = [
    "COMPARISON_COLUMNS",
    "EXCHANGE_COLUMNS",
    "Account",
    "Asked",
    "Comparison",
    "Difference",
    "Embedder",
    "Exchange",
    "Join",
    "Row",
    "asked_words",
    "compare",
    "comparison_html",
    "comparison_rows",
    "comparison_text",
    "difference_words",
    "exchange_rows",
    "exchange_words",
    "exchanges",
    "exchanges_text",
    "lettered",
    "missing_packages",
    "reprints",
]
