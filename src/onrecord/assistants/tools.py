"""The questions that can be asked, as functions of an open record: one for each tool, none changes anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from onrecord.assistants.answers import NOTE, Answer, Entry, harmless
from onrecord.assistants.entries import (
    Shelf,
    actor_entry,
    contradiction_entry,
    document_entry,
    event_entry,
    figure_entry,
    statement_entry,
    timeline_entry,
)
from onrecord.errors import NotFoundError
from onrecord.store import Hit, Row, View, parse_query

MOST = 50  # entries of one answer
EXCERPT = 6_000  # code points of one excerpt
ENTRIES: dict[str, Callable[[Shelf, Row], Entry]] = {
    "documents": document_entry, "statements": statement_entry, "events": event_entry, "figures": figure_entry,
    "actors": actor_entry, "timeline": timeline_entry, "contradictions": contradiction_entry,
}  # fmt: skip


def list_rows(view: View, table: str, query: str, limit: int, offset: int) -> Answer:
    """Rows of a table that fit a query, in the record's order."""
    asked = parse_query(query, table)
    rows = list(view.matching(table, asked, limit, offset))
    shelf = Shelf(view, rows)
    total = view.count_matching(table, asked)
    entries = [ENTRIES[table](shelf, row) for row in rows]
    return _answer(f"{table} {query}".strip(), total, offset, entries)


def search(view: View, query: str, limit: int) -> Answer:
    """Statements, events and reports that hold the words, best first."""
    hits = view.search(parse_query(query), limit)[: limit * 2]
    rows = {table: {r["id"]: r for r in view.some(table, "id", [h.id for h in hits if h.table == table])}
            for table in ("statements", "events", "documents")}  # fmt: skip
    shelf = Shelf(view, [*rows["statements"].values(), *rows["events"].values()])
    entries = [_hit_entry(shelf, hit, rows[hit.table][hit.id]) for hit in hits if hit.id in rows.get(hit.table, {})]
    return _answer(f"search {query}", len(entries), 0, entries)


def _hit_entry(shelf: Shelf, hit: Hit, row: Row) -> Entry:
    if hit.table != "documents":
        return ENTRIES[hit.table](shelf, row)
    return document_entry(shelf, row, _places(shelf.view.text(hit.id), hit.snippet))


def _places(text: str, snippet: str) -> list[tuple[int, int]]:
    """Where the words of a find stand in a report's text; nothing where they stand in its title only."""
    words = snippet.replace("\x02", "").replace("\x03", "").strip("…")
    start = text.find(words) if words.strip() else -1
    if start >= 0:
        return [(start, start + len(words))]
    found = re.search(r"\x02(.+?)\x03", snippet, re.DOTALL)
    start = text.find(found[1]) if found else -1
    return [(max(0, start - 100), min(len(text), start + 200))] if start >= 0 else []


def actor(view: View, name: str, limit: int) -> Answer:
    """Who goes by a name or has an id, the most mentioned first."""
    try:
        table, row = view.find(name) if name.startswith("ac_") else ("", {})
    except NotFoundError:
        table, row = "", {}
    rows = [row] if table == "actors" else view.actors_called(name, limit)
    if not rows:
        raise NotFoundError(f"the record knows nobody called {name!r}; try a part of the name, or search")
    shelf = Shelf(view)
    return _answer(f"actor {name}", len(rows), 0, [actor_entry(shelf, one) for one in rows])


def excerpt(view: View, document: str, start: int, end: int) -> Answer:
    """A stretch of a report's text."""
    table, row = view.find(document)
    if table != "documents":
        raise NotFoundError(f"{document!r} is in {table}; give the id of a report")
    length = len(view.text(row["id"]))
    first = min(start, length)
    last = min(end if end > first else length, first + EXCERPT, length)
    shelf = Shelf(view)
    spans = [(at, min(at + 600, last)) for at in range(first, last, 600)]
    entry = document_entry(shelf, row, spans)
    more = {"goes on at": str(last)} if last < length else {}
    facts = {"excerpt": f"{first} to {last} of {length} code points", **more}
    return Answer(NOTE, f"document_excerpt {row['id']}", 1, 0, None, [entry], facts)


def overview(view: View) -> Answer:
    """What the record holds: counts, outlets, days."""
    counts = {table: str(view.count(table)) for table in (*ENTRIES, "lineages", "corroborations", "skips")}
    outlets = list(dict.fromkeys(row["outlet"] or "outlet unknown" for row in view.rows("documents")))
    days = sorted(row["published"]["value"] for row in view.rows("documents") if row["published"]["value"])
    facts = {
        **counts, "outlets": harmless(", ".join(outlets[:40])),
        "published": f"{days[0]} to {days[-1]}" if days else "no report has a date",
    }  # fmt: skip
    return Answer(NOTE, "overview", int(counts["documents"]), 0, None, [], facts)


def _answer(asked: str, total: int, offset: int, entries: Sequence[Entry]) -> Answer:
    end = offset + len(entries)
    return Answer(NOTE, harmless(asked), total, offset, end if entries and end < total else None, list(entries))
