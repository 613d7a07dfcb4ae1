"""The sketches of a pile in columns, and what pairs of them share: two texts are compared once only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.link.columns import Numbers, Places, mixed, paired
from onrecord.link.copies.index import Found, Index
from onrecord.link.copies.known import joined, known_or_made
from onrecord.link.copies.sketches import RUN, Overlap, Runs, Sketch, compare, is_in, sketch
from onrecord.link.kept import Kept
from onrecord.link.reports import Report, hash_number

AT_HAND = 1 << 12  # sketches whose runs are kept sorted: 5 KB each
FORM = np.dtype([("pair", "<u8"), ("shares", "<f8", (4,)), ("words", "<u4", (2,))])  # in the order of an `Overlap`


@dataclass(frozen=True, slots=True)
class Sketches:
    """The sketches of all reports, report after report: where each one's runs begin, and a number that tells it from
    any other one."""

    runs: Runs
    own: NDArray[np.bool_]
    starts: Places
    lengths: Places
    unquoted: Places
    numbers: Numbers

    def of(self, at: int) -> Sketch:
        part = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return Sketch(int(self.lengths[at]), int(self.unquoted[at]), self.runs[part], self.own[part])

    def index(self) -> Index:
        """An index of the runs outside quotations."""
        return Index(self.runs, np.diff(self.starts), self.own)


def read_sketches(reports: Sequence[Report], kept: Kept) -> Sketches:
    """The sketches of some reports, as kept or made now."""
    found = [packed_sketch(report, kept) for report in reports]
    sizes = np.array([(length, unquoted) for length, unquoted, *_ in found], np.int64).reshape(-1, 2)
    made = Sketches(
        joined((runs for _, _, runs, _, _ in found), np.dtype("<u4")),
        joined((own for _, _, _, own, _ in found), np.dtype(np.bool_)),
        np.concatenate([np.zeros(1, np.int64), np.cumsum(np.maximum(0, sizes[:, 0] - RUN + 1))]),
        sizes[:, 0],
        sizes[:, 1],
        np.array([number for *_, number in found], np.uint64),
    )
    kept.let_go("sketch")  # of a large pile hundreds of megabytes, which stand in the columns now
    return made


def packed_sketch(report: Report, kept: Kept) -> tuple[int, int, bytes, bytes, int]:
    """A report's sketch as it is kept: words, those outside quotations, runs, which are its own, a number of it."""
    found: Sequence[Any] | None = kept.get("sketch", report.id)
    if found is None:
        made = sketch(report.wording)
        runs, own = made.runs.astype("<u4").tobytes(), made.own.tobytes()
        number = hash_number(b"%d %d " % (made.length, made.unquoted) + runs + own)
        found = made.length, made.unquoted, runs, own, number
        kept.put("sketch", report.id, found)
    length, unquoted, runs, own, number = found
    return length, unquoted, runs, own, number


def find_overlaps(
    ids: Sequence[str], sketches: Sketches, outlets: NDArray[np.int64], found: Found, kept: Kept
) -> list[Overlap]:
    """What each of the pairs found shares, the one of the lower id standing left."""
    one, other = found.pairs[:, 0], found.pairs[:, 1]
    by_id = np.empty(len(ids), np.int64)
    by_id[np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)] = np.arange(len(ids))
    turned = by_id[one] > by_id[other]
    left, right = np.where(turned, other, one), np.where(turned, one, other)
    # only what two reports of one outlet share can be its furniture
    of_one = (outlets[left] == outlets[right]) & (outlets[left] >= 0)
    marks = np.where(of_one, paired(found.marks[left], found.marks[right]), np.uint64(0))
    pairs = paired(sketches.numbers[left], sketches.numbers[right]) ^ mixed(marks)

    @lru_cache(AT_HAND)
    def own_only(at: int) -> Sketch:
        return _without(sketches.of(at), found.furniture)

    def make(places: Places) -> NDArray[np.void]:
        rows = np.zeros(len(places), FORM)
        for row, one, other in zip(rows, left[places].tolist(), right[places].tolist(), strict=True):
            made = compare(ids[one], ids[other], {ids[one]: own_only(one), ids[other]: own_only(other)})
            row["shares"] = made.left_share, made.right_share, made.left_own, made.right_own
            row["words"] = made.own_words, made.longest
        return rows

    rows = known_or_made("overlaps", ids, left, pairs, FORM, make, kept)
    values = zip(left.tolist(), right.tolist(), rows["shares"].tolist(), rows["words"].tolist(), strict=True)
    return [Overlap(ids[one], ids[other], *shares, *words) for one, other, shares, words in values]


def _without(one: Sketch, furniture: Runs) -> Sketch:
    return replace(one, own=one.own & ~is_in(one.runs, furniture)) if len(furniture) else one
