"""The lists of the record: facets, rows with their words, and the source of the opened row beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onrecord.model.shown import short
from onrecord.store import LISTS, FacetCount, Row, View, columns
from onrecord.store.narrow import Backing, NarrowReport, backing_of, some_reports
from onrecord.web.asked import PER_PAGE, Asked, address, wanted_of
from onrecord.web.desk import Desk
from onrecord.web.downloads import Download, downloads
from onrecord.web.source import Source, heading_of, open_source
from onrecord.web.words import QUADS, content_of, date_of, day, plural


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: words, how many rows it gives, whether it is on, the address with it turned over."""

    label: str
    count: int
    on: bool
    href: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet as a page shows it; `more` values are not listed."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list."""

    id: str
    heading: str
    words: str
    where: str
    chips: tuple[tuple[str, str], ...]  # (kind, words)
    documents: int
    lineages: int
    verdict: str
    notes: int
    opened: bool
    href: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands among all: first and last row shown, all rows, addresses of the pages beside it."""

    first: int
    last: int
    total: int
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows of one table that fit the filters, and the source of the opened one."""

    table: str
    title: str
    items: tuple[Item, ...]
    filters: tuple[Filter, ...]
    pager: Pager
    orders: tuple[tuple[str, str, bool], ...]  # name, address, whether it is the order shown
    days: bool
    clear: str
    exports: tuple[Download, ...]
    api: str
    source: Source | None


TITLES: dict[str, str] = {
    "documents": "Reports", "statements": "Statements", "events": "Events", "figures": "Figures", "actors": "Actors",
    "contradictions": "Contradictions", "skips": "Left out", "timeline": "Timeline",
}  # fmt: skip


def list_page(table: str) -> Callable[[View, Asked, Desk], ListPage]:
    """The page of one table."""

    def make(view: View, asked: Asked, desk: Desk) -> ListPage:
        return make_list(view, asked, desk, table)

    return make


def make_list(view: View, asked: Asked, desk: Desk, table: str) -> ListPage:
    wanted = wanted_of(table, asked)
    held = desk.columns(view, table)
    opened = asked.get("open")
    number = asked.number("page", 0, 1_000_000)
    if opened and not number and table in ("statements", "events", "figures") and not wanted.order:
        number = (
            columns.place_of(view, held, wanted, opened) or 0
        ) // PER_PAGE + 1  # the page that holds what is opened
    number = max(1, number)
    offset = (number - 1) * PER_PAGE
    found = columns.select(view, held, wanted, PER_PAGE, offset)
    filters = filters_of(desk.facets(view, table, wanted), asked, table)
    items = items_of(view, found.rows, asked, desk, table, opened)
    shown = opened or next((item.id for item in items), "")
    source = open_source(view, asked, desk.decisions, shown) if table not in ("skips", "actors") else None
    return ListPage(
        table=table,
        title=TITLES[table],
        items=items,
        filters=filters,
        pager=pager_of(asked, number, found.total, len(items)),
        orders=_orders(asked, table),
        days=bool(LISTS[table].days),
        clear=address(asked.path, [("order", asked.get("order"))] if asked.get("order") else []),
        exports=downloads(asked, table),
        api=address(f"/api/tables/{table}", [p for p in asked.pairs if p[0] not in ("open", "page", "layer")]),
        source=source,
    )


def _orders(asked: Asked, table: str) -> tuple[tuple[str, str, bool], ...]:
    names = [name for name, _ in LISTS[table].orders]
    chosen = asked.one_of("order", names)
    return tuple(
        (name.replace("-", " "), asked.with_(order=name if name != names[0] else None, page=None), name == chosen)
        for name in names
    )


def pager_of(asked: Asked, number: int, total: int, shown: int, size: int = PER_PAGE) -> Pager:
    first = (number - 1) * size
    return Pager(
        first + 1 if shown else 0, first + shown, total,
        asked.with_(page=str(number - 1), open=None) if number > 1 else "",
        asked.with_(page=str(number + 1), open=None) if first + shown < total else "",
    )  # fmt: skip


def filters_of(counts: Iterable[FacetCount], asked: Asked, table: str) -> tuple[Filter, ...]:
    """Facets with the addresses that turn each value on and off; a facet of one value that is not on is left out."""
    made = []
    for facet in counts:
        on = set(asked.every(facet.name))
        choices = tuple(
            Choice(short(_label(facet.name, label), 60), n, value in on, asked.toggled(facet.name, value))
            for value, label, n in facet.values
        )
        if len(choices) > 1 or on:
            made.append(Filter(facet.name, facet.label, choices, facet.more))
    hidden = [facet for facet in LISTS[table].facets if not facet.shown and asked.every(facet.name)]
    made += [
        Filter(f.name, f.label, tuple(Choice(short(v, 40), 0, True, asked.toggled(f.name, v))
                                      for v in asked.every(f.name)), 0)
        for f in hidden
    ]  # fmt: skip
    return tuple(made)


def _label(facet: str, label: str) -> str:
    if facet == "quad" and label.isdigit():
        return f"{label} {QUADS.get(int(label), '')}"
    return label.replace("_", " ") or "none given"


