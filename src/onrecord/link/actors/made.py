"""All actors of a pile: each is made once, and kept with its first report as long as no chain of it changes.

What an actor rests on is told by a hash over its chains and how they came to be its own, whatever their order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
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
from onrecord.link.actors.sheets import Places, Sheets, number_of
from onrecord.link.kept import Kept
from onrecord.model.record import Actor

HASH = 8  # bytes
LANES = (np.uint64(0), np.uint64(0xA5A5A5A5A5A5A5A5))  # what the two sums of an actor's hash are told apart by
WHY = {
    ROW: "same row of the actor base",
    FULL_NAME: "full name as {leader!r}, nothing against it",
    LAST_NAME: "last name {chain.name!r}, one candidate in the pile",
    SAME_LAST_NAME: "same last name, no full name in the pile",
    BODY: "same name and state",
    REPORTS_OFFICE: "{chain.role} of {chain.country}: one person in that office in this report",
    PILES_OFFICE: "{chain.role} of {chain.country}: one person in that office in the pile",
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
    """The actors of a pile, and of each chain the place of its actor among them."""
    codes, first, which = np.unique(meeting.codes, return_index=True, return_inverse=True)
    by_actor = np.argsort(which, kind="stable")
    ends = np.cumsum(np.bincount(which, minlength=len(codes))).tolist()
    prints = _prints(sheets, meeting, which, len(codes), added)
    held = _held(sheets, kept)
    known = {one.rests_on: one for found in held.values() for one in found}

    def make(number: int, owner: str | None) -> Made:
        rests_on = prints[number] if not owner else _hash((prints[number], owner))
        found = known.get(rests_on)
        if found is not None:
            return found
        chains = by_actor[ends[number - 1] if number else 0 : ends[number]].tolist()
        members = [_member(sheets, meeting, index) for index in chains]
        key = next((member.chain.key for member in members if member.chain.key), None)
        return made_of(make_actor(members, key, owner, actors), rests_on)

    order = np.argsort(first)
    owners = meeting.owners[first]
    free = order[owners[order] == NOBODYS].tolist()
    made: dict[int, Made] = {number: make(number, None) for number in free}
    for number in order[owners[order] != NOBODYS].tolist():
        owner = int(owners[number])
        known_owner = owner != first[number]
        made[number] = make(number, made[int(which[owner])].actor.name if known_owner else "")
    reports = sheets.report[first]
    by_report: dict[str, list[Made]] = {}
    for number in order.tolist():
        by_report.setdefault(sheets.documents[reports[number]].id, []).append(made[number])
    for document in sheets.documents:
        now = by_report.get(document.id, [])
        if [one.rests_on for one in now] != [one.rests_on for one in held.get(document.id, ())]:
            kept.put("actors", document.id, [_pack(now)])
    once, places = _unique([made[number] for number in order.tolist()])
    place_of = np.empty(len(codes), np.int64)
    place_of[order] = places
    return once, place_of[which]


def _held(sheets: Sheets, kept: Kept) -> dict[str, list[Made]]:
    """The actors made before, by the report they are kept with."""
    found: dict[str, list[Made]] = {}
    for document in sheets.documents:
        value: Sequence[Any] | None = kept.get("actors", document.id)
        if value is not None:
            with suppress(msgspec.DecodeError):  # what is damaged is made anew
                found[document.id] = _unpack(value[0])
    return found


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
    why = chain.why or _why(sheets, meeting, index, chain)
    return Member(chain, sheets.path(index), why)


def _why(sheets: Sheets, meeting: Meeting, index: int, chain: Chain) -> str:
    words = WHY.get(int(meeting.steps[index]), "")
    leader = int(meeting.leaders[index])
    return words.format(chain=chain, leader=sheets.chain(leader).name if leader >= 0 else "")


def _unique(made: Sequence[Made]) -> tuple[list[Made], list[int]]:
    """Actors that come to the same name, kind and state are one; and where each of those given is among them."""
    found: dict[str, int] = {}
    once: list[Made] = []
    places = []
    for one in made:
        place = found.setdefault(one.actor.id, len(once))
        if place == len(once):
            once.append(one)
        else:
            rests_on = _hash((once[place].rests_on, one.rests_on))
            once[place] = made_of(merged(once[place].actor, one.actor, ""), rests_on)
        places.append(place)
    return once, places
