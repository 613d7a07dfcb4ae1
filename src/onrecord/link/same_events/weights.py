"""Which told events may be one: the same type, shared actors, days that do not exclude each other, and enough besides.

Each likely pair gets a weight, the sum of what speaks for and against it; nothing is joined here. What a trained scorer
says comes on top (`hearing`). The weights were set by hand: with one day and both sides little wording need agree,
undated much. Groups of ECB+ mentions with one trigger stem and an actor in common, undated, held pairs of one event in
94 of 100 cases (dev; 77 on the larger train part).
"""

from __future__ import annotations

from onrecord.link.reports import MUTUAL, ToldEvent, days_between, likeness, together
from onrecord.model.claims import Status
from onrecord.model.days import Days

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
LITTLE = 0.15  # share of stems in common below which another trigger, place and amount leave nothing that is shared
REPEATED = 0.75  # share of stems in common from which two reports of one lineage tell the event in the same sentence


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
    besides = agreement_besides(one, other, same_story)
    if besides <= 0:
        return 0.0
    return besides + (NO_DAY if days is None else SAME_DAY if is_one_day(one) and is_one_day(other) else SAME_PERIOD)


def days_apart(one: Days | None, other: Days | None) -> int:
    """From the first day of one to that of the other; 0 where either is unknown."""
    if one is None or other is None:
        return 0
    return abs(days_between(one[0], other[0]))


def agreement_besides(one: ToldEvent, other: ToldEvent, same_story: bool) -> float:
    """What two events of one type have in common besides their days; 0 where their actors exclude each other."""
    sides, wording = _sides(one, other), likeness(one.words, other.words)
    same_amount, same_place = (
        bool(one.amounts & other.amounts),
        town_of(one) is not None and town_of(one) == town_of(other),
    )
    if sides <= 0 or not (wording >= LITTLE or one.cause == other.cause or same_amount or same_place):
        return 0.0
    return (
        sides
        + WORDING * wording
        + SAME_CAUSE * (one.cause == other.cause)
        + _agreement(one.event.mode, other.event.mode, SAME_MODE, OTHER_MODE)
        + _agreement(town_of(one), town_of(other), SAME_PLACE, OTHER_PLACE)
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


def town_of(event: ToldEvent) -> int | None:
    """A place no larger than a city."""
    place = event.place
    return place.geonameid if place and place.precision in {"site", "city"} else None


def _agreement(one: object, other: object, same: float, different: float) -> float:
    return 0.0 if one is None or other is None else same if one == other else different
