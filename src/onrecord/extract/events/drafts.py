"""An event while it is being made: with the mentions on its sides, its trigger's site and its route."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.events.routes import Route
from onrecord.extract.events.sites import Site
from onrecord.model.claims import Event, Mention


@dataclass(frozen=True, slots=True)
class Draft:
    """`sides` are all mentions that the event names; `site` and `route` are None for an event that lies in a saying."""

    event: Event
    sides: tuple[Mention, ...]
    sentence: int
    site: Site | None = None
    route: Route | None = None
