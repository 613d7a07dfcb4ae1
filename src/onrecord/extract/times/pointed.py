"""Rules for times that point back to a date named before: "a day earlier", "that month", "the following year".

They count from that date; only distances ("a year earlier") fall back on the report's day where no date stands before.
"""

from __future__ import annotations

import re
from datetime import date

from onrecord.extract.times import periods
from onrecord.extract.times.amounts import duration_value, read_amount
from onrecord.extract.times.relative import UNDATED, UNDERSPECIFIED, moved, quarter_before
from onrecord.extract.times.sense import Anchor, Rule, Sense, Setting, dated, vague
from onrecord.model.text import Precision

UNIT_OF: dict[Precision, str] = {"minute": "D", "day": "D", "week": "W", "month": "M", "year": "Y"}


def _read_year_earlier(_match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "the year-ago period", "the same month last year": the date before, moved by a year."""
    if at.before is not None and at.before.start is not None:
        unit = "Q" if "Q" in (at.before.value or "") else UNIT_OF.get(at.before.precision)
        day = periods.move("Y", at.before.start, -1)
        if unit and day:
            return dated(periods.around(unit, day), "before")
    return moved("Y", -1, 1, at.day, "report") or vague("PAST_REF")


def _read_earlier(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "a day earlier", "two years later": from the date named before, else from the report's day."""
    unit = at.words.get("unit", match["unit"])
    amount = read_amount(match["amount"], at.words)
    back = match["way"].lower().startswith(("earl", "befor", "prev"))
    if unit is None or amount is None:
        return vague("PAST_REF") if back else vague(None)
    if back and unit == "Y" and (amount.numerator, amount.denominator) == (1, 1) and at.tells_results:
        return quarter_before(at)
    start = at.before.start if at.before else None
    day, anchor = _reference(unit, start, at)
    if day is None and not back:
        return vague(None)
    return moved(unit, -amount.numerator if back else amount.numerator, amount.denominator, day, anchor)


def _reference(unit: str, start: date | None, at: Setting) -> tuple[date | None, Anchor]:
    """What a distance counts from. A date before serves only when it is as fine as the distance."""
    fine = {"D": ("day", "minute"), "W": ("day", "minute", "week")}.get(unit)
    if start is not None and at.before is not None and (fine is None or at.before.precision in fine):
        return start, "before"
    return at.day, "report"


def _read_that(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "that day", "the same month", "the following year", "the next morning": from the date named before."""
    unit = at.words.get("unit", match["unit"])
    part = at.words.get("part", match["unit"])
    which = " ".join(match["which"].lower().split())
    step = 1 if which.endswith(("following", "next", "after")) else -1 if which.endswith(("previous", "before")) else 0
    start = at.before.start if at.before else None
    if part:
        day = periods.move("D", start, step) if start else None
        return Sense("TIME", f"{day}T{part}", "day", day, day, None, "before") if day else vague(None, "TIME")
    if unit is None or unit in UNDATED:
        return None
    if start is None or at.before is None or (unit == "D" and at.before.precision not in ("day", "minute")):
        return vague(UNDERSPECIFIED.get(unit))
    day = periods.move(unit, start, step)
    return dated(periods.around(unit, day), "before") if day else None


def _read_the(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "the day", told of before, or "the week", "the year": the report's own."""
    unit = at.words.get("unit", match["unit"])
    if unit is None:
        return None
    if match["ended"]:
        return vague(duration_value(read_amount("one", at.words), unit), "DURATION")
    if unit in ("W", "M", "Y"):
        return dated(periods.around(unit, at.day), "report") if at.day else vague(UNDERSPECIFIED[unit])
    told = at.quarter if unit == "Q" and at.quarter is not None else at.before
    if told is None or told.start is None:
        return vague(UNDERSPECIFIED[unit])
    fits = told.precision == "day" if unit == "D" else "Q" in (told.value or "")
    return dated(periods.around(unit, told.start), "before") if fits else vague(UNDERSPECIFIED[unit])


RULES: tuple[Rule, ...] = (
    Rule(
        "a time before or after another",
        "(?P<amount>%(amount)s) (?P<unit>%(unit)s) (?P<way>earlier|later|afterwards?|previously|beforehand)",
        _read_earlier,
    ),
    Rule(
        "a time pointed to",
        "(?P<which>that(?: same| very)?|the same|the following|the previous|the next(?= (?:day|%(part)s)\\b)) "
        "(?P<unit>%(unit)s|%(part)s)",
        _read_that,
    ),
    Rule(
        "a time pointed to", "the (?P<unit>day|week|month|year) (?P<which>before|after)(?=[,.;]| [,.;]|$)", _read_that
    ),
    Rule(
        "the day, week or year told of",
        "the (?:latest |fiscal |full |entire |whole )?(?P<unit>day|week|month|year|quarter)"
        "(?P<ended> (?:ended|ending))?"
        "(?! (?:that|when|of|before|after|in which|on which|he|she|they|it|we|i|to)\\b|-)",
        _read_the,
    ),
    Rule(
        "a time a year before",
        "(?:(?:the )?year-(?:ago|earlier)|the year-(?:ago|earlier) (?:period|quarter|month|week|time)"
        "|(?:the )?(?:same|corresponding|comparable) (?:period|quarter|month|week|time)"
        "(?: (?:of )?(?:the )?last year| (?:a|one) year (?:ago|earlier|before)"
        "| of the (?:previous|prior|preceding) year))",
        _read_year_earlier,
    ),
)
