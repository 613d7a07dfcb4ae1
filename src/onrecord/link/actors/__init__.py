"""Chains of mentions in many reports become the record's actors.

What has one row in the actor base is one actor; people without one are joined by full name, a last name alone only
where the pile leaves one candidate, a role only with the one person named in it. Everything that joined is said in
`basis`. A person's judgement is applied last. Ids and order do not depend on the order of the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.lexicon import Lexicon
from onrecord.link.actors.judged import apply_judgements
from onrecord.link.actors.made import made_of, make_actors
from onrecord.link.actors.meeting import meet
from onrecord.link.actors.resolved import Resolved, hashes_by_report
from onrecord.link.actors.sheets import gather
from onrecord.link.kept import Kept
from onrecord.model.claims import Reading
from onrecord.model.record import Actor, Judgement
from onrecord.model.text import Document

__all__ = ["Cast", "link_actors"]


@dataclass(frozen=True, eq=False)
class Cast:
    """The actors of a pile in order of id, and which of them each mention is.

    `rests_on` is for each actor a hash of all that it is made from, `shown` for each report one of what rows show of
    the actors of its mentions, and `acting` one of what claims rest on: their ids, kinds and states.
    """

    actors: tuple[Actor, ...]
    resolved: Mapping[str, str]
    rests_on: Mapping[str, bytes]
    shown: Mapping[str, bytes]
    acting: Mapping[str, bytes]


def link_actors(
    documents: Iterable[Document],
    readings: Iterable[Reading],
    judgements: Iterable[Judgement],
    lexicon: Lexicon,
    kept: Kept | None = None,
    edit: Callable[[Sequence[Actor]], Sequence[Actor]] = tuple,
) -> Cast:
    """Every actor of the record; `edit` gives actors the names and states that people gave them."""
    kept = kept or Kept()
    sheets = gather(documents, readings, lexicon.actors, lexicon.added, kept)
    made, places = make_actors(sheets, meet(sheets, lexicon.actors), lexicon.actors, lexicon.added, kept)
    made, places = apply_judgements(made, places, judgements, sheets)
    actors = tuple([one.actor for one in made])
    edited = tuple(edit(actors))
    if edited != actors:
        made = [one if one.actor is actor else made_of(actor) for one, actor in zip(made, edited, strict=True)]
    resolved = Resolved(sheets, edited, places)
    return Cast(
        edited, resolved, {one.actor.id: one.rests_on for one in made}, *hashes_by_report(sheets, resolved, made)
    )
