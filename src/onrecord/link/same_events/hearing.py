"""What the trained scorer of pairs says of two told events, as a part of their weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from onrecord.lexicon.words import load_function_words
from onrecord.link.kept import Kept
from onrecord.link.reports import Report, ToldEvent, likeness
from onrecord.link.same_events.scenes import Reader, Scene, Telling
from onrecord.link.same_events.signs import SIGNS, signs_of
from onrecord.link.same_events.weights import town_of
from onrecord.taggers.scenes import load_same_events
from onrecord.taggers.trees import odds
from onrecord.taggers.words import MEANINGS, load_words

# Of 21 pairs in 142 news reports that the weights set by hand left apart and the scorer finds likely, a reader found 18
# of one event; both clear errors were two acts of one kind in one report.
TRAINED = 2.5  # the most that it adds or takes away
ONE_TEXT = 1.0  # the same for two events of one report, or of reports that are copies of one text
SURE = 1.5  # log odds at which it says the most; at 0 it says nothing
SHARED = 0.15  # of the particulars: with fewer, one speaker's two refusals look like one
WORDED = 0.5  # of all stems: with more, another verb ("flew", "travelled") makes no other event
AT_ONCE = 4096  # pairs judged at a time
KEPT = 20_000  # scenes and reports held in memory

Pair = tuple[ToldEvent, ToldEvent]


def weigh_scenes(
    pairs: Sequence[tuple[ToldEvent, ToldEvent]],
    reports: Mapping[str, Report],
    lineage_of: Mapping[str, str],
    kept: Kept | None = None,
) -> Iterator[float]:
    """For each pair of events -2.5 to 2.5: whether their triggers, in their sentences, are likely of one event."""
    chosen = [(one, other, (may_join(one, other), _may_part(one, other))) for one, other in pairs]
    values = _heard([(one, other) for one, other, may in chosen if any(may)], reports, kept or Kept())
    for one, other, (joins, parts) in chosen:
        value = values[one.id, other.id] if joins or parts else 0.0
        if joins if value > 0 else parts:
            most = ONE_TEXT if lineage_of[one.document] == lineage_of[other.document] else TRAINED
            yield most * max(-1.0, min(1.0, value / SURE))
        else:
            yield 0.0


def _heard(pairs: Sequence[Pair], reports: Mapping[str, Report], kept: Kept) -> dict[tuple[str, str], float]:
    """The log odds of each pair; those of two reports are kept with that of the first event."""
    held: dict[str, dict[str, float]] = {}
    new = []
    for one, other in pairs:
        if one.document not in held:
            found: Sequence[Any] | None = kept.get("heard", one.document)
            held[one.document] = dict(found[0]) if found else {}
        if f"{one.id} {other.id}" not in held[one.document]:
            new.append((one, other))
    for (one, other), value in zip(new, _odds(new, reports), strict=True):
        held[one.document][f"{one.id} {other.id}"] = value
    for document in {one.document for one, _ in new}:
        kept.put("heard", document, (held[document],))
    return {(one.id, other.id): held[one.document][f"{one.id} {other.id}"] for one, other in pairs}


def _odds(pairs: Sequence[Pair], reports: Mapping[str, Report]) -> Iterator[float]:
    """What the trained scorer says of each pair."""
    if not pairs:
        return
    found = load_same_events()
    reader = Reader(found.rarity, load_words(), load_words(MEANINGS), load_function_words())
    by_id = {event.id: event for pair in pairs for event in pair}

    @lru_cache(KEPT)
    def telling(document: str) -> Telling:
        return reader.telling(reports[document])

    @lru_cache(KEPT)
    def scene(id: str) -> Scene:
        event, document = by_id[id].event, by_id[id].document
        return reader.scene(reports[document], telling(document), event.trigger, event.evidence)

    for first in range(0, len(pairs), AT_ONCE):
        chosen = pairs[first : first + AT_ONCE]
        rows = [signs_of(scene(one.id), scene(other.id)) for one, other in chosen]
        yield from odds(found.trees, np.array(rows).reshape(len(rows), len(SIGNS))).tolist()


def may_join(one: ToldEvent, other: ToldEvent) -> bool:
    """Whether the scorer is heard for one event: where particulars are shared."""
    towns = {town_of(one), town_of(other)} - {None}
    if len(towns) > 1 or (one.people - other.people and other.people - one.people):
        return False  # two towns, two ministers: two events, in however like words
    one_town = town_of(one) is not None and town_of(one) == town_of(other)
    return one_town or bool(one.amounts & other.amounts) or likeness(one.details, other.details) >= SHARED


def _may_part(one: ToldEvent, other: ToldEvent) -> bool:
    """Whether the scorer is heard against one event: where words are not shared."""
    return not one.amounts & other.amounts and likeness(one.words, other.words) < WORDED
