"""Claims that may meet, block by block: the links of a block whose claims are what they were are those found before.

The fourth ground floor of this room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from onrecord.link.columns import Index, Numbers, Places, as_numbers, mixed, once, runs_of
from onrecord.link.kept import Kept, Kind
from onrecord.link.keys import Table
from onrecord.link.reports import Link

Weights = npt.NDArray[np.float64]
Blocks = Sequence[Sequence[str]]  # ids of claims that are compared with each other, sorted


@dataclass(frozen=True, slots=True)
class Linked:
    """Pairs of rows of a table that may be one, each once, with how strongly that holds."""

    left: Places
    right: Places
    weights: Weights

    def links(self, table: Table, chosen: Places) -> list[Link]:
        """Some of them as they are read, the smaller id first."""
        columns = (self.left[chosen].tolist(), self.right[chosen].tolist(), self.weights[chosen].tolist())
        ids = table.ids
        pairs = ((ids[left], ids[right], weight) for left, right, weight in zip(*columns, strict=True))
        return [Link(min(one, other), max(one, other), weight) for one, other, weight in pairs]


def joined(*parts: Linked) -> Linked:
    """Links of several kinds together; of two of one pair the stronger."""
    ends = np.concatenate([np.stack([part.left, part.right]) for part in parts], axis=1)
    weights = np.concatenate([part.weights for part in parts])
    ends.sort(axis=0)
    order = np.lexsort((-weights, ends[1], ends[0]))
    left, right = ends[:, order]
    starts, _ = runs_of(left, right)
    return Linked(left[starts], right[starts], weights[order][starts])


def linked_of(links: Sequence[Link], table: Table) -> Linked:
    left, right = (table.rows_of([getattr(link, side) for link in links]) for side in ("left", "right"))
    return Linked(left, right, np.array([link.weight for link in links], np.float64))


def link_blocks(
    kind: Kind,
    table: Table,
    blocks: tuple[Numbers, Places],
    named: Sequence[Numbers],
    pair: Callable[[Blocks], Sequence[Sequence[Link]]],
    kept: Kept,
) -> Linked:
    """The links of all blocks of two or more claims; `blocks` are these as hashes, with the row of each claim in them.

    What the links of a block rest on are its claims and, of `named`, a column each, which of its claims have one name
    (the story first, a lineage): how it is called is nothing to them, and 0 is the same as none. Where a block's links
    are kept for just that they are taken, all other blocks are given to `pair`.
    """
    rows, sizes = _in_order(*blocks)
    block = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.cumsum(sizes) - sizes
    parts = table.contents[rows]
    for number, names in enumerate(named, 1):
        parts = mixed(parts + mixed(_first_so_named(block, names[rows], table.codes[rows]), number))
    states = np.add.reduceat(mixed(parts), starts) if len(starts) else as_numbers(())
    met = once(states)  # claims that meet in several blocks are compared once
    states, first = met.numbers, met.first
    held = _held(kind, table, kept)
    at = Index(held.states).places(states)
    changed = np.flatnonzero(at < 0)
    if named:  # blocks of one story after each other: the claims of its reports are in memory then
        changed = changed[np.argsort(named[0][rows[starts[first[changed]]]], kind="stable")]
    ids = [sorted(table.ids[row] for row in rows[starts[n] : starts[n] + sizes[n]]) for n in first[changed].tolist()]
    found = list(pair(ids))
    made = linked_of([link for links in found for link in links], table)
    stays = np.zeros(len(held.states), bool)
    stays[at[at >= 0]] = True
    old = np.repeat(stays, held.sizes)
    if (held.left[old] < 0).any() or (held.right[old] < 0).any():
        raise ValueError(f"{kind}: links of claims that are not there")  # damaged: all is made anew
    left, right, weights = (
        np.concatenate([one[old], other])
        for one, other in zip((held.left, held.right, held.weights), (made.left, made.right, made.weights), strict=True)
    )
    if len(changed) or not stays.all():
        states = np.concatenate([held.states[stays], states[changed]])
        counts = np.concatenate([held.sizes[stays], np.array([len(links) for links in found], np.int64)])
        ends = (table.codes[left], table.codes[right])
        kept.put_whole(kind, [one.tobytes() for one in (states, counts, *ends, weights)])
    return joined(Linked(left, right, weights))


@dataclass(frozen=True, slots=True)
class _Held:
    """The links of blocks by what they rest on: how many of each, and these one after the other."""

    states: Numbers
    sizes: Places
    left: Places
    right: Places
    weights: Weights


def _held(kind: Kind, table: Table, kept: Kept) -> _Held:
    found = cast("Sequence[Any]", kept.get_whole(kind) or [b""] * 5)
    states, left, right = (np.frombuffer(found[n], np.uint64) for n in (0, 2, 3))
    sizes, weights = np.frombuffer(found[1], np.int64), np.frombuffer(found[4], np.float64)
    return _Held(states, sizes, table.index.places(left), table.index.places(right), weights)


def _in_order(codes: Numbers, rows: Places) -> tuple[Places, Places]:
    """The rows of blocks of two or more, block by block, and how many each has."""
    order = np.argsort(codes, kind="stable")
    _, sizes = runs_of(codes[order])
    return rows[order][np.repeat(sizes > 1, sizes)], sizes[sizes > 1]


def _first_so_named(block: Places, names: Numbers, codes: Numbers) -> Numbers:
    """For each claim of each block the smallest code of those of the block that have its name; 0 where it has none."""
    order = np.lexsort((names, block))
    starts, sizes = runs_of(block[order], names[order])
    found = np.zeros(len(names), np.uint64)
    if len(starts):
        found[order] = np.repeat(np.minimum.reduceat(codes[order], starts), sizes)
    found[names == 0] = 0
    return found
