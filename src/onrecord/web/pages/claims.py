"""Claims by outlets: who says it, who says otherwise, who only attributes it, who is silent. Copies count once.

A cell says what an outlet's own reports say of one group of claims. Reports of one lineage bear one letter: however
many papers print a text, it is one source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model.shown import short
from onrecord.store import Row, View, sums
from onrecord.store.narrow import NarrowReport, some_reports
from onrecord.web.asked import Asked
from onrecord.web.desk import Desk
from onrecord.web.pages.lists import Pager, pager_of
from onrecord.web.source import Source, heading_of, open_source
from onrecord.web.words import content_of, date_of, day

ROWS = 25
OUTLETS = 14
LETTERS = 3  # sources named in a cell; of more the number
MEMBERS = 200  # claims of a group that are looked at
KINDS: tuple[tuple[str, str], ...] = (
    ("", "all"), ("event", "events"), ("statement", "statements"), ("figure", "figures"),
)  # fmt: skip
TABLES = {"event": "events", "statement": "statements", "figure": "figures"}
NARRATOR = "narrator"
DENIED = ("negated",)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one outlet's reports say of one group: `says`, `otherwise`, `attributes` or `silent`."""

    state: str
    words: str
    lineages: str
    href: str
    opened: bool


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One group of claims: a line for it, what stands behind it, and a cell for each outlet."""

    id: str
    kind: str
    heading: str
    words: str
    date: str
    documents: int
    lineages: int
    cells: tuple[Cell, ...]
    href: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Told:
    """The claims of one group, those of other groups that stand against them, and its own that cannot both hold."""

    rows: tuple[Row, ...]
    against: tuple[Row, ...]
    clashes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """The matrix: outlets as columns, groups as rows."""

    outlets: tuple[tuple[str, str, int], ...]  # short name, full name, reports
    rows: tuple[ClaimRow, ...]
    kinds: tuple[tuple[str, str, bool], ...]
    pager: Pager
    more_outlets: int
    source: Source | None


def claims(view: View, asked: Asked, desk: Desk) -> ClaimsPage:
    kind = asked.one_of("kind", [name for name, _ in KINDS])
    number = max(1, asked.number("page", 1, 100_000))
    all_outlets = desk.kept("outlets", lambda: sums.outlets(view))
    key = ("claims", kind, number)
    groups, total = desk.kept(key, lambda: sums.group_page(view, kind, 2, ROWS, (number - 1) * ROWS))
    opened = asked.get("open")
    told, reports = desk.kept((*key, "rows"), lambda: _claims_of(view, groups))
    shown = _columns(all_outlets, told, reports)
    rows = [_row(view, group, one, reports, [o.value for o in shown], asked, opened)
            for group, one in zip(groups, told, strict=True) if one.rows]  # fmt: skip
    first = opened or (rows[0].id if rows else "")
    return ClaimsPage(
        outlets=tuple((short(o.value, 22) or "unknown outlet", o.value or "outlet unknown", o.number) for o in shown),
        rows=tuple(rows),
        kinds=tuple(
            (label, asked.with_(kind=name or None, page=None, open=None), name == kind) for name, label in KINDS
        ),
        pager=pager_of(asked, number, total, len(rows), ROWS),
        more_outlets=len(all_outlets) - len(shown),
        source=open_source(view, asked, desk.decisions, first),
    )


def _columns(
    outlets: Sequence[sums.Count], told: Sequence[Told], reports: dict[str, NarrowReport]
) -> list[sums.Count]:  # fmt: skip
    """The outlets of this page's columns: all where there are few, else those that tell most of its claims."""
    if len(outlets) <= OUTLETS:
        return list(outlets)
    tells: Counter[str] = Counter()
    for one in told:
        tells.update({reports[row["document"]].outlet or "" for row in (*one.rows, *one.against)})
    return sorted(outlets, key=lambda one: (-tells[one.value], -one.number, one.value))[:OUTLETS]


