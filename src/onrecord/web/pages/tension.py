"""Tension over time: the share of conflict among dated events, with its band, each stretch opening on its events.

For a stretch of time the index is conflict / (conflict + cooperation), where each event group counts the lineages that
tell it, material acts twice. The band is Wilson's interval at 95 percent for as many groups: few events, a wide band.
Stretches without events have no value; nothing is filled in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from onrecord.store import View, sums
from onrecord.web.asked import Asked, address, wanted_of
from onrecord.web.desk import Desk
from onrecord.web.pages.lists import Filter, filters_of
from onrecord.web.scale import Scale, Tick, iso, span_of
from onrecord.web.words import plural

WEIGHTS: dict[int, int] = {1: 1, 2: 2, 3: 1, 4: 2}
CONFLICT = (3, 4)
GRAINS: tuple[tuple[str, int], ...] = (("week", 7), ("day", 1), ("month", 30))
WIDE, HIGH = 1000.0, 260.0
Z = 1.96


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch: days, index and band (0..1), groups by quad class, place in the drawing, and its events."""

    since: str
    until: str
    index: float
    low: float
    high: float
    groups: tuple[int, int, int, int]
    x: float
    y: float
    y_low: float
    y_high: float
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class TensionPage:
    """The index over time, as a drawing and as a table."""

    stretches: tuple[Stretch, ...]
    line: tuple[str, ...]
    ticks: tuple[Tick, ...]
    grains: tuple[tuple[str, str, bool], ...]
    filters: tuple[Filter, ...]
    undated: int


def tension(view: View, asked: Asked, desk: Desk) -> TensionPage:
    wanted = wanted_of("timeline", asked)
    grain = asked.one_of("grain", [name for name, _ in GRAINS])
    size = dict(GRAINS)[grain]
    days = desk.kept(("weighed", wanted), lambda: sums.weigh_days(view, wanted))
    held: dict[int, list[sums.Weighed]] = {}
    for one in days:
        span = span_of(one.date)
        if span:
            held.setdefault((span[0] - 1) // size, []).append(one)  # ordinal 1 is a Monday: weeks begin on Mondays
    first, last = (min(held), max(held)) if held else (0, 0)
    scale = Scale(first * size + 1, (last + 1) * size)
    stretches = tuple(_stretch(number, size, held[number], scale, asked) for number in sorted(held))
    counts = desk.kept("counts", lambda: sums.counts(view))
    return TensionPage(
        stretches=stretches,
        line=_lines(stretches),
        ticks=scale.ticks() if held else (),
        grains=tuple((name, asked.with_(grain=name), name == grain) for name, _ in GRAINS),
        filters=filters_of(desk.facets(view, "timeline", wanted), asked, "timeline"),
        undated=counts["events"] - sum(one.groups for one in days),
    )


def wilson(share: float, count: int) -> tuple[float, float]:
    """Wilson's score interval at 95 percent for a share of `count` cases."""
    middle = (share + Z * Z / (2 * count)) / (1 + Z * Z / count)
    half = Z / (1 + Z * Z / count) * math.sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def _stretch(number: int, size: int, found: list[sums.Weighed], scale: Scale, asked: Asked) -> Stretch:
    groups = [sum(one.groups for one in found if one.quad == quad) for quad in WEIGHTS]
    weight = {quad: sum(one.lineages for one in found if one.quad == quad) * WEIGHTS[quad] for quad in WEIGHTS}
    total = sum(weight.values())
    index = sum(weight[quad] for quad in CONFLICT) / total if total else 0.0
    low, high = wilson(index, max(1, sum(groups)))
    since, until = iso(number * size + 1), iso((number + 1) * size)
    kept = [pair for pair in asked.pairs if pair[0] not in ("grain", "since", "until", "open")]
    return Stretch(
        since, until, round(index, 3), round(low, 3), round(high, 3), (groups[0], groups[1], groups[2], groups[3]),
        round(scale.x(number * size + 1 + size / 2) * WIDE / 100, 1), _y(index), _y(low), _y(high),
        f"{since}{' – ' + until if size > 1 else ''}: {index:.0%} conflict (band {low:.0%}–{high:.0%}), "
        f"{plural(sum(groups), 'event')}",
        address("/timeline", [*kept, ("since", since), ("until", until)]),
    )  # fmt: skip


def _y(share: float) -> float:
    return round(HIGH - 20 - share * (HIGH - 40), 1)


def _lines(stretches: tuple[Stretch, ...]) -> tuple[str, ...]:
    """Polylines over stretches that follow each other; a gap breaks the line."""
    runs: list[list[Stretch]] = []
    for one in stretches:
        if runs and span_of(runs[-1][-1].until) == span_of(iso((span_of(one.since) or (1, 1))[0] - 1)):
            runs[-1].append(one)
        else:
            runs.append([one])
    return tuple(" ".join(f"{one.x},{one.y}" for one in run) for run in runs if len(run) > 1)
