"""Which earlier mention a pronoun points to: the nearest actor that it can be, subjects first."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.extract.mentions.chains import Chains
from onrecord.extract.mentions.draft import Draft, Text
from onrecord.extract.mentions.pronouns import FIRST, PERSON, THING

LOOK_BACK = 4  # sentences: how far back an antecedent is sought; set by hand, not measured
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def join_pronouns(chains: Chains, text: Text, quoted: tuple[bool, ...]) -> None:
    """Each pronoun with the nearest actor that it can be, subjects first."""
    recent: list[int] = []
    for index, draft in enumerate(chains.drafts):
        if draft.kind != "pronoun":
            recent.append(index)
            continue
        word = draft.words[0]
        if word in FIRST:
            continue
        fits = _fitting(word, draft)
        target = _antecedent(chains, text, recent, index, fits, quoted)
        if target is not None:
            chains.join(index, target, f"nearest actor that {word!r} can be")
            recent.append(index)


def _fitting(word: str, pronoun: Draft) -> Callable[[Draft], bool]:
    def is_person(draft: Draft) -> bool:
        if draft.actor_kind not in ("person", "role") or draft.plural:
            return False
        return not (draft.gender and pronoun.gender and draft.gender != pronoun.gender)

    def is_thing(draft: Draft) -> bool:
        return draft.actor_kind in ("state", "organisation") or (draft.actor_kind == "group" and not draft.plural)

    def is_many(draft: Draft) -> bool:
        return draft.plural or (draft.actor_kind in ("group", "organisation") and draft.sector != "JRN")

    return is_person if word in PERSON else is_thing if word in THING else is_many


def _antecedent(
    chains: Chains, text: Text, recent: list[int], index: int, fits: Callable[[Draft], bool], quoted: tuple[bool, ...]
) -> int | None:
    """The best earlier mention in this sentence or those just before; the last in a tie."""
    pronoun = chains.drafts[index]
    here = text.parsed.tokens[pronoun.head].sentence
    best, best_score = None, 0.0
    for other in reversed(recent):
        draft = chains.drafts[other]
        distance = here - text.parsed.tokens[draft.head].sentence
        if distance > LOOK_BACK:
            break
        actual = chains.drafts[chains.root(other)] if draft.kind == "pronoun" else draft
        if not fits(actual) or draft.first >= pronoun.first or _is_same_clause_object(text, draft, pronoun):
            continue
        score = _prominence(text, draft, quoted[draft.head] == quoted[pronoun.head]) / (1.0 + distance)
        if score > best_score:
            best, best_score = other, score
    return best


def _prominence(text: Text, draft: Draft, same_voice: bool) -> float:
    """Subjects over others, names over nouns, the same side of a quotation mark over the other.

    The weights are set by hand and not calibrated: with equal distance a subject counts twice an object, and an actor
    across a quotation mark a little more than half of one on the pronoun's own side.
    """
    weight = 2.0 if text.parsed.tokens[draft.head].dep in SUBJECTS else 1.0
    weight *= 1.2 if draft.kind != "nominal" else 1.0
    return weight * (1.0 if same_voice else 0.6)


def _is_same_clause_object(text: Text, draft: Draft, pronoun: Draft) -> bool:
    """Subject and object of one verb are two: "Lavrov told him"."""
    tokens = text.parsed.tokens
    one, two = tokens[draft.head], tokens[pronoun.head]
    return one.head == two.head and two.dep in ("dobj", "dative", "pobj") and one.dep in SUBJECTS
