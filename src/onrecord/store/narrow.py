"""Tables by a few of their columns, for what is counted over all of them and what a page shows of many rows: of a
row's JSON nothing is read, or the fields named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from onrecord.model.claims import PlaceRef, TimeRef
from onrecord.store.decoded import decode_as, decode_row
from onrecord.store.rows import Row
from onrecord.store.view import View
from onrecord.store.words import match_query


@dataclass(frozen=True, slots=True)
class NarrowReport:
    """A report: its lineage, its outlet and its date as they are shown."""

    id: str
    path: str
    lineage: str
    outlet: str | None
    published: str


@dataclass(frozen=True, slots=True)
class NarrowEvent:
    """An event: its group (itself where it has none), and the value of its date, '' where it has none of its own: what
    is only told as a report's news has none."""

    id: str
    group: str
    type: str
    status: str
    date: str
    document: str
    told_by: str
    score: float
    goldstein: float | None


_REPORT = "SELECT id, path, coalesce(lineage, ''), outlet, coalesce(published, '') FROM reports"


def narrow_reports(view: View) -> dict[str, NarrowReport]:
    """Every report by id, in order."""
    return {row[0]: NarrowReport(*row) for row in view._connection.execute(f"{_REPORT} ORDER BY position")}


def some_reports(view: View, ids: Iterable[str]) -> dict[str, NarrowReport]:
    """Some reports by id, those that the record holds."""
    wanted = list(dict.fromkeys(ids))
    query = f"{_REPORT} WHERE id IN ({', '.join('?' * len(wanted))})"
    return {row[0]: NarrowReport(*row) for row in view._connection.execute(query, wanted)}


class Backing(msgspec.Struct, frozen=True):
    """How many reports and independent sources stand behind a group."""

    of: str
    documents: int
    lineages: int


def backing_of(view: View, groups: Iterable[str]) -> dict[str, Backing]:
    """What stands behind some groups, by group."""
    wanted = list(dict.fromkeys(groups))
    query = f"SELECT row FROM corroborations WHERE of IN ({', '.join('?' * len(wanted))})"
    found = (decode_as(row, _BACKING) for (row,) in view._connection.execute(query, wanted))
    return {one.of: one for one in found}


_BACKING = msgspec.json.Decoder(Backing)


def narrow_events(view: View) -> Iterator[NarrowEvent]:
    """Every event, by group and in order."""
    query = (
        "SELECT id, event_group, type, status, CASE dated WHEN 'report' THEN '' ELSE coalesce(date, '') END, document, "
        "told_by, score, goldstein FROM events ORDER BY event_group, position"
    )
    return (NarrowEvent(*row) for row in view._connection.execute(query))


def parties_of_events(view: View) -> dict[str, dict[str, tuple[str, ...]]]:
    """By role, "actor" or "recipient", the actors of each event."""
    found: dict[str, dict[str, list[str]]] = {"actor": defaultdict(list), "recipient": defaultdict(list)}
    query = "SELECT p.role, p.claim, p.actor FROM participants p NOT INDEXED WHERE p.role IN ('actor', 'recipient')"
    for role, claim, actor in view._connection.execute(query):
        found[role][claim].append(actor)
    return {role: {claim: tuple(actors) for claim, actors in held.items()} for role, held in found.items()}


def actor_rows(view: View, ids: Iterable[str]) -> dict[str, Row]:
    """Some actors as an event's row shows them."""
    wanted = set(ids)
    names = ("id", "name", "kind", "country", "sector")
    rows = view._connection.execute(f"SELECT {', '.join(names)} FROM actors")
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows if row[0] in wanted}


def named_in(view: View) -> dict[str, set[str]]:
    """Ids and countries of all who act, speak or are acted upon in each report."""
    found: dict[str, set[str]] = defaultdict(set)
    for table, roles in (("events", "'actor', 'recipient'"), ("statements", "'speaker'")):
        document_of = dict(view._connection.execute(f"SELECT id, document FROM {table}"))
        query = f"SELECT claim, actor, country FROM participants NOT INDEXED WHERE role IN ({roles})"
        for claim, actor, country in view._connection.execute(query):
            if claim in document_of:
                named = found[document_of[claim]]
                named.add(actor)
                if country:
                    named.add(country)
    return found


class TimesPlaces(msgspec.Struct, frozen=True):
    """What was read in a report of times and places."""

    times: tuple[TimeRef, ...] = ()
    places: tuple[PlaceRef, ...] = ()


def times_and_places(view: View, document: str) -> TimesPlaces:
    """Times and places of a report; none where the record does not hold it."""
    row = view._connection.execute("SELECT reading FROM documents WHERE id = ?", (document,)).fetchone()
    return decode_as(row[0], _TIMES_PLACES) if row else TimesPlaces()


_TIMES_PLACES = msgspec.json.Decoder(TimesPlaces)


class _Words(msgspec.Struct):
    start: int
    end: int


class _Told(msgspec.Struct):
    kind: str
    content: list[_Words]


_TOLD = msgspec.json.Decoder(_Told)


def told_in(view: View, document: str) -> list[tuple[str, int, int]]:
    """(kind, start, end) of the words of every statement in a report."""
    rows = view._connection.execute("SELECT row FROM statements WHERE document = ? ORDER BY position", (document,))
    told = (decode_as(row, _TOLD) for (row,) in rows)
    return [(one.kind, span.start, span.end) for one in told for span in one.content]


def headlines(view: View) -> dict[str, str]:
    """The headline of each entry of the timeline."""
    return dict(view._connection.execute("SELECT of, json_extract(row, '$.headline') FROM timeline"))


def reports_with(view: View, phrases: Iterable[str]) -> Iterator[tuple[Row, str]]:
    """Row and text of each report that has one of some phrases, in order."""
    query = " OR ".join(match_query(f'"{phrase}"') for phrase in phrases)
    rows = view._connection.execute(
        "SELECT r.row, d.text FROM reports r JOIN documents d ON d.id = r.id WHERE d.number IN "
        "(SELECT rowid FROM documents_search WHERE documents_search MATCH ?) ORDER BY r.position",
        (query or '""',),
    )
    return ((decode_row(row), text) for row, text in rows)
