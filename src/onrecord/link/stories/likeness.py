"""How like each other the reports of a pile are: the cosine of their rare words, less with every day between them.

Reports stand in the order of their days, and each is compared with those before it that are near enough to count: a
term's holders are gone through from where these begin.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.model.days import Days

FAINT = 0.03  # likeness below which two reports have nothing in common
HALF_LIFE = 30.0  # days after which likeness counts half: the same words a month later are often another story
UNKNOWN = 0.85  # factor where a date is unknown
REACH = math.ceil(-HALF_LIFE * math.log2(FAINT))  # days beyond which even the same words count for nothing
LOOSE = 60  # days within which a report may have come out, beyond which its place in time helps no search
CELLS = 1 << 16  # pairs compared at a time: few enough to stay in the processor's cache

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]
Terms = tuple[NDArray[np.uint32], NDArray[np.uint16]]  # hashes of a report's stems in order, and how often it has each


@dataclass(frozen=True, slots=True)
class Vectors:
    """Numbers of terms and their weights, report by report, of which `sizes` says how many each has."""

    sizes: Whole
    terms: Whole
    weights: Numbers


@dataclass(frozen=True, slots=True)
class Timing:
    """The days of reports in `order`, as ordinals: those that came out within a short time by their first day, then
    `loose` ones, of which that is not known."""

    order: Whole
    first: Numbers
    last: Numbers
    loose: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of reports (or stories) by number, `left` < `right`, in order, with the sum of likeness between both."""

    left: Whole
    right: Whole
    sums: Numbers


def days_of(published: Sequence[Days | None]) -> Timing:
    first, last = (np.array([_ordinal(days, side) for days in published], np.float64) for side in (0, 1))
    loose = ~(last - first <= LOOSE)
    order = np.lexsort((np.where(loose, 0.0, first), loose))
    return Timing(order, first[order], last[order], int(loose.sum()))


def _ordinal(days: Days | None, side: int) -> float:
    return math.nan if days is None else float(datetime.date.fromisoformat(days[side]).toordinal())


def compare(vectors: Vectors, days: Timing) -> Pairs:
    """The likeness of all pairs of reports that share terms, unless it is faint; reports stand in the order of `days`.

    Where reports are many, it is worked out for some of them at a time, with all that come before.
    """
    count, sizes = len(vectors.sizes), vectors.sizes
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    reports = np.repeat(np.arange(count), sizes)
    in_order = vectors.terms * count + reports
    by_term = np.argsort(in_order)  # each term's holders one after the other, in their order
    in_order = in_order[by_term]
    holders, weights = reports[by_term], vectors.weights[by_term]
    nearest = _first_near(days)
    own_place, begin = np.empty(len(by_term), np.int64), np.empty(len(by_term), np.int64)
    own_place[by_term] = np.arange(len(by_term))
    # looked up in nearly their own order, which is several times as quick
    begin[by_term] = np.searchsorted(in_order, in_order - holders + nearest[holders])
    found: list[Pairs] = []
    at = 0
    while at < count:
        base = int(nearest[at])
        end = count if at >= count - days.loose else count - days.loose  # of loose ones `nearest` begins anew
        after = min(end, at + _rows(at - base))
        width, part = after - base, slice(int(starts[at]), int(starts[after]))
        lengths = own_place[part] - begin[part]
        ends = np.cumsum(lengths)
        held = np.repeat(begin[part] - (ends - lengths), lengths) + np.arange(int(ends[-1]) if len(ends) else 0)
        cells = np.repeat((reports[part] - at) * width - base, lengths) + holders[held]
        cosines = np.bincount(cells, np.repeat(vectors.weights[part], lengths) * weights[held], (after - at) * width)
        alike = np.flatnonzero(cosines >= FAINT)
        right, left = np.divmod(alike, width)
        right, left = right + at, left + base
        likeness = cosines[alike] * _nearness(days, left, right)
        clear = likeness >= FAINT
        found.append(Pairs(left[clear], right[clear], likeness[clear]))
        at = after
    if not found:
        return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    return Pairs(
        np.concatenate([one.left for one in found]),
        np.concatenate([one.right for one in found]),
        np.concatenate([one.sums for one in found]),
    )


def _rows(before: int) -> int:
    """How many reports are compared at a time, with so many before the first of them and with each other."""
    return max(1, int(math.sqrt(before * before / 4 + CELLS) - before / 2))


def _first_near(days: Timing) -> Whole:
    """For each report the first in order from which on some may be near enough in time; of loose ones all may be."""
    tight = len(days.first) - days.loose
    nearest = np.zeros(len(days.first), np.int64)
    latest = np.maximum.accumulate(days.last[:tight])
    nearest[:tight] = np.searchsorted(latest, days.first[:tight] - REACH)
    return nearest


def _nearness(days: Timing, one: Whole, other: Whole) -> Numbers:
    """By which factor the distance in days of two reports lessens their likeness."""
    gaps = np.maximum(np.maximum(days.first[one] - days.last[other], days.first[other] - days.last[one]), 0.0)
    factors: Numbers = np.where(np.isnan(gaps), UNKNOWN, 0.5 ** (gaps / HALF_LIFE))
    return factors
