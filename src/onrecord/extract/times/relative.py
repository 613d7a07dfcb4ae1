"""Rules for times told by their distance from now: today, last week, two years ago, the weekend, recently, soon.

All of them count from the report's day; without it they keep their form and get no days.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from onrecord.extract.times import periods
from onrecord.extract.times.amounts import duration_value, read_amount
from onrecord.extract.times.sense import Anchor, Rule, Sense, Setting, counted_day, dated, vague
from onrecord.model.days import Counted

BACK = ("last", "previous", "past", "this past")
AHEAD = ("next", "coming")
STEPS: dict[str, int] = {**dict.fromkeys(BACK, -1), "this": 0, "current": 0, **dict.fromkeys(AHEAD, 1)}
AFTER_SOON = frozenset({"as", "after", "before", "enough"})  # "as soon as", "soon after": no time of their own
# units too fine or too coarse for "this second", "this millennium" to be a date
UNDATED = ("S", "MIN", "H", "L", "F")
UNDERSPECIFIED: dict[str, str] = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "Q": "XXXX-QX"}


def _read_day(match: re.Match[str], at: Setting) -> Sense | None:
    """Today, yesterday, tomorrow, with a part of the day before or after."""
    distance = at.words.number("day", match["day"])
    part = at.words.get("part", match["part"] or match["part_before"] or "")
    return None if distance is None else _day_part(distance, part, at)


def _day_part(distance: int, part: str | None, at: Setting) -> Sense | None:
    return counted_day(Counted(distance), at.day, "XXXX-XX-XX", part)


def _read_part(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "this morning", "last night", "tonight", "overnight"."""
    if match["word"]:
        return _overnight(at) if match["word"].lower() == "overnight" else _day_part(0, "NI", at)
    part = at.words.get("part", match["part"])
    shift = match["shift"].lower()
    return _day_part(-1 if shift == "last" else 0, part, at)


def _overnight(at: Setting) -> Sense | None:
    """The night from yesterday to today."""
    night = _day_part(-1, "NI", at)
    return replace(night, end=at.day if night.start else None, counted=None) if night is not None else None


