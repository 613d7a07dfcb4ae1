"""Reports that were rewritten, by hand or machine: new words around the same names and numbers in the same order.

Two reporters of one event share names as well, but not the order in which a whole report brings them up, again and
again. An index of what stands together in a sentence gives the pairs to look at; then the longest series of anchors
that both have in one order decides.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cpdist

from onrecord.link.copies.index import HALF, Index, find_pairs
from onrecord.link.copies.sketches import each_once, is_in
from onrecord.link.kept import Kept
from onrecord.link.reports import STEM, Bond, Report, hash_stem

# Chosen on 318 pairs of independent reports of one event (half of the stories), of which none reaches them: the most
# in order was .69 of the shorter one's anchors, with .03 of the longer one's.
SERIES = 8  # anchors in one order, at the least
OF_SHORTER, OF_LONGER = 0.6, 0.45  # of the anchors of each: a text rewritten as a whole
SUMMARY, SUMMARY_SERIES = 0.8, 12  # of the shorter one's: a text rewritten and cut
LONG_WORD = 7  # letters: a rare word this long is an anchor like a name …
RARE = 50  # … if fewer than one in so many reports has it
MIX = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77))  # odd, so that the order of a pair counts
TOGETHER = 3  # pairs of anchors that stand in one sentence of both
BITS = 1024  # places on which an anchor falls by its hash: some ten times as many as a report has
PART = 1 << 13  # pairs looked at together

Stems = NDArray[np.uint32]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a rewriter of a report keeps, in order: names, numbers and long words (which count only where they are rare)
    outside quotations, by the hashes of their stems; with the number of each one's sentence."""

    stems: Stems
    long: NDArray[np.bool_]
    sentences: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Pile:
    """The anchors of all reports, report after report, each with the number of its report."""

    stems: Stems
    long: NDArray[np.bool_]
    sentences: NDArray[np.uint32]
    reports: NDArray[np.uint64]


def find_rewritten(
    reports: Sequence[Report], known: Sequence[Bond], function_words: frozenset[str], kept: Kept | None = None
) -> tuple[Bond, ...]:
    """Pairs of reports, not yet known to have one text, one of which is the other rewritten."""
    kept = kept or Kept()
    ordered = sorted(reports, key=lambda report: (report.published or ("9999",), report.id))
    ids = [report.id for report in ordered]
    anchors = _rare_only(_joined([_anchors_of(report, function_words, kept) for report in ordered]), len(ids))
    found = find_pairs(_together(anchors), [TOGETHER] * len(ids)).pairs
    starts = np.searchsorted(anchors.reports, np.arange(len(ids) + 1, dtype=np.uint64))
    found = found[_may_be_rewritten(found, anchors.stems, starts)]
    bound = {(bond.left, bond.right) for bond in known if bond.one_text}
    pairs = [(one, other) if ids[one] < ids[other] else (other, one) for one, other in found.tolist()]
    pairs = [(left, right) for left, right in pairs if (ids[left], ids[right]) not in bound]
    series = {at: array("I", anchors.stems[starts[at] : starts[at + 1]].tobytes()) for pair in pairs for at in pair}
    first, second = [series[left] for left, _ in pairs], [series[right] for _, right in pairs]
    sizes = np.array([(len(one), len(other)) for one, other in zip(first, second, strict=True)]).reshape(-1, 2)
    same = cpdist(first, second, scorer=LCSseq.similarity, dtype=np.int64) if pairs else sizes[:, 0]
    bonds = []
    for at in np.flatnonzero(is_rewritten(same, sizes[:, 0], sizes[:, 1])).tolist():
        left_share, right_share = (same[at] / sizes[at]).tolist()
        bonds.append(Bond(ids[pairs[at][0]], ids[pairs[at][1]], left_share, right_share, True, paraphrased=True))
    return tuple(sorted(bonds, key=lambda bond: (bond.left, bond.right)))


