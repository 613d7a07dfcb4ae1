"""Several triggers that tell of one act make one event: "launched strikes, killing ten"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.extract.events.drafts import Draft
from onrecord.model.claims import Event


def without_doubles(told: Sequence[Draft]) -> list[Draft]:
    """One event for triggers of one type whose sides do not differ; the surest, with what the others add."""
    chains = {mention.id: mention.chain for draft in told for mention in draft.sides}
    kept: list[Draft] = []
    for draft in sorted(told, key=lambda one: (-one.event.score, one.event.trigger, one.event.id)):
        same = next((index for index, other in enumerate(kept) if _same_act(draft.event, other.event, chains)), None)
        if same is None:
            kept.append(draft)
        else:
            other = kept[same]
            kept[same] = replace(other, event=_filled(other.event, draft.event), sides=(*other.sides, *draft.sides))
    return kept


def _same_act(event: Event, other: Event, chains: Mapping[str, int]) -> bool:
    if event.id == other.id:  # the same words as the same type, found by two rules
        return True
    if event.type != other.type or event.status != other.status or not event.evidence.overlaps(other.evidence):
        return False
    both = _filled(event, other)
    if {chains[id] for id in both.actors} & {chains[id] for id in both.recipients}:
        return False
    return _agree(event.actors, other.actors, chains) and _agree(event.recipients, other.recipients, chains)


def _agree(first: Iterable[str], second: Iterable[str], chains: Mapping[str, int]) -> bool:
    """Whether one of two sides names nobody that the other does not."""
    left, right = ({chains[id] for id in side} for side in (first, second))
    return left <= right or right <= left


def _filled(event: Event, other: Event) -> Event:
    """An event with the time, place and magnitudes that a double of it had."""
    return replace(
        event,
        mode=event.mode or other.mode,
        actors=max(event.actors, other.actors, key=len),
        recipients=max(event.recipients, other.recipients, key=len),
        time=event.time or other.time,
        place=event.place or other.place,
        magnitudes=tuple(dict.fromkeys((*event.magnitudes, *other.magnitudes))),
    )
