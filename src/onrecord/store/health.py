"""Is a record whole? Each check gives what it found, and what to do where that is not well. Nothing is changed.

The words of every span are held against the text that it points into: SQLite keeps no checksum of what it stores, so a
bit that turned over in a text shows here and nowhere else.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import StoreError
from onrecord.model.claims import Reading
from onrecord.model.text import Document
from onrecord.store.file import fault, open_for_reading
from onrecord.store.judgements import make_judgement, read_rows
from onrecord.store.lock import holder
from onrecord.store.schema import DECIDED, DERIVED, names
from onrecord.store.view import SOURCES

SHOWN = 3  # faults that a finding names
KEPT: tuple[str, ...] = ("meta", "documents", "input_skips")
REPAIR = "mend it with: onrecord doctor RECORD --repair"
RELINK = "make them anew with: onrecord link RECORD"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, whether all is well, what was found (with what to do where it is not)."""

    check: str
    ok: bool
    found: str


def examine_record(path: Path) -> list[Finding]:
    """All checks of a record's file, as far as it can be opened."""
    try:
        connection = open_for_reading(path)
    except StoreError as error:
        return [Finding("file", False, str(error))]
    checks: tuple[tuple[str, Callable[[sqlite3.Connection], list[str]], str, str], ...] = (
        ("pages", _pages, "every page of the file is sound", REPAIR),
        ("tables", _tables, "all tables are there", REPAIR),
        ("reports", _reports, "every text is the one that was read, and all that was read lies in it", REPAIR),
        ("claims", _claims, "the words of every span stand in their report", REPAIR),
        ("search", functools.partial(_search, path), "the words of every text can be searched", REPAIR),
        ("decisions", _decisions, "every decision is as it was made", REPAIR),
        ("linking", _linking, "the derived tables are there", RELINK),
    )
    writes = holder(path)
    found = [Finding("file", True, f"{path}, {path.stat().st_size:,} bytes" + (f" ({writes})" if writes else ""))]
    try:
        for name, check, well, cure in checks:
            try:
                faults = check(connection)
            except sqlite3.Error as error:
                found.append(Finding(name, False, fault(path, error)))
                continue
            words = "; ".join(faults[:SHOWN]) + (f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else "")
            cured = cure.replace("RECORD", str(path))
            found.append(Finding(name, not faults, f"{words}; {cured}" if faults else well))
        with contextlib.suppress(sqlite3.Error):
            found.append(Finding("orphans", True, _orphans(connection)))
    finally:
        connection.close()
    return found


