"""Which texts are worth comparing: an index from each run of words to the texts that have it.

All pairs that can share enough are found, but for runs in a crowd of texts: there each text is paired with the first
one and with the one before it, which is enough to tie prints of one wire together. Runs that several different texts of
one outlet share, and no text of another outlet or of an unknown one has, are the outlet's furniture and count for
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from onrecord.link.columns import mixed, summed
from onrecord.link.copies.sketches import Runs, each_once

CROWD = 8  # texts with one run, up to which all are paired with all
TIED = 9  # runs that two texts of a crowd share, or they are not looked at
FURNITURE = 3  # a run in so many reports of one outlet, and in no other's, is the outlet's furniture
SLICE = 8_000_000  # runs sorted at a time: about 200 MB
SIEVED = 2 * SLICE  # runs from which on pairs are so many that a sieve goes before
SIEVE_BITS = 26
SIEVE = 1 << SIEVE_BITS  # places of the sieve: 128 MB
SPREAD = np.uint64(0x9E3779B97F4A7C15)  # odd, so that neighbouring pairs fall on places far apart

Pairs = NDArray[np.uint64]
Counted = tuple[Pairs, NDArray[np.int64]]  # pairs, each once and in order, and how many runs they share
Keys = NDArray[np.uint64]  # a run in the upper half, the number of a text in the lower
Slice = tuple[Keys, NDArray[np.int64], Keys]  # see `_slices`
UNKNOWN = -1  # the outlet of a report that names none
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Index:
    """The runs of all texts, text after text and as often as they occur, how many each text has, and which of them
    count (all, where that is not said)."""

    runs: Runs
    sizes: NDArray[np.int64]
    counted: NDArray[np.bool_] | None = None

    @classmethod
    def of(cls, runs: Sequence[Runs]) -> Index:
        joined = np.concatenate(runs) if runs else np.zeros(0, np.uint32)
        return cls(joined, np.array([len(one) for one in runs], np.int64))

    def parts(self) -> int:
        """Into how many parts the runs fall, so that few enough are sorted at a time."""
        parts = 1
        while len(self.runs) > parts * SLICE:
            parts *= 2
        return parts

    def keys(self, part: int, parts: int) -> Keys:
        """The keys of the runs that end in some bits, one of so many parts of them all."""
        ends = np.cumsum(self.sizes)
        chosen: list[Keys] = []
        first = begin = 0
        while first < len(ends):
            after = max(first + 1, int(np.searchsorted(ends, begin + SLICE, side="right")))
            end = int(ends[after - 1])
            owners = np.repeat(np.arange(first, after, dtype=np.uint32), self.sizes[first:after])
            keys = self.runs[begin:end].astype(np.uint64)
            keys <<= HALF
            keys |= owners
            if self.counted is not None:
                keys = keys[self.counted[begin:end]]
            if parts > 1:
                keys = keys[(keys >> HALF) & np.uint64(parts - 1) == part]
            chosen.append(keys)
            first, begin = after, end
        return np.concatenate(chosen) if chosen else np.zeros(0, np.uint64)


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of texts, by number, one a row, the smaller first, in order; the runs that are furniture, in order, and for
    each text a number that tells its furniture from any other."""

    pairs: NDArray[np.int64]
    furniture: Runs
    marks: NDArray[np.uint64]


def find_pairs(index: Index, least: ArrayLike, outlets: ArrayLike | None = None) -> Found:
    """Pairs of texts that share as many runs as one of both needs at the `least`; `outlets` number each text's.

    Pairs of a large pile are gone through twice: the first time a sieve counts them by their hash, so that the second
    time only those are kept that may share enough.
    """
    needed = np.asarray(least, np.int64)
    outlet_of = np.full(len(needed), UNKNOWN) if outlets is None else np.asarray(outlets, np.int64)
    slices: Iterable[Slice] = _slices(index, outlet_of)
    sieve = np.zeros(SIEVE, np.uint16) if len(index.runs) > SIEVED else None
    if sieve is not None:
        slices = list(slices)
        for keys, starts, _ in slices:
            pairs, counts = _pairs_of(keys, starts)
            np.add.at(sieve, _place(pairs), counts.astype(np.uint16))
    close: list[Counted] = []
    crowded: list[Counted] = []
    furniture: list[Keys] = []
    for keys, starts, useless in slices:
        pairs, counts = _pairs_of(keys, starts)
        if sieve is not None:
            may = sieve[_place(pairs)] >= _fewer(pairs, needed)
            pairs, counts = pairs[may], counts[may]
        close.append((pairs, counts))
        crowded.append(_pairs_of_crowds(keys, starts))
        furniture.append(useless)
    if not close:
        return Found(np.zeros((0, 2), np.int64), np.zeros(0, np.uint32), np.zeros(len(needed), np.uint64))
    pairs, counts = _added(close)
    tied, times = _added(crowded)
    chosen = each_once(np.concatenate([pairs[counts >= _fewer(pairs, needed)], tied[times >= TIED]]))
    sides = np.stack([chosen >> HALF, chosen & LOW], axis=1).astype(np.int64)
    return Found(sides, *_furniture(np.concatenate(furniture), len(needed)))


