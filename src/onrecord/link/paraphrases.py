"""Reports that were rewritten, mostly by machine: new words around the same names and numbers, sentence by sentence.

Two reporters of one event share names as well, but not the order in which a whole report brings them up. Only pairs of
one story are compared, and only where so much agrees in order that independent reports do not reach it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from onrecord.link.reports import STEM, Bond, Report

# Measured on 640 pairs of independent reports of one event: none reached these together. Of 213 reports in which nine
# words in ten, names and numbers apart, were replaced and a tenth of the sentences dropped, 135 were found.
IN_ORDER = 0.6  # of the longer report's sentences have their like in the other, in the same order
SENTENCES = 6  # with anchors; in shorter reports order says little
ALIKE = 0.5  # of the weight of the poorer sentence's anchors are in the other
ANCHORS = 2  # at the least that a sentence has, and that two share
LONG_WORD = 7  # letters: a rare word this long is an anchor like a name …
RARE = 50  # … if fewer than one in so many reports has it
SMOOTH = 10  # reports added to a pile, so that in a small one a shared name does not count as common
IN_COMMON = 0.5  # of the anchors of the poorer report: with fewer, order is not looked at

Anchors = tuple[Mapping[str, float], ...]


def find_paraphrases(
    reports: Sequence[Report], stories: Mapping[str, str], known: Sequence[Bond], function_words: frozenset[str]
) -> tuple[Bond, ...]:
    """Pairs of one story, not yet known to share their text, one of which is the other rewritten."""
    spread = Counter(word for report in reports for word in {word[:STEM] for word in report.wording.words})
    anchors = {report.id: _anchors(report, spread, len(reports), function_words) for report in reports}
    bound = {(bond.left, bond.right) for bond in known}
    found = []
    for left, right in _pairs(anchors, stories):
        if (left, right) not in bound:
            matched = in_order(anchors[left], anchors[right])
            sizes = len(anchors[left]), len(anchors[right])
            if matched >= IN_ORDER * max(sizes):
                found.append(Bond(left, right, matched / sizes[0], matched / sizes[1], True, paraphrased=True))
    return tuple(found)


def _anchors(report: Report, spread: Mapping[str, int], pile: int, function_words: frozenset[str]) -> Anchors:
    """For each sentence what a rewriter keeps, names, numbers and rare long words outside quotations, with weights."""
    wording, text = report.wording, report.document.text
    sentences = []
    for first, last in wording.sentences:
        found = {}
        for at in range(first, last):
            word = wording.words[at]
            stem = word[:STEM]
            name = at > first and text[wording.starts[at]].isupper()
            rare = len(word) >= LONG_WORD and spread[stem] * RARE < pile
            if not wording.quoted[at] and word not in function_words and (name or rare or word[0].isdigit()):
                found[stem] = math.log((pile + SMOOTH) / spread[stem])
        if len(found) >= ANCHORS:
            sentences.append(found)
    return tuple(sentences)


def _pairs(anchors: Mapping[str, Anchors], stories: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of one story with about as many sentences and half of their anchors in common."""
    by_story: dict[str, list[str]] = defaultdict(list)
    for id in sorted(anchors):
        if len(anchors[id]) >= SENTENCES:
            by_story[stories[id]].append(id)
    every = {id: frozenset(stem for sentence in anchors[id] for stem in sentence) for id in anchors}
    for story in sorted(by_story):
        for left, right in combinations(by_story[story], 2):
            few, many = sorted((len(anchors[left]), len(anchors[right])))
            least = IN_COMMON * min(len(every[left]), len(every[right]))
            if few >= IN_ORDER * many and len(every[left] & every[right]) >= least:
                yield left, right


def in_order(left: Anchors, right: Anchors) -> int:
    """How many sentences of one report have their like in the other without going back."""
    best = [0] * (len(right) + 1)
    for sentence in left:
        before = 0
        for at, other in enumerate(right, start=1):
            above = best[at]
            best[at] = before + 1 if _alike(sentence, other) else max(above, best[at - 1])
            before = above
    return best[-1]


def _alike(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    shared = one.keys() & other.keys()
    if len(shared) < ANCHORS:
        return False
    return sum(one[stem] for stem in shared) >= ALIKE * min(sum(one.values()), sum(other.values()))
