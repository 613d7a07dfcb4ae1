"""An open record in Python: its tables, the texts behind them, and everything an id leads to."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Any

from onrecord.errors import NotFoundError
from onrecord.library import html, records
from onrecord.library.reading import reader_of
from onrecord.library.shown import bind
from onrecord.library.tables import Table
from onrecord.store import Hit, View, parse_query

KINDS: dict[str, type] = {
    "documents": records.Document, "statements": records.Statement, "events": records.Event,
    "figures": records.Figure, "actors": records.Actor, "lineages": records.Lineage,
    "corroborations": records.Corroboration, "contradictions": records.Contradiction,
    "timeline": records.TimelineEntry, "skips": records.Skip,
}  # fmt: skip


class OpenRecord:
    """A record that is open for reading, in a `with` statement or until `close()`. Nothing is read before it is asked.

    Each table is lazy: `record.statements`, `record.events.filter(event_type="AID")`, `record.documents["doc_12ab"]`.
    """

    def __init__(self, view: View, held: ExitStack, name: str) -> None:
        self._held = held
        self.view = view
        self.name = name
        self.documents = self._table("documents", records.Document)
        self.statements = self._table("statements", records.Statement)
        self.events = self._table("events", records.Event)
        self.figures = self._table("figures", records.Figure)
        self.actors = self._table("actors", records.Actor)
        self.lineages = self._table("lineages", records.Lineage)
        self.corroborations = self._table("corroborations", records.Corroboration)
        self.contradictions = self._table("contradictions", records.Contradiction)
        self.timeline = self._table("timeline", records.TimelineEntry)
        self.skips = self._table("skips", records.Skip)

    def _table(self, name: str, kind: Any) -> Any:
        return Table(self, self.view, name, kind)

    def __enter__(self) -> OpenRecord:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a value that was read stays, its text and its notebook view do not."""
        self._held.close()

    def text(self, document: str) -> str:
        """The stored text of a report; NotFoundError where there is none with this id."""
        return self.view.text(document)

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Claims and reports that hold all the words, best first; fields of the query language may stand among them."""
        return self.view.search(parse_query(words), limit)

    def find(self, id: str) -> Any:
        """The value of any id, or of a beginning of one; a group's id gives the values of its members."""
        table, row = self.view.find(id)
        if table == "groups":
            return tuple(self.find(member) for member in row["members"])
        if table not in KINDS:
            raise NotFoundError(f"{id!r} is in {table}, which is no table of the record")
        return bind(reader_of(KINDS[table])(row), self)

    def behind(self, id: str) -> records.Corroboration | None:
        """How many reports, outlets and independent lineages stand behind a claim or a group of claims."""
        table, row = self.view.find(id)
        group = row["id"] if table == "groups" else row.get("group") or ""
        found = next(self.view.rows("corroborations", of=group), None)
        return None if found is None else reader_of(records.Corroboration)(found)

    def html(self, value: Any) -> str:
        """A value for a notebook, everything escaped."""
        for kind, show in _SHOWN:
            if isinstance(value, kind):
                return str(show(self.view, value))
        raise TypeError(f"no way to show a {type(value).__name__}")

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{self.view.count(name)} {name}" for name in ("documents", "statements", "events", "actors")
        )
        return f"<record {self.name}: {counts}>"

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{name}</td><td>{self.view.count(name)}</td></tr>" for name in KINDS)
        return f"<table><caption>{html.told(self.name)}</caption>{rows}</table>"


_SHOWN: tuple[tuple[type, Any], ...] = (
    (records.Document, html.document_html), (records.Statement, html.statement_html),
    (records.Event, html.event_html), (records.Figure, html.figure_html),
    (records.Contradiction, html.contradiction_html),
    (records.TimelineEntry, lambda _view, one: html.timeline_html([one], 1)),
)  # fmt: skip
