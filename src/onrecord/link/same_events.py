"""Which told events may be one: the same type, shared actors, days that do not exclude each other, and enough besides.

Each likely pair gets a weight, the sum of what speaks for and against it; nothing is joined here. The weights were set
by hand: with one day and both sides little wording need agree, undated much. Groups of ECB+ mentions with one trigger
stem and an actor in common, undated, held pairs of one event in 94 of 100 cases (dev; 77 on the larger train part).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from onrecord.link.reports import MUTUAL, Days, Link, ToldEvent, days_between, likeness, together
from onrecord.model.claims import Status

# what happened or is said (not) to have; what is to come; what is only imagined: these three are never one event
WORLDS: dict[Status, int] = {
    "actual": 0, "alleged": 0, "negated": 0, "historical": 0, "planned": 1, "hypothetical": 2,
}  # fmt: skip

ENOUGH = 5.0  # in the terms of the weights below
SAME_ACTOR = 1.5  # on each side
SAME_COUNTRY = 1.0  # on each side: another person or office of the same state
SAME_DAY = 2.0
SAME_PERIOD = 1.0  # a week, month or year in common
NO_DAY = -0.5  # one or both undated
SAME_CAUSE = 1.0  # triggers of one stem ("bombed", "bombing")
SAME_MODE, OTHER_MODE = 0.5, -0.5
SAME_PLACE, OTHER_PLACE = 1.0, -2.5  # towns: one day's strikes on two of them are two events
OTHER_PEOPLE = -2.0  # each names a person that the other does not: one president's talks with two ministers
SAME_AMOUNT = 1.5  # "$60 million" in both
WORDING = 4.0  # times the share of stems in common
SAME_STORY, OTHER_STORY = 0.5, -0.5
MOVED = 3  # days: further apart, a like event is more often another one
MOVED_ENOUGH = 6.0  # without any day: both sides, trigger and most words agree
LITTLE = 0.15  # share of stems in common below which another trigger, place and amount leave nothing that is shared
REPEATED = 0.75  # share of stems in common from which two reports of one lineage tell the event in the same sentence
BLOCK = 100  # events compared all with all; a larger block is split by trigger, and then compared with neighbours only


def pair_events(
    told: Sequence[ToldEvent], stories: Mapping[str, str], lineage_of: Mapping[str, str]
) -> tuple[Link, ...]:
    """Pairs of events that may be one, with their weights."""
    by_id = {event.id: event for event in told}
    pairs = {pair for block in _blocks(told, stories, lineage_of) for pair in _pairs_in(block, apart=False)}
    links = []
    for left, right in sorted(pairs):
        one, other = by_id[left], by_id[right]
        same_story = stories[one.document] == stories[other.document]
        same_text = lineage_of[one.document] == lineage_of[other.document] and one.document != other.document
        weight = weigh(one, other, same_story, same_text)
        if weight >= ENOUGH:
            links.append(Link(left, right, weight))
    return tuple(links)


def weigh(one: ToldEvent, other: ToldEvent, same_story: bool, same_text: bool) -> float:
    """What speaks for two events being one; 0 where something excludes it."""
    if one.event.type != other.event.type or WORLDS[one.event.status] != WORLDS[other.event.status]:
        return 0.0
    days = together(one.days, other.days)
    if days is False:
        return 0.0
    wording = likeness(one.words, other.words)
    if same_text and wording >= REPEATED and one.cause == other.cause:
        return ENOUGH + WORDING * wording
    besides = _agreement_besides(one, other, same_story)
    if besides <= 0:
        return 0.0
    return besides + (NO_DAY if days is None else SAME_DAY if is_one_day(one) and is_one_day(other) else SAME_PERIOD)


def pair_moved(
    told: Sequence[ToldEvent], stories: Mapping[str, str], lineage_of: Mapping[str, str]
) -> tuple[Link, ...]:
    """Pairs from two lineages that agree in everything but the day: one event that two sources date differently."""
    dated = [event for event in told if is_one_day(event) and WORLDS[event.event.status] == 0]
    by_id = {event.id: event for event in dated}
    links = []
    for left, right in sorted(
        {pair for block in _story_blocks(dated, stories) for pair in _pairs_in(block, apart=True)}
    ):
        one, other = by_id[left], by_id[right]
        if lineage_of[one.document] != lineage_of[other.document] and 0 < days_apart(one.days, other.days) <= MOVED:
            weight = _agreement_besides(one, other, same_story=True)
            if weight >= MOVED_ENOUGH:
                links.append(Link(left, right, weight))
    return tuple(links)


def days_apart(one: Days | None, other: Days | None) -> int:
    """From the first day of one to that of the other; 0 where either is unknown."""
    if one is None or other is None:
        return 0
    return abs(days_between(one[0], other[0]))


def _agreement_besides(one: ToldEvent, other: ToldEvent, same_story: bool) -> float:
    """What two events of one type have in common besides their days; 0 where their actors exclude each other."""
    sides, wording = _sides(one, other), likeness(one.words, other.words)
    same_amount, same_place = (
        bool(one.amounts & other.amounts),
        _place(one) is not None and _place(one) == _place(other),
    )
    if sides <= 0 or not (wording >= LITTLE or one.cause == other.cause or same_amount or same_place):
        return 0.0
    return (
        sides
        + WORDING * wording
        + SAME_CAUSE * (one.cause == other.cause)
        + _agreement(one.event.mode, other.event.mode, SAME_MODE, OTHER_MODE)
        + _agreement(_place(one), _place(other), SAME_PLACE, OTHER_PLACE)
        + SAME_AMOUNT * same_amount
        + OTHER_PEOPLE * bool(one.people - other.people and other.people - one.people)
        + (SAME_STORY if same_story else OTHER_STORY)
    )


def sides_of(event: ToldEvent) -> tuple[frozenset[str], frozenset[str]]:
    """Who did it and to whom; where the type is mutual, all who took part on both sides."""
    if event.event.type in MUTUAL:
        return event.actors | event.recipients, event.actors | event.recipients
    return event.actors, event.recipients


def _sides(one: ToldEvent, other: ToldEvent) -> float:
    """Agreement on who did it and to whom; 0 where a side known in both differs, or no side is known in both.

    Two states' talks are not those of one of them with a third.
    """
    total = 0.0
    if one.event.type in MUTUAL and not _same_parties(one, other):
        return 0.0
    for left, right in zip(sides_of(one), sides_of(other), strict=True):
        if left and right:
            shared = left & right
            if not shared:
                return 0.0
            total += SAME_COUNTRY if all(_is_country(key) for key in shared) else SAME_ACTOR
    return total


def _same_parties(one: ToldEvent, other: ToldEvent) -> bool:
    left, right = ({key for key in event.actors | event.recipients if _is_country(key)} for event in (one, other))
    return min(len(left), len(right)) < 2 or len(left & right) >= 2


def _is_country(key: str) -> bool:
    return len(key) == 3 and key.isupper()


def is_one_day(event: ToldEvent) -> bool:
    return event.days is not None and len(set(event.days)) == 1


def _place(event: ToldEvent) -> int | None:
    """A place no larger than a city."""
    place = event.place
    return place.geonameid if place and place.precision in {"site", "city"} else None


def _agreement(one: object, other: object, same: float, different: float) -> float:
    return 0.0 if one is None or other is None else same if one == other else different


def _blocks(
    told: Sequence[ToldEvent], stories: Mapping[str, str], lineage_of: Mapping[str, str]
) -> Iterator[list[ToldEvent]]:
    """Events that may meet: one type and actor on one day, or in one story; or in one lineage in the same words."""
    blocks: dict[tuple[str, ...], list[ToldEvent]] = defaultdict(list)
    for event in sorted(told, key=lambda event: event.id):
        first, second = sides_of(event)
        for key in first or second:
            if event.days:
                blocks["days", event.event.type, key, *event.days].append(event)
        blocks["text", event.event.type, lineage_of[event.document], *sorted(event.words)].append(event)
    yield from _story_blocks(told, stories)
    yield from _split(blocks)


def _story_blocks(told: Sequence[ToldEvent], stories: Mapping[str, str]) -> Iterator[list[ToldEvent]]:
    """Events of one type and actor in one story."""
    blocks: dict[tuple[str, ...], list[ToldEvent]] = defaultdict(list)
    for event in sorted(told, key=lambda event: event.id):
        first, second = sides_of(event)
        for key in first or second:
            blocks[event.event.type, key, stories[event.document]].append(event)
    yield from _split(blocks)


def _split(blocks: Mapping[tuple[str, ...], list[ToldEvent]]) -> Iterator[list[ToldEvent]]:
    """The blocks in order, those too large by trigger."""
    for name in sorted(blocks):
        if len(blocks[name]) <= BLOCK:
            yield blocks[name]
            continue
        by_cause: dict[str, list[ToldEvent]] = defaultdict(list)
        for event in blocks[name]:
            by_cause[event.cause].append(event)
        yield from by_cause.values()


def _pairs_in(block: list[ToldEvent], apart: bool) -> Iterator[tuple[str, str]]:
    """All pairs of a block whose days exclude each other (`apart`) or do not; in one still too large, those that follow
    each other by day and words."""
    if len(block) > BLOCK:
        block = sorted(block, key=lambda event: (event.days or ("", ""), sorted(event.words), event.id))
    for at, one in enumerate(block):
        for other in block[at + 1 : at + 1 + BLOCK]:
            if (together(one.days, other.days) is False) == apart:
                yield (one.id, other.id) if one.id < other.id else (other.id, one.id)
