"""What a reader is given and what it gives.

A reader takes one source and its bytes, and gives pages, skips, and members to be read in their turn. It reads what
lies in the bytes and nothing else: no name or address inside a file is ever opened or fetched.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from onrecord.errors import InputError
from onrecord.model.claims import Skip
from onrecord.read.page import NOTHING_TOLD, RawPage, Told
from onrecord.settings import Settings


@dataclass(frozen=True, slots=True)
class Source:
    """One file, member or answer from the web: its `path` in the record, and what was said of it outside its bytes.

    `name` is what its suffix is taken from, `size` its bytes where known beforehand, `depth` the archives around it,
    `charset` what a mail or web header declares.
    """

    path: str
    name: str
    size: int | None = None
    depth: int = 0
    charset: str | None = None
    told: Told = NOTHING_TOLD

    @property
    def suffix(self) -> str:
        """The last suffix of the name, in lower case, without the dot."""
        stem, dot, suffix = self.name.rpartition(".")
        return suffix.lower() if dot and stem else ""


@dataclass(frozen=True, slots=True)
class Head:
    """The first bytes of a source, and the same decoded and without the blank start."""

    data: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A member of a container, opened, to be read before the container's reader goes on."""

    source: Source
    stream: IO[bytes]


Found = RawPage | Skip | Opened
Reader = Callable[[Source, IO[bytes], Settings], Iterator[Found]]


def check_nesting(source: Source, settings: Settings) -> None:
    """InputError for an archive that lies in too many others to be opened."""
    if source.depth >= settings.max_nesting:
        raise InputError("nested too deep", f"inside {source.depth} archives, {settings.max_nesting} at most")


def shown(name: str) -> str:
    """A file or member name as paths show it: composed letters, nothing that cannot be printed or stored."""
    composed = unicodedata.normalize("NFC", name)
    return "".join("\ufffd" if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in composed)


def is_hidden(path: str) -> bool:
    """Whether a file's or a folder's name begins with a dot, or it is what macOS adds to archives."""
    return any((part.startswith(".") and part not in {".", ".."}) or part == "__MACOSX" for part in path.split("/"))
