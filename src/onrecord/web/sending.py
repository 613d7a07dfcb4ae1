"""Values on their way from one process of ours to another: MessagePack, which makes data and nothing else.

Plain data, arrays of numbers and the frozen values of this package come back as they were; what arrives can name a
dataclass of this package and no other code.
"""

from __future__ import annotations

import dataclasses
import importlib
from collections import OrderedDict
from typing import IO, Any

import msgspec
import numpy as np

TUPLE, MAP, ORDERED, ARRAY, VALUE = range(1, 6)  # what MessagePack has no sign for
PACKAGE = __name__.partition(".")[0]
LENGTH = 8  # bytes before each value that say how long it is


def write_value(value: object, stream: IO[bytes]) -> None:
    """Write one value, its length before it; TypeError for what is none of ours."""
    packed = pack(value)
    stream.write(len(packed).to_bytes(LENGTH, "big") + packed)
    stream.flush()


def read_value(stream: IO[bytes]) -> Any:
    """The next value; EOFError where the stream ends or was cut off, ValueError where it holds something else."""
    length = stream.read(LENGTH)
    packed = stream.read(int.from_bytes(length, "big")) if len(length) == LENGTH else b""
    if not packed or len(packed) != int.from_bytes(length, "big"):
        raise EOFError
    return unpack(packed)


def pack(value: object) -> bytes:
    return msgspec.msgpack.encode(_plain(value))


def unpack(packed: bytes | memoryview) -> Any:
    return msgspec.msgpack.decode(packed, ext_hook=_made)


def _plain(value: Any) -> Any:
    """A value as MessagePack knows it; what it does not know goes into an extension, packed by itself."""
    if value is None or isinstance(value, bool | int | float | str | bytes):
        return value
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, tuple):
        return _extension(TUPLE, [_plain(one) for one in value])
    if type(value) is dict and all(type(key) is str for key in value):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, dict):
        pairs = [[_plain(key), _plain(one)] for key, one in value.items()]
        return _extension(ORDERED if isinstance(value, OrderedDict) else MAP, pairs)
    if isinstance(value, np.ndarray):
        return _extension(ARRAY, [value.dtype.str, list(value.shape), value.tobytes()])
    kind = type(value)
    if dataclasses.is_dataclass(value) and kind.__module__.startswith(f"{PACKAGE}."):
        held = [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
        return _extension(VALUE, [kind.__module__, kind.__name__, held])
    raise TypeError(f"{kind.__module__}.{kind.__qualname__} is not sent from one process to another")


def _extension(code: int, held: list[Any]) -> msgspec.msgpack.Ext:
    return msgspec.msgpack.Ext(code, msgspec.msgpack.encode(held))


def _made(code: int, packed: memoryview) -> Any:
    held = unpack(packed)
    if code == TUPLE:
        return tuple(held)
    if code in (MAP, ORDERED):
        pairs = ((key, one) for key, one in held)
        return OrderedDict(pairs) if code == ORDERED else dict(pairs)
    if code == ARRAY:
        kind, shape, numbers = held
        return np.frombuffer(numbers, np.dtype(kind)).reshape(shape)
    if code == VALUE:
        module, name, fields = held
        return _dataclass(module, name)(*fields)
    raise ValueError(f"no value has the sign {code}")


def _dataclass(module: str, name: str) -> type[Any]:
    found = getattr(importlib.import_module(module), name, None) if module.startswith(f"{PACKAGE}.") else None
    if not isinstance(found, type) or not dataclasses.is_dataclass(found):
        raise ValueError(f"{module}.{name} is no value of this package")
    return found
