"""The derived tables, brought from what they hold to what linking made now; a row that stays the same is not touched.

`written` holds a fingerprint of all that the rows of a report, an actor, a lineage, a corroboration or a contradiction
are made from. Only where it differs, or the row must move, are rows made and written. The caller holds the transaction.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import msgspec

from onrecord.model.claims import Skip
from onrecord.model.record import Record
from onrecord.store.positions import place
from onrecord.store.rows import KEYED, Keyed, Row, Rows, skip_row
from onrecord.store.schema import indexes_aside

HALF = 8  # bytes of a hash; a report's fingerprint has two, the first of where its words lie in its file
FEW_KEPT = 0.5  # share of rows that stay, below which a table is emptied at once instead of row by row
MANY_MADE = 0.2  # share of rows that are made from which on a table's indexes are made anew as well
AT_ONCE = 500  # reports whose rows are in memory together
OF_REPORTS = ("statements", "events", "figures")
TABLE_OF = {"documents": "reports"}
encode = json.JSONEncoder(ensure_ascii=False).encode
pack = msgspec.msgpack.Encoder().encode
Written = dict[str, tuple[int, bytes]]  # position and fingerprint by id


@dataclass(frozen=True, slots=True)
class Change:
    """What must be done to the rows of one kind: ids whose rows go, and ids whose rows are made at a position."""

    gone: tuple[str, ...]
    made: dict[str, int]
    all: bool  # whether nothing stays


def write_derived(connection: sqlite3.Connection, rows: Rows, record: Record) -> None:
    """Make the derived tables hold the rows of `record`."""
    _write_reports(connection, rows, record)
    _write_keyed(connection, rows, record)
    _write_groups(connection, record)
    _write_timeline(connection, rows)
    _write_skips(connection, rows)


def _change(
    connection: sqlite3.Connection, kind: str, fingerprints: Mapping[str, bytes], held: Written, room: int = 1
) -> Change:
    """Compare with what was written, and note what will be; `fingerprints` are in the order of the rows."""
    if not held:
        connection.execute("DELETE FROM written WHERE kind = ?", (kind,))
    positions = place(list(fingerprints), {id: position for id, (position, _) in held.items()}, room)
    made = {id: at for id, at in positions.items() if held.get(id) != (at, fingerprints[id])}
    gone = tuple(id for id in held if id not in positions or id in made)
    if len(held) - len(gone) < FEW_KEPT * len(positions):
        connection.execute("DELETE FROM written WHERE kind = ?", (kind,))
        gone, made = tuple(held), positions
    elif gone:
        connection.executemany("DELETE FROM written WHERE kind = ? AND id = ?", ((kind, id) for id in gone))
    connection.executemany(
        "INSERT INTO written VALUES (?, ?, ?, ?)", ((kind, id, at, fingerprints[id]) for id, at in made.items())
    )
    return Change(gone, made, len(made) == len(positions))


def read_written(connection: sqlite3.Connection, kind: str) -> Written:
    """Position and fingerprint of each row of a table, by id; none where something else wrote there: then nothing is
    taken for granted."""
    query = "SELECT id, position, fingerprint FROM written WHERE kind = ?"
    held: Written = {id: (position, known) for id, position, known in connection.execute(query, (kind,))}
    (there,) = connection.execute(f"SELECT count(*) FROM {TABLE_OF.get(kind, kind)}").fetchone()
    return held if there == len(held) else {}


def _digest(part: object) -> bytes:
    return hashlib.blake2b(pack(part), digest_size=HALF).digest()


def _write_reports(connection: sqlite3.Connection, rows: Rows, record: Record) -> None:
    """The rows of reports and of what was read in them."""
    held = read_written(connection, "documents")
    fingerprints = {d.id: _print_of_report(rows, record, d.id, held.get(d.id, (0, b""))[1]) for d in rows.documents}
    _forget_if_moved(connection, fingerprints, record)
    new = [id for id, known in fingerprints.items() if held.get(id, (0, b""))[1] != known]
    room = 1 + max(rows.most_claims(new), _most_claims(connection))
    change = _change(connection, "documents", fingerprints, held, room)
    _delete_reports(connection, change)
    made = list(change.made)
    with _ready_for(connection, len(made), len(fingerprints), *OF_REPORTS, "reports", "participants", "mentions"):
        for first in range(0, len(made), AT_ONCE):
            _insert_reports(connection, rows.within(set(made[first : first + AT_ONCE])), change.made)


def _ready_for(connection: sqlite3.Connection, made: int, all: int, *tables: str) -> AbstractContextManager[None]:
    """Tables ready for some rows, `all` in the end."""
    return indexes_aside(connection, *tables) if made >= MANY_MADE * all else nullcontext()


def _insert_reports(connection: sqlite3.Connection, chosen: Rows, positions: Mapping[str, int]) -> None:
    """Insert the rows of some reports, each report's from its position on."""
    outlets: dict[str, str | None] = {}
    reports = []
    for r in chosen.of("documents"):
        outlets[r["id"]] = r["outlet"]
        facts = (r["path"], r["outlet"], r["language"], r["published"]["value"], r["lineage"], r["title"])
        reports.append((positions[r["id"]], r["id"], *facts, encode(r)))
    _insert(
        connection, "reports", ("id", "path", "outlet", "language", "published", "lineage", "title", "row"), reports
    )
    parties: list[tuple[str, str, str, str | None]] = []
    for table in OF_REPORTS:
        at = {id: positions[id] for id in outlets}
        found = []
        for row in chosen.of(table):
            document = row["document"]
            found.append((at[document], row, outlets[document]))
            at[document] += 1
        WRITE[table](connection, found, parties)
    connection.executemany("INSERT OR IGNORE INTO participants VALUES (?, ?, ?, ?)", parties)
    connection.executemany("INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?)", chosen.mentions())


