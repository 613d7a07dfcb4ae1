"""Which reports are about one happening in the world: by the rare words they share, within a window of days.

A story is a first sorting, made before any claim is compared: claims of one story may be one with less in common than
claims of different ones. Each report has one story. Order of reports does not matter.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from onrecord.link.kept import Kept
from onrecord.link.reports import STEM, Report, hash_stem
from onrecord.link.stories.joining import join
from onrecord.link.stories.likeness import Numbers, Terms, Vectors, Whole, compare, days_of

TITLE = 3  # times that a title's word counts: a title names what the story is about
LEAD = 120  # words of the body, about the first three paragraphs, that count twice: the news stands first
TERMS = 100  # rarest words kept of a report
SMALL = 50  # reports added to a pile for rarity: a word that both reports of two have is not a common one
CROWD = 0.1  # of all reports: words in more of them tell no stories apart (never fewer than 10 reports)
MOST = 0xFFFF  # times that a term is counted
SOME = 1 << 8  # reports whose terms are weighed together


def group_stories(
    reports: Sequence[Report], function_words: frozenset[str], kept: Kept | None = None
) -> dict[str, str]:
    """For each report the smallest id of its story's reports."""
    kept = kept or Kept()
    by_id = sorted(reports, key=lambda report: report.id)
    days = days_of([report.published for report in by_id])
    ordered = [by_id[at] for at in days.order.tolist()]
    vectors = _vectors([terms_of(report, function_words, kept) for report in ordered])
    stories = join(compare(vectors, days), len(ordered)).tolist()
    first: dict[int, str] = {}
    for report, story in zip(ordered, stories, strict=True):
        first[story] = min(first.get(story, report.id), report.id)
    return {report.id: first[story] for report, story in zip(ordered, stories, strict=True)}


def terms_of(report: Report, function_words: frozenset[str], kept: Kept) -> Terms:
    """A report's stems, by their hashes in order, and how often it has each."""
    found: Sequence[Any] | None = kept.get("terms", report.id)
    if found is None:
        body = report.wording.words
        counts: Counter[int] = Counter()
        for word, count in Counter([*report.title * TITLE, *body, *body[:LEAD]]).items():
            if word not in function_words and len(word) > 2:
                counts[hash_stem(word[:STEM])] += count
        terms = np.array(sorted(counts), "<u4")
        times = np.minimum([counts[term] for term in terms.tolist()], MOST).astype("<u2")
        found = terms.tobytes(), times.tobytes()
        kept.put("terms", report.id, found)
    return np.frombuffer(found[0], "<u4"), np.frombuffer(found[1], "<u2")


def _vectors(found: Sequence[Terms]) -> Vectors:
    """Each report's rarest stems, weighted by frequency and rarity, of length one."""
    if not found:
        return Vectors(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    stems = np.concatenate([terms for terms, _ in found])
    place = np.searchsorted(np.unique(stems), stems)
    spread = np.bincount(place)
    crowd = max(10, CROWD * len(found))
    rarity = np.array([math.log((SMALL + len(found)) / max(1, number)) for number in range(int(crowd) + 2)])
    worth = np.where(spread <= crowd, rarity[np.minimum(spread, len(rarity) - 1)], 0.0)
    times = np.concatenate([times for _, times in found])
    often = np.array([math.log1p(count) for count in range(1 + int(times.max(initial=0)))])
    weights = often[times] * worth[place]
    lengths = np.array([len(one) for one, _ in found], np.int64)
    starts = np.cumsum(lengths) - lengths
    parts = np.array_split(np.arange(len(found)), 1 + len(found) // SOME)
    rarest = [_rarest(weights, starts[part], lengths[part]) for part in parts]
    at, sizes, scaled = (np.concatenate(column) for column in zip(*rarest, strict=True))
    return Vectors(sizes, place[at], scaled)


def _rarest(weights: Numbers, starts: Whole, lengths: Whole) -> tuple[Whole, Whole, Numbers]:
    """Of some reports whose stems begin at `starts` the places of the weightiest, how many there are, their weights."""
    column = np.arange(max(1, int(lengths.max())))
    own = np.zeros((len(starts), len(column)))
    there = column < lengths[:, None]
    own[there] = weights[(starts[:, None] + column)[there]]
    chosen = np.argsort(-own, axis=1, kind="stable")[:, :TERMS]  # stems stand in order: ties fall the same way always
    own = np.take_along_axis(own, chosen, axis=1)
    stays = own > 0
    scaled = own / np.sqrt(np.maximum((own**2).sum(axis=1, keepdims=True), np.finfo(np.float64).tiny))
    return (starts[:, None] + chosen)[stays], stays.sum(axis=1), scaled[stays]
