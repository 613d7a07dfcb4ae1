"""The rows that are each made from one value of the record: a row of a value that stays is not touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from onrecord.model.record import Record
from onrecord.store.insert import encode, insert, is_many, ready_for
from onrecord.store.rows import KEYED, Keyed, Row, Rows
from onrecord.store.written import digest, note_change, read_written

# what is taken from a row of each keyed table for searching
COLUMNS: dict[str, tuple[str, ...]] = {
    "actors": ("id", "name", "kind", "country", "mentions", "sector"),
    "lineages": ("id",),
    "contradictions": ("id", "kind"),
}


def write_keyed(connection: sqlite3.Connection, rows: Rows, record: Record) -> None:
    """Actors, lineages and contradictions."""
    for table in KEYED:
        held = read_written(connection, table)
        values, prints = _values(table, rows, record)
        change = note_change(connection, table, prints, held)
        if change.all:
            connection.execute(f"DELETE FROM {table}")
        else:
            connection.executemany(f"DELETE FROM {table} WHERE id = ?", ((id,) for id in change.gone))
        made = ((at, *_columns_of(table, rows.row_of(values[id]))) for id, at in change.made.items())
        with ready_for(connection, is_many(len(change.made), len(prints)), table):
            insert(connection, table, (*COLUMNS[table], "row"), made)
    connection.execute("DELETE FROM opposed")
    connection.executemany(
        "INSERT OR IGNORE INTO opposed VALUES (?, ?)",
        ((claim, c.id) for c in record.contradictions for claim in (c.left, c.right)),
    )


def _values(table: str, rows: Rows, record: Record) -> tuple[Mapping[str, Keyed], Mapping[str, bytes]]:
    """The values of a table, and the fingerprints of their rows, in the order of these."""
    if table == "actors" and record.rests_on.actors:
        return record.actors, record.rests_on.actors
    values = {value.id: value for value in rows.values_of(table)}
    return values, {id: digest(value) for id, value in values.items()}


def _columns_of(table: str, row: Row) -> tuple[object, ...]:
    return (*(row[column] for column in COLUMNS[table]), encode(row))
