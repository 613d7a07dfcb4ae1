"""The derived tables, brought from what they hold to what linking made now; a row that stays the same is not touched.

`written` holds a fingerprint of all that the rows of a report, an actor, a lineage, a contradiction or an entry of the
timeline are made from. Only where it differs, or the row must move, are rows made and written. The caller holds the
transaction. Here are reports, what was read in them, and skips; the rest is in `keyed.py`, `grouped.py` and
`entries.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from onrecord.model.claims import Skip
from onrecord.model.record import Record
from onrecord.store.decoded import decode_row
from onrecord.store.entries import write_timeline
from onrecord.store.grouped import write_groups
from onrecord.store.insert import encode, in_order, insert, is_many, ready_for
from onrecord.store.keyed import write_keyed
from onrecord.store.rows import KEYED, Row, Rows, skip_row
from onrecord.store.written import HALF, Change, digest, forget_written, note_change, read_written

AT_ONCE = 16  # reports whose rows are in memory together
OF_REPORTS = ("statements", "events", "figures")
OF_ACTORS = ("participants", "mentions")

Placed = list[tuple[int, Row, str | None]]  # position, row, outlet of its report
Parties = list[tuple[str, str, str, str | None]]


def write_derived(connection: sqlite3.Connection, rows: Rows, record: Record) -> None:
    """Make the derived tables hold the rows of `record`."""
    change, touched = _write_reports(connection, rows, record)
    write_keyed(connection, rows, record)
    write_groups(connection, rows, record)
    write_timeline(connection, rows, touched)
    _write_skips(connection, rows, change)


def _write_reports(connection: sqlite3.Connection, rows: Rows, record: Record) -> tuple[Change, set[str]]:
    """The rows of reports and of what was read in them; what changed, and the groups of events that went or came."""
    held = read_written(connection, "documents")
    known = held.by_id()
    prints = {d.id: _print_of_report(rows, record, d.id, known.get(d.id, b"")) for d in rows.documents}
    _forget_if_moved(connection, prints, known)
    new = [id for id, one in prints.items() if known.get(id) != one]
    room = 1 + max([_most_claims(connection), *map(rows.most_claims, new)])
    change = note_change(connection, "documents", prints, held, room)
    touched = _groups_in(connection, change.gone, change.all)
    _delete_reports(connection, change)
    many = is_many(len(change.made), len(prints))
    with (
        ready_for(connection, many, *OF_REPORTS, "reports", *OF_ACTORS),
        in_order(connection, many, "participants", "claim, role, actor") as participants,
        in_order(connection, many, "mentions", "actor, document, start, id") as mentions,
    ):
        for some in rows.in_parts(change.made, AT_ONCE):
            parties = _insert_reports(connection, some, change.made)
            connection.executemany(f"INSERT OR IGNORE INTO {participants} VALUES (?, ?, ?, ?)", parties)
            connection.executemany(f"INSERT OR IGNORE INTO {mentions} VALUES (?, ?, ?, ?, ?)", some.mentions())
    return change, touched | _groups_in(connection, change.made, change.all)


def _groups_in(connection: sqlite3.Connection, reports: Iterable[str], all: bool) -> set[str]:
    """The groups of the events of some reports, or of all, as they are written."""
    if all:
        return {group for (group,) in connection.execute("SELECT DISTINCT event_group FROM events")}
    query = "SELECT event_group FROM events WHERE document = ?"
    return {group for id in reports for (group,) in connection.execute(query, (id,))}


def _insert_reports(connection: sqlite3.Connection, chosen: Rows, positions: Mapping[str, int]) -> Parties:
    """Insert the rows of some reports, each report's from its position on; who takes part in their claims."""
    outlets: dict[str, str | None] = {}
    reports = []
    for r in chosen.of("documents"):
        outlets[r["id"]] = r["outlet"]
        facts = (r["path"], r["outlet"], r["language"], r["published"]["value"], r["lineage"], r["title"])
        reports.append((positions[r["id"]], r["id"], *facts, encode(r)))
    insert(connection, "reports", ("id", "path", "outlet", "language", "published", "lineage", "title", "row"), reports)
    parties: Parties = []
    for table in OF_REPORTS:
        at = {id: positions[id] for id in outlets}
        found = []
        for row in chosen.of(table):
            document = row["document"]
            found.append((at[document], row, outlets[document]))
            at[document] += 1
        WRITE[table](connection, found, parties)
    return parties


def _print_of_report(rows: Rows, record: Record, document: str, held: bytes) -> bytes:
    """A report's fingerprint; the one that is `held` where all that its rows are made from is the same. It has two
    halves, the first of where its words lie in its file."""
    known = record.rests_on.reports.get(document)
    rest = known[:HALF] if known else digest(rows.rests_on(document))
    return held if known and held[HALF:] == rest else digest(rows.place_of(document)) + rest


def _forget_if_moved(connection: sqlite3.Connection, prints: Mapping[str, bytes], held: Mapping[str, bytes]) -> None:
    """Where a known report's words lie elsewhere in its file now, rows of other reports that show them are stale; but
    corroborations, which rest on what is stored of their reports."""
    if any(id in held and held[id][:HALF] != one[:HALF] for id, one in prints.items()):
        for table in KEYED:
            forget_written(connection, table)
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
    insert(connection, "statements", columns, values)
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
    insert(connection, "events", columns, values)
    connection.executemany("INSERT INTO events_search (rowid, id, words) VALUES (?, ?, ?)", searched)


def _write_figures(connection: sqlite3.Connection, found: Placed, _parties: Parties) -> None:
    columns = ("id", "document", "unit", "value", "figure_group", "bound", "outlet", "date", "row")
    values = (
        (at, r["id"], r["document"], r["unit"], r["value"], r["group"], r["bound"], outlet, r["date"], encode(r))
        for at, r, outlet in found
    )
    insert(connection, "figures", columns, values)


WRITE = {"statements": _write_statements, "events": _write_events, "figures": _write_figures}


def _parts(claim: str, role: str, actors: Iterable[Row | None]) -> Iterable[tuple[str, str, str, str | None]]:
    return ((claim, role, actor["id"], actor["country"]) for actor in actors if actor)


def _write_skips(connection: sqlite3.Connection, rows: Rows, change: Change) -> None:
    """What was left out; those of reports that stay as they were are taken as they were written."""
    inputs = connection.execute("SELECT path, stage, reason, detail FROM input_skips")
    held = [decode_row(row) for (row,) in connection.execute("SELECT row FROM skips ORDER BY position")]
    stay = {document.id for document in rows.documents} - change.made.keys()
    found = [skip_row(Skip(*row)) for row in inputs] + [row for row in held if row["document"] in stay]
    found += rows.some(change.made).of("skips")
    found.sort(key=lambda r: (r["path"], r["stage"], r["reason"], r["detail"], str(r["span"])))
    if found == held:
        return
    connection.execute("DELETE FROM skips")
    insert(
        connection, "skips", ("document", "stage", "reason", "row"),
        ((at, r["document"], r["stage"], r["reason"], encode(r)) for at, r in enumerate(found, start=1)),
    )  # fmt: skip