def decoded(text: str, value: str, reading: str, sha256: str) -> tuple[Document, Reading]:
    """A stored report and its reading; StoreError where they are not what was stored."""
    try:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        document = dataclasses.replace(msgspec.json.decode(value, type=Document), text=text)
        held = msgspec.json.decode(reading, type=Reading)
    except (msgspec.MsgspecError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError(f"it cannot be read ({error})") from error
    if digest != sha256 or digest != document.text_sha256:
        raise StoreError("its text is not the one that was read")
    ends = (*_ends(msgspec.to_builtins(held)), *(part.span.end for part in document.parts))
    mapped = document.offsets.runs[-1].end if document.offsets.runs else 0
    if held.document != document.id or max(ends, default=0) > len(text) or mapped != len(text):
        raise StoreError("what was read in it does not fit its text")
    return document, held


def _ends(value: Any) -> Iterator[int]:
    """The ends of all spans anywhere in a value."""
    if isinstance(value, dict):
        if isinstance(value.get("end"), int):
            yield value["end"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _ends(one)


def _pages(connection: sqlite3.Connection) -> list[str]:
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    return [] if found == ["ok"] else found


def _tables(connection: sqlite3.Connection) -> list[str]:
    missing = {*KEPT, *DECIDED, *DERIVED} - names(connection)
    return [f"the table {name} is missing" for name in sorted(missing)]


def _reports(connection: sqlite3.Connection) -> list[str]:
    faults = []
    rows = connection.execute("SELECT path, id, text, value, reading, text_sha256 FROM documents ORDER BY path, id")
    for path, id, *held in rows:
        try:
            document, _ = decoded(*held)
            if document.id != id or document.path != path:
                raise StoreError("its columns are not those of its content")
        except StoreError as error:
            faults.append(f"{path}: {error}")
    return faults


def _claims(connection: sqlite3.Connection) -> list[str]:
    @functools.lru_cache(maxsize=64)
    def text(document: str) -> str:
        row = connection.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()
        return "" if row is None else str(row[0])

    faults = []
    for table, (source, columns) in SOURCES.items():
        named = "id" if "id" in columns else "position"
        for key, row in connection.execute(f"SELECT {named}, row FROM {source} ORDER BY position"):
            try:
                held = json.loads(row)
                if named == "id" and held["id"] != key:
                    raise StoreError("its id is another's")
                document = held.get("document") if table != "documents" else held["id"]
                for one, start, end, words in _spans(held, document if table != "skips" or held["span"] else None):
                    if text(one)[start:end] != words:
                        raise StoreError("its words are not in its report")
            except (StoreError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                faults.append(f"{table} {key}: {error}")
    return faults


def _spans(value: Any, document: str | None) -> Iterator[tuple[str, int, int, str]]:
    """(report, start, end, words) of every span anywhere in a row."""
    if isinstance(value, dict):
        document = value.get("document", document)
        if document and {"start", "end", "text"} <= value.keys():
            yield document, value["start"], value["end"], value["text"]
        for edit in value.get("edits", ()) if "of" in value else ():  # of a copy: from one report, to another
            yield from _spans(edit["from"], value["of"])
            yield from _spans(edit["to"], value["document"])
        value = [one for name, one in value.items() if name != "edits"]
    if isinstance(value, list):
        for one in value:
            yield from _spans(one, document)


def _search(path: Path, _connection: sqlite3.Connection) -> list[str]:
    """The index of words against the texts; not looked at where the file cannot be written, as FTS5 asks for that."""
    found = []
    writing = sqlite3.connect(path, timeout=1.0, isolation_level=None)
    try:
        writing.execute("BEGIN IMMEDIATE")
        for table in ("documents_search", "statements_search", "events_search"):
            try:
                against = 1 if table == "documents_search" else 0  # its texts are in another table
                writing.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', ?)", (against,))
            except sqlite3.DatabaseError as error:
                found.append(f"{table} does not fit its texts ({error})")
        writing.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return []
    finally:
        writing.close()
    return found


def _decisions(connection: sqlite3.Connection) -> list[str]:
    faults = []
    for held, id in read_rows(connection):
        if held is None:
            faults.append(f"{id[:40]} cannot be read")
            continue
        try:
            made = make_judgement(held.verdict, held.subjects, held.by, held.at, held.why, held.edits)
            if made.id != held.id:
                raise StoreError("it was changed after it was made")
        except StoreError as error:
            faults.append(f"{held.id} by {held.by} ({held.why}): {error}")
    return faults


def _linking(connection: sqlite3.Connection) -> list[str]:
    row = connection.execute("SELECT value FROM meta WHERE key = 'linked'").fetchone()
    faults = [] if row else ["the record has not been linked"]
    for table in ("statements", "events", "figures"):
        query = f"SELECT count(*) FROM {table} WHERE document NOT IN (SELECT id FROM documents)"
        (lost,) = connection.execute(query).fetchone()
        if lost:
            faults.append(f"{lost} {table} of reports that are not in the record")
    return faults


def _orphans(connection: sqlite3.Connection) -> str:
    """Decisions about what the record no longer holds: no fault, they hold again when its report comes back."""
    held = {id for _, id in read_rows(connection)} | {id for (id,) in connection.execute("SELECT id FROM groups")}
    for source, columns in SOURCES.values():
        if "id" in columns:
            held.update(id for (id,) in connection.execute(f"SELECT id FROM {source}"))
    log = [one for one, _ in read_rows(connection) if one is not None]
    subjects = [(one.id, one.subjects[0]) for one in log if one.verdict not in ("undo", "reject")]  # rejected: gone
    lost = [id for id, subject in subjects if subject not in held]
    shown = ", ".join(lost[:SHOWN]) + (", …" if len(lost) > SHOWN else "")
    return f"{len(lost)} of {len(subjects)} decisions are about what is not in the record now" + (
        f" ({shown}); they are kept" if lost else ""
    )
