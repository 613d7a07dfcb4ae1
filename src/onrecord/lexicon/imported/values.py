"""What every reader of a foreign form gives: actors with names, codes and titles as they stand there, not yet checked.

A reader never stops at a wrong record: it gives a `Fault` in its place, which says where it stood and what was wrong.
"""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from onrecord.lexicon.actor_entries import EntryKind


@dataclass(frozen=True, slots=True)
class Fault:
    """A record, or a part of one, that was left out: where it stood, and why in a fixed phrase with what was found."""

    where: str
    reason: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class FoundOffice:
    """An office as told: its title in words, the state or body if it is told apart, and dates of any precision."""

    title: str
    country: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Found:
    """An actor as told. `country` is any code or name of a state."""

    where: str
    kind: EntryKind
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str = ""
    country: str = ""
    sector: str = ""
    offices: tuple[FoundOffice, ...] = ()


def open_text(path: Path) -> IO[str]:
    """A file as text, unpacked where its name ends in .gz or .bz2."""
    if path.suffix == ".gz":
        return cast(IO[str], gzip.open(path, "rt", encoding="utf-8"))
    if path.suffix == ".bz2":
        return cast(IO[str], bz2.open(path, "rt", encoding="utf-8"))
    return path.open(encoding="utf-8")


def read_json(path: Path) -> Any:
    """A file that is one JSON value."""
    with open_text(path) as file:
        return json.load(file)


def read_objects(path: Path) -> Iterator[tuple[str, dict[str, Any] | Fault]]:
    """The JSON objects of a file with one a line; the brackets and commas of a long list are passed over."""
    with open_text(path) as file:
        for number, line in enumerate(file, start=1):
            words = line.strip().rstrip(",")
            if words in ("", "[", "]"):
                continue
            where = f"{path.name}:{number}"
            try:
                value = json.loads(words)
            except (ValueError, RecursionError):
                yield where, Fault(where, "no JSON")
                continue
            yield where, value if isinstance(value, dict) else Fault(where, "no JSON object")


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list, or a text alone; anything else is none."""
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    return tuple(item for item in value if isinstance(item, str) and item.strip()) if isinstance(value, list) else ()


def objects(value: object) -> list[dict[str, Any]]:
    """The objects of a list; anything else is none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
