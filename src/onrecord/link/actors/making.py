"""Joined chains as the record's actors: name, kind, state, aliases, offices and why they are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from onrecord.lexicon.actors import ActorBase, ActorRow
from onrecord.lexicon.spelling import fold_words
from onrecord.link.actors.chains import Chain, Joined
from onrecord.link.actors.joining import telling_words
from onrecord.model.claims import ActorKind
from onrecord.model.ids import make_id
from onrecord.model.record import Actor, RoleHeld


def make_actor(joined: Joined, group: list[int], actors: ActorBase) -> Actor:
    chains = [joined.chains[i] for i in group]
    row = actors.rows.get(next((key for i in group if (key := joined.keys[i])), ""))
    named = [chain for chain in chains if chain.named] or chains
    name = row.name if row is not None else _shared_name(named, actors)
    kind: ActorKind = row.kind if row is not None else _most(chain.kind for chain in named)
    country = row.country if row is not None else _most_or_none(chain.country for chain in chains)
    surfaces = {surface for chain in named for surface in chain.surfaces}
    reasons = {reason for i in group if (reason := joined.reasons[i])}
    if row is not None:
        reasons.add(row.origin)
    else:
        reasons |= {note for i in group if (note := joined.notes.get(i))}
    owner, apart = _owner(joined, group[0], actors)
    name = f"{name} ({owner})" if owner else name
    words = (" ".join(fold_words(name)) or name, kind, country, *apart)
    return Actor(
        id=make_id("ac", row.key) if row is not None else make_id("ac", *words),
        name=name,
        kind=kind,
        country=country,
        sector=(row.sector if row is not None else None) or _most_or_none(chain.sector for chain in chains),
        aliases=tuple(sorted(surfaces)),
        roles=roles_of(chains, row),
        wikidata=row.wikidata if row is not None else None,
        key=row.key if row is not None else None,
        mentions=tuple(sorted(mention.id for chain in chains for mention in chain.mentions)),
        basis=tuple(sorted(reasons)) or ("named in one report",),
    )


def _owner(joined: Joined, index: int, actors: ActorBase) -> tuple[str, tuple[str, ...]]:
    """Whose a group is, by name, and what keeps it apart from those of the same words; both empty for most actors."""
    owner = joined.owners.get(index)
    if owner is None or owner == index:
        return "", () if owner is None else (joined.chains[index].mentions[0].id,)
    row = actors.rows.get(joined.keys[owner] or "")
    name = row.name if row is not None else joined.chains[owner].name
    return name, (name,)


def _shared_name(chains: list[Chain], actors: ActorBase) -> str:
    """The best name; of unnamed ones told in different numbers what follows these: "27 people", "about 60 people"."""
    counted = [chain for chain in chains if _counted(chain)]
    if chains[0].named or len({_counted(chain) for chain in counted}) < 2:
        return best_name(chains)
    words = counted[0].words
    told = set(words[words.index(_counted(counted[0])) + 1 :])
    return " ".join(word for word in telling_words(counted[0], actors) if word in told) or best_name(chains)


def _counted(chain: Chain) -> str:
    return next((word for word in chain.words if word.isdigit()), "")


def best_name(chains: list[Chain]) -> str:
    """The name used by most reports; among equals the longest, then the first by letters."""
    if len(chains) == 1:
        return chains[0].name
    counts = Counter(chain.name for chain in chains)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def _most(values: Iterable[ActorKind]) -> ActorKind:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _most_or_none(values: Iterable[str | None]) -> str | None:
    given = [value for value in values if value]
    if len(set(given)) < 2:
        return given[0] if given else None
    counts = Counter(given)
    return min(counts, key=lambda value: (-counts[value], value))


def roles_of(chains: list[Chain], row: ActorRow | None) -> tuple[RoleHeld, ...]:
    """Offices as the base has them, then those that only reports tell of, with the first report by path."""
    held = [RoleHeld(t.title, t.since, t.until, t.source) for t in row.tenures] if row is not None else []
    known = {tenure.office for tenure in row.tenures} if row is not None else set()
    told: dict[str, str] = {}
    for chain in sorted(chains, key=lambda c: c.path):
        if chain.role is None or chain.kind not in ("person", "role"):
            continue
        if chain.role not in known and chain.role.partition(" of ")[0] not in known:
            told.setdefault(chain.role, chain.path)
    return (*held, *(RoleHeld(role, None, None, path) for role, path in sorted(told.items())))


def unique(made: list[Actor]) -> dict[str, Actor]:
    """Actors by id; two that come to the same name, kind and state are one."""
    found: dict[str, Actor] = {}
    for actor in made:
        found[actor.id] = merged(found[actor.id], actor, "") if actor.id in found else actor
    return found


def merged(one: Actor, other: Actor, reason: str) -> Actor:
    aliases = {*one.aliases, *other.aliases}
    return replace(
        one,
        country=one.country or other.country,
        sector=one.sector or other.sector,
        aliases=tuple(sorted(aliases)),
        roles=tuple(dict.fromkeys((*one.roles, *other.roles))),
        wikidata=one.wikidata or other.wikidata,
        mentions=tuple(sorted({*one.mentions, *other.mentions})),
        basis=tuple(sorted({*one.basis, *other.basis, reason} - {""})),
    )
