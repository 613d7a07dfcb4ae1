"""One event that two sources put on another day, in another town, or tell the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from onrecord.link.contradictions.shown import Opposed, contradict, shown
from onrecord.link.reports import Link, Report, ToldEvent
from onrecord.model.claims import NARRATOR
from onrecord.model.record import ContradictionKind

Told = Mapping[str, ToldEvent]


def find_dates(
    moved: Iterable[Link], told: Told, group_of: Mapping[str, str], reports: Mapping[str, Report]
) -> Iterator[Opposed]:
    """One for each two event groups that are told as one event of different days; `moved` pairs such events."""
    for order, one, other in _strongest(moved, told, group_of):
        if group_of[one.id] != group_of[other.id]:
            words = " and ".join(event.days[0] for event in (one, other) if event.days)
            found = contradict("date", shown(one), shown(other), reports, f"are one event dated {words}")
            yield Opposed("dates", order, _groups(one, other, group_of), found)


def find_places(
    elsewhere: Iterable[Link], told: Told, group_of: Mapping[str, str], reports: Mapping[str, Report]
) -> Iterator[Opposed]:
    """One for each two towns that one event is told of."""
    for order, one, other in _strongest(elsewhere, told, group_of):
        towns = " and ".join(event.place.name for event in (one, other) if event.place)
        found = contradict("place", shown(one), shown(other), reports, f"are one event, in {towns}")
        yield Opposed("places", order, _groups(one, other, group_of), found)


def find_actors(
    swapped: Iterable[Link], told: Told, group_of: Mapping[str, str], reports: Mapping[str, Report]
) -> Iterator[Opposed]:
    """An act told both ways round; a dispute where it is two speakers who tell it so."""
    for order, one, other in _strongest(swapped, told, group_of):
        both_said = NARRATOR not in (one.event.told_by, other.event.told_by)
        kind: ContradictionKind = "dispute" if both_said else "actor"
        found = contradict(kind, shown(one), shown(other), reports, "say the opposite of who did it to whom")
        yield Opposed("actors", order, _groups(one, other, group_of), found)


def _groups(one: ToldEvent, other: ToldEvent, group_of: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted((group_of[one.id], group_of[other.id])))


def _strongest(
    links: Iterable[Link], told: Told, group_of: Mapping[str, str]
) -> Iterator[tuple[tuple[float, str, str], ToldEvent, ToldEvent]]:
    """The strongest pair for each two groups, of events that still stand, with its place among all pairs."""
    seen: set[tuple[str, ...]] = set()
    for link in sorted(links, key=lambda link: (-link.weight, link.left, link.right)):
        if link.left in group_of and link.right in group_of:
            one, other = told[link.left], told[link.right]
            groups = _groups(one, other, group_of)
            if groups not in seen:
                seen.add(groups)
                yield (-link.weight, link.left, link.right), one, other
