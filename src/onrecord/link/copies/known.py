"""What was found of two texts, kept in columns, so that the same two are compared once only.

A pair is known by a number made of what both texts are, not by their names: whatever else has changed in the pile, what
is kept of it holds. Of a million pairs asked for among a million kept, two share a number with a chance of one in
twenty million.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.link.columns import Numbers, Places
from onrecord.link.kept import Kept, Kind

Rows = NDArray[np.void]  # of a form whose field `pair` is the number of a pair


def joined(values: Iterable[bytes], form: np.dtype[Any]) -> NDArray[Any]:
    """Bytes that are kept by report, one after the other, as one array."""
    return np.frombuffer(b"".join(values), form)


def known_or_made(
    kind: Kind,
    ids: Sequence[str],
    first: Places,
    pairs: Numbers,
    form: np.dtype[Any],
    make: Callable[[Places], Rows],
    kept: Kept,
) -> Rows:
    """A row for each of some `pairs`, kept with the report that comes `first` (its number among `ids`); `make` gives
    those that are not known yet, by their places. Rows that nobody asks for go when their report gets new ones."""
    values: Sequence[Sequence[Any]] = [value for id in ids if (value := kept.get(kind, id))]
    held = joined((value[0] for value in values), form)
    held = held[np.argsort(held["pair"])]
    rows = np.zeros(len(pairs), form)
    known = np.zeros(len(pairs), np.bool_)
    if len(held):
        at = np.minimum(np.searchsorted(held["pair"], pairs), len(held) - 1)
        known = held["pair"][at] == pairs
        rows[known] = held[at[known]]
    new = np.flatnonzero(~known)
    if len(new):
        rows[new] = make(new)
        rows["pair"][new] = pairs[new]
        order = np.argsort(first, kind="stable")
        ordered, owners = first[order], np.unique(first[new])
        begins, ends = (np.searchsorted(ordered, owners, side) for side in ("left", "right"))
        for owner, begin, end in zip(owners.tolist(), begins.tolist(), ends.tolist(), strict=True):
            kept.put(kind, ids[owner], (rows[order[begin:end]].tobytes(),))
    return rows
