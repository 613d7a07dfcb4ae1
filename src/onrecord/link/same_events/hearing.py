"""What the trained scorer of pairs says of two told events, as a part of their weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from onrecord.lexicon.words import load_function_words
from onrecord.link.reports import Report, ToldEvent
from onrecord.link.same_events.scenes import Reader, Scene, Telling, signs_of
from onrecord.taggers.scenes import load_same_events
from onrecord.taggers.trees import odds
from onrecord.taggers.words import load_words

TRAINED = 2.0  # the most that it adds or takes away
EVEN = 0.0  # log odds at which it says nothing
SURE = 3.0  # log odds from there at which it says the most
AT_ONCE = 4096  # pairs judged at a time
KEPT = 20_000  # scenes and reports held in memory


def weigh_scenes(pairs: Sequence[tuple[ToldEvent, ToldEvent]], reports: Mapping[str, Report]) -> Iterator[float]:
    """For each pair of events -2 to 2: whether their triggers, in their sentences, are likely of one event."""
    found = load_same_events()
    reader = Reader(found.rarity, load_words(), load_function_words())

    @lru_cache(KEPT)
    def telling(document: str) -> Telling:
        return reader.telling(reports[document])

    @lru_cache(KEPT)
    def scene(event: ToldEvent) -> Scene:
        return reader.scene(reports[event.document], telling(event.document), event.event.trigger, event.event.evidence)

    for first in range(0, len(pairs), AT_ONCE):
        rows = [signs_of(scene(one), scene(other), found.rarity) for one, other in pairs[first : first + AT_ONCE]]
        for value in odds(found.trees, np.array(rows)):
            yield TRAINED * float(np.clip((value - EVEN) / SURE, -1, 1))
