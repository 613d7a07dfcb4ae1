"""A copy of a record while it is in use, and a clean record made of a damaged one. What is there is never written over.

A mended record is a new file: every report and decision that can be read and proves to be what was stored is put into
it, by the way that all reports and decisions take. Nothing of the old file's tables, indexes or triggers comes along.
Texts and decisions prove themselves by their hashes; what was read in a text cannot, and is read again by the next
build that meets the text's file.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import StoreError
from onrecord.model.claims import Skip
from onrecord.model.record import Note
from onrecord.store.coded import coded_row
from onrecord.store.file import PAGE_BYTES, fault, open_for_reading, open_for_writing
from onrecord.store.health import decoded
from onrecord.store.judgements import judgement_of, make_judgement
from onrecord.store.notes import SavedSearch
from onrecord.store.writer import Writer, open_writer

PAGES = (PAGE_BYTES, 4_096)  # bytes of a page: of records, and of those that earlier versions made
HEADER = slice(0, 100)  # of page 1, before its contents
SIZE = 28  # where the header says how many pages there are


@dataclass(frozen=True, slots=True)
class Saved:
    """What a clean record was given: reports and rows people wrote, and in words what could not be saved."""

    reports: int
    judgements: int
    notes: int
    lost: tuple[str, ...]


def back_up(path: Path, out: Path) -> int:
    """Copy a record as it is at one moment, whoever writes meanwhile; its bytes. `out` appears when it is whole."""
    if out.exists():
        raise StoreError(f"there is something at {out} already; choose another name")
    if not out.parent.is_dir():
        raise StoreError(f"{out.parent} is no folder: make it first, or choose another place for the copy")
    source = open_for_reading(path, older=True)
    part = out.with_name(out.name + ".part")
    try:
        part.unlink(missing_ok=True)
        source.execute("BEGIN")  # what follows sees one moment
        wanted = _counts(source)
        target = sqlite3.connect(part, isolation_level=None)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, and none beside it
            (sound,) = target.execute("PRAGMA integrity_check(1)").fetchone()
            whole = _counts(target) == wanted
        finally:
            target.close()
        if sound != "ok" or not whole:
            raise StoreError(f"{path} is damaged ({sound}); mend it with: onrecord doctor {path} --repair")
        _settle(part, out)
    except sqlite3.Error as error:
        raise StoreError(fault(path, error)) from error
    except OSError as error:
        raise StoreError(f"cannot write {out}: {error.strerror}") from error
    finally:
        source.close()
        part.unlink(missing_ok=True)
    return out.stat().st_size


def keep_damaged(path: Path) -> Path:
    """Copy a record's file, and what SQLite keeps beside it, byte by byte to a name of its own."""
    number = 1
    while (kept := path.with_name(f"{path.name}.before-repair{'' if number == 1 else f'-{number}'}")).exists():
        number += 1
    try:
        for beside in ("-wal", ""):  # the file itself last: it is there when the copy is whole
            source = path.with_name(path.name + beside)
            if source.exists():
                shutil.copyfile(source, kept.with_name(kept.name + beside))
        _flush(kept)
    except OSError as error:
        raise StoreError(f"cannot copy {path} before mending it: {error.strerror}; nothing was changed") from error
    return kept


def mend(damaged: Path, out: Path) -> Saved:
    """Make a clean record at `out` of all that can be read in a damaged one; StoreError where that is nothing."""
    if out.exists():
        raise StoreError(f"there is something at {out} already; choose another name")
    best: Saved | None = None
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".mending-") as folder, open_writer(out) as writer:
        for opened, is_mended in _readable(damaged, Path(folder)):
            saved = _saved(opened, writer)
            is_worth = saved.reports or saved.judgements or not (saved.lost or is_mended)
            if is_worth and (best is None or saved.reports > best.reports):
                best = saved
            if saved.reports:
                break
    if best is not None:
        return best
    out.unlink(missing_ok=True)
    raise StoreError(f"nothing can be read in {damaged}; restore it from a backup, or build the record again")


def replace(path: Path, mended: Path) -> None:
    """Put a mended record where the damaged one was; what SQLite kept beside that goes with it."""
    _flush(mended)
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    os.replace(mended, path)


def _settle(part: Path, out: Path) -> None:
    """Give a whole file its name; never over one that has come meanwhile."""
    _flush(part)
    if out.exists():
        raise StoreError(f"there is something at {out} already; choose another name")
    part.rename(out)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _counts(connection: sqlite3.Connection) -> list[int]:
    return [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("documents", "judgements")]


def _readable(damaged: Path, folder: Path) -> Iterator[tuple[sqlite3.Connection, bool]]:
    """Connections to copies of a damaged file, and whether it was mended for that: as it is; with the header, then all
    of the schema, of a new record, and at least as long as one."""
    tries: list[tuple[bytes, tuple[slice, ...]]] = [(b"", ())]
    for size in PAGES:
        fresh = folder / f"fresh-{size}"
        open_for_writing(fresh, size).close()
        whole = fresh.read_bytes()
        tries += [(whole, (HEADER,)), (whole, _schema_of(whole, size))]
    for number, (whole, stretches) in enumerate(tries):
        copy = folder / f"copy-{number}"
        for beside in ("", "-wal"):
            source = damaged.with_name(damaged.name + beside)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + beside))
        if stretches:
            with copy.open("r+b") as file:
                for stretch in stretches:
                    file.seek(stretch.start)
                    file.write(whole[stretch])
                file.seek(SIZE)
                file.write(bytes(4))  # so that it is taken from the file
                file.truncate(max(file.seek(0, os.SEEK_END), len(whole)))
        connection = sqlite3.connect(copy, isolation_level=None)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            if connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'documents'").fetchone()[0]:
                yield connection, bool(stretches)
        except sqlite3.Error:
            continue
        finally:
            connection.close()


