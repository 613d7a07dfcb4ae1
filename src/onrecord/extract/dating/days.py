"""Days of a month named without their year: near the report, and in years in which their weekday fits.

The weekday is told with the day, or by a sentence elsewhere that tells of the same thing by its weekday alone ("a
meeting on Aug. 31" under a photograph, "a meeting Tuesday" in the text, of the same two people).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from onrecord.extract.dating.bounds import ZONES, Bound, Stretch
from onrecord.extract.dating.tenses import find_told
from onrecord.extract.syntax import label_at, verb_above
from onrecord.lexicon.times import TimeWords
from onrecord.model.days import make_day
from onrecord.model.parsed import Parsed, Token
from onrecord.model.text import Cue

PICTURED = timedelta(days=92)  # a photograph captioned without its year is of the last months
WEEK = timedelta(days=6)
SHARED = 2  # words of people's names in common that make two tellings one


def bounds_from_days(parsed: Parsed, words: TimeWords, first: date, last: date) -> Iterator[Bound]:
    """Bounds by the yearless days of captions, and by those of them that are told again by their weekday."""
    weekdays = [token for token in parsed.tokens if token.text[:1].isupper() and words.get("weekday", token.lower)]
    for written, token in find_told(parsed, words):
        if not written.day or written.first is not None:
            continue
        if parsed.sentences[token.sentence].part != "caption":
            continue
        shown = parsed.words(written.span)
        years = range(first.year - 1, last.year + 1)
        days = [day for year in years if (day := make_day(year, written.month, written.day))]
        yield Bound(_from_each(days, PICTURED), Cue(written.span, f"{shown}, of a photograph shown"))
        again = {words.number("weekday", other.lower) for other in weekdays if _same_thing(parsed, token, other)}
        fitting = [day for day in days if again == {day.isoweekday()}]
        if fitting:
            cue = Cue(written.span, f"{shown} is a weekday of which the text tells")
            yield Bound(_from_each(fitting, WEEK), cue, 2.0)


def _from_each(days: list[date], reach: timedelta) -> tuple[Stretch, ...]:
    return tuple((day - ZONES, day + reach) for day in days)


def _same_thing(parsed: Parsed, day: Token, weekday: Token) -> bool:
    """Whether a day and a weekday elsewhere belong to the same act of the same people."""
    if day.sentence == weekday.sentence:
        return False
    return (
        bool(_acts(parsed, day) & _acts(parsed, weekday))
        and len(_names(parsed, day.sentence) & _names(parsed, weekday.sentence)) >= SHARED
    )


def _acts(parsed: Parsed, token: Token) -> frozenset[str]:
    """The lemmas that a time hangs on, up to its verb: "meeting", "speak" of "speaks during a meeting on Aug. 31"."""
    verb = verb_above(parsed, token.i)
    found = set()
    for above in parsed.ancestors(token.i):
        if parsed.tokens[above].pos in ("NOUN", "VERB"):
            found.add(parsed.tokens[above].lemma)
        if above == verb:
            break
    if verb is not None:  # "speaks during a meeting with the minister on Aug. 31" may hang on the verb or the minister
        found.update(
            parsed.tokens[i].lemma
            for i in parsed.subtree(verb)
            if parsed.tokens[i].pos == "NOUN" and parsed.tokens[parsed.tokens[i].head].pos == "ADP"
        )
    return frozenset(found)


def _names(parsed: Parsed, sentence: int) -> frozenset[str]:
    """The people named in a sentence, each word of their names."""
    tokens = parsed.sentence_tokens(sentence)
    return frozenset(token.lower for token in tokens if label_at(parsed, token.i) == "PERSON")
