"""Counts and sums over the whole record, for overviews, charts and maps: each one query or two, over narrow indexes.

Nothing is decided here: what is counted are rows of the record, weighted by the lineages that linking counted.
"""

from __future__ import annotations

import json
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.store.columns import Columns, Mask, Numbers
from onrecord.store.decoded import decode_json, decode_row
from onrecord.store.rows import Row
from onrecord.store.view import View

Fits = Sequence[int] | None  # positions of the rows that fit; None for all


@dataclass(frozen=True, slots=True)
class Count:
    """A value, words for it, and how many."""

    value: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Dated entries of one lane that begin in one stretch of time: how many, and the best backed one of them."""

    lane: str
    date: str
    entries: int
    lineages: int
    of: str
    precision: str
    headline: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Who acts on whom: events of one quad class from one actor to another, and the groups they make."""

    actor: str
    recipient: str
    quad: int
    events: int
    groups: int


@dataclass(frozen=True, slots=True)
class PlaceSum:
    """A place with its events; degrees WGS 84."""

    name: str
    country: str | None
    lat: float
    lon: float
    precision: str
    events: int
    groups: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """Dated event groups of one day and quad class: how many, and their lineages added up."""

    date: str
    quad: int
    groups: int
    lineages: int


def count_by(view: View, table: str, column: str, limit: int = 12) -> tuple[Count, ...]:
    """The most frequent values of a column of an SQL table; the caller names both, never a user."""
    query = f"SELECT {column}, count(*) FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
    rows = view._connection.execute(query, (limit,))
    return tuple(Count("" if v is None else str(v), "unknown" if v is None else str(v), n) for v, n in rows)


def days(view: View) -> tuple[str | None, str | None, str | None, str | None]:
    """First and last day of publication, first and last day of the timeline, where known."""
    published = view._connection.execute(
        "SELECT min(substr(published, 1, 10)), max(substr(published, 1, 10)) FROM reports "
        "WHERE published NOT LIKE '%/%'"
    ).fetchone()
    happened = view._connection.execute("SELECT min(date), max(substr(date, 1, 10)) FROM timeline").fetchone()
    return (*published, *happened)


def counts(view: View) -> dict[str, int]:
    """How many rows each table has, and how many reports have no date, no outlet."""
    tables = {name: view.count(name) for name in ("documents", "statements", "events", "figures", "actors", "lineages",
                                                  "contradictions", "timeline", "skips")}  # fmt: skip
    (undated, unknown) = view._connection.execute(
        "SELECT coalesce(sum(published IS NULL OR published LIKE '%/%'), 0), coalesce(sum(outlet IS NULL), 0) "
        "FROM reports"
    ).fetchone()
    return {**tables, "undated": int(undated), "without outlet": int(unknown)}


def largest_lineages(view: View, limit: int = -1) -> tuple[str, ...]:
    """Ids of lineages of several reports, those of most reports first."""
    query = (
        "SELECT l.id FROM lineages l JOIN (SELECT lineage, count(*) AS n FROM reports GROUP BY lineage) r "
        "ON r.lineage = l.id WHERE r.n > 1 ORDER BY r.n DESC, l.position LIMIT ?"
    )
    return tuple(id for (id,) in view._connection.execute(query, (limit,)))


def lanes_of(view: View, lane: str, fits: Fits, limit: int) -> tuple[str, ...]:
    """The lanes with most entries that fit: ids of actors, event types, quad classes or countries."""
    inside, values = _among("position", fits)
    if lane == "actor":  # those with a name of their own before "the town" and "two soldiers"
        query = (
            "SELECT p.actor, p.n FROM (SELECT actor, count(DISTINCT position) AS n FROM timeline_parties "
            f"WHERE {inside} GROUP BY 1) p JOIN actors a ON a.id = p.actor "
            "ORDER BY a.kind IN ('group', 'role'), p.n DESC, 1 LIMIT ?"
        )
    elif lane == "country":
        query = (
            "SELECT country, count(DISTINCT position) FROM timeline_parties WHERE country IS NOT NULL "
            f"AND {inside} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
        )
    else:
        column = "quad" if lane == "quad" else "type"
        query = (
            f"SELECT {column}, count(*) FROM timeline WHERE {column} IS NOT NULL AND {inside} "
            "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
        )
    return tuple(str(value) for value, _ in view._connection.execute(query, [*values, limit]))


