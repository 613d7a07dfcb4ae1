"""The one way in. A report is added in one transaction; what linking makes is written in one other.

Kill the process anywhere and the file holds whole reports only; the next build goes on from there. Judgements are
never touched here but to add one.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import msgspec

from onrecord.errors import StoreError
from onrecord.model.claims import Reading, Skip
from onrecord.model.coded import CodedRow
from onrecord.model.inputs import Gave
from onrecord.model.judgements import standing
from onrecord.model.record import Judgement, Note, Record
from onrecord.model.text import Document
from onrecord.store.coded import add_coded
from onrecord.store.file import fault, open_for_reading, open_for_writing
from onrecord.store.held import (
    KIND,
    Head,
    HeldDocument,
    HeldReading,
    hold_document,
    hold_reading,
    pack_head,
    read_head,
    unpack_head,
)
from onrecord.store.judgements import add_judgement, next_time, read_judgements
from onrecord.store.lock import alone
from onrecord.store.notes import SavedSearch, add_findings, add_note, add_search
from onrecord.store.rows import Rows

FILES = "input file"  # what kept values of input files are called; a hash stands where others have a report
TEXTS = 1 << 17  # texts in memory at once, of 17 KB each: rows of other reports show their words
READINGS = 1 << 3  # readings in memory at once, of 90 KB each: linking goes through all of them one after the other


class Writer:
    """An open record; use `open_writer`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._reader = connection  # what fetches texts and readings
        self._heads: dict[str, bytes] = {}  # made anew of reports that had none kept

    def pages(self) -> dict[str, str]:
        """The reading key of each known page."""
        return dict(self._connection.execute("SELECT page, reading_key FROM documents"))

    def add(self, document: Document, reading: Reading, page: str, key: str) -> None:
        """Add a report or replace its reading, in one transaction."""
        value = msgspec.json.encode(dataclasses.replace(document, text="")).decode()
        row = (
            document.id, document.path, page, document.title.value or "", document.text, document.text_sha256, value,
            key, msgspec.json.encode(reading).decode(),
        )  # fmt: skip
        with self._transaction():
            self._drop("id = ? OR page = ?", (document.id, page))
            self._connection.execute(
                "INSERT INTO documents (id, path, page, title, text, text_sha256, value, reading_key, reading) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def keep_only(self, pages: Iterable[str]) -> int:
        """Remove every report whose page is not among these, and skips of inputs; how many reports went."""
        keep = set(pages)
        gone = [page for page in self.pages() if page not in keep]
        with self._transaction():
            for page in gone:
                self._drop("page = ?", (page,))
        return len(gone)

    def _drop(self, where: str, values: tuple[str, ...]) -> None:
        """Remove reports, with what linking kept of them; `where` is a literal of this file, never input."""
        query = f"DELETE FROM documents WHERE {where} RETURNING id"
        for (id,) in self._connection.execute(query, values).fetchall():
            self._connection.execute("DELETE FROM kept WHERE document = ? OR paired", (id,))

    def replace_input_skips(self, skips: Sequence[Skip], paths: Iterable[str], all_paths: bool = False) -> None:
        """Write this run's input skips; older ones of the same `paths` (or all of them) go."""
        with self._transaction():
            if all_paths:
                self._connection.execute("DELETE FROM input_skips")
            gone = sorted({*paths, *(skip.document for skip in skips)})
            self._connection.executemany("DELETE FROM input_skips WHERE path = ?", ((path,) for path in gone))
            self._connection.executemany(
                "INSERT OR IGNORE INTO input_skips (path, stage, reason, detail) VALUES (?, ?, ?, ?)",
                ((s.document, s.stage, s.reason, s.detail) for s in skips),
            )

    def contents(self) -> Iterator[tuple[Document, Reading]]:
        """Every report with its reading, by path and id."""
        rows = self._connection.execute("SELECT text, value, reading FROM documents ORDER BY path, id")
        for text, value, reading in rows:
            yield _document(value, text), _decode_reading(reading)

    def held(self) -> Iterator[tuple[HeldDocument, HeldReading]]:
        """As `contents`, but what is long of a report is fetched where it is asked for, while the record is open."""
        read, told = functools.lru_cache(READINGS)(self._reading), functools.lru_cache(TEXTS)(self._document)
        query = (
            "SELECT number, documents.id, kept.value FROM documents LEFT JOIN kept "
            "ON kind = ? AND document = documents.id ORDER BY path, documents.id"
        )
        for number, id, packed in self._connection.execute(query, (KIND,)):
            head = self._head(number, id, packed)
            document = hold_document(head, functools.partial(told, number))
            yield document, hold_reading(head, functools.partial(read, number))

    def _head(self, number: int, id: str, packed: bytes | None) -> Head:
        """What is at hand of a report: as it is kept, else read from what is stored."""
        if packed is not None:
            with suppress(msgspec.DecodeError):
                held: Head = unpack_head(packed)
                return held
        query = "SELECT value, reading FROM documents WHERE number = ?"
        head = read_head(*self._connection.execute(query, (number,)).fetchone())
        self._heads[id] = pack_head(head)
        return head

    def _document(self, number: int) -> Document:
        query = "SELECT value, text FROM documents WHERE number = ?"
        return _document(*self._reader.execute(query, (number,)).fetchone())

    def _reading(self, number: int) -> Reading:
        query = "SELECT reading FROM documents WHERE number = ?"
        (reading,) = self._reader.execute(query, (number,)).fetchone()
        return _decode_reading(reading)

    def judgements(self) -> tuple[Judgement, ...]:
        return read_judgements(self._connection)

    def judge(self, *judgements: Judgement) -> None:
        """Add to the log; one that is in it already stays as it is."""
        with self._transaction(durable=True):
            for judgement in judgements:
                add_judgement(self._connection, judgement)

    def judge_if_seen(self, judgement: Judgement, seen: str) -> Judgement | None:
        """Add to the log unless a judgement on its first subject stands that is newer than `seen` ("" for none).

        Gives that newer one back then, and writes nothing; both happen in one transaction.
        """
        with self._transaction(durable=True):
            held = [one for one in standing(read_judgements(self._connection))
                    if judgement.subjects[0] in one.subjects]  # fmt: skip
            if held and held[-1].id != seen:
                return held[-1]
            add_judgement(self._connection, judgement)
        return None

    def next_time(self) -> str:
        """When a decision or note that is made now happens: see `next_time` in `store/judgements.py`."""
        return next_time(self._connection)

    def annotate(self, *notes: Note) -> None:
        with self._transaction(durable=True):
            for note in notes:
                add_note(self._connection, note)

    def save_search(self, search: SavedSearch) -> None:
        with self._transaction(durable=True):
            add_search(self._connection, search)

    def drop_search(self, id: str) -> None:
        """Stop watching a saved search; its row and findings stay."""
        with self._transaction():
            self._connection.execute("UPDATE searches SET dropped = 1 WHERE id = ?", (id,))

    def note_findings(self, search: str, items: Iterable[str], at: str) -> tuple[str, ...]:
        """Keep what a saved search finds now; those that it had not found before."""
        with self._transaction():
            return add_findings(self._connection, search, items, at)

    def keep_coded(self, rows: Iterable[CodedRow]) -> int:
        """Keep other coders' rows beside the record; how many are kept in all."""
        with self._transaction():
            return add_coded(self._connection, rows)

    def forget(self) -> None:
        """Take nothing that linking wrote for granted: the next linking makes every derived row anew."""
        with self._transaction():
            self._connection.execute("DELETE FROM kept")
            self._connection.execute("DELETE FROM written")
            self._connection.execute("DELETE FROM meta WHERE key = 'linked'")

    def changes(self) -> int:
        """How many rows were written or deleted since the record was opened."""
        return self._connection.total_changes

    def meta(self, key: str) -> str | None:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def note(self, key: str, value: str) -> None:
        """Keep a fact on the file as a whole, for `meta` to give back."""
        with self._transaction():
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def linking_inputs(self) -> str:
        """What the derived tables depend on: documents, reading keys, judgements and input skips, as one JSON text."""
        queries = (
            "SELECT id, page, reading_key FROM documents ORDER BY id",
            "SELECT id FROM judgements ORDER BY id",
            "SELECT path, stage, reason, detail FROM input_skips ORDER BY path, stage, reason, detail",
        )
        return json.dumps([self._connection.execute(query).fetchall() for query in queries])

    def kept(self, kind: str, document: str | None = None) -> dict[str, Sequence[object]]:
        """What linking keeps of one kind, by report, or of one report; a value that is damaged counts as lost."""
        query = "SELECT document, value FROM kept WHERE kind = ?1 AND ?2 IS NULL"
        if document is not None:
            query = "SELECT document, value FROM kept WHERE kind = ?1 AND document = ?2"
        rows = self._connection.execute(query, (kind, document))
        return {id: value for id, packed in rows if (value := _unpacked(packed)) is not None}

    def groups(self) -> int:
        """How many groups are written, each with its corroboration; -1 where something else wrote there."""
        from onrecord.store.grouped import count_groups

        return count_groups(self._connection)

    def files(self) -> dict[str, Gave]:
        """What input files gave when they were opened, by the hash of each; what is damaged counts as lost."""
        found = {}
        for digest, value in self._connection.execute("SELECT document, value FROM kept WHERE kind = ?", (FILES,)):
            with suppress(msgspec.MsgspecError):
                found[digest] = _decode_gave(value)
        return found

    def keep_files(self, gave: Mapping[str, Gave], gone: Iterable[str]) -> None:
        """Keep what input files gave, and forget what some gave once."""
        with self._transaction():
            rows = ((FILES, digest) for digest in gone)
            self._connection.executemany("DELETE FROM kept WHERE kind = ? AND document = ?", rows)
            new = ((FILES, digest, msgspec.msgpack.encode(one)) for digest, one in gave.items())
            self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, 0, ?)", new)

    def stamps(self, documents: Container[str]) -> dict[str, str]:
        """What tells one stored reading of some reports from another."""
        query = "SELECT id, page || ' ' || reading_key FROM documents"
        return {id: stamp for id, stamp in self._connection.execute(query) if id in documents}

    def write_record(
        self,
        documents: Sequence[Document],
        readings: Sequence[Reading],
        record: Record,
        linked: str,
        stamps: Mapping[str, str] | None = None,
        kept: Iterable[tuple[str, str, bool, Sequence[object]]] = (),
    ) -> None:
        """Bring the derived tables up to date, in one transaction; `linked` is kept as what they were made from.

        `stamps` are those of reports whose document and reading, but for its date, are those of the file; `kept` are
        values for the next linking: kind, report, whether it rests on another report besides, value.
        """
        # what compares rows with those of the file takes numpy, which those who only read or add need not wait for
        from onrecord.store.derived import write_derived

        rows = Rows(documents, readings, record)
        encode = msgspec.msgpack.Encoder().encode
        with self._transaction():
            with self._reading_beside():
                write_derived(self._connection, rows, record)
            other = [(d.id,) for d in documents if d.id not in (stamps or {})]
            if not stamps:  # what is kept of the pile as a whole tells what was written, which is no longer there
                other.append(("",))
            self._connection.executemany("DELETE FROM kept WHERE document = ?", other)
            self._connection.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)",
                ((kind, document, paired, encode(value)) for kind, document, paired, value in kept),
            )
            heads = [(KIND, id, False, self._heads.pop(id)) for id in self._heads.keys() & (stamps or {}).keys()]
            self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", heads)
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('linked', ?)", (linked,))

    @contextmanager
    def _reading_beside(self) -> Iterator[None]:
        """Reports are fetched by a connection of their own meanwhile: one that writes looks for every page that it
        reads among all that it has written. The caller ends this before the transaction, which it would hold up.
        A record held in memory has no other way in."""
        _, _, path = self._connection.execute("PRAGMA database_list").fetchone()
        if not path:
            yield
            return
        self._reader = open_for_reading(Path(path))
        try:
            yield
        finally:
            self._reader.close()
            self._reader = self._connection

    @contextmanager
    def _transaction(self, durable: bool = False) -> Iterator[None]:
        """All or nothing. What people write is `durable`: on the disk, power or no power, before we say so."""
        self._connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # SQLite itself takes back what a full disk cut off
                self._connection.execute("ROLLBACK")
            raise


