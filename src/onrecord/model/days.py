"""Days of the calendar: made safely, read from ISO values, and told by their distance from the day of the report.

What leaves the years 1 to 9999, or no calendar has, is None, never an error.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Way = Literal["back", "ahead"]
Days = tuple[str, str]  # first and last ISO day, both included
A_WEEK = 7
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?$")
NEWS = 2  # days before its report on which what it tells undated as its news may lie: measured in bench/RESULTS.md
KNOWN = 31  # days: a report dated less closely tells nothing of when its news happened


def make_day(year: int, month: int, day: int) -> date | None:
    """A day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def step(day: date, count: int) -> date | None:
    """The day `count` days on."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


@dataclass(frozen=True, slots=True)
class Counted:
    """A day told by its distance from the report's: `steps` days on ("yesterday" is -1), and from there, where a
    `weekday` is named (1 Monday to 7 Sunday), the nearest one `way`, that day itself among them."""

    steps: int = 0
    weekday: int | None = None
    way: Way = "back"

    def day(self, report: date) -> date | None:
        """The day meant in a report of this day."""
        start = step(report, self.steps)
        if start is None or self.weekday is None:
            return start
        if self.way == "back":
            return step(start, -((start.isoweekday() - self.weekday) % A_WEEK))
        return step(start, (self.weekday - start.isoweekday()) % A_WEEK)

    def reports(self, day: date) -> tuple[date, date] | None:
        """The first and last day of a report in which this day is meant, the day being one of that weekday."""
        near = step(day, -self.steps)
        if near is None or self.weekday is None:
            return (near, near) if near else None
        far = step(near, A_WEEK - 1 if self.way == "back" else 1 - A_WEEK)
        return (min(near, far), max(near, far)) if far else None


def weekday_beside(day: date, weekday: int, way: Way) -> date | None:
    """The nearest such weekday on or before a day (back), or on or after it (ahead)."""
    return Counted(0, weekday, way).day(day)


def day_range(value: str | None) -> Days | None:
    """The days of an ISO date, date-time, month, year or interval "from/to"; None where it is none of these."""
    first, _, last = (value or "").partition("/")
    begin, end = _days(first), _days(last or first)
    return (begin[0], end[1]) if begin and end and begin[0] <= end[1] else None


def news_days(published: str | None) -> Days | None:
    """The days on which the undated news of a report happened: up to its own last one; None where that is not known."""
    days = day_range(published)
    if days is None:
        return None
    first, last = (date.fromisoformat(day) for day in days)
    start = step(first, -NEWS)
    return (start.isoformat(), days[1]) if start and (last - first).days < KNOWN else None


def _days(value: str) -> Days | None:
    found = DATE.match(value)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:  # a 30th of February, a month 13, a year 0
        return None
    last_month = int(month or 12)
    last = first if day else first.replace(month=last_month, day=calendar.monthrange(first.year, last_month)[1])
    return first.isoformat(), last.isoformat()
