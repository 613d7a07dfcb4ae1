"""Both sides of an event: what the frame of its trigger makes of doers and undergoers."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.events.doers import find_doers
from onrecord.extract.events.recipients import find_undergoers
from onrecord.extract.events.routes import Route
from onrecord.extract.events.scene import Scene
from onrecord.extract.events.sites import Site
from onrecord.model.claims import Mention

# share of sureness left where a recipient is only named inside another phrase, where a host's visitor is not named
INSIDE, NO_VISITOR = 0.9, 0.5


@dataclass(frozen=True, slots=True)
class Arguments:
    """Both sides of an event, and how sure the way is that led to them (0..1)."""

    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    sureness: float


def find_arguments(scene: Scene, site: Site, route: Route) -> Arguments:
    """Actors and recipients of a trigger on its route."""
    frame = site.trigger.frame
    actors, sureness = find_doers(scene, site, route)
    undergoers, direct = find_undergoers(scene, site, route, actors)
    if frame == "host" and not route.outers:
        return Arguments(undergoers, actors, sureness) if undergoers else Arguments((), actors, sureness * NO_VISITOR)
    if frame == "victim":
        return Arguments(undergoers, actors, sureness * INSIDE)
    if frame == "mutual" and not _turned(site, route):
        return Arguments(_joined(actors, undergoers), (), sureness if direct else sureness * INSIDE)
    return Arguments(actors, undergoers, sureness if direct else sureness * INSIDE)


def _turned(site: Site, route: Route) -> bool:
    """Whether an outer word made another type of it: then one side acts on the other ("refused talks with")."""
    return route.type != site.trigger.type


def _joined(first: tuple[Mention, ...], second: tuple[Mention, ...]) -> tuple[Mention, ...]:
    return tuple(dict.fromkeys((*first, *second)))
