"""What becomes of words over time: each promise once, and what dated documents tell became of it."""

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
from readout.following.telling import LEDGER_COLUMNS, ledger_csv, ledger_text

__all__ = [
    "LEDGER_COLUMNS",
    "LEDGER_STATUSES",
    "Evidence",
    "Ledger",
    "Promise",
    "Wording",
    "ledger",
    "ledger_csv",
    "ledger_of",
    "ledger_text",
    "promises",
    "records_of",
]
