"""What is known of the actors: states, organisations, persons and their offices over time.

``ActorBase.open()`` reads the embedded base and the user's layer above it; nothing is loaded on import.
"""

from readout.knowing.answers import Answer, Finding, Organisation, Sense, Site, State, Tenure
from readout.knowing.base import ActorBase, embedded
from readout.knowing.names import fold, form_key, name_likeness, skeleton
from readout.knowing.sides import is_side, side_code, side_named

__all__ = [
    "ActorBase",
    "Answer",
    "Finding",
    "Organisation",
    "Sense",
    "Site",
    "State",
    "Tenure",
    "embedded",
    "fold",
    "form_key",
    "is_side",
    "name_likeness",
    "side_code",
    "side_named",
    "skeleton",
]
