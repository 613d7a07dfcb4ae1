"""The rows that are each made from one value of the record, and groups: a row of a value that stays is not touched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from onrecord.model.record import Record
from onrecord.store.insert import encode, insert
from onrecord.store.rows import KEYED, Keyed, Row, Rows
from onrecord.store.written import Written, digest, in_order_of_ids, note_change, read_written

# what is taken from a row of each keyed table for searching
COLUMNS: dict[str, tuple[str, ...]] = {
    "actors": ("id", "name", "kind", "country", "mentions", "sector"),
    "lineages": ("id",),
    "corroborations": ("id", "of", "lineages"),
    "contradictions": ("id", "kind"),
}


def write_keyed(connection: sqlite3.Connection, rows: Rows, record: Record) -> None:
    """Actors, lineages, corroborations and contradictions."""
    for table in KEYED:
        held = read_written(connection, table)
        values, prints = _values(table, rows, record, held)
        change = note_change(connection, table, prints, held)
        moved = {id: _row_as_it_is(connection, table, id) for id in change.made if id not in values}
        if change.all:
            connection.execute(f"DELETE FROM {table}")
        else:
            connection.executemany(f"DELETE FROM {table} WHERE id = ?", ((id,) for id in change.gone))
        made = (
            (at, *(moved[id] if id in moved else _columns_of(table, rows.row_of(values[id]))))
            for id, at in change.made.items()
        )
        insert(connection, table, (*COLUMNS[table], "row"), made)
    connection.execute("DELETE FROM opposed")
    connection.executemany(
        "INSERT OR IGNORE INTO opposed VALUES (?, ?)",
        ((claim, c.id) for c in record.contradictions for claim in (c.left, c.right)),
    )


def _values(table: str, rows: Rows, record: Record, held: Written) -> tuple[Mapping[str, Keyed], Mapping[str, bytes]]:
    """The values of a table that rows may be made of, and the fingerprints of all its rows, in their order."""
    if table == "actors" and record.rests_on.actors:
        return record.actors, record.rests_on.actors
    values = {value.id: value for value in rows.values_of(table)}
    if table == "corroborations" and record.rests_on.corroborations:
        return values, in_order_of_ids(record.rests_on.corroborations, held)
    return values, {id: digest(value) for id, value in values.items()}


def _columns_of(table: str, row: Row) -> tuple[object, ...]:
    return (*(row[column] for column in COLUMNS[table]), encode(row))


def _row_as_it_is(connection: sqlite3.Connection, table: str, id: str) -> tuple[object, ...]:
    """The columns of a row that must only move."""
    columns = ", ".join((*COLUMNS[table], "row"))
    row: tuple[object, ...] = connection.execute(f"SELECT {columns} FROM {table} WHERE id = ?", (id,)).fetchone()
    return row


def write_groups(connection: sqlite3.Connection, record: Record) -> None:
    """Each group with what its corroboration counts; one that this is not made anew for is as it was written."""
    counts = {c.of: (c.documents, c.lineages) for c in record.corroborations}
    held = {id for (id,) in connection.execute("SELECT id FROM groups")}
    stays = held - counts.keys() if record.rests_on.corroborations else set()
    query = "SELECT json_extract(row, '$.documents'), lineages FROM corroborations WHERE of = ?"
    made = []
    for group in record.groups:
        if group.id not in stays:
            counted = counts.get(group.id)
            if counted is None and record.rests_on.corroborations:
                counted = connection.execute(query, (group.id,)).fetchone()
            made.append((group.id, group.kind, json.dumps(sorted(group.members)), *(counted or (0, 0))))
    gone = held - stays | stays - {group.id for group in record.groups}
    connection.executemany("DELETE FROM groups WHERE id = ?", ((id,) for id in sorted(gone)))
    connection.executemany("INSERT INTO groups VALUES (?, ?, ?, ?, ?)", made)
