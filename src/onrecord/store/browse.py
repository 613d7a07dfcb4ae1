"""Looking through a table of the record: filters, words, order, a page of rows, and how many rows a filter gives.

What a list can be asked for is data: `LISTS` names each table's facets, and nothing that a user sends becomes SQL but
as a bound value. A facet's counts hold with all other filters applied, so that one can be widened again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.errors import StoreError
from onrecord.store.decoded import decode_row
from onrecord.store.fields import UNKNOWN
from onrecord.store.matching import Condition, query_condition
from onrecord.store.query import parse_query
from onrecord.store.rows import Row
from onrecord.store.words import match_query

FACET_ROWS = 12  # values counted for one facet; the most frequent ones


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter: its name in an address, what people read, and a column or (`party`) a role in `participants`."""

    name: str
    label: str
    column: str = ""
    party: str = ""
    shown: bool = True  # whether its values are counted and listed, or it only filters


@dataclass(frozen=True, slots=True)
class Listing:
    """A table that can be looked through: its source, facets, day column, full-text table and orders."""

    source: str
    facets: tuple[Facet, ...]
    orders: tuple[tuple[str, str], ...]
    days: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a list: values by facet (any of them fits), words, days from and until (ISO, any precision).

    `query` is a query as text; it narrows the list further.
    """

    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    words: str = ""
    since: str = ""
    until: str = ""
    order: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """A page of rows, and how many there are in all."""

    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A facet with its most frequent values: value, words for it, how many rows."""

    name: str
    label: str
    values: tuple[tuple[str, str, int], ...]
    more: int


OUTLET = Facet("outlet", "Outlet", "outlet")
DOCUMENT = Facet("document", "Report", "document", shown=False)
READING_ORDER = ("reading", "position")

LISTS: dict[str, Listing] = {
    "documents": Listing(
        "reports",
        (OUTLET, Facet("language", "Language", "language"), Facet("lineage", "Lineage", "lineage", shown=False)),
        (("path", "position"), ("newest", "published DESC, position"), ("oldest", "published, position")),
        days="published",
    ),
    "statements": Listing(
        "statements",
        (
            Facet("speaker", "Speaker", party="speaker"), Facet("cue", "Cue", "cue_kind"),
            Facet("kind", "Quoted how", "kind"), Facet("certainty", "Certainty", "certainty"), OUTLET,
            Facet("country", "Speaker of", "country"), Facet("addressee", "To whom", party="addressee"),
            Facet("relay", "Passed on by", party="relay"), DOCUMENT,
            Facet("group", "Group", "statement_group", shown=False),
        ),
        (READING_ORDER, ("said", "said IS NULL, said, position")),
        days="said",
        words="statements_search",
    ),
    "events": Listing(
        "events",
        (
            Facet("type", "Type", "type"), Facet("status", "Status", "status"), Facet("quad", "Quad class", "quad"),
            Facet("actor", "Actor", party="actor"), Facet("recipient", "Recipient", party="recipient"), OUTLET,
            Facet("place", "Place", "place"), Facet("in", "Country of the place", "place_country"), DOCUMENT,
            Facet("group", "Group", "event_group", shown=False),
        ),
        (READING_ORDER, ("date", "date IS NULL, date, position"), ("surest", "score DESC, position"),
         ("least-sure", "score, position")),
        days="date",
        words="events_search",
    ),
    "figures": Listing(
        "figures",
        (Facet("unit", "Unit", "unit"), Facet("bound", "Bound", "bound"), OUTLET, DOCUMENT,
         Facet("group", "Group", "figure_group", shown=False)),
        (READING_ORDER, ("largest", "value DESC, position"), ("smallest", "value, position")),
        days="date",
    ),
    "actors": Listing(
        "actors",
        (Facet("kind", "Kind", "kind"), Facet("country", "Country", "country"), Facet("sector", "Sector", "sector")),
        (("mentions", "position"), ("name", "name COLLATE NOCASE, position")),
    ),
    "timeline": Listing(
        "timeline",
        (Facet("type", "Type", "type"), Facet("quad", "Quad class", "quad"),
         Facet("precision", "Precision", "precision"), Facet("actor", "Actor", party="actor"),
         Facet("recipient", "Recipient", party="recipient")),
        (("date", "position"), ("weight", "lineages DESC, score DESC, position")),
        days="date",
    ),
    "skips": Listing(
        "skips", (Facet("stage", "Stage", "stage"), Facet("reason", "Reason", "reason")), (("path", "position"),)
    ),
    "contradictions": Listing("contradictions", (Facet("kind", "Kind", "kind"),), (READING_ORDER,)),
}  # fmt: skip

