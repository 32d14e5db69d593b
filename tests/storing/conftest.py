"""Lets the tests of this folder import the records of ``tests/exporting`` and ``tests/charting``."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("exporting", "charting")]
