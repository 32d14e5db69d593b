"""One module per kind of record: encounters, statements, commitments, relations, occurrences."""

from readout.extracting.commitments import commitments
from readout.extracting.encounters import EncounterFinder
from readout.extracting.occurrences import occurrences
from readout.extracting.relations import relations
from readout.extracting.statements import StatementFinder

__all__ = ["EncounterFinder", "StatementFinder", "commitments", "occurrences", "relations"]
