"""The curated tables of the language: titles, cues, speech nouns, encounters, relations, occurrences; one loader."""

from readout.lexicons.loader import Table, digests, load, parse_table

__all__ = ["Table", "digests", "load", "parse_table"]
