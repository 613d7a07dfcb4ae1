"""Words at the edges of a time: "late February", "the end of the year", "nearly two years", "a week or so".

They widen the span, set the TIMEX3 modifier and narrow the days to the part that they name, a third of the whole.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from onrecord.extract.times.periods import move
from onrecord.extract.times.sense import Sense
from onrecord.lexicon.times import TimeWords, alternatives

REACH = 30  # characters looked at before a time: longer than the longest modifier ("not more than")
OR_SO = re.compile(r"\s{1,3}or so\b", re.IGNORECASE)
COUNTED = re.compile(
    r"(?:\d|an?\b|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twel|thir|fif|twen|for|hal|hun)", re.I
)
DAY_BESIDE = re.compile(r"(?<!\w)(?:the )?day (?P<way>before|after) $", re.IGNORECASE)
DEICTIC = re.compile(r"(?:this|that|the|to|yester|mon|tues|wednes|thurs|fri|satur|sun)", re.IGNORECASE)
# "over three years" means "during" unless a word before shows it to be a bound: "in over three years"
SPANNING = frozenset({"over", "under"})
BOUNDED = re.compile(r"\b(?:in|for|after|of|by|just|well|last|lasts|lasted|lasting|took|is|was)\s{1,3}$", re.IGNORECASE)


@cache
def _before(words: TimeWords, on: str) -> re.Pattern[str]:
    forms = words.amount_modifiers if on == "amount" else words.date_modifiers
    return re.compile(rf"(?<![\w])(?P<form>{alternatives(forms)})(?P<gap>-|\s{{0,3}})$", re.IGNORECASE)


def widen(text: str, start: int, end: int, floor: int, sense: Sense, words: TimeWords) -> tuple[int, int, Sense]:
    """The time with the modifiers around it, none of them before `floor`: new start, new end, new sense."""
    counted = sense.type == "DURATION" or (sense.type == "DATE" and text[start:end].lower().endswith("ago"))
    if counted:
        if COUNTED.match(text, start, end):
            start, sense = _amount(text, start, floor, sense, words)
        tail = OR_SO.match(text, end)
        return (start, tail.end(), replace(sense, modifier="APPROX")) if tail else (start, end, sense)
    if sense.type == "SET" or (sense.value or "").endswith("_REF"):
        return start, end, sense
    tail = OR_SO.match(text, end)
    if tail:
        end, sense = tail.end(), replace(sense, modifier="APPROX")
    beside = DAY_BESIDE.search(text, max(floor, start - REACH), start)
    if beside and sense.precision == "day" and sense.type == "DATE" and sense.start:
        day = move("D", sense.start, 1 if beside["way"].lower() == "after" else -1)
        found = replace(sense, value=day.isoformat() if day else None, start=day, end=day, counted=None)
        return beside.start(), end, found
    return _part(text, start, end, floor, sense, words)


def _amount(text: str, start: int, floor: int, sense: Sense, words: TimeWords) -> tuple[int, Sense]:
    match = _before(words, "amount").search(text, max(floor, start - REACH), start)
    if match is None or not match["gap"]:
        return start, sense
    form = " ".join(match["form"].lower().split())
    if form in SPANNING and not BOUNDED.search(text, max(floor, match.start() - REACH), match.start()):
        return start, sense
    modifier = words.amount_modifiers[form]
    return match.start(), replace(sense, modifier=modifier)


def _part(text: str, start: int, end: int, floor: int, sense: Sense, words: TimeWords) -> tuple[int, int, Sense]:
    match = _before(words, "date").search(text, max(floor, start - REACH), start)
    if match is None:
        return start, end, sense
    form = " ".join(match["form"].lower().split())
    modifier = words.date_modifiers[form]
    if not match["gap"] and not form.endswith("-"):
        return start, end, sense
    if modifier in ("BEFORE", "AFTER") and not DEICTIC.match(text, start, end):
        return start, end, sense
    if modifier == "APPROX" and not re.search(r"\d", text[start:end]):
        return start, end, sense
    return match.start(), end, narrow(replace(sense, modifier=modifier), modifier)


def narrow(sense: Sense, modifier: str) -> Sense:
    """The days of a part of a period: its first, middle or last third."""
    if sense.start is None or sense.end is None or modifier not in ("START", "MID", "END"):
        return sense
    third = ((sense.end - sense.start).days + 1) // 3
    if modifier == "START":
        return replace(sense, end=sense.start + timedelta(days=max(third - 1, 0)))
    if modifier == "END":
        return replace(sense, start=sense.end - timedelta(days=max(third - 1, 0)))
    return replace(sense, start=sense.start + timedelta(days=third), end=sense.end - timedelta(days=third))


def split_at(sense: Sense, day: date) -> Sense:
    """Ends "earlier this year" on the anchor's day and starts "later this year" there; a day stays whole."""
    if sense.start is None or sense.end is None or not sense.start < sense.end:
        return sense
    if sense.modifier == "BEFORE" and sense.start <= day < sense.end:
        return replace(sense, end=day)
    if sense.modifier == "AFTER" and sense.start < day <= sense.end:
        return replace(sense, start=day)
    return sense
