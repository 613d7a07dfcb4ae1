"""What speaks for or against a draft being a right event: who takes part, how exact its words are, what is reported on.

Each sign is a number; `taggers/event_factors.tsv` says how much it weighs. The same draft gives the same signs in
training and in a build.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from onrecord.extract.events.drafts import Draft
from onrecord.extract.events.scene import Scene
from onrecord.model.claims import EVENT_TYPES, Mention
from onrecord.taggers.events import NONE

PUBLIC_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "REB", "UAF", "SPY", "PTY", "OPP", "PRM", "PRE"})
ARMED_SECTORS = frozenset({"MIL", "REB", "UAF", "CRM", "COP"})
HARMED_SECTORS = frozenset({"MIL", "COP", "REB", "UAF", "OPP", "JRN", "REF", "MED", "REL"})
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
LEAST_SHARE = 1e-3  # what keeps logarithms finite
# what a report is taken for before anything is read of it: one public mention of four, and half a word a sentence
# over two sentences more than it has, so that a text of one line weighs little
PRIOR_PUBLIC, PRIOR_MENTIONS, PRIOR_SENTENCES, PRIOR_WORDS = 1, 4, 2, 0.5
MOST_WORDS = 3  # words of a class in one sentence that are counted


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is of: log-odds of a mention's being a public body, logs of everyday words and of words of war and
    state a sentence."""

    public: float
    everyday: float
    warlike: float


def subject_of(scene: Scene) -> Subject:
    """What a whole report is of, by who is named in it and by words of sport, business, culture and the like."""
    mentions = scene.known.values()
    share = (PRIOR_PUBLIC + sum(map(is_public, mentions))) / (PRIOR_MENTIONS + len(mentions))
    return Subject(log(share / (1 - share)), _density(scene, "everyday"), _density(scene, "warlike"))


def _density(scene: Scene, name: str) -> float:
    """Log of how many nouns of a class a sentence of the report has."""
    sentences = len(scene.parsed.sentences)
    words = sum(_words(scene, sentence, name) for sentence in range(sentences))
    return log(PRIOR_WORDS + words / (sentences + PRIOR_SENTENCES))


def _words(scene: Scene, sentence: int, name: str) -> int:
    tokens = scene.parsed.sentence_tokens(sentence)
    return sum(token.pos in ("NOUN", "PROPN") and scene.is_a(name, token.i) for token in tokens)


def signs_of(
    scene: Scene, draft: Draft, shares: Mapping[str, float], others: Sequence[str], subject: Subject
) -> dict[str, float]:
    """All signs of a draft by name; `shares` are the trained layer's, `others` the types beside it in the sentence."""
    event = draft.event
    actors = [mention for mention in draft.sides if mention.id in event.actors]
    recipients = [mention for mention in draft.sides if mention.id in event.recipients]
    sides, trigger = [*actors, *recipients], draft.site.trigger if draft.site is not None else None
    unnamed_harm = event.type == "ASSAULT" and not actors
    facts = {
        "public side": any(map(is_public, sides)),
        "public actor": any(map(is_public, actors)),
        "known side": any(side.country or side.sector or side.key for side in sides),
        "side with a country": any(side.country for side in sides),
        "two states": len({side.country for side in sides if side.country}) > 1,
        "armed side": any(side.sector in ARMED_SECTORS for side in sides),
        "company": any(side.sector == "BUS" for side in sides),
        "no actor": not actors,
        "only common nouns": all(side.kind == "nominal" and not side.country for side in sides),
        "noun without a verb": trigger is not None and trigger.kind == "noun" and _stands_alone(draft),
        "exact trigger": trigger is not None and (bool(trigger.rest) or trigger.wanted is not None),
        "unnamed harm, by its way": unnamed_harm and event.mode in WAYS_OF_HARM,
        "unnamed harm, by who was harmed": unnamed_harm and any(side.sector in HARMED_SECTORS for side in recipients),
        "unnamed harm beside violence": unnamed_harm and "ASSAULT" in others,
        **{f"rules say {type_}": event.type == type_ for type_ in EVENT_TYPES},
    }
    return {
        "likeliest type": _log_odds(max(shares[type_] for type_ in EVENT_TYPES)),
        "rules' type": _log_odds(shares[event.type]),
        "no event": _log_odds(shares[NONE]),
        "public report": subject.public,
        "everyday report": subject.everyday,
        "report of war and state": subject.warlike,
        "everyday words": float(min(MOST_WORDS, _words(scene, draft.sentence, "everyday"))),
        "words of war and state": float(min(MOST_WORDS, _words(scene, draft.sentence, "warlike"))),
        **{name: float(holds) for name, holds in facts.items()},
    }


def _stands_alone(draft: Draft) -> bool:
    return draft.route is not None and draft.route.carrier is None


def is_public(side: Mention) -> bool:
    """Whether a side is a state, a body that states make up, or a body or holder of public, armed or party power."""
    if not side.country and not side.sector:
        return side.actor_kind == "organisation" and side.key is not None
    return side.sector in PUBLIC_SECTORS or side.role is not None or side.actor_kind == "state"


def _log_odds(share: float) -> float:
    return log((share + LEAST_SHARE) / (1 - share + LEAST_SHARE))
