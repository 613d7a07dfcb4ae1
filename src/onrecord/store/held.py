"""Reports as the file holds them: what is short stands at hand, text and all that was read are fetched where asked for.

Linking asks little of a report that it knows already: ten thousand of them need be neither decoded nor in memory for
ten more. What is at hand of a report is kept with it, packed, so that not even its stored row is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import msgspec

from onrecord.model.claims import Reading, Skip
from onrecord.model.text import Document, Fact, Origin, Published

KIND = "head"  # under which a report's head is kept


@dataclass(frozen=True, slots=True)
class _Read:
    """What is at hand of a reading."""

    document: str
    published: Published
    skips: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What is at hand of a document."""

    id: str
    path: str
    text_sha256: str
    title: Fact
    outlet: Fact
    author: Fact
    url: Fact
    language: Fact
    published: Published
    origins: tuple[Origin, ...] = ()


class _Placed(msgspec.Struct):
    """Of a stored document, where its words lie in its file."""

    offsets: msgspec.Raw


class _Claims(msgspec.Struct):
    """Of a stored reading, its claims, not decoded."""

    quantities: tuple[msgspec.Raw, ...] = ()
    statements: tuple[msgspec.Raw, ...] = ()
    events: tuple[msgspec.Raw, ...] = ()


Head = tuple[_Told, _Read, bytes, int]  # the last are what `place_of` and `most_claims` say
_told, _read = msgspec.json.Decoder(_Told).decode, msgspec.json.Decoder(_Read).decode
_placed, _claims = msgspec.json.Decoder(_Placed).decode, msgspec.json.Decoder(_Claims).decode
pack_head = msgspec.msgpack.Encoder().encode
unpack_head = msgspec.msgpack.Decoder(Head).decode


class _Held:
    """A value that is fetched where more is asked for than is at hand; equal to the same one whole."""

    __slots__ = ()
    _fetch: Callable[[], object]
    _whole: ClassVar[type[Reading] | type[Document]]

    def __getattr__(self, name: str) -> Any:
        """A field that is not at hand."""
        if name not in _FIELDS[self._whole]:
            raise AttributeError(name)
        return getattr(self._fetch(), name)

    def whole(self) -> Any:
        """The same value, fetched; one that was changed since holds all of it."""
        fetch = getattr(self, "_fetch", None)
        return fetch() if fetch else self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, self._whole):
            return NotImplemented
        same: object = other
        return self is same or all(getattr(self, name) == getattr(other, name) for name in _FIELDS[self._whole])

    __hash__ = None  # type: ignore[assignment]  # a whole one has one, which would fetch all of this one


class HeldReading(_Held, Reading):
    """A reading of which date and skips are at hand, and how many claims it has."""

    __slots__ = ("_fetch", "most_claims")
    _whole = Reading


class HeldDocument(_Held, Document):
    """A document of which all but text, offsets and parts is at hand, and a hash of its offsets."""

    __slots__ = ("_fetch", "place")
    _whole = Document


_FIELDS = {whole: frozenset(field.name for field in fields(whole)) for whole in (Reading, Document)}
TOLD, READ = tuple(field.name for field in fields(_Told)), tuple(field.name for field in fields(_Read))


def read_head(document: str, reading: str) -> Head:
    """The head of a report from its stored JSON texts; DecodeError where one is damaged."""
    return _told(document), _read(reading), _hash(_placed(document).offsets), _most_of(_claims(reading))


def hold_document(head: Head, fetch: Callable[[], Document]) -> HeldDocument:
    """A document by its head, and `fetch` whole."""
    document = object.__new__(HeldDocument)
    _fill(document, head[0], TOLD, fetch)
    object.__setattr__(document, "place", head[2])
    return document


def hold_reading(head: Head, fetch: Callable[[], Reading]) -> HeldReading:
    """A reading by its head, and `fetch` whole."""
    reading = object.__new__(HeldReading)
    _fill(reading, head[1], READ, fetch)
    object.__setattr__(reading, "most_claims", head[3])
    return reading


def place_of(document: Document) -> bytes:
    """A hash of where a document's words lie in its file: rows of other reports show places in it by this."""
    held: bytes | None = getattr(document, "place", None)  # one that was put right is no longer as it is held
    return _hash(msgspec.json.encode(document.offsets)) if held is None else held


def most_claims(reading: Reading) -> int:
    """How many claims of one kind a reading has at most."""
    held: int | None = getattr(reading, "most_claims", None)
    return _most_of(reading) if held is None else held


def _hash(offsets: bytes | msgspec.Raw) -> bytes:
    return hashlib.blake2b(offsets, digest_size=8).digest()


def _most_of(claims: Reading | _Claims) -> int:
    return max(len(claims.statements), len(claims.events), len(claims.quantities))


def _fill(value: object, head: object, names: tuple[str, ...], fetch: Callable[[], object]) -> None:
    for name in names:
        object.__setattr__(value, name, getattr(head, name))
    object.__setattr__(value, "_fetch", fetch)
