"""Chains that are one as the record's actor: name, kind, state, aliases, offices and why they are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.lexicon.actors import ActorBase, ActorRow
from onrecord.lexicon.spelling import fold_words
from onrecord.link.actors.chains import Chain, telling_words
from onrecord.model.claims import ActorKind
from onrecord.model.ids import make_id
from onrecord.model.record import Actor, RoleHeld


@dataclass(frozen=True, slots=True)
class Member:
    """A chain of an actor, with the path of its report and why it is this actor's."""

    chain: Chain
    path: str
    why: str


def make_actor(members: Sequence[Member], key: str | None, owner: str | None, actors: ActorBase) -> Actor:
    """The actor of some chains, in their order. `key` is its row of the base; `owner` whose group it is, "" where that
    is not known, None where it is nobody's."""
    chains = [member.chain for member in members]
    row = actors.rows.get(key or "")
    named = [chain for chain in chains if chain.named] or chains
    name = row.name if row is not None else _shared_name(named, actors)
    kind: ActorKind = row.kind if row is not None else _most(chain.kind for chain in named)
    country = row.country if row is not None else _most_or_none(chain.country for chain in chains)
    reasons = {member.why for member in members}
    reasons |= {row.origin} if row is not None else {chain.note for chain in chains}
    name = f"{name} ({owner})" if owner else name
    apart = () if owner is None else (owner or chains[0].mentions[0],)
    words = (" ".join(fold_words(name)) or name, kind, country, *apart)
    return Actor(
        id=make_id("ac", row.key) if row is not None else make_id("ac", *words),
        name=name,
        kind=kind,
        country=country,
        sector=(row.sector if row is not None else None) or _most_or_none(chain.sector for chain in chains),
        aliases=tuple(sorted({surface for chain in named for surface in chain.surfaces})),
        roles=roles_of(members, row),
        wikidata=row.wikidata if row is not None else None,
        key=row.key if row is not None else None,
        mentions=tuple(sorted([mention for chain in chains for mention in chain.mentions])),
        basis=tuple(sorted(reasons - {""})) or ("named in one report",),
    )


def _shared_name(chains: Sequence[Chain], actors: ActorBase) -> str:
    """The best name; of unnamed ones told in different numbers what follows these: "27 people", "about 60 people"."""
    counted = [] if chains[0].named else [chain for chain in chains if _counted(chain)]
    if len({_counted(chain) for chain in counted}) < 2:
        return best_name(chains)
    words = counted[0].words
    told = set(words[words.index(_counted(counted[0])) + 1 :])
    return " ".join(word for word in telling_words(counted[0], actors) if word in told) or best_name(chains)


def _counted(chain: Chain) -> str:
    return next((word for word in chain.words if word.isdigit()), "")


def best_name(chains: Sequence[Chain]) -> str:
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


def roles_of(members: Iterable[Member], row: ActorRow | None) -> tuple[RoleHeld, ...]:
    """Offices as the base has them, then those that only reports tell of, with the first report by path."""
    held = [RoleHeld(t.title, t.since, t.until, t.source) for t in row.tenures] if row is not None else []
    known = {tenure.office for tenure in row.tenures} if row is not None else set()
    told: dict[str, str] = {}
    for member in members:
        role = member.chain.role
        if role is None or member.chain.kind not in ("person", "role"):
            continue
        if role not in known and role.partition(" of ")[0] not in known:
            told[role] = min(told.get(role, member.path), member.path)
    return (*held, *(RoleHeld(role, None, None, path) for role, path in sorted(told.items())))


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
