"""Which told events are compared at all: those of one type that share an actor and a day, a story or their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from onrecord.link.reports import ToldEvent, together
from onrecord.link.same_events.weights import sides_of

BLOCK = 100  # events compared all with all; a larger block is split by trigger, and then compared with neighbours only
FORMS = 4  # letters of a trigger by which it is split: "bomb" and "bombed" stay together


def blocks_of(
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
    yield from story_blocks(told, stories)
    yield from split(blocks)


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
        if len(blocks[name]) <= BLOCK:
            yield blocks[name]
            continue
        by_cause: dict[str, list[ToldEvent]] = defaultdict(list)
        for event in blocks[name]:
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
