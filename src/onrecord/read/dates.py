"""Dates as pages state them, read without guessing: a form that can be read two ways is left alone.

Values are ISO 8601: a day, a month where no day is given, or a minute with its offset from UTC where that is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.model.offsets import Span
from onrecord.model.text import Precision

EARLIEST, LATEST = 1900, 2100
UNSET = frozenset({"1970-01-01", "1900-01-01"})  # what programs write where no date was set

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# abbreviations that mean one thing in news: CST, IST, AST and ET are left out, each is used for several offsets
ZONES = {
    "z": "+00:00", "gmt": "+00:00", "utc": "+00:00", "wet": "+00:00", "bst": "+01:00", "cet": "+01:00", "wat": "+01:00",
    "cest": "+02:00", "eet": "+02:00", "sast": "+02:00", "cat": "+02:00", "eest": "+03:00", "msk": "+03:00",
    "eat": "+03:00", "trt": "+03:00", "irst": "+03:30", "aft": "+04:30", "pkt": "+05:00", "npt": "+05:45",
    "wib": "+07:00", "hkt": "+08:00", "sgt": "+08:00", "pht": "+08:00", "awst": "+08:00", "jst": "+09:00",
    "kst": "+09:00", "aest": "+10:00", "aedt": "+11:00", "nzst": "+12:00", "nzdt": "+13:00", "edt": "-04:00",
    "est": "-05:00", "cdt": "-05:00", "mdt": "-06:00", "mst": "-07:00", "pdt": "-07:00", "pst": "-08:00",
}  # fmt: skip

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ZONE = r"(?P<zone>(?:utc|gmt) ?[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}|[a-z]{1,4}(?![a-z]))"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2}(?:[.,]\d+)?)?(?: ?(?P<half>[ap])\.?m\.?)?"
    rf"(?: ?\(?{_ZONE}\)?)?"
)
_DAY = re.compile(
    rf"""(?<![\w/.-])(?:
      (?P<y1>\d{{4}})(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?![\d-])
    | (?P<n2>{_MONTH})\ ?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\ (?P<y2>\d{{4}})
    | (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:\ of)?[ -](?P<n3>{_MONTH})[ ,-]{{1,2}}(?P<y3>\d{{4}})
    | (?P<a4>\d{{1,2}})(?P<s4>[./])(?P<b4>\d{{1,2}})(?P=s4)(?P<y4>\d{{4}})(?!\d)
    | (?P<y5>\d{{4}})年(?P<m5>\d{{1,2}})月(?P<d5>\d{{1,2}})日
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(rf"(?:T|,? (?:at |- |– |— |[|/] ?)?|, ?|[-–—|/ ]{{1,3}})\(?{_CLOCK}", re.IGNORECASE)
_BEFORE = re.compile(rf"{_CLOCK}(?:,? (?:on )?|[-–—|/ ]{{1,3}})(?:{_WEEKDAY}\.?,? )?$", re.IGNORECASE)
_URL_DAY = re.compile(
    rf"[/_-](?P<y>(?:19|20)\d\d)(?P<s>[-/_]?)(?P<m>\d\d|{_MONTH})(?P=s)(?P<d>\d\d?)(?![\d])", re.IGNORECASE
)
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>\d\d)(?=/|$)")
_FILLING = re.compile(
    rf"\b{_WEEKDAY}\b|\b(?:first |last |originally )?(?:published?|posted|updated?|modified|issued|released|created|"
    r"added|filed|uploaded|dated?|time|on|at|of|by|and|in|am|pm|read|min|minutes?|ago|hrs?|local time|print edition)"
    r"\b|\b[a-z]{1,4}t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date in a text, and where it stands there, its time included."""

    value: str
    precision: Precision
    span: Span


def find_dates(text: str) -> Iterator[StatedDate]:
    """All whole dates (with a year) in a text, in order."""
    for match in _DAY.finditer(text):
        day = _day(match)
        if day is None:
            continue
        after = _AFTER.match(text, match.end())
        before = _BEFORE.search(text[max(0, match.start() - 40) : match.start()]) if after is None else None
        minute = _minute(after or before)
        start, end = match.span()
        if minute is None:
            yield StatedDate(day, "day", Span(start, end))
        else:
            shift = match.start() - min(40, match.start())
            start = shift + before.start() if before else start
            yield StatedDate(f"{day}T{minute}", "minute", Span(start, after.end() if after else end))


def read_date(text: str) -> tuple[str, Precision] | None:
    """The date a metadata value or date line states first; midnight sharp is taken for a bare day."""
    found = next(find_dates(" ".join(text.split())[:200]), None)
    if found is None or found.value[:10] in UNSET:
        return None
    if found.precision == "minute" and found.value[11:16] == "00:00":
        return found.value[:10], "day"
    return found.value, found.precision


def date_in_address(address: str) -> tuple[str, Precision, str] | None:
    """The day or month in the path of a web address, and the words that say it."""
    path = address.partition("?")[0]
    for match in _URL_DAY.finditer(path):
        day = _iso(match["y"], _month_number(match["m"]), match["d"])
        if day is not None and (match["s"] or len(match["d"]) == 2):
            return day, "day", match.group().strip("/_-")
    for match in _URL_MONTH.finditer(path):
        if _iso(match["y"], int(match["m"]), "1"):
            return f"{match['y']}-{match['m']}", "month", match.group().strip("/")
    return None


def is_date_line(text: str) -> bool:
    """Whether a block is a date and little else: a label, a weekday, an author's or place's name."""
    if len(text) > 120:
        return False
    found = list(find_dates(text))
    if not found:
        return False
    rest = text
    for stated in reversed(found):
        rest = rest[: stated.span.start] + " " + rest[stated.span.end :]
    rest = _FILLING.sub(" ", rest)
    return sum(character.isalpha() for character in rest) <= max(12, sum(len(stated.span) for stated in found))


def _day(match: re.Match[str]) -> str | None:
    group = match.groupdict()
    if group["y1"]:
        return _iso(group["y1"], int(group["m1"]), group["d1"])
    if group["y2"]:
        return _iso(group["y2"], _month_number(group["n2"]), group["d2"])
    if group["y3"]:
        return _iso(group["y3"], _month_number(group["n3"]), group["d3"])
    if group["y5"]:
        return _iso(group["y5"], int(group["m5"]), group["d5"])
    first, second = int(group["a4"]), int(group["b4"])
    if group["s4"] == "." or first > 12 or first == second:  # with dots the day always comes first
        return _iso(group["y4"], second, str(first))
    return _iso(group["y4"], first, str(second)) if second > 12 else None


def _month_number(word: str) -> int:
    return int(word) if word.isdigit() else MONTHS.index(word[:3].lower()) + 1


def _iso(year: str, month: int, day: str) -> str | None:
    try:
        found = date(int(year), month, int(day))
    except ValueError:
        return None
    return found.isoformat() if EARLIEST <= found.year <= LATEST else None


def _minute(clock: re.Match[str] | None) -> str | None:
    """HH:MM with the offset where one is known; None where no clock time is there."""
    if clock is None:
        return None
    hour, minute, half = int(clock["hour"]), int(clock["minute"]), (clock["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    return f"{hour:02}:{minute:02}{_offset(clock['zone'] or '')}"


def _offset(zone: str) -> str:
    """An offset from UTC as ±HH:MM; "" where the zone is not known for sure."""
    zone = zone.lower().replace(" ", "")
    if zone in ZONES:
        return ZONES[zone]
    match = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", zone)
    if match is None or int(match[2]) > 14:
        return ""
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}"
