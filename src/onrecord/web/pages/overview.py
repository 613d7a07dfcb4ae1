"""What this pile is: how much, by whom, from when to when, who acts in it, what is best backed, what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.shown import short
from onrecord.store import Row, View, Wanted, sums
from onrecord.web.asked import Asked, address
from onrecord.web.desk import Desk
from onrecord.web.pages.lists import Item, items_of
from onrecord.web.words import QUADS, day, number, plural

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a small bar chart: words, address, number, and its share of the longest bar in percent."""

    label: str
    href: str
    number: int
    share: int


@dataclass(frozen=True, slots=True)
class LineageSummary:
    """Reports that are one source: origin and how many."""

    id: str
    origin: str
    reports: int
    titles: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole pile on one page."""

    numbers: tuple[tuple[str, str, str], ...]  # number, what it counts, address
    published: str
    happened: str
    undated: int
    without_outlet: int
    outlets: tuple[Bar, ...]
    actors: tuple[Bar, ...]
    types: tuple[Bar, ...]
    quads: tuple[Bar, ...]
    languages: tuple[Bar, ...]
    lineages: tuple[LineageSummary, ...]
    best: tuple[Item, ...]
    skips: tuple[Bar, ...]
    contradictions: tuple[Item, ...]


def overview(view: View, asked: Asked, desk: Desk) -> Overview:  # noqa: ARG001  # every page takes the same three
    counts = desk.kept("counts", lambda: sums.counts(view))
    first, last, began, ended = desk.kept("days", lambda: sums.days(view))
    actors = view.select("actors", Wanted(), SHOWN).rows
    best = view.select("timeline", Wanted(order="weight"), 8).rows
    against = view.select("contradictions", Wanted(), 4).rows
    return Overview(
        numbers=tuple(
            (number(counts[name]), label if counts[name] != 1 else label.removesuffix("s"), path)
            for name, label, path in (
                ("documents", "reports", "/documents"), ("lineages", "independent sources", "/copies"),
                ("statements", "statements", "/statements"), ("events", "events", "/events"),
                ("figures", "figures", "/figures"), ("actors", "actors", "/actors"),
                ("contradictions", "contradictions", "/contradictions"), ("skips", "left out", "/skips"),
            )
        ),
        published=_stretch(first, last),
        happened=_stretch(began, ended),
        undated=counts["undated"],
        without_outlet=counts["without outlet"],
        outlets=_bars(view, desk, "reports", "outlet", "/documents", "outlet"),
        actors=_bar_rows([(short(a["name"], 60), address("/actor", [("id", a["id"])]), a["mentions"]) for a in actors]),
        types=_bars(view, desk, "events", "type", "/events", "type"),
        quads=_bars(view, desk, "events", "quad", "/events", "quad"),
        languages=_bars(view, desk, "reports", "language", "/documents", "language"),
        lineages=desk.kept("largest", lambda: _largest(view)),
        best=items_of(view, best, Asked("/timeline"), desk, "timeline", "none"),
        skips=_bars(view, desk, "skips", "reason", "/skips", "reason"),
        contradictions=items_of(view, against, Asked("/contradictions"), desk, "contradictions", "none"),
    )  # fmt: skip


def _stretch(first: str | None, last: str | None) -> str:
    if not first or not last:
        return "unknown"
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def _bars(view: View, desk: Desk, source: str, column: str, path: str, facet: str) -> tuple[Bar, ...]:
    found = desk.kept(("by", source, column), lambda: sums.count_by(view, source, column, SHOWN))
    rows = []
    for one in found:
        label = QUADS.get(int(one.value), one.value) if column == "quad" and one.value.isdigit() else one.label
        rows.append((short(label, 60), address(path, [(facet, one.value or "unknown")]), one.number))
    return _bar_rows(rows)


def _bar_rows(rows: list[tuple[str, str, int]]) -> tuple[Bar, ...]:
    most = max((n for _, _, n in rows), default=1) or 1
    return tuple(Bar(label, href, n, round(100 * n / most)) for label, href, n in rows)


def _largest(view: View) -> tuple[LineageSummary, ...]:
    ids = sums.largest_lineages(view, 6)
    rows = {row["id"]: row for row in view.some("lineages", "id", ids)}
    return tuple(_lineage(view, rows[id]) for id in ids)


def _lineage(view: View, row: Row) -> LineageSummary:
    reports = view.some("documents", "id", row["documents"][:4])
    origin = row["origin"]["agency"] or row["origin"]["outlet"] or "origin unknown"
    return LineageSummary(
        row["id"], f"{short(origin, 60)} ({plural(len(row['documents']), 'report')})", len(row["documents"]),
        tuple(short(f"{r['outlet'] or 'outlet unknown'}: {r['title'] or r['path']}", 90) for r in reports),
        address("/copies", [("lineage", row["id"])]),
    )  # fmt: skip
