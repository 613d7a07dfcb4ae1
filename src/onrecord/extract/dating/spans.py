"""Time that has passed since something dated: "eight years ago, in 2014", "the 10th anniversary of the attacks".

The event counted from is one of the world's, or a year in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from onrecord.extract.dating.bounds import Bound, bound
from onrecord.extract.dating.happenings import Naming, find_namings
from onrecord.lexicon.times import TimeWords
from onrecord.lexicon.world_events import WorldEvents
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.model.text import Cue

ROUGH = 270  # days by which a count of full years may be off: "eight years ago" of seven years and four months
NEAR = 45  # days around an anniversary in which reports speak of it
FEWEST = 2  # years: "a year ago" is said of too much
NUMBER = r"(?P<number>\d{{1,2}}|{number})"
COUNTS: tuple[tuple[str, str], ...] = (  # what is counted, and the shape
    ("ago", rf"{NUMBER}\syears\sago"),
    (
        "old",
        rf"(?P<almost>nearly|almost)?\s?{NUMBER}[\s-]years?[\s-]old\s(?:\w+\s)?(?:war|conflict|insurgency|rebellion|siege|uprising)",
    ),
    ("of", rf"(?P<almost>nearly|almost)?\s?{NUMBER}\syears\sof\s(?:\w+\s)?(?:war|conflict|fighting|occupation)"),
    ("anniversary", r"(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{ordinal})\sanniversary"),
)
WARS = frozenset({"war", "conflict", "fighting", "rebellion", "insurgency", "uprising"})
YEAR = re.compile(r"(?<![\w$€£.,-])(?:in|of|since)\s((?:19|20)\d\d)(?![\w%-])")


@cache
def _shapes(words: TimeWords) -> tuple[tuple[str, re.Pattern[str]], ...]:
    fill = {"number": words.pattern("number"), "ordinal": words.pattern("ordinal")}
    return tuple((kind, re.compile(rf"\b{shape.format(**fill)}\b", re.IGNORECASE)) for kind, shape in COUNTS)


def bounds_from_spans(parsed: Parsed, world: WorldEvents, words: TimeWords) -> Iterator[Bound]:
    """A bound by each count of years from something dated in its sentence."""
    counted = [
        (index, kind, match)
        for index in range(len(parsed.sentences))
        for kind, shape in _shapes(words)
        for match in shape.finditer(parsed.text, parsed.sentence_span(index).start, parsed.sentence_span(index).end)
    ]
    if not counted:
        return
    namings = list(find_namings(parsed, world, words))
    for index, kind, match in counted:
        begun = _begun(parsed, index, kind, namings)
        years = _years(match, words)
        if begun is not None and years is not None and years >= (FEWEST if kind != "anniversary" else 1):
            span = Span(match.start(), match.end())
            found = _passed(begun, years, kind, bool(match.groupdict().get("almost")))
            if found is not None:
                yield bound(*found, Cue(span, f"{parsed.words(span)}, counted from {begun[0]}"), 1.5)


def _begun(parsed: Parsed, sentence: int, kind: str, namings: list[Naming]) -> tuple[date, date] | None:
    """The days from which years are counted: of the one event named in the sentence, or of the one year."""
    inside = [naming for naming in namings if parsed.tokens[naming.token].sentence == sentence]
    wars = kind in ("old", "of")
    events = {
        (event.first, event.first if wars else event.last)
        for naming in inside
        if naming.told != "future"
        for event in naming.events
        if not wars or parsed.tokens[naming.token].lemma in WARS
    }
    if len(events) == 1:
        return events.pop()
    span = parsed.sentence_span(sentence)
    years = {int(year) for year in YEAR.findall(parsed.words(span))}
    if not events and len(years) == 1 and kind in ("ago", "anniversary"):
        year = years.pop()
        return date(year, 1, 1), date(year, 12, 31)
    return None


def _years(match: re.Match[str], words: TimeWords) -> int | None:
    groups = match.groupdict()
    told = groups.get("number") or groups.get("ordinal") or ""
    digits = re.match(r"\d+", told)
    return int(digits[0]) if digits else words.number("number" if groups.get("number") else "ordinal", told)


def _passed(begun: tuple[date, date], years: int, kind: str, almost: bool) -> tuple[date, date] | None:
    """The days that lie so many years after."""
    try:
        first, last = (day.replace(year=day.year + years, day=min(day.day, 28)) for day in begun)
    except ValueError:
        return None
    if kind == "anniversary":
        return first - timedelta(days=NEAR), last + timedelta(days=NEAR)
    if almost:
        return first - timedelta(days=ROUGH), last + timedelta(days=NEAR)
    return first - timedelta(days=ROUGH), last + timedelta(days=ROUGH + NEAR)
