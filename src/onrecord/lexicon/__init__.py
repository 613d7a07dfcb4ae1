"""The words we know: one frozen value, read and checked from readable files under ``data/`` and passed along.

Where each fact comes from is in ``SOURCES.md``. A wrong, doubled or unknown row is an error at load, with file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.actors import ActorBase, load_actors
from onrecord.lexicon.cues import Cues, load_cues
from onrecord.lexicon.furniture import Furniture, load_furniture
from onrecord.lexicon.places import Gazetteer, load_places
from onrecord.lexicon.times import TimeWords, load_times
from onrecord.lexicon.triggers import Triggers, load_triggers
from onrecord.lexicon.units import Units, load_units

__all__ = ["Lexicon", "load_lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word list, by family."""

    actors: ActorBase
    cues: Cues
    furniture: Furniture
    places: Gazetteer
    times: TimeWords
    triggers: Triggers
    units: Units


@cache
def load_lexicon() -> Lexicon:
    """The built-in lexicon; loaded once a process."""
    return Lexicon(
        actors=load_actors(),
        cues=load_cues(),
        furniture=load_furniture(),
        places=load_places(),
        times=load_times(),
        triggers=load_triggers(),
        units=load_units(),
    )