def _print_of_report(rows: Rows, record: Record, document: str, held: bytes) -> bytes:
    """A report's fingerprint; the one that is `held` where all that its rows are made from is the same."""
    known = record.rests_on.reports.get(document)
    rest = _digest(known or rows.rests_on(document))
    return held if known and held[HALF:] == rest else _digest(rows.place_of(document)) + rest


def _forget_if_moved(connection: sqlite3.Connection, fingerprints: dict[str, bytes], record: Record) -> None:
    """Where a known report's words lie elsewhere in its file now, rows of other reports that show them are stale; but
    corroborations that rest on what is stored of their reports."""
    held = dict(connection.execute("SELECT id, fingerprint FROM written WHERE kind = 'documents'"))
    if any(id in held and held[id][:HALF] != known[:HALF] for id, known in fingerprints.items()):
        for table in KEYED:
            if table != "corroborations" or not record.rests_on.corroborations:
                connection.execute("DELETE FROM written WHERE kind = ?", (table,))
                connection.execute(f"DELETE FROM {table}")


def _most_claims(connection: sqlite3.Connection) -> int:
    """The most rows of one kind that are written of one report."""
    counts = "SELECT count(*) AS number FROM {} GROUP BY document"
    query = " UNION ALL ".join(counts.format(table) for table in OF_REPORTS)
    (most,) = connection.execute(f"SELECT coalesce(max(number), 0) FROM ({query})").fetchone()
    return int(most)


def _delete_reports(connection: sqlite3.Connection, change: Change) -> None:
    if change.all:
        for table in (*OF_REPORTS, "reports", "participants", "mentions", "statements_search", "events_search"):
            connection.execute(f"DELETE FROM {table}")
        return
    gone = [(id,) for id in change.gone]
    for table in ("statements", "events"):
        claims = f"FROM {table} WHERE document = ?"
        connection.executemany(f"DELETE FROM {table}_search WHERE rowid IN (SELECT position {claims})", gone)
        connection.executemany(f"DELETE FROM participants WHERE claim IN (SELECT id {claims})", gone)
    for table in (*OF_REPORTS, "mentions"):
        connection.executemany(f"DELETE FROM {table} WHERE document = ?", gone)
    connection.executemany("DELETE FROM reports WHERE id = ?", gone)


Placed = list[tuple[int, Row, str | None]]  # position, row, outlet of its report
Parties = list[tuple[str, str, str, str | None]]