FACETS: dict[str, tuple[Facet, ...]] = {name: listing.facets for name, listing in LISTS.items()}


def select(connection: sqlite3.Connection, table: str, wanted: Wanted, limit: int, offset: int = 0) -> Selection:
    """A page of rows that fit, in the order asked for or the first of its listing's orders."""
    listing = _listing(table)
    where, values = conditions(listing, wanted)
    order = dict(listing.orders).get(wanted.order, listing.orders[0][1])
    (total,) = connection.execute(f"SELECT count(*) FROM {listing.source}{where}", values).fetchone()
    # positions first, rows then: sorting must not carry the rows' JSON along
    query = (
        f"SELECT row FROM {listing.source} WHERE position IN (SELECT position FROM {listing.source}{where} "
        f"ORDER BY {order} LIMIT ? OFFSET ?) ORDER BY {order}"
    )
    rows = connection.execute(query, [*values, limit, offset])
    return Selection(tuple(decode_row(row) for (row,) in rows), int(total))


def fitting(connection: sqlite3.Connection, table: str, wanted: Wanted, limit: int) -> Iterator[Row]:
    """The rows that fit, in the order of export."""
    listing = _listing(table)
    where, values = conditions(listing, wanted)
    query = f"SELECT row FROM {listing.source}{where} ORDER BY position LIMIT ?"
    return (decode_row(row) for (row,) in connection.execute(query, [*values, limit]))


def place_of(connection: sqlite3.Connection, table: str, wanted: Wanted, id: str) -> int | None:
    """How many rows that fit come before the row with an id, in the listing's own order; None where it does not fit."""
    listing = _listing(table)
    where, values = conditions(listing, wanted)
    inside = f"{where}{' AND' if where else ' WHERE'} id = ?"
    row = connection.execute(f"SELECT position FROM {listing.source}{inside}", [*values, id]).fetchone()
    if row is None:
        return None
    before = f"{where}{' AND' if where else ' WHERE'} position < ?"
    (count,) = connection.execute(f"SELECT count(*) FROM {listing.source}{before}", [*values, row[0]]).fetchone()
    return int(count)


def ids(connection: sqlite3.Connection, table: str, wanted: Wanted, limit: int) -> tuple[str, ...]:
    """The ids of the rows that fit; of the timeline those of its groups."""
    listing = _listing(table)
    where, values = conditions(listing, wanted)
    column = "of" if table == "timeline" else "id"
    query = f"SELECT {column} FROM {listing.source}{where} ORDER BY position LIMIT ?"
    return tuple(id for (id,) in connection.execute(query, [*values, limit]))


def count_facets(connection: sqlite3.Connection, table: str, wanted: Wanted) -> tuple[FacetCount, ...]:
    """Each shown facet's most frequent values with all other filters applied, and those asked for."""
    listing = _listing(table)
    return tuple(_count(connection, listing, facet, wanted) for facet in listing.facets if facet.shown)


