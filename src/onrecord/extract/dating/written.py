"""Dates as they stand in a text: full ones, months of a year, years, and days of a month without their year.

Only forms that name the calendar themselves are read here; times told by their distance are no help in dating a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from onrecord.lexicon.times import TimeWords
from onrecord.model.days import make_day
from onrecord.model.offsets import Span

ISO_DAY = r"(?P<iso_year>(?:19|20)\d\d)-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:%])"
YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d%-])"
COMMA = r"\s{0,2},?\s{1,2}"
LEAP_YEAR = 2000  # has every day that any year has


@dataclass(frozen=True, slots=True)
class Written:
    """A date at characters of the text: its first and last day, or else month, day and weekday without the year."""

    span: Span
    first: date | None
    last: date | None
    month: int = 0
    day: int = 0
    weekday: int | None = None

    @property
    def is_day(self) -> bool:
        return self.first is not None and self.first == self.last


@cache
def _patterns(words: TimeWords) -> tuple[re.Pattern[str], ...]:
    """The shapes of dates, the fuller ones first."""
    month = f"(?P<month>{words.pattern('month')})"
    weekday = rf"(?:(?P<weekday>{words.pattern('weekday')})\s?,?\s)?"
    shapes = (
        ISO_DAY,
        rf"{weekday}{month}\s{DAY}(?:{COMMA}{YEAR})?",
        rf"{weekday}{DAY}\s{month}(?:{COMMA}{YEAR})?",
        rf"{month},?\s{YEAR}",
        YEAR,
    )
    return tuple(re.compile(rf"(?<![\w$€£-]){shape}(?!\w)", re.IGNORECASE) for shape in shapes)


def find_written(text: str, start: int, end: int, words: TimeWords) -> tuple[Written, ...]:
    """The dates in a stretch of text, in order, none inside another."""
    found: list[Written] = []
    taken = bytearray(end - start)
    for pattern in _patterns(words):
        for match in pattern.finditer(text, start, end):
            span = Span(match.start(), match.end())
            if not any(taken[span.start - start : span.end - start]):
                taken[span.start - start : span.end - start] = b"\x01" * len(span)
                found.extend(_read(match, span, words))
    return tuple(sorted(found, key=lambda written: written.span))


def _read(match: re.Match[str], span: Span, words: TimeWords) -> Iterator[Written]:
    groups = match.groupdict(default="")
    if groups.get("iso_year"):
        day = make_day(int(groups["iso_year"]), int(groups["iso_month"]), int(groups["iso_day"]))
        if day is not None:
            yield Written(span, day, day)
        return
    name = groups.get("month", "")
    month, year = words.number("month", name), int(groups.get("year") or 0)
    if name and not name[0].isupper():
        return
    if month and groups.get("day"):
        yield from _day(span, year, month, int(groups["day"]), words.number("weekday", groups.get("weekday", "")))
    elif month and year:
        following = date(year + month // 12, month % 12 + 1, 1)
        yield Written(span, date(year, month, 1), following - timedelta(days=1))
    elif year:
        yield Written(span, date(year, 1, 1), date(year, 12, 31))


def _day(span: Span, year: int, month: int, day: int, weekday: int | None) -> Iterator[Written]:
    found = make_day(year or LEAP_YEAR, month, day)
    if found is not None:
        yield Written(span, found if year else None, found if year else None, month, day, weekday)
