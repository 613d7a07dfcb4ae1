"""What the dates in a text say of the report's own: told as past, not later; still to come, not earlier.

Only plain cases count: a date that hangs on its verb by at most a preposition, and a verb that cannot speak of plans.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from onrecord.extract.dating.bounds import ZONES, Bound, bound, join_stretches
from onrecord.extract.dating.written import Written, find_written
from onrecord.extract.syntax import auxiliaries, kids, verb_above
from onrecord.lexicon.times import TimeWords
from onrecord.model.days import make_day
from onrecord.model.parsed import Parsed, Token
from onrecord.model.text import Cue

# a past day named without its year lies within the year before the report
YEAR = timedelta(days=366)
WILL = frozenset({"will", "'ll", "’ll", "wo", "shall"})
PAST_HELPERS = frozenset({"was", "were", "been", "had", "did"})
PERFECT_HELPERS = PAST_HELPERS | {"has", "have"}
BEFORE_YEAR = frozenset({"in", "since", "during"})
LINKS = frozenset({"ADP", "NUM", "PROPN", "SCONJ"})  # what may stand between a date and its verb


def find_told(parsed: Parsed, words: TimeWords) -> Iterator[tuple[Written, Token]]:
    """Each written date with its first token."""
    for index in range(len(parsed.sentences)):
        span = parsed.sentence_span(index)
        tokens = parsed.sentence_tokens(index)
        for written in find_written(parsed.text, span.start, span.end, words):
            yield written, tokens[bisect_right(tokens, written.span.start, key=lambda token: token.end)]


def bounds_from_dates(parsed: Parsed, words: TimeWords) -> Iterator[Bound]:
    """Absolute dates: past ones bound the report from below, those that "will" come from above."""
    for written, token in find_told(parsed, words):
        if written.first is None or written.last is None:
            continue
        shown = parsed.words(written.span)
        told = _told(parsed, token, shown, words)
        if told == "past":
            first = written.first - ZONES
            yield bound(first, None, Cue(written.span, f"{shown} is past: not before {first}"))
        elif told == "future":
            last = written.last + ZONES
            yield bound(None, last, Cue(written.span, f"{shown} lies ahead: not after {last}"))


def bounds_from_weekdays(parsed: Parsed, words: TimeWords, first: date, last: date) -> Iterator[Bound]:
    """A past "Monday, Jan. 17" without its year: in those years between the bounds in which it is a Monday."""
    for written, token in find_told(parsed, words):
        shown = parsed.words(written.span)
        if written.weekday is None or written.first is not None or _told(parsed, token, shown, words) != "past":
            continue
        days = [
            day
            for year in range(first.year - 1, last.year + 1)
            if (day := make_day(year, written.month, written.day)) is not None
            and day.isoweekday() == written.weekday
            and first - YEAR <= day <= last + ZONES
        ]
        if days:
            years = " or ".join(str(day.year) for day in days)
            cue = Cue(written.span, f"{shown} falls on that weekday in {years}")
            yield Bound(join_stretches((day - ZONES, day + YEAR) for day in days), cue)


def _told(parsed: Parsed, token: Token, shown: str, words: TimeWords) -> Literal["past", "future"] | None:
    """Whether a date is told as past or as still to come; None where that is not beyond doubt."""
    before = parsed.tokens[token.i - 1].lower if token.i else ""
    verb = verb_above(parsed, token.i)
    if verb is None or not _beside(parsed, token.i, verb) or (shown.isdigit() and before not in BEFORE_YEAR):
        return None
    helpers = auxiliaries(parsed, verb)
    if helpers & WILL:
        return None if before == "since" else "future"
    if before == "since":
        return "past" if helpers <= PERFECT_HELPERS else None
    past = parsed.tokens[verb].tag == "VBD" or bool(helpers & {"was", "were", "had", "did"})
    if not past or not helpers <= PAST_HELPERS:
        return None
    ahead = words.has("unsure", parsed.tokens[verb].lemma) or kids(parsed, verb, "xcomp", "ccomp")
    return None if ahead else "past"


def _beside(parsed: Parsed, index: int, verb: int) -> bool:
    """Whether nothing but a preposition and the date's own words link it to the verb."""
    for above in parsed.ancestors(index):
        if above == verb:
            return True
        if parsed.tokens[above].pos not in LINKS:
            return False
    return False
