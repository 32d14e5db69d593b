"""Gold against records: the figures, the errors beside the text, two runs compared, floors that only rise."""

from readout.evaluating.figures import COUNTED, FIGURES, Row, Scores
from readout.evaluating.floors import (
    Breach,
    Floors,
    check_floors,
    floors_of,
    lowered_silently,
    raised,
    read_floors,
    write_floors,
)
from readout.evaluating.gold import gold_digest, read_gold, read_predictions
from readout.evaluating.misses import Judgement, confusions, judgements, misses
from readout.evaluating.report import html_report, write_report
from readout.evaluating.resampling import difference_intervals, intervals
from readout.evaluating.runs import RunComparison, compare_runs
from readout.evaluating.scoring import score
from readout.evaluating.tables import comparison_table, confusion_table, miss_list, score_table

__all__ = [
    "COUNTED",
    "FIGURES",
    "Breach",
    "Floors",
    "Judgement",
    "Row",
    "RunComparison",
    "Scores",
    "check_floors",
    "compare_runs",
    "comparison_table",
    "confusion_table",
    "confusions",
    "difference_intervals",
    "floors_of",
    "gold_digest",
    "html_report",
    "intervals",
    "judgements",
    "lowered_silently",
    "miss_list",
    "misses",
    "raised",
    "read_floors",
    "read_gold",
    "read_predictions",
    "score",
    "score_table",
    "write_floors",
    "write_report",
]
