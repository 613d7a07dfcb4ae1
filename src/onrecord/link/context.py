"""Claims in context: the events and statements of a report with their actors resolved, their days and their stems.

What cannot be resolved is left out of the keys, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.link.reports import STEM, Days, Report, Said, ToldEvent, day_range, fold_words, stems
from onrecord.model.claims import Event, Mention, Quantity, Reading, TimeRef
from onrecord.model.record import Actor


def tell_events(
    report: Report, reading: Reading, resolved: Mapping[str, Actor], function_words: frozenset[str]
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
                stems(evidence, function_words),
                _amounts(event, quantities),
            )
        )
    return tuple(told)


def _people(ids: Iterable[str], resolved: Mapping[str, Actor]) -> frozenset[str]:
    found = (resolved.get(id) for id in ids)
    return frozenset(actor.id for actor in found if actor and actor.kind == "person")


def _amounts(event: Event, quantities: Mapping[str, Quantity]) -> frozenset[tuple[str, float]]:
    found = (quantities.get(id) for id in event.magnitudes)
    return frozenset((quantity.unit, quantity.value) for quantity in found if quantity)


def tell_statements(
    report: Report, reading: Reading, resolved: Mapping[str, Actor], function_words: frozenset[str]
) -> tuple[Said, ...]:
    """The statements of one report in context."""
    mentions = {mention.id: mention for mention in reading.mentions}
    times = {time.id: time for time in reading.times}
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
        said.append(Said(statement, report.id, shown[0], name, keys, stems(words, function_words), days))
    return tuple(said)


def participant_keys(
    ids: Iterable[str], mentions: Mapping[str, Mention], resolved: Mapping[str, Actor]
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
