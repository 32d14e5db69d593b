"""Two sides over time: how often they met, at which level, in which tone, under which labels, about what."""

from readout.charting.collecting import records_between
from readout.charting.drawing import dyad_svg
from readout.charting.dyads import (
    LEVELS,
    PERIODS,
    Dyad,
    Label,
    Met,
    Period,
    Tone,
    dyad,
    dyad_in,
    level_of,
)
from readout.charting.telling import DYAD_COLUMNS, dyad_csv, dyad_plot, dyad_text

__all__ = [
    "DYAD_COLUMNS",
    "LEVELS",
    "PERIODS",
    "Dyad",
    "Label",
    "Met",
    "Period",
    "Tone",
    "dyad",
    "dyad_csv",
    "dyad_in",
    "dyad_plot",
    "dyad_svg",
    "dyad_text",
    "level_of",
    "records_between",
]
