"""What people decided about actors: merges and splits, applied last and in the order they were made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from onrecord.link.actors.making import Member, best_name, merged, roles_of
from onrecord.link.actors.packed import Stock
from onrecord.link.actors.sheets import Sheets, mention_number
from onrecord.link.columns import Places, number_in
from onrecord.model.ids import make_id
from onrecord.model.judgements import standing
from onrecord.model.record import Judgement

Rows = dict[int, int]  # of the stock, by the places of actors


def apply_judgements(
    stock: Stock, rows: Places, places: Places, judgements: Iterable[Judgement], sheets: Sheets
) -> tuple[Places, Places]:
    """Merges and splits that a person decided and did not take back, in the order they were made.

    `rows` are those of the actors in the stock, `places` those of each chain's actor among them; gives both anew, the
    actors in order of id.
    """
    decided = [one for one in standing(judgements) if one.verdict in ("merge", "split")]
    if not decided:
        return rows, places
    actors, places = dict(enumerate(rows.tolist())), places.copy()
    for judgement in decided:
        if judgement.verdict == "merge":
            _merge(stock, actors, places, judgement)
        else:
            _split(stock, actors, places, judgement, sheets)
    numbers = stock.heads["id"]
    order = sorted(actors, key=lambda place: numbers.item(actors[place]))
    rank = np.zeros(max(actors, default=-1) + 1, np.int64)
    rank[order] = np.arange(len(order))
    return np.array([actors[place] for place in order], np.int64), rank[places]


def _places_of(stock: Stock, actors: Rows, ids: Iterable[str]) -> list[int]:
    """The places of the actors with some ids, in the order of these; ids of none are passed over."""
    numbers = stock.heads["id"]
    found = {numbers.item(row): place for place, row in actors.items()}
    wanted = (number_in(id, "ac") for id in dict.fromkeys(ids))
    return [found[number] for number in wanted if number in found]


def _merge(stock: Stock, actors: Rows, places: Places, judgement: Judgement) -> None:
    first, *others = _places_of(stock, actors, judgement.subjects) or [0]
    for other in others:
        why = f"merged by {judgement.by}: {judgement.why}"
        actors[first] = stock.add(merged(stock.actor(actors[first]), stock.actor(actors.pop(other)), why))
        places[places == other] = first


def _split(stock: Stock, actors: Rows, places: Places, judgement: Judgement, sheets: Sheets) -> None:
    """Take the chains of the named mentions out of an actor; they become one of their own."""
    found = _places_of(stock, actors, judgement.subjects[:1])
    if not found:
        return
    mine = places == found[0]
    named = np.isin(sheets.mentions, np.array([mention_number(id) for id in judgement.subjects[1:]], np.uint64))
    leaving = np.unique(np.repeat(np.arange(len(places)), sheets.rows["size"])[named])
    leaving = leaving[mine[leaving]]
    if not len(leaving) or len(leaving) == mine.sum():
        return
    actor = stock.actor(actors[found[0]])
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
    actors[found[0]] = stock.add(replace(actor, mentions=tuple(sorted({*actor.mentions} - gone))))
    place = max(actors) + 1
    places[leaving] = place
    actors[place] = stock.add(new)
