"""What readings and derived rows rest on beside the pages: code, word lists, files of actors, parser, limits.

All of it is told by hashes of files, so that a build which finds nothing new has to load none of it.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from onrecord.errors import LexiconError
from onrecord.installed import find_pipeline
from onrecord.settings import Settings

READING_ROOMS = (  # rooms and files that a reading depends on
    "model", "lexicon", "read", "extract", "taggers", "parse", "installed.py", "reading.py",
)  # fmt: skip
LINKING_ROOMS = ("model", "lexicon", "taggers", "link", "store", "linking.py")  # what derived rows depend on
LINKED_BY = "linked by"  # where a record notes the code that its derived rows were made with
ADDED_ACTORS = "actors"  # where a record notes the added files of actors that it was built with
OWN_MODEL = "inference model"  # where it notes the model that is asked about contradictions: path, labels, bar


def reading_key(settings: Settings) -> str:
    """A hash of all that a reading depends on beside the page: code, lexicon, added actors, parser, limits."""
    parser = find_pipeline(settings.parser_model)
    limits = (settings.max_text_chars, settings.max_paragraph_chars)
    parts = (hash_code(READING_ROOMS), hash_added(settings.actors), parser.name, parser.version, limits)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def linking_state(actors: str, inputs: str, model: str = "") -> str:
    """A hash of all that derived tables are made from: the record's files of actors and what linking takes in, code,
    and what tells an inference model from others."""
    content = hash_code(LINKING_ROOMS) + hash_added(actors) + model + inputs
    return hashlib.sha256(content.encode()).hexdigest()


def note_of_actors(settings: Settings) -> str:
    """What a record keeps of the files of actors that it is built with: their whole paths."""
    return os.pathsep.join(os.path.abspath(path) for path in paths_of(settings.actors))


def paths_of(added: str) -> tuple[str, ...]:
    """The files of actors that are named together, as in PATH."""
    return tuple(path for path in added.split(os.pathsep) if path)


def hash_added(added: str) -> str:
    """A hash of files of actors; "" for no files. LexiconError where one cannot be read."""
    hashes = [_content_hash(path) for path in paths_of(added)]
    return hashlib.sha256("".join(hashes).encode()).hexdigest() if hashes else ""


def _content_hash(path: str) -> str:
    """A hash of a file's name and content, kept for as long as its size and time of change stay."""
    try:
        found = os.stat(path)
    except OSError as error:
        raise LexiconError(f"{path}: no such file of actors: {error.strerror}") from None
    return _hash_of(path, found.st_mtime_ns, found.st_size)


@functools.lru_cache(maxsize=64)
def _hash_of(path: str, changed: int, size: int) -> str:  # noqa: ARG001  # they tell one state of the file from another
    try:
        return hashlib.sha256(Path(path).name.encode() + b"\0" + Path(path).read_bytes()).hexdigest()
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror}") from None


def hash_code(rooms: tuple[str, ...]) -> str:
    """A hash of the source and data files of some rooms."""
    return hashlib.sha256("".join(_hash_room(room) for room in rooms).encode()).hexdigest()


@functools.cache
def _hash_room(room: str) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(_contents(files("onrecord") / room, room)):
        digest.update(f"{name}\0".encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()


def _contents(place: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    if place.is_file():
        yield name, place.read_bytes()
        return
    for child in place.iterdir():
        if child.name != "__pycache__":
            yield from _contents(child, f"{name}/{child.name}")