def bins_of(view: View, lane: str, lanes: Sequence[str], fits: Fits, width: int) -> tuple[Bin, ...]:
    """Entries by lane and stretch: `width` 10 a day, 7 a month, 4 a year. Headline and id are the best backed one's."""
    inside, values = _among("t.position", fits)
    marks = ", ".join("?" * len(lanes))
    if lane in ("actor", "country"):
        source = (
            f"SELECT DISTINCT p.{lane} AS lane, t.* FROM timeline t JOIN timeline_parties p ON p.position = t.position "
            f"WHERE p.{lane} IN ({marks}) AND {inside}"
        )
    else:
        column = "quad" if lane == "quad" else "type"
        source = (
            f"SELECT CAST({column} AS TEXT) AS lane, * FROM timeline t "
            f"WHERE CAST({column} AS TEXT) IN ({marks}) AND {inside}"
        )
    query = (  # of bare columns beside max() SQLite takes those of the row that has the maximum
        "SELECT lane, substr(date, 1, ?), count(*), max(lineages * 1000000 + CAST(score * 1000 AS INTEGER)), lineages, "
        f"of, precision, date, json_extract(row, '$.headline') FROM ({source}) GROUP BY 1, 2 ORDER BY 1, 2"
    )
    found = view._connection.execute(query, [width, *lanes, *values])
    return tuple(
        Bin(lane, date if n == 1 else start, n, lineages, of, precision, headline)
        for lane, start, n, _, lineages, of, precision, date, headline in found
    )


def _among(column: str, fits: Fits) -> tuple[str, list[str]]:
    """A condition that a position is one of some."""
    return ("1", []) if fits is None else (f"{column} IN (SELECT value FROM json_each(?))", [json.dumps(fits)])


@dataclass(frozen=True, slots=True)
class Dyads:
    """Every pair of different actors of every event, as numbers: the event's row in `Columns`, both actors."""

    actors: tuple[str, ...]
    rows: Numbers
    doers: Numbers
    others: Numbers
    quads: Numbers  # of each event row
    groups: Numbers  # of each event row, numbered


def load_dyads(view: View, columns: Columns) -> Dyads:
    """Read the pairs of all events; `columns` are those of the events."""
    pairs = view._connection.execute(
        "SELECT e.position, a.actor, r.actor FROM events e JOIN participants a ON a.claim = e.id AND a.role = 'actor' "
        "JOIN participants r ON r.claim = e.id AND r.role = 'recipient' AND r.actor <> a.actor"
    ).fetchall()
    code: dict[str, int] = {}
    doers = [code.setdefault(actor, len(code)) for _, actor, _ in pairs]
    others = [code.setdefault(actor, len(code)) for _, _, actor in pairs]
    rows = np.searchsorted(columns.positions, np.array([row for row, _, _ in pairs], dtype=np.int64))
    quad, group = columns.facets["quad"], columns.facets["group"]
    quads = np.array([int(value) if value.isdigit() else 0 for value in quad.values] or [0], dtype=np.int32)
    return Dyads(
        tuple(code), rows.astype(np.int32), np.array(doers, np.int32), np.array(others, np.int32),
        quads[quad.codes] if columns.size else quads, group.codes,
    )  # fmt: skip


def edges_of(dyads: Dyads, fits: Mask, limit: int) -> tuple[Edge, ...]:
    """Pairs with most event groups between them, by quad class, of the events that fit."""
    chosen = fits[dyads.rows]
    rows = dyads.rows[chosen]
    keys = np.stack([dyads.doers[chosen], dyads.others[chosen], dyads.quads[rows], dyads.groups[rows]], axis=1)
    if not len(keys):
        return ()
    found, groups = np.unique(np.unique(keys, axis=0)[:, :3], axis=0, return_counts=True)
    _, events = np.unique(keys[:, :3], axis=0, return_counts=True)
    edges = [
        Edge(dyads.actors[doer], dyads.actors[other], int(quad), int(n), int(g))
        for (doer, other, quad), n, g in zip(found.tolist(), events.tolist(), groups.tolist(), strict=True)
    ]
    return tuple(sorted(edges, key=lambda e: (-e.groups, e.actor, e.recipient, e.quad))[:limit])


def load_places(view: View) -> dict[str, PlaceSum]:
    """Every place that has coordinates, by name, with no events counted yet."""
    rows = view._connection.execute(
        "SELECT place, place_country, json_extract(row, '$.place.lat') AS lat, json_extract(row, '$.place.lon'), "
        "json_extract(row, '$.place.precision'), 0, 0 FROM events WHERE position IN "
        "(SELECT min(position) FROM events WHERE place IS NOT NULL GROUP BY place) AND lat IS NOT NULL"
    )
    return {row[0]: PlaceSum(*row) for row in rows}


