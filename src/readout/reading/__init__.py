"""Bytes in, Document out: limits, decoding, outer parts, the issuer, and many documents as a stream."""

from readout.reading.issuers import with_issuer
from readout.reading.opening import open_file, open_source
from readout.reading.outer import body_start
from readout.reading.sources import documents, from_mapping
from readout.reading.texts import read_bytes, read_text, source_offset
from readout.reading.turns import Turn, turns

__all__ = [
    "Turn",
    "body_start",
    "documents",
    "from_mapping",
    "open_file",
    "open_source",
    "read_bytes",
    "read_text",
    "source_offset",
    "turns",
    "with_issuer",
]
