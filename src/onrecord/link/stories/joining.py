"""Reports joined into stories by average linkage: the two stories of the highest mean likeness are joined first."""

from __future__ import annotations

import numpy as np

from onrecord.link.stories.likeness import Pairs, Whole

JOIN = 0.06  # mean likeness (cosine) from which two stories are one


def join(pairs: Pairs, count: int) -> Whole:
    """For each of `count` reports the smallest number of its story's reports; pairs that are not named count 0.

    In each round every two stories that are each other's closest are joined. A mean never rises above those it is made
    of, so that gives the same stories as always joining the closest two of all, and one with nothing close enough is
    done with. Of equally close ones the last is taken, so that two closest always exist.
    """
    story, size = np.arange(count), np.ones(count, np.int64)
    while len(pairs.left):
        mean = pairs.sums / (size[pairs.left] * size[pairs.right])
        best = np.zeros(count)
        closest = np.full(count, -1)
        for side in (pairs.left, pairs.right):
            np.maximum.at(best, side, mean)
        for side, other in ((pairs.left, pairs.right), (pairs.right, pairs.left)):
            at_best = mean >= best[side]
            np.maximum.at(closest, side[at_best], other[at_best])
        near = np.flatnonzero(best >= JOIN)
        keep = near[(closest[closest[near]] == near) & (near < closest[near])]
        if not len(keep):
            break
        gone = closest[keep]
        size[keep] += size[gone]
        to = np.arange(count)
        to[gone] = keep
        story = to[story]
        pairs = _merged(pairs, to, best >= JOIN)
    return story


def _merged(pairs: Pairs, to: Whole, open_: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Pairs:
    """The pairs between stories as they are joined now, of those that may be joined further."""
    stays = open_[pairs.left] & open_[pairs.right]
    one, other, sums = to[pairs.left[stays]], to[pairs.right[stays]], pairs.sums[stays]
    apart = one != other
    keys = (np.minimum(one, other) * len(to) + np.maximum(one, other))[apart]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    if not len(first):
        return Pairs(keys, keys, np.zeros(0))
    left, right = np.divmod(keys[first], len(to))
    return Pairs(left, right, np.add.reduceat(sums[apart][order], first))
