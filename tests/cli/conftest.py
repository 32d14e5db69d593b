"""Lets the tests of this folder import the samples of ``tests/exporting``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "exporting"))
