"""What becomes of words over time: each promise once with what became of it, and the formulas that a side repeats."""

from readout.following.collecting import records_of
from readout.following.ledger import (
    LEDGER_STATUSES,
    Evidence,
    Ledger,
    Promise,
    Wording,
    ledger,
    ledger_of,
    promises,
)
from readout.following.phrases import (
    PHRASE_COLUMNS,
    TRENDS,
    Phrase,
    Use,
    phrases,
    phrases_csv,
    phrases_of,
    phrases_text,
)
from readout.following.telling import LEDGER_COLUMNS, ledger_csv, ledger_text

__all__ = [
    "LEDGER_COLUMNS",
    "LEDGER_STATUSES",
    "PHRASE_COLUMNS",
    "TRENDS",
    "Evidence",
    "Ledger",
    "Phrase",
    "Promise",
    "Use",
    "Wording",
    "ledger",
    "ledger_csv",
    "ledger_of",
    "ledger_text",
    "phrases",
    "phrases_csv",
    "phrases_of",
    "phrases_text",
    "promises",
    "records_of",
]
