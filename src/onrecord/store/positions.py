"""Where rows stand in the order of export: numbers with room between them, so that a new row moves none of the others.

Positions are local to a file; only their order means anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

GAP = 1 << 32  # between two rows of a table written anew
MOST = 1 << 52  # the largest position: a number that every program can hold exactly


def place(ids: Sequence[str], held: Mapping[str, int], room: int = 1) -> dict[str, int]:
    """A position for each id, ascending, at least `room` apart; as many as can be keep the one they hold.

    Where there is no room left between two, all are placed anew.
    """
    kept = _ascending([(number, held[id]) for number, id in enumerate(ids) if id in held])
    placed: dict[str, int] = {}
    before, after = 0, 0  # the last position given, and the first number not placed yet
    for number, position in [*kept, (len(ids), -1)]:
        if number == after and position - before >= room:  # no row is new here
            placed[ids[number]] = before = position
            after += 1
            continue
        between = ids[after:number]
        step = GAP if position < 0 else (position - before) // (len(between) + 1)
        if step < room or before + step * len(between) > MOST:
            return _anew(ids, room)
        for id in between:
            before += step
            placed[id] = before
        if position >= 0:
            placed[ids[number]] = before = position
        after = number + 1
    return placed


def _anew(ids: Sequence[str], room: int) -> dict[str, int]:
    step = max(room, min(GAP, MOST // (len(ids) + 1)))
    return {id: number * step for number, id in enumerate(ids, start=1)}


def _ascending(rows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series of (number, position) in which the positions ascend as the numbers do."""
    if all(one[1] < other[1] for one, other in pairwise(rows)):
        return list(rows)
    ends: list[int] = []  # the smallest last position of a series of each length
    last: list[int] = []  # the row that ends it
    previous: list[int] = []
    for at, (_, position) in enumerate(rows):
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
        found.append(rows[at])
        at = previous[at]
    return found[::-1]