def _added(found: Sequence[Counted]) -> Counted:
    """Pairs of several slices, each once, with all that they share."""
    if len(found) == 1:
        return found[0]
    pairs, place = np.unique(np.concatenate([pairs for pairs, _ in found]), return_inverse=True)
    counts = np.bincount(place, np.concatenate([counts for _, counts in found]), len(pairs))
    return pairs, counts.astype(np.int64)


def _furniture(useless: Keys, texts: int) -> tuple[Runs, NDArray[np.uint64]]:
    runs = useless >> HALF
    return each_once(runs.astype(np.uint32)), summed(mixed(runs), (useless & LOW).astype(np.int64), texts)


def _fewer(pairs: Pairs, needed: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.minimum(needed[(pairs >> HALF).astype(np.int64)], needed[(pairs & LOW).astype(np.int64)])


def _place(pairs: Pairs) -> NDArray[np.int64]:
    """Where the sieve counts a pair."""
    return ((pairs * SPREAD) >> np.uint64(64 - SIEVE_BITS)).astype(np.int64)


def _slices(index: Index, outlet_of: NDArray[np.int64]) -> Iterator[Slice]:
    """Keys of the runs that several texts have, each once and sorted, where each run begins, and the keys of furniture,
    which are none of these; a slice of the runs at a time, by their last bits."""
    parts = index.parts()
    for part in range(parts):
        keys = index.keys(part, parts)
        keys.sort()
        yield _without_furniture(_shared_only(keys), outlet_of)


def _shared_only(keys: Keys) -> Keys:
    """Each of the sorted keys once, without the runs that one text alone has."""
    keys = keys[_is_new(keys)]
    first = _is_new((keys >> HALF).astype(np.uint32))
    last = np.append(first[1:], True)[: len(first)]
    shared: Keys = keys[~(first & last)]
    return shared


def _is_new(numbers: NDArray[np.uint64] | NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which of some numbers in order are not the one before again."""
    first = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return first


def _without_furniture(keys: Keys, outlet_of: NDArray[np.int64]) -> tuple[Keys, NDArray[np.int64], Keys]:
    starts = _starts(keys)
    if not len(starts):
        return keys, starts, keys
    sizes = np.diff(starts, append=len(keys))
    outlet = outlet_of[(keys & LOW).astype(np.int64)]
    least, most = np.minimum.reduceat(outlet, starts), np.maximum.reduceat(outlet, starts)
    useless = (sizes >= FURNITURE) & (least == most) & (least != UNKNOWN)
    if not useless.any():
        return keys, starts, keys[:0]
    out = np.repeat(useless, sizes)
    kept = keys[~out]
    return kept, _starts(kept), keys[out]


def _starts(keys: Keys) -> NDArray[np.int64]:
    return np.flatnonzero(_is_new((keys >> HALF).astype(np.uint32)))


def _pairs_of(keys: Keys, starts: NDArray[np.int64]) -> Counted:
    """Pairs that share runs which no crowd has."""
    sizes = np.diff(starts, append=len(keys))
    texts = keys & LOW
    found = [np.zeros(0, np.uint64)]
    for size in range(2, CROWD + 1):
        of_size = texts[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(size, 1)
        found.append(((of_size[:, left] << HALF) | of_size[:, right]).ravel())
    return np.unique(np.concatenate(found), return_counts=True)


def _pairs_of_crowds(keys: Keys, starts: NDArray[np.int64]) -> Counted:
    """Of each crowd the pairs of one with the first and with the one before it."""
    sizes = np.diff(starts, append=len(keys))
    later = np.repeat(sizes > CROWD, sizes)
    later[starts] = False
    at = np.flatnonzero(later)
    texts, first = keys & LOW, keys[np.repeat(starts, sizes)[at]] & LOW
    pairs = np.concatenate([(texts[at - 1] << HALF) | texts[at], (first << HALF) | texts[at]])
    return np.unique(pairs, return_counts=True)
