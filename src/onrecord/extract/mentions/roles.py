"""Roles and nouns of one report with the actor they mean: the one named beside them, in that office, or of those words.

Who holds an office is what the report says, else what the actor base knows for the report's day.
"""

from __future__ import annotations

from onrecord.extract.mentions.bodies import (
    body_meant,
    join_appositions,
    join_bodies,
    join_governments,
    join_titles,
)
from onrecord.extract.mentions.chains import Chains
from onrecord.extract.mentions.draft import Draft, Text
from onrecord.extract.mentions.people import Listed, key_people
from onrecord.lexicon.actors import ActorBase, ActorRow
from onrecord.lexicon.terms import Days, Tenure

SUPREME = "supreme leader"
OWNED = frozenset({("my",), ("his",), ("her",), ("its",), ("our",), ("their",)})
Offices = dict[tuple[str, str | None], list[int]]  # who holds which office of which state or body


def join_roles(chains: Chains, text: Text, actors: ActorBase, days: Days) -> Listed:
    """Nominals with the names they stand beside, or with the person of that office; gives holders not named at all."""
    at_head = {draft.head: index for index, draft in enumerate(chains.drafts) if draft.kind != "pronoun"}
    join_appositions(chains, text, at_head)
    join_titles(chains)
    join_bodies(chains, actors)
    listed = key_people(chains, actors, days)
    offices = _offices(chains, listed, days)
    join_governments(chains, listed, actors)
    unnamed: Listed = {}
    seen: dict[tuple[str, ...], int] = {}
    for index, draft in enumerate(chains.drafts):
        if draft.kind != "nominal" or chains.root(index) != index or index in chains.shared:
            continue
        person = _person_of_office(draft, offices, actors)
        if person is not None:
            chains.join(index, person, f"{draft.role} of the same state or body, named in the report")
            continue
        row = _holder(draft, actors, days)
        if row is not None:
            unnamed[index] = (row, f"held the office of {draft.role} on the day")
        else:
            office = _office(draft, actors)
            chains.note(index, _candidates(draft, office, actors, days))
        body = body_meant(chains, index, actors) if row is None else None
        if body is not None:
            chains.join(index, body, "the body of that kind named before")
        elif row is not None or (draft.definite and draft.words[:1] not in OWNED):
            key = (row.key,) if row is not None else (draft.actor_kind, draft.country or "", *draft.words)
            chains.join(index, seen.setdefault(key, index), "same words" if row is None else "same office")
    return unnamed


def _candidates(draft: Draft, office: str | None, actors: ActorBase, days: Days) -> str:
    return actors.candidates(office, draft.body, days, draft.gender) if office and draft.body else ""


def join_owned(chains: Chains) -> None:
    """As in "his allies" twice: one group if its words are the same and "his" is the same person."""
    owners = {draft.first: index for index, draft in enumerate(chains.drafts) if draft.kind == "pronoun"}
    seen: dict[tuple[object, ...], int] = {}
    for index, draft in enumerate(chains.drafts):
        owner = owners.get(draft.first) if draft.kind == "nominal" and draft.words[:1] in OWNED else None
        if owner is not None and chains.root(index) == index:
            key = (chains.root(owner), draft.actor_kind, *draft.words[1:])
            chains.join(index, seen.setdefault(key, index), "same words and owner")


def _offices(chains: Chains, listed: Listed, days: Days) -> Offices:
    """Who in the report holds which office of which state or body, as it says itself or as is known for the day."""
    found: Offices = {}
    for root, members in chains.members().items():
        named = [
            chains.drafts[i]
            for i in members
            if chains.drafts[i].kind == "name" and chains.drafts[i].actor_kind == "person"
        ]
        if not named:
            continue
        body = next((draft.body for draft in named if draft.body), None)
        held = {(draft.role, draft.body or body) for draft in named if draft.role}
        row = listed[root][0] if root in listed else None
        if row is not None:
            held |= {(t.office, t.body) for t in _meant_tenures(row, days)}
        for office in sorted(held, key=str):
            found.setdefault(office, []).append(root)
    return found


def _meant_tenures(row: ActorRow, days: Days) -> list[Tenure]:
    """The offices held on the report's day; where that is unknown, the last one and any not known to have ended."""
    if days is not None:
        return [tenure for tenure in row.tenures if tenure.covers(*days)]
    last = max(tenure.since for tenure in row.tenures)
    return [tenure for tenure in row.tenures if tenure.since == last or tenure.until is None]


def _person_of_office(draft: Draft, offices: Offices, actors: ActorBase) -> int | None:
    """The one person of the report who holds the office that a nominal names; None where there is a choice."""
    if draft.role not in actors.single_offices or draft.plural:
        return None
    if draft.body is not None:
        found = offices.get((draft.role, draft.body), [])
        return found[0] if len(found) == 1 else None
    if not draft.definite or not actors.is_single(draft.role, draft.body):
        return None
    found = sorted({root for (office, _), roots in offices.items() if office == draft.role for root in roots})
    return found[0] if len(found) == 1 else None


def _holder(draft: Draft, actors: ActorBase, days: Days) -> ActorRow | None:
    """Who held a definite office of a state or body on all days on which the report can have come out."""
    office = _office(draft, actors)
    if office is None or draft.body is None:
        return None
    return actors.holder(office, draft.body, days, draft.gender)


def _office(draft: Draft, actors: ActorBase) -> str | None:
    """The office of one holder at a time that a nominal names; "the North Korean leader" is the supreme one."""
    if draft.plural or not draft.definite or draft.body is None:
        return None
    if draft.role == "leader" and (SUPREME, draft.body) in actors.offices:
        names_state = any(sense.row.kind == "state" for sense in actors.by_name(draft.words[:-1]))
        return SUPREME if names_state and ("president", draft.body) not in actors.offices else None
    return draft.role if draft.role is not None and actors.is_single(draft.role, draft.body) else None
