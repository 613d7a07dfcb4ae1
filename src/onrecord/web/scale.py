"""Time on an axis: ISO dates of any precision as days, and ticks that fit what is shown."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_DECADE = re.compile(r"(\d{3})$|(\d{3})X")


@lru_cache(maxsize=10_000)
def span_of(value: str) -> tuple[int, int] | None:
    """First and last day (ordinals) of a date, a month, a week, a year, a decade or an interval; None for others."""
    if "/" in value:
        first, last = (span_of(part) for part in value.split("/", 1))
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    try:
        if week := _WEEK.match(value):
            monday = datetime.date.fromisocalendar(int(week[1]), int(week[2]), 1).toordinal()
            return monday, monday + 6
        if decade := _DECADE.match(value):
            year = int(decade[1] or decade[2]) * 10
            return datetime.date(year, 1, 1).toordinal(), datetime.date(year + 9, 12, 31).toordinal()
        found = _DATE.match(value)
        if found is None:
            return None
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        first_day = datetime.date(year, month or 1, day or 1)
        if day:
            return first_day.toordinal(), first_day.toordinal()
        after = datetime.date(year + (month in (0, 12)), 1 if month in (0, 12) else month + 1, 1)
        return first_day.toordinal(), after.toordinal() - 1
    except (ValueError, OverflowError):
        return None


def iso(ordinal: int) -> str:
    """The day of an ordinal, kept inside the calendar."""
    return datetime.date.fromordinal(min(max(1, ordinal), datetime.date.max.toordinal())).isoformat()


@dataclass(frozen=True, slots=True)
class Tick:
    """A line on the axis: where, in percent of its length, and its words."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from `first` to `last` (ordinals, inclusive) on an axis of 100 percent."""

    first: int
    last: int

    def x(self, ordinal: float) -> float:
        """Where the beginning of a day lies, in percent; days outside lie at the edges."""
        share = (ordinal - self.first) / max(1, self.last + 1 - self.first)
        return round(100 * min(1.0, max(0.0, share)), 3)

    @property
    def days(self) -> int:
        return self.last + 1 - self.first

    def ticks(self) -> tuple[Tick, ...]:
        """At most about a dozen: years, months or days."""
        if self.days > 365 * 3:
            step = next(
                n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if self.days / 365.25 / n <= 12 or n == 1000
            )
            years = range(int(iso(self.first)[:4]), int(iso(self.last)[:4]) + 1)
            return tuple(self._tick(f"{y:04}-01-01", str(y)) for y in years if y % step == 0 and self._inside(y, 1, 1))
        if self.days > 70:
            step = next(n for n in (1, 2, 3, 6) if self.days / 30.4 / n <= 13 or n == 6)
            first = int(iso(self.first)[:4])
            months = [(y, m) for y in range(first, int(iso(self.last)[:4]) + 1) for m in range(1, 13, step)]
            return tuple(
                self._tick(f"{y:04}-{m:02}-01", f"{MONTHS[m - 1]} {y}" if m == 1 or n == 0 else MONTHS[m - 1])
                for n, (y, m) in enumerate(pair for pair in months if self._inside(*pair, 1))
            )
        step = next(n for n in (1, 2, 7, 14) if self.days / n <= 11 or n == 14)
        days = [iso(day) for day in range(self.first, self.last + 1, step)]
        return tuple(self._tick(day, f"{int(day[8:])} {MONTHS[int(day[5:7]) - 1]}" + (f" {day[:4]}" if not n else ""))
                     for n, day in enumerate(days))  # fmt: skip

    def _inside(self, year: int, month: int, day: int) -> bool:
        return self.first <= datetime.date(year, month, day).toordinal() <= self.last

    def _tick(self, date: str, label: str) -> Tick:
        return Tick(self.x(datetime.date.fromisoformat(date).toordinal()), label)
