"""The pieces that the rules' patterns are put together from, and their compilation.

A blank in a pattern is one to three white-space characters: no pattern can run away on hostile text.
"""

from __future__ import annotations

import re

from onrecord.lexicon.times import TimeWords, alternatives

BLANK = r"(?:\s{1,3})"
YEAR = r"(?:1[0-9]|20)\d\d(?![\d%]|[.,:/]\d|-\d)"
DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,:/]\d)"
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{1,2})?)(?: \d/\d| ?½)?"
TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"


def pieces(words: TimeWords) -> dict[str, str]:
    """The named pieces of the patterns, %(name)s each."""
    word = words.pattern("number")
    many = rf"(?:a (?:hundred|thousand|dozen|couple)|{word})"
    half = r"(?:(?: |-)and(?: |-)a(?: |-)half)?"
    numeral = rf"(?:{DIGITS}|{many}(?:(?:-| and | |-and-){word}){{0,5}}|half an?|an?){half}"
    vague = rf"(?:(?:a |the )?(?:very )?{words.pattern('vague')}(?: of)?|(?:a )?couple of)"
    hundreds = rf"(?:nineteen|eighteen|twenty)[ -](?:{TENS}(?:[ -]{ONES})?|{TEENS}|oh[ -]{ONES})"
    in_words = rf"(?:{hundreds}|two thousand(?:(?: and)? (?:{ONES}|{TEENS}))?)"
    return {
        **{kind: words.pattern(kind) for kind in words.kinds},
        "units": alternatives(form for form in words.kinds["unit"] if form.endswith(("s", "a"))),
        "one_unit": alternatives(form for form in words.kinds["unit"] if not form.endswith("s")),
        "year": YEAR,
        "year_in_words": in_words,
        "day_number": DAY_NUMBER,
        "numeral": numeral,
        "amount": rf"(?:{vague}|{numeral})",
        "holiday_name": alternatives(words.holidays),
        "comma": "(?: ?, ?| )",
    }


def compile_pattern(pattern: str, names: dict[str, str]) -> re.Pattern[str]:
    """A rule's pattern as a regular expression that starts and ends at word edges."""
    return re.compile(r"(?<![\w])(?:" + (pattern % names).replace(" ", BLANK) + r")(?!\w)", re.IGNORECASE)
