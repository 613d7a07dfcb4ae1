"""Pairs of told events that agree in all but one thing, which both cannot be: the day, the town, who did it to whom,
whether it happened.

Whether such a pair is shown, and under what name, is for `contradictions`; nothing is joined here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from onrecord.link.reports import MUTUAL, Link, ToldEvent, likeness, together
from onrecord.link.same_events.blocks import pairs_in, split, story_blocks
from onrecord.link.same_events.weights import (
    ENOUGH,
    WORDING,
    WORLDS,
    agreement_besides,
    days_apart,
    is_one_day,
    sides_of,
    town_of,
)
from onrecord.model.claims import NARRATOR, QUADS

MOVED = 3  # days: further apart, a like event is more often another one
MOVED_ENOUGH = 6.0  # without any day: both sides, trigger and most words agree
HELD_LEAST = 6  # stems in common, from which the share of the shorter sentence counts
DETAILS = 2  # things in common besides who did it, the act, the day and the town: "the oil plant"
DETAILS_ALIKE = 0.6  # of all such details
SWAPPED_ALIKE = 0.3  # of all stems; the act itself has one stem in both
DENIED_ENOUGH = ENOUGH - 1.0  # a denial gives fewer particulars than what it denies
DENIED_ALIKE = 0.25  # of all stems, where acts have different stems
DONE = 0  # the world of what happened or is said to have

Pair = tuple[ToldEvent, ToldEvent]


def pair_moved(
    told: Sequence[ToldEvent], stories: Mapping[str, str], lineage_of: Mapping[str, str]
) -> tuple[Link, ...]:
    """Pairs from two lineages that agree in everything but the day: one event that two sources date differently."""
    dated = [event for event in told if is_one_day(event) and event.is_dated and WORLDS[event.event.status] == DONE]

    def weigh(one: ToldEvent, other: ToldEvent) -> float:
        if not 0 < days_apart(one.days, other.days) <= MOVED:
            return 0.0
        weight = agreement_besides(one, other, same_story=True)
        shared = len(one.words & other.words)
        if weight > 0 and shared >= HELD_LEAST:  # a short sentence may tell what a long one tells besides other things
            held = shared / min(len(one.words), len(other.words))
            weight += WORDING * (held - likeness(one.words, other.words))
        return weight if weight >= MOVED_ENOUGH else 0.0

    return _links(_pairs(dated, story_blocks(dated, stories), lineage_of, apart=True), weigh)


def pair_elsewhere(
    told: Sequence[ToldEvent], stories: Mapping[str, str], lineage_of: Mapping[str, str]
) -> tuple[Link, ...]:
    """Pairs from two lineages that agree in everything but the town, and in more than a day of strikes does."""
    placed = [event for event in told if town_of(event) is not None and is_one_day(event) and _is_done(event)]
    towns: dict[tuple[str, str], set[int | None]] = defaultdict(set)
    for event in placed:
        towns[event.document, event.event.type].add(town_of(event))

    def weigh(one: ToldEvent, other: ToldEvent) -> float:
        if town_of(one) == town_of(other) or one.days != other.days:
            return 0.0
        told_there = towns[one.document, one.event.type], towns[other.document, one.event.type]
        if town_of(other) in told_there[0] or town_of(one) in told_there[1]:
            return 0.0  # a report that tells of both towns tells of two events
        return agreement_besides(one, other, same_story=True) if _is_one_thing(one, other) else 0.0

    return _links(_pairs(placed, story_blocks(placed, stories), lineage_of, apart=False), weigh)


def _is_one_thing(one: ToldEvent, other: ToldEvent) -> bool:
    """Whether two events share what only one event has: details of it, or two people's meeting."""
    shared = len(one.details & other.details) + len(one.amounts & other.amounts)
    if one.event.type in MUTUAL and len(one.people & other.people) > 1:
        return True
    sides = [left & right for left, right in zip(sides_of(one), sides_of(other), strict=True)]
    parties = len({key for side in sides for key in side if len(key) == 3})
    alike = likeness(one.details, other.details) >= DETAILS_ALIKE
    return alike and shared >= (DETAILS - 1 if parties > 1 else DETAILS)


