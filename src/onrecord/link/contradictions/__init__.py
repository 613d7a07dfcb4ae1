"""Claims that cannot both hold, set side by side: numbers, days, towns, who did it to whom, wordings, denials.

Few and sure rather than many: an amount that may have grown between two reports contradicts nothing, nor does one that
a round figure allows. What one speaker says and another denies is a dispute, kept apart from what two reports tell in
their own voices. Which side is right is not said.
"""

from onrecord.link.contradictions.denials import (
    denied_events,
    find_denied_accusations,
    find_denied_events,
    find_denied_statements,
    find_flat_denials,
    without_answered,
)
from onrecord.link.contradictions.happenings import find_actors, find_dates, find_places
from onrecord.link.contradictions.inferred import Asking, ask, find_inferred
from onrecord.link.contradictions.numbers import find_numbers, limits
from onrecord.link.contradictions.shown import Opposed, first_of_each
from onrecord.link.contradictions.wordings import find_wordings

__all__ = [
    "Asking",
    "Opposed",
    "ask",
    "denied_events",
    "find_actors",
    "find_dates",
    "find_denied_accusations",
    "find_denied_events",
    "find_denied_statements",
    "find_flat_denials",
    "find_inferred",
    "find_numbers",
    "find_places",
    "find_wordings",
    "first_of_each",
    "limits",
    "without_answered",
]
