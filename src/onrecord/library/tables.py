"""A table of an open record: lazy, filtered, iterated as frozen values, or taken whole as a data frame.

Nothing is read before it is asked for, and what is read is what the record holds at that moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Generic, TypeVar, overload

import pyarrow as pa

from onrecord.errors import NotFoundError, StoreError
from onrecord.export.schemas import SCHEMAS
from onrecord.library.fitting import fits
from onrecord.library.html import LINES, ROWS, table_html, timeline_html
from onrecord.library.reading import reader_of
from onrecord.library.shown import bind
from onrecord.optional import need
from onrecord.store import SOURCES, Query, Row, View, parse_query

BATCH = 5_000  # rows made into Arrow at once
PUSHED = ("id", "document")  # columns that the database looks up
COLUMNS: dict[str, tuple[str, ...]] = {  # what a notebook shows of a table
    "documents": ("id", "title", "outlet", "published", "path"),
    "statements": ("id", "actor", "speaker", "cue_kind", "content", "probability", "path"),
    "events": ("id", "event_type", "actors", "recipients", "date", "status", "evidence", "path"),
    "figures": ("id", "value", "unit", "bound", "what", "date", "path"),
    "actors": ("id", "name", "kind", "country", "mentions"),
    "lineages": ("id", "documents", "origin"),
    "corroborations": ("id", "of", "documents", "outlets", "lineages"),
    "contradictions": ("id", "kind", "words", "spans"),
    "skips": ("path", "stage", "reason", "detail"),
}

NO_QUERY = Query()
Value = TypeVar("Value")


class Table(Generic[Value]):
    """A table of the record, or the rows of it that fit. `len`, iteration, `[id]`, `[number]` and `[from:to]` work."""

    def __init__(
        self, home: Any, view: View, name: str, kind: type[Value], fields: tuple[tuple[str, Any], ...] = (),
        query: Query = NO_QUERY,
    ) -> None:  # fmt: skip
        self._home = home
        self._view = view
        self._kind = kind
        self._fields = fields
        self._query = query
        self.name = name

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields of a row, as in docs/record.md."""
        return tuple(SCHEMAS[self.name].names)

    def filter(self, query: str = "", /, **fields: Any) -> Table[Value]:
        """The rows that fit a query (docs/query.md) and whose fields fit, all of it.

        A field is wanted by its value, by None for unknown, by a list of which any fits, or by a function that says
        whether a value fits. An actor fits by id, name or country, a date by its beginning, a place by name or country,
        words by what they say.

            record.events.filter("actor:russia lineages:>=2", event_type="ASSAULT", date="2008-08")
        """
        unknown = sorted(set(fields) - set(self.columns))
        if unknown:
            raise StoreError(f"{self.name} has no field {', '.join(unknown)}; fields: {', '.join(self.columns)}")
        asked = Query((*self._query.terms, *parse_query(query, self.name).terms))
        return Table(self._home, self._view, self.name, self._kind, (*self._fields, *fields.items()), asked)

    def rows(self) -> Iterator[Row]:
        """The rows as plain dictionaries, as `onrecord export` prints them."""
        if self._query:
            found = self._view.matching(self.name, self._query)
        else:
            pushed = {
                name: value for name, value in self._fields
                if name in PUSHED and name in SOURCES[self.name][1] and isinstance(value, str)
            }  # fmt: skip
            found = self._view.rows(self.name, **pushed)
        for row in found:
            if all(fits(row[name], wanted) for name, wanted in self._fields):
                yield row

    def __iter__(self) -> Iterator[Value]:
        read = reader_of(self._kind)
        return (bind(read(row), self._home) for row in self.rows())

    def __len__(self) -> int:
        if self._fields:
            return sum(1 for _ in self.rows())
        return self._view.count_matching(self.name, self._query) if self._query else self._view.count(self.name)

    def __bool__(self) -> bool:
        return next(self.rows(), None) is not None

    @overload
    def __getitem__(self, wanted: str | int) -> Value: ...

    @overload
    def __getitem__(self, wanted: slice) -> list[Value]: ...

    def __getitem__(self, wanted: str | int | slice) -> Value | list[Value]:
        """By id or the beginning of one that only one row has, whatever the filter; by number; a slice as a list."""
        if isinstance(wanted, str):
            return self._found(wanted)
        if isinstance(wanted, slice):
            first, last, step = wanted.indices(len(self))
            if step < 0:
                return list(self)[wanted]
            return list(islice(self, first, last, step))
        number = wanted if wanted >= 0 else wanted + len(self)
        value = next(islice(self, number, None), None) if number >= 0 else None
        if value is None:
            raise IndexError(f"{self.name} has {len(self)} rows, none with the number {wanted}")
        return value

    def _found(self, id: str) -> Value:
        if self.name == "timeline":
            found = next(iter(self._view.rows("timeline", of=id)), None)
            if found is None:
                raise NotFoundError(f"the timeline has no entry of the group {id!r}")
            table, row = "timeline", found
        else:
            table, row = self._view.find(id)
        if table != self.name:
            raise NotFoundError(f"{id!r} is in the table {table}, not in {self.name}")
        value: Value = bind(reader_of(self._kind)(row), self._home)
        return value

    def to_arrow(self) -> pa.Table:
        """All rows as an Arrow table, nested fields as nested types."""
        schema, rows = SCHEMAS[self.name], self.rows()
        batches = []
        while batch := list(islice(rows, BATCH)):
            batches.append(pa.RecordBatch.from_pylist(batch, schema=schema))
        return pa.Table.from_batches(batches, schema=schema)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The Arrow C stream: `polars.DataFrame(table)`, DuckDB and others read the table as it is."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> Any:
        """All rows as a pandas data frame; nested fields are dictionaries and arrays of them."""
        need("pandas", "frames")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """All rows as a polars data frame; nested fields are structs and lists of them."""
        return need("polars", "frames").from_arrow(self.to_arrow())

    def __repr__(self) -> str:
        told = [f"{name}={value!r}" for name, value in self._fields]
        wanted = ", ".join([repr(str(self._query)), *told] if self._query else told)
        return f"<{self.name} of the record: {len(self)} rows{' with ' + wanted if wanted else ''}>"

    def _repr_html_(self) -> str:
        if self.name == "timeline":
            return timeline_html(self[:LINES], len(self))  # type: ignore[arg-type]  # a timeline's values are entries
        return table_html(self.name, list(islice(self.rows(), ROWS)), len(self), COLUMNS[self.name])
