"""Days of the calendar: made safely, and told by their distance from the day of the report.

What leaves the years 1 to 9999, or no calendar has, is None, never an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Way = Literal["back", "ahead"]
A_WEEK = 7


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
