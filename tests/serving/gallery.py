"""The script that makes the pictures, for its names and addresses of the pages: what is shown is what is tested."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_SPEC = importlib.util.spec_from_file_location("screenshots", Path(__file__).parents[2] / "scripts" / "screenshots.py")
assert _SPEC and _SPEC.loader
_PICTURES = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_PICTURES)
FLAGS, PAGES = _PICTURES.FLAGS, _PICTURES.PAGES
addresses, fill, serve = _PICTURES.addresses, _PICTURES.fill, _PICTURES.serve
