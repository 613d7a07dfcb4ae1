"""Which rows an export takes: all, or those that fit a query and what they rest on.

A table that has all fields of the query gives the rows that fit. Of the others come along: the reports, actors,
lineages, groups and contradictions of the chosen claims, the figures of chosen events, the statements that tell them;
and where only reports can be asked, their claims. So whatever a chosen row names is there too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.errors import QueryError
from onrecord.store import TABLES, Query, Row, View, Wanted
from onrecord.store.fields import CLAIMS, fields_of

Ids = dict[str, set[str]]
ALL = -1  # no limit, as SQL has it
_SLIM = ("id", "path", "title", "outlet", "url", "language", "published", "lineage", "text_sha256")


@dataclass(slots=True)
class Choice:
    """The chosen rows of a record; `ids` holds what was chosen by id, None where all of a table is."""

    view: View
    query: Query = field(default_factory=Query)
    _ids: Ids | None = None
    asked: str = ""  # what was asked for, in words

    def __post_init__(self) -> None:
        self.asked = self.asked or str(self.query)

    def rows(self, table: str) -> Iterator[Row]:
        """The chosen rows of a table, in order."""
        if self._ids is None and not self.query:
            return self.view.rows(table)
        if self._ids is None:
            self._ids = _choose(self.view, self.query)
        wanted = self._ids[table]
        return (row for row in self.view.rows(table) if key_of(table, row) in wanted)

    def reports(self) -> dict[str, Row]:
        """What claims need of their reports, by id."""
        return {row["id"]: {name: row[name] for name in _SLIM} for row in self.view.rows("documents")}

    def mentions(self, actor: str) -> list[tuple[str, int, int, str]]:
        """(document, start, end, mention) of all mentions of an actor, in any report."""
        return self.view.mentions_of(actor, ALL)

    def text(self, document: str) -> str:
        return self.view.text(document)


def key_of(table: str, row: Row) -> str:
    """What names a row: its id, the timeline's group, all that a skip says."""
    if table == "timeline":
        return str(row["event_group"] or row["statement"])
    if table == "skips":
        return "|".join(str(row[name]) for name in ("document", "stage", "reason", "detail", "span"))
    return str(row["id"])


def choose_table(view: View, table: str, query: Query) -> Choice:
    """The rows of one table alone that fit; QueryError where it lacks a field."""
    view.count_matching(table, query)
    choice = Choice(view, query)
    ids: Ids = {name: set() for name in TABLES}
    if query:
        ids[table] = {key_of(table, row) for row in view.matching(table, query)}
        choice._ids = ids
    return choice


def choose_listed(view: View, table: str, wanted: Wanted, alone: bool) -> Choice:
    """The rows of a list as its page filters them; `alone`: those of no other table come along."""
    rows: dict[str, Iterable[Row]] = {table: view.fitting(table, wanted)}
    ids: Ids = {name: set() for name in TABLES}
    if alone:
        ids[table] = {key_of(table, row) for row in rows[table]}
    else:
        if table == "timeline":  # its entries are groups of claims
            keys = {key_of(table, row) for row in view.fitting(table, wanted)}
            rows |= {name: [row for row in view.rows(name) if row["group"] in keys or row["id"] in keys]
                     for name in ("events", "statements")}  # fmt: skip
        ids = _with_grounds(view, rows)
    return Choice(view, Query(), ids, f"{table} {wanted}")


def _choose(view: View, query: Query) -> Ids:
    asked = [table for table in TABLES if query.applies(table)]
    if not asked:
        names = ", ".join(term.field for term in query.fields)
        raise QueryError(f"no table has all of: {names}; fields of events: {', '.join(fields_of('events'))}", 1)
    return _with_grounds(view, {table: view.matching(table, query) for table in asked})


def _with_grounds(view: View, asked: dict[str, Iterable[Row]]) -> Ids:
    """What was chosen of each table that could be asked, and what that rests on."""
    ids: Ids = {table: set() for table in TABLES}
    claims: dict[str, list[Row]] = {table: [] for table in CLAIMS}
    for table, rows in asked.items():
        for row in rows:
            ids[table].add(key_of(table, row))
            if table in claims:
                claims[table].append(_slim(row))
    _add_claims(view, ids, claims, set(asked))
    _add_grounds(view, ids, [row for rows in claims.values() for row in rows], set(asked))
    return ids


def _add_claims(view: View, ids: Ids, claims: dict[str, list[Row]], asked: set[str]) -> None:
    """Claims of tables that could not be asked."""
    told_by = {row["told_by"] for row in claims["events"]}
    events = set(ids["events"])
    opposed: set[str] = set()
    if "contradictions" in asked:
        for row in view.rows("contradictions"):
            if row["id"] in ids["contradictions"]:
                opposed |= {row["left"], row["right"]}
    of_reports = ids["documents"] if "documents" in asked and not asked & set(CLAIMS) else set()
    rests: dict[str, Callable[[Row], bool]] = {
        "statements": lambda row: row["id"] in told_by,
        "events": lambda _: False,
        "figures": lambda row: row["of"] in events,
    }
    for table in CLAIMS:
        if table not in asked:
            for row in view.rows(table):
                if rests[table](row) or row["document"] in of_reports or row["id"] in opposed:
                    ids[table].add(row["id"])
                    claims[table].append(_slim(row))


def _add_grounds(view: View, ids: Ids, claims: list[Row], asked: set[str]) -> None:
    """Reports, actors, lineages, groups, contradictions, timeline and skips of the chosen claims."""
    groups = {row["group"] for row in claims if row["group"]}
    chosen = {row["id"] for row in claims}
    ids["documents"] |= {row["document"] for row in claims}
    ids["actors"] |= {actor for row in claims for actor in row["actors"]}
    ids["lineages"] |= {
        row["id"] for row in view.rows("lineages") if any(id in ids["documents"] for id in row["documents"])
    }
    ids["corroborations"] |= {row["id"] for row in view.rows("corroborations") if row["of"] in groups}
    if "contradictions" not in asked:
        ids["contradictions"] |= {
            row["id"] for row in view.rows("contradictions") if row["left"] in chosen or row["right"] in chosen
        }
    if "timeline" not in asked:
        keys = (key_of("timeline", row) for row in view.rows("timeline"))
        ids["timeline"] |= {key for key in keys if key in groups or key in chosen}
    if "skips" not in asked:
        ids["skips"] |= {key_of("skips", row) for row in view.rows("skips") if row["document"] in ids["documents"]}


def _slim(row: Row) -> Row:
    """What a claim rests on, and no more: a choice may be the whole of a large record."""
    actors = [row.get(name) for name in ("actor", "addressee", "giver", "receiver")]
    actors += [party["actor"] for name in ("actors", "recipients", "relays") for party in row.get(name, ())]
    return {
        "id": row["id"], "document": row["document"], "group": row["group"], "told_by": row.get("told_by"),
        "actors": [actor["id"] for actor in actors if actor],
    }  # fmt: skip
