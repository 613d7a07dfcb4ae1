"""Rules for dates that their own words place in the calendar: days, weeks and months.

A date without its year takes one from the anchor (or from the weekday said with it); nothing else here needs an anchor.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from onrecord.extract.times import periods
from onrecord.extract.times.policy import FAR, Choice, choose
from onrecord.extract.times.sense import Anchor, Rule, Sense, Setting, dated, vague
from onrecord.extract.times.years import full_year, spelled_year
from onrecord.model.days import make_day

YEAR_REACH = 8  # years searched for one in which a day falls on the weekday said: a calendar repeats within 6 or 11


def nearest_year(
    month: int, day: int, anchor: date, choice: Choice, weekday: int | None = None, however_far: bool = False
) -> date | None:
    """The day in the year that the policy asks for; with a weekday, in a year where it falls on that weekday."""
    found = [
        candidate
        for year in range(anchor.year - YEAR_REACH, anchor.year + YEAR_REACH + 1)
        if (candidate := make_day(year, month, day)) is not None
        and (weekday is None or candidate.isoweekday() == weekday)
    ]
    behind = max((candidate for candidate in found if candidate <= anchor), default=None)
    ahead = min((candidate for candidate in found if candidate >= anchor), default=None)
    wanted = behind if choice == "back" else ahead if choice == "ahead" else None
    if wanted is not None and (however_far or weekday is not None or abs((wanted - anchor).days) < FAR):
        return wanted
    return min(found, key=lambda candidate: abs((candidate - anchor).days), default=None)


def _read_day(match: re.Match[str], at: Setting) -> Sense | None:
    """A day of a month, with or without weekday and year."""
    groups = match.groupdict()
    month = at.words.number("month", groups["month"])
    digits = re.match(r"\d+", groups["day"])
    day = int(digits.group()) if digits else at.words.number("ordinal", groups["day"])
    if month is None or day is None or not is_capital(groups["month"]):
        return None
    if groups.get("year"):
        found = make_day(full_year(groups["year"]), month, day)
        return dated(periods.of_day(found)) if found else None
    if match.group().lower().startswith("last"):
        at = replace(at, direction="past")
    weekday = at.words.number("weekday", groups["weekday"]) if groups.get("weekday") else None
    return yearless(month, day, weekday, at)


def yearless(month: int, day: int, weekday: int | None, at: Setting) -> Sense | None:
    """A day of a month in the year that anchor and direction give it."""
    if make_day(2000, month, day) is None:  # a leap year: every day that ever is
        return None
    if at.day is None:
        return vague(f"XXXX-{month:02d}-{day:02d}")
    choice = "near" if weekday else choose("date", at.direction)
    found = nearest_year(month, day, at.day, choice, weekday) or nearest_year(month, day, at.day, choice)
    return dated(periods.of_day(found), "report") if found else None


def is_capital(name: str) -> bool:
    return name[:1].isupper()


def _read_iso(match: re.Match[str], _at: Setting) -> Sense | None:
    day = make_day(int(match["year"]), int(match["month"]), int(match["day"]))
    if day is None:
        return None
    if match["hour"] is None or int(match["hour"]) > 24 or int(match["minute"]) > 59:
        return dated(periods.of_day(day))
    value = f"{day.isoformat()}T{match['hour']}:{match['minute']}{match['zone'] or ''}"
    return Sense("TIME", value, "minute", day, day)


def _read_slashes(match: re.Match[str], at: Setting) -> Sense | None:
    """7/8/07: day and month only where one of them is over 12, they are equal, or one reading lies near the report."""
    first, second, year = int(match["first"]), int(match["second"]), full_year(match["year"])
    readings = {make_day(year, first, second), make_day(year, second, first)} - {None}
    days = sorted(day for day in readings if day is not None)
    if len(days) > 1 and at.day is not None:
        anchor = at.day
        close = [day for day in days if abs((day - anchor).days) <= 7]
        return dated(periods.of_day(close[0]), "report") if len(close) == 1 else vague(None)
    if not days:
        return None
    return dated(periods.of_day(days[0])) if len(days) == 1 else vague(None)


def _read_days(match: re.Match[str], at: Setting) -> Sense | None:
    """A range inside one month: "March 3-5, 2011"."""
    month, low, high = at.words.number("month", match["month"]), int(match["low"]), int(match["high"])
    if month is None or low >= high or not is_capital(match["month"]):
        return None
    first = dated_day(match["year"], month, low, at)
    last = dated_day(match["year"], month, high, at)
    if first is None or last is None:
        return vague(f"XXXX-{month:02d}-{low:02d}/XXXX-{month:02d}-{high:02d}") if at.day is None else None
    anchor: Anchor = "text" if match["year"] else "report"
    return Sense("DATE", f"{first}/{last}", "interval", first, last, None, anchor)


def dated_day(year: str | None, month: int, day: int, at: Setting) -> date | None:
    """A day in a year said, or in the one that the anchor gives."""
    if year:
        return make_day(full_year(year), month, day)
    return nearest_year(month, day, at.day, choose("date", at.direction)) if at.day else None


def _read_week_of(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "the week of March 6": the ISO week of that day."""
    day = _read_day(match, at)
    if day is None or day.start is None:
        return vague("XXXX-WXX") if day else None
    return dated(periods.of_week(day.start), day.anchor)


