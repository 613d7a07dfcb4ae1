"""The tables of a record: made, carried over from an earlier version, and compared with what a file really holds."""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

VERSION = 4  # `PRAGMA user_version` in schema.sql
# tables that linking writes anew, and those that people write: what an upgrade drops, and what it carries over
DERIVED: tuple[str, ...] = (
    "reports", "statements", "events", "participants", "mentions", "figures", "actors", "lineages", "corroborations",
    "contradictions", "opposed", "timeline", "timeline_parties", "skips", "groups", "statements_search",
    "events_search", "written", "kept",
)  # fmt: skip
DECIDED: tuple[str, ...] = ("judgements", "notes", "searches", "findings")


def is_bare(connection: sqlite3.Connection) -> bool:
    """Whether a database holds nothing yet."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return bool(tables == 0) and connection.execute("PRAGMA user_version").fetchone() == (0,)


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Create all tables, or carry those of an earlier version over, in one transaction: a file is whole or as it was.

    Another process may have done so since we looked: that is seen inside the transaction.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if is_bare(connection):
            for statement in statements():
                connection.execute(statement)
        elif version < VERSION:
            _upgrade(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _upgrade(connection: sqlite3.Connection) -> None:
    """Bring an earlier version up to date; rows of KEPT and DECIDED tables stay as they are."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if name in DERIVED:
            connection.execute(f"DROP TABLE {name}")
    held = names(connection)
    moved = [name for name in DECIDED if name in held]
    for name in moved:
        connection.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
        _drop_indexes(connection, f"old_{name}")
    held = names(connection)
    for statement in statements():
        found = _CREATED.search(statement)
        if found and found["name"] not in held:
            connection.execute(statement)
    for name in moved:
        columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info(old_{name})"))
        connection.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM old_{name}")
        connection.execute(f"DROP TABLE old_{name}")
    connection.execute("DELETE FROM meta WHERE key = 'linked'")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def names(connection: sqlite3.Connection) -> set[str]:
    """Everything that a database holds, by name."""
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


def _drop_indexes(connection: sqlite3.Connection, table: str) -> None:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql NOT NULL",
                              (table,)).fetchall()  # fmt: skip
    for (name,) in rows:
        connection.execute(f"DROP INDEX {name}")


_CREATED = re.compile(
    r"^\s*CREATE (?:VIRTUAL )?(?P<type>TABLE|INDEX|TRIGGER) (?P<name>\w+)(?: ON (?P<table>\w+))?", re.MULTILINE
)


@contextmanager
def indexes_aside(connection: sqlite3.Connection, *tables: str) -> Iterator[None]:
    """The schema's indexes of some tables are gone meanwhile and made again afterwards: to sort all rows once costs
    half of putting each in its place, and less the larger a table is. The caller holds the transaction, so nobody
    sees them gone. What the tables themselves promise (primary keys, unique columns) holds throughout."""
    found = []
    for statement in statements():
        created = _CREATED.search(statement)
        if created and created["type"] == "INDEX" and created["table"] in tables:
            found.append((created["name"], statement))
    for name, _ in found:
        connection.execute(f"DROP INDEX IF EXISTS {name}")
    yield
    for _, statement in found:
        connection.execute(statement)


def statements() -> Iterator[str]:
    """The statements of the schema, one by one."""
    statement = ""
    for line in (files("onrecord.store") / "schema.sql").read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@functools.cache
def _own() -> dict[str, tuple[str, str]]:
    """What the schema makes: type and statement by name."""
    found: dict[str, tuple[str, str]] = {}
    for statement in statements():
        created = _CREATED.search(statement)
        if created:
            found[created["name"]] = (created["type"].lower(), _plain(statement))
    return found


def _plain(statement: str) -> str:
    """A statement without comments and in one line."""
    return " ".join(re.sub(r"--.*", "", statement).split()).rstrip("; ")


def stranger(connection: sqlite3.Connection) -> str:
    """What in a file would act when it is read or written and is not ours ("view 'x'"); "" where nothing is."""
    for kind, name, statement in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        known, ours = _own().get(str(name), ("", ""))
        acts = kind in ("view", "trigger") or (known and kind != known) or "VIRTUAL" in str(statement).upper()[:40]
        if acts and (kind != known or _plain(str(statement)) != ours):
            return f"{kind} {str(name)[:60]!r}"
    return ""
