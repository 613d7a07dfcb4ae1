"""What people decided about actors: merges and splits, applied last and in the order they were made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from onrecord.link.actors.made import Made, made_of
from onrecord.link.actors.making import Member, best_name, merged, roles_of
from onrecord.link.actors.sheets import Places, Sheets, mention_number
from onrecord.model.ids import make_id
from onrecord.model.judgements import standing
from onrecord.model.record import Judgement

Actors = dict[int, Made]  # by their places


def apply_judgements(
    made: Sequence[Made], places: Places, judgements: Iterable[Judgement], sheets: Sheets
) -> tuple[list[Made], Places]:
    """Merges and splits that a person decided and did not take back, in the order they were made.

    Gives all actors in order of id, and the place of each chain's actor among them.
    """
    decided = [one for one in standing(judgements) if one.verdict in ("merge", "split")]
    if decided:
        made, places = _decide(made, places.copy(), decided, sheets)
    ids = [one.actor.id for one in made]
    ordered = sorted(range(len(ids)), key=ids.__getitem__)
    rank = np.empty(len(ids), np.int64)
    rank[ordered] = np.arange(len(ids))
    return [made[place] for place in ordered], rank[places]


def _decide(
    made: Sequence[Made], places: Places, judgements: Iterable[Judgement], sheets: Sheets
) -> tuple[list[Made], Places]:
    actors = dict(enumerate(made))
    for judgement in judgements:
        if judgement.verdict == "merge":
            _merge(actors, places, judgement)
        else:
            _split(actors, places, judgement, sheets)
    rank = np.zeros(max(actors, default=-1) + 1, np.int64)
    rank[list(actors)] = np.arange(len(actors))
    return list(actors.values()), rank[places]


def _places_of(actors: Actors, ids: Iterable[str]) -> list[int]:
    """The places of the actors with some ids, in the order of these; ids of none are passed over."""
    wanted = dict.fromkeys(ids)
    found = {made.actor.id: place for place, made in actors.items() if made.actor.id in wanted}
    return [found[id] for id in wanted if id in found]


def _merge(actors: Actors, places: Places, judgement: Judgement) -> None:
    first, *others = _places_of(actors, judgement.subjects) or [0]
    for other in others:
        joined = merged(actors[first].actor, actors.pop(other).actor, f"merged by {judgement.by}: {judgement.why}")
        actors[first] = made_of(joined)
        places[places == other] = first


def _split(actors: Actors, places: Places, judgement: Judgement, sheets: Sheets) -> None:
    """Take the chains of the named mentions out of an actor; they become one of their own."""
    found = _places_of(actors, judgement.subjects[:1])
    if not found:
        return
    mine = places == found[0]
    named = np.isin(sheets.mentions, np.array([mention_number(id) for id in judgement.subjects[1:]], np.uint64))
    leaving = np.unique(np.repeat(np.arange(len(places)), sheets.rows["size"])[named])
    leaving = leaving[mine[leaving]]
    if not len(leaving) or len(leaving) == mine.sum():
        return
    actor = actors[found[0]].actor
    members = [Member(sheets.chain(index), sheets.path(index), "") for index in leaving.tolist()]
    chains = [member.chain for member in members]
    gone = {mention for chain in chains for mention in chain.mentions}
    new = replace(
        actor,
        id=make_id("ac", "split", actor.id, *sorted(gone)),
        name=best_name(chains),
        aliases=tuple(sorted({surface for chain in chains for surface in chain.surfaces})),
        roles=roles_of(members, None),
        wikidata=None,
        key=None,
        mentions=tuple(sorted(gone)),
        basis=(f"split off by {judgement.by}: {judgement.why}",),
    )
    actors[found[0]] = made_of(replace(actor, mentions=tuple(sorted({*actor.mentions} - gone))))
    place = max(actors) + 1
    places[leaving] = place
    actors[place] = made_of(new)
