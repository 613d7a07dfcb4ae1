"""What follows from the record's rows: who left out what, which words are used, tension, network, changes.

Rows in, rows out (docs/record.md); nothing is stored and nothing judged. Every row names the ids that it rests on.
"""

from onrecord.analysis.changes import find_changes
from onrecord.analysis.framing import find_framing
from onrecord.analysis.meaning import Meanings, Near, find_alike, load_meanings, widen
from onrecord.analysis.network import find_network
from onrecord.analysis.omissions import find_omissions
from onrecord.analysis.tension import find_tension

__all__ = [
    "Meanings",
    "Near",
    "find_alike",
    "find_changes",
    "find_framing",
    "find_network",
    "find_omissions",
    "find_tension",
    "load_meanings",
    "widen",
]
