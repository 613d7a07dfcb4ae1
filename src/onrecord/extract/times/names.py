"""Rules for times called by a name that comes round again: weekdays, months, seasons, holidays, quarters.

Which one is meant follows from the words beside it (last, next, this, a year) or else from direction and policy.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date

from onrecord.extract.times import periods
from onrecord.extract.times.dates import is_capital, nearest_year
from onrecord.extract.times.policy import FAR, choose
from onrecord.extract.times.sense import Rule, Sense, Setting, counted_day, dated, vague
from onrecord.extract.times.years import spelled_year
from onrecord.lexicon.times import HolidayRule
from onrecord.model.days import Counted

BACK = frozenset({"last", "the last", "the past", "this past", "the previous"})
AHEAD = frozenset({"next", "the next", "the coming", "this coming", "the following"})
MIDDLES: dict[str, int] = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}  # the month in the middle of a season
HALF_A_SEASON = 45  # days after its middle until which a season is not over, and not yet the "last" one
YEAR_SHIFTS: dict[str, int] = {"last": -1, "this": 0, "next": 1}
# labels of the parser's recogniser under which a month or weekday is part of a name ("Good Friday Agreement")
NAMES = frozenset({"PERSON", "ORG", "GPE", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT", "NORP", "LOC"})
SHIFT = (  # "following Wednesday's talks" is a preposition: only "the following" moves a name
    "(?:(?P<shift>(?:the )?(?:last|next)|the (?:past|previous|following|coming)|this past|this coming|this) )?"
)


def shifted(match: re.Match[str]) -> str:
    """The word that moves a name: "last", "this coming", or nothing."""
    return " ".join((match["shift"] or "").lower().split())


def is_name_part(at: Setting) -> bool:
    """Whether the words stand inside a longer name of something other than a time."""
    if at.word_before in ("on", "since", "until"):
        return False
    tokens, after = at.parsed.tokens, at.token_after
    last = tokens[at.last - 1]
    if after is not None and after.pos == "PROPN" and last.dep == "compound" and last.head == after.i:
        return True
    named = at.parsed.named
    index = bisect_right(named, at.first, key=lambda name: name.first) - 1
    if index < 0 or named[index].label not in NAMES:
        return False
    return at.last <= named[index].last and named[index].last - named[index].first > at.last - at.first


def is_meant(form: str, at: Setting) -> bool:
    """Whether an ambiguous or shortened form stands where a time would."""
    caution = at.words.caution(form)
    led = at.words.has("month_lead", at.word_before)
    if caution == "short":
        return form.endswith(".") and (led or at.word_before in ("on", "("))
    if caution == "word":
        return led and is_capital(form)
    return is_capital(form)


def _read_weekday(match: re.Match[str], at: Setting) -> Sense | None:
    weekday = at.words.number("weekday", match["weekday"])
    shift = shifted(match)
    if weekday is None or is_name_part(at) or not (shift or is_meant(match["weekday"], at)):
        return None
    part = at.words.get("part", match["part"]) if match["part"] else None
    if match["many"] or match["nights"]:
        return vague(f"XXXX-WXX-{weekday}T{part}" if part else f"XXXX-WXX-{weekday}", "SET")
    return counted_day(_weekday(weekday, shift, at), at.day, f"XXXX-WXX-{weekday}", part)


def _weekday(weekday: int, shift: str, at: Setting) -> Counted:
    """Which such weekday is meant; "last" and "next" leave the report's own day out."""
    if shift in BACK:
        return Counted(-1, weekday, "back")
    if shift in AHEAD:
        return Counted(1, weekday, "ahead")
    ahead = choose("weekday", at.direction) == "ahead" or (shift == "this" and at.direction == "open")
    return Counted(0, weekday, "ahead" if ahead else "back")


def _read_month(match: re.Match[str], at: Setting) -> Sense | None:
    month = at.words.number("month", match["month"])
    shift = shifted(match)
    if month is None or not is_capital(match["month"]) or is_name_part(at):
        return None
    if not (shift or match["year_shift"] or is_meant(match["month"], at)):
        return None
    if at.day is None:
        return vague(f"XXXX-{month:02d}")
    if match["year_shift"]:
        year = at.day.year + YEAR_SHIFTS[match["year_shift"].lower()]
        return dated(periods.of_month(year, month), "report")
    return dated(periods.of_month(_month_year(month, shift, at, at.day), month), "report")


def _month_year(month: int, shift: str, at: Setting, anchor: date) -> int:
    """The year of a bare month, a "last April", a "next May", a "this September"."""
    if shift in BACK:
        return anchor.year - (month >= anchor.month)
    if shift in AHEAD:
        return anchor.year + (month <= anchor.month)
    if shift == "this":
        return anchor.year
    if month == anchor.month:
        return anchor.year
    found = nearest_year(month, 15, anchor.replace(day=15), choose("month", at.direction))
    return found.year if found else anchor.year


