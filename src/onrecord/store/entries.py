"""The timeline, with the type and the actors of each entry's events beside it: only entries that changed, or whose
events were written anew, are written."""

from __future__ import annotations

import sqlite3
from collections.abc import Container

from onrecord.store.insert import encode, insert
from onrecord.store.rows import Rows
from onrecord.store.written import digest, note_change, read_written

TYPED = (
    "UPDATE timeline SET (type, quad) = (SELECT type, quad FROM events WHERE event_group = timeline.of "
    "ORDER BY score DESC, position LIMIT 1) WHERE position = ?"
)
PARTIES = (
    "INSERT OR IGNORE INTO timeline_parties SELECT t.position, p.role, p.actor, p.country FROM timeline t "
    "JOIN events e ON e.event_group = t.of JOIN participants p ON p.claim = e.id WHERE t.position = ?"
)


def write_timeline(connection: sqlite3.Connection, rows: Rows, touched: Container[str]) -> None:
    """Bring the timeline up to date; `touched` are groups with events whose rows were written or deleted."""
    entries = {one[0].of: one for one in rows.timeline()}
    held = read_written(connection, "timeline")
    change = note_change(connection, "timeline", {of: digest(one) for of, one in entries.items()}, held)
    if change.all:
        for table in ("timeline", "timeline_parties"):
            connection.execute(f"DELETE FROM {table}")
    stay = [
        (position,) for of, position in zip(held.ids, held.positions.tolist(), strict=True)
        if of in touched and of in entries and of not in change.made
    ]  # fmt: skip
    if not change.all:
        gone = set(change.gone)
        left = [(at,) for of, at in zip(held.ids, held.positions.tolist(), strict=True) if of in gone]
        connection.executemany("DELETE FROM timeline WHERE position = ?", left)
        connection.executemany("DELETE FROM timeline_parties WHERE position = ?", [*left, *stay])
    insert(
        connection, "timeline", ("date", "of", "lineages", "precision", "score", "row"),
        ((at, r["date"]["value"], of, r["lineages"], r["date"]["precision"], r["score"], encode(r))
         for of, at in change.made.items() for r in (rows.row_of_entry(*entries[of]),)),
    )  # fmt: skip
    written = [*((at,) for at in change.made.values()), *stay]
    connection.executemany(TYPED, written)
    connection.executemany(PARTIES, written)
