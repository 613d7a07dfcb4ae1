"""Reports that were rewritten, by hand or machine: new words around the same names and numbers in the same order.

Two reporters of one event share names as well, but not the order in which a whole report brings them up, again and
again. An index of what stands together in a sentence gives the pairs to look at; then the longest series of anchors
that both have in one order decides.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

import numpy as np
from rapidfuzz.distance import LCSseq

from onrecord.link.copies.index import find_pairs
from onrecord.link.copies.sketches import Runs
from onrecord.link.reports import STEM, Bond, Report

# Chosen on 318 pairs of independent reports of one event (half of the stories), of which none reaches them: the most
# in order was .69 of the shorter one's anchors, with .03 of the longer one's.
SERIES = 8  # anchors in one order, at the least
OF_SHORTER, OF_LONGER = 0.6, 0.45  # of the anchors of each: a text rewritten as a whole
SUMMARY, SUMMARY_SERIES = 0.8, 12  # of the shorter one's: a text rewritten and cut
LONG_WORD = 7  # letters: a rare word this long is an anchor like a name …
RARE = 50  # … if fewer than one in so many reports has it
TOGETHER = 3  # pairs of anchors that stand in one sentence of both

Anchors = tuple[tuple[str, ...], ...]


def find_rewritten(
    reports: Sequence[Report], known: Sequence[Bond], function_words: frozenset[str]
) -> tuple[Bond, ...]:
    """Pairs of reports, not yet known to have one text, one of which is the other rewritten."""
    ordered = sorted(reports, key=lambda report: (report.published or ("9999",), report.id))
    spread = Counter(word for report in reports for word in {word[:STEM] for word in report.wording.words})
    numbers: dict[str, int] = {}
    series, together = [], []
    for report in ordered:
        anchors = find_anchors(report, spread, len(reports), function_words)
        series.append([numbers.setdefault(stem, len(numbers)) for stem in chain.from_iterable(anchors)])
        together.append(_together(anchors))
    bound = {(bond.left, bond.right) for bond in known if bond.one_text}
    found = []
    for one, other in find_pairs(together, [TOGETHER] * len(together)):
        (left, first), (right, second) = sorted((ordered[at].id, series[at]) for at in (one, other))
        if (left, right) not in bound:
            same = LCSseq.similarity(first, second)
            if is_rewritten(same, len(first), len(second)):
                found.append(Bond(left, right, same / len(first), same / len(second), True, paraphrased=True))
    return tuple(sorted(found, key=lambda bond: (bond.left, bond.right)))


def is_rewritten(same: int, left: int, right: int) -> bool:
    """Whether a series of `same` anchors in one order, of `left` and `right`, is more than two reporters share."""
    of_shorter, of_longer = same / max(1, min(left, right)), same / max(1, left, right)
    whole = same >= SERIES and of_shorter >= OF_SHORTER and of_longer >= OF_LONGER
    return whole or (same >= SUMMARY_SERIES and of_shorter >= SUMMARY)


def find_anchors(report: Report, spread: Mapping[str, int], pile: int, function_words: frozenset[str]) -> Anchors:
    """For each sentence what a rewriter keeps: names, numbers and rare long words outside quotations, in order."""
    wording, text = report.wording, report.document.text
    capital = [text[start].isupper() for start in wording.starts]
    names = {wording.words[at] for first, last in wording.sentences for at in range(first + 1, last) if capital[at]}
    sentences = []
    for first, last in wording.sentences:
        found = []
        for at in range(first, last):
            word = wording.words[at]
            stem = word[:STEM]
            name = capital[at] and (at > first or word in names)
            rare = len(word) >= LONG_WORD and spread[stem] * RARE < pile
            if not wording.quoted[at] and word not in function_words and (name or rare or word[0].isdigit()):
                found.append(stem)
        sentences.append(tuple(found))
    return tuple(sentences)


def _together(anchors: Anchors) -> Runs:
    """Hashes of the pairs of anchors that stand together, in whatever order their sentence names them."""
    return np.unique(np.array([_hash(pair) for sentence in anchors for pair in _pairs(sentence)], np.uint32))


def _pairs(sentence: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each anchor of a sentence with the two that follow it by the alphabet: few pairs, and most survive a change."""
    ordered = sorted(set(sentence))
    yield from pairwise(ordered)
    yield from zip(ordered, ordered[2:], strict=False)


def _hash(pair: tuple[str, str]) -> int:
    return zlib.crc32("\x1f".join(pair).encode("utf-8", "surrogatepass"))
