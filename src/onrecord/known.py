"""What inputs hold: pages to be read, and pages that are known, those of unchanged files without opening them.

A file is unchanged if its bytes, its name and its place are, and what would open it: then it holds the same pages. That
is kept in the record as a cache; where it is lost, files are opened again and their pages found to be known.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.metadata
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.model.claims import Skip
from onrecord.model.inputs import Gave
from onrecord.read import File, RawPage, find_inputs, page_id, read_input
from onrecord.settings import Settings

OPENERS = ("charset-normalizer", "feedparser", "pypdf", "warcio")  # libraries that pages are taken out of files with
PASSING = ("took too long", "reader killed", "page not understood")  # reasons that another run may not have
CHUNK_BYTES = 1 << 20


@dataclass(slots=True)
class Met:
    """What a walk over the inputs has met so far.

    `seen` are all pages (id -> path), `new` how many of them must be read, `skips` what was left out; `gave` is what
    the files that were opened held, by the hash of each, `unchanged` the hashes of those that were not.
    """

    seen: dict[str, str] = field(default_factory=dict)
    new: int = 0
    known: int = 0
    skips: list[Skip] = field(default_factory=list)
    gave: dict[str, Gave] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Known:
    """What a record knows: the reading key of each page, and what files gave to openers with this `stamp`."""

    key: str
    stamp: str
    pages: Mapping[str, str]
    files: Mapping[str, Gave]

    def of(self, digest: str) -> Gave | None:
        """What a file gave, where each of its pages was read as it would be now, or cannot be read."""
        gave = self.files.get(digest)
        if gave is None or gave.stamp != self.stamp:
            return None
        unread = {id for id, _ in gave.unread}
        return gave if all(self.pages.get(id) == self.key or id in unread for id, _ in gave.pages) else None


def openers_stamp(settings: Settings, key: str) -> str:
    """A hash of what decides which pages a file holds: code (by the reading key), libraries, columns and limits."""
    knobs = [knob.name for knob in dataclasses.fields(settings)]
    given = [(name, getattr(settings, name)) for name in knobs if name == "columns" or name.startswith("max_")]
    libraries = [importlib.metadata.version(name) for name in OPENERS]
    return hashlib.sha256(repr((key, given, libraries, sys.version_info[:3])).encode()).hexdigest()


def new_pages(inputs: Sequence[str], settings: Settings, known: Known, met: Met) -> Iterator[tuple[str, RawPage]]:
    """Pages that must be read, by id; all that is met on the way is noted."""
    for found in find_inputs(inputs, settings):
        state = _state(found)
        digest = _digest(found) if isinstance(found, File) else ""
        gave = known.of(digest)
        if gave is not None:
            met.unchanged.add(digest)
            _meet_again(gave, met)
            continue
        pages: dict[str, str] = {}
        skips: list[Skip] = []
        for page in read_input(found, settings):
            if isinstance(page, Skip):
                skips.append(page)
                met.skips.append(page)
                continue
            id = page_id(page)
            pages[id] = page.path
            if id in met.seen:
                continue
            met.seen[id] = page.path
            if known.pages.get(id) == known.key:
                met.known += 1
            else:
                met.new += 1
                yield id, page
        if isinstance(found, File) and digest and _state(found) == state:  # else it changed between both readings
            met.gave[digest] = Gave(found.path, known.stamp, tuple(pages.items()), tuple(skips))


def count_pages(inputs: Sequence[str], settings: Settings, known: Known) -> int | None:
    """How many pages there are, for the time left; None where counting would use an input up or fetch it."""
    if settings.fetch or "-" in inputs:
        return None
    pages = {gave.path: len(gave.pages) for gave in known.files.values()}
    total = 0
    for found in find_inputs(inputs, settings):
        held = pages.get(found.path) if isinstance(found, File) else None
        total += sum(1 for _ in read_input(found, settings)) if held is None else held
    return total


def to_keep(met: Met, known: Known, failed: Mapping[str, Skip]) -> tuple[dict[str, Gave], list[str]]:
    """What is to be kept of the files that were opened, and forgotten; `failed` are pages without report."""
    lasting = {id: skip for id, skip in failed.items() if skip.reason not in PASSING}
    kept = {
        digest: dataclasses.replace(gave, unread=tuple((id, lasting[id]) for id, _ in gave.pages if id in lasting))
        for digest, gave in met.gave.items()
    }
    opened = {gave.path for gave in kept.values()}
    gone = [
        digest
        for digest, gave in known.files.items()
        if digest not in kept and digest not in met.unchanged and (gave.stamp != known.stamp or gave.path in opened)
    ]
    return kept, gone


def _meet_again(gave: Gave, met: Met) -> None:
    """Note what an unchanged file holds."""
    unread = dict(gave.unread)
    met.skips.extend(gave.skips)
    for id, path in gave.pages:
        if id in met.seen:
            continue
        met.seen[id] = path
        if id in unread:
            met.skips.append(unread[id])
        else:
            met.known += 1


def _state(found: File | Skip | str) -> tuple[int, int] | None:
    """The size of a file and when it was last written."""
    try:
        stat = found.true.stat() if isinstance(found, File) else None
    except OSError:
        return None
    return (stat.st_size, stat.st_mtime_ns) if stat else None


def _digest(file: File) -> str:
    """A hash of a file's path in the record, its name and its bytes; "" where it cannot be read."""
    digest = hashlib.sha256(f"{file.path}\0{file.place.name}\0".encode("utf-8", "surrogatepass"))
    try:
        with file.true.open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()