def _may_be_rewritten(pairs: Whole, stems: Stems, starts: Whole) -> NDArray[np.bool_]:
    """Which pairs may have a long series in common, however their anchors are ordered: of the shorter one's, so many
    may be among the other's, by a few bits of their hashes."""
    sizes = np.diff(starts)
    has = np.zeros((len(sizes), BITS), np.bool_)
    has[np.repeat(np.arange(len(sizes)), sizes), stems % BITS] = True
    shorter = np.where(sizes[pairs[:, 0]] <= sizes[pairs[:, 1]], 0, 1)
    at = np.arange(len(pairs))
    one, other = pairs[at, shorter], pairs[at, 1 - shorter]
    found = np.zeros(len(pairs), np.int64)
    for part in np.array_split(at, 1 + len(pairs) // PART):
        lengths = sizes[one[part]]
        ends = np.cumsum(lengths)
        own = np.repeat(starts[one[part]] - (ends - lengths), lengths) + np.arange(ends[-1] if len(ends) else 0)
        shared = has[np.repeat(other[part], lengths), stems[own] % BITS]
        found[part] = np.bincount(np.repeat(np.arange(len(part)), lengths)[shared], minlength=len(part))
    return is_rewritten(found, sizes[one], sizes[other])


def _anchors_of(report: Report, function_words: frozenset[str], kept: Kept) -> Anchors:
    found: Sequence[Any] | None = kept.get("anchors", report.id)
    if found is None:
        made = find_anchors(report, function_words)
        found = made.stems.tobytes(), made.long.tobytes(), made.sentences.tobytes()
        kept.put("anchors", report.id, found)
    stems, long, sentences = found
    return Anchors(np.frombuffer(stems, "<u4"), np.frombuffer(long, np.bool_), np.frombuffer(sentences, "<u4"))


def _joined(found: Sequence[Anchors]) -> Pile:
    """The anchors of all reports, their sentences numbered through the pile."""
    if not found:
        nothing = np.zeros(0, np.uint32)
        return Pile(nothing, nothing > 0, nothing, nothing.astype(np.uint64))
    before = accumulate((int(one.sentences[-1]) + 1 if len(one.sentences) else 0 for one in found), initial=0)
    return Pile(
        np.concatenate([one.stems for one in found]),
        np.concatenate([one.long for one in found]),
        np.concatenate([one.sentences + np.uint32(first) for one, first in zip(found, before, strict=False)]),
        np.repeat(np.arange(len(found), dtype=np.uint64), [len(one.stems) for one in found]),
    )


def _rare_only(pile: Pile, reports: int) -> Pile:
    """The anchors without the long words that too many reports have."""
    held = each_once((pile.reports[pile.long] << HALF) | pile.stems[pile.long])
    stems, spread = np.unique(held.astype(np.uint32), return_counts=True)
    stays = ~(pile.long & is_in(pile.stems, stems[spread * RARE >= reports]))
    return Pile(pile.stems[stays], pile.long[stays], pile.sentences[stays], pile.reports[stays])


def is_rewritten(same: Whole, left: Whole, right: Whole) -> NDArray[np.bool_]:
    """Whether a series of `same` anchors in one order, of `left` and `right`, is more than two reporters share."""
    of_shorter = same / np.maximum(1, np.minimum(left, right))
    of_longer = same / np.maximum(1, np.maximum(left, right))
    whole = (same >= SERIES) & (of_shorter >= OF_SHORTER) & (of_longer >= OF_LONGER)
    return whole | ((same >= SUMMARY_SERIES) & (of_shorter >= SUMMARY))


def find_anchors(report: Report, function_words: frozenset[str]) -> Anchors:
    """For each sentence what a rewriter keeps: names, numbers and long words outside quotations, in order."""
    wording, text = report.wording, report.document.text
    capital = [text[start].isupper() for start in wording.starts]
    names = {wording.words[at] for first, last in wording.sentences for at in range(first + 1, last) if capital[at]}
    stems, long, sentences = [], [], []
    for number, (first, last) in enumerate(wording.sentences):
        for at in range(first, last):
            word = wording.words[at]
            always = (capital[at] and (at > first or word in names)) or word[0].isdigit()
            if (always or len(word) >= LONG_WORD) and not wording.quoted[at] and word not in function_words:
                stems.append(hash_stem(word[:STEM]))
                long.append(not always)
                sentences.append(number)
    return Anchors(np.array(stems, "<u4"), np.array(long, np.bool_), np.array(sentences, "<u4"))


def _together(pile: Pile) -> Index:
    """Hashes of the pairs of anchors that stand together, in whatever order their sentence names them: each with the
    two that follow it by hash: few pairs, and most survive a change."""
    keys, first = np.unique((pile.sentences.astype(np.uint64) << HALF) | pile.stems, return_index=True)
    reports, pairs, texts = pile.reports[first], [], []
    for step in (1, 2):
        one, other = keys[:-step], keys[step:]
        one_sentence = (one >> HALF) == (other >> HALF)
        left, right = one[one_sentence].astype(np.uint32), other[one_sentence].astype(np.uint32)
        pairs.append((left * MIX[0]) ^ ((right ^ (right >> np.uint32(15))) * MIX[1]))
        texts.append(reports[:-step][one_sentence])
    return Index(np.concatenate(pairs), np.concatenate(texts))
