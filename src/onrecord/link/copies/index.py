"""Which texts are worth comparing: an index from each run of words to the texts that have it.

All pairs that can share enough are found, but for runs in a crowd of texts: there each text is paired with the first
one and with the one before it, which is enough to tie prints of one wire together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.link.copies.sketches import Runs

CROWD = 8  # texts with one run, up to which all are paired with all
TIED = 9  # runs that two texts of a crowd share, or they are not looked at
FURNITURE = 3  # a run in so many reports of one outlet, and in no other's, is the outlet's furniture
SLICE = 4_000_000  # runs sorted at a time: about 100 MB
SIEVE_BITS = 26
SIEVE = 1 << SIEVE_BITS  # places of the sieve: 128 MB
SPREAD = np.uint64(0x9E3779B97F4A7C15)  # odd, so that neighbouring pairs fall on places far apart

Pairs = NDArray[np.uint64]
UNKNOWN = -1  # the outlet of a report that names none
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)


def find_furniture(runs: Sequence[Runs], outlets: Sequence[int]) -> Runs:
    """Runs that several different texts of one outlet share, and no text of another outlet or of an unknown one has."""
    outlet_of = np.array(outlets, np.int64)
    found = []
    for keys, starts in _slices(runs):
        sizes = np.diff(starts, append=len(keys))
        outlet = outlet_of[(keys & LOW).astype(np.int64)]
        least, most = np.minimum.reduceat(outlet, starts), np.maximum.reduceat(outlet, starts)
        known = (sizes >= FURNITURE) & (least == most) & (least != UNKNOWN)
        found.append((keys[starts[known]] >> HALF).astype(np.uint32))
    return np.sort(np.concatenate(found)) if found else np.zeros(0, np.uint32)


def find_pairs(runs: Sequence[Runs], least: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of texts, by number, the smaller first, that share as many runs as one of both needs at the `least`.

    A large pile is gone through twice: the first time a sieve counts pairs by their hash, so that the second time only
    those are kept that may share enough.
    """
    needed = np.array(least, np.int64)
    sieve = np.zeros(SIEVE, np.uint16) if sum(map(len, runs)) > SLICE else None
    if sieve is not None:
        for keys, starts in _slices(runs):
            pairs, counts, _ = _pairs_of(keys, starts)
            np.add.at(sieve, _place(pairs), counts.astype(np.uint16))
    kept: list[Pairs] = []
    times: list[NDArray[np.int64]] = []
    crowded: set[int] = set()
    for keys, starts in _slices(runs):
        pairs, counts, crowd = _pairs_of(keys, starts)
        if sieve is not None:
            may = sieve[_place(pairs)] >= _fewer(pairs, needed)
            pairs, counts = pairs[may], counts[may]
        kept.append(pairs)
        times.append(counts)
        crowded.update(crowd)
    if not kept:
        return []
    found, place = np.unique(np.concatenate(kept), return_inverse=True)
    shared = np.bincount(place, np.concatenate(times), len(found))
    enough = (int(pair) for pair in found[shared >= _fewer(found, needed)])
    return sorted((pair >> 32, pair & 0xFFFFFFFF) for pair in {*enough, *crowded})


def _fewer(pairs: Pairs, needed: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.minimum(needed[(pairs >> HALF).astype(np.int64)], needed[(pairs & LOW).astype(np.int64)])


def _place(pairs: Pairs) -> NDArray[np.int64]:
    """Where the sieve counts a pair."""
    return ((pairs * SPREAD) >> np.uint64(64 - SIEVE_BITS)).astype(np.int64)


def _slices(runs: Sequence[Runs]) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
    """Keys of run and text, sorted, and where each run begins; a slice at a time, by last bits."""
    parts = 1
    while sum(map(len, runs)) > parts * SLICE:
        parts *= 2
    for part in range(parts):
        keys = [
            (chosen.astype(np.uint64) << HALF) | np.uint64(number)
            for number, found in enumerate(runs)
            if len(chosen := found[(found & np.uint32(parts - 1)) == part])
        ]
        if keys:
            ordered = np.concatenate(keys)
            ordered.sort()
            yield ordered, np.flatnonzero(np.diff(ordered >> HALF, prepend=np.uint64(1 << 33)))


def _pairs_of(keys: NDArray[np.uint64], starts: NDArray[np.int64]) -> tuple[Pairs, NDArray[np.int64], set[int]]:
    """Pairs with how many runs they share, and the pairs of crowds that share enough of them."""
    sizes = np.diff(starts, append=len(keys))
    texts = keys & LOW
    found = []
    for size in range(2, CROWD + 1):
        of_size = texts[starts[sizes == size][:, None] + np.arange(size)]
        if len(of_size):
            left, right = np.triu_indices(size, 1)
            found.append(((of_size[:, left] << HALF) | of_size[:, right]).ravel())
    crowd = []
    for start, size in zip(starts[sizes > CROWD], sizes[sizes > CROWD], strict=True):
        inside = texts[start : start + size]
        crowd.extend([(inside[:-1] << HALF) | inside[1:], (inside[0] << HALF) | inside[1:]])
    pairs, counts = np.unique(np.concatenate(found), return_counts=True) if found else (np.zeros(0, np.uint64), [])
    many, times = np.unique(np.concatenate(crowd), return_counts=True) if crowd else (np.zeros(0, np.uint64), [])
    return pairs, np.asarray(counts, np.int64), {int(pair) for pair in many[np.asarray(times) >= TIED]}
