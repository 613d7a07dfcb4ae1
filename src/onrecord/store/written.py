"""What the rows of each kind were made from when they were last written: to see what changed without looking at a row.

It is read whole and written whole, so many rows of a kind packed together: a large record has millions, and ten reports
change a few hundred.
"""

from __future__ import annotations

import hashlib
import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import compress

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.store.positions import Positions, place

HALF = 8  # bytes of a hash
PACKED = 1 << 16  # rows packed together
FEW_KEPT = 0.5  # share of rows that stay, below which a table is emptied at once instead of row by row
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


def ids_written(connection: sqlite3.Connection, kind: str) -> set[str]:
    """The ids of a kind that were written, whatever its table holds now."""
    return set(_read(connection, kind).ids)


def forget_written(connection: sqlite3.Connection, kind: str) -> None:
    """Take nothing for granted of a kind."""
    connection.execute("DELETE FROM written WHERE kind = ?", (kind,))


def note_change(
    connection: sqlite3.Connection, kind: str, prints: Mapping[str, bytes], held: Written, room: int = 1
) -> Change:
    """Compare with what was written, and note what will be; `prints` are in the order that the rows have now."""
    known, position_of = held.by_id(), dict(zip(held.ids, held.positions.tolist(), strict=True))
    before = np.array([position_of.get(id, -1) for id in prints], np.int64)
    differs = np.array([known.get(id) != one for id, one in prints.items()], np.bool_)
    lost = [id for id in held.ids if id not in prints]
    return _note(connection, kind, held, Written(list(prints), before, list(prints.values())), differs, lost, room)


def note_change_by_id(connection: sqlite3.Connection, kind: str, prints: Mapping[str, bytes], held: Written) -> Change:
    """As `note_change`, of rows in the order of their ids, whatever that of `prints`: there are so many that those
    which stay as they are had better not be looked at one by one."""
    known = held.by_id()
    differ = sorted(id for id, one in prints.items() if known.get(id) != one)
    new = [id for id in differ if id not in known]
    stay = np.ones(len(held.ids), np.bool_)
    if len(held.ids) + len(new) > len(prints):
        stay[:] = [id in prints for id in held.ids]
    ids = sorted([*compress(held.ids, stay.tolist()), *new])  # two runs, each in order
    place_of = {id: bisect_left(ids, id) for id in differ}
    old = np.ones(len(ids), np.bool_)
    old[[place_of[id] for id in new]] = False
    before, differs = np.full(len(ids), -1, np.int64), np.zeros(len(ids), np.bool_)
    before[old], differs[list(place_of.values())] = held.positions[stay], True
    all_prints = np.empty(len(ids), np.object_)
    all_prints[old] = list(compress(held.prints, stay.tolist()))
    for id, at in place_of.items():
        all_prints[at] = prints[id]
    lost = list(compress(held.ids, (~stay).tolist()))
    return _note(connection, kind, held, Written(ids, before, all_prints.tolist()), differs, lost, 1)


def _note(
    connection: sqlite3.Connection,
    kind: str,
    held: Written,
    now: Written,
    differs: NDArray[np.bool_],
    lost: Sequence[str],
    room: int,
) -> Change:
    """Place the rows `now`, whose positions are those that they hold or -1, and note what will be written of them."""
    positions = place(now.positions, room)
    makes = differs | (positions != now.positions)
    made = dict(zip(compress(now.ids, makes.tolist()), positions[makes].tolist(), strict=True))
    gone = [*lost, *compress(now.ids, (makes & (now.positions >= 0)).tolist())]
    if made or gone:
        forget_written(connection, kind)
        rows = list(_packed(list(now.ids), positions, list(now.prints)))
        connection.executemany("INSERT INTO written VALUES (?, ?, ?, ?)", ((kind, *row) for row in rows))
    if len(held.ids) - len(gone) < FEW_KEPT * len(positions):
        return Change(tuple(held.ids), dict(zip(now.ids, positions.tolist(), strict=True)), True)
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
