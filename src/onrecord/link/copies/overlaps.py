"""Overlaps of reports that are kept, so that two texts are compared once only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from onrecord.link.copies.sketches import Overlap
from onrecord.link.kept import Kept

Mark = tuple[int, int] | None  # what was left out of both texts as furniture; None where nothing can have been


class Overlaps:
    """What pairs of reports share, kept with the first of both."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._held: dict[str, dict[str, Sequence[Any]]] = {}
        self._used: dict[str, list[Sequence[Any]]] = defaultdict(list)
        self._new: set[str] = set()

    def get(self, left: str, right: str, mark: Mark) -> Overlap | None:
        """What is kept of a pair, if the same was left out of it."""
        if left not in self._held:
            self._held[left] = {row[0]: row for row in self._kept.get("overlaps", left) or ()}  # type: ignore
        found = self._held[left].get(right)
        if found is None or found[1] != (mark and list(mark)):
            return None
        self._used[left].append(found)
        return Overlap(left, right, *found[2:])

    def put(self, one: Overlap, mark: Mark) -> None:
        shares = (one.left_share, one.right_share, one.left_own, one.right_own, one.own_words, one.longest)
        self._used[one.left].append((one.right, mark, *shares))
        self._new.add(one.left)

    def keep(self) -> None:
        """Keep the pairs that were asked for, and no other ones of their reports."""
        for left in sorted(self._new):
            self._kept.put("overlaps", left, self._used[left])
