"""Reports that were rewritten, by hand or machine: new words around the same names and numbers in the same order.

Two reporters of one event share names as well, but not the order in which a whole report brings them up, again and
again. An index of what stands together in a sentence gives the pairs to look at; then the longest series of anchors
that both have in one order decides.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cpdist

from onrecord.link.columns import Places, mixed, paired
from onrecord.link.copies.index import HALF, Index, find_pairs
from onrecord.link.copies.known import joined, known_or_made
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
Found = tuple[Stems, NDArray[np.bool_], Stems]
FORM = np.dtype([("pair", "<u8"), ("same", "<u4")])
LOW_BITS = np.uint32(0xFFFF)
NO_KEY = np.uint64(0xFFFFFFFFFFFFFFFF)  # the anchor of no sentence


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a rewriter of each report keeps, in order: names, numbers and long words (which count only where they are
    rare) outside quotations, by the hashes of their stems; report after report, with the number of each one's sentence
    (through the pile) and of its report."""

    stems: Stems
    long: NDArray[np.bool_]
    sentences: NDArray[np.uint32]
    reports: NDArray[np.uint32]


def find_rewritten(
    reports: Sequence[Report], known: Sequence[Bond], function_words: frozenset[str], kept: Kept | None = None
) -> tuple[Bond, ...]:
    """Pairs of reports, not yet known to have one text, one of which is the other rewritten."""
    kept = kept or Kept()
    ordered = sorted(reports, key=lambda report: (report.published or ("9999",), report.id))
    ids = [report.id for report in ordered]
    anchors = _rare_only(_joined([anchors_of(report, function_words, kept) for report in ordered]), len(ids))
    found = find_pairs(_together(anchors, len(ids)), [TOGETHER] * len(ids)).pairs
    number_of = {id: at for at, id in enumerate(ids)}
    bound = [(number_of[bond.left], number_of[bond.right]) for bond in known if bond.one_text]
    found = _without(found, bound, len(ids))
    starts = np.searchsorted(anchors.reports, np.arange(len(ids) + 1))
    series = _series(anchors, starts)
    pairs = paired(*np.sort(series[found], axis=1).T)

    def make(places: Places) -> NDArray[np.void]:
        rows = np.zeros(len(places), FORM)
        rows["same"] = _in_one_order(found[places], anchors.stems, starts)
        return rows

    same = known_or_made("series", ids, found[:, 0], pairs, FORM, make, kept)["same"].astype(np.int64)
    sizes = np.diff(starts)[found]
    at = np.flatnonzero(is_rewritten(same, sizes[:, 0], sizes[:, 1]))
    shares = same[at, None] / sizes[at]
    bonds = []
    for (one, other), (of_one, of_other) in zip(found[at].tolist(), shares.tolist(), strict=True):
        (left, left_share), (right, right_share) = sorted(((ids[one], of_one), (ids[other], of_other)))
        bonds.append(Bond(left, right, left_share, right_share, True, paraphrased=True))
    return tuple(sorted(bonds, key=lambda bond: (bond.left, bond.right)))


def _without(pairs: Places, bound: Sequence[tuple[int, int]], reports: int) -> Places:
    """Pairs of reports, by number and in order, without some others."""
    low, high = np.sort(np.array(bound, np.int64).reshape(-1, 2), axis=1).T
    return pairs[~np.isin(pairs[:, 0] * reports + pairs[:, 1], low * reports + high)]


def _series(anchors: Anchors, starts: Places) -> NDArray[np.uint64]:
    """For each report a number that tells its series of anchors from any other one."""
    places = np.arange(len(anchors.stems), dtype=np.uint64) - starts[anchors.reports].astype(np.uint64)
    sums = np.zeros(len(anchors.stems) + 1, np.uint64)
    np.cumsum(mixed((places << HALF) | anchors.stems), out=sums[1:])  # of numbers that run over, differences still hold
    return sums[starts[1:]] - sums[starts[:-1]]


def _in_one_order(pairs: Places, stems: Stems, starts: Places) -> Places:
    """The length of the longest series of anchors that two reports have in one order; 0 where it cannot be long."""
    may = np.flatnonzero(_may_be_rewritten(pairs, stems, starts))
    same = np.zeros(len(pairs), np.int64)
    if len(may):
        chosen = pairs[may].tolist()
        series = {at: array("I", stems[starts[at] : starts[at + 1]].tobytes()) for pair in chosen for at in pair}
        first, second = [series[one] for one, _ in chosen], [series[other] for _, other in chosen]
        same[may] = cpdist(first, second, scorer=LCSseq.similarity, dtype=np.int64)
    return same


