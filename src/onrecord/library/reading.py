"""Rows into the values of `records.py`: what each field becomes is read from the class once."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any

Read = Callable[[Any], Any]
_READERS: dict[type, Read] = {}


def reader_of(kind: type[Any]) -> Read:
    """A function that makes a value of such a class of a row; fields that the class lacks are passed by."""
    if kind not in _READERS:
        _READERS[kind] = _make(kind)
    return _READERS[kind]


def _make(kind: type[Any]) -> Read:
    hints = typing.get_type_hints(kind)
    fields = [(one.name, one.name.rstrip("_"), _reader(hints[one.name])) for one in dataclasses.fields(kind)]

    def read(row: Mapping[str, Any]) -> Any:
        return kind(**{name: make(row[key]) if make else row[key] for name, key, make in fields})

    return read


def _reader(hint: Any) -> Read | None:
    """How a field's value is read, None where it stays as it is."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        each = _reader(arguments[0])
        return tuple if each is None else _each(each)
    if isinstance(hint, types.UnionType):
        (inner,) = (one for one in arguments if one is not types.NoneType)
        each = _reader(inner)
        return None if each is None else _if_known(each)
    return reader_of(hint) if dataclasses.is_dataclass(hint) and isinstance(hint, type) else None


def _if_known(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _each(read: Read) -> Read:
    return lambda values: tuple(map(read, values))
