"""The archive: records kept in an SQLite file or a PostgreSQL database, each document in one transaction."""

from readout.storing.archive import Archive, Put
from readout.storing.checking import backup, check, info
from readout.storing.dialects import Dialect, dialect_of
from readout.storing.dyads import dyad_facts
from readout.storing.joins import keep_joins, kept_joins, link, links, unlink
from readout.storing.places import Address, Place, place_of
from readout.storing.rows import document_key, export_line, folded, made_body, settled
from readout.storing.tokens import Phrase
from readout.storing.versions import Version, versions

__all__ = [
    "Address",
    "Archive",
    "Dialect",
    "Phrase",
    "Place",
    "Put",
    "Version",
    "backup",
    "check",
    "dialect_of",
    "document_key",
    "dyad_facts",
    "export_line",
    "folded",
    "info",
    "keep_joins",
    "kept_joins",
    "link",
    "links",
    "made_body",
    "place_of",
    "settled",
    "unlink",
    "versions",
]
