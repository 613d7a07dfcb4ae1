"""Notes, tags and saved searches: what people keep beside the record. Rows are added, never changed; a build never
touches them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.errors import StoreError
from onrecord.model.ids import make_id
from onrecord.model.record import Note


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A page of the record and what is wanted of it, kept to be looked at again: `wanted` is an address's query."""

    id: str
    name: str
    page: str
    wanted: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One item that a saved search found, and when it was first seen."""

    search: str
    item: str
    at: str


def make_note(subject: str, tags: Iterable[str], words: str, by: str, at: str, takes_back: str | None = None) -> Note:
    """A note with its id; StoreError where it says nothing. Tags lose their case, doubles and leading #."""
    kept = tuple(sorted({tag.strip().lstrip("#").lower() for tag in tags} - {""}))
    words = words.strip()
    if not subject or not (kept or words or takes_back):
        raise StoreError("a note names an id and has words or tags")
    id = make_id("nt", subject, *kept, words, by, at, takes_back or "")
    return Note(id, subject, kept, words, by, at, takes_back)


def make_search(name: str, page: str, wanted: str, by: str, at: str) -> SavedSearch:
    """A saved search with its id; StoreError where it lacks a name or a page."""
    name = name.strip()
    if not name or not page:
        raise StoreError("a saved search has a name and a page")
    return SavedSearch(make_id("se", name, page, wanted, by, at), name, page, wanted, by, at)


def add_note(connection: sqlite3.Connection, note: Note) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO notes (id, subject, tags, words, by, at, takes_back) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (note.id, note.subject, json.dumps(note.tags), note.words, note.by, note.at, note.takes_back),
    )


def read_notes(connection: sqlite3.Connection, subject: str | None = None, every: bool = False) -> tuple[Note, ...]:
    """Notes that stand, oldest first, on one subject or on all; `every` gives those taken back too, and what did it."""
    where = "WHERE subject = ?" if subject is not None else ""
    rows = connection.execute(
        f"SELECT id, subject, tags, words, by, at, takes_back FROM notes {where} ORDER BY at, id",
        (subject,) if subject is not None else (),
    )
    notes = tuple(Note(i, s, tuple(json.loads(t)), w, by, at, back) for i, s, t, w, by, at, back in rows)
    gone = {note.takes_back for note in notes}
    return notes if every else tuple(n for n in notes if n.id not in gone and n.takes_back is None)


def add_search(connection: sqlite3.Connection, search: SavedSearch) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO searches (id, name, page, wanted, by, at) VALUES (?, ?, ?, ?, ?, ?)",
        (search.id, search.name, search.page, search.wanted, search.by, search.at),
    )


def read_searches(connection: sqlite3.Connection) -> tuple[SavedSearch, ...]:
    """Saved searches that are still watched, oldest first."""
    rows = connection.execute("SELECT id, name, page, wanted, by, at FROM searches WHERE NOT dropped ORDER BY at, id")
    return tuple(SavedSearch(*row) for row in rows)


def add_findings(connection: sqlite3.Connection, search: str, items: Iterable[str], at: str) -> tuple[str, ...]:
    """Note what a search finds now; those that it had not found before."""
    known = {item for (item,) in connection.execute("SELECT item FROM findings WHERE search = ?", (search,))}
    new = tuple(item for item in dict.fromkeys(items) if item not in known)
    connection.executemany("INSERT INTO findings VALUES (?, ?, ?)", ((search, item, at) for item in new))
    return new


def read_findings(connection: sqlite3.Connection, search: str, limit: int) -> tuple[Finding, ...]:
    """The newest findings of a search first."""
    rows = connection.execute(
        "SELECT search, item, at FROM findings WHERE search = ? ORDER BY at DESC, item LIMIT ?", (search, limit)
    )
    return tuple(Finding(*row) for row in rows)