def places_of(places: dict[str, PlaceSum], columns: Columns, fits: Mask, limit: int) -> tuple[PlaceSum, ...]:
    """Places where most event groups happened, of the events that fit."""
    place, group = columns.facets["place"], columns.facets["group"]
    keys = np.stack([place.codes[fits], group.codes[fits]], axis=1)
    events = np.bincount(keys[:, 0], minlength=len(place.values))
    groups = np.bincount(np.unique(keys, axis=0)[:, 0], minlength=len(place.values)) if len(keys) else events
    found = [
        replace(places[name], events=int(events[n]), groups=int(groups[n]))
        for n, name in enumerate(place.values)
        if events[n] and name in places
    ]
    return tuple(sorted(found, key=lambda one: (-one.groups, one.name))[:limit])


def weigh_days(view: View) -> tuple[Weighed, ...]:
    """Event groups that have a day, by day and quad class."""
    query = (
        "SELECT substr(date, 1, 10), quad, count(*), sum(lineages) FROM timeline "
        "WHERE precision IN ('day', 'minute') AND quad IS NOT NULL GROUP BY 1, 2 ORDER BY 1"
    )
    return tuple(Weighed(*row) for row in view._connection.execute(query))


def group_page(view: View, kind: str, least: int, limit: int, offset: int) -> tuple[list[Row], int]:
    """Groups of a kind ("" any) told by at least so many reports, the best backed first, and how many there are."""
    where = "documents >= ?" + (" AND kind = ?" if kind else "")
    values: list[object] = [least, *([kind] if kind else [])]
    (total,) = view._connection.execute(f"SELECT count(*) FROM groups WHERE {where}", values).fetchone()
    rows = view._connection.execute(
        f"SELECT id, kind, members, documents, lineages FROM groups WHERE {where} "
        "ORDER BY lineages DESC, documents DESC, id LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    found = [
        {"id": id, "kind": k, "members": decode_json(members), "documents": d, "lineages": n}
        for id, k, members, d, n in rows
    ]
    return found, int(total)


def outlets(view: View) -> tuple[Count, ...]:
    """Every outlet with its reports, the largest first; reports of unknown outlets under ''."""
    return count_by(view, "reports", "outlet", limit=-1)


WEAKNESS: dict[str, str] = {
    "events": "score", "statements": "(actor IS NOT NULL) + (certainty <> 'unknown')", "figures": "0.0",
    "contradictions": "0.0",
}  # fmt: skip
AHEAD = 100  # claims looked through at a time


def weakest(view: View, table: str, after: tuple[float, int], decided: Container[str]) -> Row | None:
    """The claim that a person should look at next: the least sure one after a (score, position) that is undecided.

    Its place in the queue is put into the row as `at`.
    """
    weakness = WEAKNESS[table]
    query = (
        f"SELECT {weakness}, position, id FROM {table} WHERE ({weakness}, position) > (?, ?) "
        f"ORDER BY {weakness}, position LIMIT {AHEAD}"
    )
    while found := view._connection.execute(query, after).fetchall():
        for score, position, id in found:
            if id not in decided:
                (row,) = view._connection.execute(f"SELECT row FROM {table} WHERE position = ?", (position,)).fetchone()
                return {**decode_row(row), "at": [score, position]}
        after = found[-1][:2]
    return None


def namesakes(view: View, limit: int, decided: frozenset[frozenset[str]]) -> list[tuple[str, str, str]]:
    """Pairs of actors of one kind whose names end in the same word or hold each other: (first, second, why)."""
    rows = view._connection.execute(
        "SELECT id, name, kind, coalesce(country, '') FROM actors WHERE kind IN ('person', 'organisation') "
        "ORDER BY position LIMIT 2000"
    )
    by_word: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for id, name, kind, country in rows:
        words = name.split()
        if words:
            by_word.setdefault((kind, words[-1].casefold()), []).append((id, name, country))
    pairs = []
    for (_, word), found in sorted(by_word.items()):
        for number, (left, name, state) in enumerate(found[:20]):
            for right, other, land in found[number + 1 : 20]:
                if not (state and land and state != land) and frozenset((left, right)) not in decided:
                    pairs.append((left, right, f"both names end in “{word}”: {name}; {other}"))
    return pairs[:limit]
