"""Lists are filtered, ordered and counted as asked; a record of an earlier version keeps what people decided."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

import pytest

from onrecord.errors import StoreError
from onrecord.store import (
    LISTS,
    Wanted,
    columns,
    make_judgement,
    make_note,
    make_search,
    open_in_memory,
    open_view,
    open_writer,
)
from onrecord.store.called import actors_called, load_names
from tests.small import make_pile, write_small


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return write_small(tmp_path / "small.onrecord")


def wanted(words: str = "", since: str = "", until: str = "", order: str = "", **values: str) -> Wanted:
    return Wanted(tuple((name, tuple(value.split("|"))) for name, value in values.items()), words, since, until, order)


@pytest.mark.parametrize(
    ("table", "asked", "number"),
    [
        ("statements", wanted(), 2),
        ("statements", wanted(speaker="ac_norland"), 2),
        ("statements", wanted(speaker="ac_sudland"), 0),
        ("statements", wanted(outlet="The Northern Herald"), 1),
        ("statements", wanted(outlet="unknown"), 1),  # a report without an outlet
        ("statements", wanted(outlet="unknown|The Northern Herald"), 2),  # any of the values fits
        ("statements", wanted(words="will not"), 1),
        ("statements", wanted(words='") OR 1 --'), 0),
        ("statements", wanted(since="2021-03", until="2021-03"), 2),
        ("statements", wanted(since="2021-03-01", until="2021"), 2),
        ("statements", wanted(since="2021-03-02"), 0),
        ("events", wanted(recipient="ac_sudland", type="MOBILIZE", status="actual"), 2),
        ("events", wanted(quad="4"), 2),
        ("events", wanted(quad="1"), 0),
        ("events", wanted(words="troops", group="gr_event"), 2),
        ("events", wanted(since="2021"), 0),  # these events are undated, and stay so
        ("figures", wanted(unit="troops", bound="exactly"), 2),
        ("figures", wanted(words="250"), 1),
        ("timeline", wanted(actor="ac_norland", since="2021-03-01", until="2021-03-01"), 1),
        ("timeline", wanted(type="AID"), 0),
        ("documents", wanted(words="harbour"), 2),
        ("documents", wanted(language="xx"), 1),
        ("actors", wanted(kind="state", country="NOR"), 1),
        ("contradictions", wanted(kind="number"), 1),
        ("skips", wanted(stage="read"), 1),
        ("events", wanted(nothing="x", speaker="ac_1"), 2),  # a filter of another list is passed over
    ],
)
def test_filters_give_what_fits_and_its_number(record: Path, table: str, asked: Wanted, number: int) -> None:
    with open_view(record) as view:
        found = view.select(table, asked, 100)
        assert (found.total, len(found.rows)) == (number, number)
        held = columns.load_columns(view, table)  # the same from memory
        assert columns.select(view, held, asked, 100) == found
        assert columns.count_facets(view, held, asked) == view.facets(table, asked)
        assert len(view.ids(table, asked, 100)) == number if table != "skips" else True


def test_counts_of_a_facet_are_what_choosing_it_gives(record: Path) -> None:
    with open_view(record) as view:
        for table in LISTS:
            for facet in view.facets(table, Wanted()):
                for value, _, number in facet.values:
                    assert view.select(table, Wanted(((facet.name, (value,)),)), 1).total == number, (table, facet.name)


def test_facet_counts_leave_their_own_filter_out_and_keep_what_was_asked(record: Path) -> None:
    with open_view(record) as view:
        facets = {f.name: f for f in view.facets("statements", wanted(outlet="The Northern Herald", cue="warn"))}
    assert ("warn", "warn", 0) in facets["cue"].values
    assert facets["outlet"].values == (("The Northern Herald", "The Northern Herald", 0),)


def test_pages_and_orders(record: Path) -> None:
    with open_view(record) as view:
        rows = view.select("figures", wanted(order="smallest"), 10).rows
        assert [row["value"] for row in rows] == [250.0, 300.0]
        assert view.select("figures", wanted(order="nonsense; DROP"), 1, 1).rows == tuple(view.rows("figures"))[1:]
        ids = [row["id"] for row in view.rows("events")]
        assert [view.place_of("events", Wanted(), id) for id in ids] == [0, 1]
        assert view.place_of("events", wanted(status="planned"), ids[0]) is None
        held = columns.load_columns(view, "events")
        assert [columns.place_of(view, held, Wanted(), id) for id in [*ids, "ev_none"]] == [0, 1, None]
        assert columns.place_of(view, held, wanted(status="planned"), ids[0]) is None
        assert columns.select(view, held, wanted(order="surest"), 1, 1) == view.select(
            "events", wanted(order="surest"), 1, 1
        )
        with pytest.raises(StoreError):
            view.select("sqlite_master", Wanted(), 1)


def test_query_is_broken_off_when_its_time_is_up(record: Path) -> None:
    with open_view(record) as view:
        view.limit_time(lambda: True)
        with pytest.raises(sqlite3.OperationalError, match="interrupt"):
            view._connection.execute(
                "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 10000000) SELECT sum(x) FROM n"
            ).fetchone()
        view.limit_time(None)
        assert view.count("events") == 2


def test_snapshot_is_one_moment_whatever_is_written_meanwhile(record: Path) -> None:
    documents, readings, links = make_pile()
    with open_view(record) as view, view.snapshot():
        before = view.count("events")
        with open_writer(record) as writer:
            writer.write_record(documents[:1], readings[:1], type(links)(), "less")
        assert view.count("events") == before
    with open_view(record) as view:
        assert view.count("events") == 1


def test_earlier_version_is_brought_up_to_date_with_all_decisions(record: Path) -> None:
    """A file as version 1 wrote it: no notes, judgements without edits, derived tables of another shape."""
    first = make_judgement("reject", ["ev_1"], "ana", "2024-01-01T00:00:00Z", "a drill")
    with open_writer(record) as writer:
        writer.judge(first)
        kept = list(writer.contents())
    connection = sqlite3.connect(record)
    connection.executescript(
        "ALTER TABLE judgements RENAME TO newer;"
        "CREATE TABLE judgements (id TEXT PRIMARY KEY, verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', "
        "'merge', 'split', 'undo')), subjects TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL) "
        "WITHOUT ROWID; INSERT INTO judgements SELECT id, verdict, subjects, by, at, why FROM newer; DROP TABLE newer;"
        "DROP TABLE notes; DROP TABLE searches; DROP TABLE findings; DROP TABLE mentions; DROP TABLE events;"
        "CREATE TABLE events (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row TEXT NOT NULL);"
        "PRAGMA user_version = 1;"
    )
    connection.close()
    with pytest.raises(StoreError, match="onrecord link"), open_view(record):
        pass
    with open_writer(record) as writer:
        assert writer.judgements() == (first,)
        assert list(writer.contents()) == kept
        assert writer.meta("linked") is None  # so that the next link makes the derived tables anew
        writer.judge(make_judgement("edit", ["ev_1"], "bo", "2024-01-02T00:00:00Z", "x", [("status", "planned")]))
        writer.write_record(*make_pile(), "again")
    with open_view(record) as view:
        view.check()
        assert view.count("events") == 2
        assert len(view.judgements()) == 2
        assert view.search("harbour")


def test_upgrade_that_fails_leaves_the_file_as_it_was(record: Path) -> None:
    connection = sqlite3.connect(record)
    connection.executescript("ALTER TABLE judgements ADD COLUMN stranger TEXT; PRAGMA user_version = 1;")
    connection.close()
    before = record.read_bytes()
    with pytest.raises(StoreError), open_writer(record):
        pass
    connection = sqlite3.connect(record)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM events").fetchone() == (2,)
    connection.close()
    assert len(record.read_bytes()) == len(before)


def test_notes_and_searches_are_kept_through_a_build(record: Path) -> None:
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    note = make_note("ev_1", ["#Harbour", "harbour", ""], "look again", "ana", at)
    search = make_search("troops", "events", "type=MOBILIZE", "ana", at)
    with open_writer(record) as writer:
        writer.annotate(note)
        writer.save_search(search)
        assert writer.note_findings(search.id, ["ev_1", "ev_2"], at) == ("ev_1", "ev_2")
        writer.write_record(*make_pile(), "again")
        assert writer.note_findings(search.id, ["ev_2", "ev_3"], at) == ("ev_3",)
        writer.annotate(make_note("ev_1", [], "", "bo", at, note.id))
    assert note.tags == ("harbour",)
    with open_view(record) as view:
        assert view.notes() == ()
        assert len(view.notes(every=True)) == 2
        assert view.searches() == (search,)
        assert len(view.findings(search.id, 10)) == 3
    with pytest.raises(StoreError):
        make_note("ev_1", [" "], " ", "ana", at)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("lavrov", 1),
        ("LAVR", 1),  # a part of a name, in capitals
        ("rossiya", 1),  # another name than the best known one
        ("лавров", 1),  # capitals of other scripts
        ("élysée", 1),
        ("elysee", 0),  # accents are letters of their own here
        ("a", 3),  # the most mentioned first
        ("best man", 1),  # a line break in a name is a space
        ("rossiya russian", 0),  # no find runs over two names
        ("", 0),
        ("%", 0),  # no pattern
    ],
)
def test_actors_are_called_the_same_in_the_file_and_in_memory(words: str, number: int) -> None:
    names = {
        1: ["Russia", "Rossiya", "Russian Federation"], 2: ["Sergei Lavrov", "Лавров"], 3: ["ÉLYSÉE Palace"],
        4: ["The best\nman"],
    }  # fmt: skip
    with open_in_memory() as (writer, view):
        writer._connection.executemany(
            "INSERT INTO actors (position, id, name, kind, mentions, row) VALUES (?, ?, ?, 'state', 1, ?)",
            [(n, f"ac_{n}", held[0], json.dumps({"id": f"ac_{n}", "aliases": held})) for n, held in names.items()],
        )
        asked, held = view.actors_called(words, 3), actors_called(view, load_names(view), words, 3)
    assert asked == held
    assert len(asked) == number