def _may_be_rewritten(pairs: Places, stems: Stems, starts: Places) -> NDArray[np.bool_]:
    """Which pairs may have a long series in common, however their anchors are ordered: of the shorter one's, so many
    may be among the other's, by a few bits of their hashes."""
    sizes = np.diff(starts)
    shorter = np.where(sizes[pairs[:, 0]] <= sizes[pairs[:, 1]], 0, 1)
    at = np.arange(len(pairs))
    one, other = pairs[at, shorter], pairs[at, 1 - shorter]
    found = np.zeros(len(pairs), np.int64)
    for part in np.array_split(at, 1 + len(pairs) // PART):
        having, row = np.unique(other[part], return_inverse=True)
        has = np.zeros((len(having), BITS), np.bool_)
        of, held = _anchors_in(having, starts)
        has[of, stems[held] % BITS] = True
        of, own = _anchors_in(one[part], starts)
        shared = has[row[of], stems[own] % BITS]
        found[part] = np.bincount(of[shared], minlength=len(part))
    return is_rewritten(found, sizes[one], sizes[other])


def _anchors_in(reports: Places, starts: Places) -> tuple[Places, Places]:
    """The places of the anchors of some reports, each with the place of its report among them."""
    lengths = starts[reports + 1] - starts[reports]
    ends = np.cumsum(lengths)
    of = np.repeat(np.arange(len(reports)), lengths)
    return of, np.arange(len(of)) + np.repeat(starts[reports] - (ends - lengths), lengths)


def anchors_of(report: Report, function_words: frozenset[str], kept: Kept) -> Sequence[Any]:
    """The stems, whether each is a long word, and its sentence, as they are kept."""
    found: Sequence[Any] | None = kept.get("anchors", report.id)
    if found is None:
        found = tuple(part.tobytes() for part in find_anchors(report, function_words))
        kept.put("anchors", report.id, found)
    return found


def _joined(found: Sequence[Sequence[Any]]) -> Anchors:
    """The anchors of all reports, their sentences numbered through the pile."""
    forms = "<u4", "?", "<u4"
    stems, long, sentences = (joined((one[at] for one in found), np.dtype(form)) for at, form in enumerate(forms))
    reports = np.repeat(np.arange(len(found), dtype=np.uint32), [len(one[1]) for one in found])
    # a sentence begins where the number or the report is another one than before
    begins = np.ones(len(stems), np.bool_)
    begins[1:] = (sentences[1:] != sentences[:-1]) | (reports[1:] != reports[:-1])
    return Anchors(stems, long, np.cumsum(begins, dtype=np.uint32), reports)


def _rare_only(pile: Anchors, reports: int) -> Anchors:
    """The anchors without the long words that too many reports have."""
    held = each_once((pile.stems[pile.long].astype(np.uint64) << HALF) | pile.reports[pile.long]) >> HALF
    held = held.astype(np.uint32)
    starts = np.flatnonzero(np.append(True, held[1:] != held[:-1])[: len(held)])
    common = held[starts[np.diff(starts, append=len(held)) * RARE >= reports]]
    may = np.zeros(1 << 16, np.bool_)  # by a few bits first: looking up each stem takes longer
    may[common & LOW_BITS] = True
    at = np.flatnonzero(pile.long & may[pile.stems & LOW_BITS])
    stays = np.ones(len(pile.stems), np.bool_)
    stays[at[is_in(pile.stems[at], common)]] = False
    return Anchors(pile.stems[stays], pile.long[stays], pile.sentences[stays], pile.reports[stays])


def is_rewritten(same: Places, left: Places, right: Places) -> NDArray[np.bool_]:
    """Whether a series of `same` anchors in one order, of `left` and `right`, is more than two reporters share."""
    of_shorter = same / np.maximum(1, np.minimum(left, right))
    of_longer = same / np.maximum(1, np.maximum(left, right))
    whole = (same >= SERIES) & (of_shorter >= OF_SHORTER) & (of_longer >= OF_LONGER)
    return whole | ((same >= SUMMARY_SERIES) & (of_shorter >= SUMMARY))


def find_anchors(report: Report, function_words: frozenset[str]) -> Found:
    """For each sentence what a rewriter keeps: names, numbers and long words outside quotations, in order;
    the hashes of their stems, whether each is a long word, and the numbers of their sentences."""
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
    return np.array(stems, "<u4"), np.array(long, np.bool_), np.array(sentences, "<u4")


def _together(pile: Anchors, reports: int) -> Index:
    """Hashes of the pairs of anchors that stand together, in whatever order their sentence names them: each with the
    two that follow it by hash: few pairs, and most survive a change."""
    keys = each_once((pile.sentences.astype(np.uint64) << HALF) | pile.stems)
    padded = np.append(keys, [NO_KEY, NO_KEY])
    next_two = np.stack([padded[1:-1], padded[2:]], axis=1)
    row, step = np.nonzero((next_two >> HALF) == (keys >> HALF)[:, None])
    left, right = keys[row].astype(np.uint32), next_two[row, step].astype(np.uint32)
    report_of = np.zeros(int(pile.sentences.max(initial=0)) + 1, np.int64)
    report_of[pile.sentences] = pile.reports
    pairs = (left * MIX[0]) ^ ((right ^ (right >> np.uint32(15))) * MIX[1])
    return Index(pairs, np.bincount(report_of[(keys[row] >> HALF).astype(np.int64)], minlength=reports))
