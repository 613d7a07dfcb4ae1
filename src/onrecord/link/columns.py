"""The lowest floor of this room: columns of numbers, one row a claim, so that what is asked of every claim of a pile is
asked of all at once.

Hashes have 64 bits and are added up where their order means nothing: a sum of mixed numbers stands for a set. That two
of a million states ever meet by chance has odds of one to ten million.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.model.ids import ID_LENGTH

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]  # rows of a table, or numbers of reports or groups; -1: none

STEP = 0x9E3779B97F4A7C15  # these three are those of splitmix64 (Steele and others, 2014)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
FIRST_BITS = 16  # of a hash, by which a single one is looked up
ID = re.compile(rf"([a-z]+)_([0-9a-f]{{{ID_LENGTH}}})")


def mixed(numbers: Numbers, salt: int = 0) -> Numbers:
    """Numbers whose every bit depends on every bit of these and on `salt`: what differs anywhere differs everywhere."""
    found = numbers + np.uint64(STEP * (salt + 1) & 0xFFFFFFFFFFFFFFFF)
    found = (found ^ (found >> np.uint64(30))) * FIRST
    found = (found ^ (found >> np.uint64(27))) * SECOND
    return found ^ (found >> np.uint64(31))


def paired(one: Numbers, other: Numbers) -> Numbers:
    """A number for each pair of numbers, another one for the same two the other way round."""
    return mixed(one + mixed(other, 1))


def summed(numbers: Numbers, at: Places, size: int) -> Numbers:
    """The sum of the numbers at each of `size` places; those at -1 count for none."""
    found = np.zeros(size, np.uint64)
    there = at >= 0
    np.add.at(found, at[there], numbers[there])
    return found


def numbers_in(parts: Iterable[bytes]) -> Numbers:
    """What is kept of many reports as one column."""
    return np.frombuffer(b"".join(parts), np.uint64)


def as_numbers(values: Sequence[int]) -> Numbers:
    return np.array(values, np.uint64)


def number_in(id: str, kind: str) -> int:
    """The hash that an id of some kind ends with as a number; -1 where it is no such id."""
    found = ID.fullmatch(id)
    return int(found[2], 16) if found and found[1] == kind else -1


def ids_of(kind: str, numbers: Numbers) -> list[str]:
    """The ids of some kind that end with these hashes: for many at once, in a quarter of the time."""
    digits = numbers.astype(">u8").tobytes().hex()
    return [f"{kind}_{digits[at : at + ID_LENGTH]}" for at in range(0, len(digits), ID_LENGTH)]


def runs_of(*columns: npt.NDArray[Any]) -> tuple[Places, Places]:
    """Where the runs of equal rows begin in sorted columns, and how long each is."""
    size = len(columns[0])
    if not size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    differ = np.zeros(size - 1, bool)
    for column in columns:
        differ |= column[1:] != column[:-1]
    starts = np.concatenate([np.zeros(1, np.int64), np.flatnonzero(differ) + 1])
    return starts, np.diff(np.append(starts, size))


@dataclass(frozen=True, slots=True)
class Once:
    """Some numbers in order, each once, with the place where each stands first, and for each number given its own place
    among these: twice as quick here as numpy's `unique`."""

    numbers: Numbers
    first: Places
    which: Places


def once(numbers: Numbers) -> Once:
    order = np.argsort(numbers)
    ordered = numbers[order]
    starts, sizes = runs_of(ordered)
    which = np.empty(len(numbers), np.int64)
    which[order] = np.repeat(np.arange(len(starts)), sizes)
    first: Places = np.minimum.reduceat(order, starts) if len(starts) else starts
    return Once(ordered[starts], first, which)


class Index:
    """Where each of some numbers stands; of equal ones the first."""

    def __init__(self, numbers: Numbers) -> None:
        self._once = once(numbers)

    def places(self, wanted: Numbers) -> Places:
        """The place of each wanted number; -1 where it is not there."""
        at = places_in(self._once.numbers, wanted)
        return np.where(at >= 0, self._once.first[at], -1) if len(self._once.first) else at


def places_in(ordered: Numbers, wanted: Numbers) -> Places:
    """The place of each wanted number among some in order; -1 where it is not there."""
    if not len(ordered):
        return np.full(len(wanted), -1, np.int64)
    order = np.argsort(wanted)  # looked up in order, which is several times as quick
    at = np.empty(len(wanted), np.int64)
    at[order] = np.minimum(np.searchsorted(ordered, wanted[order]), len(ordered) - 1)
    return np.where(ordered[at] == wanted, at, -1)


class Lookup:
    """Where each of some hashes stands in their order, looked up one by one: the first bits say about where."""

    def __init__(self, ordered: Numbers) -> None:
        self._numbers = array("Q", np.ascontiguousarray(ordered, np.uint64).tobytes())
        bounds = np.arange(1 << FIRST_BITS, dtype=np.uint64) << np.uint64(64 - FIRST_BITS)
        self._starts = array("Q", np.append(np.searchsorted(ordered, bounds), len(ordered)).astype(np.uint64).tobytes())

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, place: int) -> int:
        return self._numbers[place]

    def place(self, number: int) -> int:
        """The place of a number; -1 where it is not there."""
        about = number >> 64 - FIRST_BITS
        place = bisect_left(self._numbers, number, self._starts[about], self._starts[about + 1])
        return place if place < len(self._numbers) and self._numbers[place] == number else -1

    def places(self, wanted: Numbers) -> Places:
        """The places of many numbers at once, in a third of the time."""
        return places_in(np.frombuffer(self._numbers, np.uint64), wanted)


def components(left: Places, right: Places, size: int) -> Places:
    """For each of `size` places the smallest one that links lead to."""
    label = np.arange(size)
    while True:
        least = np.minimum(label[left], label[right])
        before = label.copy()
        np.minimum.at(label, label[left], least)
        np.minimum.at(label, label[right], least)
        label = label[label]
        if np.array_equal(label, before):
            return label
