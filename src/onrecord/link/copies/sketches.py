"""What two texts share, counted in words that stand inside runs which both have; quotations apart."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from onrecord.link.reports import Wording

Relation = Literal["copy", "part", "quotes_only", "independent"]
Runs = NDArray[np.uint32]
Number = TypeVar("Number", np.uint32, np.uint64)

RUN = 4  # words in a row that count as shared: the usual length in work on text reuse; 3 finds stock phrases
COPY = 0.6  # of the shorter text's own words in shared runs: the rest is what an editor changes ("Monday" to "today")
PART = 0.2  # of the shorter text: about one paragraph in five taken over
PART_WORDS = 8  # and never less than one clause
PASSAGE = 25  # own words in shared runs, about one paragraph, make a part of a report of any length …
PASSAGE_RUN = 12  # … where so many of them stand in a row, which no two reporters hit upon by chance
MIX = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)  # odd numbers, one a word of a run, so that its order counts
WORDS_KEPT = 1 << 16  # hashes of words kept at hand


@dataclass(frozen=True, eq=False)
class Sketch:
    """A report's runs: the hash of the run that starts at each word, and whether it lies outside quotations."""

    length: int
    unquoted: int
    runs: Runs
    own: NDArray[np.bool_]

    @cached_property
    def all_runs(self) -> Runs:
        """The runs, each once, in order of their hashes."""
        return each_once(self.runs)

    @cached_property
    def own_runs(self) -> Runs:
        """The runs outside quotations, each once, in order of their hashes."""
        return each_once(self.runs[self.own])


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two reports share. Shares are of each one's words inside shared runs; `own` ones leave quotations out."""

    left: str
    right: str
    left_share: float
    right_share: float
    left_own: float
    right_own: float
    own_words: int
    longest: int


def each_once(numbers: NDArray[Number]) -> NDArray[Number]:
    """Numbers in order, each once: quicker here than numpy's `unique`, which hashes them."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _shared(one: Runs, other: Runs) -> Runs:
    """The runs that both have, of two that have each once and in order."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return short[is_in(short, long)]


def is_in(runs: Runs, ordered: Runs) -> NDArray[np.bool_]:
    """Which runs are among some that stand in order."""
    if not len(ordered):
        return np.zeros(len(runs), np.bool_)
    found: NDArray[np.bool_] = ordered[np.minimum(np.searchsorted(ordered, runs), len(ordered) - 1)] == runs
    return found


def sketch(wording: Wording) -> Sketch:
    """The runs of a text."""
    size = max(0, len(wording.words) - RUN + 1)
    words = np.array([_word(word) for word in wording.words], np.uint32)
    quoted = np.frombuffer(wording.quoted, np.bool_)
    runs, own = np.zeros(size, np.uint32), np.ones(size, np.bool_)
    for place, factor in enumerate(MIX):
        runs = (runs ^ words[place : place + size]) * np.uint32(factor)
        own &= ~quoted[place : place + size]
    runs ^= runs >> np.uint32(15)
    return Sketch(len(words), int(len(words) - quoted.sum()), runs, own)


@lru_cache(WORDS_KEPT)
def _word(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def covered(starts: NDArray[np.bool_], length: int) -> tuple[int, int]:
    """How many of a text's words stand inside the runs that start where `starts` says, and the longest stretch."""
    inside = np.zeros(length + 2, np.int8)  # one word of nothing on each side
    for place in range(RUN):
        inside[1 + place : 1 + place + len(starts)] |= starts
    edges = np.flatnonzero(np.diff(inside))
    stretches = edges[1::2] - edges[::2]
    return int(stretches.sum()), int(stretches.max(initial=0))


def compare(left: str, right: str, sketches: Mapping[str, Sketch]) -> Overlap:
    """The overlap of two reports, counted on both sides."""
    one, other = sketches[left], sketches[right]
    shared, own = _shared(one.all_runs, other.all_runs), _shared(one.own_runs, other.own_runs)
    left_all, right_all = (covered(is_in(side.runs, shared), side.length)[0] for side in (one, other))
    one_own, longest = covered(one.own & is_in(one.runs, own), one.length)
    other_own, _ = covered(other.own & is_in(other.runs, own), other.length)
    return Overlap(
        left,
        right,
        left_all / max(1, one.length),
        right_all / max(1, other.length),
        one_own / max(1, one.unquoted),
        other_own / max(1, other.unquoted),
        min(one_own, other_own),
        longest,
    )


def least_runs(unquoted: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many runs texts of so many unquoted words must share with a longer one, if they cover no less than a part."""
    least: NDArray[np.float64] = np.ceil(np.clip(PART * unquoted, PART_WORDS, PASSAGE) / RUN)
    return least.astype(np.int64)


def relation(overlap: Overlap) -> Relation:
    """What an overlap makes of two reports."""
    own = max(overlap.left_own, overlap.right_own)
    if own >= COPY and overlap.own_words >= PART_WORDS:
        return "copy"
    if own >= PART and overlap.own_words >= PART_WORDS:
        return "part"
    if overlap.own_words >= PASSAGE and overlap.longest >= PASSAGE_RUN:
        return "part"
    if max(overlap.left_share, overlap.right_share) > own and overlap.own_words < PART_WORDS:
        return "quotes_only"
    return "independent"
