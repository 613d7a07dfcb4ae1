"""States by other words than their name: "the North" for North Korea, "the Asian country", "the rogue regime".

Which state is meant is told by the report alone: it names only one such, or one that stands out among those just named.
Where two could be meant the phrase stays an actor of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.extract.mentions.chains import Chains
from onrecord.extract.mentions.draft import Draft, Text
from onrecord.extract.syntax import kids
from onrecord.lexicon.places import Gazetteer

HALVES = frozenset({"north", "south"})
ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "poss", "conj"})
DEALT_WITH = frozenset({"by", "with", "to", "from", "against", "on", "of", "between", "toward", "towards"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
LOOK_BACK = 3  # sentences; a description further from the name it means is rare
CLOSE = 0.75  # as near to the best one leaves it open which state is meant; set by hand


def find_halves(text: Text, names: Sequence[Draft]) -> tuple[Draft, ...]:
    """ "The North" and "the South" where they act or are dealt with, in a report that names one state so called."""
    states = {draft.key: draft for draft in names if draft.actor_kind == "state" and draft.key}
    taken = {token for draft in names for token in range(draft.first, draft.last)}
    found: list[Draft] = []
    for token in text.parsed.tokens:
        if token.lower not in HALVES or token.i in taken or not _is_half(text, token.i):
            continue
        named = [draft for draft in states.values() if draft.words[:1] == (token.lower,) and len(draft.words) > 1]
        if len(named) == 1:
            found.append(_half(token.i, named[0]))
    return tuple(found)


def _is_half(text: Text, index: int) -> bool:
    token, before = text.parsed.tokens[index], text.parsed.tokens[index - 1] if index else None
    if before is None or before.lower != "the" or not token.text[:1].isupper():
        return False
    if token.dep == "pobj":
        return text.parsed.tokens[token.head].lower in DEALT_WITH
    return token.dep in ACTING


def _half(index: int, state: Draft) -> Draft:
    return Draft(
        index, index + 1, index, "name", "state", state.name, state.words, state.key,
        "short for a state that the report names", state.country, state.sector, body=state.body,
    )  # fmt: skip


def join_states(chains: Chains, text: Text, places: Gazetteer) -> None:
    """Descriptions of a state with the one that stands out among those named just before."""
    told = Counter(chains.root(index) for index, draft in enumerate(chains.drafts) if _is_state(draft))
    for index, draft in enumerate(chains.drafts):
        if chains.root(index) == index and _describes(text, draft):
            meant = _meant(chains, text, index, told, _continent(text, draft, places), places)
            if meant is not None:
                chains.join(index, meant, "description of the state that stands out among those named before")


def _is_state(draft: Draft) -> bool:
    return draft.kind == "name" and draft.actor_kind == "state" and draft.key is not None


def _describes(text: Text, draft: Draft) -> bool:
    """Whether a phrase is "the", perhaps adjectives, and a noun for a state, with nothing after it."""
    tokens = text.parsed.tokens
    if draft.kind != "nominal" or draft.country or draft.plural or draft.last != draft.head + 1:
        return False
    if tokens[draft.first].lower != "the" or tokens[draft.head].lower not in text.actors.words["state noun"]:
        return False
    own = kids(text.parsed, draft.head, "compound", "nmod", "poss", "relcl", "acl", "nummod")
    if own or kids(text.parsed, draft.head, "appos"):
        return False
    bare = draft.first + 1 == draft.head
    return not (bare and tokens[draft.head].lower == "state")  # one of a union, or what is no company's


def _continent(text: Text, draft: Draft, places: Gazetteer) -> str | None:
    """The continent that an adjective names, "" where it names a part of the world that is none."""
    words = [token.text for token in text.parsed.tokens[draft.first + 1 : draft.head]]
    for length in (2, 1):  # "South American" before "American"
        for first in range(len(words) - length + 1):
            senses = places.demonym(" ".join(words[first : first + length])) if words[first][:1].isupper() else ()
            if senses:
                return senses[0].name if senses[0].kind == "continent" else ""
    return None


def _meant(
    chains: Chains, text: Text, index: int, told: Counter[int], continent: str | None, places: Gazetteer
) -> int | None:
    """The state that stands out: near, in a leading place and often named, and not the one that acts on it."""
    draft, tokens = chains.drafts[index], text.parsed.tokens
    acting = set(_acting_on(text, draft.head))
    weights: dict[int, float] = {}
    for other in range(index - 1, -1, -1):
        named = chains.drafts[other]
        distance = tokens[draft.head].sentence - tokens[named.head].sentence
        if distance > LOOK_BACK:
            break
        if not _is_state(named) or (continent is not None and places.continents.get(named.country or "") != continent):
            continue
        root = chains.root(other)
        first = _first_of(text, named.head)
        leads = 2.0 if tokens[first].dep in SUBJECTS else 1.0
        weights[root] = max(weights.get(root, 0.0), leads * told[root] / (1 + distance))
    barred = {chains.root(i) for i, one in enumerate(chains.drafts) if one.head in acting}
    best = sorted(((weight, root) for root, weight in weights.items() if root not in barred), reverse=True)
    if not best or (len(best) > 1 and best[1][0] >= CLOSE * best[0][0]):
        return None
    return best[0][1]


def _first_of(text: Text, head: int) -> int:
    """The first of those that a word is coordinated with: of "Chad and Sudan" Chad."""
    tokens = text.parsed.tokens
    while tokens[head].dep == "conj" and tokens[head].head < head:
        head = tokens[head].head
    return head


def _acting_on(text: Text, head: int) -> Iterator[int]:
    """The subjects of the clauses round a phrase, up to the first that has one: they act on it, and are another."""
    tokens, parsed = text.parsed.tokens, text.parsed
    if tokens[head].dep in SUBJECTS:
        return
    for above in parsed.ancestors(head):
        yield from kids(parsed, above, "poss")
        subjects = kids(parsed, above, *SUBJECTS)
        if subjects:
            yield from subjects
            return
