"""TIMEX3 and ISO 8601 values as calendar days: what a filter compares, and what a format with plain dates can carry.

A value covers all the days it may mean; one that stands nowhere in the calendar (XXXX-WXX-6, PAST_REF) covers none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

Days = tuple[date, date]

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d{2})(?:-([1-7]|WE))?(?:T.*)?")
_PART = re.compile(r"(\d{4})-(?:(\d{2})|Q([1-4])|H([12])|(SP|SU|FA|WI))")
_YEARS = re.compile(r"\d{2,4}")
_SEASONS = {"SP": 3, "SU": 6, "FA": 9}  # first months in the north, as extract/times has them


def days_of(value: str | None) -> Days | None:
    """First and last day of a value ("2022-01-30", "2022-W04", "2022-02", "201", "2022-01-28/2022-01-31"), or None."""
    if not value:
        return None
    if "/" in value:
        first, last = (days_of(end) for end in value.split("/", 1))
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    try:
        return _days_of(value)
    except (ValueError, OverflowError):  # no such day, week or year
        return None


def _days_of(value: str) -> Days | None:
    if found := _DAY.fullmatch(value):
        day = date(*(int(part) for part in found.groups()))
        return day, day
    if found := _WEEK.fullmatch(value):
        year, week, within = int(found[1]), int(found[2]), found[3]
        first = 6 if within == "WE" else int(within or 1)
        last = first if within and within != "WE" else 7
        return date.fromisocalendar(year, week, first), date.fromisocalendar(year, week, last)
    if found := _PART.fullmatch(value):
        return _part_of_year(int(found[1]), found)
    if _YEARS.fullmatch(value):
        span = 10 ** (4 - len(value))
        year = int(value) * span
        return date(max(year, 1), 1, 1), date(year + span - 1, 12, 31)
    return None


def _part_of_year(year: int, found: re.Match[str]) -> Days:
    """A month, quarter, half or season of a year; a winter may be either of two, and both are inside."""
    if found[5] == "WI":
        return date(year - 1, 12, 1), _months_end(year + 1, 2)
    month, count = (
        (int(found[2]), 1) if found[2]
        else (int(found[3]) * 3 - 2, 3) if found[3]
        else (int(found[4]) * 6 - 5, 6) if found[4]
        else (_SEASONS[found[5]], 3)
    )  # fmt: skip
    return date(year, month, 1), _months_end(year, month + count - 1)


def _months_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
