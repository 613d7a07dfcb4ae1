"""Positions of rows: always in order, with room, and rows that need not move do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store import positions
from onrecord.store.positions import GAP, MOST


def place(ids: Sequence[str], held: Mapping[str, int], room: int = 1) -> dict[str, int]:
    """A position for each id, where some hold one already."""
    placed = positions.place(np.array([held.get(id, -1) for id in ids], np.int64), room)
    return dict(zip(ids, placed.tolist(), strict=True))


@pytest.mark.parametrize(
    ("ids", "held", "room", "stay"),
    [
        ("abc", {}, 1, ""),  # nothing written yet
        ("abcd", {"a": 10, "c": 20}, 1, "ac"),  # new ones between and behind
        ("abc", {"b": 5}, 1, "b"),  # and before
        ("abc", {"a": 30, "b": 10, "c": 20}, 1, "bc"),  # one that has moved goes, the others stay
        ("abc", {"a": 10, "c": 11}, 1, ""),  # no room between: all anew
        ("abc", {"a": 10, "c": 20}, 8, ""),  # room for one row, not for eight
        ("ac", {"a": 10, "b": 15, "c": 20}, 1, "ac"),  # one is gone
        ("ab", {"a": MOST}, 1, ""),  # no room behind the last
    ],
)
def test_what_can_stay_stays(ids: str, held: dict[str, int], room: int, stay: str) -> None:
    placed = place(list(ids), held, room)
    assert list(placed) == list(ids)
    assert {id for id in ids if held.get(id) == placed[id]} == set(stay)


@given(
    st.lists(st.integers(0, 40), unique=True),
    st.dictionaries(st.integers(0, 40), st.integers(1, 100)),
    st.sampled_from([1, 3, 70_000]),
)
def test_positions_ascend_with_room_between(ids: list[int], held: dict[int, int], room: int) -> None:
    placed = place([str(id) for id in ids], {str(id): at for id, at in held.items()}, room)
    values = list(placed.values())
    kept = [at for id, at in placed.items() if held.get(int(id)) == at]
    assert all(0 < value <= MOST for value in values)
    assert all(after > before for before, after in pairwise(values))
    if len(kept) == 0:
        assert all(after - before >= room for before, after in pairwise(values))


def test_many_rows_can_be_put_in_one_place_before_any_moves() -> None:
    held = place(["a", "z"], {})
    for number in range(20):
        held = place(["a", *(f"b{one:02}" for one in range(number, -1, -1)), "z"], held)
    assert (held["a"], held["z"]) == (GAP, 2 * GAP)
