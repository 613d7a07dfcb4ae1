"""Months and days named without their year: past ones lie in the year before the report, those ahead in the year after.

They fit a stretch of each year, so they choose within the years that other signs leave. A month in a sentence beside a
year, or in the sentence after one, is of that year and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Literal

from onrecord.extract.dating.bounds import DAY, Bound, Stretch
from onrecord.extract.dating.telling import Told, told_at
from onrecord.extract.syntax import verb_above
from onrecord.lexicon.times import TimeWords
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.model.text import Cue

LONGEST = timedelta(days=3 * 366)  # of a stretch that months can choose in: over more years they leave one each
SLACK = timedelta(days=3)
LONGEST_AHEAD = timedelta(days=335)
YEAR_BESIDE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\b(?:last|that|next|previous|following|same) year\b"
    r"|\byears? (?:ago|earlier|later|before)\b"
)


@cache
def _shape(words: TimeWords) -> re.Pattern[str]:
    return re.compile(
        r"\b(?:in|since|during|until)\s(?P<part>late\s|early\s|mid-)?"
        rf"(?P<month>{words.pattern('month')})(?!\s?\d|\w)",
        re.IGNORECASE,
    )


def bounds_from_months(parsed: Parsed, words: TimeWords, first: date, last: date) -> Iterator[Bound]:
    """A bound by each month named alone, over the years between two days."""
    if last - first > LONGEST:
        return
    for index in range(len(parsed.sentences)):
        around = parsed.sentence_span(_before(parsed, index)).start, parsed.sentence_span(index).end
        if YEAR_BESIDE.search(parsed.text, *around):
            continue
        span = parsed.sentence_span(index)
        for match in _shape(words).finditer(parsed.text, span.start, span.end):
            month = words.number("month", match["month"])
            told = _told(parsed, index, match.start("month"), words)
            if month and told and match["month"][0].isupper():
                found = Span(match.start("month"), match.end("month"))
                way: Literal["past", "ahead"] = "past" if told == "past" else "ahead"
                stretches = tuple(_stretches(month, way, first, last, bool(match["part"])))
                yield Bound(stretches, Cue(found, f"{parsed.words(found)}, told as {way}, without its year"))


def _told(parsed: Parsed, sentence: int, start: int, words: TimeWords) -> Told:
    token = next(token for token in parsed.sentence_tokens(sentence) if token.end > start)
    verb = verb_above(parsed, token.i)
    return None if verb is None else told_at(parsed, verb, words)


def _before(parsed: Parsed, index: int) -> int:
    """The sentence before in the same paragraph, or the sentence itself."""
    same = index > 0 and parsed.sentences[index - 1].paragraph == parsed.sentences[index].paragraph
    return index - 1 if same else index


def _stretches(month: int, way: Literal["past", "ahead"], first: date, last: date, part: bool) -> Iterator[Stretch]:
    """The days of each year from which the month is the last one, or the next one, of that name.

    A report of the month itself says "this month", unless it means a part of it.
    """
    for year in range(first.year - 1, last.year + 2):
        begins = date(year, month, 1)
        ends = date(year + month // 12, month % 12 + 1, 1) - DAY
        if way == "past":
            yield (begins if part else ends - SLACK), date(year + 1, month, 1) - DAY
        else:
            yield ends - LONGEST_AHEAD, (ends if part else begins + SLACK)
