"""Lets the tests of this folder import ``telling_of`` and the records of ``tests/exporting/samples``."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "exporting")]
