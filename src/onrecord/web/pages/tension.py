"""Tension between two states over time, as `onrecord tension` counts it: each figure opens the acts it is made of.

A period in which no report came out that could have told of it has no figure; the line breaks there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from onrecord.analysis import find_tension
from onrecord.analysis.tension import STEPS, Step
from onrecord.store import Row, View
from onrecord.web.asked import Asked, address
from onrecord.web.desk import Desk
from onrecord.web.scale import Scale, Tick, iso, span_of
from onrecord.web.words import plural

WIDE, HIGH, EDGE = 1000.0, 260.0, 20.0
PAIRS = 24
LENGTH: dict[Step, int] = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Act:
    """An act that a figure is made of: its type, its part in the figure, its lineages, its events' address."""

    type: str
    part: float
    lineages: int
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


@dataclass(frozen=True, slots=True)
class PairChoice:
    """A directed pair of states with the number of its acts."""

    label: str
    acts: int
    on: bool
    href: str


@dataclass(frozen=True, slots=True)
class TensionPage:
    """One pair's figures over time, as a drawing and as a table."""

    pair: str
    pairs: tuple[PairChoice, ...]
    more_pairs: int
    steps: tuple[tuple[str, str, bool], ...]
    periods: tuple[Period, ...]
    lines: tuple[str, ...]
    ticks: tuple[Tick, ...]
    rungs: tuple[tuple[float, str], ...]  # lines across: height and figure


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
    periods = tuple(_period(row, scale, most, size) for row in rows)
    return TensionPage(
        pair=chosen.replace("-", " → "),
        pairs=tuple(
            PairChoice(one.replace("-", " → "), counts[one], one == chosen, asked.with_(pair=one))
            for one in dict.fromkeys((*ranked[:PAIRS], *([chosen] if chosen else [])))
        ),
        more_pairs=max(0, len(ranked) - PAIRS),
        steps=tuple((name, asked.with_(step=name), name == step) for name in STEPS),
        periods=tuple(one for one in periods if one.index is not None),
        lines=_lines(periods),
        ticks=scale.ticks() if spans else (),
        rungs=tuple((_y(most * part, most), f"{most * part:+.0f}" if part else "0") for part in (-1, -0.5, 0, 0.5, 1)),
    )  # fmt: skip


def _by_pair(view: View, step: Step) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in find_tension(view, step):
        found[f"{row['source']}-{row['target']}"].append(row)
    return dict(found)


def _period(row: Row, scale: Scale, most: float, size: int) -> Period:
    first = (span_of(row["period"]) or (1, 1))[0]
    index, low, high = row["index"], row["low"], row["high"]
    acts = tuple(
        Act(act["event_type"], act["part"], act["lineages"], address("/events", [("group", act["event_group"])]))
        for act in row["acts"]
    )
    figure = "no report" if index is None else f"{index:+.1f} (from {low:+.1f} to {high:+.1f})"
    href = address("/events", [("group", act["event_group"]) for act in row["acts"][:20]]) if acts else ""
    return Period(
        row["period"] if size == 1 else f"{row['period']} – {iso(first + size - 1)}", index, low, high, row["reports"],
        acts, round(scale.x(first + size / 2) * WIDE / 100, 1), _y(index or 0, most), _y(low or 0, most),
        _y(high or 0, most), f"{row['period']}: {figure}, {plural(len(acts), 'act')}", href,
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
