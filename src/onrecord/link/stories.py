"""Which reports are about one happening in the world: by the rare words they share, within a window of days.

A story is a first sorting, made before any claim is compared: claims of one story may be one with less in common than
claims of different ones. Each report has one story. Order of reports does not matter.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.link.kept import Kept
from onrecord.link.reports import STEM, Report, hash_stem
from onrecord.model.days import Days

TITLE = 3  # times that a title's word counts: a title names what the story is about
LEAD = 120  # words of the body, about the first three paragraphs, that count twice: the news stands first
TERMS = 100  # rarest words kept of a report
SMALL = 50  # reports added to a pile for rarity: a word that both reports of two have is not a common one
CROWD = 0.1  # of all reports: words in more of them tell no stories apart (never fewer than 10 reports)
JOIN = 0.06  # mean likeness (cosine) from which two stories are one
FAINT = 0.03  # likeness below which two reports have nothing in common
HALF_LIFE = 30.0  # days after which likeness counts half: the same words a month later are often another story
UNKNOWN = 0.85  # factor where a date is unknown
MOST = 0xFFFF  # times that a term is counted
Numbers = NDArray[np.float64]
Terms = tuple[NDArray[np.uint32], NDArray[np.uint16]]
Vector = tuple[NDArray[np.int64], Numbers]  # numbers of terms and their weights, the weightiest first


def group_stories(
    reports: Sequence[Report], function_words: frozenset[str], kept: Kept | None = None
) -> dict[str, str]:
    """For each report the smallest id of its story's reports."""
    kept = kept or Kept()
    ordered = sorted(reports, key=lambda report: report.id)
    vectors = _vectors([_terms_of(report, function_words, kept) for report in ordered])
    ids = [report.id for report in ordered]
    return _join(_likeness(ids, vectors, [report.published for report in ordered]), ids)


def _terms_of(report: Report, function_words: frozenset[str], kept: Kept) -> Terms:
    """A report's stems, by their hashes in order, and how often it has each."""
    found: Sequence[Any] | None = kept.get("terms", report.id)
    if found is None:
        body = report.wording.words
        words = [*report.title * TITLE, *body, *body[:LEAD]]
        counts = Counter(hash_stem(w[:STEM]) for w in words if w not in function_words and len(w) > 2)
        terms = np.array(sorted(counts), "<u4")
        times = np.minimum([counts[term] for term in terms.tolist()], MOST).astype("<u2")
        found = terms.tobytes(), times.tobytes()
        kept.put("terms", report.id, found)
    return np.frombuffer(found[0], "<u4"), np.frombuffer(found[1], "<u2")


def _vectors(found: Sequence[Terms]) -> list[Vector]:
    """Each report's rarest stems, weighted by frequency and rarity, of length one."""
    if not found:
        return []
    _, place, spread = np.unique(np.concatenate([terms for terms, _ in found]), return_inverse=True, return_counts=True)
    crowd = max(10, CROWD * len(found))
    rarity = np.array([math.log((SMALL + len(found)) / max(1, number)) for number in range(int(crowd) + 2)])
    worth = np.where(spread <= crowd, rarity[np.minimum(spread, len(rarity) - 1)], 0.0)
    often = np.array([math.log1p(count) for count in range(1 + max(int(times.max(initial=0)) for _, times in found))])
    vectors, at = [], 0
    for terms, times in found:
        numbers = place[at : at + len(terms)]
        at += len(terms)
        weights = often[times] * worth[numbers]
        kept = np.lexsort((numbers, -weights))[:TERMS]
        kept = kept[weights[kept] > 0]
        chosen = weights[kept]
        vectors.append((numbers[kept], chosen / (math.sqrt(float((chosen**2).sum())) or 1.0)))
    return vectors


def _likeness(
    ids: Sequence[str], vectors: Sequence[Vector], published: Sequence[Days | None]
) -> dict[str, dict[str, float]]:
    """Cosine of all pairs that share a term, times the factor of their distance in days; both ways."""
    found: dict[str, dict[str, float]] = {id: {} for id in ids}
    holders, weights, starts = _by_term(vectors)
    first, last = (np.array([_ordinal(days, side) for days in published]) for side in (0, 1))
    for number, (terms, own) in enumerate(vectors):
        if not len(terms):
            continue
        held = [slice(starts[term], starts[term + 1]) for term in terms.tolist()]
        others = np.concatenate([holders[one] for one in held])
        shared = np.concatenate([weights[one] * weight for one, weight in zip(held, own.tolist(), strict=True)])
        cosines = np.bincount(others, shared, number)
        likeness = cosines[:number] * _nearness(first[:number], last[:number], first[number], last[number])
        for other in np.flatnonzero(likeness >= FAINT).tolist():
            found[ids[number]][ids[other]] = found[ids[other]][ids[number]] = float(likeness[other])
    return found


def _by_term(vectors: Sequence[Vector]) -> tuple[NDArray[np.int64], Numbers, NDArray[np.int64]]:
    """The reports of each term, by number and in order, with its weight in each; and where those of each term begin."""
    terms = np.concatenate([terms for terms, _ in vectors]) if vectors else np.zeros(0, np.int64)
    holders = np.repeat(np.arange(len(vectors)), [len(terms) for terms, _ in vectors])
    weights = np.concatenate([weights for _, weights in vectors]) if vectors else np.zeros(0)
    order = np.argsort(terms, kind="stable")
    starts = np.searchsorted(terms[order], np.arange(int(terms.max(initial=-1)) + 2))
    return holders[order], weights[order], starts


def _ordinal(days: Days | None, side: int) -> float:
    return math.nan if days is None else float(datetime.date.fromisoformat(days[side]).toordinal())


def _nearness(first: Numbers, last: Numbers, one_first: float, one_last: float) -> Numbers:
    """By which factor the distance in days of some reports from one lessens their likeness."""
    gaps = np.maximum(np.maximum(first - one_last, one_first - last), 0.0)
    factors: Numbers = np.where(np.isnan(gaps), UNKNOWN, 0.5 ** (gaps / HALF_LIFE))
    return factors


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
