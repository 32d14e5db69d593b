"""What becomes of words over time: each promise once with what became of it, and the formulas that a side repeats."""

from readout.following.collecting import Chosen, records_of, some_records
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
    Phrases,
    Use,
    phrases,
    phrases_csv,
    phrases_of,
    phrases_text,
    some_phrases,
)
from readout.following.telling import LEDGER_COLUMNS, ledger_csv, ledger_text

__all__ = [
    "LEDGER_COLUMNS",
    "LEDGER_STATUSES",
    "PHRASE_COLUMNS",
    "TRENDS",
    "Chosen",
    "Evidence",
    "Ledger",
    "Phrase",
    "Phrases",
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
    "some_phrases",
    "some_records",
]
