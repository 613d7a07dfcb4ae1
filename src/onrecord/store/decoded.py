"""Stored JSON as rows: by the fast decoder, and by the patient one where a file holds what that refuses (half of a
surrogate pair, a number without end)."""

from __future__ import annotations

import json
from typing import Any, TypeVar

import msgspec

from onrecord.store.rows import Row

T = TypeVar("T")
_decode = msgspec.json.Decoder().decode


def decode_row(text: str) -> Row:
    """A row as the export prints it."""
    row: Row = decode_json(text)
    return row


def decode_json(text: str) -> Any:
    """Any JSON; ValueError where it is none."""
    try:
        return _decode(text)
    except msgspec.DecodeError:
        return json.loads(text)


def decode_as(text: str, decoder: msgspec.json.Decoder[T]) -> T:
    """The fields that a struct names; the rest is passed over, not made."""
    try:
        return decoder.decode(text)
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(text), decoder.type)
