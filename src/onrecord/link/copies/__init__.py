"""Which reports repeat the text of another, told by runs of shared words.

Words inside quotation marks never make a copy: two reporters at one speech write down the same words. An index of runs
gives the pairs that can share enough; each is then compared word by word.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.link.copies.index import UNKNOWN, find_furniture, find_pairs
from onrecord.link.copies.rewritten import find_rewritten
from onrecord.link.copies.sketches import (
    PASSAGE,
    Overlap,
    Sketch,
    compare,
    is_in,
    least_runs,
    pack,
    relation,
    sketch,
    unpack,
)
from onrecord.link.kept import Kept
from onrecord.link.reports import Bond, Report

__all__ = ["compare", "find_bonds", "find_rewritten", "is_one_text", "relation", "same_text", "sketch"]

ONE_TEXT = 0.3  # of the shorter text, and a passage at the least: below that a paragraph of background was taken over
CREDITED = 0.1  # of the shorter text, where both reports credit the same wire


def find_bonds(reports: Sequence[Report], kept: Kept | None = None) -> tuple[Bond, ...]:
    """All pairs of reports that share text of their own."""
    kept = kept or Kept()
    ordered = sorted(reports, key=lambda report: (report.published or ("9999",), report.id))
    outlets = {report.id: report.document.outlet.value for report in ordered}
    wires = {report.id: wires_of(report) for report in ordered}
    return bind({report.id: _sketch_of(report, kept) for report in ordered}, outlets, wires)


def _sketch_of(report: Report, kept: Kept) -> Sketch:
    found = kept.get("sketch", report.id)
    if found is not None:
        return unpack(found)
    made = sketch(report.wording)
    kept.put("sketch", report.id, pack(made))
    return made


def bind(
    sketches: Mapping[str, Sketch], outlets: Mapping[str, str | None], wires: Mapping[str, frozenset[str]]
) -> tuple[Bond, ...]:
    """All pairs of sketches that share text of their own; in a crowd, the first ones are compared with all others."""
    ids = list(sketches)
    names = {name: number for number, name in enumerate(sorted({name for name in outlets.values() if name}))}
    numbers = [names.get(outlets[id] or "", UNKNOWN) for id in ids]
    runs = [sketches[id].own_runs for id in ids]
    furniture = find_furniture(runs, numbers)
    if len(furniture):
        sketches = {id: replace(one, own=one.own & ~is_in(one.runs, furniture)) for id, one in sketches.items()}
        runs = [sketches[id].own_runs for id in ids]
    bonds = []
    for pair in find_pairs(runs, [least_runs(sketches[id]) for id in ids]):
        left, right = sorted(ids[number] for number in pair)
        overlap = compare(left, right, sketches)
        one_text = is_one_text(overlap, bool(wires[left] & wires[right]))
        if one_text or relation(overlap) in {"copy", "part"}:
            bonds.append(Bond(left, right, overlap.left_share, overlap.right_share, one_text))
    return tuple(sorted(bonds, key=lambda bond: (bond.left, bond.right)))


def wires_of(report: Report) -> frozenset[str]:
    """The agencies a report credits for its text; those it only cites do not count."""
    return frozenset(o.name.casefold() for o in report.document.origins if o.kind in {"agency", "credit"})


def is_one_text(overlap: Overlap, one_wire: bool) -> bool:
    """Whether two reports descend from one text, not only a passage of them; less will do if they credit one wire."""
    own = max(overlap.left_own, overlap.right_own)
    least = CREDITED if one_wire else ONE_TEXT
    return relation(overlap) == "copy" or (own >= least and overlap.own_words >= PASSAGE)


def same_text(reports: Iterable[Report], kept: Kept | None = None) -> tuple[tuple[str, ...], ...]:
    """Reports whose words are all the same, in groups of two or more."""
    kept = kept or Kept()
    by_words: dict[bytes, list[str]] = defaultdict(list)
    for report in reports:
        hashed, *sizes = _words_of(report, kept)
        report.placed.sizes = sizes[0], sizes[1]
        if hashed:
            by_words[hashed].append(report.id)
    return tuple(sorted(tuple(sorted(ids)) for ids in by_words.values() if len(ids) > 1))


def _words_of(report: Report, kept: Kept) -> Sequence[Any]:
    """A hash of all words of a report in their order, nothing where it has none; how many, and how many quoted."""
    found: Sequence[Any] | None = kept.get("words", report.id)
    if found is None:
        words = "\x1f".join(report.wording.words).encode("utf-8", "surrogatepass")
        found = hashlib.blake2b(words, digest_size=16).digest() if words else b"", *report.sizes
        kept.put("words", report.id, found)
    return found
