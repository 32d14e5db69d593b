"""What becomes of words: promises and their standing, formulas a side repeats, a person over time, what is new."""

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

__all__ = [
    "LEDGER_STATUSES",
    "Evidence",
    "Ledger",
    "Promise",
    "Wording",
    "ledger",
    "ledger_of",
    "promises",
    "records_of",
]
