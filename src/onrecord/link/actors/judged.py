"""What people decided about actors: merges and splits, applied last and in the order they were made."""

from __future__ import annotations

from dataclasses import replace

from onrecord.link.actors.chains import Chain
from onrecord.link.actors.making import best_name, merged, roles_of
from onrecord.model.ids import make_id
from onrecord.model.judgements import standing
from onrecord.model.record import Actor, Judgement

Resolved = tuple[tuple[str, str], ...]


def apply_judgements(
    actors: dict[str, Actor], judgements: tuple[Judgement, ...], chains: list[Chain]
) -> tuple[tuple[Actor, ...], Resolved]:
    """Merges and splits that a person decided and did not take back, in the order they were made."""
    for judgement in standing(judgements):
        if judgement.verdict == "merge":
            _merge(actors, judgement)
        elif judgement.verdict == "split":
            _split(actors, judgement, chains)
    made = tuple(actors[id] for id in sorted(actors))
    return made, tuple((mention, actor.id) for actor in made for mention in actor.mentions)


def _merge(actors: dict[str, Actor], judgement: Judgement) -> None:
    subjects = [id for id in dict.fromkeys(judgement.subjects) if id in actors]
    for other in subjects[1:]:
        first = subjects[0]
        actors[first] = merged(actors[first], actors.pop(other), f"merged by {judgement.by}: {judgement.why}")


def _split(actors: dict[str, Actor], judgement: Judgement, chains: list[Chain]) -> None:
    """Take the chains of the named mentions out of an actor; they become one of their own."""
    actor = actors.get(judgement.subjects[0]) if judgement.subjects else None
    if actor is None:
        return
    wanted, mine = set(judgement.subjects[1:]), set(actor.mentions)
    leaving = [chain for chain in chains if any(m.id in wanted and m.id in mine for m in chain.mentions)]
    gone = {mention.id for chain in leaving for mention in chain.mentions} & mine
    if not gone or gone == mine:
        return
    name = best_name(leaving)
    new = replace(
        actor,
        id=make_id("ac", "split", actor.id, *sorted(gone)),
        name=name,
        aliases=tuple(sorted({surface for chain in leaving for surface in chain.surfaces})),
        roles=roles_of(leaving, None),
        wikidata=None,
        key=None,
        mentions=tuple(sorted(gone)),
        basis=(f"split off by {judgement.by}: {judgement.why}",),
    )
    actors[actor.id] = replace(actor, mentions=tuple(sorted(mine - gone)))
    actors[new.id] = new
