"""The rows that are each made from one value of the record, and groups: a row of a value that stays is not touched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from onrecord.model.record import Record
from onrecord.store.insert import encode, insert, ready_for
from onrecord.store.rows import KEYED, Keyed, Row, Rows
from onrecord.store.written import Change, Written, digest, note_change, note_change_by_id, read_written

# what is taken from a row of each keyed table for searching
COLUMNS: dict[str, tuple[str, ...]] = {
    "actors": ("id", "name", "kind", "country", "mentions", "sector"),
    "lineages": ("id",),
    "corroborations": ("id", "of", "lineages"),
    "contradictions": ("id", "kind"),
}


def write_keyed(connection: sqlite3.Connection, rows: Rows, record: Record) -> None:
    """Actors, lineages, corroborations and contradictions, and with the corroborations the groups that they count."""
    anew: set[str] | None = None
    for table in KEYED:
        held = read_written(connection, table)
        values, prints = _values(table, rows, record)
        note = note_change if table == "actors" else note_change_by_id
        change = note(connection, table, prints, held)
        if table == "corroborations":
            anew = _counted_anew(connection, change, held, record)
        moved = {id: _row_as_it_is(connection, table, id) for id in change.made if id not in values}
        if change.all:
            connection.execute(f"DELETE FROM {table}")
        else:
            connection.executemany(f"DELETE FROM {table} WHERE id = ?", ((id,) for id in change.gone))
        made = (
            (at, *(moved[id] if id in moved else _columns_of(table, rows.row_of(values[id]))))
            for id, at in change.made.items()
        )
        with ready_for(connection, len(change.made), len(prints), table):
            insert(connection, table, (*COLUMNS[table], "row"), made)
    _write_groups(connection, record, anew)
    connection.execute("DELETE FROM opposed")
    connection.executemany(
        "INSERT OR IGNORE INTO opposed VALUES (?, ?)",
        ((claim, c.id) for c in record.contradictions for claim in (c.left, c.right)),
    )


def _values(table: str, rows: Rows, record: Record) -> tuple[Mapping[str, Keyed], Mapping[str, bytes]]:
    """The values of a table that rows may be made of, and the fingerprints of all its rows, in their order."""
    if table == "actors" and record.rests_on.actors:
        return record.actors, record.rests_on.actors
    values = {value.id: value for value in rows.values_of(table)}
    if table == "corroborations" and record.rests_on.corroborations:
        return values, record.rests_on.corroborations
    return values, {id: digest(value) for id, value in values.items()}


def _columns_of(table: str, row: Row) -> tuple[object, ...]:
    return (*(row[column] for column in COLUMNS[table]), encode(row))


def _row_as_it_is(connection: sqlite3.Connection, table: str, id: str) -> tuple[object, ...]:
    """The columns of a row that must only move."""
    columns = ", ".join((*COLUMNS[table], "row"))
    row: tuple[object, ...] = connection.execute(f"SELECT {columns} FROM {table} WHERE id = ?", (id,)).fetchone()
    return row


def _counted_anew(connection: sqlite3.Connection, change: Change, held: Written, record: Record) -> set[str] | None:
    """The groups whose corroboration goes, comes or changes; None where nothing is known of what stays: then all."""
    (there,) = connection.execute("SELECT count(*) FROM groups").fetchone()
    if change.all or not record.rests_on.corroborations or there != len(held.ids):
        return None
    query = "SELECT of FROM corroborations WHERE id = ?"
    gone = {of for id in change.gone for (of,) in connection.execute(query, (id,))}
    return gone | {one.of for one in record.corroborations}


def _write_groups(connection: sqlite3.Connection, record: Record, anew: set[str] | None) -> None:
    """Groups with what their corroborations, which are written, count; those that are not counted anew stay."""
    counts = {one.of: (one.documents, one.lineages) for one in record.corroborations}
    query = "SELECT json_extract(row, '$.documents'), lineages FROM corroborations WHERE of = ?"
    made = []
    for group in record.groups:
        if anew is None or group.id in anew:
            counted = counts.get(group.id) or connection.execute(query, (group.id,)).fetchone() or (0, 0)
            made.append((group.id, group.kind, json.dumps(sorted(group.members)), *counted))
    if anew is None:
        connection.execute("DELETE FROM groups")
    else:
        connection.executemany("DELETE FROM groups WHERE id = ?", ((id,) for id in sorted(anew)))
    connection.executemany("INSERT INTO groups VALUES (?, ?, ?, ?, ?)", made)
