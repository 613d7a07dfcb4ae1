"""Full text: finds with the words around them, best first; fields of a query narrow what is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.errors import QueryError
from onrecord.store.decoded import decode_row
from onrecord.store.fields import Term
from onrecord.store.matching import query_condition
from onrecord.store.query import Query
from onrecord.store.words import match_query

RANKED = 1_000  # finds that are ranked at most
SHOWN = 40  # words shown of a row that is found by its fields alone

# table: full-text index, the column shown, words shown, tables joined, id, path, and the order of equals
_SOURCES: dict[str, tuple[str, int, int, str, str]] = {
    "statements": ("statements_search", 1, 40, "statements t ON t.position = f.rowid", "t.position"),
    "events": ("events_search", 1, 40, "events t ON t.position = f.rowid", "t.position"),
    "documents": (
        "documents_search", -1, 24, "documents d ON d.number = f.rowid LEFT JOIN reports t ON t.id = d.id",
        "d.path, d.id",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """One find of a search: the id and table it opens, and the words around it, finds between \\x02 and \\x03."""

    table: str
    id: str
    path: str
    snippet: str
    rank: float


def find_words(connection: sqlite3.Connection, asked: str, limit: int) -> list[Hit]:
    """Statements, then reports, that a full-text query finds."""
    return [hit for table in ("statements", "documents") for hit in _ranked(connection, table, asked, limit)]


def find_query(connection: sqlite3.Connection, query: Query, limit: int) -> list[Hit]:
    """What fits a query: statements, events and reports, those tables that have its fields."""
    if not query:
        return []
    asked = " AND ".join(filter(None, (_words(term) for term in query.words if not term.negated)))
    if asked and not query.fields and not any(term.negated for term in query.terms):
        return find_words(connection, asked, limit)
    tables = [table for table in _SOURCES if query.applies(table)]
    if not tables:
        names = ", ".join(dict.fromkeys(term.field for term in query.fields))
        raise QueryError(f"neither statements nor events nor reports have all of: {names}", query.fields[0].at)
    return [hit for table in tables for hit in _fitting(connection, table, query, asked, limit)]


def _words(term: Term) -> str:
    """The full-text query of a term: any of its values."""
    texts = ((value.text.replace('"', " "), value.begins) for value in term.values)
    made = [match_query(f"{text}*" if begins else f'"{text}"') for text, begins in texts]
    found = [one for one in made if one]
    return f"({' OR '.join(found)})" if len(found) > 1 else "".join(found)


def _fitting(connection: sqlite3.Connection, table: str, query: Query, asked: str, limit: int) -> Iterator[Hit]:
    where, values = query_condition(table, query)
    source = "reports" if table == "documents" else table
    if asked:
        inside = f"SELECT position FROM {source} WHERE {where}"
        yield from _ranked(connection, table, asked, limit, f"AND t.position IN ({inside})", values)
        return
    rows = connection.execute(f"SELECT row FROM {source} WHERE {where} ORDER BY position LIMIT ?", [*values, limit])
    for (text,) in rows:
        row = decode_row(text)
        spans = row.get("content") or [row.get("evidence") or {"text": row.get("title") or ""}]
        words = " … ".join(span["text"] for span in spans).split()
        shown = " ".join(words[:SHOWN]) + (" …" if len(words) > SHOWN else "")
        yield Hit(table, row["id"], row["path"], shown, 0.0)


def _ranked(
    connection: sqlite3.Connection, table: str, asked: str, limit: int, where: str = "",
    values: list[str | float] | None = None,
) -> Iterator[Hit]:  # fmt: skip
    """Finds of a full-text query, best first; `where` narrows them."""
    index, column, words, joined, order = _SOURCES[table]
    snippet = f"snippet({index}, {column}, char(2), char(3), '…', {words})"
    # a report is found before it is linked too
    named = "d.id, d.path" if table == "documents" else "t.id, json_extract(t.row, '$.path')"
    if where:
        query = (
            f"SELECT {named}, {snippet}, f.rank FROM {index} f JOIN {joined} "
            f"WHERE {index} MATCH ? {where} ORDER BY f.rank, {order} LIMIT ?"
        )
        bound = [asked, *(values or []), limit]
    else:
        # the best are chosen before rows are joined; +rowid: asked for row by row, the index would start anew each time
        query = (
            f"WITH best AS MATERIALIZED (SELECT number, r FROM (SELECT rowid AS number, rank AS r FROM {index} "
            f"WHERE {index} MATCH ? LIMIT {RANKED}) ORDER BY r LIMIT ?), "
            f"found AS MATERIALIZED (SELECT rowid, {snippet} AS shown FROM {index} "
            f"WHERE {index} MATCH ? AND +rowid IN (SELECT number FROM best)) "
            f"SELECT {named}, f.shown, best.r FROM best JOIN found f ON f.rowid = best.number JOIN {joined} "
            f"ORDER BY best.r, {order}"
        )
        bound = [asked, limit, asked]
    for id, path, shown, rank in connection.execute(query, bound):
        yield Hit(table, id, path, shown, rank)
