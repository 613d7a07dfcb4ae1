"""Opening a record: one SQLite file in WAL mode, checked to be a record of this version before it is read."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

from onrecord.errors import StoreError

VERSION = 1  # `PRAGMA user_version` in schema.sql
BUSY_SECONDS = 30.0  # how long one process waits for another's transaction


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open or create a record; StoreError if the file is something else."""
    new = not path.exists() or path.stat().st_size == 0
    if not path.parent.is_dir():
        raise StoreError(f"{path.parent} is no folder: make it first, or choose another place for the record")
    if not new:
        _check(path)
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if new:
            _create(connection)
    except sqlite3.Error as error:
        raise StoreError(f"cannot write {path}: {error}") from error
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open an existing record read-only; StoreError says what is wrong with it."""
    if not path.is_file():
        raise StoreError(f"there is no record at {path}; build one with: onrecord build FOLDER -o {path}")
    _check(path)
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error as error:
        raise StoreError(f"cannot read {path}: {error}") from error
    return connection


def store_version() -> str:
    """The database library in words; StoreError where it lacks what a record needs."""
    try:
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
        connection.close()
    except sqlite3.Error as error:
        raise StoreError(f"this Python's SQLite lacks full-text search ({error}); use another build of it") from error
    return f"SQLite {sqlite3.sqlite_version} with FTS5"


def _create(connection: sqlite3.Connection) -> None:
    """All tables in one transaction: a file is a whole record or none, wherever the run is cut off."""
    schema = (files("onrecord.store") / "schema.sql").read_text(encoding="utf-8")
    connection.executescript(f"BEGIN IMMEDIATE;\n{schema}\nCOMMIT;")


def _check(path: Path) -> None:
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        with connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('documents', 'judgements')")
            ours = tables.fetchone()[0] == 2
        connection.close()
    except sqlite3.Error as error:
        raise StoreError(f"{path} is not a record: {error}") from error
    if not ours:
        raise StoreError(f"{path} is not a record; choose another file")
    if version != VERSION:
        raise StoreError(f"{path} was made by another version (schema {version}, not {VERSION}); build it again")
