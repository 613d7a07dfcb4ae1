"""A record that is no file: the same tables in memory, for one text that nobody wants to keep."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

from onrecord.store.view import View
from onrecord.store.writer import Writer


@contextmanager
def open_in_memory() -> Iterator[tuple[Writer, View]]:
    """An empty record; it is gone when the `with` statement ends."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript((files("onrecord.store") / "schema.sql").read_text(encoding="utf-8"))
        yield Writer(connection), View(connection)
    finally:
        connection.close()
