"""Two sides over time: how often they met, in which tone, under which labels, about what; and all sides at once."""

from readout.charting.collecting import Telling, latest_between, records_between, tellings
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
from readout.charting.world import MAX_TOP, MOODS, WORLD_COLUMNS, Edge, SideSums, World, world, world_csv

__all__ = [
    "DYAD_COLUMNS",
    "LEVELS",
    "MAX_TOP",
    "MOODS",
    "PERIODS",
    "WORLD_COLUMNS",
    "Dyad",
    "Edge",
    "Label",
    "Met",
    "Period",
    "SideSums",
    "Telling",
    "Tone",
    "World",
    "dyad",
    "dyad_csv",
    "dyad_in",
    "dyad_plot",
    "dyad_svg",
    "dyad_text",
    "latest_between",
    "level_of",
    "records_between",
    "tellings",
    "world",
    "world_csv",
]
