"""The PLOVER type of what a marked source does to a marked target, one sentence at a time.

The two marked phrases are the only actors, with the pronouns that the mention stage joins to them. Of all that the
rules find, what connects the two best is taken: source as actor and target as recipient first, then both as actors,
either way round, the source alone, the target alone, any other. Where they find nothing the clause between the two is
taken as it stands. The trained layer then says which type it is.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.gold import held_out, score
from bench.tools import Row, Tools, plain_document, read_rows, write_rows
from onrecord.extract.events import find_drafts
from onrecord.extract.events.circumstances import gather
from onrecord.extract.events.drafts import Draft
from onrecord.extract.events.scene import Scene, make_scene
from onrecord.extract.events.views import Clause, views
from onrecord.extract.mentions import find_mentions
from onrecord.model.claims import EVENT_TYPES, Event, EventType, Mention
from onrecord.model.ids import make_id
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.taggers.events import EventWeights, likely_types, load_event_weights, read_event_weights

MARK = re.compile(r"</?([st])>")
# weights trained without the last third of the training file, so that it can be measured on (`training.events`)
TWO_THIRDS = Path(__file__).parents[1] / "data" / "events_two_thirds.npz"
WAYS = ("both", "mutual", "turned", "source", "target", "loose", "none")


@dataclass(frozen=True, slots=True)
class Pair:
    """A marked sentence: the clause between source and target, and what the rules make of it."""

    scene: Scene
    clause: Clause
    rule: EventType | None

    def views(self) -> tuple[str, ...]:
        return views(self.scene, self.clause)


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """One row a sentence: its type and quad."""
    return _predicted(rows, tools, load_event_weights())


def measure(gold: Path, tools: Tools) -> dict[str, Any]:
    """The scorer's figures on the held-out third, by weights that were trained without it."""
    rows = held_out(read_rows(gold))
    weights = read_event_weights(TWO_THIRDS.read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "gold.jsonl", Path(folder) / "predictions.jsonl"
        write_rows(files[0], rows)
        write_rows(files[1], _predicted(rows, tools, weights))
        return score("events", *files)


def _predicted(rows: Sequence[Row], tools: Tools, weights: EventWeights) -> list[Row]:
    found = []
    for row in rows:
        shares = likely_types(weights, pair_of(row, tools).views())
        type_ = likeliest(shares)
        found.append({"id": row["id"], "event_type": type_, "quad": tools.lexicon.triggers.kinds[type_].quad})
    return found


def likeliest(shares: dict[str, float]) -> EventType:
    """The likeliest type, CONCEDE and RETREAT counted together, as the gold has them."""
    yielding = shares["CONCEDE"] + shares["RETREAT"]
    return max(EVENT_TYPES, key=lambda type_: (yielding if type_ in ("CONCEDE", "RETREAT") else shares[type_], type_))


def pair_of(row: Row, tools: Tools, only_source: bool = False) -> Pair:
    """A marked row as the trained layer sees it; `only_source`: as if the target were not known."""
    text, marked = _unmarked(row["marked"])
    if only_source:
        marked.pop("t", None)
    document = plain_document(str(row["id"]), text)
    parsed = tools.parsed(document)
    found = find_mentions(parsed, document, tools.lexicon)
    sides = {
        kind: _mentions(parsed, spans, number) + _pronouns(found, spans, number)
        for number, (kind, spans) in enumerate(sorted(marked.items()))
    }
    scene = make_scene(parsed, tools.lexicon.triggers, [one for found in sides.values() for one in found], ())
    return _pair(scene, find_drafts(scene, gather(scene, (), (), (), ())), sides)


def _pair(scene: Scene, drafts: Sequence[Draft], sides: dict[str, tuple[Mention, ...]]) -> Pair:
    source, target = ({mention.id for mention in sides.get(kind, ())} for kind in "st")

    def rank(draft: Draft) -> tuple[int, float, int]:
        event = draft.event
        return (-_way(event, source, target), event.score, -event.trigger.start)

    best = max(drafts, key=rank, default=None)
    if best is None:
        first = _head(scene, sides.get("s", ()), (), None)
        sentence = scene.token(first).sentence if first is not None else 0
        return Pair(scene, Clause(sentence, first, _head(scene, sides.get("t", ()), (), sentence), *NOTHING), None)
    named = (*best.event.actors, *best.event.recipients)
    clause = Clause(
        sentence=best.sentence,
        source=_head(scene, sides.get("s", ()), named, best.sentence),
        target=_head(scene, sides.get("t", ()), named, best.sentence),
        site=best.site,
        route=best.route,
        rule=(best.event.type, best.event.mode),
        way=WAYS[_way(best.event, source, target)],
        others=tuple(sorted({draft.event.type for draft in drafts if draft is not best})),
    )
    return Pair(scene, clause, best.event.type)


NOTHING = (None, None, None, WAYS[-1])  # no site, route, rule, way


def _head(scene: Scene, mentions: Sequence[Mention], named: Sequence[str], sentence: int | None) -> int | None:
    """The head token of the mention that an event names, else of the first in its sentence, else of the first."""
    heads = {mention.id: scene.token_at(mention.head.start) for mention in mentions}
    of_event = [head for id, head in heads.items() if id in named and head is not None]
    near = [head for head in heads.values() if head is not None and scene.token(head).sentence == sentence]
    return next(iter([*of_event, *near, *(head for head in heads.values() if head is not None)]), None)


def _way(event: Event, source: set[str], target: set[str]) -> int:
    """How an event connects the two: a place in WAYS, the best first."""
    actors, recipients = set(event.actors), set(event.recipients)
    ways = (
        actors & source and recipients & target,
        actors & source and actors & target,
        actors & target and recipients & source,
        actors & source,
        recipients & target,
        (actors | recipients) & (source | target),
    )
    return next((place for place, way in enumerate(ways) if way), len(ways))


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
