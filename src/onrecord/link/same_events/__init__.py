"""Which told events may be one, and which differ from one in a single thing that both cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onrecord.link.blocks import Blocks
from onrecord.link.kept import Kept
from onrecord.link.keys import InContext
from onrecord.link.reports import Link, Report, ToldEvent
from onrecord.link.same_events.blocks import names_of_event, pairs_in, parts_of, without_copies
from onrecord.link.same_events.differing import pair_denied, pair_elsewhere, pair_moved, pair_swapped
from onrecord.link.same_events.hearing import TRAINED, may_join, weigh_scenes
from onrecord.link.same_events.weights import ENOUGH, sides_of, weigh

__all__ = ["names_of_event", "pair_denied", "pair_elsewhere", "pair_events", "pair_moved", "pair_swapped", "sides_of"]


def pair_events(
    blocks: Blocks,
    told: InContext[ToldEvent],
    stories: Mapping[str, str],
    lineage_of: Mapping[str, str],
    reports: Mapping[str, Report],
    kept: Kept,
) -> list[list[Link]]:
    """For each block the pairs of events that may be one, with their weights."""

    def pairs(ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        block, copies = without_copies([told[id] for id in ids], lineage_of)
        yield from copies
        for part in parts_of(block):
            yield from pairs_in(part, apart=False)

    def story_of(pair: tuple[str, str]) -> tuple[str, tuple[str, str]]:
        return stories[told.document_of[pair[0]]], pair

    # most stand in several blocks; those of one story after each other, as its reports' claims are in memory then
    in_blocks = [list(pairs(ids)) for ids in blocks]
    found = sorted({pair for held in in_blocks for pair in held}, key=story_of)
    links = _weigh_all(found, told, stories, lineage_of, reports, kept)
    return [[links[pair] for pair in held if pair in links] for held in in_blocks]


def _weigh_all(
    pairs: Sequence[tuple[str, str]],
    told: Mapping[str, ToldEvent],
    stories: Mapping[str, str],
    lineage_of: Mapping[str, str],
    reports: Mapping[str, Report],
    kept: Kept,
) -> dict[tuple[str, str], Link]:
    """Those of some pairs that may be one event."""
    likely = []
    for left, right in pairs:
        one, other = told[left], told[right]
        same_story = stories[one.document] == stories[other.document]
        same_text = lineage_of[one.document] == lineage_of[other.document] and one.document != other.document
        weight = weigh(one, other, same_story, same_text)
        # what is not enough by itself becomes so only where the scorer is heard for it
        if weight >= ENOUGH or (weight >= ENOUGH - TRAINED and may_join(one, other)):
            likely.append((one, other, weight))
    heard = weigh_scenes([(one, other) for one, other, _ in likely], reports, lineage_of, kept)
    return {
        (one.id, other.id): Link(one.id, other.id, weight + more)
        for (one, other, weight), more in zip(likely, heard, strict=True)
        if weight + more >= ENOUGH
    }