def _count(connection: sqlite3.Connection, listing: Listing, facet: Facet, wanted: Wanted) -> FacetCount:
    others = Wanted(
        tuple(pair for pair in wanted.values if pair[0] != facet.name), wanted.words, wanted.since, wanted.until,
        query=wanted.query,
    )  # fmt: skip
    where, values = conditions(listing, others)
    if facet.party:
        table, key = _parties(listing)
        inside = f" AND {key} IN (SELECT {_key(listing)} FROM {listing.source}{where})" if where else ""
        query = f"SELECT actor, count(*) FROM {table} WHERE role = ?{inside} GROUP BY actor ORDER BY 2 DESC, 1"
        values = [facet.party, *values]
    else:
        query = f"SELECT {facet.column}, count(*) FROM {listing.source}{where} GROUP BY 1 ORDER BY 2 DESC, 1"
    found = [(UNKNOWN if value is None else str(value), int(n)) for value, n in connection.execute(query, values)]
    asked = set(dict(wanted.values).get(facet.name, ()))
    shown = found[:FACET_ROWS] + [pair for pair in found[FACET_ROWS:] if pair[0] in asked]
    shown += [(value, 0) for value in sorted(asked - {value for value, _ in found})]
    names = actor_names(connection, (value for value, _ in shown)) if facet.party else {}
    return FacetCount(
        facet.name, facet.label, tuple((value, names.get(value, value), n) for value, n in shown),
        max(0, len(found) - FACET_ROWS),
    )  # fmt: skip


def actor_names(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    wanted = list(dict.fromkeys(ids))
    marks = ", ".join("?" * len(wanted))
    return dict(connection.execute(f"SELECT id, name FROM actors WHERE id IN ({marks})", wanted))


def _listing(table: str) -> Listing:
    if table not in LISTS:
        raise StoreError(f"no list of {table!r}; lists: {', '.join(LISTS)}")
    return LISTS[table]


def _parties(listing: Listing) -> tuple[str, str]:
    return ("timeline_parties", "position") if listing.source == "timeline" else ("participants", "claim")


def _key(listing: Listing) -> str:
    return "position" if listing.source == "timeline" else "id"


def conditions(listing: Listing, wanted: Wanted) -> Condition:
    """All conditions as one WHERE clause with its values; facets that the listing lacks are passed over."""
    known = {facet.name: facet for facet in listing.facets}
    conditions = [_fits(listing, known[name], chosen) for name, chosen in wanted.values if name in known and chosen]
    if listing.days:
        conditions += _between(listing.days, wanted.since, wanted.until)
    if wanted.words:
        conditions.append(word_condition(listing, wanted.words))
    if wanted.query:
        conditions.append(asked_condition(listing, wanted.query))
    if not conditions:
        return "", []
    return " WHERE " + " AND ".join(text for text, _ in conditions), [v for _, values in conditions for v in values]


def asked_condition(listing: Listing, query: str) -> Condition:
    """Rows that fit a query; QueryError where it cannot be read or asks for a field that the list lacks."""
    table = next(name for name, one in LISTS.items() if one is listing)
    return query_condition(table, parse_query(query, table))


def word_condition(listing: Listing, words: str) -> Condition:
    """Rows whose words hold all of these: by the full-text index where there is one, else as they stand in the row."""
    if not listing.words and listing.source != "reports":
        return "instr(lower(row), lower(?)) > 0", [json.dumps(words, ensure_ascii=False)[1:-1]]
    query = match_query(words)
    if not query:
        return "0", []
    if listing.words:
        return f"position IN (SELECT rowid FROM {listing.words} WHERE {listing.words} MATCH ?)", [query]
    found = "SELECT d.id FROM documents_search f JOIN documents d ON d.number = f.rowid WHERE documents_search MATCH ?"
    return f"id IN ({found})", [query]


def _fits(listing: Listing, facet: Facet, chosen: tuple[str, ...]) -> Condition:
    marks = ", ".join("?" * len(chosen))
    if facet.party:
        table, key = _parties(listing)
        roles = (facet.party,)
        inside = f"SELECT {key} FROM {table} WHERE role = ? AND actor IN ({marks})"
        return f"{_key(listing)} IN ({inside})", [*roles, *chosen]
    missing = f" OR {facet.column} IS NULL" if UNKNOWN in chosen else ""
    # every column is compared as text: an address holds text only
    column = f"CAST({facet.column} AS TEXT)" if facet.column == "quad" else facet.column
    return f"({column} IN ({marks}){missing})", list(chosen)


def _between(column: str, since: str, until: str) -> list[Condition]:
    """Days from `since` to the end of `until`, as `fits_days` compares them."""
    return [(f"fits_days({column}, ?, ?)", [since, until])] if since or until else []
