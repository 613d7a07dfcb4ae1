"""Claims in context: the events and statements of a report with their actors resolved, their days and their stems.

What cannot be resolved is left out of the keys, never guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from onrecord.link.reports import MUTUAL, STEM, Report, Said, ToldEvent, fold_words, stems
from onrecord.model.claims import Event, Mention, Quantity, Reading, Statement, TimeRef
from onrecord.model.days import Days, day_range, news_days
from onrecord.model.offsets import Span
from onrecord.model.record import ShownActor

# words of a cue that deny whatever follows them, a plan or a role too
DENYING = frozenset({"denied", "denies", "deny", "denying", "denial", "denials", "refuted", "refutes"})


def tell_events(
    report: Report, reading: Reading, resolved: Mapping[str, ShownActor], function_words: frozenset[str]
) -> tuple[ToldEvent, ...]:
    """The events of one report in context."""
    mentions = {mention.id: mention for mention in reading.mentions}
    times = {time.id: time for time in reading.times}
    places = {place.id: place for place in reading.places}
    quantities = {quantity.id: quantity for quantity in reading.quantities}
    told = []
    for event in reading.events:
        time = times.get(event.time or "")
        evidence = fold_words(report.document.words(event.evidence))
        cause = fold_words(report.document.words(event.trigger))
        named = [*(mentions[id].span for id in _doers(event) if id in mentions), event.trigger]
        named.extend(found.span for found in (time, places.get(event.place or "")) if found)
        known = stems((w for span in named for w in fold_words(report.document.words(span))), function_words)
        words = stems(evidence, function_words)
        told.append(
            ToldEvent(
                event,
                report.id,
                participant_keys(event.actors, mentions, resolved),
                participant_keys(event.recipients, mentions, resolved),
                _people((*event.actors, *event.recipients), resolved),
                time,
                days_of(time),
                places.get(event.place or ""),
                cause[0][:STEM] if cause else "",
                words,
                words - known,
                _amounts(event, quantities),
                news_days(reading.published.value) if time is None and event.dated == "report" else None,
            )
        )
    return tuple(told)


def _doers(event: Event) -> tuple[str, ...]:
    return (*event.actors, *event.recipients) if event.type in MUTUAL else event.actors


def _people(ids: Iterable[str], resolved: Mapping[str, ShownActor]) -> frozenset[str]:
    found = (resolved.get(id) for id in ids)
    return frozenset(actor.id for actor in found if actor and actor.kind == "person")


def _amounts(event: Event, quantities: Mapping[str, Quantity]) -> frozenset[tuple[str, float]]:
    found = (quantities.get(id) for id in event.magnitudes)
    return frozenset((quantity.unit, quantity.value) for quantity in found if quantity)


def tell_statements(
    report: Report, reading: Reading, resolved: Mapping[str, ShownActor], function_words: frozenset[str]
) -> tuple[Said, ...]:
    """The statements of one report in context."""
    mentions = {mention.id: mention for mention in reading.mentions}
    times = {time.id: time for time in reading.times}
    placed = sorted(reading.mentions, key=lambda mention: mention.span.start)
    said = []
    for statement in reading.statements:
        shown = statement.content or tuple(span for span in (statement.cue,) if span)
        if not shown:  # nothing of it could be shown
            continue
        words = [word for span in statement.content for word in fold_words(report.document.words(span))]
        keys = participant_keys((statement.speaker,) if statement.speaker else (), mentions, resolved)
        actor = resolved.get(statement.speaker or "")
        days = days_of(times.get(statement.said or ""))
        name = actor.id if actor else None
        named = [mention for span in shown for mention in _within(placed, span)]
        about = participant_keys([mention.id for mention in named], mentions, resolved)
        names = stems((w for m in named for w in fold_words(report.document.words(m.head))), function_words)
        content = stems(words, function_words)
        denies = is_denial(statement, report)
        said.append(Said(statement, report.id, shown[0], name, keys, about, content, content - names, days, denies))
    return tuple(said)


def _within(placed: Sequence[Mention], span: Span) -> Sequence[Mention]:
    """The mentions, in order of their starts, that begin inside a span."""
    first = bisect_left(placed, span.start, key=_start)
    return placed[first : bisect_left(placed, span.end, first, key=_start)]


def _start(mention: Mention) -> int:
    return mention.span.start


def is_denial(statement: Statement, report: Report) -> bool:
    """A denial ("denied that", "denied any plan"), not the denial of one ("did not deny")."""
    cue = fold_words(report.document.words(statement.cue)) if statement.cue else ()
    return not statement.negated and (statement.cue_kind == "deny" or any(word in DENYING for word in cue))


def participant_keys(
    ids: Iterable[str], mentions: Mapping[str, Mention], resolved: Mapping[str, ShownActor]
) -> frozenset[str]:
    """Actor ids and countries of some mentions: the keys by which claims of different reports meet."""
    keys: set[str] = set()
    for id in ids:
        actor, mention = resolved.get(id), mentions.get(id)
        if actor:
            keys.add(actor.id)
        keys.update(country for country in (actor and actor.country, mention and mention.country) if country)
    return frozenset(keys)


def days_of(time: TimeRef | None) -> Days | None:
    """The days of a time expression; None where it could not be anchored on both sides."""
    return day_range(f"{time.start}/{time.end}") if time and time.start and time.end else None
