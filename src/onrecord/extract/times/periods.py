"""Calendar arithmetic: the day, week, month, season, year, decade … around a day, each with its TIMEX3 value.

Weeks are ISO weeks. What leaves the years 1 to 9999 is None, never an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.lexicon.times import HolidayRule
from onrecord.model.days import make_day, step, weekday_beside
from onrecord.model.text import Precision

MONTHS_IN: dict[str, int] = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}
DAYS_IN: dict[str, int] = {"D": 1, "W": 7, "F": 14}
# first month of each season as most English-language news counts them, in the north
SEASON_STARTS: dict[str, int] = {"SP": 3, "SU": 6, "FA": 9}


@dataclass(frozen=True, slots=True)
class Period:
    """A TIMEX3 value and the days it spans, both included."""

    value: str
    start: date
    end: date
    precision: Precision


def move(unit: str, day: date, count: int) -> date | None:
    """The day `count` units away; in a shorter month its last day."""
    if unit in DAYS_IN:
        return step(day, DAYS_IN[unit] * count)
    months = day.year * 12 + day.month - 1 + MONTHS_IN[unit] * count
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, last_day(year, month + 1).day))


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def of_day(day: date) -> Period:
    return Period(day.isoformat(), day, day, "day")


def of_week(day: date) -> Period:
    year, week, weekday = day.isocalendar()
    start = day - timedelta(days=weekday - 1)
    return Period(f"{year:04d}-W{week:02d}", start, start + timedelta(days=6), "week")


def of_weekend(day: date) -> Period:
    """Saturday and Sunday of the day's week."""
    week = of_week(day)
    return Period(f"{week.value}-WE", week.start + timedelta(days=5), week.end, "interval")


def of_month(year: int, month: int) -> Period:
    return Period(f"{year:04d}-{month:02d}", date(year, month, 1), last_day(year, month), "month")


def of_quarter(year: int, quarter: int) -> Period:
    return Period(f"{year:04d}-Q{quarter}", date(year, quarter * 3 - 2, 1), last_day(year, quarter * 3), "interval")


def of_half(year: int, half: int) -> Period:
    return Period(f"{year:04d}-H{half}", date(year, half * 6 - 5, 1), last_day(year, half * 6), "interval")


def of_season(year: int, season: str, told_by_year: bool = True) -> Period:
    """A season of a year. A winter told by a year alone may be either of two, and both are inside its span."""
    if season == "WI":
        last = min(year + told_by_year, 9999)
        return Period(f"{year:04d}-WI", date(max(year - 1, 1), 12, 1), last_day(last, 2), "season")
    month = SEASON_STARTS[season]
    return Period(f"{year:04d}-{season}", date(year, month, 1), last_day(year, month + 2), "season")


def of_year(year: int) -> Period:
    return Period(f"{year:04d}", date(year, 1, 1), date(year, 12, 31), "year")


def of_years(first: int, count: int) -> Period:
    """Ten years (value "199") or a hundred (value "19")."""
    value = f"{first:04d}"[: 3 if count == 10 else 2]
    start, end = date(max(first, 1), 1, 1), date(first + count - 1, 12, 31)
    return Period(value, start, end, "decade" if count == 10 else "interval")


def around(unit: str, day: date) -> Period | None:
    """The period of a unit that a day lies in; None for units without a place in the calendar (fortnights)."""
    if unit == "D":
        return of_day(day)
    if unit == "W":
        return of_week(day)
    if unit == "M":
        return of_month(day.year, day.month)
    if unit == "Q":
        return of_quarter(day.year, (day.month + 2) // 3)
    if unit == "Y":
        return of_year(day.year)
    if unit == "E":
        return of_years(day.year // 10 * 10, 10)
    return of_years(day.year // 100 * 100, 100) if unit == "C" else None


def easter(year: int) -> date:
    """Western Easter Sunday (Gregorian computus, Meeus 1991)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def on_holiday(rule: HolidayRule, year: int) -> date | None:
    """The day of a holiday in a year."""
    if rule.easter is not None:
        return easter(year) + timedelta(days=rule.easter)
    if rule.month is not None and rule.weekday is not None and rule.nth is not None:
        if rule.nth < 0:
            return weekday_beside(last_day(year, rule.month), rule.weekday, "back")
        first = weekday_beside(date(year, rule.month, 1), rule.weekday, "ahead")
        return first + timedelta(days=7 * (rule.nth - 1)) if first else None
    return make_day(year, rule.month, rule.day) if rule.month is not None and rule.day is not None else None
