"""Mentions to actors, expressions of time to intervals; each answer with its reason."""

from readout.resolving.date_rules import TimeMention
from readout.resolving.dates import find_dates, resolve_date
from readout.resolving.discourse import Discourse, Entity
from readout.resolving.forms import FormIndex
from readout.resolving.mentions import Mention, Scanner

__all__ = [
    "Discourse",
    "Entity",
    "FormIndex",
    "Mention",
    "Scanner",
    "TimeMention",
    "find_dates",
    "resolve_date",
]
