"""The archive: records kept in one SQLite file, each document in one transaction, found again by what it says."""

from readout.storing.adding import Added, added
from readout.storing.archive import Archive, Put
from readout.storing.checking import backup, check, info
from readout.storing.dyads import dyad_facts
from readout.storing.joins import keep_joins, kept_joins, link, links, unlink
from readout.storing.looking import Held, Known, Surroundings, held_lately, surroundings
from readout.storing.pairs import AllPairs, PairDays, PairSums, all_pairs, pair_days, state_of_sums
from readout.storing.rows import document_key, export_line, folded, made_body, settled
from readout.storing.versions import Version, versions

__all__ = [
    "Added",
    "AllPairs",
    "Archive",
    "Held",
    "Known",
    "PairDays",
    "PairSums",
    "Put",
    "Surroundings",
    "Version",
    "added",
    "all_pairs",
    "backup",
    "check",
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
    "settled",
    "pair_days",
    "state_of_sums",
    "surroundings",
    "unlink",
    "versions",
]
