"""Counts and sums over the whole record, for overviews, charts and maps: each one query or two, over narrow indexes.

Nothing is decided here: what is counted are rows of the record, weighted by the lineages that linking counted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.store.browse import LISTS, Wanted, conditions
from onrecord.store.rows import Row
from onrecord.store.view import View


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


def largest_lineages(view: View, limit: int) -> list[Row]:
    """Lineages of most reports first."""
    query = (
        "SELECT l.row FROM lineages l JOIN (SELECT lineage, count(*) AS n FROM reports GROUP BY lineage) r "
        "ON r.lineage = l.id WHERE r.n > 1 ORDER BY r.n DESC, l.position LIMIT ?"
    )
    return [json.loads(row) for (row,) in view._connection.execute(query, (limit,))]


def lanes_of(view: View, lane: str, wanted: Wanted, limit: int) -> tuple[str, ...]:
    """The lanes with most entries that fit: ids of actors, event types, quad classes or countries."""
    where, values = conditions(LISTS["timeline"], wanted)
    inside = f"position IN (SELECT position FROM timeline{where})" if where else "1"
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


def bins_of(view: View, lane: str, lanes: Sequence[str], wanted: Wanted, width: int) -> tuple[Bin, ...]:
    """Entries by lane and stretch: `width` 10 a day, 7 a month, 4 a year. Headline and id are the best backed one's."""
    where, values = conditions(LISTS["timeline"], wanted)
    marks = ", ".join("?" * len(lanes))
    if lane in ("actor", "country"):
        source = (
            f"SELECT DISTINCT p.{lane} AS lane, t.* FROM timeline t JOIN timeline_parties p ON p.position = t.position "
            f"WHERE p.{lane} IN ({marks})" + (f" AND t.position IN (SELECT position FROM timeline{where})")
        )
    else:
        column = "quad" if lane == "quad" else "type"
        source = (
            f"SELECT CAST({column} AS TEXT) AS lane, * FROM timeline "
            f"WHERE CAST({column} AS TEXT) IN ({marks}) AND position IN (SELECT position FROM timeline{where})"
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


def edges_of(view: View, wanted: Wanted, limit: int) -> tuple[Edge, ...]:
    """Pairs of different actors with most event groups between them, by quad class."""
    where, values = conditions(LISTS["events"], wanted)
    query = (
        "SELECT a.actor, r.actor, e.quad, count(*), count(DISTINCT e.event_group) "
        f"FROM (SELECT id, quad, event_group FROM events{where}) e "
        "JOIN participants a ON a.claim = e.id AND a.role = 'actor' "
        "JOIN participants r ON r.claim = e.id AND r.role = 'recipient' AND r.actor <> a.actor "
        "GROUP BY 1, 2, 3 ORDER BY 5 DESC, 1, 2, 3 LIMIT ?"
    )
    return tuple(Edge(*row) for row in view._connection.execute(query, [*values, limit]))


def places_of(view: View, wanted: Wanted, limit: int) -> tuple[PlaceSum, ...]:
    """Places with coordinates where most event groups happened."""
    where, values = conditions(LISTS["events"], wanted)
    query = (
        "SELECT place, place_country, json_extract(row, '$.place.lat') AS lat, json_extract(row, '$.place.lon'), "
        "json_extract(row, '$.place.precision'), n, g FROM events JOIN (SELECT min(position) AS first, count(*) AS n, "
        f"count(DISTINCT event_group) AS g FROM events{where}{' AND' if where else ' WHERE'} place IS NOT NULL "
        "GROUP BY place, place_country) ON position = first WHERE lat IS NOT NULL ORDER BY g DESC, place LIMIT ?"
    )
    return tuple(PlaceSum(*row) for row in view._connection.execute(query, [*values, limit]))


def weigh_days(view: View, wanted: Wanted) -> tuple[Weighed, ...]:
    """Event groups that have a day, by day and quad class."""
    where, values = conditions(LISTS["timeline"], wanted)
    query = (
        f"SELECT substr(date, 1, 10), quad, count(*), sum(lineages) FROM timeline{where}"
        f"{' AND' if where else ' WHERE'} precision IN ('day', 'minute') AND quad IS NOT NULL GROUP BY 1, 2 ORDER BY 1"
    )
    return tuple(Weighed(*row) for row in view._connection.execute(query, values))


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
        {"id": id, "kind": k, "members": json.loads(members), "documents": d, "lineages": n}
        for id, k, members, d, n in rows
    ]
    return found, int(total)


def outlets(view: View) -> tuple[Count, ...]:
    """Every outlet with its reports, the largest first; reports of unknown outlets under ''."""
    return count_by(view, "reports", "outlet", limit=-1)


def weakest(view: View, table: str, after: tuple[float, int], limit: int, decided: frozenset[str]) -> list[Row]:
    """Claims that a person should look at, the least sure first, after a (score, position), without those decided."""
    if table == "events":
        query = "SELECT row, score, position FROM events WHERE (score, position) > (?, ?) ORDER BY score, position"
    elif table == "statements":
        query = (
            "SELECT row, (actor IS NOT NULL) + (certainty <> 'unknown') AS score, position FROM statements "
            "WHERE ((actor IS NOT NULL) + (certainty <> 'unknown'), position) > (?, ?) ORDER BY 2, position"
        )
    else:
        source = "contradictions" if table == "contradictions" else "figures"
        query = f"SELECT row, 0.0, position FROM {source} WHERE (0.0, position) > (?, ?) ORDER BY position"
    rows: list[Row] = []
    for row, score, position in view._connection.execute(query, after):
        made = json.loads(row)
        if made["id"] not in decided:
            rows.append({**made, "at": [score, position]})
            if len(rows) == limit:
                break
    return rows


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
