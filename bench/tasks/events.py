"""The PLOVER type of what a marked source does to a marked target, one sentence at a time.

The two marked phrases are the only actors, with the pronouns that the mention stage joins to them. Of all events found
the one that connects them is taken: source as actor and target as recipient first, then both as actors, either way
round, the source alone, the target alone, any other; among equals the surest, then the first. None found: "NONE".
"""

from __future__ import annotations

import re
from dataclasses import replace

from bench.tools import Row, Tools, plain_document
from onrecord.extract.events import find_events
from onrecord.extract.mentions import find_mentions
from onrecord.model.claims import Event, Mention
from onrecord.model.ids import make_id
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed

MARK = re.compile(r"</?([st])>")
QUAD_OF_NONE = 0


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """One row a sentence: its type and quad."""
    return [_predicted(row, tools) for row in rows]


def _predicted(row: Row, tools: Tools) -> Row:
    text, marked = _unmarked(row["marked"])
    document = plain_document(str(row["id"]), text)
    parsed = tools.parsed(document)
    found = find_mentions(parsed, document, tools.lexicon)
    sides = {
        kind: _mentions(parsed, spans, number) + _pronouns(found, spans, number)
        for number, (kind, spans) in enumerate(sorted(marked.items()))
    }
    mentions = tuple(mention for found in sides.values() for mention in found)
    events, _ = find_events(parsed, mentions, (), (), (), (), tools.lexicon)
    best = _best(events, *({mention.id for mention in sides.get(kind, ())} for kind in "st"))
    if best is None:
        return {"id": row["id"], "event_type": "NONE", "quad": QUAD_OF_NONE}
    return {"id": row["id"], "event_type": best.type, "quad": tools.lexicon.triggers.kinds[best.type].quad}


def _unmarked(marked: str) -> tuple[str, dict[str, list[Span]]]:
    """The text without its marks, and the stretches that were marked."""
    pieces: list[str] = []
    spans: dict[str, list[Span]] = {}
    length, open_at, at = 0, 0, 0
    for mark in MARK.finditer(marked):
        pieces.append(marked[at : mark.start()])
        length, at = length + len(pieces[-1]), mark.end()
        if mark.group().startswith("</"):
            spans.setdefault(mark.group(1), []).append(Span(open_at, length))
        else:
            open_at = length
    return "".join([*pieces, marked[at:]]), spans


def _mentions(parsed: Parsed, spans: list[Span], chain: int) -> tuple[Mention, ...]:
    """A marked phrase as mentions; its head is the token that hangs on something outside it."""
    found = []
    for span in spans:
        inside = [token for token in parsed.tokens if span.start <= token.start < span.end and not token.text.isspace()]
        if not inside:
            continue
        indices = {token.i for token in inside}
        heads = [token for token in inside if token.head not in indices or token.head == token.i]
        head = next((token for token in heads if token.pos in ("NOUN", "PROPN", "PRON")), inside[-1])
        name = parsed.words(span)
        id = make_id("me", parsed.document, span.start, span.end)
        found.append(Mention(id, span, Span(head.start, head.end), "nominal", "group", chain, name))
    return tuple(found)


def _pronouns(found: tuple[Mention, ...], spans: list[Span], chain: int) -> tuple[Mention, ...]:
    """Pronouns that stand for what was marked."""
    chains = {mention.chain for mention in found if any(span.contains(mention.span) for span in spans)}
    pronouns = (mention for mention in found if mention.kind == "pronoun" and mention.chain in chains)
    return tuple(replace(mention, chain=chain) for mention in pronouns)


def _best(events: tuple[Event, ...], source: set[str], target: set[str]) -> Event | None:
    def rank(event: Event) -> tuple[int, float, int]:
        return (_connection(event, source, target), event.score, -event.trigger.start)

    return max(events, key=rank, default=None)


def _connection(event: Event, source: set[str], target: set[str]) -> int:
    """How well an event connects the two, 0 to 6."""
    actors, recipients = set(event.actors), set(event.recipients)
    ways = (
        actors & source and recipients & target,
        actors & source and actors & target,
        actors & target and recipients & source,
        actors & source,
        recipients & target,
        (actors | recipients) & (source | target),
    )
    return next((len(ways) - place for place, way in enumerate(ways) if way), 0)
