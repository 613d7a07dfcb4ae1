"""Opening a record: one SQLite file in WAL mode, checked to be a record of this version before it is read.

A record of an earlier version is brought up to date when it is opened for writing: what was read and what people
decided is kept, what linking made is dropped and made anew by the next `link`. A file from a stranger is read with
nothing in it trusted: no views, no triggers but our own, and no functions that a schema could call.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from onrecord.errors import StoreError
from onrecord.store.schema import VERSION, bring_up_to_date, is_bare, names, stranger

DatabaseError = sqlite3.Error  # what a query may raise beside our own errors, for faces that must go on
BUSY_SECONDS = 30.0  # how long one process waits for another's transaction
PAGE_BYTES = 16_384  # of a new record: rows and texts are long, and each page that is read or written is a call
WRITER_KIB = 131_072  # most pages of the file that a writer remembers: rows go to places all over it
LONGEST_VALUE = 1 << 29  # bytes of one text in a record
# what SQLite calls what went wrong (its `sqlite_errorname`), what that is for who waits, and what to do
TROUBLES: tuple[tuple[str, str, str], ...] = (
    ("SQLITE_INTERRUPT", "slow", "took too long and was broken off"),
    ("SQLITE_BUSY", "busy", "is being written by another process; try again when that has ended"),
    ("SQLITE_LOCKED", "busy", "is being written by another process; try again when that has ended"),
    ("SQLITE_FULL", "full", "cannot grow, the disk is full: free some space and give the same command again; what was "
                            "stored is safe"),
    ("SQLITE_IOERR", "full", "could not be read or written, the disk gave an error (it may be full, or the file over "
                             "a limit): free some space and give the same command again; what was stored is safe"),
    ("SQLITE_READONLY", "locked away", "cannot be written: you have no permission for the file or its folder; copy it "
                                       "to a folder of yours"),
    ("SQLITE_PERM", "locked away", "cannot be opened: you have no permission"),
    ("SQLITE_CANTOPEN", "locked away", "cannot be opened: you have no permission for the file or its folder, or there "
                                       "is none"),
)  # fmt: skip


def open_for_writing(path: Path, page: int = PAGE_BYTES) -> sqlite3.Connection:
    """Open or create a record, a new one with pages of so many bytes; StoreError if the file is something else."""
    if not path.parent.is_dir():
        raise StoreError(f"{path.parent} is no folder: make it first, or choose another place for the record")
    version = VERSION if _is_empty(path) else _check(path, older=True)
    connection: sqlite3.Connection | None = None
    try:
        connection = _guarded(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None), writes=True)
        connection.execute(f"PRAGMA page_size = {page}")  # says nothing to a file that has pages
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{WRITER_KIB}")
        if version < VERSION or is_bare(connection):
            bring_up_to_date(connection)
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise StoreError(fault(path, error)) from error
    return connection


class Still(sqlite3.Connection):
    """A connection to a file that nobody can write, and that would not notice if somebody did."""


def open_for_reading(path: Path, older: bool = False, any_thread: bool = False) -> sqlite3.Connection:
    """Open an existing record read-only, for this thread or for one after the other; StoreError says what is wrong."""
    if not path.is_file():
        raise StoreError(f"there is no record at {path}; build one with: onrecord build FOLDER -o {path}")
    _check(path, older)
    try:
        connection = _connect(path, any_thread)
        connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error as error:
        raise StoreError(fault(path, error)) from error
    return connection


def trouble(error: DatabaseError) -> str:
    """What a database error means for who waits: "slow", "busy", "full", "locked away" or "damaged"."""
    name = _name_of(error)
    return next((kind for start, kind, _ in TROUBLES if name.startswith(start)), "damaged")


def fault(path: Path | str, error: DatabaseError) -> str:
    """A database error as a sentence that ends with what to do."""
    name = _name_of(error)
    words = next((words for start, _, words in TROUBLES if name.startswith(start)), "")
    return f"{path} {words}" if words else (
        f"{path} is not a record, or is damaged ({error}); what can be read of it is saved with: "
        f"onrecord doctor {path} --repair"
    )  # fmt: skip


def store_version() -> str:
    """The database library in words; StoreError where it lacks what a record needs."""
    try:
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
        connection.close()
    except sqlite3.Error as error:
        raise StoreError(f"this Python's SQLite lacks full-text search ({error}); use another build of it") from error
    return f"SQLite {sqlite3.sqlite_version} with FTS5"


def _name_of(error: DatabaseError) -> str:
    return str(getattr(error, "sqlite_errorname", ""))


def _guarded(connection: sqlite3.Connection, writes: bool = False) -> sqlite3.Connection:
    """A connection that trusts nothing in the file that it opened; one that `writes` runs our own triggers."""
    connection.execute(f"PRAGMA trusted_schema = {'ON' if writes else 'OFF'}")  # the triggers fill a virtual table
    connection.execute("PRAGMA cell_size_check = ON")  # a damaged page is an error, not a guess
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    return connection


def _connect(path: Path, any_thread: bool = False) -> sqlite3.Connection:
    """A read-only connection that has read something; also where the folder cannot be written and nobody writes."""
    address, same = path.resolve().as_uri(), not any_thread
    connection = sqlite3.connect(
        f"{address}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=same
    )
    try:
        _guarded(connection).execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        beside = path.with_name(path.name + "-wal")
        if trouble(error) != "locked away" or (beside.exists() and beside.stat().st_size):
            raise
        still = sqlite3.connect(
            f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=same, factory=Still
        )
        connection = _guarded(still)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_empty(path: Path) -> bool:
    """Whether there is nothing yet: no file, an empty one, or a database that was cut off before its first table."""
    if not path.exists() or path.stat().st_size == 0:
        return True
    try:
        connection = _connect(path)
        empty = is_bare(connection)
        connection.close()
    except sqlite3.Error as error:
        raise StoreError(fault(path, error)) from error
    return empty


def _check(path: Path, older: bool = False) -> int:
    """The version of a record's file; StoreError where it is none, or one that this program cannot take."""
    try:
        connection = _connect(path)
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            ours = {"documents", "judgements"} <= names(connection)
            strange = stranger(connection) if ours else ""
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise StoreError(fault(path, error)) from error
    if not ours:
        raise StoreError(f"{path} is not a record; choose another file")
    if strange and version <= VERSION:
        raise StoreError(
            f"{path} holds a {strange} that no record has: do not trust it. A clean record is made of its reports and "
            f"decisions with: onrecord doctor {path} --repair"
        )
    if version > VERSION:
        raise StoreError(
            f"{path} was made by a newer version of onrecord (schema {version}, here {VERSION}); install that one: "
            "pip install --upgrade onrecord"
        )
    if version < 1:
        raise StoreError(f"{path} was made by another version (schema {version}, not {VERSION}); build it again")
    if version < VERSION and not older:
        raise StoreError(f"{path} was made by an earlier version; bring it up to date with: onrecord link {path}")
    return int(version)
