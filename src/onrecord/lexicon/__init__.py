"""The words we know: one frozen value, read and checked from readable files under ``data/`` and passed along.

Where each fact comes from is in ``SOURCES.md``. A wrong, doubled or unknown row is an error at load, with file and line.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onrecord.errors import LexiconError
from onrecord.lexicon.actors import ActorBase, load_actors
from onrecord.lexicon.cues import Cues, load_cues
from onrecord.lexicon.furniture import Furniture, load_furniture
from onrecord.lexicon.places import Gazetteer, load_places
from onrecord.lexicon.times import TimeWords, load_times
from onrecord.lexicon.triggers import Triggers, load_triggers
from onrecord.lexicon.units import Units, load_units
from onrecord.lexicon.world_events import WorldEvents, load_world_events

__all__ = ["Lexicon", "hash_added", "load_lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word list, by family; `added` is a hash of the files of actors that were put over the built-in ones."""

    actors: ActorBase
    cues: Cues
    furniture: Furniture
    places: Gazetteer
    times: TimeWords
    triggers: Triggers
    units: Units
    world: WorldEvents
    added: str = ""


def load_lexicon(added: str = "") -> Lexicon:
    """The built-in lexicon, with files of actors (paths joined as in PATH) put over it; loaded once a process."""
    paths = _paths(added)
    return _load(paths, tuple(_content_hash(path) for path in paths))


def hash_added(added: str) -> str:
    """The `added` of the lexicon with these files of actors, without loading it; "" for no files."""
    return _joined([_content_hash(path) for path in _paths(added)])


def _joined(hashes: Sequence[str]) -> str:
    return hashlib.sha256("".join(hashes).encode()).hexdigest() if hashes else ""


def _paths(added: str) -> tuple[str, ...]:
    return tuple(path for path in added.split(os.pathsep) if path)


@lru_cache(maxsize=8)
def _load(paths: tuple[str, ...], hashes: tuple[str, ...]) -> Lexicon:
    return Lexicon(
        actors=load_actors([Path(path) for path in paths]),
        cues=load_cues(),
        furniture=load_furniture(),
        places=load_places(),
        times=load_times(),
        triggers=load_triggers(),
        units=load_units(),
        world=load_world_events(),
        added=_joined(hashes),
    )


def _content_hash(path: str) -> str:
    """A hash of a file's name and content, kept for as long as its size and time of change stay."""
    try:
        found = os.stat(path)
    except OSError as error:
        raise LexiconError(f"{path}: no such file of actors: {error.strerror}") from None
    return _hash_of(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=64)
def _hash_of(path: str, changed: int, size: int) -> str:  # noqa: ARG001  # they tell one state of the file from another
    try:
        return hashlib.sha256(Path(path).name.encode() + b"\0" + Path(path).read_bytes()).hexdigest()
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror}") from None