def _schema_of(whole: bytes, size: int) -> tuple[slice, ...]:
    """The pages that hold the schema in a new record: its tables begin on the same pages as those of any other."""
    pages, begin = [1], HEADER.stop
    if whole[begin] == 5:  # a page of pages, not of entries
        cells = int.from_bytes(whole[begin + 3 : begin + 5], "big")
        places = [int.from_bytes(whole[at : at + 2], "big") for at in range(begin + 12, begin + 12 + 2 * cells, 2)]
        pages += [int.from_bytes(whole[at : at + 4], "big") for at in (*places, begin + 8)]
    return tuple(slice((page - 1) * size, page * size) for page in pages)


def _saved(connection: sqlite3.Connection, writer: Writer) -> Saved:
    """Everything that can be read, into the new record."""
    reports, lost = 0, []
    for number in _numbers(connection):
        try:
            path, page, *held = connection.execute(
                "SELECT path, page, text, value, reading, text_sha256 FROM documents WHERE number = ?", (number,)
            ).fetchone()
            document, reading = decoded(*held)
            if not all(isinstance(one, str) for one in (path, page)) or document.path != path:
                raise StoreError("its columns are not those of its content")
            writer.add(document, reading, page, "")  # no key: it is read again if a build meets its file
            reports += 1
        except (sqlite3.Error, StoreError, TypeError) as error:
            lost.append(f"report {number}: {error}; it is read again when its file is built again")
    judgements = _save_judgements(connection, writer, lost)
    notes = _save_remarks(connection, writer, lost)
    for key, value in _rows(connection, "meta", ("key", "value")):
        if key != "linked":  # the derived tables are made anew
            writer.note(key, value)
    for id, origin, row in _rows(connection, "coded", ("id", "origin", "row")):
        try:
            writer.keep_coded([coded_row(row)])
        except (TypeError, ValueError) as error:
            lost.append(f"another coder's row {id} of {origin}: {error}")
    skips = _rows(connection, "input_skips", ("path", "stage", "reason", "detail"))
    writer.replace_input_skips([Skip(path, stage, reason, detail) for path, stage, reason, detail in skips], ())
    return Saved(reports, judgements, notes, tuple(lost))


def _numbers(connection: sqlite3.Connection) -> list[int]:
    """The numbers of all reports, from the table or, where that is damaged, from its indexes."""
    found: set[int] = set()
    for by in ("number", "id", "page", "path, number"):
        for turn in ("ASC", "DESC"):
            order = ", ".join(f"{column} {turn}" for column in by.split(", "))
            with contextlib.suppress(sqlite3.Error):
                for (number,) in connection.execute(f"SELECT number FROM documents ORDER BY {order}"):
                    found.add(number)
    return sorted(found)


def _rows(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Rows of texts from both ends of a table, as far as it can be read; [] where there is none."""
    found: dict[tuple[str, ...], None] = {}
    for turn in ("ASC", "DESC"):
        order = ", ".join(f"{column} {turn}" for column in columns[:2])
        with contextlib.suppress(sqlite3.Error):
            for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"):
                if all(isinstance(one, str) for one in row):
                    found[row] = None
    return list(found)


def _save_judgements(connection: sqlite3.Connection, writer: Writer, lost: list[str]) -> int:
    """Decisions that prove to be as they were made; the others are told with all that can be read of them."""
    saved = 0
    before = ("id", "verdict", "subjects", "by", "at", "why")
    for row in _rows(connection, "judgements", (*before, "edits")) or _rows(connection, "judgements", before):
        try:
            held = judgement_of(*row)
            made = make_judgement(held.verdict, held.subjects, held.by, held.at, held.why, held.edits)
            if made != held:
                raise StoreError("it was changed after it was made")
            writer.judge(made)
            saved += 1
        except (StoreError, ValueError, TypeError, RecursionError) as error:
            lost.append(f"decision {' | '.join(row[1:])}: {error}; decide again if it is still right")
    return saved


def _save_remarks(connection: sqlite3.Connection, writer: Writer, lost: list[str]) -> int:
    """Notes, saved searches and what these found."""
    saved = 0
    columns = ("id", "subject", "tags", "words", "by", "at", "COALESCE(takes_back, '')")
    for id, subject, tags, words, by, at, back in _rows(connection, "notes", columns):
        try:
            kept = tuple(str(tag) for tag in json.loads(tags))
            writer.annotate(Note(id, subject, kept, words, by, at, back or None))
            saved += 1
        except (ValueError, TypeError, RecursionError) as error:
            lost.append(f"note on {subject}, {words}: {error}")
    columns = ("id", "name", "page", "wanted", "by", "at", "CAST(dropped AS TEXT)")
    for *search, dropped in _rows(connection, "searches", columns):
        writer.save_search(SavedSearch(*search))
        if dropped != "0":
            writer.drop_search(search[0])
    for id, item, at in _rows(connection, "findings", ("search", "item", "at")):
        writer.note_findings(id, (item,), at)
    return saved
