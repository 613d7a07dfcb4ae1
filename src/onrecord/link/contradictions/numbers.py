"""Amounts of one thing that cannot both hold, within what their bounds and round figures leave open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.link.contradictions.shown import Claim, contradict
from onrecord.link.keys import FigureKey
from onrecord.link.reports import Report, days_between
from onrecord.model.days import Days
from onrecord.model.record import Contradiction, Evidence, Figure, Group

ABOUT = 0.1  # an "about 100" allows 90 to 110
ROUND = 0.05  # a number with no more than two figures before its noughts ("35,000") is round and allows 5 in 100 …
ROUND_FROM = 20.0  # … from here on: "3 killed" is exact
SAME_TIME = 1  # days between two reports in which a count is not expected to have moved on


def limits(figure: Figure) -> tuple[float, float]:
    """The values a figure allows, with what its bound and a round number leave open."""
    value, spread = figure.value, ABOUT if figure.bound == "about" else ROUND if _is_round(figure.value) else 0.0
    low, high = value - abs(value) * spread, value + abs(value) * spread
    if figure.bound == "at_least":
        return low, float("inf")
    if figure.bound == "at_most":
        return float("-inf"), high
    if figure.low is not None and figure.high is not None:
        return min(low, figure.low), max(high, figure.high)
    return low, high


def _is_round(value: float) -> bool:
    digits = f"{abs(value):.0f}"
    return abs(value) >= ROUND_FROM and value % 10 == 0 and len(digits.rstrip("0")) <= 2


def find_numbers(
    groups: Iterable[Group],
    figures: Mapping[str, FigureKey],
    reports: Mapping[str, Report],
    lineage_of: Mapping[str, str],
) -> Iterator[Contradiction]:
    """In each figure group, amounts that exclude the one most lineages give."""
    for group in groups:
        if len(group.members) < 2:
            continue
        by_amount: dict[tuple[float, float], list[FigureKey]] = defaultdict(list)
        members = [figures[id] for id in group.members]
        for key in sorted(members, key=lambda key: (key.figure.document, key.figure.span, key.figure.id)):
            by_amount[limits(key.figure)].append(key)
        if len(by_amount) < 2:
            continue
        ranked = sorted(by_amount, key=lambda amount: (-len(_lineages(by_amount[amount], lineage_of)), amount))
        for amount in ranked[1:]:
            if amount[1] < ranked[0][0] or ranked[0][1] < amount[0]:
                pair = _comparable(by_amount[ranked[0]], by_amount[amount], reports, lineage_of)
                if pair:
                    left, right = _as_claim(pair[0]), _as_claim(pair[1])
                    yield contradict("number", left, right, reports, "cannot both hold")


def _lineages(keys: Iterable[FigureKey], lineage_of: Mapping[str, str]) -> set[str]:
    return {lineage_of[key.figure.document] for key in keys}


def _comparable(
    left: Sequence[FigureKey],
    right: Sequence[FigureKey],
    reports: Mapping[str, Report],
    lineage_of: Mapping[str, str],
) -> tuple[Figure, Figure] | None:
    """The first two figures of different sources given at one time, or, undated reports, for one known day.

    A source that gives both amounts counts two things, and shows that these are not one.
    """
    both = _lineages(left, lineage_of) & _lineages(right, lineage_of)
    for key in left:
        for other_key in right:
            one, other = key.figure, other_key.figure
            if lineage_of[one.document] in both or lineage_of[other.document] in both:
                continue
            gap = _gap(reports[one.document].published, reports[other.document].published)
            if gap is not None and gap <= SAME_TIME:
                return one, other
            if gap is None and key.days is not None and key.days == other_key.days:
                return one, other
    return None


def _gap(one: Days | None, other: Days | None) -> int | None:
    """Days between two ranges, 0 where they overlap; None where either is unknown or wider than a week."""
    if one is None or other is None or max(days_between(*one), days_between(*other)) > 7:
        return None
    return max(days_between(one[1], other[0]), days_between(other[1], one[0]), 0)


def _as_claim(figure: Figure) -> Claim:
    return figure.id, Evidence(figure.document, figure.span)
