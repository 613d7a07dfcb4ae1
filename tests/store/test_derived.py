"""Derived tables are brought up to date row by row, and are then what they would be if they were written anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.model.offsets import OffsetMap, Run
from onrecord.model.record import Record, RestsOn
from onrecord.store import TABLES, Row, open_view, open_writer, positions
from onrecord.store.schema import indexes_aside
from tests.small import make_pile, write_small

Pile = tuple[list, list, Record]  # type: ignore[type-arg]


def every_row(path: Path) -> dict[str, list[Row]]:
    with open_view(path) as view:
        return {table: list(view.rows(table)) for table in TABLES}


def renamed(pile: Pile) -> Pile:
    documents, readings, record = pile
    id, first = next(iter(record.actors.items()))
    return documents, readings, replace(record, actors={**record.actors, id: replace(first, name="Northland")})


def moved(pile: Pile) -> Pile:
    """The first report's words lie a hundred characters further on in its file."""
    documents, readings, record = pile
    length = len(documents[0].text)
    offsets = OffsetMap((Run(0, length, 100, 100 + length),))
    return [replace(documents[0], offsets=offsets), *documents[1:]], readings, record


def less(pile: Pile) -> Pile:
    """Nothing joins the two reports any more."""
    documents, readings, record = pile
    return documents, readings, replace(record, corroborations=(), contradictions=(), timeline=(), groups=())


@pytest.mark.parametrize("change", [renamed, moved, less], ids=lambda change: change.__name__)
def test_change_and_back_give_what_writing_anew_gives(tmp_path: Path, change: Callable[[Pile], Pile]) -> None:
    path = write_small(tmp_path / "small.onrecord")
    before = every_row(path)
    with open_writer(path) as writer:
        writer.write_record(*change(make_pile()), "changed")
    stepwise = every_row(path)
    with open_writer(path) as writer:
        writer.forget()
        writer.write_record(*change(make_pile()), "anew")
    assert every_row(path) == stepwise != before
    with open_writer(path) as writer:
        writer.write_record(*make_pile(), "back")
    assert every_row(path) == before


def test_what_stays_the_same_is_not_written(tmp_path: Path) -> None:
    path = write_small(tmp_path / "small.onrecord")
    with open_writer(path) as writer:
        whole = writer.changes()
        writer.forget()
        writer.write_record(*make_pile(), "anew")
        whole, started = writer.changes() - whole, writer.changes()
        writer.write_record(*make_pile(), "again")
        assert writer.changes() - started < whole / 4  # timeline, skips and the note of what was linked


def test_corroboration_that_is_as_it_was_only_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_small(tmp_path / "small.onrecord")
    documents, readings, record = make_pile()
    (first,) = record.corroborations
    rests_on = RestsOn(corroborations={"co_0": b"0", "co_1": b"1"})
    before_it = replace(first, id="co_0", of="gr_statement")
    with open_writer(path) as writer, monkeypatch.context() as patched:
        patched.setattr(positions, "GAP", 1)  # no room before it
        writer.forget()
        writer.write_record(
            documents, readings, replace(record, rests_on=RestsOn(corroborations={"co_1": b"1"})), "first"
        )
    with open_writer(path) as writer:
        added = replace(record, corroborations=(before_it,), rests_on=rests_on)
        writer.write_record(documents, readings, added, "added")
    stepwise = every_row(path)
    assert [row["id"] for row in stepwise["corroborations"]] == ["co_0", "co_1"]
    with open_writer(path) as writer:
        writer.forget()
        whole = replace(record, corroborations=(before_it, first), rests_on=rests_on)
        writer.write_record(documents, readings, whole, "anew")
    assert every_row(path) == stepwise


@pytest.mark.parametrize("table", ["reports", "actors", "lineages", "corroborations", "contradictions"])
def test_rows_that_something_else_removed_come_back(tmp_path: Path, table: str) -> None:
    path = write_small(tmp_path / "small.onrecord")
    before = every_row(path)
    with sqlite3.connect(path) as connection:
        connection.execute(f"DELETE FROM {table} WHERE position = (SELECT min(position) FROM {table})")
    connection.close()
    with open_writer(path) as writer:
        writer.write_record(*make_pile(), "again")
    assert every_row(path) == before


def test_indexes_put_aside_for_many_rows_are_all_there_again(tmp_path: Path) -> None:
    path = write_small(tmp_path / "small.onrecord")
    with closing(sqlite3.connect(path)) as connection:
        held = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
        connection.execute("DROP INDEX statements_actor")
        connection.execute("BEGIN")
        with indexes_aside(connection, "statements", "events"):
            left = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
        anew = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
    assert anew == held
    assert {name.partition("_")[0] for name in held.keys() - left} == {"statements", "events"}
    assert "sqlite_autoindex_statements_1" in left  # an id is unique at any time


def test_indexes_stay_where_writing_fails(tmp_path: Path) -> None:
    path = write_small(tmp_path / "small.onrecord")
    documents, readings, record = make_pile()
    broken = replace(record, timeline=(None,))  # type: ignore[arg-type]
    with open_writer(path) as writer:
        writer.forget()
        with pytest.raises(AttributeError):
            writer.write_record(documents, readings, broken, "broken")
    with closing(sqlite3.connect(path)) as connection:
        assert "statements_actor" in {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