def items_of(view: View, rows: Sequence[Row], asked: Asked, desk: Desk, table: str, opened: str) -> tuple[Item, ...]:
    """Rows as list items, with what stands behind each and what people decided on it."""
    reports: dict[str, NarrowReport] = {}
    backing: dict[str, Backing] = {}
    if table in ("statements", "events", "figures"):
        reports = some_reports(view, (row["document"] for row in rows))
        backing = backing_of(view, (row["group"] for row in rows if row["group"]))
    items = []
    for number, row in enumerate(rows):
        id = row.get("id") or row.get("event_group") or row.get("statement") or row.get("document") or ""
        report = reports.get(row.get("document", ""))
        behind = backing.get(row.get("group") or "")
        items.append(
            Item(
                id=id,
                heading=short(_heading(table, row), 160),
                words=short(_words(view, table, row), 300),
                where=_where(report, row, table),
                chips=tuple(_chips(table, row)),
                documents=behind.documents if behind else len(row.get("documents", ())),
                lineages=behind.lineages if behind else int(row["lineages"]) if table == "timeline" else 0,
                verdict=desk.decisions.verdict(id, row.get("group")),
                notes=len(desk.decisions.notes.get(id, ())),
                opened=id == opened if opened else number == 0,
                href=_href(asked, table, id),
            )
        )
    return tuple(items)


def _href(asked: Asked, table: str, id: str) -> str:
    if table == "actors":
        return address("/actor", [("id", id)])
    if table == "skips":
        return address("/document", [("id", id)])
    return asked.with_(open=id)


def _heading(table: str, row: Row) -> str:
    if table == "documents":
        return str(row["title"] or row["path"])
    if table == "actors":
        return str(row["name"])
    if table == "skips":
        return str(row["path"])
    if table == "timeline":
        return str(row["headline"])
    if table == "contradictions":
        return str(row["words"])
    return heading_of(table, row)


def _words(view: View, table: str, row: Row) -> str:
    if table == "figures":
        return view.around(row["document"], row["span"]["start"], row["span"]["end"], 110)
    if table == "documents":
        return str(row["path"])
    if table == "actors":
        return ", ".join(alias for alias in row["aliases"][:40] if alias != row["name"])
    if table == "skips":
        return f"{row['reason']}: {row['detail']}" if row["detail"] else str(row["reason"])
    if table == "contradictions":
        return " ↔ ".join(f"“{short(span['text'], 140)}”" for span in row["spans"])
    return content_of(row) if table != "timeline" else ""


def _where(report: NarrowReport | None, row: Row, table: str) -> str:
    if table == "documents":
        return _printed(row["outlet"], row["published"]["value"])
    return _printed(report.outlet, report.published) if report else ""


def _printed(outlet: str | None, published: str | None) -> str:
    return f"{short(outlet, 60) or 'outlet unknown'} · {day(published)}"


def _chips(table: str, row: Row) -> Iterable[tuple[str, str]]:
    """Small facts beside a heading, as (kind, words)."""
    made = CHIPS.get(table)
    return made(row) if made else [("kind", str(row.get("kind", row.get("stage", ""))))]


def _statement_chips(row: Row) -> Iterable[tuple[str, str]]:
    yield "kind", row["kind"]
    if row["certainty"] not in ("certain", "unknown"):
        yield "doubt", row["certainty"]
    if row["addressee"]:
        yield "to", f"to {short(row['addressee']['name'], 40)}"
    if row["relays"]:
        yield "relay", f"relayed {len(row['relays'])}×"
    if row["said"] and row["said"].get("by") != "report":
        yield "date", date_of(row["said"])


def _event_chips(row: Row) -> Iterable[tuple[str, str]]:
    yield f"quad{row['quad']}", QUADS.get(row["quad"], "quad class unknown")
    if row["status"] != "actual":
        yield "doubt", row["status"]
    yield "date", date_of(row["date"])
    if row["place"]:
        yield "place", short(row["place"]["name"], 40)
    if row["told_by"] != "narrator":
        yield "relay", "attributed"


def _report_chips(row: Row) -> Iterable[tuple[str, str]]:
    yield "kind", row["published"]["precision"]
    if row["language"]:
        yield "kind", row["language"]


def _actor_chips(row: Row) -> Iterable[tuple[str, str]]:
    yield "kind", row["kind"]
    if row["country"]:
        yield "place", row["country"]
    yield "count", plural(row["mentions"], "mention")


def _timeline_chips(row: Row) -> Iterable[tuple[str, str]]:
    yield "date", date_of(row["date"])
    if row["date"]["precision"] not in ("day", "minute") and row["date"].get("by") != "report":
        yield "doubt", row["date"]["precision"]


CHIPS: dict[str, Callable[[Row], Iterable[tuple[str, str]]]] = {
    "statements": _statement_chips, "events": _event_chips, "documents": _report_chips, "actors": _actor_chips,
    "figures": lambda row: [("kind", short(row["what"], 40))],
    "timeline": _timeline_chips,
}  # fmt: skip
