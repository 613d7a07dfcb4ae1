"""A list's filters held as numbers in memory: for lists of a hundred thousand rows, counted twenty times a second.

The same answers as `browse` gives by SQL (a test compares them), from one look at the narrow columns of a table that is
kept as long as the derived tables do not change: masks and counts over arrays instead of scans.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from onrecord.store.browse import (
    FACET_ROWS,
    LISTS,
    Facet,
    FacetCount,
    Selection,
    Wanted,
    asked_condition,
    word_condition,
)
from onrecord.store.days import fits_days
from onrecord.store.decoded import decode_row
from onrecord.store.fields import UNKNOWN
from onrecord.store.matching import Condition
from onrecord.store.view import View

Numbers = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Kind = TypeVar("Kind", Numbers, Mask)
KEPT = 100  # results of SQL kept for one list


@dataclass(frozen=True, slots=True)
class Column:
    """One facet: `rows[i]` has the value `values[codes[i]]`; a row may stand in it never or more than once."""

    values: tuple[str, ...]
    rows: Numbers
    codes: Numbers
    numbers: dict[str, int] = field(default_factory=dict, compare=False)

    def codes_of(self, chosen: Collection[str]) -> list[int]:
        """The codes of some values, those that it has."""
        if not self.numbers:
            self.numbers.update({value: number for number, value in enumerate(self.values)})
        return [self.numbers[value] for value in chosen if value in self.numbers]


@dataclass(frozen=True, slots=True)
class Columns:
    """A list's rows by number (0..size), their positions in its table, its facets, and the day column's values."""

    table: str
    size: int
    positions: npt.NDArray[np.int64]
    facets: dict[str, Column]
    days: Column | None
    kept: OrderedDict[tuple[str, ...], Numbers | Mask] = field(default_factory=OrderedDict, compare=False)

    def once(self, key: tuple[str, ...], make: Callable[[], Kind]) -> Kind:
        """What SQL gave for a condition or an order, as long as it is among the last `KEPT` asked for."""
        made = self.kept.get(key)
        if made is None:
            made = self.kept[key] = make()
            while len(self.kept) > KEPT:
                with contextlib.suppress(KeyError):  # another thread took it
                    self.kept.popitem(last=False)
        return cast(Kind, made)


def load_columns(view: View, table: str) -> Columns:
    """Read the narrow columns of a list's table."""
    listing = LISTS[table]
    named = [facet for facet in listing.facets if facet.column]
    names = [*(facet.column for facet in named), *([listing.days] if listing.days else [])]
    found = view._connection.execute(
        f"SELECT {', '.join(['position', *names])} FROM {listing.source} ORDER BY position"
    ).fetchall()
    held: list[tuple[Any, ...]] = list(zip(*found, strict=True)) or [()] * (len(names) + 1)
    positions = np.array(held[0], dtype=np.int64)
    every = np.arange(len(found), dtype=np.int32)
    facets = {facet.name: _coded(every, values) for facet, values in zip(named, held[1:], strict=False)}
    days = None
    if listing.days:
        dated = [number for number, day in enumerate(held[-1]) if day is not None]
        days = _coded(np.array(dated, dtype=np.int32), [held[-1][number] for number in dated])
    parties = [facet for facet in listing.facets if facet.party]
    query = f"SELECT id, position FROM {listing.source}"
    position_of = dict(view._connection.execute(query)) if parties and table != "timeline" else {}
    for facet in parties:
        facets[facet.name] = _parties(view, table, facet, positions, position_of)
    return Columns(table, len(found), positions, facets, days)


def _coded(rows: Numbers, values: Sequence[Any]) -> Column:
    """A facet out of its value in each row, as the column of an SQL table has it."""
    names: dict[str, int] = {}  # what is unknown and what is called so are one
    code = {value: names.setdefault(UNKNOWN if value is None else str(value), len(names))
            for value in dict.fromkeys(values)}  # fmt: skip
    return Column(tuple(names), rows, np.fromiter(map(code.__getitem__, values), np.int32, len(values)))


def _parties(
    view: View, table: str, facet: Facet, positions: npt.NDArray[np.int64], position_of: dict[str, int]
) -> Column:  # fmt: skip
    if LISTS[table].source == "timeline":
        query = "SELECT position, actor FROM timeline_parties WHERE role = ?"
        pairs = view._connection.execute(query, (facet.party,)).fetchall()
    else:
        named = view._connection.execute("SELECT claim, actor FROM participants WHERE role = ?", (facet.party,))
        pairs = [(position, actor) for claim, actor in named if (position := position_of.get(claim)) is not None]
    rows, actors = zip(*pairs, strict=True) if pairs else ((), ())
    return _coded(np.searchsorted(positions, np.array(rows, dtype=np.int64)).astype(np.int32), actors)


