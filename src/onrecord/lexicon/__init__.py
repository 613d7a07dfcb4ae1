"""The words we know: one frozen value, read and checked from readable files under ``data/`` and passed along.

Where each fact comes from is in ``SOURCES.md``. A wrong, doubled or unknown row is an error at load, with file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onrecord.lexicon.actors import ActorBase, load_actors
from onrecord.lexicon.cues import Cues, load_cues
from onrecord.lexicon.furniture import Furniture, load_furniture
from onrecord.lexicon.places import Gazetteer, load_places
from onrecord.lexicon.times import TimeWords, load_times
from onrecord.lexicon.triggers import Triggers, load_triggers
from onrecord.lexicon.units import Units, load_units
from onrecord.lexicon.world_events import WorldEvents, load_world_events
from onrecord.rests_on import hash_added, paths_of

__all__ = ["Lexicon", "load_base", "load_lexicon"]


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
    world: WorldEvents


def load_lexicon(added: str = "") -> Lexicon:
    """The built-in lexicon, with files of actors (paths joined as in PATH) put over it; loaded once a process."""
    return _load(paths_of(added), hash_added(added))


def load_base(added: str = "") -> ActorBase:
    """The actors of the lexicon alone, which is all that linking asks of it; loaded once a process."""
    return _load_base(paths_of(added), hash_added(added))


@lru_cache(maxsize=8)
def _load_base(paths: tuple[str, ...], added: str) -> ActorBase:
    return load_actors([Path(path) for path in paths], added)


@lru_cache(maxsize=8)
def _load(paths: tuple[str, ...], added: str) -> Lexicon:
    return Lexicon(
        actors=_load_base(paths, added),
        cues=load_cues(),
        furniture=load_furniture(),
        places=load_places(),
        times=load_times(),
        triggers=load_triggers(),
        units=load_units(),
        world=load_world_events(),
    )
