"""Groups and corroborations: what linking says has changed is written, in order, and nothing else is touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.model.record import Changed, Corroboration, Group, RestsOn
from onrecord.store import open_writer
from tests.small import make_pile, write_small

IDS = ("04", "08", "12", "16", "20")


def write(path: Path, made: Iterable[str], gone: Iterable[str] = (), known: bool = True, lineages: int = 1) -> None:
    """Write groups by their numbers, each with a corroboration of so many lineages."""
    documents, readings, record = make_pile()
    made, gone = tuple(made), tuple(gone)
    there = [id for id in held(path) if id not in (*made, *gone)] if known else []
    stay, groups = (tuple(Group(f"gr_{id}", "event", (f"ev_{id}",)) for id in ids) for ids in (there, made))
    found = tuple(Corroboration(f"co_{one.id[3:]}", one.id, 1, 0, lineages, 0, ()) for one in groups)
    changed = Changed(groups, tuple(f"gr_{id}" for id in gone)) if known else None
    with open_writer(path) as writer:
        record = replace(record, groups=(*stay, *groups), corroborations=found, rests_on=RestsOn(groups=changed))
        writer.write_record(documents, readings, record, "")
        assert writer.groups() == len(held(path))


def held(path: Path) -> dict[str, tuple[int, int]]:
    """Position and lineages by id, in the order of positions."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT id, position, lineages FROM corroborations ORDER BY position").fetchall()
        groups = connection.execute("SELECT id, lineages FROM groups ORDER BY id").fetchall()
    connection.close()
    assert [(f"gr_{id[3:]}", lineages) for id, _, lineages in rows] == groups
    return {id[3:]: (position, lineages) for id, position, lineages in rows}


@pytest.mark.parametrize(
    ("made", "gone", "ids", "why"),
    [
        ((), (), "04 08 12 16 20", "nothing has changed"),
        (("10",), (), "04 08 10 12 16 20", "one comes between two others"),
        (("02",), (), "02 04 08 12 16 20", "one comes before all"),
        (("30",), (), "04 08 12 16 20 30", "one comes after all"),
        (("08",), (), "04 08 12 16 20", "one has changed"),
        ((), ("08", "20"), "04 12 16", "two are gone"),
        (("11",), ("12",), "04 08 11 16 20", "one comes where another goes"),
        (("09", "10", "11", "40", "41", "02"), ("04",), "02 08 09 10 11 12 16 20 40 41", "many come"),
    ],
)
def test_only_what_has_changed_is_written(
    tmp_path: Path, made: tuple[str, ...], gone: tuple[str, ...], ids: str, why: str
) -> None:
    path = write_small(tmp_path / "small.onrecord")
    write(path, IDS, known=False)
    before = held(path)
    write(path, made, gone, lineages=2)
    after = held(path)
    assert list(after) == ids.split(), why
    assert {id for id, (_, lineages) in after.items() if lineages == 2} == set(made)
    if len(made) < 2:
        assert all(after[id][0] == before[id][0] for id in after.keys() & before.keys()), "no other row moves"


def test_rows_move_where_there_is_no_room_between_them(tmp_path: Path) -> None:
    path = write_small(tmp_path / "small.onrecord")
    write(path, [*IDS, *(f"{n}" for n in range(50, 60))], known=False)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE corroborations SET position = -position")
        count = "SELECT count(*) FROM corroborations o WHERE o.id <= corroborations.id"
        connection.execute(f"UPDATE corroborations SET position = ({count})")
    connection.close()
    write(path, ["08", "10"], lineages=2)
    found = held(path)
    assert list(found) == ["04", "08", "10", "12", "16", "20", *(f"{n}" for n in range(50, 60))]
    assert {id for id, (_, lineages) in found.items() if lineages == 2} == {"08", "10"}


def test_all_are_written_anew_where_it_is_not_known_what_changed(tmp_path: Path) -> None:
    path = write_small(tmp_path / "small.onrecord")
    write(path, IDS, known=False)
    write(path, ("08", "10"), known=False, lineages=3)
    assert {id: lineages for id, (_, lineages) in held(path).items()} == {"08": 3, "10": 3}


def test_what_something_else_removed_makes_the_number_unknown(tmp_path: Path) -> None:
    path = write_small(tmp_path / "small.onrecord")
    write(path, IDS, known=False)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM groups WHERE id = 'gr_08'")
    connection.close()
    with open_writer(path) as writer:
        assert writer.groups() == -1