def pair_swapped(
    told: Sequence[ToldEvent], stories: Mapping[str, str], lineage_of: Mapping[str, str]
) -> tuple[Link, ...]:
    """Pairs from two lineages in which one side did to the other what, told elsewhere, the other did to it."""
    acts = [event for event in told if _is_done(event) and is_one_day(event) and QUADS[event.event.type] in (2, 4)]
    both_ways = {(event.document, event.event.type, a, b) for event in acts for a, b in _directions(event)}
    blocks: dict[tuple[str, ...], list[ToldEvent]] = defaultdict(list)
    for event in sorted(acts, key=lambda event: event.id):
        for keys in {tuple(sorted(way)) for way in _directions(event)}:
            blocks[event.event.type, stories[event.document], *keys].append(event)

    def weigh(one: ToldEvent, other: ToldEvent) -> float:
        ways = set(_directions(one))
        back = {(b, a) for a, b in _directions(other)}
        if one.days != other.days or one.cause != other.cause or not ways & back or ways & set(_directions(other)):
            return 0.0
        here, there = ((event.document, event.event.type) for event in (one, other))
        if any((*here, b, a) in both_ways or (*there, a, b) in both_ways for a, b in ways & back):
            return 0.0  # a report that tells both ways tells of an exchange
        alike = likeness(one.words, other.words)
        return alike if alike >= SWAPPED_ALIKE else 0.0

    return _links(_pairs(acts, split(blocks), lineage_of, apart=False), weigh)


def _directions(event: ToldEvent) -> list[tuple[str, str]]:
    """Who did it and to whom, each pair of keys that the event tells apart."""
    only_actors, only_recipients = event.actors - event.recipients, event.recipients - event.actors
    return [(a, b) for a in sorted(only_actors) for b in sorted(only_recipients)]


def pair_denied(told: Sequence[ToldEvent], denied: Collection[str], stories: Mapping[str, str]) -> tuple[Link, ...]:
    """Pairs of an event told as so and the same one in `denied`, told as not so or in a denial of it."""
    by_key: dict[tuple[str, ...], list[ToldEvent]] = defaultdict(list)
    for event in sorted(told, key=lambda event: event.id):
        for key in event.actors | event.recipients:
            by_key[event.event.type, key, stories[event.document]].append(event)
    wanted: dict[tuple[str, ...], list[ToldEvent]] = {
        key: events for key, events in by_key.items() if any(event.id in denied for event in events)
    }

    def weigh(one: ToldEvent, other: ToldEvent) -> float:
        yes, no = (one, other) if other.id in denied else (other, one)
        if (one.id in denied) == (other.id in denied) or together(one.days, other.days) is False:
            return 0.0
        if yes.event.status == "hypothetical" or (yes.event.status == "planned" and no.event.told_by == NARRATOR):
            return 0.0
        if likeness(one.words, other.words) < DENIED_ALIKE and one.cause != other.cause:
            return 0.0
        weight = agreement_besides(one, other, same_story=True)
        return weight if weight >= DENIED_ENOUGH else 0.0

    return _links(_pairs(told, split(wanted), None, apart=False), weigh)


def _is_done(event: ToldEvent) -> bool:
    return event.event.status in ("actual", "alleged")


def _pairs(
    told: Iterable[ToldEvent], blocks: Iterable[list[ToldEvent]], lineage_of: Mapping[str, str] | None, apart: bool
) -> Iterator[Pair]:
    """The pairs of some blocks, each once; of different lineages where `lineage_of` is given."""
    by_id = {event.id: event for event in told}
    for left, right in sorted({pair for block in blocks for pair in pairs_in(block, apart)}):
        one, other = by_id[left], by_id[right]
        if lineage_of is None or lineage_of[one.document] != lineage_of[other.document]:
            yield one, other


def _links(pairs: Iterable[Pair], weigh: Callable[[ToldEvent, ToldEvent], float]) -> tuple[Link, ...]:
    return tuple(Link(one.id, other.id, weight) for one, other in pairs if (weight := weigh(one, other)) > 0)
