"""Documents beside one another: exchanges that several tell of, and their accounts aligned statement by statement."""

from readout.comparing.accounts import Asked, Comparison, Difference, Row, compare
from readout.comparing.exchanges import Account, Exchange, Join, exchanges, reprints
from readout.comparing.meaning import Embedder, missing_packages
from readout.comparing.telling import comparison_html, comparison_text, exchanges_text

__all__ = [
    "Account",
    "Asked",
    "Comparison",
    "Difference",
    "Embedder",
    "Exchange",
    "Join",
    "Row",
    "compare",
    "comparison_html",
    "comparison_text",
    "exchanges",
    "exchanges_text",
    "missing_packages",
    "reprints",
]
