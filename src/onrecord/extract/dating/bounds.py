"""A bound on a report's date with the words that give it, and what several bounds leave together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.model.text import Cue

# the day of a place is not the day of another: a report may come out the day before what it tells of, by the calendar
ZONES = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bound:
    """The report came out on `first` or later, and on `last` or earlier; None leaves that side open."""

    first: date | None
    last: date | None
    cue: Cue


def meet(bounds: Iterable[Bound]) -> tuple[date | None, date | None]:
    """The latest of the lower bounds and the earliest of the upper ones."""
    found = tuple(bounds)
    first = max((bound.first for bound in found if bound.first), default=None)
    last = min((bound.last for bound in found if bound.last), default=None)
    return first, last


def binding(bounds: Iterable[Bound], first: date | None, last: date | None) -> tuple[Cue, ...]:
    """The cues of the bounds that set either end, the first in the text for each side."""
    ordered = sorted(bounds, key=lambda bound: bound.cue.span)
    low = next((bound.cue for bound in ordered if first is not None and bound.first == first), None)
    high = next((bound.cue for bound in ordered if last is not None and bound.last == last), None)
    return tuple(dict.fromkeys(cue for cue in (low, high) if cue is not None))
