"""Several triggers that tell of one act make one event: "launched strikes, killing ten"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.extract.events.drafts import Draft
from onrecord.extract.events.scene import Scene
from onrecord.model.claims import Event
from onrecord.model.offsets import Span


def without_doubles(scene: Scene, told: Sequence[Draft]) -> list[Draft]:
    """One event for triggers of one type whose sides do not differ; the surest, with what the others add.

    Whoever is killed by what a town is bombed with ("bombed Gori, killing ten") undergoes it with the town.
    """
    chains = {mention.id: mention.chain for draft in told for mention in draft.sides}
    kept: list[Draft] = []
    for draft in sorted(told, key=lambda one: (-one.event.score, one.event.trigger, one.event.id)):
        same = next((index for index, other in enumerate(kept) if _same_act(draft.event, other.event, chains)), None)
        cause = next((index for index, other in enumerate(kept) if _is_result(scene, draft, other, chains)), None)
        if same is None and cause is not None:
            kept[cause] = _with_result(scene, kept[cause], draft)
        elif same is None:
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


def _is_result(scene: Scene, draft: Draft, other: Draft, chains: Mapping[str, int]) -> bool:
    """Whether one act of violence is told as the outcome of another by the same actors: "…, killing ten"."""
    event, before = draft.event, other.event
    if event.type != "ASSAULT" or before.type != "ASSAULT" or event.status != before.status or not event.actors:
        return False
    if {chains[id] for id in event.actors} != {chains[id] for id in before.actors}:
        return False
    return _hangs_on(scene, draft, other) or _hangs_on(scene, other, draft)


def _hangs_on(scene: Scene, result: Draft, cause: Draft) -> bool:
    if result.site is None or cause.site is None:
        return False
    token = scene.token(result.site.token)
    carrier = cause.route.carrier if cause.route is not None else None
    return token.tag == "VBG" and token.dep == "advcl" and token.head in (cause.site.token, carrier)


def _with_result(scene: Scene, kept: Draft, draft: Draft) -> Draft:
    """The cause, with those who suffered its outcome among its recipients."""
    cause, result = (kept, draft) if _hangs_on(scene, draft, kept) else (draft, kept)
    recipients = tuple(dict.fromkeys((*cause.event.recipients, *result.event.recipients)))
    start = min(cause.event.evidence.start, result.event.evidence.start)
    end = max(cause.event.evidence.end, result.event.evidence.end)
    filled = replace(_filled(cause.event, result.event), recipients=recipients, evidence=Span(start, end))
    return replace(cause, event=filled, sides=(*cause.sides, *result.sides))


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
