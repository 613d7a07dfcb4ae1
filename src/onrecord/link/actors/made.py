"""All actors of a pile: each is made once, and kept with its first report as long as no chain of it changes.

What an actor rests on is told by a hash over its chains and how they came to be its own, whatever their order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec
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
    mix,
    scatter,
)
from onrecord.link.actors.sheets import Numbers, Places, Sheets, number_of
from onrecord.link.kept import Kept
from onrecord.model.record import Actor

HASH = 8  # bytes
LANES = (np.uint64(0), np.uint64(0xA5A5A5A5A5A5A5A5))  # what the two sums of an actor's hash are told apart by
WHY = {
    ROW: "same row of the actor base",
    SAME_LAST_NAME: "same last name, no full name in the pile",
    BODY: "same name and state",
    WORDS: "same words and state",
}


@dataclass(frozen=True, slots=True)
class Made:
    """An actor, a hash of all that it rests on, one of what rows show of it, and one of what claims rest on."""

    rests_on: bytes
    shown: bytes
    acting: bytes
    actor: Actor


_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(list[Made]).decode


def made_of(actor: Actor, rests_on: bytes = b"") -> Made:
    """An actor with its hashes; without one of what it rests on, its own content is taken for that."""
    shown = (actor.id, actor.name, actor.kind, actor.country, actor.sector)
    acting = (actor.id, actor.kind, actor.country)
    return Made(rests_on or _hash(actor), _hash(shown), _hash(acting), actor)


def _hash(value: object) -> bytes:
    return hashlib.blake2b(_pack(value), digest_size=HASH).digest()


def make_actors(
    sheets: Sheets, meeting: Meeting, actors: ActorBase, added: str, kept: Kept
) -> tuple[list[Made], Places]:
    """The actors of a pile in the order of their first chains, and of each chain the place of its actor among them."""
    which, first = _number(meeting.codes)
    by_actor, ends = np.argsort(which, kind="stable"), np.cumsum(np.bincount(which)).tolist()
    prints = _prints(sheets, meeting, which, len(first), added)
    held = _held(sheets, kept)
    known = {one.rests_on: one for found in held for one in found}

    owners = meeting.owners[first].tolist()

    def make(number: int) -> Made:
        owner, rests_on = None, prints[number]
        if owners[number] != NOBODYS:
            owner = made[int(which[owners[number]])].actor.name if owners[number] != first[number] else ""
            rests_on = _hash((rests_on, owner))
        if rests_on in known:
            return known[rests_on]
        chains = by_actor[ends[number - 1] if number else 0 : ends[number]]
        members = [_member(sheets, meeting, index) for index in chains.tolist()]
        key = next((member.chain.key for member in members if member.chain.key), None)
        return made_of(make_actor(members, key, owner, actors), rests_on)

    made = {number: known[print] for number, print in enumerate(prints) if print in known}
    new = [number for number in range(len(prints)) if number not in made]
    for number in sorted(new, key=lambda number: owners[number] != NOBODYS):  # owners before what is theirs
        made[number] = make(number)
    ordered = [made[number] for number in range(len(prints))]

    once: list[Made] = []
    places: dict[str, int] = {}  # by id: those that come to the same name, kind and state are one
    keep: list[list[Made]] = [[] for _ in held]
    for one, report in zip(ordered, sheets.report[first].tolist(), strict=True):
        keep[report].append(one)
        place = places.setdefault(one.actor.id, len(once))
        if place == len(once):
            once.append(one)
        else:
            once[place] = _both(once[place], one, known)
            keep[report].append(once[place])
    for document, now, before in zip(sheets.documents, keep, held, strict=True):
        if now != before:
            kept.put("actors", document.id, [_pack(now)])
    return once, np.array([places[one.actor.id] for one in ordered], np.int64)[which]


def _number(codes: Numbers) -> tuple[Places, Places]:
    """Of each chain the number of its actor, in the order of their first chains, and these."""
    _, first, which = np.unique(codes, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(first), np.int64)
    rank[order] = np.arange(len(first))
    return rank[which], first[order]


def _held(sheets: Sheets, kept: Kept) -> list[list[Made]]:
    """The actors made before, those of each report."""
    found = []
    for document in sheets.documents:
        value: Sequence[Any] | None = kept.get("actors", document.id)
        made: list[Made] = []
        if value is not None:
            with suppress(msgspec.DecodeError):  # what is damaged is made anew
                made = _unpack(value[0])
        found.append(made)
    return found


def _both(one: Made, other: Made, known: Mapping[bytes, Made]) -> Made:
    rests_on = _hash((one.rests_on, other.rests_on))
    return known.get(rests_on) or made_of(merged(one.actor, other.actor, ""), rests_on)


def _prints(sheets: Sheets, meeting: Meeting, which: Places, size: int, added: str) -> list[bytes]:
    """A hash for each actor of its chains, how they came to be its own, and the actor base."""
    rows = sheets.rows
    leaders = np.where(meeting.leaders >= 0, rows["person"][meeting.leaders], 0).astype(np.uint64)
    chains = mix(mix(rows["whole"], leaders), meeting.steps.astype(np.uint64))
    base = number_of("base", added)
    sums = np.empty((size, 2), np.uint64)
    for lane, salt in enumerate(LANES):
        total = np.full(size, base, np.uint64)
        np.add.at(total, which, scatter(chains ^ salt))
        sums[:, lane] = total
    whole = sums.tobytes()
    return [whole[at : at + 2 * HASH] for at in range(0, len(whole), 2 * HASH)]


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