def _claims_of(view: View, groups: Sequence[Row]) -> tuple[list[Told], dict[str, NarrowReport]]:
    """The claims of each group and what stands against them, and the reports of all of these."""
    members = [group["members"][:MEMBERS] for group in groups]
    every = [id for held in members for id in held]
    against = view.against(every)
    sides = [side for row in against for side in (row["left"], row["right"])]
    rows = {row["id"]: row for table in TABLES.values() for row in view.some(table, "id", [*every, *sides])}
    told = []
    for held in members:
        mine = set(held)
        other = {
            c["right"] if c["left"] in mine else c["left"] for c in against if c["left"] in mine or c["right"] in mine
        }
        told.append(
            Told(
                tuple(rows[id] for id in held if id in rows),
                tuple(rows[id] for id in sorted(other) if id in rows),
                tuple((c["left"], c["right"]) for c in against if c["left"] in mine and c["right"] in mine),
            )
        )
    reports = some_reports(view, (row["document"] for row in rows.values()))
    return told, reports


def _row(
    view: View,
    group: Row,
    told: Told,
    reports: dict[str, NarrowReport],
    outlets: Sequence[str],
    asked: Asked,
    opened: str,
) -> ClaimRow:
    rows, against = told.rows, told.against
    best = min(rows, key=lambda row: (row.get("told_by", NARRATOR) != NARRATOR, -row.get("score", 0), row["id"]))
    order = sorted({reports[row["document"]].lineage for row in (*rows, *against)})
    letters = {lineage: _letter(n) for n, lineage in enumerate(order)}
    stated = best.get("status") not in DENIED  # a row is about the deed, also where what stands for it denies it
    unlike = {id for pair in told.clashes if stated and best["id"] in pair for id in pair} - {best["id"]}
    mine, other = _by_outlet(rows, reports), _by_outlet(against, reports)
    cells = tuple(_cell(mine[outlet], other[outlet], unlike, reports, letters, asked, opened) for outlet in outlets)
    table = TABLES[group["kind"]]
    date = (
        date_of(best.get("date"))
        if table == "events"
        else day(best["date"])
        if table == "figures" and best["date"]
        else ""
    )
    return ClaimRow(
        best["id"], group["kind"], short(heading_of(table, best), 90), short(_words(view, best), 140), date,
        group["documents"], group["lineages"], cells, asked.with_(open=best["id"]),
        opened in {row["id"] for row in rows} or opened == group["id"],
    )  # fmt: skip


def _words(view: View, row: Row) -> str:
    if "span" in row:
        return view.around(row["document"], row["span"]["start"], row["span"]["end"], 60)
    return content_of(row)


def _by_outlet(rows: Sequence[Row], reports: dict[str, NarrowReport]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[reports[row["document"]].outlet or ""].append(row)
    return found


def _letter(number: int) -> str:
    return chr(65 + number % 26) + (str(number // 26) if number >= 26 else "")


def _cell(
    mine: Sequence[Row],
    other: Sequence[Row],
    unlike: set[str],
    reports: dict[str, NarrowReport],
    letters: dict[str, str],
    asked: Asked,
    opened: str,
) -> Cell:
    """What an outlet says: its claims of the group, and those that stand against it; `unlike` are claims of the group
    that do not fit the one that stands for it."""
    if mine and all(row.get("status") in DENIED or row["id"] in unlike for row in mine):
        state = "otherwise"
    elif mine:
        own = [row for row in mine if row.get("told_by", NARRATOR) == NARRATOR and "content" not in row]
        said = "content" in mine[0]
        state = "says" if own or said else "attributes"
    else:
        state = "otherwise" if other else "silent"
    shown = mine or other
    if not shown:
        return Cell("silent", "", "", "", False)
    found = sorted({letters[reports[row["document"]].lineage] for row in shown})
    return Cell(
        state, short(content_of(shown[0]), 160),
        " ".join(found) if len(found) <= LETTERS else f"{len(found)}×",
        asked.with_(open=shown[0]["id"]),
        any(row["id"] == opened for row in shown),
    )  # fmt: skip
