"""Rows into their tables: the whole row as JSON, beside the columns that are searched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

import msgspec

from onrecord.store.schema import indexes_aside

MANY_MADE = 0.2  # share of rows that are made from which on a table's indexes are made anew as well
_encode = msgspec.json.Encoder().encode


def encode(row: object) -> str:
    """A row, or part of one, as JSON."""
    return _encode(row).decode()


def insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert rows, position first; names are literals of this room, never input."""
    marks = ", ".join("?" * (len(columns) + 1))
    connection.executemany(f"INSERT INTO {table} (position, {', '.join(columns)}) VALUES ({marks})", rows)


def is_many(made: int, all: int) -> bool:
    """Whether so many rows are made, of `all` in the end, that a table is better made than changed."""
    return made >= MANY_MADE * all


def ready_for(connection: sqlite3.Connection, many: bool, *tables: str) -> AbstractContextManager[None]:
    """Tables ready for many rows, or for a few."""
    return indexes_aside(connection, *tables) if many else nullcontext()


@contextmanager
def in_order(connection: sqlite3.Connection, many: bool, table: str, key: str) -> Iterator[str]:
    """The name of a table that takes the rows of `table` in any order. Where they are many it is another one, and they
    are sorted by their key in the end: to put each among millions of others is to read a page and write it again."""
    if not many:
        yield table
        return
    aside = f"temp.{table}_aside"
    connection.execute(f"CREATE TEMP TABLE {table}_aside AS SELECT * FROM {table} LIMIT 0")
    yield aside
    connection.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM {aside} ORDER BY {key}")
    connection.execute(f"DROP TABLE {aside}")
