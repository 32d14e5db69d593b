"""Gold against records: the figures, the errors beside the text, two runs compared, floors that only rise."""

from readout.evaluating.figures import COUNTED, FIGURES, Row, Scores
from readout.evaluating.gold import gold_digest, read_gold, read_predictions
from readout.evaluating.resampling import intervals
from readout.evaluating.scoring import score

__all__ = [
    "COUNTED",
    "FIGURES",
    "Row",
    "Scores",
    "gold_digest",
    "intervals",
    "read_gold",
    "read_predictions",
    "score",
]
