"""Where rows stand in the order of export: numbers with room between them, so that a new row moves none of the others.

Positions are local to a file; only their order means anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GAP = 1 << 32  # between two rows of a table written anew
MOST = 1 << 52  # the largest position: a number that every program can hold exactly
Positions = NDArray[np.int64]


def place(held: Positions, room: int = 1) -> Positions:
    """A position for each row of a table, ascending, at least `room` apart; as many as can be keep the one they hold.

    `held` are in the order that the rows have now, -1 for a new one. Where there is no room left between two, all are
    placed anew.
    """
    size = len(held)
    stay = np.flatnonzero(held >= 0)
    if not (np.diff(held[stay]) > 0).all():
        stay = stay[_ascending(held[stay].tolist())]
    # between two that stay, before the first and behind the last: how many rows are new, and the step from one to next
    bounds = np.concatenate(([0], held[stay]))
    new = np.diff(np.concatenate(([-1], stay, [size]))) - 1
    steps = np.append(np.diff(bounds) // (new[:-1] + 1), GAP)
    if (steps < room).any() or bounds[-1] + GAP * int(new[-1]) > MOST:
        return _anew(size, room)
    number = np.arange(size) - np.repeat(np.concatenate(([-1], stay)), new + 1)[1:]  # of each since the last that stays
    before = np.repeat(bounds, new + 1)[1:]
    placed: Positions = before + number * np.repeat(steps, new + 1)[1:]
    return placed


def _anew(size: int, room: int) -> Positions:
    step = max(room, min(GAP, MOST // (size + 1)))
    return np.arange(1, size + 1, dtype=np.int64) * step


def _ascending(positions: Sequence[int]) -> list[int]:
    """The places of the longest ascending series among some positions."""
    ends: list[int] = []  # the smallest last position of a series of each length
    last: list[int] = []  # the place that ends it
    previous: list[int] = []
    for at, position in enumerate(positions):
        length = bisect_left(ends, position) if ends and position <= ends[-1] else len(ends)
        previous.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(position)
            last.append(at)
        else:
            ends[length], last[length] = position, at
    found = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(at)
        at = previous[at]
    return found[::-1]
