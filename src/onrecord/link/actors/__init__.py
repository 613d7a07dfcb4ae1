"""Chains of mentions in many reports become the record's actors.

What has one row in the actor base is one actor; people without one are joined by full name, a last name alone only
where the pile leaves one candidate, a role only with the one person named in it. Everything that joined is said in
`basis`. A person's judgement is applied last. Ids and order do not depend on the order of the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from onrecord.lexicon.actors import ActorBase
from onrecord.link.actors.judged import apply_judgements
from onrecord.link.actors.made import make_actors
from onrecord.link.actors.meeting import meet
from onrecord.link.actors.packed import Actors
from onrecord.link.actors.resolved import Resolved, hashes_by_report
from onrecord.link.actors.sheets import gather
from onrecord.link.kept import Kept
from onrecord.model.claims import Reading
from onrecord.model.record import Actor, Judgement
from onrecord.model.text import Document

__all__ = ["Cast", "link_actors"]


@dataclass(frozen=True, eq=False)
class Cast:
    """The actors of a pile by id, in the order of ids, and which of them each mention is.

    `rests_on` is for each actor, in the order of rows, a hash of all that it is made from, `shown` for each report one
    of what rows show of the actors of its mentions, and `acting` one of what claims rest on: ids, kinds and states.
    """

    actors: Mapping[str, Actor]
    resolved: Mapping[str, str]
    rests_on: Mapping[str, bytes]
    shown: Mapping[str, bytes]
    acting: Mapping[str, bytes]


def link_actors(
    documents: Iterable[Document],
    readings: Iterable[Reading],
    judgements: Iterable[Judgement],
    base: ActorBase,
    kept: Kept | None = None,
    edit: Callable[[Mapping[str, Actor]], Mapping[str, Actor]] | None = None,
) -> Cast:
    """Every actor of the record; `edit` gives those that people gave another name or state."""
    kept = kept or Kept()
    sheets = gather(documents, readings, base, kept)
    meeting = meet(sheets, base, kept)
    stock, rows, places = make_actors(sheets, meeting, base, kept)
    kept.let_go("chains", "actors")
    rows, places = apply_judgements(stock, rows, places, judgements, sheets)
    actors = Actors(stock, rows)
    edited = edit(actors) if edit else {}
    if edited:
        rows = rows.copy()
        for id, actor in edited.items():
            rows[actors.place(id)] = stock.add(actor)
        actors = Actors(stock, rows)
    resolved = Resolved(sheets, actors, places)
    return Cast(actors, resolved, actors.rests_on(), *hashes_by_report(sheets, resolved, actors))