def _read_part_of_month(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "the last week of March": the ISO week of its middle, the nth seven days of the month."""
    month, which = at.words.number("month", match["month"]), at.words.number("ordinal", match["which"])
    if month is None or which is None or not is_capital(match["month"]):
        return None
    start = dated_day(match["year"], month, 1, at)
    if start is None:
        return vague(f"XXXX-{month:02d}")
    anchor: Anchor = "text" if match["year"] else "report"
    if match["unit"].lower() == "day":
        return dated(periods.of_day(periods.last_day(start.year, month)), anchor) if which == -1 else None
    if which > 5:
        return None
    end = periods.last_day(start.year, month)
    middle = periods.move("D", end, -3) if which == -1 else periods.move("D", start, 7 * which - 4)
    if middle is None:
        return None
    return dated(periods.of_week(middle) if match["unit"].lower() == "week" else periods.of_weekend(middle), anchor)


def _read_month_year(match: re.Match[str], at: Setting) -> Sense | None:
    month = at.words.number("month", match["month"])
    year = spelled_year(match["year"], at)
    if month is None or year is None or not is_capital(match["month"]):
        return None
    return dated(periods.of_month(year, month))


RULES: tuple[Rule, ...] = (
    Rule(
        "a date in ISO form",
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
        r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:\.\d{1,6})?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
        _read_iso,
    ),
    Rule("a date in figures", r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{4}|\d\d)", _read_slashes),
    Rule(
        "a day of a month",
        "(?:(?:this |last |the )?(?:coming |past )?(?P<weekday>%(weekday)s)(?: ?,)? (?:the )?|last )?"
        "(?P<month>%(month)s) ?(?:the )?(?P<day>%(day_number)s|%(ordinal)s)(?:%(comma)s(?P<year>%(year)s))?",
        _read_day,
    ),
    Rule(
        "a day of a month",
        "(?:(?P<weekday>%(weekday)s)(?: ?,)? )?(?:the )?(?P<day>%(day_number)s)(?: day)?(?: of)? (?P<month>%(month)s)"
        "(?:%(comma)s(?P<year>%(year)s))?",
        _read_day,
    ),
    Rule(
        "days of a month",
        r"(?P<month>%(month)s) (?P<low>\d{1,2}) ?(?:-|–|—|to) ?(?P<high>\d{1,2})(?!\d|:\d)"
        "(?:%(comma)s(?P<year>%(year)s))?",
        _read_days,
    ),
    Rule(
        "days of a month",
        r"(?P<low>\d{1,2}) ?(?:-|–|—|to) ?(?P<high>\d{1,2}) (?P<month>%(month)s)(?:%(comma)s(?P<year>%(year)s))?",
        _read_days,
    ),
    Rule(
        "the week around a day",
        "the week (?:of|beginning|starting|ending)(?: on)? (?:the )?(?:(?P<weekday>%(weekday)s)(?: ?,)? )?"
        "(?P<month>%(month)s) (?P<day>%(day_number)s)(?:%(comma)s(?P<year>%(year)s))?",
        _read_week_of,
    ),
    Rule(
        "a part of a month",
        "(?:the )?(?P<which>%(ordinal)s) (?P<unit>week|weekend|day) (?:of|in) (?P<month>%(month)s)"
        "(?:%(comma)s(?P<year>%(year)s))?",
        _read_part_of_month,
    ),
    Rule(
        "a month of a year",
        "(?P<month>%(month)s)(?: of|,)? (?P<year>%(year)s|%(year_in_words)s)",
        _read_month_year,
    ),
)
