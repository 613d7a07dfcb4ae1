"""Finds the time expressions of a report, paragraph by paragraph, and reads each against the report's date.

The leftmost, longest match wins; a rule may decline its match, and the next one is asked. Where the report's date is an
interval, a value is given only if its first and last day give the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from onrecord.extract.times import clock, dates, durations, names, pointed, relative, years
from onrecord.extract.times.direction import find_direction
from onrecord.extract.times.edges import split_at, widen
from onrecord.extract.times.needs import held, needed
from onrecord.extract.times.patterns import compile_pattern, pieces
from onrecord.extract.times.periods import last_day
from onrecord.extract.times.sense import Rule, Sense, Setting
from onrecord.lexicon import Lexicon
from onrecord.lexicon.times import TimeWords
from onrecord.model.claims import TimeRef
from onrecord.model.days import make_day
from onrecord.model.ids import make_id
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.model.text import Published

# where two rules match the same words, the one named first is asked first
RULES: tuple[Rule, ...] = (
    *clock.RULES,
    *dates.RULES,
    *years.RULES,
    *names.RULES,
    *pointed.RULES,
    *relative.RULES,
    *durations.RULES,
)
ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
REMEMBERED = 3  # sentences through which "a day earlier" may look back for its date
ANCHORS = {"text": "from its own words", "before": "from the date named before it"}


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at characters [start, end), the rule that found it and what it means."""

    start: int
    end: int
    rule: str
    sense: Sense


@dataclass(frozen=True, slots=True)
class Before:
    """The last time with known days, the sentence it stands in, and the last quarter that was named for itself."""

    sense: Sense
    sentence: int
    quarter: Sense | None = None


def find_times(parsed: Parsed, published: Published, lexicon: Lexicon) -> tuple[TimeRef, ...]:
    """Every time expression of a report, in order, none overlapping another."""
    days = anchor_days(published)
    found: list[Found] = []
    before: Before | None = None
    for first, last in _paragraphs(parsed):
        read, before = _read_paragraph(parsed, first, last, days, lexicon.times, before)
        found.extend(read)
    return tuple(_to_time(parsed, item, published) for item in found)


def anchor_days(published: Published) -> tuple[date, date] | None:
    """The first and last day on which the report may have come out; None where that is not known."""
    ends = (published.value or "").split("/")
    first, last = ISO.match(ends[0]), ISO.match(ends[-1])
    if first is None or last is None:
        return None
    start = make_day(int(first[1]), int(first[2] or 1), int(first[3] or 1))
    end_month = int(last[2] or 12)
    end = make_day(int(last[1]), end_month, int(last[3]) if last[3] else _last(int(last[1]), end_month))
    return (start, end) if start and end and start <= end else None


def _last(year: int, month: int) -> int:
    return last_day(year, month).day if 1 <= month <= 12 and year else 1


