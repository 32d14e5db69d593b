"""Reviewers' corrections: read from brat and Label Studio, kept above the machine's records, applied when asked."""

from readout.reviewing.anchoring import Quote, anchored, quote_of
from readout.reviewing.comparing import corrections_between
from readout.reviewing.corrections import Attention, Correction, Reviewed, applied
from readout.reviewing.keeping import all_reviewed, corrections_of, import_reviews, reviewed
from readout.reviewing.reading import Review, brat_reviews, labelstudio_reviews

__all__ = [
    "Attention",
    "Correction",
    "Quote",
    "Review",
    "Reviewed",
    "all_reviewed",
    "anchored",
    "applied",
    "brat_reviews",
    "corrections_between",
    "corrections_of",
    "import_reviews",
    "labelstudio_reviews",
    "quote_of",
    "reviewed",
]
