"""Who acts on whom: the actors with most events between them, directed, by quad class. An edge opens its events."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.model.shown import short
from onrecord.store import View, columns, sums
from onrecord.web.asked import PER_PAGE, Asked, address, wanted_of
from onrecord.web.desk import Desk
from onrecord.web.downloads import Download, downloads
from onrecord.web.pages.lists import Filter, filters_of
from onrecord.web.source import Source, open_source
from onrecord.web.words import QUADS, plural

NODES = 26
WIDE, HIGH, MARGIN = 1000.0, 760.0, 100.0
ROUNDS = (
    240  # of the layout; it starts from a circle in order of weight, so that the same record gives the same picture
)


@dataclass(frozen=True, slots=True)
class Node:
    """An actor: place in the drawing, radius by event groups, address."""

    id: str
    label: str
    x: float
    y: float
    r: float
    groups: int
    href: str


@dataclass(frozen=True, slots=True)
class Link:
    """Events of one quad class from one actor to another: an SVG path, its width, its address."""

    path: str
    width: float
    quad: int
    actor: str
    recipient: str
    groups: int
    events: int
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Network:
    """The drawing, the same as a table, filters, and the source of an event of the opened pair."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    filters: tuple[Filter, ...]
    quads: tuple[tuple[int, str], ...]
    left_out: int
    exports: tuple[Download, ...]
    source: Source | None


def network(view: View, asked: Asked, desk: Desk) -> Network:
    wanted = wanted_of("events", asked)
    edges = desk.edges(view, wanted, 4_000)
    weight: dict[str, int] = {}
    for edge in edges:
        for id in (edge.actor, edge.recipient):
            weight[id] = weight.get(id, 0) + edge.groups
    ranked = sorted(weight, key=lambda id: (-weight[id], id))
    chosen = ranked[:NODES]
    inside = [edge for edge in edges if edge.actor in chosen and edge.recipient in chosen]
    tied = {id for edge in inside for id in (edge.actor, edge.recipient)}
    chosen = [id for id in chosen if id in tied]
    names = view.names(chosen) if chosen else {}
    places = desk.kept(("layout", wanted), lambda: _layout(chosen, inside))
    most = max(weight.values(), default=1)
    radii = {id: round(6 + 16 * math.sqrt(weight[id] / most), 1) for id in chosen}
    nodes = tuple(
        Node(
            id, short(names.get(id, id), 28), *places[id], radii[id], weight[id],
            address("/actor", [("id", id)]),
        )
        for id in chosen
    )  # fmt: skip
    filters = filters_of(desk.facets(view, "events", wanted), asked, "events")
    first = columns.select(view, desk.columns(view, "events"), wanted, 1).rows
    return Network(
        nodes=nodes,
        links=tuple(_link(edge, places, radii, names, asked) for edge in inside[: 5 * PER_PAGE]),
        filters=filters,
        quads=tuple(QUADS.items()),
        left_out=len(ranked) - len(chosen),
        exports=downloads(asked, "events"),
        source=open_source(view, asked, desk.decisions, asked.get("open") or (first[0]["id"] if first else "")),
    )


def _link(
    edge: sums.Edge, places: dict[str, tuple[float, float]], radii: dict[str, float], names: dict[str, str],
    asked: Asked,
) -> Link:  # fmt: skip
    actor, recipient = names.get(edge.actor, edge.actor), names.get(edge.recipient, edge.recipient)
    kept = [pair for pair in asked.pairs if pair[0] not in ("actor", "recipient", "quad", "open", "layer", "page")]
    href = address("/events", [*kept, ("actor", edge.actor), ("recipient", edge.recipient), ("quad", str(edge.quad))])
    label = f"{actor} → {recipient}: {QUADS[edge.quad]}, {plural(edge.groups, 'event')}"
    return Link(
        _curve(places[edge.actor], places[edge.recipient], edge.quad, radii[edge.recipient]),
        round(min(9.0, 1 + math.sqrt(edge.groups)), 1),
        edge.quad, short(actor, 40), short(recipient, 40), edge.groups, edge.events, short(label, 200), href,
    )  # fmt: skip


def _curve(start: tuple[float, float], end: tuple[float, float], quad: int, radius: float) -> str:
    """A bowed line that ends at the rim of its node; each quad class and direction bows differently."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    length = math.hypot(dx, dy) or 1.0
    bow = 12 + 9 * quad
    mx, my = (x1 + x2) / 2 - dy / length * bow, (y1 + y2) / 2 + dx / length * bow
    ax, ay = x2 - mx, y2 - my  # the direction in which it comes in
    away = (radius + 3) / (math.hypot(ax, ay) or 1.0)
    ex, ey = x2 - ax * away, y2 - ay * away
    return f"M{x1:.1f} {y1:.1f} Q{mx:.1f} {my:.1f} {ex:.1f} {ey:.1f}"


def _layout(ids: list[str], edges: list[sums.Edge]) -> dict[str, tuple[float, float]]:
    """Places by springs and repulsion (Fruchterman and Reingold 1991), from a circle on."""
    count = len(ids)
    if count == 0:
        return {}
    index = {id: number for number, id in enumerate(ids)}
    angle = np.arange(count) * (2 * math.pi / count)
    at: npt.NDArray[np.float64] = np.stack([np.cos(angle), np.sin(angle)], axis=1) * (
        1 + np.arange(count)[:, None] / count
    )
    pull = np.zeros((count, count))
    for edge in edges:
        a, b = index[edge.actor], index[edge.recipient]
        pull[a, b] = pull[b, a] = pull[a, b] + math.log1p(edge.groups)
    rest = 1.6 / math.sqrt(count)
    for step in range(ROUNDS):
        apart = at[:, None, :] - at[None, :, :]
        far = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-3)
        force = (rest**2 / far**2)[..., None] * apart - (pull * far / rest * 0.35)[..., None] * apart
        move = force.sum(axis=1) - at * 0.15
        size = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)[:, None]
        at = at + move / size * np.minimum(size, 0.12 * (1 - step / ROUNDS))
    low, high = at.min(axis=0), at.max(axis=0)
    # half by place, half by rank: a dense middle opens up enough to read its names
    ranks = at.argsort(axis=0).argsort(axis=0) / max(1, count - 1)
    scaled = 0.4 * (at - low) / np.maximum(high - low, 1e-9) + 0.6 * ranks
    return {
        id: (round(MARGIN + float(scaled[n, 0]) * (WIDE - 2 * MARGIN), 1),
             round(MARGIN / 3 + float(scaled[n, 1]) * (HIGH - MARGIN), 1))
        for id, n in index.items()
    }  # fmt: skip