def fitting(view: View, columns: Columns, wanted: Wanted, leave_out: str = "") -> Mask:
    """Which rows fit; the filter named `leave_out` is not applied."""
    mask = np.ones(columns.size, dtype=np.bool_)
    for name, chosen in wanted.values:
        if name in columns.facets and name != leave_out and chosen:
            column = columns.facets[name]
            mask &= _rows_of(columns, column, np.isin(column.codes, column.codes_of(chosen)))
    if columns.days is not None and (wanted.since or wanted.until):
        inside = np.array([fits_days(day, wanted.since, wanted.until) for day in columns.days.values] or [False])
        mask &= _rows_of(columns, columns.days, inside[columns.days.codes])
    if wanted.words:
        mask &= columns.once(
            ("words", wanted.words),
            lambda: _found(view, columns, word_condition(LISTS[columns.table], wanted.words)),
        )
    if wanted.query:
        mask &= columns.once(
            ("query", wanted.query),
            lambda: _found(view, columns, asked_condition(LISTS[columns.table], wanted.query)),
        )
    return mask


def _rows_of(columns: Columns, column: Column, chosen: Mask) -> Mask:
    mask = np.zeros(columns.size, dtype=np.bool_)
    mask[column.rows[chosen]] = True
    return mask


def _found(view: View, columns: Columns, asked: Condition) -> Mask:
    """The rows that a condition in SQL gives."""
    source, (condition, values) = LISTS[columns.table].source, asked
    found = view._connection.execute(f"SELECT position FROM {source} WHERE {condition}", values).fetchall()
    mask = np.zeros(columns.size, dtype=np.bool_)
    mask[np.searchsorted(columns.positions, np.array([row[0] for row in found], dtype=np.int64))] = True
    return mask


def count_facets(view: View, columns: Columns, wanted: Wanted) -> tuple[FacetCount, ...]:
    """Each shown facet's most frequent values with all other filters applied, and those asked for."""
    whole = fitting(view, columns, wanted)
    asked = {name for name, chosen in wanted.values if chosen}
    return tuple(
        _count(
            view, columns, facet, wanted, fitting(view, columns, wanted, facet.name) if facet.name in asked else whole
        )
        for facet in LISTS[columns.table].facets
        if facet.shown
    )


def _count(view: View, columns: Columns, facet: Facet, wanted: Wanted, mask: Mask) -> FacetCount:
    column = columns.facets[facet.name]
    counts = np.bincount(column.codes[mask[column.rows]], minlength=len(column.values))
    there = np.flatnonzero(counts)
    chosen = set(dict(wanted.values).get(facet.name, ()))
    # only values that may be among the first are put in order, and what was asked for
    least = np.partition(counts[there], -FACET_ROWS)[-FACET_ROWS] if len(there) > FACET_ROWS else 0
    asked = sorted(column.codes_of(chosen)) if chosen else []
    first = dict.fromkeys([*np.flatnonzero(counts >= max(1, least)).tolist(), *(n for n in asked if counts[n])])
    ranked = sorted(((column.values[n], int(counts[n])) for n in first), key=lambda pair: _rank(facet, pair))
    shown = ranked[:FACET_ROWS] + [pair for pair in ranked[FACET_ROWS:] if pair[0] in chosen]
    shown += [(value, 0) for value in sorted(chosen - {value for value, _ in ranked})]
    names = view.names(value for value, _ in shown) if facet.party else {}
    values = tuple((value, names.get(value, value), number) for value, number in shown)
    return FacetCount(facet.name, facet.label, values, max(0, len(there) - FACET_ROWS))


def _rank(facet: Facet, pair: tuple[str, int]) -> tuple[int, bool, str]:
    """Most frequent first, then unknown, then by value: as SQL orders NULL."""
    return -pair[1], not (pair[0] == UNKNOWN and not facet.party), pair[0]


def select(view: View, columns: Columns, wanted: Wanted, limit: int, offset: int = 0) -> Selection:
    """A page of rows that fit, in the order asked for or the first of the list's orders."""
    listing = LISTS[columns.table]
    mask = fitting(view, columns, wanted)
    fits: npt.NDArray[np.signedinteger] = np.flatnonzero(mask)
    order = dict(listing.orders).get(wanted.order, "")
    if order and wanted.order != listing.orders[0][0]:
        ranked = columns.once(("order", wanted.order), lambda: _ranked(view, columns, order))
        fits = ranked[mask[ranked]]
    chosen = columns.positions[fits[offset : offset + limit]].tolist()
    marks = ", ".join("?" * len(chosen))
    query = f"SELECT position, row FROM {listing.source} WHERE position IN ({marks})"
    rows = dict(view._connection.execute(query, chosen).fetchall())
    return Selection(tuple(decode_row(rows[position]) for position in chosen if position in rows), len(fits))


def _ranked(view: View, columns: Columns, order: str) -> Numbers:
    """The numbers of all rows in an order of the list."""
    found = view._connection.execute(f"SELECT position FROM {LISTS[columns.table].source} ORDER BY {order}").fetchall()
    return np.searchsorted(columns.positions, np.array([row[0] for row in found], dtype=np.int64)).astype(np.int32)


def place_of(view: View, columns: Columns, wanted: Wanted, id: str) -> int | None:
    """How many rows that fit come before the row with an id; None where it does not fit."""
    source = LISTS[columns.table].source
    row = view._connection.execute(f"SELECT position FROM {source} WHERE id = ?", (id,)).fetchone()
    if row is None:
        return None
    mask = fitting(view, columns, wanted)
    number = int(np.searchsorted(columns.positions, row[0]))
    return int(mask[:number].sum()) if mask[number] else None
