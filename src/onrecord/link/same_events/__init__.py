"""Which told events may be one, and which differ from one in a single thing that both cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onrecord.link.kept import Blocks, Kept, Linked, Standing, link_blocks
from onrecord.link.keys import EventKey, InContext
from onrecord.link.reports import Link, Report, ToldEvent
from onrecord.link.same_events.blocks import blocks_of, pairs_in, parts_of
from onrecord.link.same_events.differing import pair_denied, pair_elsewhere, pair_moved, pair_swapped
from onrecord.link.same_events.hearing import TRAINED, weigh_scenes
from onrecord.link.same_events.weights import ENOUGH, sides_of, weigh

__all__ = ["pair_denied", "pair_elsewhere", "pair_events", "pair_moved", "pair_swapped", "sides_of"]


def pair_events(
    keys: Mapping[str, Sequence[EventKey]],
    told: InContext[ToldEvent],
    stories: Mapping[str, str],
    lineage_of: Mapping[str, str],
    reports: Mapping[str, Report],
    contents: Mapping[str, bytes],
    kept: Kept,
) -> tuple[Link, ...]:
    """Pairs of events that may be one, with their weights; `keys` are theirs by report, `contents` hashes of
    them."""

    def pairs(ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        for part in parts_of([told[id] for id in ids]):
            yield from pairs_in(part, apart=False)

    def pair(blocks: Blocks) -> Linked:
        found = sorted({pair for ids in blocks.values() for pair in pairs(ids)})  # most stand in several blocks
        links = _weigh_all(found, told, stories, lineage_of, reports, kept)
        return {name: [links[pair] for pair in pairs(ids) if pair in links] for name, ids in blocks.items()}

    standing = {
        key.id: Standing(document, contents[key.id], (stories[document], lineage_of[document]))
        for document, of in keys.items()
        for key in of
    }
    linked = link_blocks("told", blocks_of(keys, stories, lineage_of), standing, pair, kept)
    return tuple({(link.left, link.right): link for links in linked.values() for link in links}.values())


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
        if weight >= ENOUGH - TRAINED:
            likely.append((one, other, weight))
    heard = weigh_scenes([(one, other) for one, other, _ in likely], reports, lineage_of, kept)
    return {
        (one.id, other.id): Link(one.id, other.id, weight + more)
        for (one, other, weight), more in zip(likely, heard, strict=True)
        if weight + more >= ENOUGH
    }
