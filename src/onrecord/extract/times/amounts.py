"""Amounts of time in words: "2 1/2", "twenty-four", "a couple of", "several" as numbers, and TIMEX3 duration values."""

from __future__ import annotations

import re
from fractions import Fraction

from onrecord.lexicon.times import TimeWords

UNKNOWN = "X"
HALF = re.compile(r"\band a half\b|(?<=\d)\s*½|\s1/2\b")
RANGE = re.compile(r"\b(?:to|or|and)\b|–|(?<=\d)-(?=\d)")
VULGAR = re.compile(r"(?:(?P<whole>\d+)\s+)?(?P<over>\d)/(?P<under>[1-9])")
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
# TIMEX3 has no fortnights and writes decades and centuries of a known number as years
MULTIPLE_OF: dict[str, tuple[str, int]] = {"F": ("W", 2), "E": ("Y", 10), "C": ("Y", 100), "L": ("Y", 1000)}
CLOCK_UNITS: dict[str, str] = {"S": "S", "MIN": "M", "H": "H"}
HALVES: dict[str, str] = {"Y": "6M", "H": "30M", "MIN": "30S", "D": "T12H"}


def read_amount(words: str, lexicon: TimeWords) -> Fraction | None:
    """The number that words give; None where they give none ("several") or a range ("two or three")."""
    text = " ".join(words.lower().split())
    half = Fraction(1, 2) if HALF.search(text) else Fraction(0)
    text = HALF.sub("", text).strip()
    if text.startswith("half a"):
        return Fraction(1, 2)
    vulgar = VULGAR.fullmatch(text)
    if vulgar:
        return int(vulgar["whole"] or 0) + Fraction(int(vulgar["over"]), int(vulgar["under"]))
    if DIGITS.fullmatch(text):
        return Fraction(text.replace(",", "")) + half
    number = _in_words(text, lexicon)
    return None if number is None else number + half


def _in_words(text: str, lexicon: TimeWords) -> int | None:
    """Such as "a hundred and twenty", "twenty four", "a", "couple of": thousands, hundreds and the rest added up."""
    total, group, found = 0, 0, False
    for word in re.split(r"[\s-]+", text):
        if word in ("and", "of", "the", ""):
            continue
        value = 1 if word in ("a", "an") else lexicon.number("number", word)
        if value is None:
            return None
        if value == 1000:
            total, group = total + (group or 1) * 1000, 0
        elif value in (100, 12) and found and group:
            group *= value
        elif word in ("a", "an", "couple"):
            group = value
        else:
            group += value
        found = True
    return total + group if found else None


def duration_value(amount: Fraction | None, unit: str) -> str:
    """A TIMEX3 duration such as P3M, PT90M, PXW, P2.5Y."""
    if amount is None:
        return f"PT{UNKNOWN}{CLOCK_UNITS[unit]}" if unit in CLOCK_UNITS else f"P{UNKNOWN}{unit}"
    if unit in MULTIPLE_OF:
        unit, times = MULTIPLE_OF[unit]
        amount *= times
    whole, rest = divmod(amount, 1)
    if rest == Fraction(1, 2) and unit in HALVES:
        before = f"{whole}{CLOCK_UNITS.get(unit, unit)}" if whole else ""
        return f"PT{before}{HALVES[unit]}" if unit in CLOCK_UNITS else f"P{before}{HALVES[unit]}"
    number = str(whole) if not rest else f"{float(amount):g}"
    return f"PT{number}{CLOCK_UNITS[unit]}" if unit in CLOCK_UNITS else f"P{number}{unit}"
