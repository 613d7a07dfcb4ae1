"""Weekdays told alone as past: a report comes out on the day that its lead names, or within two days of it.

They say nothing of the year, so they only choose among the days that other signs leave. Measured on dated news, 95 to
97 of 100 reports follow the first rule (a Friday's news is still Monday's paper), 93 the second.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from onrecord.extract.dating.bounds import DAY, Bound, Stretch
from onrecord.extract.dating.telling import told_at
from onrecord.lexicon.times import TimeWords
from onrecord.model.parsed import Parsed, Token
from onrecord.model.text import Cue

WEEKS = timedelta(days=14)  # the longest stretch that weekdays can choose in
LEAD = 5  # sentences of the body in which the news is told
FRIDAY = 5
TURNED = frozenset({"last", "next", "every", "each", "following", "previous", "black", "good"})


def bounds_from_weekdays_alone(parsed: Parsed, words: TimeWords, first: date, last: date) -> Iterator[Bound]:
    """Bounds by the first weekday of the lead, and by each other one: not six days back, which is "last Thursday"."""
    if last - first > WEEKS:
        return
    told = list(find_bare(parsed, words))
    lead = [index for index, sentence in enumerate(parsed.sentences) if sentence.part == "body"][:LEAD]
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    seen: set[int] = set()
    for weekday, token in told:
        if weekday in seen:
            continue
        seen.add(weekday)
        cue = Cue(parsed.span(token.i, token.i + 1), f"{token.text}, told alone as past")
        if token.sentence in lead and len(seen) == 1:
            reach = 3 if weekday == FRIDAY else 2
            fitting = [day for day in days if (day.isoweekday() - weekday) % 7 <= reach]
        else:
            fitting = [day for day in days if (day.isoweekday() - weekday) % 7 < 6]
        if fitting:
            yield Bound(tuple(_runs(fitting)), cue, 0.5)


def find_bare(parsed: Parsed, words: TimeWords) -> Iterator[tuple[int, Token]]:
    """Weekdays (1 to 7) without a date or a word that turns them, told as past, in the body."""
    for token in parsed.tokens:
        number = words.number("weekday", token.lower) if token.text[:1].isupper() and len(token.text) > 4 else None
        if number is None or parsed.sentences[token.sentence].part != "body":
            continue
        after = [one.lower for one in parsed.tokens[token.i + 1 : token.i + 3]]
        before = parsed.tokens[token.i - 1].lower if token.i else ""
        if before in TURNED or any(words.get("month", word) for word in after):
            continue
        if told_at(parsed, token.i, words) == "past":
            yield number, token


def _runs(days: list[date]) -> Iterator[Stretch]:
    """Days in order as stretches."""
    start = days[0]
    for day, following in zip(days, (*days[1:], None), strict=True):
        if following is None or following - day > DAY:
            yield start, day
            start = following or day
