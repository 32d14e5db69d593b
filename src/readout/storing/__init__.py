"""The archive: records kept in an SQLite file or a PostgreSQL database, each document in one transaction."""

from readout.storing.adding import Added, added
from readout.storing.archive import Archive, Put
from readout.storing.checking import backup, check, info
from readout.storing.dialects import Dialect, dialect_of
from readout.storing.dyads import dyad_facts
from readout.storing.joins import keep_joins, kept_joins, link, links, unlink
from readout.storing.looking import Held, Known, Surroundings, held_lately, surroundings
from readout.storing.pairs import AllPairs, PairDays, PairSums, all_pairs, pair_days, state_of_sums
from readout.storing.places import Address, Place, place_of
from readout.storing.rows import document_key, export_line, folded, made_body, settled
from readout.storing.tokens import Phrase
from readout.storing.versions import Version, versions

__all__ = [
    "Added",
    "Address",
    "AllPairs",
    "Archive",
    "Dialect",
    "Held",
    "Known",
    "PairDays",
    "PairSums",
    "Phrase",
    "Place",
    "Put",
    "Surroundings",
    "Version",
    "added",
    "all_pairs",
    "backup",
    "check",
    "dialect_of",
    "document_key",
    "dyad_facts",
    "export_line",
    "folded",
    "held_lately",
    "info",
    "keep_joins",
    "kept_joins",
    "link",
    "links",
    "made_body",
    "pair_days",
    "place_of",
    "settled",
    "state_of_sums",
    "surroundings",
    "unlink",
    "versions",
]
