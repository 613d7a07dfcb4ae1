"""Rows into their tables: the whole row as JSON, beside the columns that are searched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext

from onrecord.store.schema import indexes_aside

MANY_MADE = 0.2  # share of rows that are made from which on a table's indexes are made anew as well
encode = json.JSONEncoder(ensure_ascii=False).encode


def insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert rows, position first; names are literals of this room, never input."""
    marks = ", ".join("?" * (len(columns) + 1))
    connection.executemany(f"INSERT INTO {table} (position, {', '.join(columns)}) VALUES ({marks})", rows)


def ready_for(connection: sqlite3.Connection, made: int, all: int, *tables: str) -> AbstractContextManager[None]:
    """Tables ready for some rows, `all` in the end."""
    return indexes_aside(connection, *tables) if made >= MANY_MADE * all else nullcontext()
