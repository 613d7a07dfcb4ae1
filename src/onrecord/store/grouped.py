"""Groups and what stands behind them, brought from what is written to what linking made now.

Linking says which groups have changed; the rows of all others are neither looked at nor read. Corroborations stand in
the order of their ids. The caller holds the transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

import numpy as np

from onrecord.model.record import Changed, Corroboration, Group, Record
from onrecord.store.insert import encode, in_order, is_many, ready_for
from onrecord.store.positions import GAP, place
from onrecord.store.rows import Rows

FEW = 0.2  # share of a table that is new, up to which room is looked for row by row


def count_groups(connection: sqlite3.Connection) -> int:
    """How many groups are written, each with its corroboration; -1 where something else wrote there."""
    query = "SELECT (SELECT count(*) FROM groups), (SELECT count(*) FROM corroborations)"
    groups, counted = connection.execute(query).fetchone()
    return int(groups) if groups == counted else -1


def write_groups(connection: sqlite3.Connection, rows: Rows, record: Record) -> None:
    """Write the groups that have changed with their corroborations, and remove those that are no more; where linking
    does not know which these are, write all anew."""
    changed = record.rests_on.groups
    if changed is None:
        changed = Changed(tuple(record.groups), ())
        for table in ("corroborations", "groups"):
            connection.execute(f"DELETE FROM {table}")
    counted = {one.of: one for one in record.corroborations}
    made = [one for group in changed.made if (one := counted.get(group.id))]
    gone = [(id,) for id in sorted(changed.gone)]
    connection.executemany("DELETE FROM corroborations WHERE of = ?", gone)
    connection.executemany("DELETE FROM groups WHERE id = ?", gone)
    positions = _positions(connection, [one.id for one in made])
    order = {document.id: at for at, document in enumerate(rows.documents)}
    # texts are in memory of some reports at a time: at first of the last ones whose rows were written
    made.sort(key=lambda one: order.get(_first_report(one), -1), reverse=True)
    many = is_many(len(made), len(record.groups))
    with (
        ready_for(connection, many, "corroborations", "groups"),
        in_order(connection, many, "corroborations", "position") as corroborations,
    ):
        connection.executemany("DELETE FROM corroborations WHERE id = ?", ((one.id,) for one in made))
        connection.executemany(
            f"INSERT INTO {corroborations} (position, id, of, lineages, row) VALUES (?, ?, ?, ?, ?)",
            ((positions[one.id], one.id, one.of, one.lineages, encode(rows.row_of(one))) for one in made),
        )
        connection.executemany(
            "INSERT OR REPLACE INTO groups VALUES (?, ?, ?, ?, ?)",
            (_group_row(group, counted.get(group.id)) for group in sorted(changed.made, key=attrgetter("id"))),
        )


def _first_report(counted: Corroboration) -> str:
    """The first report that a row shows words of."""
    return next((evidence.document for reason in counted.reasons for evidence in reason.evidence), "")


def _group_row(group: Group, counted: Corroboration | None) -> tuple[object, ...]:
    counts = (counted.documents, counted.lineages) if counted else (0, 0)
    return group.id, group.kind, encode(sorted(group.members)), *counts


def _positions(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, int]:
    """A position for each of some corroborations, in the order of all ids: the one it holds, or one between its
    neighbours'; where there is no room, all rows move."""
    query = "SELECT position FROM corroborations WHERE id = ?"
    found = {id: row[0] for id in ids if (row := connection.execute(query, (id,)).fetchone())}
    new = sorted(id for id in ids if id not in found)
    (count,) = connection.execute("SELECT count(*) FROM corroborations").fetchone()
    between = _between(connection, new) if len(new) <= FEW * count else None
    return found | between if between is not None else _anew(connection, new)


def _between(connection: sqlite3.Connection, new: Sequence[str]) -> dict[str, int] | None:
    """Positions for new ids, in order, between their neighbours; None where there is no room."""
    found: dict[str, int] = {}
    for (before, after), ids in groupby(new, lambda id: _neighbours(connection, id)):
        inside = list(ids)
        step = (after - before) // (len(inside) + 1) if after else GAP
        if step < 1:
            return None
        found.update((id, before + step * number) for number, id in enumerate(inside, start=1))
    return found


def _neighbours(connection: sqlite3.Connection, id: str) -> tuple[int, int]:
    """The positions before and after a new id; 0 for none."""
    ends = []
    for side, order in (("<", "DESC"), (">", "ASC")):
        query = f"SELECT position FROM corroborations WHERE id {side} ? ORDER BY id {order} LIMIT 1"
        row = connection.execute(query, (id,)).fetchone()
        ends.append(row[0] if row else 0)
    return ends[0], ends[1]


def _anew(connection: sqlite3.Connection, new: Iterable[str]) -> dict[str, int]:
    """Positions for all ids, new ones among them; rows that are there move where they must."""
    held = dict(_held(connection))
    ids = sorted({*held, *new})
    at = place(np.array([held.get(id, -1) for id in ids], np.int64))
    positions = dict(zip(ids, at.tolist(), strict=True))
    moved = [(positions[id], id) for id, at in held.items() if positions[id] != at]
    connection.executemany("UPDATE corroborations SET position = -position WHERE id = ?", ((id,) for _, id in moved))
    connection.executemany("UPDATE corroborations SET position = ? WHERE id = ?", moved)
    return positions


def _held(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    yield from connection.execute("SELECT id, position FROM corroborations")
