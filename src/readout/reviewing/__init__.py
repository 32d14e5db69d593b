"""Reviewers' corrections: read from brat and Label Studio, kept above the machine's records, applied when asked."""

from readout.reviewing.anchoring import Quote, anchored, place_of, quote_of
from readout.reviewing.comparing import corrections_between
from readout.reviewing.corrections import Attention, Correction, Reviewed, applied
from readout.reviewing.doubting import Doubt, Doubts, doubts
from readout.reviewing.keeping import all_reviewed, corrections_of, import_reviews, keep_correction, reviewed
from readout.reviewing.reading import Review, brat_reviews, labelstudio_reviews

__all__ = [
    "Attention",
    "Correction",
    "Doubt",
    "Doubts",
    "Quote",
    "Review",
    "Reviewed",
    "all_reviewed",
    "anchored",
    "applied",
    "brat_reviews",
    "corrections_between",
    "corrections_of",
    "doubts",
    "import_reviews",
    "keep_correction",
    "labelstudio_reviews",
    "place_of",
    "quote_of",
    "reviewed",
]
