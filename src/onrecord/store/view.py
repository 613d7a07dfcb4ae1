"""The one way out: a read-only look at a record, as rows (docs/record.md). Any number may be open beside one writer."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from onrecord.errors import NotFoundError, StoreError
from onrecord.model.claims import Reading
from onrecord.model.coded import CodedRow
from onrecord.model.record import Judgement, Note
from onrecord.store import browse
from onrecord.store.coded import read_coded_rows
from onrecord.store.decoded import decode_json, decode_row
from onrecord.store.file import open_for_reading
from onrecord.store.judgements import read_judgements
from onrecord.store.matching import add_functions, called, query_condition
from onrecord.store.notes import Finding, SavedSearch, read_findings, read_notes, read_searches
from onrecord.store.query import Query
from onrecord.store.rows import TABLES, Row
from onrecord.store.search import Hit, find_query, find_words
from onrecord.store.words import match_query

# the SQL table behind each table of the export, and the columns a face may ask for
SOURCES: dict[str, tuple[str, tuple[str, ...]]] = {
    "documents": ("reports", ("id", "path", "outlet", "language", "published", "lineage")),
    "statements": (
        "statements",
        ("id", "document", "actor", "country", "kind", "cue_kind", "said", "statement_group"),
    ),
    "events": ("events", ("id", "document", "type", "status", "date", "event_group")),
    "figures": ("figures", ("id", "document", "unit", "figure_group")),
    "actors": ("actors", ("id", "name", "kind", "country")),
    "lineages": ("lineages", ("id",)),
    "corroborations": ("corroborations", ("id", "of")),
    "contradictions": ("contradictions", ("id", "kind")),
    "timeline": ("timeline", ("date", "of")),
    "skips": ("skips", ("document", "stage", "reason")),
}

NAMED = 5_000  # actors whose every name is looked through for words: by then they are mentioned a few times


class View:
    """An open record; use `open_view`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        add_functions(connection)

    def rows(self, table: str, **equal: str) -> Iterator[Row]:
        """Rows of a table of the record in order; `equal` filters by columns of `SOURCES`."""
        if table not in SOURCES:
            raise StoreError(f"no table is called {table!r}; tables: {', '.join(TABLES)}")
        source, columns = SOURCES[table]
        unknown = sorted(set(equal) - set(columns))
        if unknown:
            raise StoreError(f"{table} has no column {', '.join(unknown)}; columns: {', '.join(columns)}")
        where = " AND ".join(f"{column} = ?" for column in equal)
        query = f"SELECT row FROM {source}{' WHERE ' + where if where else ''} ORDER BY position"
        for (row,) in self._connection.execute(query, tuple(equal.values())):
            yield decode_row(row)

    def count(self, table: str) -> int:
        return int(self._connection.execute(f"SELECT count(*) FROM {SOURCES[table][0]}").fetchone()[0])

    def matching(self, table: str, query: Query, limit: int = -1, offset: int = 0) -> Iterator[Row]:
        """Rows of a table that fit a query, in order; QueryError where the table lacks a field of it."""
        where, values = query_condition(table, query)
        source = SOURCES[table][0]
        asked = f"SELECT row FROM {source} WHERE {where} ORDER BY position LIMIT ? OFFSET ?"
        for (row,) in self._connection.execute(asked, [*values, limit, offset]):
            yield decode_row(row)

    def count_matching(self, table: str, query: Query) -> int:
        where, values = query_condition(table, query)
        asked = f"SELECT count(*) FROM {SOURCES[table][0]} WHERE {where}"
        return int(self._connection.execute(asked, values).fetchone()[0])

    def find(self, id: str) -> tuple[str, Row]:
        """The table and row of an id, or of a beginning of one that only one row has; NotFoundError otherwise."""
        start, after = id, id[:-1] + chr(ord(id[-1]) + 1) if id else ""
        found: list[tuple[str, str]] = []
        for table, (source, columns) in SOURCES.items():
            if "id" in columns and id:
                query = f"SELECT row FROM {source} WHERE id >= ? AND id < ? ORDER BY id LIMIT 3"
                found.extend((table, row) for (row,) in self._connection.execute(query, (start, after)))
        rows = [(table, decode_row(row)) for table, row in found]
        exact = [(table, row) for table, row in rows if row["id"] == id]
        if exact or len(rows) == 1:
            return (exact or rows)[0]
        for table, row in (("groups", self._group(id)), ("judgements", self._judgement(id))):
            if row is not None:
                return table, row
        if found:
            raise NotFoundError(f"{id!r} begins more than one id; give more of it")
        raise NotFoundError(f"the record holds nothing with the id {id!r}; ids are in the output of every command")

    def _group(self, id: str) -> Row | None:
        query = "SELECT id, kind, members FROM groups WHERE id = ?"
        row = self._connection.execute(query, (id,)).fetchone()
        return None if row is None else {"id": row[0], "kind": row[1], "members": decode_json(row[2])}

    def _judgement(self, id: str) -> Row | None:
        return next((dataclasses.asdict(judgement) for judgement in self.judgements() if judgement.id == id), None)

    def text(self, document: str) -> str:
        """The kept text of a document."""
        row = self._connection.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()
        if row is None:
            raise NotFoundError(f"the record holds no document {document!r}")
        return str(row[0])

    def piece(self, document: str, start: int, end: int) -> str:
        """The words of a document between two offsets, without reading the rest of it."""
        query = "SELECT substr(text, ?, ?) FROM documents WHERE id = ?"
        row = self._connection.execute(query, (start + 1, max(0, end - start), document)).fetchone()
        return "" if row is None else str(row[0])

    def around(self, document: str, start: int, end: int, reach: int) -> str:
        """The words of a document from `reach` code points before a span to as many behind it, on whole words."""
        first = max(0, start - reach)
        query = "SELECT substr(text, ?, ?), length(text) FROM documents WHERE id = ?"
        row = self._connection.execute(query, (first + 1, end + reach - first, document)).fetchone()
        if row is None:
            return ""
        words, length = str(row[0]), int(row[1])
        if first and " " in words[: start - first]:
            words = "…" + words[words.index(" ") + 1 :]
        if end + reach < length and " " in words[-reach:]:
            words = words[: words.rindex(" ")] + "…"
        return words

    def reading_keys(self) -> dict[str, str]:
        """What each report was read with, by id: a hash of its text, the code, the word lists and the weights."""
        return dict(self._connection.execute("SELECT id, reading_key FROM documents"))

    def check(self) -> None:
        """StoreError if the file is damaged or a claim's words are not where it says."""
        (result,) = self._connection.execute("PRAGMA integrity_check").fetchone()
        if result != "ok":
            raise StoreError(f"the file is damaged ({result}); restore it from a copy, or build it again")
        for table, spans in (("statements", "content"), ("events", "evidence"), ("figures", "span")):
            for row in self.rows(table):
                text = self.text(row["document"])
                held = row[spans] if isinstance(row[spans], list) else [row[spans]]
                if any(text[span["start"] : span["end"]] != span["text"] for span in held):
                    raise StoreError(f"the words of {row['id']} are not in its document; build the record again")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside belongs to one moment, whatever a writer does meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def version(self) -> str:
        """Changes whenever the derived tables do; what was worked out of them may be kept as long as this holds."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'linked'").fetchone()
        return "" if row is None else str(row[0])

    def limit_time(self, expired: Callable[[], bool] | None) -> None:
        """Break off a query (`sqlite3.OperationalError`) once `expired` says so; None takes the limit away."""
        self._connection.set_progress_handler(expired, 10_000 if expired else 0)

    def select(self, table: str, wanted: browse.Wanted, limit: int, offset: int = 0) -> browse.Selection:
        return browse.select(self._connection, table, wanted, limit, offset)

    def facets(self, table: str, wanted: browse.Wanted) -> tuple[browse.FacetCount, ...]:
        return browse.count_facets(self._connection, table, wanted)

    def fitting(self, table: str, wanted: browse.Wanted, limit: int = -1) -> Iterator[Row]:
        """The rows that fit, in order."""
        return browse.fitting(self._connection, table, wanted, limit)

    def ids(self, table: str, wanted: browse.Wanted, limit: int) -> tuple[str, ...]:
        return browse.ids(self._connection, table, wanted, limit)

    def place_of(self, table: str, wanted: browse.Wanted, id: str) -> int | None:
        return browse.place_of(self._connection, table, wanted, id)

    def some(self, table: str, column: str, values: Iterable[str]) -> list[Row]:
        """Rows of a table whose column holds any of some values, in order."""
        source, columns = SOURCES[table]
        if column not in columns:
            raise StoreError(f"{table} has no column {column}; columns: {', '.join(columns)}")
        wanted = list(dict.fromkeys(values))
        marks = ", ".join("?" * len(wanted))
        query = f"SELECT row FROM {source} WHERE {column} IN ({marks}) ORDER BY position"
        return [decode_row(row) for (row,) in self._connection.execute(query, wanted)]

    def reading(self, document: str) -> Reading:
        """All that was read in a document."""
        row = self._connection.execute("SELECT reading FROM documents WHERE id = ?", (document,)).fetchone()
        if row is None:
            raise NotFoundError(f"the record holds no document {document!r}")
        return msgspec.json.decode(row[0], type=Reading)

    def mentions_in(self, document: str) -> list[tuple[int, int, str, str]]:
        """(start, end, actor, mention) of every mention in a document whose actor is known."""
        query = "SELECT start, finish, actor, id FROM mentions WHERE document = ? ORDER BY start, finish, actor, id"
        return list(self._connection.execute(query, (document,)))

    def mentions_of(self, actor: str, limit: int) -> list[tuple[str, int, int, str]]:
        """(document, start, end, mention) of an actor's mentions."""
        query = "SELECT document, start, finish, id FROM mentions WHERE actor = ? ORDER BY document, start, id LIMIT ?"
        return list(self._connection.execute(query, (actor, limit)))

    def forms_of(self, actor: str, limit: int = -1) -> list[tuple[str, str, str]]:
        """(document, mention, words) of an actor's mentions, by report and place."""
        query = (
            "SELECT m.document, m.id, substr(d.text, m.start + 1, m.finish - m.start) FROM mentions m "
            "JOIN documents d ON d.id = m.document WHERE m.actor = ? ORDER BY m.document, m.start, m.id LIMIT ?"
        )
        return list(self._connection.execute(query, (actor, limit)))

    def names(self, actors: Iterable[str]) -> dict[str, str]:
        """The names of some actors by id."""
        return browse.actor_names(self._connection, actors)

    def actors_called(self, words: str, limit: int) -> list[Row]:
        """Actors one of whose names holds the words, the most mentioned first; by names other than the best known one
        only the `NAMED` most mentioned are found, for all of them would have to be unpacked."""
        query = (
            "SELECT row FROM actors WHERE position IN ("
            "SELECT position FROM actors WHERE is_called(name, ?) UNION "
            "SELECT position FROM (SELECT position, row FROM actors ORDER BY position LIMIT ?) often WHERE EXISTS "
            "(SELECT 1 FROM json_each(often.row, '$.aliases') WHERE is_called(value, ?))"
            ") ORDER BY position LIMIT ?"
        )
        wanted = called(words)
        return [decode_row(row) for (row,) in self._connection.execute(query, (wanted, NAMED, wanted, limit))]

    def words_in(self, table: str, words: str, limit: int) -> list[Row]:
        """Some statements or events whose words hold all of these."""
        index = {"statements": "statements_search", "events": "events_search"}[table]
        rows = self._connection.execute(
            f"SELECT t.row FROM {index} f JOIN {table} t ON t.position = f.rowid WHERE {index} MATCH ? LIMIT ?",
            (match_query(words) or '""', limit),
        )
        return [decode_row(row) for (row,) in rows]

    def vocabulary(self, least: int) -> list[tuple[str, int]]:
        """Every word of the reports as the full-text index has it (no capitals, no accents) that stands in at least so
        many reports, with their number."""
        run = self._connection.execute
        run("PRAGMA query_only = OFF")  # the table of words is made beside the record, not in it
        try:
            run("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'documents_search', 'row')")
            return run("SELECT term, doc FROM temp.vocabulary WHERE doc >= ?", (least,)).fetchall()
        finally:
            run("DROP TABLE IF EXISTS temp.vocabulary")
            run("PRAGMA query_only = ON")

    def group(self, id: str) -> Row | None:
        """A group of claims by id: {id, kind, members}."""
        return self._group(id)

    def whole_subjects(self, verdict: str, subjects: Sequence[str]) -> tuple[str, ...]:
        """What a decision is about, each group followed by its claims: so it holds for them whatever groups there are.

        A split goes by what it names: claims leave their group, a group named alone falls apart.
        """
        if verdict not in ("accept", "reject", "merge") or (verdict == "merge" and len(subjects) < 2):
            return tuple(subjects)
        found: list[str] = []
        for subject in subjects:
            group = self._group(subject)
            found += [subject, *(group["members"] if group else ())]
        return tuple(dict.fromkeys(found))

    def against(self, claims: Iterable[str]) -> list[Row]:
        """The contradictions that any of some claims takes part in."""
        wanted = list(dict.fromkeys(claims))
        marks = ", ".join("?" * len(wanted))
        query = (
            "SELECT row FROM contradictions WHERE id IN "
            f"(SELECT contradiction FROM opposed WHERE claim IN ({marks})) ORDER BY position"
        )
        return [decode_row(row) for (row,) in self._connection.execute(query, wanted)]

    def judgements(self) -> tuple[Judgement, ...]:
        return read_judgements(self._connection)

    def notes(self, subject: str | None = None, every: bool = False) -> tuple[Note, ...]:
        """Notes that stand, on one subject or on all; `every` gives the whole log of them."""
        return read_notes(self._connection, subject, every)

    def searches(self) -> tuple[SavedSearch, ...]:
        return read_searches(self._connection)

    def findings(self, search: str, limit: int) -> tuple[Finding, ...]:
        """What a saved search found, the newest first."""
        return read_findings(self._connection, search, limit)

    def coded(self) -> tuple[CodedRow, ...]:
        """Other coders' rows that are kept beside the record."""
        return read_coded_rows(self._connection)

    def meta(self) -> dict[str, str]:
        return dict(self._connection.execute("SELECT key, value FROM meta ORDER BY key"))

    def search(self, words: str | Query, limit: int = 20) -> list[Hit]:
        """Statements, then reports, that hold all the words ("quoted phrases" and prefix* allowed), best first.

        A query with fields finds statements, events and reports, those of them that have its fields. Words that very
        many hold are ranked among the first thousand that do: ranking reads all of them.
        """
        if isinstance(words, str):
            asked = match_query(words)
            return find_words(self._connection, asked, limit) if asked else []
        return find_query(self._connection, words, limit)


@contextmanager
def open_view(path: Path, older: bool = False) -> Iterator[View]:
    """Open a record read-only; `older` takes one of an earlier version too, of which only KEPT tables can be read."""
    connection = open_for_reading(path, older)
    try:
        yield View(connection)
    finally:
        connection.close()
