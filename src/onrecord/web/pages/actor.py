"""One actor: all names, offices with their dates, what they said and what is said of them, what they did and met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.errors import NotFoundError
from onrecord.store import Row, View, Wanted, columns, sums
from onrecord.web.asked import Asked, address
from onrecord.web.desk import Desk
from onrecord.web.forms import NameForm, forms_of
from onrecord.web.pages.lists import Item, items_of
from onrecord.web.pages.overview import Bar
from onrecord.web.source import Opened, Source, open_item, open_source

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Section:
    """One list on the page: its heading, the first rows, how many there are in all, and the address of all."""

    title: str
    items: tuple[Item, ...]
    total: int
    href: str


@dataclass(frozen=True, slots=True)
class ActorPage:
    """An actor with everything the record holds on them."""

    actor: Row
    opened: Opened
    sections: tuple[Section, ...]
    acts_on: tuple[Bar, ...]
    acted_on_by: tuple[Bar, ...]
    mentioned: tuple[tuple[str, str, int], ...]  # report, address, mentions
    timeline: str
    split: str  # address that shows the names to split by, or hides them
    forms: tuple[NameForm, ...] | None
    more_forms: int
    source: Source | None


def actor_page(view: View, asked: Asked, desk: Desk) -> ActorPage:
    id = asked.get("id")
    actor = next(iter(view.rows("actors", id=id)), None)
    if actor is None:
        raise NotFoundError("the record holds no actor with this id; it may have been merged into another")
    sections = [
        _section(view, asked, desk, title, table, facet, id)
        for title, table, facet in (
            ("Said", "statements", "speaker"), ("Was told", "statements", "addressee"),
            ("Passed on", "statements", "relay"), ("Did", "events", "actor"),
            ("Had done to them", "events", "recipient"),
        )
    ]  # fmt: skip
    sections.insert(1, _spoken_of(view, asked, desk, actor))
    shown = asked.get("open") or next((one.id for part in sections for one in part.items), "")
    does = [e for e in desk.edges(view, Wanted((("actor", (id,)),)), 400) if e.actor == id]
    suffers = [e for e in desk.edges(view, Wanted((("recipient", (id,)),)), 400) if e.recipient == id]
    splitting = asked.get("forms") == "1"
    forms, more = desk.kept(("forms", id), lambda: forms_of(view, id)) if splitting else (None, 0)
    return ActorPage(
        actor=actor,
        opened=open_item(view, desk.decisions, "actors", actor),
        sections=tuple(part for part in sections if part.total),
        acts_on=_bars(view, does, "actor", "recipient", id),
        acted_on_by=_bars(view, suffers, "recipient", "actor", id),
        mentioned=_mentioned(view, id),
        timeline=address("/timeline", [("actor", id)]),
        split=asked.with_(forms=None if splitting else "1"),
        forms=forms,
        more_forms=more,
        source=open_source(view, asked, desk.decisions, shown),
    )


def _section(view: View, asked: Asked, desk: Desk, title: str, table: str, facet: str, id: str) -> Section:
    found = columns.select(view, desk.columns(view, table), Wanted(((facet, (id,)),)), SHOWN)
    items = items_of(view, found.rows, asked, desk, table, asked.get("open") or "none")
    return Section(title, items, found.total, address(f"/{table}", [(facet, id)]))


def _spoken_of(view: View, asked: Asked, desk: Desk, actor: Row) -> Section:
    """Statements of others whose words name the actor."""
    words = f'"{actor["name"]}"'
    found = view.select("statements", Wanted(words=words), SHOWN * 4)
    others = [row for row in found.rows if (row["actor"] or {}).get("id") != actor["id"]
              and any(actor["name"] in span["text"] for span in row["content"])]  # fmt: skip
    items = items_of(view, others[:SHOWN], asked, desk, "statements", asked.get("open") or "none")
    return Section("Is spoken of", items, len(others), address("/statements", [("q", words)]))


def _bars(view: View, edges: Sequence[sums.Edge], fixed: str, other: str, id: str) -> tuple[Bar, ...]:
    """Neighbours with the number of event groups between them."""
    totals: dict[str, int] = {}
    for edge in edges:
        neighbour = edge.recipient if other == "recipient" else edge.actor
        totals[neighbour] = totals.get(neighbour, 0) + edge.groups
    names = view.names(totals) if totals else {}
    ranked = sorted(totals.items(), key=lambda pair: (-pair[1], names.get(pair[0], "")))[:SHOWN]
    most = ranked[0][1] if ranked else 1
    return tuple(
        Bar(names.get(one, one), address("/events", [(fixed, id), (other, one)]), n, round(100 * n / most))
        for one, n in ranked
    )


def _mentioned(view: View, id: str) -> tuple[tuple[str, str, int], ...]:
    counts: dict[str, int] = {}
    for document, *_ in view.mentions_of(id, 5_000):
        counts[document] = counts.get(document, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:12]
    reports = {r["id"]: r for r in view.some("documents", "id", (id for id, _ in ranked))}
    return tuple(
        (f"{reports[d]['outlet'] or 'outlet unknown'}: {reports[d]['title'] or reports[d]['path']}",
         address("/document", [("id", d), ("layer", "actors"), ("layer", "statements")]), n)
        for d, n in ranked if d in reports
    )  # fmt: skip
