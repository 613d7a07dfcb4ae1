"""Chains of mentions in many reports become the record's actors.

What has one row in the actor base is one actor; people without one are joined by full name, a last name alone only
where the pile leaves one candidate, a role only with the one person named in it. Everything that joined is said in
`basis`. A person's judgement is applied last. Ids and order do not depend on the order of the files.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.lexicon import Lexicon
from onrecord.link.actors.chains import Joined, gather_chains
from onrecord.link.actors.joining import (
    body_name,
    group_name,
    join_last_names,
    join_people,
    join_roles,
    join_same,
    know_by_day,
    know_states,
    owners_of,
)
from onrecord.link.actors.judged import Resolved, apply_judgements
from onrecord.link.actors.making import make_actor, unique
from onrecord.model.claims import Reading
from onrecord.model.record import Actor, Judgement
from onrecord.model.text import Document

__all__ = ["link_actors"]


def link_actors(
    documents: Iterable[Document], readings: Iterable[Reading], judgements: Iterable[Judgement], lexicon: Lexicon
) -> tuple[tuple[Actor, ...], Resolved]:
    """Every actor of the record in order of id, and each mention's actor."""
    actors = lexicon.actors
    chains = gather_chains({document.id: document for document in documents}, readings)
    joined = Joined(chains)
    know_states(joined, actors)
    know_by_day(joined, actors)
    join_same(joined, lambda i: joined.keys[i] or "", "same row of the actor base")
    join_people(joined, actors)
    join_last_names(joined)
    join_same(joined, lambda i: body_name(joined, i), "same name and state")
    join_roles(joined, actors)
    owners = owners_of(chains)
    join_same(joined, lambda i: group_name(joined, i, actors, owners), "same words and state")
    made = [make_actor(joined, group, actors) for group in joined.groups()]
    return apply_judgements(unique(made), tuple(judgements), chains)
