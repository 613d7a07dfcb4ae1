"""The trained layer over the rules: it takes another type where it is surer, drops what tells of no event, and scores.

The rules find clauses and sides; nothing is added here. A score is the share that the trained layer gives to the type
kept, which fits how often such a type is right (see the model card).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import exp, log

from onrecord.extract.events.drafts import Draft
from onrecord.extract.events.scene import Scene
from onrecord.extract.events.views import Clause, views
from onrecord.model.claims import EVENT_TYPES, Event, EventType, Mention
from onrecord.model.ids import make_id
from onrecord.taggers.events import NONE, EventWeights, likely_types

# how likely a draft is a right event at all: log-odds of its type's share, log share of "no event", whether a side is a
# public body or state, whether a side is known at all, and the rest; fitted to 168 drafts judged by hand
SHARE, NO_EVENT, PUBLIC, KNOWN, REST = 0.36, -0.76, 1.3, 1.2, -3.6
LEAST_LIKELY = 0.35  # drafts that are less likely right events are dropped
PUBLIC_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "REB", "UAF", "SPY", "PTY", "OPP", "PRM", "PRE"})
# by how much a type must be likelier than the rules' own before it replaces it: with less, public records of single
# sentences lost types, because words of another event in the sentence weigh too
SURER = 0.8
TWO_SIDES = 2
WAYS_OF_HARM = frozenset(
    {
        "abduct",
        "torture",
        "sexual",
        "targeted",
        "firearms",
        "explosives",
        "suicide-attack",
        "aerial",
        "drone",
        "heavy-weapons",
    }
)
HARMED_SECTORS = frozenset({"CVL", "MIL", "COP", "REB", "UAF", "OPP", "JRN", "REF", "MED", "REL"})
TINY, FLOOR = 1e-9, 1e-4  # what keeps logarithms finite; the floor as when the factors were fitted


def weigh(scene: Scene, drafts: Sequence[Draft], weights: EventWeights) -> list[Draft]:
    """Drafts of one sentence with the types and scores of the trained layer, without those that are no events."""
    kept: list[Draft] = []
    for draft in drafts:
        others = tuple(sorted({other.event.type for other in drafts if other is not draft}))
        shares = likely_types(weights, views(scene, clause_of(scene, draft, others)))
        if is_event(draft, shares) >= LEAST_LIKELY or is_harm(draft, others):
            kept.append(replace(draft, event=_weighed(scene, draft.event, shares, others)))
    return kept


def is_event(draft: Draft, shares: Mapping[str, float]) -> float:
    """How likely a draft tells of a right event, by its words and by who takes part."""
    share = max(shares[type_] for type_ in EVENT_TYPES)
    total = SHARE * log((share + TINY) / (1 - share + TINY)) + NO_EVENT * log(shares[NONE] + FLOOR) + REST
    total += PUBLIC * any(_is_public(side) for side in _sides_of(draft))
    total += KNOWN * any(side.country or side.sector or side.key for side in _sides_of(draft))
    return 1 / (1 + exp(-total))


def is_harm(draft: Draft, others: Sequence[str]) -> bool:
    """Whether people were harmed by someone who is not named: "three protesters were shot dead".

    The trained layer has seen clauses with two sides only and takes these for accidents. They are told from accidents
    by the way of harm, by who was harmed, or by another act of violence in the sentence.
    """
    event = draft.event
    if event.type != "ASSAULT" or event.actors or not event.recipients:
        return False
    harmed = {mention.sector for mention in draft.sides if mention.id in event.recipients}
    return event.mode in WAYS_OF_HARM or bool(harmed & HARMED_SECTORS) or "ASSAULT" in others


def _sides_of(draft: Draft) -> list[Mention]:
    named = {*draft.event.actors, *draft.event.recipients}
    return [mention for mention in draft.sides if mention.id in named]


def _is_public(side: Mention) -> bool:
    """Whether a side is a state, or a body or holder of public, armed or party power."""
    if not side.country and not side.sector:
        return False
    return side.sector in PUBLIC_SECTORS or side.role is not None or side.actor_kind == "state"


def clause_of(scene: Scene, draft: Draft, others: Sequence[str]) -> Clause:
    """A draft as the trained layer looks at it: its first actor and first recipient, or both of two actors."""
    event = draft.event
    mutual = not event.recipients and len(event.actors) >= TWO_SIDES
    target = event.actors[1] if mutual else event.recipients[0] if event.recipients else None
    way = "mutual" if mutual else "both" if event.actors and target else "source" if event.actors else "target"
    return Clause(
        sentence=draft.sentence,
        source=_head(scene, draft, event.actors[0] if event.actors else None),
        target=_head(scene, draft, target),
        site=draft.site,
        route=draft.route,
        rule=(event.type, event.mode),
        way=way,
        others=others,
    )


def _head(scene: Scene, draft: Draft, id: str | None) -> int | None:
    mention = next((mention for mention in draft.sides if mention.id == id), None)
    return scene.token_at(mention.head.start) if mention is not None else None


def _weighed(scene: Scene, event: Event, shares: Mapping[str, float], others: Sequence[str]) -> Event:
    """An event with the type that is likeliest, where it is clearly so, and with that type's share as its score.

    A type that another event of the sentence has is never taken: that event would be told twice.
    """
    best = max((type_ for type_ in EVENT_TYPES if type_ not in others), key=lambda type_: shares[type_])
    type_ = best if shares[best] - shares[event.type] > SURER else event.type
    score = round(shares[type_] * (1 - shares[NONE]) / max(1e-9, _of_events(shares)), 3)
    if type_ == event.type:
        return replace(event, score=score)
    actors, recipients = _sides(event, type_)
    id = make_id("ev", scene.parsed.document, type_, event.trigger.start, event.trigger.end, event.id)
    return replace(event, id=id, type=type_, mode=None, actors=actors, recipients=recipients, score=score)


def _of_events(shares: Mapping[str, float]) -> float:
    return sum(shares[type_] for type_ in EVENT_TYPES)


def _sides(event: Event, type_: EventType) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sides of an event under another type: two who met stand apart where one acts on the other."""
    if event.recipients or len(event.actors) < TWO_SIDES or type_ in ("CONSULT", "COOPERATE", "SUPPORT", "AGREE"):
        return event.actors, event.recipients
    return event.actors[:1], event.actors[1:]


def weighed(scene: Scene, told: Iterable[Draft], weights: EventWeights) -> list[Draft]:
    """All drafts of a report weighed, sentence by sentence."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in told:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    return [kept for drafts in by_sentence.values() for kept in weigh(scene, drafts, weights)]
