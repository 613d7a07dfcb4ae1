"""Other coders' rows in a record: kept with their origin, apart from everything that the record says itself."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterable

from onrecord.model.coded import CodedRow


def add_coded(connection: sqlite3.Connection, rows: Iterable[CodedRow]) -> int:
    """Keep rows; one with the same id and origin is replaced. How many are kept in all."""
    connection.executemany(
        "INSERT OR REPLACE INTO coded VALUES (?, ?, ?)",
        ((row.id, row.origin, json.dumps(dataclasses.asdict(row), ensure_ascii=False)) for row in rows),
    )
    return int(connection.execute("SELECT count(*) FROM coded").fetchone()[0])


def read_coded_rows(connection: sqlite3.Connection) -> tuple[CodedRow, ...]:
    """All kept rows, by origin and id; a record from before there were any holds none."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'coded'").fetchone() is None:
        return ()
    rows = connection.execute("SELECT row FROM coded ORDER BY origin, id")
    return tuple(coded_row(row) for (row,) in rows)


def coded_row(text: str) -> CodedRow:
    """A kept row; TypeError or ValueError where its text is none."""
    return CodedRow(**json.loads(text))
