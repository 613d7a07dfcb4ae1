"""Rows into their tables: the whole row as JSON, beside the columns that are searched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

encode = json.JSONEncoder(ensure_ascii=False).encode


def insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert rows, position first; names are literals of this room, never input."""
    marks = ", ".join("?" * (len(columns) + 1))
    connection.executemany(f"INSERT INTO {table} (position, {', '.join(columns)}) VALUES ({marks})", rows)
