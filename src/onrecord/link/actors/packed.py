"""Actors packed one by one, with what is compared of them beside: most are neither changed nor asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.link.actors.sheets import number_of
from onrecord.link.columns import Index, Lookup, Numbers, Places, ids_of, number_in, paired
from onrecord.link.reports import hash_number
from onrecord.model.claims import ActorKind
from onrecord.model.ids import ID_LENGTH
from onrecord.model.record import Actor, RoleHeld

HASH = 8  # bytes
READ = 1 << 16  # actors kept at hand, with what is shown of them
HEAD = np.dtype([
    ("one", "<u8"), ("other", "<u8"),  # hashes of all that it rests on
    ("id", "<u8"),
    ("shown", "<u8"),  # a hash of what rows show of it
    ("acting", "<u8"),  # a hash of what claims rest on: id, kind, state
    ("mentions", "<i4"),  # how many
])  # fmt: skip
Print = tuple[int, int]
Fields = tuple[
    str, str, ActorKind, str | None, str | None, tuple[str, ...], tuple[RoleHeld, ...], str | None, str | None,
    tuple[str, ...], tuple[str, ...],
]  # fmt: skip


class Shown(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The first fields of an actor: the rest is passed over, not made."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None


_fields = attrgetter(*(field.name for field in fields(Actor)))
_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Fields).decode
_unpack_shown = msgspec.msgpack.Decoder(Shown).decode


class Stock:
    """All actors that were made, before and now, each in a row; `homes` says of each which report it is kept with. The
    first `held` are from before."""

    def __init__(self) -> None:
        self._heads = np.empty(0, HEAD)
        self._more: list[bytes] = []  # heads that are not among these yet
        self._new: list[tuple[int, ...]] = []
        self.names: list[str] = []
        self.packed: list[bytes] = []
        self.homes: list[int] = []
        self.held = 0

    def hold(self, heads: bytes, names: Sequence[str], packed: Sequence[bytes], home: int) -> None:
        """Take in the actors kept with a report, as `taken` gave them; ValueError or TypeError where it did not."""
        if not len(heads) == len(names) * HEAD.itemsize == len(packed) * HEAD.itemsize:
            raise ValueError("an actor without a name")
        self._more.append(heads)
        self.names.extend(names)
        self.packed.extend(packed)
        self.homes.extend([home] * len(names))
        self.held += len(names)

    def taken(self, rows: Places) -> tuple[bytes, list[str], list[bytes]]:
        """Some actors as they are kept."""
        found = rows.tolist()
        return self.heads[rows].tobytes(), [self.names[row] for row in found], [self.packed[row] for row in found]

    def add(self, actor: Actor, rests_on: Print | None = None, home: int = -1) -> int:
        """The row of an actor made now; what it rests on is its own content where nothing else is said."""
        content = _pack(_fields(actor))
        id = number_in(actor.id, "ac")
        shown = hash_number(_pack((actor.id, actor.name, actor.kind, actor.country, actor.sector)))
        acting = id ^ number_of("acting", actor.kind, actor.country or "")
        self._new.append((*(rests_on or (hash_number(content), 0)), id, shown, acting, len(actor.mentions)))
        self.names.append(actor.name)
        self.packed.append(content)
        self.homes.append(home)
        return len(self.names) - 1

    @property
    def heads(self) -> NDArray[np.void]:
        if self._more or self._new:
            parts = self._heads.tobytes(), *self._more, np.array(self._new, HEAD).tobytes()
            self._heads = np.frombuffer(b"".join(parts), HEAD)
            self._more, self._new = [], []
        return self._heads

    def find(self, prints: Numbers) -> Places:
        """The rows of actors that rest on what is told, -1 for those that are not here; `prints` are pairs."""
        heads = self.heads
        return Index(paired(heads["one"], heads["other"])).places(paired(prints[:, 0], prints[:, 1]))

    def actor(self, row: int) -> Actor:
        return unpack(self.packed[row])

    def shown(self, row: int) -> Shown:
        return _unpack_shown(self.packed[row])


def unpack(packed: bytes) -> Actor:
    return Actor(*_unpack(packed))


class Actors(Mapping[str, Actor]):
    """Actors by id, in the order of ids, unpacked where one is asked for."""

    def __init__(self, stock: Stock, rows: Places) -> None:
        """`rows` of the stock are in the order of ids."""
        self.heads = stock.heads[rows]
        self._stock, self._rows = stock, rows
        self._numbers = Lookup(self.heads["id"])
        self.shown = lru_cache(READ)(self._shown)

    def id(self, place: int) -> str:
        return f"ac_{self._numbers[place]:0{ID_LENGTH}x}"

    def ids(self, places: NDArray[np.integer[Any]]) -> list[str]:
        """The ids at some places."""
        return ids_of("ac", self.heads["id"][places])

    def rests_on(self) -> dict[str, bytes]:
        """What each rests on, as a hash, in the order of rows: most mentions first, then by name and id."""
        names = [self._stock.names[row] for row in self._rows.tolist()]
        by_name = np.array(sorted(range(len(names)), key=names.__getitem__), np.int64)
        ranked = by_name[np.argsort(-self.heads["mentions"][by_name], kind="stable")]
        hashes = np.stack([self.heads[lane][ranked] for lane in ("one", "other")], axis=1).tobytes()
        parts = (hashes[at : at + 2 * HASH] for at in range(0, len(hashes), 2 * HASH))
        return dict(zip(self.ids(ranked), parts, strict=True))

    def __getitem__(self, id: str) -> Actor:
        place = self.place(id)
        if place < 0:
            raise KeyError(id)
        return self._stock.actor(self._rows.item(place))

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.place(id) >= 0

    def __iter__(self) -> Iterator[str]:
        return map(self.id, range(len(self._rows)))

    def __len__(self) -> int:
        return len(self._rows)

    def _shown(self, id: str) -> Shown | None:
        place = self.place(id)
        return self._stock.shown(self._rows.item(place)) if place >= 0 else None

    def place(self, id: str) -> int:
        """Where an actor stands; -1 where it is not here."""
        number = number_in(id, "ac")
        return self._numbers.place(number) if number >= 0 else -1
