"""Refusals that name nobody answer whoever had just accused, asked or threatened the one who refuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.model.claims import Event, EventType, Mention

ANSWERED: tuple[EventType, ...] = ("ACCUSE", "REQUEST", "THREATEN")
REACH = 3  # sentences back in which the words answered can stand
LESS_SURE = 0.8  # share of the score that is left: whom the answer is for is read from another sentence


def answer_whom(events: Sequence[tuple[int, Event]], mentions: Mapping[str, Mention]) -> list[Event]:
    """Events with the recipients of refusals filled from the sentences before; `events` come with their sentence."""
    answered: list[Event] = []
    for place, (sentence, event) in enumerate(events):
        if event.type != "REJECT" or event.recipients or not event.actors:
            answered.append(event)
            continue
        before = [other for at, other in events[:place] if sentence - REACH <= at <= sentence]
        addressed = next((other for other in reversed(before) if _addresses(other, event, mentions)), None)
        if addressed is None:
            answered.append(event)
        else:
            score = round(event.score * LESS_SURE, 3)
            answered.append(replace(event, recipients=addressed.actors, score=score))
    return answered


def _addresses(other: Event, event: Event, mentions: Mapping[str, Mention]) -> bool:
    """Whether an earlier event was aimed at whoever refuses now."""
    if other.type not in ANSWERED or not other.actors:
        return False
    return _meet(other.recipients, event.actors, mentions) and not _meet(other.actors, event.actors, mentions)


def _meet(first: Iterable[str], second: Iterable[str], mentions: Mapping[str, Mention]) -> bool:
    """Whether two sides share an actor or a country."""
    left, right = ([mentions[id] for id in ids] for ids in (first, second))
    chains, countries = {one.chain for one in left}, {one.country for one in left if one.country}
    return any(one.chain in chains or one.country in countries for one in right)
