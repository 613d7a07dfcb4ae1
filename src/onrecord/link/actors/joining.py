"""The steps that join chains of many reports, each with its reason; none undoes what one before it did.

A name alone is never enough where the pile leaves a choice: then the chains stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from onrecord.lexicon.actors import ActorBase, ActorRow, Known
from onrecord.lexicon.spelling import sound_key
from onrecord.link.actors.chains import Chain, Joined
from onrecord.link.actors.names import name_score

SAME_NAME = (
    0.93  # name_score from which two full names are one; strict by intent, above the 0.86 best on pairs; not measured
)
NAMES = 1 << 16  # pairs of names whose likeness is kept at hand
INDEFINITE = frozenset({("a",), ("an",)})
OWNED = frozenset({("my",), ("his",), ("her",), ("its",), ("our",), ("their",)})


def join_same(joined: Joined, name: Callable[[int], str], reason: str) -> None:
    """Join all chains for which `name` gives the same words; an empty string joins nothing."""
    seen: dict[str, int] = {}
    for index in range(len(joined.chains)):
        words = name(index)
        if words:
            joined.join(index, seen.setdefault(words, index), reason)


def know_states(joined: Joined, actors: ActorBase) -> None:
    """A state named as an actor by its capital or a palace, which the report's own reading left without a key."""
    for index, chain in enumerate(joined.chains):
        if chain.key is not None or chain.kind != "state":
            continue
        meant = [sense for sense in actors.by_name(chain.words) if sense.row.kind == "state" and sense.how != "people"]
        if meant and chain.country in (None, meant[0].row.country):
            joined.keys[index] = meant[0].row.key
            joined.reasons[index] = f"{chain.name!r}: {meant[0].how} of a state"


def know_by_day(joined: Joined, actors: ActorBase) -> None:
    """A last name or an office alone, with the days of the report: the one who held a fitting office on all of them."""
    named: dict[str, set[str | None]] = {}
    for chain in joined.chains:
        if chain.named and chain.kind == "state":
            named.setdefault(chain.document, set()).add(chain.country)
    for index, chain in enumerate(joined.chains):
        if chain.key is not None or chain.days is None:
            continue
        if chain.is_person:
            row = _holder_named(chain, frozenset(named.get(chain.document, ())), actors)
        else:
            row = _holder_of_role(joined, index, actors)
        if row is not None:
            joined.keys[index] = row.key
            joined.reasons[index] = f"{chain.name!r}: in office in the days of the report ({'/'.join(chain.days)})"


def _holder_named(chain: Chain, named: frozenset[str | None], actors: ActorBase) -> ActorRow | None:
    if len(chain.words) != 1:
        return None
    offices = frozenset({chain.role} if chain.role else ())
    countries = frozenset({chain.country} if chain.country else ())
    return actors.by_last_name(chain.words[0], Known(offices, countries, named, chain.days))


def _holder_of_role(joined: Joined, index: int, actors: ActorBase) -> ActorRow | None:
    """The holder of an office that a report names without its holder; only a definite singular phrase."""
    chain = joined.chains[index]
    if chain.named or chain.kind != "role" or chain.role is None or chain.country is None:
        return None
    if not actors.is_single(chain.role, chain.country) or chain.words[:1] in INDEFINITE:
        return None
    gender = next((actors.gendered[word] for word in chain.words if word in actors.gendered), None)
    row = actors.holder(chain.role, chain.country, chain.days, gender)
    if row is None:
        joined.notes[index] = actors.candidates(chain.role, chain.country, chain.days, gender)
    return row


def join_people(joined: Joined, actors: ActorBase) -> None:
    """Full names of people, compared within those whose last names sound alike."""
    blocks: dict[str, list[int]] = {}
    alike = lru_cache(NAMES)(lambda one, other: name_score(one, other, actors) >= SAME_NAME)
    for index, chain in enumerate(joined.chains):
        if not chain.is_person or len(chain.words) < 2:
            continue
        block = blocks.setdefault(sound_key(chain.words[-1]), [])
        for other in block:
            if joined.root(other) != joined.root(index) and _one_person(joined, index, other, actors, alike):
                joined.join(index, other, f"full name as {joined.chains[other].name!r}, nothing against it")
                break
        if all(joined.root(other) != joined.root(index) for other in block):
            block.append(index)


def _one_person(joined: Joined, index: int, other: int, actors: ActorBase, alike: Callable[[str, str], bool]) -> bool:
    one, two = joined.chains[index], joined.chains[other]
    mine, theirs = joined.keys[joined.root(index)], joined.keys[joined.root(other)]
    if (mine and theirs and mine != theirs) or (one.country and two.country and one.country != two.country):
        return False
    if not actors.same_given(one.words[0], two.words[0]):
        return False
    return alike(one.name, two.name)