def _write_statements(connection: sqlite3.Connection, found: Placed, parties: Parties) -> None:
    columns = (
        "id", "document", "actor", "country", "kind", "cue_kind", "said", "certainty", "outlet", "statement_group",
        "row",
    )  # fmt: skip
    values, searched = [], []
    for at, r, outlet in found:
        actor = r["actor"] or {}
        said = (r["said"] or {}).get("value")
        named = (actor.get("id"), actor.get("country"))
        kinds = (r["kind"], r["cue_kind"], said, r["certainty"], outlet, r["group"] or r["id"])
        values.append((at, r["id"], r["document"], *named, *kinds, encode(r)))
        words = " … ".join(span["text"] for span in r["content"])
        speaker = " ".join(filter(None, (actor.get("name"), (r["speaker"] or {}).get("text"))))
        searched.append((at, r["id"], words, speaker))
        parties.extend(_parts(r["id"], "speaker", [r["actor"]]))
        parties.extend(_parts(r["id"], "addressee", [r["addressee"]]))
        parties.extend(_parts(r["id"], "relay", [relay["actor"] for relay in r["relays"]]))
    _insert(connection, "statements", columns, values)
    connection.executemany("INSERT INTO statements_search (rowid, id, words, speaker) VALUES (?, ?, ?, ?)", searched)


def _write_events(connection: sqlite3.Connection, found: Placed, parties: Parties) -> None:
    columns = (
        "id", "document", "type", "status", "date", "event_group", "quad", "outlet", "place", "place_country",
        "score", "told_by", "dated", "goldstein", "row",
    )  # fmt: skip
    values, searched = [], []
    for at, r, outlet in found:
        date, place = (r["date"] or {}).get("value"), r["place"] or {}
        where = (outlet, place.get("name"), place.get("country"))
        what = (r["id"], r["document"], r["event_type"], r["status"], date, r["group"] or r["id"], r["quad"])
        told = (r["score"], r["told_by"], (r["date"] or {}).get("by"), r["goldstein"])
        values.append((at, *what, *where, *told, encode(r)))
        searched.append((at, r["id"], r["evidence"]["text"]))
        parties.extend(_parts(r["id"], "actor", [a["actor"] for a in r["actors"]]))
        parties.extend(_parts(r["id"], "recipient", [a["actor"] for a in r["recipients"]]))
    _insert(connection, "events", columns, values)
    connection.executemany("INSERT INTO events_search (rowid, id, words) VALUES (?, ?, ?)", searched)


def _write_figures(connection: sqlite3.Connection, found: Placed, _parties: Parties) -> None:
    columns = ("id", "document", "unit", "value", "figure_group", "bound", "outlet", "date", "row")
    values = (
        (at, r["id"], r["document"], r["unit"], r["value"], r["group"], r["bound"], outlet, r["date"], encode(r))
        for at, r, outlet in found
    )
    _insert(connection, "figures", columns, values)


WRITE = {"statements": _write_statements, "events": _write_events, "figures": _write_figures}


def _parts(claim: str, role: str, actors: Iterable[Row | None]) -> Iterable[tuple[str, str, str, str | None]]:
    return ((claim, role, actor["id"], actor["country"]) for actor in actors if actor)


# what is taken from a row of each keyed table for searching
COLUMNS: dict[str, tuple[str, ...]] = {
    "actors": ("id", "name", "kind", "country", "mentions", "sector"),
    "lineages": ("id",),
    "corroborations": ("id", "of", "lineages"),
    "contradictions": ("id", "kind"),
}


def _write_keyed(connection: sqlite3.Connection, rows: Rows, record: Record) -> None:
    """Actors, lineages, corroborations and contradictions, each row made from one value of the record."""
    for table in KEYED:
        if table == "actors" and record.rests_on.actors:
            values: Mapping[str, Keyed] = record.actors
            prints = record.rests_on.actors
        else:
            values = {value.id: value for value in rows.values_of(table)}
            if table == "corroborations" and record.rests_on.corroborations:
                prints = dict(sorted(record.rests_on.corroborations.items()))
            else:
                prints = {id: _digest(value) for id, value in values.items()}
        change = _change(connection, table, prints, read_written(connection, table))
        moved = {id: _row_as_it_is(connection, table, id) for id in change.made if id not in values}
        if change.all:
            connection.execute(f"DELETE FROM {table}")
        else:
            connection.executemany(f"DELETE FROM {table} WHERE id = ?", ((id,) for id in change.gone))
        made = (
            (at, *(moved[id] if id in moved else _columns_of(table, rows.row_of(values[id]))))
            for id, at in change.made.items()
        )
        with _ready_for(connection, len(change.made), len(prints), table):
            _insert(connection, table, (*COLUMNS[table], "row"), made)
    connection.execute("DELETE FROM opposed")
    connection.executemany(
        "INSERT OR IGNORE INTO opposed VALUES (?, ?)",
        ((claim, c.id) for c in record.contradictions for claim in (c.left, c.right)),
    )


