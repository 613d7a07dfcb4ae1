"""Which reports repeat the text of another, told by runs of shared words.

Words inside quotation marks never make a copy: two reporters at one speech write down the same words. An index of runs
gives the pairs that can share enough; each is then compared word by word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from onrecord.link.copies.index import UNKNOWN, find_pairs
from onrecord.link.copies.overlaps import find_overlaps, read_sketches
from onrecord.link.copies.rewritten import find_rewritten
from onrecord.link.copies.sketches import PASSAGE, Overlap, compare, least_runs, relation, sketch
from onrecord.link.kept import Kept, hash_bytes
from onrecord.link.reports import Bond, Report

__all__ = ["compare", "find_bonds", "find_rewritten", "is_one_text", "read_traits", "relation", "same_text", "sketch"]

ONE_TEXT = 0.3  # of the shorter text, and a passage at the least: below that a paragraph of background was taken over
CREDITED = 0.1  # of the shorter text, where both reports credit the same wire


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a report's text and page bears on whether it is a copy: a hash of all words in their order, nothing where
    it has none; how many words, and how many of them quoted; its outlet, and the agencies that it credits for its text
    (those it only cites do not count)."""

    words: bytes
    sizes: tuple[int, int]
    outlet: str | None
    wires: frozenset[str]


def find_bonds(
    reports: Sequence[Report], kept: Kept | None = None, traits_by_id: Mapping[str, Traits] | None = None
) -> tuple[Bond, ...]:
    """All pairs of reports that share text of their own; in a crowd, the first ones are compared with all others."""
    kept = kept or Kept()
    ordered = sorted(reports, key=lambda report: (report.published or ("9999",), report.id))
    ids = [report.id for report in ordered]
    known = traits_by_id or read_traits(ordered, kept)
    traits = [known[id] for id in ids]
    sketches = read_sketches(ordered, kept)
    names = {name: at for at, name in enumerate(dict.fromkeys(one.outlet for one in traits if one.outlet))}
    outlets = np.array([names.get(one.outlet or "", UNKNOWN) for one in traits], np.int64)
    found = find_pairs(sketches.index(), least_runs(sketches.unquoted), outlets)
    wires = {id: one.wires for id, one in zip(ids, traits, strict=True)}
    bonds = []
    for one in find_overlaps(ids, sketches, outlets, found, kept):
        one_text = is_one_text(one, not wires[one.left].isdisjoint(wires[one.right]))
        if one_text or relation(one) in {"copy", "part"}:
            bonds.append(Bond(one.left, one.right, one.left_share, one.right_share, one_text))
    return tuple(sorted(bonds, key=lambda bond: (bond.left, bond.right)))


def is_one_text(overlap: Overlap, one_wire: bool) -> bool:
    """Whether two reports descend from one text, not only a passage of them; less will do if they credit one wire."""
    own = max(overlap.left_own, overlap.right_own)
    least = CREDITED if one_wire else ONE_TEXT
    return relation(overlap) == "copy" or (own >= least and overlap.own_words >= PASSAGE)


def same_text(traits: Mapping[str, Traits]) -> tuple[tuple[str, ...], ...]:
    """Reports whose words are all the same, in groups of two or more."""
    by_words: dict[bytes, list[str]] = defaultdict(list)
    for id, found in traits.items():
        if found.words:
            by_words[found.words].append(id)
    return tuple(sorted(tuple(sorted(ids)) for ids in by_words.values() if len(ids) > 1))


def read_traits(reports: Iterable[Report], kept: Kept | None = None) -> dict[str, Traits]:
    known = kept or Kept()
    return {report.id: traits_of(report, known) for report in reports}


def traits_of(report: Report, kept: Kept) -> Traits:
    """What bears on copies of a report; how many words it has is known then without reading them."""
    found: Sequence[Any] | None = kept.get("words", report.id)
    if found is None:
        words = "\x1f".join(report.wording.words).encode("utf-8", "surrogatepass")
        hashed = hash_bytes((words,)) if words else b""
        wires = sorted({o.name.casefold() for o in report.document.origins if o.kind in {"agency", "credit"}})
        found = hashed, *report.sizes, report.document.outlet.value, wires
        kept.put("words", report.id, found)
    hashed, count, quoted, outlet, wires = found
    report.placed.sizes = count, quoted
    return Traits(hashed, (count, quoted), outlet, frozenset(wires))
