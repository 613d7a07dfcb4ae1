"""Who did what to whom from a raw sentence: event types with the countries of actors and recipients.

Everything is read by the package's own stages, as in a build. Bodies that states make up, such as the United Nations,
answer to the gold's code IGO; an actor whose country is not known gives no code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bench.tools import Row, Tools, plain_document
from onrecord.extract.events import find_events
from onrecord.extract.mentions import find_mentions
from onrecord.extract.places import find_places
from onrecord.model.claims import Event, Mention

BETWEEN_STATES = "IGO"


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """One row a record, with all its events."""
    return [_predicted(row, tools) for row in rows]


def _predicted(row: Row, tools: Tools) -> Row:
    document = plain_document(str(row["id"]), row["text"])
    parsed = tools.parsed(document)
    mentions = find_mentions(parsed, document, tools.lexicon)
    places = find_places(parsed, mentions, tools.lexicon)
    events, added = find_events(parsed, mentions, (), places, (), (), tools.lexicon)
    by_id = {mention.id: mention for mention in (*mentions, *added)}
    return {"id": row["id"], "events": [_event(event, by_id) for event in events]}


def _event(event: Event, by_id: Mapping[str, Mention]) -> Row:
    return {
        "event_type": event.type,
        "actors": _codes(by_id[id] for id in event.actors),
        "recipients": _codes(by_id[id] for id in event.recipients),
    }


def _codes(mentions: Iterable[Mention]) -> list[str]:
    return sorted({code for mention in mentions if (code := _code(mention)) is not None})


def _code(mention: Mention) -> str | None:
    if mention.country is not None:
        return mention.country
    return BETWEEN_STATES if mention.actor_kind == "organisation" and mention.key is not None else None
