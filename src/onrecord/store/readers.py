"""Views of one record for many readers: connections that stay open between two looks, each in one reader's hands.

Opening a record is checking it, reading its schema and preparing each query anew: for a page, a quarter of its time.
What `open_view` checks is checked here whenever the file or its schema is another than it was.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.store.file import Still, open_for_reading
from onrecord.store.view import View

IDLE_SECONDS = 2.0  # how long a connection that nobody needs stays open: a writer that ends can put the file in order
CACHE_KIB = 8_192  # pages of the file that a connection remembers


@dataclass(frozen=True, slots=True)
class _Kept:
    """An open connection with its view, the file and the schema that it was checked with, and when it was last used."""

    connection: sqlite3.Connection
    view: View
    file: tuple[int, int]
    schema: int
    used: float = 0.0


class Readers:
    """Use `with readers.view() as view`, from any thread; as many at once as ask."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._free: list[_Kept] = []
        self._lock = threading.Lock()
        self._sweeping = False

    @contextmanager
    def view(self) -> Iterator[View]:
        """The record, open for as long as the `with` statement lasts; StoreError as `open_view` raises it."""
        held = self._take() or self._open()
        whole = False
        try:
            yield held.view
            whole = not held.connection.in_transaction
        finally:
            self._give_back(held, whole)

    def close(self) -> None:
        """Close what nobody uses just now."""
        self._sweep(0.0)

    def _take(self) -> _Kept | None:
        """A connection that is still good, None where there is none."""
        file = self._file()
        while True:
            with self._lock:
                if not self._free:
                    return None
                held = self._free.pop()
            with suppress(sqlite3.Error):
                if held.file == file and _schema(held.connection) == held.schema:
                    return held
            held.connection.close()

    def _open(self) -> _Kept:
        file = self._file()  # before it is opened: a file that was put in its place since is met by the next look
        connection = open_for_reading(self._path, any_thread=True)
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        return _Kept(connection, View(connection), file, _schema(connection))

    def _file(self) -> tuple[int, int]:
        """Which file stands at the path: another one may be put there."""
        try:
            found = self._path.stat()
        except OSError:
            return (0, 0)
        return (found.st_dev, found.st_ino)

    def _give_back(self, held: _Kept, whole: bool) -> None:
        if not whole or isinstance(held.connection, Still):
            held.connection.close()
            return
        held.view.limit_time(None)
        with self._lock:
            self._free.append(replace(held, used=time.monotonic()))
            starts = not self._sweeping
            self._sweeping = True
        if starts:
            self._later()

    def _later(self) -> None:
        timer = threading.Timer(IDLE_SECONDS, self._again)
        timer.daemon = True
        timer.start()

    def _again(self) -> None:
        self._sweep(IDLE_SECONDS)
        with self._lock:
            self._sweeping = bool(self._free)
            more = self._sweeping
        if more:
            self._later()

    def _sweep(self, idle: float) -> None:
        """Close connections that were not used for so many seconds."""
        before = time.monotonic() - idle
        with self._lock:
            old = [one for one in self._free if one.used <= before]
            self._free = [one for one in self._free if one.used > before]
        for one in old:
            one.connection.close()


def _schema(connection: sqlite3.Connection) -> int:
    """A number that changes with every change of the file's tables."""
    (number,) = connection.execute("PRAGMA schema_version").fetchone()
    return int(number)
