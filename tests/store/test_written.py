"""What is noted of rows: what changed is found, in either way of looking, and damage counts as nothing noted."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store import positions, written
from onrecord.store.schema import bring_up_to_date
from onrecord.store.written import Change, forget_written, note_change, note_change_by_id, read_written

Prints = dict[str, bytes]
prints = st.dictionaries(st.sampled_from("abcdefghijkl"), st.sampled_from([b"1", b"2", b"three"]))


def open_bare() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    bring_up_to_date(connection)
    return connection


def follow(connection: sqlite3.Connection, change: Change) -> None:
    """Bring a table to what was noted."""
    connection.executemany("DELETE FROM lineages WHERE id = ?", ((id,) for id in change.gone))
    connection.executemany("INSERT INTO lineages VALUES (?, ?, '')", ((at, id) for id, at in change.made.items()))


@given(st.lists(prints, min_size=1, max_size=5), st.sampled_from([1, 2, 1 << 32]), st.sampled_from([2, 1 << 16]))
def test_rows_follow_what_is_noted(steps: list[Prints], gap: int, packed: int) -> None:
    """Whatever changes, and whether there is room between the rows or they must move."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(positions, "GAP", gap)
        patched.setattr(written, "PACKED", packed)
        one, other = open_bare(), open_bare()
        for now in steps:
            by_id = dict(sorted(now.items()))
            change = note_change(one, "lineages", by_id, read_written(one, "lineages"))
            same = note_change_by_id(other, "lineages", now, read_written(other, "lineages"))
            assert (sorted(change.gone), change.made, change.all) == (sorted(same.gone), same.made, same.all)
            for connection in (one, other):
                follow(connection, change)
                rows = connection.execute("SELECT id, position FROM lineages ORDER BY position").fetchall()
                held = read_written(connection, "lineages")
                assert rows == list(zip(held.ids, held.positions.tolist(), strict=True))
                assert list(held.by_id().items()) == list(by_id.items())
        again = note_change_by_id(other, "lineages", now, read_written(other, "lineages"))
        assert not again.made
        assert not again.gone


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE written SET fingerprint = x'00'",  # no list
        "UPDATE written SET fingerprint = substr(fingerprint, 1, length(fingerprint) - 3)",  # cut off
        "UPDATE written SET fingerprint = x'9391a161c40391c40131'",  # positions of three bytes
        "DELETE FROM written",
        "DELETE FROM lineages WHERE id = 'a'",  # something else wrote in the table
    ],
)
def test_damage_counts_as_nothing_noted(damage: str) -> None:
    connection = open_bare()
    follow(
        connection, note_change(connection, "lineages", {"a": b"1", "b": b"2"}, read_written(connection, "lineages"))
    )
    assert read_written(connection, "lineages").ids == ["a", "b"]
    connection.execute(damage)
    assert not read_written(connection, "lineages").ids
    forget_written(connection, "lineages")
    assert connection.execute("SELECT count(*) FROM written").fetchone() == (0,)
