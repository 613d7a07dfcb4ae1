"""All actors of a pile: each is made once, and kept with its first report as long as no chain of it changes.

What an actor rests on is told by a hash over its chains and how they came to be its own, whatever their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import reduce
from typing import Any

import numpy as np

from onrecord.lexicon.actors import ActorBase
from onrecord.link.actors.chains import NOBODYS, Chain
from onrecord.link.actors.making import Member, make_actor, merged
from onrecord.link.actors.meeting import (
    BODY,
    FULL_NAME,
    LAST_NAME,
    PILES_OFFICE,
    REPORTS_OFFICE,
    ROW,
    SAME_LAST_NAME,
    WORDS,
    Meeting,
)
from onrecord.link.actors.packed import Stock
from onrecord.link.actors.sheets import Sheets, number_of
from onrecord.link.columns import Numbers, Places, mixed, once, paired
from onrecord.link.kept import Kept

LANES = (np.uint64(0), np.uint64(0xA5A5A5A5A5A5A5A5))  # what the two sums of an actor's hash are told apart by
WHY = {
    ROW: "same row of the actor base",
    SAME_LAST_NAME: "same last name, no full name in the pile",
    BODY: "same name and state",
    WORDS: "same words and state",
}


def make_actors(sheets: Sheets, meeting: Meeting, actors: ActorBase, kept: Kept) -> tuple[Stock, Places, Places]:
    """The actors of a pile: a stock, its rows for them in order of id, and of each chain the place among these."""
    which, first = _number(meeting.codes)
    by_actor, ends = np.argsort(which, kind="stable"), np.cumsum(np.bincount(which)).tolist()
    prints = _prints(sheets, meeting, which, len(first), actors.added)
    homes = sheets.report[first]
    owners = meeting.owners[first]
    stock = _held(sheets, kept)
    rows = np.full(len(first), -1, np.int64)

    def make(numbers: Places, names: Sequence[str | None]) -> None:
        """Find or make some actors, the names of whose owners are known."""
        found = rows[numbers] = stock.find(prints[numbers])
        for at in np.flatnonzero(found < 0).tolist():
            number = numbers.item(at)
            chains = by_actor[ends[number - 1] if number else 0 : ends[number]]
            members = [_member(sheets, meeting, index) for index in chains.tolist()]
            key = next((member.chain.key for member in members if member.chain.key), None)
            actor = make_actor(members, key, names[at], actors)
            rows[number] = stock.add(actor, tuple(prints[number].tolist()), homes.item(number))

    free, owned = np.flatnonzero(owners == NOBODYS), np.flatnonzero(owners != NOBODYS)
    make(free, [None] * len(free))
    whose = [stock.names[rows[which[owners[one]]]] if owners[one] != first[one] else "" for one in owned.tolist()]
    prints[owned] = paired(
        prints[owned], np.array([[number_of("of", name)] for name in whose], np.uint64).reshape(-1, 1)
    )
    make(owned, whose)

    chosen, places = _by_id(stock, rows, prints)
    _keep(stock, np.concatenate((rows, chosen)), sheets, kept)
    return stock, chosen, places[which]


def _by_id(stock: Stock, rows: Places, prints: Numbers) -> tuple[Places, Places]:
    """The rows of the actors in order of id, and where each of those given is among them: those that come to the same
    name, kind and state are one."""
    met = once(stock.heads["id"][rows])
    places, counts = met.which, np.bincount(met.which)
    chosen = rows[met.first]
    together = np.zeros((len(chosen), 2), np.uint64)
    np.add.at(together, places, paired(prints, prints[:, ::-1]))
    several = np.flatnonzero(counts > 1)
    chosen[several] = stock.find(together[several])
    one_by_one = np.argsort(places, kind="stable")
    ends = np.cumsum(counts).tolist()
    for place in several[chosen[several] < 0].tolist():
        mine = rows[one_by_one[ends[place] - counts[place] : ends[place]]].tolist()
        actor = reduce(lambda one, other: merged(one, other, ""), map(stock.actor, mine))
        chosen[place] = stock.add(actor, tuple(together[place].tolist()), stock.homes[mine[0]])
    return chosen, places


def _number(codes: Numbers) -> tuple[Places, Places]:
    """Of each chain the number of its actor, in the order of their first chains, and these."""
    met = once(codes)
    order = np.argsort(met.first)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank[met.which], met.first[order]


def _held(sheets: Sheets, kept: Kept) -> Stock:
    """The actors made before."""
    stock = Stock()
    for home, document in enumerate(sheets.documents):
        value: Sequence[Any] | None = kept.get("actors", document.id)
        if value is not None:
            with suppress(ValueError, TypeError):  # what is damaged is made anew
                heads, names, packed = value
                stock.hold(heads, names, packed, home)
    return stock


def _keep(stock: Stock, used: Places, sheets: Sheets, kept: Kept) -> None:
    """Keep the actors with the first report of each, where they are not those kept with it."""
    homes = np.array(stock.homes, np.int64)
    stays = np.zeros(len(homes), np.bool_)
    stays[used] = True
    changed = np.unique(np.concatenate((homes[~stays], homes[stock.held :])))
    rows = np.flatnonzero(stays & np.isin(homes, changed))
    rows = rows[np.argsort(homes[rows], kind="stable")]
    for home, mine in zip(changed.tolist(), np.split(rows, np.searchsorted(homes[rows], changed[1:])), strict=False):
        kept.put("actors", sheets.documents[home].id, stock.taken(mine))


def _prints(sheets: Sheets, meeting: Meeting, which: Places, size: int, added: str) -> Numbers:
    """Two hashes for each actor of its chains, how they came to be its own, and the actor base."""
    rows = sheets.rows
    leaders = np.where(meeting.leaders >= 0, rows["person"][meeting.leaders], 0).astype(np.uint64)
    chains = paired(paired(rows["whole"], leaders), meeting.steps.astype(np.uint64))
    sums = np.full((size, 2), number_of("base", added), np.uint64)
    for lane, salt in enumerate(LANES):
        np.add.at(sums[:, lane], which, mixed(chains ^ salt))
    return sums


def _member(sheets: Sheets, meeting: Meeting, index: int) -> Member:
    chain = sheets.chain(index)
    return Member(chain, sheets.path(index), chain.why or _why(sheets, meeting, index, chain))


def _why(sheets: Sheets, meeting: Meeting, index: int, chain: Chain) -> str:
    step = meeting.steps.item(index)
    if step == FULL_NAME:
        return f"full name as {sheets.chain(meeting.leaders.item(index)).name!r}, nothing against it"
    if step == LAST_NAME:
        return f"last name {chain.name!r}, one candidate in the pile"
    if step in (REPORTS_OFFICE, PILES_OFFICE):
        where = "this report" if step == REPORTS_OFFICE else "the pile"
        return f"{chain.role} of {chain.country}: one person in that office in {where}"
    return WHY.get(step, "")
