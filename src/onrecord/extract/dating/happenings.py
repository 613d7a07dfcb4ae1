"""What dated events of the world say of a report that tells of them: not before a past one, not after one to come.

An event told together with its own weekday ("on Wednesday") or day puts the report into the days after it. Where
several events have the same words (a minister's visits to one capital), the report belongs to one of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from onrecord.extract.dating.bounds import DAY, ZONES, Bound, bound, join_stretches
from onrecord.extract.dating.telling import Told, told_at
from onrecord.extract.dating.written import Written, find_written
from onrecord.extract.syntax import verb_above
from onrecord.lexicon.spelling import fold_words
from onrecord.lexicon.times import TimeWords
from onrecord.lexicon.world_events import WorldEvent, WorldEvents
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed, Token
from onrecord.model.text import Cue

WEEK = timedelta(days=6)  # a bare weekday is one of the seven days up to the report, its own day among them
AHEAD = timedelta(days=400)  # a planned event is spoken of from about a year before
YEAR = timedelta(days=366)
YEAR_TOLD = re.compile(r"(?:1[4-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that name one or more events: the token they begin at, their span, and how they are told."""

    token: int
    span: Span
    told: Told
    events: tuple[WorldEvent, ...]


def bounds_from_events(parsed: Parsed, world: WorldEvents, words: TimeWords) -> Iterator[Bound]:
    """Bounds by all events that the text names, at most one a naming. What is told as to come somewhere is not past."""
    namings = list(find_namings(parsed, world, words))
    ahead = {
        event for naming in namings if naming.told == "future" for event in naming.events if event.kind == "planned"
    }
    for naming in namings:
        if naming.told == "past" and not ahead.isdisjoint(naming.events):
            continue
        found = _bound(parsed, naming, words)
        if found is not None:
            yield found


def find_namings(parsed: Parsed, world: WorldEvents, words: TimeWords) -> Iterator[Naming]:
    """Each stretch of words that names events, in order."""
    sentences = [_folded(parsed, index) for index in range(len(parsed.sentences))]
    report = f" {' '.join(word for found, _ in sentences for word in found)} "
    for found, tokens in sentences:
        text = f" {' '.join(found)} "
        named: dict[int, list[tuple[WorldEvent, int]]] = defaultdict(list)
        for index in range(len(found)):
            for event, length in world.named_at(found, index):
                if event.fits(text, report):
                    named[index].append((event, length))
        for index, events in named.items():
            longest = max(length for _, length in events)
            head = _head(parsed, tokens[index : index + longest])
            kept = tuple(dict.fromkeys(event for event, length in events if length == longest))
            span = Span(parsed.tokens[tokens[index]].start, parsed.tokens[tokens[index + longest - 1]].end)
            yield Naming(head, span, told_at(parsed, head, words), kept)


def _folded(parsed: Parsed, sentence: int) -> tuple[tuple[str, ...], list[int]]:
    """The folded words of a sentence, each with its token."""
    pairs = [(word, token.i) for token in parsed.sentence_tokens(sentence) for word in fold_words(token.text)]
    return tuple(word for word, _ in pairs), [index for _, index in pairs]


def _head(parsed: Parsed, tokens: list[int]) -> int:
    """The token of a stretch that the others hang on."""
    inside = set(tokens)
    return next((i for i in tokens if parsed.tokens[i].head not in inside or parsed.tokens[i].head == i), tokens[0])


def _bound(parsed: Parsed, naming: Naming, words: TimeWords) -> Bound | None:
    shown = parsed.words(naming.span)
    year = _year_beside(parsed, naming.token)
    events = [event for event in naming.events if year is None or event.first.year <= year <= event.last.year]
    if not events:
        return None
    label = events[0].label if len(events) == 1 else f"one of {len(events)} events, {events[0].label} the first"
    beside = _beside(parsed, naming, words)
    near = [event for event in events if any(_falls_on(event, one) for one in beside)]
    if near and naming.told is not None and year is None:
        weekdays = [one for one in beside if isinstance(one, int)]
        close = bool(weekdays) and all(any(_falls_on(event, one) for one in weekdays) for event in near)
        return _with_day(naming, near, f"{shown}, told with its day: {label}", close)
    sure = [event for event in events if event.kind != "recurring"]
    if not sure or (beside and not near and all(event.kind != "named" for event in sure)):
        return None
    return _loose(naming, sure, f"{shown}: {label}")