def join_last_names(joined: Joined) -> None:
    """A last name alone, with the one person of that name in the pile."""
    people: dict[str, set[int]] = {}
    for index, chain in enumerate(joined.chains):
        if chain.is_person and (len(chain.words) > 1 or joined.keys[joined.root(index)]):
            people.setdefault(sound_key(chain.words[-1]), set()).add(joined.root(index))
    countries = {group[0]: {joined.chains[i].country for i in group} for group in joined.groups()}
    alone: dict[tuple[str, str], int] = {}
    for index, chain in enumerate(joined.chains):
        if not chain.is_person or len(chain.words) != 1 or joined.keys[joined.root(index)]:
            continue
        key = sound_key(chain.words[0])
        candidates = sorted(
            {joined.root(other) for other in people.get(key, ()) if _compatible(joined, index, other, countries)}
        )
        if len(candidates) == 1:
            joined.join(index, candidates[0], f"last name {chain.name!r}, one candidate in the pile")
        elif not people.get(key):
            joined.join(
                index, alone.setdefault((key, chain.country or ""), index), "same last name, no full name in the pile"
            )


def _compatible(joined: Joined, index: int, other: int, countries: Mapping[int, set[str | None]]) -> bool:
    one = joined.chains[index]
    return one.country is None or countries[joined.root(other)] <= {None, one.country}


def body_name(joined: Joined, index: int) -> str:
    chain = joined.chains[index]
    if not chain.named or chain.is_person or joined.keys[joined.root(index)]:
        return ""
    return "|".join((chain.kind, chain.country or "", *chain.words))


def join_roles(joined: Joined, actors: ActorBase) -> None:
    """As in "A Kremlin spokesperson" with the one person named in that office in the same report, else in the pile."""
    holders: dict[tuple[str, str], set[int]] = {}
    for index, chain in enumerate(joined.chains):
        if chain.is_person and chain.country:
            for office in sorted(_offices(joined, index, actors)):
                holders.setdefault((office, chain.country), set()).add(index)
    for index, chain in enumerate(joined.chains):
        if chain.named or chain.kind != "role" or chain.role is None or chain.country is None:
            continue
        if not actors.is_single(chain.role, chain.country) or joined.keys[joined.root(index)]:
            continue
        found = holders.get((chain.role, chain.country), set())
        near = {joined.root(other) for other in found if joined.chains[other].document == chain.document}
        roots = sorted(near or {joined.root(other) for other in found})
        if len(roots) == 1:
            where = "this report" if near else "the pile"
            joined.join(index, roots[0], f"{chain.role} of {chain.country}: one person in that office in {where}")


def _offices(joined: Joined, index: int, actors: ActorBase) -> set[str]:
    chain = joined.chains[index]
    offices = {chain.role} if chain.role else set()
    row = actors.rows.get(joined.keys[joined.root(index)] or "")
    if row is not None and chain.days is not None:
        offices |= {tenure.office for tenure in row.tenures if tenure.covers(*chain.days)}
    return offices


def group_name(joined: Joined, index: int, actors: ActorBase, owners: Mapping[tuple[str, int], int]) -> str:
    """Those without a name: one actor for each state, kind and telling words; what is somebody's, for each of these."""
    chain = joined.chains[index]
    if chain.named or joined.keys[joined.root(index)] or joined.reasons[index]:
        return ""
    telling = telling_words(chain, actors)
    words = "|".join((chain.kind, chain.country or "", chain.sector or "", *telling))
    if chain.words[:1] not in OWNED:
        return words
    owner = owners.get((chain.document, chain.mentions[0].span.start))
    known = owner is not None and (joined.chains[owner].named or joined.keys[joined.root(owner)])
    joined.owners[index] = joined.root(owner) if owner is not None and known else index
    return f"{joined.owners[index]} {words}" if known else ""


def owners_of(chains: Sequence[Chain]) -> dict[tuple[str, int], int]:
    """The chain that each pronoun belongs to, by document and offset: whose allies "his allies" are."""
    return {
        (chain.document, mention.span.start): index
        for index, chain in enumerate(chains)
        for mention in chain.mentions
        if mention.kind == "pronoun"
    }


def telling_words(chain: Chain, actors: ActorBase) -> tuple[str, ...]:
    """The words that tell unnamed actors apart: not how many, nor their state ("Sudan's" and "Sudanese" are one)."""
    own = _without_state(chain.words, chain.country, actors)
    return tuple(word for word in own if word not in actors.words["untelling"] and not word.isdigit()) or chain.words


def _without_state(words: tuple[str, ...], country: str | None, actors: ActorBase) -> tuple[str, ...]:
    """Words without the name or adjective of the actor's state, wherever it stands before the last of them."""
    for length in (3, 2, 1) if country is not None else ():
        for first in range(len(words) - length):
            senses = actors.by_name(words[first : first + length])
            if any(s.row.key == f"state:{country}" and s.how in ("name", "adjective") for s in senses):
                rest = words[first + length :]
                return (*words[:first], *(rest[1:] if rest[0] == "s" and len(rest) > 1 else rest))
    return words