def _paragraphs(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """Tokens [first, last) of each paragraph: a sentence break inside a date ("Nov. | 9") does no harm."""
    sentences = parsed.sentences
    start = 0
    for index in range(1, len(sentences) + 1):
        if index == len(sentences) or sentences[index].paragraph != sentences[start].paragraph:
            yield sentences[start].first, sentences[index - 1].last
            start = index


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules with their patterns and what each of them needs (None: nothing known), and all that any needs."""

    rules: tuple[tuple[Rule, re.Pattern[str], frozenset[str] | None], ...]
    needs: frozenset[str]


@cache
def _grammar(words: TimeWords) -> Grammar:
    names_of = pieces(words)
    patterns = [compile_pattern(rule.pattern, names_of) for rule in RULES]
    needs = [needed(pattern) for pattern in patterns]
    every: frozenset[str] = frozenset().union(*(one for one in needs if one))
    return Grammar(tuple(zip(RULES, patterns, needs, strict=True)), every)


def _matches(parsed: Parsed, first: int, last: int, words: TimeWords) -> list[tuple[Rule, re.Match[str]]]:
    """What the rules match in a paragraph, the leftmost and longest first."""
    start, end = parsed.tokens[first].start, parsed.tokens[last - 1].end
    grammar = _grammar(words)
    there = held(grammar.needs, parsed.text[start:end])
    found = [
        (match.start(), -match.end(), number, rule, match)
        for number, (rule, pattern, needs) in enumerate(grammar.rules)
        if needs is None or not needs.isdisjoint(there)
        for match in pattern.finditer(parsed.text, start, end)
    ]
    return [(rule, match) for _, _, _, rule, match in sorted(found, key=lambda item: item[:3])]


def _read_paragraph(
    parsed: Parsed,
    first: int,
    last: int,
    days: tuple[date, date] | None,
    words: TimeWords,
    before: Before | None,
) -> tuple[list[Found], Before | None]:
    """The times of one paragraph; a dated one anchors what points back to it, a few sentences on too."""
    starts = [token.start for token in parsed.tokens[first:last]]
    ends = [token.end for token in parsed.tokens[first:last]]
    found: list[Found] = []
    floor = starts[0] if starts else 0
    for rule, match in _matches(parsed, first, last, words) if starts else ():
        if match.start() < floor:
            continue
        low, high = first + bisect_right(starts, match.start()) - 1, first + bisect_left(ends, match.end()) + 1
        sentence = parsed.tokens[low].sentence
        known = before if before and sentence - before.sentence <= REMEMBERED else None
        near = known is not None and known.sentence == sentence
        direction = find_direction(parsed, low, high, words)
        quarter = before.quarter if before else None
        at = Setting(parsed, low, high, words, None, direction, known.sense if known else None, near, quarter)
        sense = _resolve(rule, match, at, days)
        if sense is None:
            continue
        left, right, sense = widen(parsed.text, match.start(), match.end(), floor, sense, words)
        if days and sense.anchor == "report":
            sense = split_at(sense, days[1] if sense.modifier == "BEFORE" else days[0])
        found.append(Found(left, right, rule.name, sense))
        floor = right
        if sense.start is not None and sense.type in ("DATE", "TIME"):
            own = "-Q" in (sense.value or "") and sense.anchor != "before"
            before = Before(sense, sentence, sense if own else before.quarter if before else None)
    return _join(parsed.text, found), before


def _resolve(rule: Rule, match: re.Match[str], at: Setting, days: tuple[date, date] | None) -> Sense | None:
    """What the words mean from every day the report may be of; without agreement, what they mean from none."""
    if days:
        readings = [rule.read(match, replace(at, day=day)) for day in dict.fromkeys(days)]
        if all(reading == readings[0] for reading in readings):
            return readings[0]
    return rule.read(match, at)


GAP = re.compile(r"\s{0,2}(?:,\s{0,2})?")
GAP_ON = re.compile(r"(?:,?\s{1,2}on)?\s{1,2}|\s?,\s")


def _join(text: str, found: list[Found]) -> list[Found]:
    """A clock time and the day right after it are one expression ("noon Saturday"); after "on" it lends its day."""
    joined: list[Found] = []
    for item in found:
        last = joined[-1] if joined else None
        if last and last.rule == clock.RULES[0].name and item.sense.precision == "day" and item.sense.type == "DATE":
            gap = text[last.end : item.start]
            hour = (last.sense.value or "").partition("T")[2]
            value = f"{item.sense.value}T{hour}"
            day = item.sense
            sense = replace(
                last.sense, value=value, start=day.start, end=day.end, anchor=day.anchor, counted=day.counted
            )
            if GAP.fullmatch(gap):
                joined[-1] = Found(last.start, item.end, last.rule, sense)
                continue
            if GAP_ON.fullmatch(gap):
                joined[-1] = replace(last, sense=sense)
        joined.append(item)
    return joined


def _to_time(parsed: Parsed, item: Found, published: Published) -> TimeRef:
    sense = item.sense
    if sense.anchor == "report":
        source = f"from the report's date {published.value}"
    elif sense.start is None:
        source = "not tied to a day"
    else:
        source = ANCHORS[sense.anchor]
    return TimeRef(
        id=make_id("ti", parsed.document, item.start, item.end),
        span=Span(item.start, item.end),
        type=sense.type,
        value=sense.value,
        precision=sense.precision,
        start=sense.start.isoformat() if sense.start else None,
        end=sense.end.isoformat() if sense.end else None,
        modifier=sense.modifier,
        basis=f"{item.rule}, {source}",
        counted=sense.counted,
    )