def _with_day(naming: Naming, events: list[WorldEvent], shown: str, close: bool) -> Bound:
    """The days after events told as past, or before those told as to come; `close`: they are told by the weekday."""
    if naming.told == "past":
        stretches = join_stretches((event.first - ZONES, event.last + (WEEK if close else YEAR)) for event in events)
    else:
        stretches = join_stretches((event.first - (WEEK if close else YEAR), event.last) for event in events)
    return Bound(stretches, Cue(naming.span, shown), 2.0)


def _loose(naming: Naming, events: list[WorldEvent], shown: str) -> Bound | None:
    first = min(event.first for event in events)
    if naming.told == "past" or all(event.kind == "named" for event in events):
        return bound(first - ZONES, None, Cue(naming.span, f"{shown}: not before {first}"))
    if naming.told == "future":
        last = max(event.last for event in events)
        if all(event.kind == "planned" for event in events):
            stretches = join_stretches((event.first - AHEAD, event.last + DAY) for event in events)
            return Bound(stretches, Cue(naming.span, f"{shown} lies ahead: not after {last}"))
        return bound(None, max(event.first for event in events) + DAY, Cue(naming.span, f"{shown} is still open"), 0.5)
    return None


def _year_beside(parsed: Parsed, index: int) -> int | None:
    """The one year that the naming's sentence gives, or None."""
    tokens = parsed.sentence_tokens(parsed.tokens[index].sentence)
    years = {int(token.text) for token in tokens if YEAR_TOLD.fullmatch(token.text)}
    return years.pop() if len(years) == 1 else (0 if years else None)


def _beside(parsed: Parsed, naming: Naming, words: TimeWords) -> list[int | Written]:
    """The weekdays (1-7) and yearless days that the naming's clause is told with."""
    sentence = parsed.tokens[naming.token].sentence
    verbs = _clause(parsed, naming.token)
    found: list[int | Written] = []
    for token in parsed.sentence_tokens(sentence):
        day = words.number("weekday", token.lower) if token.text[:1].isupper() else None
        if day is not None and _clause(parsed, token.i) & verbs and not _turned(parsed, token):
            found.append(day)
    span = parsed.sentence_span(sentence)
    for written in find_written(parsed.text, span.start, span.end, words):
        apart = written.span.end <= naming.span.start or naming.span.end <= written.span.start
        if written.day and written.first is None and apart:
            found.append(written)
    return found


def _clause(parsed: Parsed, index: int) -> frozenset[int]:
    """The verb of a token, itself where it is one, and the nearest above."""
    own = {index} if parsed.tokens[index].pos in ("VERB", "AUX") else set()
    above = verb_above(parsed, index)
    return frozenset(own | ({above} if above is not None else {index}))


def _turned(parsed: Parsed, token: Token) -> bool:
    """Whether a weekday is one further off: "next Friday", "two Fridays ago"."""
    return token.i > 0 and parsed.tokens[token.i - 1].lower in ("next", "following", "every", "each", "black", "good")


def _falls_on(event: WorldEvent, day: int | Written) -> bool:
    """Whether an event has such a weekday, or such a day of the month."""
    if (event.last - event.first).days > 13:
        return False
    days = [event.first + timedelta(days=step) for step in range((event.last - event.first).days + 1)]
    if isinstance(day, int):
        return any(one.isoweekday() == day for one in days)
    return any((one.month, one.day) == (day.month, day.day) for one in days)
