"""The timeline: lanes by actor, type, quad class or country; marks as large as the independent sources behind them.

Zooming is a new address with narrower days. From afar entries of one stretch are drawn as one mark with their number;
near by, each entry has its own, as wide as its date is vague.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from onrecord.model.shown import short
from onrecord.store import View, Wanted, sums
from onrecord.web.asked import Asked, wanted_of
from onrecord.web.desk import Desk
from onrecord.web.pages.lists import ListPage, make_list
from onrecord.web.scale import Scale, Tick, iso, span_of
from onrecord.web.words import QUADS, day, plural

LANES: tuple[tuple[str, str], ...] = (
    ("actor", "actor"), ("type", "event type"), ("quad", "quad class"), ("country", "country"),
)  # fmt: skip
MOST_LANES = 8
LANE = 40.0  # height of a lane, in units of the drawing
LONG = 45  # days from which a date is very vague
TRACKS = (
    (-9.0, 10.5),
    (5.0, 5.5),
    (14.5, 4.5),
)  # inside a lane: middle and largest radius of what is exact, vague, very
WIDE = 1000.0  # width of the drawing


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """One mark: `x` and `width` in units of the drawing, `r` its radius; `href` opens its evidence or zooms in."""

    x: float
    y: float
    r: float
    width: float
    entries: int
    lineages: int
    label: str
    href: str
    precision: str
    opened: bool


@dataclass(frozen=True, slots=True)
class _Shape:
    """A mark without its address."""

    x: float
    y: float
    r: float
    width: float
    bin: sums.Bin
    label: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane with its marks; `href` filters by it."""

    name: str
    label: str
    y: float
    href: str
    marks: tuple[TimelineMark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes and marks, the axis, ways to zoom and move, and the same entries as a list with their source."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    height: float
    since: str
    until: str
    by: tuple[tuple[str, str, bool], ...]
    zoom: tuple[tuple[str, str], ...]
    grain: str
    list: ListPage


def timeline(view: View, asked: Asked, desk: Desk) -> Timeline:
    by = asked.one_of("by", [name for name, _ in LANES])
    wanted = wanted_of("timeline", asked)
    scale = desk.kept(("scale", wanted.since, wanted.until), lambda: _scale(view, wanted))
    width = 10 if scale.days <= 150 else 7 if scale.days <= 365 * 20 else 4
    key = ("lanes", by, wanted, scale.first, scale.last)
    rows = desk.kept(key, lambda: _rows(view, desk, by, wanted, width, scale))
    labels = view.names(name for name, _, _ in rows) if by == "actor" else {}
    opened = asked.get("open")
    lanes = []
    for name, y, shapes in rows:
        label = labels.get(name, f"{name} {QUADS.get(int(name), '')}" if by == "quad" and name.isdigit() else name)
        href = asked.toggled({"country": "actor"}.get(by, by), name) if by != "country" else ""
        lanes.append(Lane(name, short(label, 26), y, href, tuple(_mark(one, asked, opened) for one in shapes)))
    return Timeline(
        lanes=tuple(lanes),
        ticks=scale.ticks(),
        height=len(rows) * LANE + 34,
        since=iso(scale.first),
        until=iso(scale.last),
        by=tuple((label, asked.with_(by=name), name == by) for name, label in LANES),
        zoom=_zoom(asked, scale),
        grain={10: "day", 7: "month", 4: "year"}[width],
        list=make_list(view, asked, desk, "timeline"),
    )


def _scale(view: View, wanted: Wanted) -> Scale:
    """The days asked for, else those of the record, where a few far entries do not flatten the rest."""
    _, _, began, ended = sums.days(view)
    first, last = span_of(wanted.since or began or ""), span_of(wanted.until or ended or "")
    start = first[0] if first else 719163
    end = max(start, last[1] if last else start + 30)
    if not wanted.since and not wanted.until:
        start, end = _middle(view, start, end)
    margin = 0 if wanted.since or wanted.until else max(1, (end - start) // 40)
    return Scale(start - margin, end + margin)


def _middle(view: View, start: int, end: int) -> tuple[int, int]:
    """The stretch that holds all but the outermost hundredth on either side of the dated entries."""
    found = [span for one in sums.weigh_days(view) for span in [span_of(one.date)] if span
             for _ in range(min(one.groups, 50))]  # fmt: skip
    if len(found) < 20:
        return start, end
    firsts = sorted(span[0] for span in found)
    cut = len(firsts) // 100
    return max(start, firsts[cut]), min(end, firsts[-1 - cut])


def _bins(
    view: View, desk: Desk, by: str, wanted: Wanted, width: int
) -> tuple[tuple[str, ...], tuple[sums.Bin, ...]]:  # fmt: skip
    fits = desk.positions(view, "timeline", wanted)
    names = sums.lanes_of(view, by, fits, MOST_LANES)
    chosen = dict(wanted.values).get(by, ())
    names = tuple(dict.fromkeys((*(name for name in names if name in chosen), *names))) if chosen else names
    return names, sums.bins_of(view, by, names, fits, width) if names else ()


def _rows(
    view: View, desk: Desk, by: str, wanted: Wanted, width: int, scale: Scale
) -> tuple[tuple[str, float, tuple[_Shape, ...]], ...]:
    """The lanes with what is drawn in them: all of a page that does not hang on what is opened."""
    names, bins = _bins(view, desk, by, wanted, width)
    most = max((one.lineages for one in bins if one.precision in ("day", "minute")), default=1)
    apart = WIDE * {10: 1, 7: 30.4, 4: 365.25}[width] / scale.days  # between the marks of two stretches
    size = max(3.2, min(5.5, max(apart / 2, 4.0) / math.sqrt(max(most, 1))))
    made = []
    for number, name in enumerate(names):
        y = number * LANE + LANE / 2 + 24
        shapes = (_shape(one, scale, y, size) for one in bins if one.lane == name)
        made.append((name, y, tuple(one for one in shapes if one)))
    return tuple(made)


def _shape(one: sums.Bin, scale: Scale, y: float, size: float) -> _Shape | None:
    """`size` is the radius of a mark with one source."""
    span = span_of(one.date)
    if span is None or span[1] < scale.first or span[0] > scale.last:
        return None
    left, right = scale.x(max(span[0], scale.first)), scale.x(min(span[1], scale.last) + 1)
    if one.entries > 1:
        label = (
            f"{day(one.date)}: {plural(one.entries, 'entry', 'entries')}, the best backed: {short(one.headline, 110)}"
        )
    else:
        label = f"{day(one.date)}: {short(one.headline, 140)} — {plural(one.lineages, 'independent source')}"
    vague = one.precision not in ("day", "minute")
    long = vague and span[1] - span[0] >= LONG
    track = 2 if long else 1 if vague else 0  # what is vague has tracks of its own, or it hides the rest
    radius = min(size * math.sqrt(max(one.lineages, 1)), TRACKS[track][1])
    drawn = max(2 * radius, (right - left) * WIDE / 100) if vague else 2 * radius
    middle = y + TRACKS[track][0]
    return _Shape(
        round((left + right) / 2 * WIDE / 100, 1), round(middle, 1), round(radius, 1), round(drawn, 1), one, label,
        iso(span[0]), iso(span[1]),
    )  # fmt: skip


def _mark(shape: _Shape, asked: Asked, opened: str) -> TimelineMark:
    one = shape.bin
    if one.entries > 1:
        href = asked.with_(since=shape.first, until=shape.last, open=one.of, page=None)
    else:
        href = asked.with_(open=one.of)
    return TimelineMark(
        shape.x, shape.y, shape.r, shape.width, one.entries, one.lineages, shape.label, href, one.precision,
        one.of == opened,
    )  # fmt: skip


def _zoom(asked: Asked, scale: Scale) -> tuple[tuple[str, str], ...]:
    """Addresses that show less, more, earlier, later, all."""

    def to(first: float, last: float) -> str:
        return asked.with_(since=iso(round(first)), until=iso(round(max(first, last))), page=None)

    first, last, days = scale.first, scale.last, scale.days
    return (
        ("closer", to(first + days / 4, last - days / 4)),
        ("wider", to(first - days / 2, last + days / 2)),
        ("earlier", to(first - days / 2, last - days / 2)),
        ("later", to(first + days / 2, last + days / 2)),
        ("all", asked.without("since", "until", "page", "open")),
    )
