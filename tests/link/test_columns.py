"""What is asked of all claims at once: numbers that stand for sets, look-ups, and what links lead to."""

from __future__ import annotations

import random

import numpy as np

from onrecord.link.columns import Index, Lookup, as_numbers, components, ids_of, mixed, number_in, once, runs_of, summed
from onrecord.link.keys import FIXED, GROUP, LINEAGE, STORY, code_of
from onrecord.model.ids import make_id
from tests.link.columns import make_table


def test_sums_of_mixed_numbers_stand_for_sets() -> None:
    rng = random.Random(3)
    sets = [frozenset(rng.sample(range(40), rng.randint(1, 6))) for _ in range(3000)]
    at = np.array([number for number, members in enumerate(sets) for _ in members])
    members = as_numbers([member for of in sets for member in of])
    order = np.array(rng.sample(range(len(at)), len(at)))
    sums = summed(mixed(members[order]), at[order], len(sets)).tolist()
    assert len(set(sums)) == len(set(sets)), "two sets never have one sum"
    assert len({(one, total) for one, total in zip(sets, sums, strict=True)}) == len(set(sets)), "one set has one sum"
    assert not np.array_equal(mixed(members, 1), mixed(members, 2))


def test_what_stands_in_no_group_counts_for_none() -> None:
    assert summed(as_numbers([5, 7, 9]), np.array([1, -1, 1]), 3).tolist() == [0, 14, 0]


def test_places_are_those_of_the_first_and_minus_one_where_nothing_is() -> None:
    index = Index(as_numbers([30, 10, 20, 10, 2**64 - 1]))
    assert index.places(as_numbers([10, 20, 30, 15, 0, 2**64 - 1])).tolist() == [1, 2, 0, -1, -1, 4]
    assert Index(as_numbers([])).places(as_numbers([1])).tolist() == [-1]


def test_one_number_is_looked_up_as_all_are() -> None:
    """Hashes anywhere, some of them with the same first bits, and the first and the last there can be."""
    rng = random.Random(3)
    ordered = sorted(
        {0, 2**64 - 1, *(rng.getrandbits(64) for _ in range(500)), *(7 << 48 | n for n in range(0, 90, 3))}
    )
    found = Lookup(as_numbers(ordered))
    assert [found.place(number) for number in ordered] == list(range(len(found)))
    assert [found[at] for at in range(len(found))] == ordered
    there = set(ordered)
    others = [n for n in (7 << 48 | at for at in range(-3, 99)) if n not in there]
    assert others
    assert {found.place(number) for number in (*others, 1, 2**64 - 2)} == {-1}
    assert Lookup(as_numbers([])).place(5) == -1
    asked = [n for n in rng.sample([*ordered, *others], len(ordered) + len(others)) if n >= 0]
    assert found.places(as_numbers(asked)).tolist() == [found.place(number) for number in asked]
    assert Lookup(as_numbers([])).places(as_numbers([5])).tolist() == [-1]


def test_runs_of_equal_rows() -> None:
    starts, sizes = runs_of(np.array([1, 1, 2, 2, 2]), np.array([0, 0, 0, 1, 1]))
    assert (starts.tolist(), sizes.tolist()) == ([0, 2, 3], [2, 1, 2])
    assert [column.tolist() for column in runs_of(as_numbers([]))] == [[], []]


def test_links_lead_as_far_as_they_do_when_followed_one_by_one() -> None:
    rng = random.Random(7)
    for size, number in ((1, 0), (40, 15), (40, 60), (300, 280)):
        links = [(rng.randrange(size), rng.randrange(size)) for _ in range(number)]
        links += [(n, n + 1) for n in range(size // 2)]  # a long chain
        label = list(range(size))
        for left, right in links:
            old, new = max(label[left], label[right]), min(label[left], label[right])
            label = [new if one == old else one for one in label]
        ends = np.array(links, np.int64).reshape(-1, 2)
        assert components(ends[:, 0], ends[:, 1], size).tolist() == label


def test_table_puts_the_claims_of_reports_one_after_the_other() -> None:
    table = make_table(
        "statement",
        {"doc_1": {"st_1": 11, "st_2": 12}, "doc_2": {}, "doc_3": {"st_3": 13}},
        words={"st_2": "dam river", "st_3": "dam"},
    )
    assert (list(table.ids), table.reports.tolist()) == (["st_1", "st_2", "st_3"], [0, 0, 2])
    assert table.firsts.tolist() == [0, 2, 2, 3]
    assert table.rows_of(["st_3", "st_1", "st_9"]).tolist() == [2, 0, -1]
    assert [len(table.stems_of(row)) for row in range(3)] == [0, 2, 1]
    assert set(table.stems_of(2)) <= set(table.stems_of(1)), "a stem has one number in every report"
    assert table.documents_of() == {"st_1": "doc_1", "st_2": "doc_1", "st_3": "doc_3"}
    nothing = make_table("statement", {"doc_1": {}})
    assert (list(nothing.ids), len(nothing)) == ([], 0)


def test_names_of_blocks_are_taken_with_what_they_are_of() -> None:
    names = {"a": [(FIXED, 1), (STORY, 2)], "b": [(FIXED, 1), (STORY, 2)], "c": [(STORY, 1), (LINEAGE, 2), (GROUP, 2)]}
    table = make_table("event", {"doc_1": {"a": 1}, "doc_2": {"b": 2}, "doc_3": {"c": 3}}, names)

    def met(**with_: list[str]) -> set[frozenset[str]]:
        given = {name: as_numbers([code_of(one) if one else 0 for one in of]) for name, of in with_.items()}
        codes, rows = table.blocks(**given)
        return {frozenset(table.ids[row] for row in rows[codes == code]) for code in codes}

    assert met() == {frozenset("ab")}, "nothing to take the others with"
    assert met(story=["x", "x", "x"]) == {frozenset("ab"), frozenset("c")}
    assert met(story=["x", "y", "y"]) == {frozenset("ab"), frozenset("a"), frozenset("b"), frozenset("c")}
    assert met(group=["g", "g", ""]) == {frozenset("ab")}, "no group is no block"


def test_ids_are_made_of_the_numbers_in_them() -> None:
    ids = [make_id("gr", number) for number in range(50)]
    assert ids_of("gr", as_numbers([number_in(id, "gr") for id in ids])) == ids
    for id in (make_id("ac", 1), "gr_gone", "gr_+123456789abcdef", ""):
        assert number_in(id, "gr") == -1, "no such id"


def test_numbers_once_are_those_of_numpy() -> None:
    rng = np.random.default_rng(4)
    for size in (0, 1, 7, 1000):
        numbers = rng.integers(0, max(1, size // 3), size, dtype=np.uint64)
        found = once(numbers)
        wanted = np.unique(numbers, return_index=True, return_inverse=True)
        for one, other in zip((found.numbers, found.first, found.which), wanted, strict=True):
            assert one.tolist() == other.tolist()
