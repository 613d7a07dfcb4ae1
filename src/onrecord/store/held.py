"""Readings as the file holds them: of each, date and skips are at hand, the rest is fetched where it is asked for.

Linking asks little of a report that it knows already: all that was read in ten thousand of them need be neither decoded
nor in memory for ten more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import msgspec

from onrecord.model.claims import Reading, Skip
from onrecord.model.text import Published


@dataclass(frozen=True, slots=True)
class _Head:
    """What is decoded at once."""

    document: str
    published: Published
    skips: tuple[Skip, ...] = ()


_head = msgspec.json.Decoder(_Head).decode
FIELDS = tuple(field.name for field in fields(Reading))
AT_HAND = tuple(field.name for field in fields(_Head))


class HeldReading(Reading):
    """A reading that is fetched where more than its date and its skips is asked for; equal to the same one whole."""

    __slots__ = ("_fetch",)
    _fetch: Callable[[], Reading]

    def __getattr__(self, name: str) -> Any:
        """A field that is not at hand."""
        if name not in FIELDS:
            raise AttributeError(name)
        return getattr(self._fetch(), name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reading):
            return NotImplemented
        return self is other or all(getattr(self, name) == getattr(other, name) for name in FIELDS)

    __hash__ = None  # type: ignore[assignment]  # a whole reading has one, which would fetch all of this one


def hold(stored: str, fetch: Callable[[], Reading]) -> HeldReading:
    """The reading that a JSON text gives, and `fetch` whole; DecodeError where what is at hand is damaged."""
    head = _head(stored)
    reading = object.__new__(HeldReading)
    for name in AT_HAND:
        object.__setattr__(reading, name, getattr(head, name))
    object.__setattr__(reading, "_fetch", fetch)
    return reading
