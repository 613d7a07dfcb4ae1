"""Rules for years and what is made of them: spans of years, decades, centuries; in figures or in words."""

from __future__ import annotations

import re
from datetime import date

from onrecord.extract.syntax import label_at
from onrecord.extract.times import periods
from onrecord.extract.times.sense import Rule, Sense, Setting, dated, vague

TWO_DIGIT_TURN = 30  # '82 is 1982, '22 is 2022: no report of today looks 70 years ahead
LIKELY_YEARS = range(1900, 2051)  # what news without further signs writes as bare figures ("the 1978 resolution")
NOT_BEFORE_YEAR = frozenset(
    {"$", "€", "£", "¥", "us$", "no.", "number", "#", "resolution", "article", "section", "room"}
)


def full_year(digits: str) -> int:
    """A year from four digits or two."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year <= TWO_DIGIT_TURN else 1900)


def spelled_year(words: str, at: Setting) -> int | None:
    """A year in figures or in words: "nineteen ninety-six", "two thousand and three"."""
    if re.fullmatch(r"['’]?\d{2,4}", words):
        return full_year(words.lstrip("'’"))
    first, *rest = [word for word in re.split(r"[\s-]+", words.lower()) if word not in ("and", "oh")]
    numbers = [at.words.number("number", word) for word in rest]
    if any(number is None for number in numbers):
        return None
    tail = sum(number for number in numbers if number is not None)
    if first == "two":
        return 1000 + tail  # "thousand" is 1000 of the tail
    century = at.words.number("number", first)
    return century * 100 + tail if century is not None else None


def _read_year(match: re.Match[str], at: Setting) -> Sense | None:
    """A number of four digits, where its neighbours or the parser's recogniser say that it is a year."""
    year = int(match["year"])
    if match.group().isdigit() and not _is_year(year, at):  # "the year 2000", "fiscal 2009" need no more signs
        return None
    return dated(periods.of_year(year))


def _is_year(year: int, at: Setting) -> bool:
    """Whether figures stand for a year: "in 2014", "the 2004 elections", but not "2000 troops"."""
    label, after = label_at(at.parsed, at.first), at.token_after
    if at.word_before in NOT_BEFORE_YEAR or (after is not None and after.text in ("%", "°")):
        return False
    led = at.words.has("year_lead", at.word_before)
    if after is not None and after.tag == "NNS":
        return led and label != "CARDINAL" and year in LIKELY_YEARS
    if label == "DATE" or led:
        return True
    return year in LIKELY_YEARS and at.parsed.tokens[at.first].dep in ("nummod", "npadvmod")


def _read_short_year(match: re.Match[str], _at: Setting) -> Sense | None:
    return dated(periods.of_year(full_year(match["year"])))


def _read_spelled_year(match: re.Match[str], at: Setting) -> Sense | None:
    year = spelled_year(match["year"], at)
    return dated(periods.of_year(year)) if year else None


def _read_years(match: re.Match[str], _at: Setting) -> Sense | None:
    """Such as "2014-2016", "2014-16"."""
    low = int(match["low"])
    high = int(match["high"]) if len(match["high"]) == 4 else low // 100 * 100 + int(match["high"])
    if not low < high <= low + 200:
        return None
    return Sense("DATE", f"{low}/{high}", "interval", date(low, 1, 1), date(high, 12, 31))


def _read_decade(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "the 1990s", "the '80s", "the nineties": without a century the one just past the report, or the 20th."""
    if match["year"]:
        return dated(periods.of_years(int(match["year"]) // 10 * 10, 10))
    tens = int(match["tens"][0]) if match["tens"] else at.words.number("decade", match["word"])
    if tens is None:
        return None
    recent = at.day is not None and 2000 + tens * 10 <= at.day.year
    return dated(periods.of_years((2000 if recent else 1900) + tens * 10, 10), "report" if recent else "text")


def _read_century(match: re.Match[str], at: Setting) -> Sense | None:
    digits = re.match(r"\d+", match["which"])
    number = int(digits.group()) if digits else at.words.number("ordinal", match["which"])
    if number is None or not 1 <= number <= 30:
        return None
    if match["era"]:
        return vague(f"BC{number - 1:02d}")
    return dated(periods.of_years((number - 1) * 100, 100))


RULES: tuple[Rule, ...] = (
    Rule("a year", "(?:the year |fiscal (?:year )?|calendar (?:year )?|FY ?)?(?P<year>%(year)s)", _read_year),
    Rule("a year", r"['’‘](?P<year>\d\d)(?!\d|s\b|[.,:/]\d|-)", _read_short_year),
    Rule("a year in words", "(?:the year )?(?P<year>%(year_in_words)s)", _read_spelled_year),
    Rule(
        "a span of years", r"(?P<low>(?:1[5-9]|20)\d\d) ?[-–/] ?(?P<high>(?:1[5-9]|20)\d\d|\d\d)(?![\d-])", _read_years
    ),
    Rule(
        "a decade",
        r"(?:the )?(?:(?P<year>(?:1[5-9]|20)\d0) ?['’]?s|['’‘]?(?P<tens>[2-9]0) ?['’]?s)|the (?P<word>%(decade)s)",
        _read_decade,
    ),
    Rule(
        "a century",
        r"(?:the )?(?P<which>\d{1,2}(?:st|nd|rd|th)|%(ordinal)s)[ -]century(?P<era> (?:BC|B\.C\.|BCE))?",
        _read_century,
    ),
)
