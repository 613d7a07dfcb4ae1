"""Terms of office: ISO days, inclusive at both ends. A month or year told without its day stands for all days of it.

So an office whose change is only known by the month has two holders in that month, and nobody is chosen between them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

Layer = Literal["built-in", "imported", "own"]
LAYERS: tuple[Layer, ...] = ("built-in", "imported", "own")  # the weakest first
Days = tuple[str, str] | None  # the first and last day of a stretch, or unknown
TOLD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held: `until` None where no end is known, and then `seen` is the last day it is known for.

    `told` are begin and end as the source has them, by the day, month or year.
    """

    office: str
    title: str
    body: str
    since: str
    until: str | None
    seen: str | None
    source: str
    told: tuple[str, str | None] = ("", None)
    layer: Layer = "built-in"

    @property
    def end(self) -> str:
        """The last day for which the office is known to have been held."""
        return self.until or self.seen or ""

    def covers(self, date_from: str, date_to: str) -> bool:
        """Whether the office was held at some day of the stretch; an open end holds as far as it is known."""
        return self.since <= date_to and date_from <= self.end


def make_tenure(
    office: str, title: str, body: str, since: str, until: str, seen: str, source: str, layer: Layer = "built-in"
) -> Tenure:
    """A tenure from dates as told; ValueError where one is no date, or the end comes before the beginning."""
    first, last, known = first_day(since), last_day(until) if until else None, last_day(seen) if seen else None
    end = last or known
    if end is None or first > end:
        raise ValueError("the office ends before it begins, or is not known to have been seen")
    return Tenure(office, title, body, first, last, known, source, (since, until or None), layer)


@lru_cache(maxsize=16384)
def first_day(told: str) -> str:
    """The first day of a day, month or year."""
    year, month, day = _parts(told)
    return date(year, month or 1, day or 1).isoformat()


@lru_cache(maxsize=16384)
def last_day(told: str) -> str:
    """The last day of a day, month or year."""
    year, month, day = _parts(told)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1]).isoformat()


def _parts(told: str) -> tuple[int, int | None, int | None]:
    match = TOLD.fullmatch(told)
    if match is None:
        raise ValueError(f"{told!r} is no date: YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    return year or 0, month, day


def share(terms: Iterable[Tenure], days: Days) -> float:
    """The share of a stretch's days for which one of the terms is known to hold; of all days of them where unknown."""
    if days is None:
        return float(sum(_ordinal(t.end) - _ordinal(t.since) + 1 for t in terms))
    first, last = _ordinal(days[0]), _ordinal(days[1])
    covered, reached = 0, first
    for since, end in sorted((_ordinal(t.since), _ordinal(t.end)) for t in terms):
        start, stop = max(since, reached), min(end, last)
        if start <= stop:
            covered, reached = covered + stop - start + 1, stop + 1
    return covered / (last - first + 1)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
