"""Events that lie in what one says of another: "X says Y must …" asks, "X says Y is to blame" accuses.

Nobody demands of or accuses oneself: speaker and subject of the clause must be two actors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.events.doers import doers_of, subject_heads
from onrecord.extract.events.scene import Scene, actors_at, actors_within
from onrecord.extract.syntax import kids
from onrecord.model.claims import EventType, Mention

NOT_BLAMED = frozenset({"would", "could", "may", "might", "will", "'ll", "’ll"})


@dataclass(frozen=True, slots=True)
class Saying:
    """An event made by saying: the verb of saying, the word that makes it one, and both sides."""

    verb: int
    word: int
    type: EventType
    mode: str
    speakers: tuple[Mention, ...]
    others: tuple[Mention, ...]
    sureness: float


def find_sayings(scene: Scene, sentence: int) -> Iterator[Saying]:
    """All demands and accusations of a sentence that a clause under a verb of saying makes."""
    for token in scene.parsed.sentence_tokens(sentence):
        if token.pos != "VERB" or not scene.is_a("say", token.i):
            continue
        for clause in kids(scene.parsed, token.i, "ccomp"):
            saying = _saying(scene, token.i, clause)
            if saying is not None:
                yield saying


def _saying(scene: Scene, verb: int, clause: int) -> Saying | None:
    speakers = doers_of(scene, verb)
    others = _others(scene, clause, speakers)
    if not speakers or not others:
        return None
    word = _demand_word(scene, clause)
    if word is not None:
        return Saying(verb, word, "REQUEST", "change", speakers, others, 0.7)
    word = _blame_word(scene, clause)
    if word is not None:
        return Saying(verb, word, "ACCUSE", "allege", speakers, others, 0.6)
    if scene.is_a("claim", verb) and scene.token(clause).pos == "VERB" and (others[0].country or others[0].key):
        return Saying(verb, verb, "ACCUSE", "allege", speakers, others, 0.5)
    return None


def _others(scene: Scene, clause: int, speakers: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Whom the clause is about, where none of them is, or belongs to the state of, a speaker."""
    found = [
        mention
        for head in subject_heads(scene, clause)
        for mention in actors_at(scene, head) or actors_within(scene, head, ())
    ]
    chains = {speaker.chain for speaker in speakers}
    countries = {speaker.country for speaker in speakers if speaker.country}
    if any(mention.chain in chains or mention.country in countries for mention in found):
        return ()
    return tuple(mention for mention in dict.fromkeys(found) if mention.kind != "pronoun" or mention.country)


def _demand_word(scene: Scene, clause: int) -> int | None:
    """The word of duty in a clause: "must", "should", "needs to"."""
    for child in kids(scene.parsed, clause, "aux"):
        if scene.triggers.is_a("must", scene.token(child).lower):
            return child
    if scene.is_a("must_verb", clause) and kids(scene.parsed, clause, "xcomp"):
        return clause
    return None


def _blame_word(scene: Scene, clause: int) -> int | None:
    """The word of blame in a clause told as fact: "violates", "is responsible"."""
    if {scene.token(child).lower for child in kids(scene.parsed, clause, "aux", "neg")} & NOT_BLAMED:
        return None
    if kids(scene.parsed, clause, "neg", "nsubjpass"):
        return None
    if scene.is_a("blame", clause) and scene.token(clause).pos == "VERB":
        return clause if not _is_warfare(scene, clause) else None
    if scene.lemma(clause) not in ("be", "remain", "stand"):
        return None  # "lags behind" blames nobody
    for child in kids(scene.parsed, clause, "acomp", "attr", "prep"):
        if scene.is_a("blame_word", child):
            return child
    return None


def _is_warfare(scene: Scene, verb: int) -> bool:
    """Whether a word plainly reports violence ("police said gunmen attacked …"), which by itself accuses nobody."""
    rows = scene.triggers.by_head.get(("verb", scene.lemma(verb)), ())
    return any(row.type == "ASSAULT" and not row.rest for row in rows) and not scene.is_a(
        "claim", scene.token(verb).head
    )
