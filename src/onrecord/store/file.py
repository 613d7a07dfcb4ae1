"""Opening a record: one SQLite file in WAL mode, checked to be a record of this version before it is read.

A record of an earlier version is brought up to date when it is opened for writing: what was read and what people
decided is kept, what linking made is dropped and made anew by the next `link`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from onrecord.errors import StoreError

DatabaseError = sqlite3.Error  # what a query may raise beside our own errors, for faces that must go on
VERSION = 3  # `PRAGMA user_version` in schema.sql
BUSY_SECONDS = 30.0  # how long one process waits for another's transaction
# tables that linking writes anew, and those that people write: what an upgrade drops, and what it carries over
DERIVED: tuple[str, ...] = (
    "reports", "statements", "events", "participants", "mentions", "figures", "actors", "lineages", "corroborations",
    "contradictions", "opposed", "timeline", "timeline_parties", "skips", "groups", "statements_search",
    "events_search", "written",
)  # fmt: skip
DECIDED: tuple[str, ...] = ("judgements", "notes", "searches", "findings")


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open or create a record; StoreError if the file is something else."""
    new = not path.exists() or path.stat().st_size == 0
    if not path.parent.is_dir():
        raise StoreError(f"{path.parent} is no folder: make it first, or choose another place for the record")
    version = VERSION if new else _check(path, older=True)
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if new:
            _create(connection)
        elif version < VERSION:
            _upgrade(connection)
    except sqlite3.Error as error:
        raise StoreError(f"cannot write {path}: {error}") from error
    return connection


def open_for_reading(path: Path, older: bool = False) -> sqlite3.Connection:
    """Open an existing record read-only; StoreError says what is wrong with it."""
    if not path.is_file():
        raise StoreError(f"there is no record at {path}; build one with: onrecord build FOLDER -o {path}")
    _check(path, older)
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error as error:
        raise StoreError(f"cannot read {path}: {error}") from error
    return connection


def trouble(error: DatabaseError) -> str:
    """What a database error means for who waits: "slow" (broken off), "busy" (another writes), or "damaged"."""
    words = str(error)
    return "slow" if "interrupt" in words else "busy" if "locked" in words or "busy" in words else "damaged"


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


def _upgrade(connection: sqlite3.Connection) -> None:
    """Bring an earlier version up to date in one transaction; rows of KEPT and DECIDED tables stay as they are."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name in DERIVED:
                connection.execute(f"DROP TABLE {name}")
        held = _names(connection)
        moved = [name for name in DECIDED if name in held]
        for name in moved:
            connection.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
            _drop_indexes(connection, f"old_{name}")
        held = _names(connection)
        for statement in _statements():
            found = re.search(r"^\s*CREATE (?:VIRTUAL )?(?:TABLE|INDEX|TRIGGER) (\w+)", statement, re.MULTILINE)
            if found and found.group(1) not in held:
                connection.execute(statement)
        for name in moved:
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info(old_{name})"))
            connection.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM old_{name}")
            connection.execute(f"DROP TABLE old_{name}")
        connection.execute("DELETE FROM meta WHERE key = 'linked'")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _names(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


def _drop_indexes(connection: sqlite3.Connection, table: str) -> None:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql NOT NULL",
                              (table,)).fetchall()  # fmt: skip
    for (name,) in rows:
        connection.execute(f"DROP INDEX {name}")


def _statements() -> Iterator[str]:
    """The statements of the schema, one by one."""
    statement = ""
    for line in (files("onrecord.store") / "schema.sql").read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _check(path: Path, older: bool = False) -> int:
    """The version of a record's file; StoreError where it is none, or one that this program cannot take."""
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
    if version > VERSION or version < 1:
        raise StoreError(f"{path} was made by another version (schema {version}, not {VERSION}); build it again")
    if version < VERSION and not older:
        raise StoreError(f"{path} was made by an earlier version; bring it up to date with: onrecord link {path}")
    return int(version)
