"""Bounds on a report's date with the words that give them, and the days that they leave together.

A bound is one stretch of days or several ("that Tuesday was in 2010 or in 2021"). The days that meet most of all bounds
by weight are taken; where what they fail weighs too much, nothing is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.model.text import Cue

DAY = timedelta(days=1)
# the day of a place is not the day of another: a report may come out the day before what it tells of, by the calendar
ZONES = DAY
# of the weight of all bounds: a text in which more than this speaks against the best days is not dated
MOST_AGAINST = 0.2
Stretch = tuple[date | None, date | None]  # first and last day; None leaves that side open


@dataclass(frozen=True, slots=True)
class Bound:
    """The report came out in one of `stretches`, which are in order and do not meet."""

    stretches: tuple[Stretch, ...]
    cue: Cue
    weight: float = 1.0

    def holds(self, day: date) -> bool:
        return any((not first or first <= day) and (not last or day <= last) for first, last in self.stretches)


@dataclass(frozen=True, slots=True)
class Left:
    """What bounds leave: from `first` to `last` (None: open), the bounds that were kept and those that were not."""

    first: date | None
    last: date | None
    kept: tuple[Bound, ...]
    against: tuple[Bound, ...]

    @property
    def contradicts(self) -> bool:
        weight = sum(bound.weight for bound in self.against)
        return weight > MOST_AGAINST * (weight + sum(bound.weight for bound in self.kept))

    def holds(self, day: date) -> bool:
        return (not self.first or self.first <= day) and (not self.last or day <= self.last)


def bound(first: date | None, last: date | None, cue: Cue, weight: float = 1.0) -> Bound:
    """A bound of one stretch."""
    return Bound(((first, last),), cue, weight)


def join_stretches(stretches: Iterable[tuple[date, date]]) -> tuple[Stretch, ...]:
    """Stretches in order, those that meet made one."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(stretches):
        if found and first - DAY <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def meet(bounds: Sequence[Bound]) -> Left:
    """The days that meet the most, from the first of them to the last; both sides open where there is no bound."""
    cuts = sorted({cut for one in bounds for stretch in one.stretches for cut in _cuts(stretch)})
    # between two cuts all days meet the same bounds: slot 0 lies before the first cut, the last after the last
    change = [0.0] * (len(cuts) + 2)
    for one in bounds:
        for first, last in one.stretches:
            change[bisect_left(cuts, first) + 1 if first else 0] += one.weight
            change[bisect_left(cuts, last + DAY) + 1 if last else len(cuts) + 1] -= one.weight
    slots, height = [], 0.0
    for step in change[:-1]:
        height += step
        slots.append(round(height, 6))
    best = [index for index, value in enumerate(slots) if value == max(slots)]
    first = cuts[best[0] - 1] if best[0] else None
    last = cuts[best[-1]] - DAY if best[-1] < len(cuts) else None
    shown = cuts[best[0] - 1] if best[0] else (cuts[0] - DAY if cuts else date.min)
    kept = tuple(one for one in bounds if one.holds(shown))
    return Left(first, last, kept, tuple(one for one in bounds if not one.holds(shown)))


def _cuts(stretch: Stretch) -> tuple[date, ...]:
    first, last = stretch
    return tuple(cut for cut in (first, last + DAY if last else None) if cut)


def binding(left: Left) -> tuple[Cue, ...]:
    """The cues that set either end, the first in the text for each, and those that chose between stretches."""
    ordered = sorted(left.kept, key=lambda one: one.cue.span)
    firsts = (one.cue for one in ordered if left.first and any(first == left.first for first, _ in one.stretches))
    lasts = (one.cue for one in ordered if left.last and any(last == left.last for _, last in one.stretches))
    chosen = [one.cue for one in ordered if len(one.stretches) > 1]
    ends = [cue for cue in (next(firsts, None), next(lasts, None)) if cue]
    return tuple(dict.fromkeys((*ends, *chosen)))
