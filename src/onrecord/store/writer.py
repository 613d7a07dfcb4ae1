"""The one way in. A report is added in one transaction; what linking makes is written anew in one other.

Kill the process anywhere and the file holds whole reports only; the next build goes on from there. Judgements are
never touched here but to add one.
"""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import msgspec

from onrecord.errors import StoreError
from onrecord.model.claims import Reading, Skip
from onrecord.model.coded import CodedRow
from onrecord.model.judgements import standing
from onrecord.model.record import Judgement, Note, Record
from onrecord.model.text import Document
from onrecord.store.coded import add_coded
from onrecord.store.file import fault, open_for_writing
from onrecord.store.judgements import add_judgement, next_time, read_judgements
from onrecord.store.lock import alone
from onrecord.store.notes import SavedSearch, add_findings, add_note, add_search
from onrecord.store.rows import Row, Rows, skip_row
from onrecord.store.schema import DERIVED


class Writer:
    """An open record; use `open_writer`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

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
            self._connection.execute("DELETE FROM documents WHERE id = ? OR page = ?", (document.id, page))
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
            self._connection.executemany("DELETE FROM documents WHERE page = ?", ((page,) for page in gone))
        return len(gone)

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
            document = dataclasses.replace(msgspec.json.decode(value, type=Document), text=text)
            yield document, msgspec.json.decode(reading, type=Reading)

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
            "SELECT id, reading_key FROM documents ORDER BY id",
            "SELECT id FROM judgements ORDER BY id",
            "SELECT path, stage, reason, detail FROM input_skips ORDER BY path, stage, reason, detail",
        )
        return json.dumps([self._connection.execute(query).fetchall() for query in queries])

    def write_record(
        self, documents: Sequence[Document], readings: Sequence[Reading], record: Record, linked: str
    ) -> None:
        """Write all derived tables anew, in one transaction; `linked` is kept as what they were made from."""
        rows = Rows(documents, readings, record)
        with self._transaction():
            for table in DERIVED:
                self._connection.execute(f"DELETE FROM {table}")
            outlets = self._write_reports(rows)
            self._write_statements(rows, outlets)
            self._write_events(rows, outlets)
            self._write_links(rows, record)
            self._write_timeline(rows)
            self._write_skips(rows)
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('linked', ?)", (linked,))

    def _write_reports(self, rows: Rows) -> dict[str, str | None]:
        """The reports; gives the outlet of each, by which claims are searched too."""
        found = list(rows.of("documents"))
        self._insert(
            "reports", ("id", "path", "outlet", "language", "published", "lineage", "title"),
            ((r["id"], r["path"], r["outlet"], r["language"], r["published"]["value"], r["lineage"], r["title"], r)
             for r in found),
        )  # fmt: skip
        outlets = {r["id"]: r["outlet"] for r in found}
        self._insert(
            "figures", ("id", "document", "unit", "value", "figure_group", "bound", "outlet", "date"),
            ((r["id"], r["document"], r["unit"], r["value"], r["group"], r["bound"], outlets[r["document"]], r["date"],
              r) for r in rows.of("figures")),
        )  # fmt: skip
        return outlets

    def _write_statements(self, rows: Rows, outlets: dict[str, str | None]) -> None:
        columns = (
            "id", "document", "actor", "country", "kind", "cue_kind", "said", "certainty", "outlet", "statement_group",
        )  # fmt: skip
        for r in rows.of("statements"):
            actor = r["actor"] or {}
            said = (r["said"] or {}).get("value")
            named = (actor.get("id"), actor.get("country"))
            kinds = (r["kind"], r["cue_kind"], said, r["certainty"], outlets[r["document"]], r["group"] or r["id"])
            self._insert("statements", columns, ((r["id"], r["document"], *named, *kinds, r),))
            words = " … ".join(span["text"] for span in r["content"])
            speaker = " ".join(filter(None, (actor.get("name"), (r["speaker"] or {}).get("text"))))
            self._connection.execute("INSERT INTO statements_search VALUES (?, ?, ?)", (r["id"], words, speaker))
            self._take_part(r["id"], "speaker", [r["actor"]])
            self._take_part(r["id"], "addressee", [r["addressee"]])
            self._take_part(r["id"], "relay", [relay["actor"] for relay in r["relays"]])

    def _write_events(self, rows: Rows, outlets: dict[str, str | None]) -> None:
        columns = (
            "id", "document", "type", "status", "date", "event_group", "quad", "outlet", "place", "place_country",
            "score",
        )  # fmt: skip
        for r in rows.of("events"):
            date, place = (r["date"] or {}).get("value"), r["place"] or {}
            where = (outlets[r["document"]], place.get("name"), place.get("country"))
            values = (r["id"], r["document"], r["event_type"], r["status"], date, r["group"] or r["id"], r["quad"])
            self._insert("events", columns, ((*values, *where, r["score"], r),))
            self._connection.execute("INSERT INTO events_search VALUES (?, ?)", (r["id"], r["evidence"]["text"]))
            self._take_part(r["id"], "actor", [a["actor"] for a in r["actors"]])
            self._take_part(r["id"], "recipient", [a["actor"] for a in r["recipients"]])

    def _write_links(self, rows: Rows, record: Record) -> None:
        self._insert(
            "actors", ("id", "name", "kind", "country", "mentions", "sector"),
            ((r["id"], r["name"], r["kind"], r["country"], r["mentions"], r["sector"], r) for r in rows.of("actors")),
        )  # fmt: skip
        self._insert("lineages", ("id",), ((r["id"], r) for r in rows.of("lineages")))
        self._insert(
            "corroborations", ("id", "of", "lineages"),
            ((r["id"], r["of"], r["lineages"], r) for r in rows.of("corroborations")),
        )  # fmt: skip
        self._insert("contradictions", ("id", "kind"), ((r["id"], r["kind"], r) for r in rows.of("contradictions")))
        self._connection.executemany(
            "INSERT OR IGNORE INTO opposed VALUES (?, ?)",
            ((claim, c.id) for c in record.contradictions for claim in (c.left, c.right)),
        )
        counts = {c.of: (c.documents, c.lineages) for c in record.corroborations}
        self._connection.executemany(
            "INSERT INTO groups VALUES (?, ?, ?, ?, ?)",
            ((g.id, g.kind, json.dumps(sorted(g.members)), *counts.get(g.id, (0, 0)))
             for g in sorted(record.groups, key=lambda g: g.id)),
        )  # fmt: skip
        self._connection.executemany("INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?)", rows.mentions())

    def _write_timeline(self, rows: Rows) -> None:
        """The timeline, with the type and the actors of each entry's events beside it."""
        self._insert(
            "timeline", ("date", "of", "lineages", "precision", "score"),
            ((r["date"]["value"], r["event_group"] or r["statement"], r["lineages"], r["date"]["precision"],
              r["score"], r) for r in rows.of("timeline")),
        )  # fmt: skip
        self._connection.execute(
            "UPDATE timeline SET (type, quad) = (SELECT type, quad FROM events WHERE event_group = timeline.of "
            "ORDER BY score DESC, position LIMIT 1)"
        )
        self._connection.execute(
            "INSERT OR IGNORE INTO timeline_parties SELECT t.position, p.role, p.actor, p.country FROM timeline t "
            "JOIN events e ON e.event_group = t.of JOIN participants p ON p.claim = e.id"
        )

    def _write_skips(self, rows: Rows) -> None:
        inputs = self._connection.execute("SELECT path, stage, reason, detail FROM input_skips")
        found = [skip_row(Skip(*row)) for row in inputs] + list(rows.of("skips"))
        found.sort(key=lambda r: (r["path"], r["stage"], r["reason"], r["detail"], str(r["span"])))
        columns = ("document", "stage", "reason")
        self._insert("skips", columns, ((r["document"], r["stage"], r["reason"], r) for r in found))

    def _insert(self, table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
        """Insert rows whose last value is the row itself, as JSON; names are literals of this file, never input."""
        marks = ", ".join("?" * (len(columns) + 1))
        self._connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}, row) VALUES ({marks})",
            ((*values[:-1], json.dumps(values[-1], ensure_ascii=False)) for values in rows),
        )

    def _take_part(self, claim: str, role: str, actors: Iterable[Row | None]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO participants VALUES (?, ?, ?, ?)",
            ((claim, role, actor["id"], actor["country"]) for actor in actors if actor),
        )

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
