"""The example archive as a file that can be added."""

from __future__ import annotations

import io
import json

from readout.reading.examples import example_archive
from readout.serving.adding import Upload


def sample_archive() -> Upload:
    """All documents of the example archive as JSON Lines."""
    lines = "".join(json.dumps(document, ensure_ascii=True) + "\n" for document in example_archive())
    return Upload("examples.jsonl", io.BytesIO(lines.encode("ascii")))