def _read_season(match: re.Match[str], at: Setting) -> Sense | None:
    season = at.words.get("season", match["season"])
    head = at.parsed.tokens[at.last - 1]
    shift = shifted(match)
    if season is None or is_name_part(at):
        return None
    if match["year"]:
        year = spelled_year(match["year"], at)
        return dated(periods.of_season(year, season)) if year else None
    led = match["the"] or at.words.has("month_lead", at.word_before)
    if not shift and (head.pos not in ("NOUN", "PROPN") or not led):
        return None
    if at.day is None:
        return vague(f"XXXX-{season}")
    return dated(periods.of_season(_season_year(season, shift, at, at.day), season, told_by_year=False), "report")


def _season_year(season: str, shift: str, at: Setting, anchor: date) -> int:
    """The year of a season by its middle: "last" the one before the anchor's, "next" the one after."""
    month = MIDDLES[season]
    if shift == "this" and season != "WI":
        return anchor.year
    behind = nearest_year(month, 16, anchor, "back", however_far=True)
    ahead = nearest_year(month, 16, anchor, "ahead", however_far=True)
    close = nearest_year(month, 16, anchor, "near")
    if behind is None or ahead is None or close is None:
        return anchor.year
    if shift in BACK:
        return behind.year - ((anchor - behind).days <= HALF_A_SEASON)
    if shift in AHEAD:
        return ahead.year
    if shift == "this":
        return close.year
    choice = choose("season", at.direction)
    return {"back": behind, "ahead": ahead, "near": close}[choice].year


def _read_holiday(match: re.Match[str], at: Setting) -> Sense | None:
    rule = at.words.holidays.get(" ".join(match["holiday"].lower().split()))
    if rule is None or not is_capital(match["holiday"]) or is_name_part(at):
        return None
    if match["year"]:
        day = periods.on_holiday(rule, int(match["year"]))
        return dated(periods.of_day(day)) if day else None
    if at.day is None:
        return vague(None)
    day = _nearest_holiday(rule, shifted(match), at, at.day)
    return dated(periods.of_day(day), "report") if day else None


def _nearest_holiday(rule: HolidayRule, shift: str, at: Setting, anchor: date) -> date | None:
    """The holiday of the year that the words beside it, or the policy, ask for."""
    years = (year for year in (anchor.year - 1, anchor.year, anchor.year + 1) if 1 < year < 9999)
    days = [day for year in years if (day := periods.on_holiday(rule, year)) is not None]
    choice = "back" if shift in BACK else "ahead" if shift in AHEAD else choose("holiday", at.direction)
    behind = max((day for day in days if day <= anchor), default=None)
    ahead = min((day for day in days if day >= anchor), default=None)
    if choice == "back" and behind and ((anchor - behind).days < FAR or shift in BACK):
        return behind
    if choice == "ahead":
        return ahead
    return min(days, key=lambda day: abs((day - anchor).days), default=None)


def _read_quarter(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "the third quarter (of 2009)", "Q3 2009", "the second half of last year"."""
    which = match["ordinal"] or match["number"]
    number = int(which) if which.isdigit() else at.words.number("ordinal", which)
    halves = (match["unit"] or "").lower() == "half"
    said, shift = match["year"] or match["year_first"], match["year_shift"] or match["year_shift_first"]
    count, make = (2, periods.of_half) if halves else (4, periods.of_quarter)
    if number is None or number > count or ((number < 0 or halves) and not said and not shift):
        return None  # "the last quarter" is a quarter by its distance; "the second half" may be of a match
    number = count if number < 0 else number
    if said:
        return dated(make(int(said), number))
    if at.day is None:
        return vague(f"XXXX-{'H' if halves else 'Q'}{number}")
    if shift:
        return dated(make(at.day.year + YEAR_SHIFTS[shift.lower()], number), "report")
    away = number - (at.day.month + 2) // 3
    if choose("quarter", at.direction) == "back" or away == 2:
        return dated(make(at.day.year - (away > 0), number), "report")
    return dated(make(at.day.year + (away < -2) - (away > 2), number), "report")


RULES: tuple[Rule, ...] = (
    Rule(
        "a weekday",
        SHIFT + "(?P<weekday>%(weekday)s)(?P<many>s)?(?:[ -](?P<part>%(part)s)(?P<nights>s)?)?",
        _read_weekday,
    ),
    Rule(
        "a month",
        SHIFT + "(?P<month>%(month)s)(?:,? (?:of )?(?P<year_shift>last|this|next) year)?",
        _read_month,
    ),
    Rule(
        "a season",
        SHIFT + "(?P<the>the )?(?P<season>%(season)s)(?:(?: of|,)? (?P<year>%(year)s|%(year_in_words)s))?",
        _read_season,
    ),
    Rule("a holiday", SHIFT + "(?P<holiday>%(holiday_name)s)(?: (?P<year>%(year)s))?", _read_holiday),
    Rule(
        "a quarter or half of a year",
        "(?:(?P<year_shift_first>last|this|next) year ?['’]s )?(?:the )?(?:(?P<year_first>%(year)s) )?(?:fiscal )?"
        "(?:(?P<ordinal>%(ordinal)s)[ -](?P<unit>quarter|half)|Q(?P<number>[1-4]))"
        "(?:(?: of|,)? (?:the )?(?:fiscal )?(?:(?P<year>%(year)s)|(?P<year_shift>last|this|next) year))?",
        _read_quarter,
    ),
)
