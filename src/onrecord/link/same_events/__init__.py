"""Which told events may be one, and which differ from one in a single thing that both cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.link.kept import Kept
from onrecord.link.reports import Link, Report, ToldEvent
from onrecord.link.same_events.blocks import blocks_of, pairs_in
from onrecord.link.same_events.differing import pair_denied, pair_elsewhere, pair_moved, pair_swapped
from onrecord.link.same_events.hearing import TRAINED, weigh_scenes
from onrecord.link.same_events.weights import ENOUGH, sides_of, weigh

__all__ = ["pair_denied", "pair_elsewhere", "pair_events", "pair_moved", "pair_swapped", "sides_of"]


def pair_events(
    told: Sequence[ToldEvent],
    stories: Mapping[str, str],
    lineage_of: Mapping[str, str],
    reports: Mapping[str, Report],
    kept: Kept | None = None,
) -> tuple[Link, ...]:
    """Pairs of events that may be one, with their weights."""
    by_id = {event.id: event for event in told}
    pairs = {pair for block in blocks_of(told, stories, lineage_of) for pair in pairs_in(block, apart=False)}
    likely = []
    for left, right in sorted(pairs):
        one, other = by_id[left], by_id[right]
        same_story = stories[one.document] == stories[other.document]
        same_text = lineage_of[one.document] == lineage_of[other.document] and one.document != other.document
        weight = weigh(one, other, same_story, same_text)
        if weight >= ENOUGH - TRAINED:
            likely.append((one, other, weight))
    heard = weigh_scenes([(one, other) for one, other, _ in likely], reports, lineage_of, kept)
    return tuple(
        Link(one.id, other.id, weight + more)
        for (one, other, weight), more in zip(likely, heard, strict=True)
        if weight + more >= ENOUGH
    )
