"""Lets the tests of this folder import the helper beside them, however pytest is started."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