def _read_unit(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "last week", "this year", "the coming months"."""
    unit = at.words.get("unit", match["unit"])
    step = STEPS.get(" ".join(match["shift"].lower().split()))
    if unit is None or step is None or (unit in UNDATED and step == 0):
        return None
    if match["unit"].lower().endswith("s") and unit != "C":
        return vague({-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[step])
    words = " ".join(match.group().lower().split())
    if words.startswith(("the past", "past", "this past", "the coming")) or unit in ("H", "MIN", "S", "L", "F"):
        return stretch(unit, 1 if step > 0 else -1, at)
    if at.day is None:
        return vague(UNDERSPECIFIED.get(unit))
    day = periods.move(unit, at.day, step)
    return dated(periods.around(unit, day), "report") if day else None


def stretch(unit: str, step: int, at: Setting, words: str = "one") -> Sense | None:
    """A DURATION that runs up to the report's day or on from it: "the past three months", "the next two weeks"."""
    amount = read_amount(words, at.words)
    value = duration_value(amount, unit)
    if at.day is None or amount is None or unit in ("S", "MIN", "H", "L") or amount.denominator != 1:
        return vague(value, "DURATION")
    other = periods.move(unit, at.day, step * int(amount))
    if other is None:
        return vague(value, "DURATION")
    start, end = min(other, at.day), max(other, at.day)
    return Sense("DURATION", value, "interval", start, end, None, "report")


def quarter_before(at: Setting) -> Sense | None:
    """The quarter that the report tells of, a year before."""
    start = at.quarter.start if at.quarter else None
    day = periods.move("Y", start, -1) if start else None
    return dated(periods.around("Q", day), "before") if day else None


def _read_ago(match: re.Match[str], at: Setting) -> Sense | None:
    unit = at.words.get("unit", match["unit"])
    one = "" if match["unit"].lower().endswith("s") else "one"
    amount = read_amount(match["amount"] or one, at.words)
    if unit is None:
        return None
    if amount is None:
        return vague("PAST_REF")
    if unit == "Y" and (amount.numerator, amount.denominator) == (1, 1) and at.tells_results:
        return quarter_before(at)
    return moved(unit, -amount.numerator, amount.denominator, at.day, "report") or vague("PAST_REF")


def moved(unit: str, count: int, under: int, anchor_day: date | None, anchor: Anchor) -> Sense | None:
    """The period `count` units (over `under`) from a day; half years go by months."""
    if under == 2 and unit == "Y":
        unit, count, under = "M", count * 6, 1
    if unit == "F":
        unit, count = "W", count * 2
    if unit in ("S", "MIN", "H"):
        return vague(None, "TIME")
    if anchor_day is None:
        return vague(UNDERSPECIFIED.get(unit))
    day = periods.move(unit, anchor_day, round(count / under))
    return dated(periods.around("Y" if unit == "E" else unit, day), anchor) if day else None


def _read_weekend(match: re.Match[str], at: Setting) -> Sense | None:
    if at.day is None:
        return vague("XXXX-WXX-WE")
    shift = (match["shift"] or "").lower()
    ahead = shift in ("next", "coming", "this coming") or at.direction == "future"
    on_weekend = at.day.isoweekday() >= 6
    back = not ahead and (shift == "last" or (not on_weekend and shift != "this"))
    day = periods.move("W", at.day, 1 if shift == "next" else -1 if back else 0)
    return dated(periods.of_weekend(day), "report") if day else None


def _read_year_end(_match: re.Match[str], at: Setting) -> Sense | None:
    if at.day is None:
        return vague("XXXX", modifier="END")
    back = at.direction == "past" and at.day.month <= 6
    return dated(periods.of_year(at.day.year - back), "report", "END")


def _read_reference(match: re.Match[str], at: Setting) -> Sense | None:
    value = at.words.get("reference", match["reference"])
    after = at.token_after
    if match["reference"].lower().endswith("soon") and after is not None and after.lower in AFTER_SOON:
        return None
    return vague(value) if value else None


def _read_recent(match: re.Match[str], _at: Setting) -> Sense | None:
    return vague("PAST_REF" if match["which"].lower().startswith(("recent", "past")) else "FUTURE_REF")


RULES: tuple[Rule, ...] = (
    Rule(
        "a day by its distance from today",
        "(?:(?P<part_before>%(part)s) )?(?P<day>%(day)s)(?: (?P<part>%(part)s))?",
        _read_day,
    ),
    Rule("a part of the day", "(?:(?P<shift>this|last) (?P<part>%(part)s)|(?P<word>tonight|overnight))", _read_part),
    Rule(
        "a period by its distance from now",
        "(?:the )?(?P<shift>last|this past|this|current|next|coming|past|previous) "
        "(?:fiscal |calendar |financial )?(?P<unit>%(unit)s)",
        _read_unit,
    ),
    Rule(
        "a time ago",
        "(?:(?P<amount>%(amount)s)[ -])?(?P<unit>%(unit)s)(?: or (?:so|two|more))?[ -]ago(?! (?:period|quarter)\\b)",
        _read_ago,
    ),
    Rule("the weekend", "(?:the |(?P<shift>last|this coming|this|next|coming) )weekend", _read_weekend),
    Rule("the end of a year", "(?:the )?year ?['’]s[ -]end|(?:the )?year[ -]end", _read_year_end),
    Rule("now, then or soon", "(?P<reference>%(reference)s)(?!-)", _read_reference),
    Rule(
        "recent or coming times",
        "(?:the )?(?P<which>most recent|recent|coming|future) (?:(?:few|several) )?"
        "(?P<unit>%(unit)s)(?: and (?:%(unit)s))?",
        _read_recent,
    ),
)
