"""The third ground floor of this room: what linking asks of every claim of a pile, whether it is looked at or not.

A claim in context is ten times as large as its key, and stays packed until something meets it. Keys are kept with their
report as its claims are. `days`, sides and countries are those of the claim.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

from onrecord.link.reports import WORDS_KEPT, hash_number
from onrecord.model.claims import EventType
from onrecord.model.days import Days
from onrecord.model.record import Figure

HASH = 8  # bytes of the hash of a claim

Claim = TypeVar("Claim")


class EventKey(msgspec.Struct, frozen=True, array_like=True):
    """An event; `sides` are who did it and to whom, sorted, `words` is a hash of the stems of its evidence."""

    id: str
    type: EventType
    days: Days | None
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    words: bytes


class SaidKey(msgspec.Struct, frozen=True, array_like=True):
    """A statement: `speaks_for` sorted, `stems` those of its words as numbers, `is_no` whether it denies or negates."""

    id: str
    days: Days | None
    speaker: str | None
    speaks_for: tuple[str, ...]
    stems: bytes
    is_no: bool


class FigureKey(msgspec.Struct, frozen=True, array_like=True):
    """A figure, without its group, and the stem of what is counted."""

    figure: Figure
    head: str
    days: Days | None


class Keys(msgspec.Struct, frozen=True, array_like=True):
    """The keys of one report's claims; `contents` has a hash of each whole claim, in their order."""

    events: tuple[EventKey, ...]
    statements: tuple[SaidKey, ...]
    measured: tuple[FigureKey, ...]
    contents: bytes

    def ids(self) -> Iterator[str]:
        """Of events, statements and figures."""
        yield from (key.id for key in self.events)
        yield from (key.id for key in self.statements)
        yield from (key.figure.id for key in self.measured)

    def content_of(self) -> Iterator[tuple[str, bytes]]:
        """The hash of each claim, by its id."""
        starts = range(0, len(self.contents), HASH)
        return zip(self.ids(), (self.contents[at : at + HASH] for at in starts), strict=True)


@lru_cache(WORDS_KEPT)
def _number_of(stem: str) -> int:
    return hash_number(stem.encode("utf-8", "surrogatepass"))


def pack_stems(stems: Iterable[str]) -> bytes:
    """Stems as numbers of 64 bits, in order."""
    return array("Q", sorted(map(_number_of, stems))).tobytes()


def unpack_stems(packed: bytes) -> frozenset[int]:
    return frozenset(array("Q", packed))


class InContext(Mapping[str, Claim], Generic[Claim]):
    """The claims of one kind by id. Those of a report are there once one of them is asked for: `fetch` puts them in."""

    def __init__(self, document_of: Mapping[str, str], held: Mapping[str, Claim], fetch: Callable[[str], None]) -> None:
        self.document_of = document_of
        self._held = held
        self._fetch = fetch

    def __getitem__(self, id: str) -> Claim:
        if id not in self._held:
            self._fetch(self.document_of[id])
        return self._held[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.document_of)

    def __len__(self) -> int:
        return len(self.document_of)
