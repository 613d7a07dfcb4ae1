"""Rules for times of day: "10:35 a.m.", "18:00 UTC", "noon Saturday", on the day said with them.

Without a day in its sentence a clock time falls on the report's day.
"""

from __future__ import annotations

import re

from onrecord.extract.times.sense import Anchor, Rule, Sense, Setting, vague


def _read_clock(match: re.Match[str], at: Setting) -> Sense | None:
    """Hours of the twelve-hour clock: "10:35 a.m."."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if minute > 59 or not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return on_day(f"{hour:02d}:{minute:02d}", match["zone"], at)


def _read_day_clock(match: re.Match[str], at: Setting) -> Sense | None:
    """Hours of the twenty-four-hour clock: "18:00 UTC", "0800 hours"; a bare "18:00" only after words such as "at"."""
    if not match["zone"] and not match["hours"] and not at.words.has("clock_lead", at.word_before):
        return None
    return on_day(f"{int(match['hour']):02d}:{match['minute']}", match["zone"], at)


def on_day(clock: str, zone: str | None, at: Setting) -> Sense:
    """A clock time on the day named in the same sentence, else on the report's."""
    clock += _offset(zone, at) if zone else ""
    day, anchor = at.day, "report"
    if at.near and at.before is not None and at.before.start is not None and at.before.start == at.before.end:
        day, anchor = at.before.start, "before"
    if day is None:
        return vague(f"XXXX-XX-XXT{clock}", "TIME")
    where: Anchor = "before" if anchor == "before" else "report"
    return Sense("TIME", f"{day.isoformat()}T{clock}", "minute", day, day, None, where)


def _offset(zone: str, at: Setting) -> str:
    """A zone as TIMEX3 has it: Z, +03:00, or nothing where its name stands for several."""
    shift = SHIFTED.fullmatch(zone)
    if shift is None:
        known = at.words.get("zone", zone)
        return known if known and known != "?" else ""
    return f"{shift['sign']}{int(shift['hours']):02d}:{shift['minutes'] or '00'}"


def _read_word(match: re.Match[str], at: Setting) -> Sense | None:
    clock = at.words.get("clock", match["clock"])
    return on_day(clock, match["zone"], at) if clock else None


def _read_oclock(match: re.Match[str], at: Setting) -> Sense | None:
    hour = int(match["hour"]) if match["hour"].isdigit() else at.words.number("number", match["hour"])
    part = at.words.get("part", match["part"] or match["day_part"] or "")
    if hour is None or not 1 <= hour <= 12:
        return None
    late = part in ("AF", "EV") or (part == "NI" and hour >= 6)
    return on_day(f"{hour % 12 + (12 if late else 0):02d}:00", None, at)


SHIFTED = re.compile(r"(?:GMT|UTC)\s?(?P<sign>[+-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?", re.IGNORECASE)
ZONE_NAME = r"(?:(?:GMT|UTC) ?[+-] ?\d{1,2}(?::?[0-5]\d)?|%(zone)s)"
ZONE = rf"(?: ?(?P<bracket>\( ?)?(?P<zone>{ZONE_NAME})(?(bracket) ?\)))?"
RULES: tuple[Rule, ...] = (
    Rule(
        "a time of day",
        r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap])(?:m|\. ?m\.?)" + ZONE,
        _read_clock,
    ),
    Rule(
        "a time of day",
        r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?P<hours> ?(?:hours|hrs|h))?" + ZONE,
        _read_day_clock,
    ),
    Rule(
        "a time of day",
        r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d) (?:(?P<hours>hours|hrs)|(?P<zone>" + ZONE_NAME + "))",
        _read_day_clock,
    ),
    Rule("a time of day", "(?P<clock>%(clock)s)" + ZONE, _read_word),
    Rule(
        "a time of day",
        r"(?P<hour>\d{1,2}|%(number)s) "
        r"(?:o['’]clock(?: (?:in the |at )(?P<part>%(part)s))?|in the (?P<day_part>%(part)s))",
        _read_oclock,
    ),
)
