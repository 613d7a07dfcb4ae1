"""Reports that were rewritten, by hand or machine: new words around the same names and numbers in the same order.

Two reporters of one event share names as well, but not the order in which a whole report brings them up, again and
again. An index of what stands together in a sentence gives the pairs to look at; then the longest series of anchors
that both have in one order decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from onrecord.link.copies.index import find_pairs
from onrecord.link.copies.sketches import Runs, is_in
from onrecord.link.kept import Kept
from onrecord.link.reports import STEM, Bond, Report, hash_stem

# Chosen on 318 pairs of independent reports of one event (half of the stories), of which none reaches them: the most
# in order was .69 of the shorter one's anchors, with .03 of the longer one's.
SERIES = 8  # anchors in one order, at the least
OF_SHORTER, OF_LONGER = 0.6, 0.45  # of the anchors of each: a text rewritten as a whole
SUMMARY, SUMMARY_SERIES = 0.8, 12  # of the shorter one's: a text rewritten and cut
LONG_WORD = 7  # letters: a rare word this long is an anchor like a name …
RARE = 50  # … if fewer than one in so many reports has it
HALF = np.uint64(32)
MIX = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77))  # odd, so that the order of a pair counts
TOGETHER = 3  # pairs of anchors that stand in one sentence of both

Stems = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a rewriter of a report keeps, in order: names, numbers and long words (which count only where they are rare)
    outside quotations, by the hashes of their stems; with the number of each one's sentence."""

    stems: Stems
    long: NDArray[np.bool_]
    sentences: NDArray[np.uint32]


def find_rewritten(
    reports: Sequence[Report], known: Sequence[Bond], function_words: frozenset[str], kept: Kept | None = None
) -> tuple[Bond, ...]:
    """Pairs of reports, not yet known to have one text, one of which is the other rewritten."""
    kept = kept or Kept()
    ordered = sorted(reports, key=lambda report: (report.published or ("9999",), report.id))
    series, together = [], []
    for anchors in _rare_only([_anchors_of(report, function_words, kept) for report in ordered]):
        series.append(anchors.stems)
        together.append(_together(anchors))
    bound = {(bond.left, bond.right) for bond in known if bond.one_text}
    found = []
    for one, other in find_pairs(together, [TOGETHER] * len(together)):
        (left, first), (right, second) = sorted(
            ((ordered[at].id, series[at].tolist()) for at in (one, other)), key=itemgetter(0)
        )
        if (left, right) not in bound:
            same = LCSseq.similarity(first, second)
            if is_rewritten(same, len(first), len(second)):
                found.append(Bond(left, right, same / len(first), same / len(second), True, paraphrased=True))
    return tuple(sorted(found, key=lambda bond: (bond.left, bond.right)))


def _rare_only(found: Sequence[Anchors]) -> Iterator[Anchors]:
    """The anchors of every report of a pile without the long words that too many of them have."""
    long = [np.unique(one.stems[one.long]) for one in found]
    stems, spread = np.unique(np.concatenate(long), return_counts=True) if long else (np.zeros(0, np.uint32), [])
    common = stems[np.asarray(spread) * RARE >= len(found)]
    for one in found:
        stays = ~(one.long & is_in(one.stems, common))
        yield Anchors(one.stems[stays], one.long[stays], one.sentences[stays])


def _anchors_of(report: Report, function_words: frozenset[str], kept: Kept) -> Anchors:
    found: Sequence[Any] | None = kept.get("anchors", report.id)
    if found is None:
        made = find_anchors(report, function_words)
        found = made.stems.tobytes(), made.long.tobytes(), made.sentences.tobytes()
        kept.put("anchors", report.id, found)
    stems, long, sentences = found
    return Anchors(np.frombuffer(stems, "<u4"), np.frombuffer(long, np.bool_), np.frombuffer(sentences, "<u4"))


def is_rewritten(same: int, left: int, right: int) -> bool:
    """Whether a series of `same` anchors in one order, of `left` and `right`, is more than two reporters share."""
    of_shorter, of_longer = same / max(1, min(left, right)), same / max(1, left, right)
    whole = same >= SERIES and of_shorter >= OF_SHORTER and of_longer >= OF_LONGER
    return whole or (same >= SUMMARY_SERIES and of_shorter >= SUMMARY)


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


def _together(anchors: Anchors) -> Runs:
    """Hashes of the pairs of anchors that stand together, in whatever order their sentence names them: each with the
    two that follow it by hash: few pairs, and most survive a change."""
    keys = np.unique((anchors.sentences.astype(np.uint64) << HALF) | anchors.stems)
    pairs = []
    for step in (1, 2):
        first, second = keys[:-step], keys[step:]
        one_sentence = (first >> HALF) == (second >> HALF)
        left, right = first[one_sentence].astype(np.uint32), second[one_sentence].astype(np.uint32)
        pairs.append((left * MIX[0]) ^ ((right ^ (right >> np.uint32(15))) * MIX[1]))
    return np.unique(np.concatenate(pairs))
