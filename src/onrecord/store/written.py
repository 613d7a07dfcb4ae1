"""What the rows of each kind were made from when they were last written: to see what changed without looking at a row.

It is read whole and written whole, so many rows of a kind packed together: a large record has millions, and ten reports
change a few hundred.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import compress

import msgspec
import numpy as np

from onrecord.store.positions import Positions, place

HALF = 8  # bytes of a hash
PACKED = 1 << 16  # rows packed together
FEW_KEPT = 0.5  # share of a table's rows that stay, below which it is emptied at once instead of row by row
TABLE_OF = {"documents": "reports"}
_Packed = tuple[list[str], bytes, list[bytes]]
_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(_Packed).decode


@dataclass(frozen=True, eq=False)
class Written:
    """The ids of a kind in the order of rows, the position of each, and a fingerprint of all that it was made from."""

    ids: Sequence[str] = ()
    positions: Positions = field(default_factory=lambda: np.empty(0, np.int64))
    prints: Sequence[bytes] = ()

    def by_id(self) -> dict[str, bytes]:
        """The fingerprints."""
        return dict(zip(self.ids, self.prints, strict=True))


@dataclass(frozen=True, slots=True)
class Change:
    """What must be done to the rows of one kind: ids whose rows go, and ids whose rows are made at a position."""

    gone: tuple[str, ...]
    made: dict[str, int]
    all: bool  # whether nothing stays


def digest(part: object) -> bytes:
    """A fingerprint of a value of the model, or of several."""
    return hashlib.blake2b(_pack(part), digest_size=HALF).digest()


def read_written(connection: sqlite3.Connection, kind: str) -> Written:
    """What was written of a kind; nothing where something else wrote in its table, so that all is made anew."""
    held = _read(connection, kind)
    (there,) = connection.execute(f"SELECT count(*) FROM {TABLE_OF.get(kind, kind)}").fetchone()
    return held if there == len(held.ids) else Written()


def forget_written(connection: sqlite3.Connection, kind: str) -> None:
    """Take nothing for granted of a kind."""
    connection.execute("DELETE FROM written WHERE kind = ?", (kind,))


def note_change(
    connection: sqlite3.Connection, kind: str, prints: Mapping[str, bytes], held: Written, room: int = 1
) -> Change:
    """Compare with what was written, and note what will be; `prints` are in the order that the rows have now."""
    known, position_of = held.by_id(), dict(zip(held.ids, held.positions.tolist(), strict=True))
    ids = list(prints)
    before = np.array([position_of.get(id, -1) for id in ids], np.int64)
    positions = place(before, room)
    differs = np.array([known.get(id) != one for id, one in prints.items()], np.bool_)
    makes = differs | (positions != before)
    made = dict(zip(compress(ids, makes.tolist()), positions[makes].tolist(), strict=True))
    gone = [id for id in held.ids if id not in prints or id in made]
    if made or gone:
        forget_written(connection, kind)
        rows = list(_packed(ids, positions, list(prints.values())))
        connection.executemany("INSERT INTO written VALUES (?, ?, ?, ?)", ((kind, *row) for row in rows))
    if len(held.ids) - len(gone) < FEW_KEPT * len(held.ids):
        return Change(tuple(held.ids), dict(zip(ids, positions.tolist(), strict=True)), True)
    return Change(tuple(gone), made, len(made) == len(positions))


def _read(connection: sqlite3.Connection, kind: str) -> Written:
    """What was noted of a kind; nothing where that is damaged."""
    ids: list[str] = []
    positions: list[bytes] = []
    prints: list[bytes] = []
    query = "SELECT fingerprint FROM written WHERE kind = ? ORDER BY position"
    with suppress(msgspec.DecodeError, ValueError):
        for (packed,) in connection.execute(query, (kind,)):
            some, at, known = _unpack(packed)
            ids += some
            positions.append(at)
            prints += known
        held = Written(ids, np.frombuffer(b"".join(positions), "<i8").astype(np.int64), prints)
        if len(held.ids) == len(held.positions) == len(held.prints):
            return held
    return Written()


def _packed(ids: list[str], positions: Positions, prints: list[bytes]) -> Iterator[tuple[str, int, bytes]]:
    """The rows of the table: the first id, its place among all, and so many rows packed."""
    for first in range(0, len(ids), PACKED):
        some = slice(first, first + PACKED)
        yield ids[first], first, _pack((ids[some], positions[some].astype("<i8").tobytes(), prints[some]))
