"""Which reports are about one happening in the world: by the rare words they share, within a window of days.

A story is a first sorting, made before any claim is compared: claims of one story may be one with less in common than
claims of different ones. Each report has one story. Order of reports does not matter.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from onrecord.link.reports import STEM, Report, days_between
from onrecord.model.days import Days

TITLE = 3  # times that a title's word counts: a title names what the story is about
LEAD = 120  # words of the body, about the first three paragraphs, that count twice: the news stands first
TERMS = 100  # rarest words kept of a report
SMALL = 50  # reports added to a pile for rarity: a word that both reports of two have is not a common one
CROWD = 0.1  # of all reports: words in more of them tell no stories apart (never fewer than 10 reports)
JOIN = 0.06  # mean likeness (cosine) from which two stories are one
FAINT = 0.03  # cosine below which two reports have nothing in common
HALF_LIFE = 30.0  # days after which likeness counts half: the same words a month later are often another story
UNKNOWN = 0.85  # factor where a date is unknown


def group_stories(reports: Sequence[Report], function_words: frozenset[str]) -> dict[str, str]:
    """For each report the smallest id of its story's reports."""
    vectors = _vectors(reports, function_words)
    published = {report.id: report.published for report in reports}
    return _join(_likeness(vectors, published), sorted(vectors))


def _vectors(reports: Sequence[Report], function_words: frozenset[str]) -> dict[str, dict[str, float]]:
    """Each report's rarest stems, weighted by frequency and rarity, of length one."""
    counts = {report.id: _terms(report, function_words) for report in reports}
    spread: Counter[str] = Counter(term for found in counts.values() for term in found)
    crowd = max(10, CROWD * len(counts))
    rarity = {term: math.log((SMALL + len(counts)) / number) for term, number in spread.items() if number <= crowd}
    vectors = {}
    for id, found in counts.items():
        weights = {term: math.log1p(count) * rarity[term] for term, count in found.items() if term in rarity}
        kept = sorted(weights, key=lambda term: (-weights[term], term))[:TERMS]
        length = math.sqrt(sum(weights[term] ** 2 for term in kept)) or 1.0
        vectors[id] = {term: weights[term] / length for term in kept}
    return vectors


def _terms(report: Report, function_words: frozenset[str]) -> Counter[str]:
    body = report.wording.words
    words = [*report.title * TITLE, *body, *body[:LEAD]]
    return Counter(word[:STEM] for word in words if word not in function_words and len(word) > 2)


def _likeness(
    vectors: Mapping[str, Mapping[str, float]], published: Mapping[str, Days | None]
) -> dict[str, dict[str, float]]:
    """Cosine of all pairs that share a term, times the factor of their distance in days; both ways."""
    by_term: dict[str, list[str]] = defaultdict(list)
    found: dict[str, dict[str, float]] = {id: {} for id in vectors}
    for id in sorted(vectors):
        shared: dict[str, float] = defaultdict(float)
        for term, weight in vectors[id].items():
            for other in by_term[term]:
                shared[other] += weight * vectors[other][term]
            by_term[term].append(id)
        for other, cosine in shared.items():
            if cosine >= FAINT:
                found[id][other] = found[other][id] = cosine * _nearness(published[id], published[other])
    return found


def _nearness(one: Days | None, other: Days | None) -> float:
    if one is None or other is None:
        return UNKNOWN
    gap = max(days_between(one[1], other[0]), days_between(other[1], one[0]), 0)
    return float(0.5 ** (gap / HALF_LIFE))


def _join(sums: dict[str, dict[str, float]], ids: Sequence[str]) -> dict[str, str]:
    """Average-linkage joining along chains of closest stories; what is not in `sums` counts 0.

    A chain ends where two stories are each other's closest, and these are joined. That gives the same stories as always
    joining the closest two of all, in quadratic instead of cubic time. One with nothing close enough is done with.
    """
    members = {id: [id] for id in ids}
    waiting = list(reversed(ids))
    chain: list[str] = []
    while waiting or chain:
        if not chain:
            chain.append(waiting.pop())
        if chain[-1] not in members:
            chain.pop()
            continue
        value, closest = _closest(chain[-1], sums, members)
        if value < JOIN:
            chain.pop()
        elif len(chain) > 1 and value <= _closest(chain[-2], sums, members)[0]:
            keep, gone = sorted((chain.pop(), chain.pop()))
            members[keep] = sorted(members[keep] + members.pop(gone))
            _merge(sums, keep, gone)
            waiting.append(keep)
        else:
            chain.append(closest)
    return {id: story for story, found in members.items() for id in found}


def _merge(sums: dict[str, dict[str, float]], keep: str, gone: str) -> None:
    """Fold one story's sums of likeness into another's."""
    moved = sums.pop(gone)
    moved.pop(keep, None)
    sums[keep].pop(gone, None)
    for other, value in moved.items():
        sums[keep][other] = sums[keep].get(other, 0.0) + value
        sums[other][keep] = sums[keep][other]
        del sums[other][gone]


def _closest(id: str, sums: Mapping[str, Mapping[str, float]], members: Mapping[str, list[str]]) -> tuple[float, str]:
    """The story most like this one, by mean likeness of their reports."""
    size = len(members[id])
    return max(((value / (size * len(members[other])), other) for other, value in sums[id].items()), default=(0.0, id))
