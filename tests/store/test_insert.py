"""Rows put aside and sorted into their table: the same table as when each is put in its place."""

from __future__ import annotations

import random
import sqlite3
from contextlib import suppress

from onrecord.store.insert import in_order, is_many
from onrecord.store.memory import open_in_memory

ROWS = [(f"st_{n % 7}", role, f"ac_{n}", None if n % 2 else "NOR") for n in range(60) for role in ("speaker", "relay")]


def filled(rows: list[tuple[str, str, str, str | None]], many: bool) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(
        "CREATE TABLE held (claim, role, actor, country, PRIMARY KEY (claim, role, actor)) WITHOUT ROWID"
    )
    connection.execute("INSERT INTO held VALUES ('st_0', 'speaker', 'ac_0', 'SWE')")
    with in_order(connection, many, "held", "claim, role, actor") as table:
        for first in range(0, len(rows), 7):
            connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?, ?)", rows[first : first + 7])
    left = connection.execute("SELECT count(*) FROM temp.sqlite_master").fetchone()
    assert left == (0,), "nothing stays aside"
    return connection.execute("SELECT * FROM held").fetchall()


def test_many_rows_in_any_order_make_the_table_that_few_make() -> None:
    """What is there stays, a key that comes twice counts once."""
    mixed = [*ROWS, *ROWS[::3]]
    random.Random(1).shuffle(mixed)
    found = filled(mixed, many=True)
    assert found == filled(ROWS, many=False)
    assert len(found) == len(ROWS)
    assert ("st_0", "speaker", "ac_0", "SWE") in found


def test_rows_put_aside_are_gone_where_writing_fails() -> None:
    with open_in_memory() as (writer, _):
        connection = writer._connection
        connection.execute("BEGIN")
        with suppress(ZeroDivisionError), in_order(connection, True, "participants", "claim, role, actor") as aside:
            connection.execute(f"INSERT INTO {aside} VALUES ('st_1', 'speaker', 'ac_1', NULL)")
            raise ZeroDivisionError
        connection.execute("ROLLBACK")
        assert connection.execute("SELECT count(*) FROM temp.sqlite_master").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM participants").fetchone() == (0,)


def test_a_fifth_is_many() -> None:
    assert is_many(20, 100)
    assert not is_many(19, 100)