_decode = msgspec.json.Decoder(Document).decode
_decode_reading = msgspec.json.Decoder(Reading).decode
_decode_gave = msgspec.msgpack.Decoder(Gave).decode
_decode_kept = msgspec.msgpack.Decoder().decode


def _unpacked(packed: bytes) -> Sequence[object] | None:
    """What linking kept; None where it is damaged."""
    try:
        value: Sequence[object] = _decode_kept(packed)
        return value
    except msgspec.DecodeError:
        return None


def _document(value: str, text: str) -> Document:
    """A document as it is stored: its text stands in a column of its own."""
    document = _decode(value)
    object.__setattr__(document, "text", text)  # nobody else has it yet, and to copy it would take as long again
    return document


@contextmanager
def open_writer(path: Path, doing: str = "", wait: float = 0.0) -> Iterator[Writer]:
    """Open or create a record for writing; what the disk or another process prevents is a StoreError.

    Whoever reads reports or makes derived tables says what it is `doing` and has the record alone (BusyError after
    `wait` seconds); decisions and notes are written beside that.
    """
    with alone(path, doing, wait) if doing else nullcontext():
        connection = open_for_writing(path)
        try:
            yield Writer(connection)
        except sqlite3.Error as error:
            raise StoreError(fault(path, error)) from error
        finally:
            connection.close()
