"""Tension between two states over time, as `onrecord tension` counts it: each figure opens the acts it is made of.

A period in which no report came out that could have told of it has no figure; the line breaks there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.analysis import find_tension
from onrecord.analysis.tension import STEPS, Step
from onrecord.store import Row, View
from onrecord.web.asked import Asked, address
from onrecord.web.desk import Desk
from onrecord.web.pages.lists import Item, items_of
from onrecord.web.scale import Scale, Tick, iso, span_of
from onrecord.web.source import Source, open_source
from onrecord.web.words import plural

WIDE, HIGH, EDGE = 1000.0, 260.0, 20.0
PAIRS = 24
ACTS = 40  # of one period that are listed
LENGTH: dict[Step, int] = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Act:
    """An act that a figure is made of: its type, its part in it, its lineages, one of its events and that opened."""

    type: str
    part: float
    lineages: int
    event: str
    href: str


@dataclass(frozen=True, slots=True)
class Period:
    """A day or week: its figure with its band (None where no report could tell), and its place in the drawing."""

    period: str
    index: float | None
    low: float | None
    high: float | None
    reports: int
    acts: tuple[Act, ...]
    x: float
    y: float
    y_low: float
    y_high: float
    label: str
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class PairChoice:
    """A directed pair of states with the number of its acts."""

    label: str
    acts: int
    on: bool
    href: str


@dataclass(frozen=True, slots=True)
class TensionPage:
    """One pair's figures over time, as a drawing and as a table; the acts of one of them, and the source of one."""

    pair: str
    pairs: tuple[PairChoice, ...]
    more_pairs: int
    steps: tuple[tuple[str, str, bool], ...]
    periods: tuple[Period, ...]
    lines: tuple[str, ...]
    ticks: tuple[Tick, ...]
    rungs: tuple[tuple[float, str], ...]  # lines across: height and figure
    period: str  # the one whose acts are listed
    items: tuple[Item, ...]
    more_acts: int
    all_acts: str  # address of their events as a list
    source: Source | None


def tension(view: View, asked: Asked, desk: Desk) -> TensionPage:
    week: Step = "week"
    step = next((one for one in STEPS if one == asked.get("step")), week)
    by_pair = desk.kept(("tension", step), lambda: _by_pair(view, step))
    counts = {pair: sum(len(row["acts"]) for row in found) for pair, found in by_pair.items()}
    ranked = sorted(counts, key=lambda pair: (-counts[pair], pair))
    chosen = asked.get("pair") if asked.get("pair") in counts else (ranked[0] if ranked else "")
    rows = by_pair.get(chosen, [])
    known = [row for row in rows if row["index"] is not None]
    most = max((abs(row[edge]) for row in known for edge in ("low", "high")), default=1.0) or 1.0
    spans = [span for row in rows for span in [span_of(row["period"])] if span]
    size = LENGTH[step]
    scale = Scale(min(s[0] for s in spans), max(s[0] for s in spans) + size - 1) if spans else Scale(1, 1)
    shown = _shown(rows, asked)
    periods = tuple(_period(row, scale, most, size, asked, row is shown) for row in rows)
    acts = sorted(shown["acts"] if shown else (), key=lambda act: (-abs(act["part"]), act["event_group"]))
    opened = asked.get("open") or (acts[0]["events"][0] if acts else "")
    groups = [("group", act["event_group"]) for act in acts[:ACTS]]
    return TensionPage(
        pair=chosen.replace("-", " → "),
        pairs=tuple(
            PairChoice(
                one.replace("-", " → "), counts[one], one == chosen, asked.with_(pair=one, period=None, open=None)
            )
            for one in dict.fromkeys((*ranked[:PAIRS], *([chosen] if chosen else [])))
        ),
        more_pairs=max(0, len(ranked) - PAIRS),
        steps=tuple((name, asked.with_(step=name, period=None), name == step) for name in STEPS),
        periods=tuple(one for one in periods if one.index is not None),
        lines=_lines(periods),
        ticks=scale.ticks() if spans else (),
        rungs=tuple((_y(most * part, most), f"{most * part:+.3g}" if part else "0") for part in (-1, -0.5, 0, 0.5, 1)),
        period=next((one.period for one in periods if one.on), ""),
        items=_items(view, acts[:ACTS], asked, desk, opened),
        more_acts=max(0, len(acts) - ACTS),
        all_acts=address("/events", groups) if groups else "",
        source=open_source(view, asked, desk.decisions, opened),
    )  # fmt: skip


def _shown(rows: list[Row], asked: Asked) -> Row | None:
    """The period asked for, else the one that stands out most."""
    told = [row for row in rows if row["acts"]]
    wanted = next((row for row in told if row["period"] == asked.get("period")), None)
    return wanted or max(told, key=lambda row: (abs(row["index"] or 0), row["period"]), default=None)


def _items(view: View, acts: Sequence[Row], asked: Asked, desk: Desk, opened: str) -> tuple[Item, ...]:
    """Acts as rows: their part in the figure, an event of each with its words, what stands behind it."""
    rows = {row["id"]: row for row in view.some("events", "id", (act["events"][0] for act in acts))}
    told = [(act, rows[act["events"][0]]) for act in acts if act["events"][0] in rows]
    items = items_of(view, [row for _, row in told], asked, desk, "events", opened)
    return tuple(
        replace(item, heading=f"{act['part']:+.1f} · {item.heading}", opened=opened in act["events"])
        for (act, _), item in zip(told, items, strict=True)
    )


def _by_pair(view: View, step: Step) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in find_tension(view, step):
        found[f"{row['source']}-{row['target']}"].append(row)
    return dict(found)


def _period(row: Row, scale: Scale, most: float, size: int, asked: Asked, on: bool) -> Period:
    first = (span_of(row["period"]) or (1, 1))[0]
    index, low, high = row["index"], row["low"], row["high"]
    acts = tuple(
        Act(
            act["event_type"],
            act["part"],
            act["lineages"],
            act["events"][0],
            asked.with_(period=row["period"], open=act["events"][0]),
        )
        for act in row["acts"]
    )
    figure = "no report" if index is None else f"{index:+.1f} (from {low:+.1f} to {high:+.1f})"
    href = asked.with_(period=row["period"], open=None) if acts else ""
    return Period(
        row["period"] if size == 1 else f"{row['period']} – {iso(first + size - 1)}", index, low, high, row["reports"],
        acts, round(scale.x(first + size / 2) * WIDE / 100, 1), _y(index or 0, most), _y(low or 0, most),
        _y(high or 0, most), f"{row['period']}: {figure}, {plural(len(acts), 'act')}", href, on,
    )  # fmt: skip


def _y(figure: float, most: float) -> float:
    return round(HIGH / 2 - figure / most * (HIGH / 2 - EDGE), 1)


def _lines(periods: tuple[Period, ...]) -> tuple[str, ...]:
    """Lines over periods that have a figure; a period without one breaks the line."""
    runs: list[list[Period]] = [[]]
    for one in periods:
        if one.index is None:
            runs.append([])
        else:
            runs[-1].append(one)
    return tuple(" ".join(f"{one.x},{one.y}" for one in run) for run in runs if len(run) > 1)
