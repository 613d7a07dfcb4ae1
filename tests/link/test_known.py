"""What is kept of pairs of texts: found again by what both are, whoever they are and whatever else is in the pile."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.link.columns import Places, paired
from onrecord.link.copies.known import Rows, known_or_made
from onrecord.link.kept import Kept

FORM = np.dtype([("pair", "<u8"), ("same", "<u4")])
STAMPS = {"doc_1": "page key", "doc_2": "page key"}
TEXTS = np.array([3, 5, 8, 13], np.uint64)


def ask(kept: Kept, sides: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """The rows of pairs of texts, all kept with the first report but for those of text 2, and which were made now."""
    made: list[int] = []

    def make(places: Places) -> Rows:
        made.extend(places.tolist())
        rows = np.zeros(len(places), FORM)
        rows["same"] = [sides[at][0] * 10 + sides[at][1] for at in places]
        return rows

    left, right = np.array(sides, np.int64).reshape(-1, 2).T
    pairs = paired(TEXTS[left], TEXTS[right])
    rows = known_or_made("series", list(STAMPS), (left == 2).astype(np.int64), pairs, FORM, make, kept)
    return rows["same"].tolist(), made


def again(kept: Kept) -> Kept:
    return Kept(lambda kind, _: {id: value for made, id, _, value in kept.made() if made == kind}, STAMPS)


@pytest.mark.parametrize(
    ("sides", "made", "why"),
    [
        ([], [], "nothing asked for"),
        ([(0, 1), (2, 3)], [], "both are known"),
        ([(2, 3), (0, 1)], [], "in another order"),
        ([(0, 1)], [], "fewer"),
        ([(1, 0), (0, 1)], [0], "the same two the other way round are another pair"),
        ([(0, 2), (0, 1), (2, 3)], [0], "one more"),
    ],
)
def test_only_pairs_that_are_not_known_are_made(sides: list[tuple[int, int]], made: list[int], why: str) -> None:
    kept = Kept(None, STAMPS)
    assert ask(kept, [(0, 1), (2, 3)]) == ([1, 23], [0, 1])
    assert ask(again(kept), sides) == ([one * 10 + other for one, other in sides], made), why


def test_rows_of_a_report_go_when_it_gets_new_ones_without_them() -> None:
    kept = Kept(None, STAMPS)
    ask(kept, [(0, 1), (0, 3), (2, 3)])
    later = again(kept)
    ask(later, [(0, 2), (0, 1)])
    assert {id for _, id, *_ in later.made()} == {"doc_1"}
    assert ask(again(later), [(0, 1), (0, 2), (0, 3)]) == ([1, 2, 3], [2])


def test_damaged_rows_are_an_error_that_linking_knows() -> None:
    with pytest.raises(ValueError, match="buffer size"):
        ask(Kept(lambda *_: {"doc_1": [b"half a row"]}, STAMPS), [(0, 1)])