def _columns_of(table: str, row: Row) -> tuple[object, ...]:
    return (*(row[column] for column in COLUMNS[table]), encode(row))


def _row_as_it_is(connection: sqlite3.Connection, table: str, id: str) -> tuple[object, ...]:
    """The columns of a row that must only move."""
    columns = ", ".join((*COLUMNS[table], "row"))
    row: tuple[object, ...] = connection.execute(f"SELECT {columns} FROM {table} WHERE id = ?", (id,)).fetchone()
    return row


def _write_groups(connection: sqlite3.Connection, record: Record) -> None:
    """Each group with what its corroboration counts; one that this is not made anew for is as it was written."""
    counts = {c.of: (c.documents, c.lineages) for c in record.corroborations}
    held = {id for (id,) in connection.execute("SELECT id FROM groups")}
    stays = held - counts.keys() if record.rests_on.corroborations else set()
    query = "SELECT json_extract(row, '$.documents'), lineages FROM corroborations WHERE of = ?"
    made = []
    for group in record.groups:
        if group.id not in stays:
            counted = counts.get(group.id)
            if counted is None and record.rests_on.corroborations:
                counted = connection.execute(query, (group.id,)).fetchone()
            made.append((group.id, group.kind, json.dumps(sorted(group.members)), *(counted or (0, 0))))
    gone = held - stays | stays - {group.id for group in record.groups}
    connection.executemany("DELETE FROM groups WHERE id = ?", ((id,) for id in sorted(gone)))
    connection.executemany("INSERT INTO groups VALUES (?, ?, ?, ?, ?)", made)


def _write_timeline(connection: sqlite3.Connection, rows: Rows) -> None:
    """The timeline, with the type and the actors of each entry's events beside it."""
    for table in ("timeline", "timeline_parties"):
        connection.execute(f"DELETE FROM {table}")
    _insert(
        connection, "timeline", ("date", "of", "lineages", "precision", "score", "row"),
        ((at, r["date"]["value"], r["event_group"] or r["statement"], r["lineages"], r["date"]["precision"], r["score"],
          encode(r)) for at, r in enumerate(rows.of("timeline"), start=1)),
    )  # fmt: skip
    connection.execute(
        "UPDATE timeline SET (type, quad) = (SELECT type, quad FROM events WHERE event_group = timeline.of "
        "ORDER BY score DESC, position LIMIT 1)"
    )
    connection.execute(
        "INSERT OR IGNORE INTO timeline_parties SELECT t.position, p.role, p.actor, p.country FROM timeline t "
        "JOIN events e ON e.event_group = t.of JOIN participants p ON p.claim = e.id"
    )


def _write_skips(connection: sqlite3.Connection, rows: Rows) -> None:
    inputs = connection.execute("SELECT path, stage, reason, detail FROM input_skips")
    found = [skip_row(Skip(*row)) for row in inputs] + list(rows.of("skips"))
    found.sort(key=lambda r: (r["path"], r["stage"], r["reason"], r["detail"], str(r["span"])))
    connection.execute("DELETE FROM skips")
    _insert(
        connection, "skips", ("document", "stage", "reason", "row"),
        ((at, r["document"], r["stage"], r["reason"], encode(r)) for at, r in enumerate(found, start=1)),
    )  # fmt: skip


def _insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert rows, position first; names are literals of this file, never input."""
    marks = ", ".join("?" * (len(columns) + 1))
    connection.executemany(f"INSERT INTO {table} (position, {', '.join(columns)}) VALUES ({marks})", rows)
