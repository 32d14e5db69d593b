"""The reading room: pages for a browser and REST for programs, over one archive, on one machine, offline."""

from readout.serving.app import create_app
from readout.serving.guarding import ACCESS, Serving

__all__ = ["ACCESS", "Serving", "create_app"]
