"""Records for people and programs: one module for each format.

``render`` streams any format; ``render_text``, ``render_html`` and ``render_markdown`` give one string. Only JSON and
JSON Lines hold everything and can be read back (``readout.records.loads``); the other modules say what they drop.
The forms of other programs are in ``readout.exporting.exporters``, which is imported only where they are written.
"""

from readout.exporting.html import render_html
from readout.exporting.jsonl import render_json, render_jsonl
from readout.exporting.markdown import render_markdown
from readout.exporting.rendering import FORMAT_WORDS, FORMATS, render
from readout.exporting.text import render_text
from readout.exporting.wording import Names

__all__ = [
    "FORMATS",
    "FORMAT_WORDS",
    "Names",
    "render",
    "render_html",
    "render_json",
    "render_jsonl",
    "render_markdown",
    "render_text",
]
