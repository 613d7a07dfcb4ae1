"""The trained layer over the rules: it takes another type where it is surer, drops what tells of no event, and scores.

The rules find clauses and sides; nothing is added here. A score is the share that the trained layer gives to the type
kept, which fits how often such a type is right (see the model card).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.extract.events.drafts import Draft
from onrecord.extract.events.routes import WARNING
from onrecord.extract.events.scene import Scene
from onrecord.extract.events.signs import Subject, signs_of, subject_of
from onrecord.extract.events.views import Clause, views
from onrecord.model.claims import EVENT_TYPES, Event, EventType
from onrecord.model.ids import make_id
from onrecord.taggers.events import NONE, EventWeights, likely_types
from onrecord.taggers.factors import likelihood

LEAST_LIKELY = 0.45  # drafts that are less likely right events are dropped
# by how much a type must be likelier than the rules' own before it replaces it: with less, public records of single
# sentences lost types, because words of another event in the sentence weigh too
SURER = 0.8
TWO_SIDES = 2


def weigh(
    scene: Scene, drafts: Sequence[Draft], weights: EventWeights, factors: Mapping[str, float], subject: Subject
) -> list[Draft]:
    """Drafts of one sentence with the types and scores of the trained layer, without those that are no events."""
    kept: list[Draft] = []
    for draft, others in beside_others(drafts):
        shares = likely_types(weights, views(scene, clause_of(scene, draft, others)))
        if likelihood(factors, signs_of(scene, draft, shares, others, subject)) >= LEAST_LIKELY:
            kept.append(replace(draft, event=_weighed(scene, draft, shares, others)))
    return kept


def beside_others(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, tuple[EventType, ...]]]:
    """Each draft of a sentence with the types of the others."""
    for draft in drafts:
        yield draft, tuple(sorted({other.event.type for other in drafts if other is not draft}))


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


def _weighed(scene: Scene, draft: Draft, shares: Mapping[str, float], others: Sequence[str]) -> Event:
    """An event with the type that is likeliest, where it is clearly so, and with that type's share as its score.

    A type that another event of the sentence has is never taken: that event would be told twice. What a warning is, is
    for the rules alone to say: it hangs on whose deeds it warns of.
    """
    event = draft.event
    best = max((type_ for type_ in EVENT_TYPES if type_ not in others), key=lambda type_: shares[type_])
    warns = draft.site is not None and draft.site.trigger.head in WARNING
    type_ = best if shares[best] - shares[event.type] > SURER and not warns else event.type
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


def weighed(scene: Scene, told: Iterable[Draft], weights: EventWeights, factors: Mapping[str, float]) -> list[Draft]:
    """All drafts of a report weighed, sentence by sentence."""
    subject = subject_of(scene)
    by_sentence = by_sentences(told)
    return [kept for drafts in by_sentence for kept in weigh(scene, drafts, weights, factors, subject)]


def by_sentences(told: Iterable[Draft]) -> list[list[Draft]]:
    """Drafts of a report, those of one sentence together."""
    found: dict[int, list[Draft]] = {}
    for draft in told:
        found.setdefault(draft.sentence, []).append(draft)
    return list(found.values())
