"""The map: where events happened, as large as their number. Equirectangular, on the outlines of Natural Earth."""

from __future__ import annotations

import math
from dataclasses import dataclass

from onrecord.model.shown import short
from onrecord.store import View, columns, sums
from onrecord.web.asked import Asked, wanted_of
from onrecord.web.desk import Desk
from onrecord.web.downloads import Download, downloads
from onrecord.web.pages.lists import Filter, Item, filters_of, items_of
from onrecord.web.source import Source, open_source
from onrecord.web.words import plural

PLACES = 400
LABELLED = 14
LEAST = 14.0  # degrees shown at least


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: position and radius in units of the drawing (degrees; y grows southward), words, address."""

    name: str
    country: str
    x: float
    y: float
    r: float
    groups: int
    events: int
    precision: str
    label: str
    href: str
    on: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world shown: left and top edge, width and height in degrees."""

    x: float
    y: float
    width: float
    height: float

    @property
    def text(self) -> float:
        """The size of letters in this frame."""
        return round(self.width / 62, 3)


@dataclass(frozen=True, slots=True)
class MapPage:
    """Places with their events, the frame, ways to zoom, filters, events of the chosen place, and their source."""

    spots: tuple[Spot, ...]
    frame: Frame
    zoom: tuple[tuple[str, str], ...]
    filters: tuple[Filter, ...]
    nowhere: int
    items: tuple[Item, ...]
    exports: tuple[Download, ...]
    source: Source | None


def map_page(view: View, asked: Asked, desk: Desk) -> MapPage:
    wanted = wanted_of("events", asked)
    held = desk.columns(view, "events")
    places = desk.kept("places", lambda: sums.load_places(view))
    fits = columns.fitting(view, held, wanted)
    found = desk.kept(("places", wanted), lambda: sums.places_of(places, held, fits, PLACES))
    frame = _frame(found, asked)
    most = max((place.groups for place in found), default=1)
    chosen = set(asked.every("place"))
    total = columns.select(view, held, wanted, 12)
    opened = asked.get("open") or next((row["id"] for row in total.rows), "")
    with_place = sum(place.events for place in found)
    named = _named(found, frame)
    return MapPage(
        spots=tuple(
            _spot(place, asked, frame, most, place.name in chosen, number in named)
            for number, place in enumerate(found)
        ),
        frame=frame,
        zoom=_zoom(asked, frame),
        filters=filters_of(desk.facets(view, "events", wanted), asked, "events"),
        nowhere=max(0, total.total - with_place),
        items=items_of(view, total.rows, asked, desk, "events", opened),
        exports=downloads(asked, "events"),
        source=open_source(view, asked, desk.decisions, opened),
    )


def _named(places: tuple[sums.PlaceSum, ...], frame: Frame) -> set[int]:
    """Places whose names are written: the largest first, each where no other name stands yet."""
    taken: list[tuple[float, float, float, float]] = []
    named: set[int] = set()
    for number, place in enumerate(places[: 6 * LABELLED]):
        left, top = place.lon, -place.lat - frame.text * 0.6
        box = (left, top, left + frame.text * (2.2 + 0.6 * len(place.name)), top + frame.text * 1.4)
        free = all(box[2] < b[0] or b[2] < box[0] or box[3] < b[1] or b[3] < box[1] for b in taken)
        inside = frame.x < place.lon < frame.x + frame.width and frame.y < -place.lat < frame.y + frame.height
        if free and inside and len(named) < LABELLED:
            taken.append(box)
            named.add(number)
    return named


def _spot(place: sums.PlaceSum, asked: Asked, frame: Frame, most: int, on: bool, named: bool) -> Spot:
    label = f"{place.name}, {place.country or 'country unknown'} ({place.precision}): {plural(place.groups, 'event')}"
    return Spot(
        short(place.name, 30), place.country or "", round(place.lon, 3), round(-place.lat, 3),
        round(frame.width * (0.006 + 0.022 * math.sqrt(place.groups / most)), 3), place.groups, place.events,
        place.precision, short(label, 120), asked.toggled("place", place.name), on, named,
    )  # fmt: skip


def _frame(places: tuple[sums.PlaceSum, ...], asked: Asked) -> Frame:
    """The frame asked for (`at=left,top,width`), else one that holds most of the events."""
    parts = asked.get("at").split(",")
    try:
        x, y, width = (float(part) for part in parts)
        if all(map(math.isfinite, (x, y, width))):
            return _clamped(x, y, width)
    except ValueError:
        pass
    weighed = sorted((p.lon, p.lat) for p in places for _ in range(min(p.groups, 40)))
    if not weighed:
        return _clamped(-180, -90, 360)
    cut = len(weighed) // 6
    east = [lon for lon, _ in weighed][cut : len(weighed) - cut]
    north = sorted(lat for _, lat in weighed)[cut : len(weighed) - cut]
    width = max(LEAST, (east[-1] - east[0]) * 1.4, (north[-1] - north[0]) * 2.6)
    return _clamped((east[0] + east[-1]) / 2 - width / 2, -(north[0] + north[-1]) / 2 - width / 4, width)


def _clamped(x: float, y: float, width: float) -> Frame:
    width = min(360.0, max(1.0, width))
    x = min(max(-180.0, x), 180 - width)
    return Frame(round(x, 3), round(min(max(-90.0, y), 90 - width / 2), 3), round(width, 3), round(width / 2, 3))


def _zoom(asked: Asked, frame: Frame) -> tuple[tuple[str, str], ...]:
    def to(dx: float, dy: float, factor: float) -> str:
        width, height = frame.width * factor, frame.height * factor
        x = frame.x + frame.width * (0.5 + dx) - width / 2
        y = frame.y + frame.height * (0.5 + dy) - height / 2
        return asked.with_(at=f"{x:.3f},{y:.3f},{width:.3f}")

    return (
        ("closer", to(0, 0, 0.5)), ("wider", to(0, 0, 2)), ("west", to(-0.4, 0, 1)), ("east", to(0.4, 0, 1)),
        ("north", to(0, -0.4, 1)), ("south", to(0, 0.4, 1)), ("all", asked.without("at")),
        ("world", asked.with_(at="-180,-90,360")),
    )  # fmt: skip
