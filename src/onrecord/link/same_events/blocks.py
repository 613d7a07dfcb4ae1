"""Which told events are compared at all: those of one type that share an actor and a day, a story or their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from onrecord.link.keys import FIXED, LINEAGE, STORY, EventKey
from onrecord.link.reports import ToldEvent, together
from onrecord.link.same_events.weights import sides_of, town_of

BLOCK = 100  # events compared all with all; a larger block is split by trigger, and then compared with neighbours only
FORMS = 4  # letters of a trigger by which it is split: "bomb" and "bombed" stay together


def names_of_event(key: EventKey) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The blocks that an event stands in: of its type and an actor, on one day or in one story; of its words in one
    lineage."""
    for side in key.sides[0] or key.sides[1]:
        if key.days:
            yield FIXED, ("days", key.type, side, *key.days)
        yield STORY, ("story", key.type, side)
    yield LINEAGE, ("text", key.type, key.words)


def story_blocks(told: Sequence[ToldEvent], stories: Mapping[str, str]) -> Iterator[list[ToldEvent]]:
    """Events of one type and actor in one story."""
    blocks: dict[tuple[str, ...], list[ToldEvent]] = defaultdict(list)
    for event in sorted(told, key=lambda event: event.id):
        first, second = sides_of(event)
        for key in first or second:
            blocks[event.event.type, key, stories[event.document]].append(event)
    yield from split(blocks)


def split(blocks: Mapping[tuple[str, ...], list[ToldEvent]]) -> Iterator[list[ToldEvent]]:
    """The blocks in order, those too large by trigger."""
    for name in sorted(blocks):
        yield from parts_of(blocks[name])


def without_copies(
    block: Sequence[ToldEvent], lineage_of: Mapping[str, str]
) -> tuple[list[ToldEvent], list[tuple[str, str]]]:
    """Of the events of a block that tell the very same in one lineage, only the first, and each other one beside that
    one: a text printed by a hundred outlets is not compared with itself five thousand times."""
    first: dict[tuple[object, ...], ToldEvent] = {}
    copies = []
    for told in block:
        event = told.event
        same = (
            lineage_of[told.document], event.type, event.status, event.mode, told.actors, told.recipients, told.people,
            told.days, town_of(told), told.cause, told.words, told.details, told.amounts,
        )  # fmt: skip
        original = first.setdefault(same, told)
        if original is not told:
            copies.append((min(original.id, told.id), max(original.id, told.id)))
    return list(first.values()), copies


def parts_of(block: list[ToldEvent]) -> Iterator[list[ToldEvent]]:
    """A block as it is compared: by trigger where it is too large."""
    if len(block) <= BLOCK:
        yield block
        return
    by_cause: dict[str, list[ToldEvent]] = defaultdict(list)
    for event in block:
        by_cause[event.cause[:FORMS]].append(event)
    yield from by_cause.values()


def pairs_in(block: list[ToldEvent], apart: bool) -> Iterator[tuple[str, str]]:
    """All pairs of a block whose days exclude each other (`apart`) or do not; in one still too large, those that follow
    each other by day and words."""
    if len(block) > BLOCK:
        block = sorted(block, key=lambda event: (event.days or ("", ""), sorted(event.words), event.id))
    for at, one in enumerate(block):
        for other in block[at + 1 : at + 1 + BLOCK]:
            if (together(one.days, other.days) is False) == apart:
                yield (one.id, other.id) if one.id < other.id else (other.id, one.id)
