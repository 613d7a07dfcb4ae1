"""The contradictions of a pile, looked for story by story. Like `__init__`, this file gathers the room.

What is found in a story rests on its reports, their claims and the groups of these; as long as they are what they were,
it is kept. What two stories find of the same two groups is told apart afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from onrecord.link.contradictions import (
    Asking,
    Opposed,
    ask,
    denied_events,
    find_actors,
    find_dates,
    find_denied_accusations,
    find_denied_events,
    find_denied_statements,
    find_flat_denials,
    find_inferred,
    find_numbers,
    find_places,
    find_wordings,
    first_of_each,
    without_answered,
)
from onrecord.link.groups import verdicts
from onrecord.link.kept import Kept, hash_of
from onrecord.link.pile import Pile
from onrecord.link.same_events import pair_denied, pair_elsewhere, pair_moved, pair_swapped
from onrecord.model.record import Contradiction, Evidence, Group, Judgement

Found = tuple[Opposed, ...]
_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Found).decode


def find_contradictions(
    pile: Pile,
    groups: Sequence[Group],
    group_of: Mapping[str, str],
    lineage_of: Mapping[str, str],
    states: Mapping[str, bytes],
    judgements: Iterable[Judgement],
    asking: Asking | None,
    kept: Kept,
) -> tuple[Contradiction, ...]:
    """All contradictions between claims that still stand; one that a person rejected is left out.

    `group_of` gives the group of each claim, `states` are hashes of all that a report's claims and its lineage rest on.
    """
    in_stories: list[Opposed] = []
    for documents in _stories(pile):
        in_stories.extend(_in_story(documents, pile, group_of, lineage_of, states, kept))
    figures = {key.figure.id: key for of in pile.keys.values() for key in of.measured}
    found = [one.contradiction for one in without_answered(list(first_of_each(in_stories)), group_of)]
    found.extend(find_numbers((g for g in groups if g.kind == "figure"), figures, pile.reports, lineage_of))
    if asking and asking.bar > 0:
        evidence = {one.id: Evidence(one.document, one.event.evidence) for one in pile.events.values()}
        evidence.update((one.id, Evidence(one.document, one.span)) for one in pile.statements.values())
        known = {frozenset((one.left, one.right)) for one in found}
        found.extend(find_inferred(groups, evidence, lineage_of, known, pile.reports, asking))
    rejected = set(verdicts(judgements, "reject"))
    unique = {one.id: one for one in found if one.id not in rejected}
    standing = [unique[id] for id in sorted(unique)]
    return ask(standing, pile.reports, asking) if asking else tuple(standing)


def _stories(pile: Pile) -> Iterator[list[str]]:
    """The reports of each story that have claims to set side by side, in order."""
    stories: dict[str, list[str]] = defaultdict(list)
    for document, of in pile.keys.items():
        if of.events or of.statements:
            stories[pile.stories[document]].append(document)
    return (sorted(documents) for documents in stories.values())


def _in_story(
    documents: Sequence[str],
    pile: Pile,
    group_of: Mapping[str, str],
    lineage_of: Mapping[str, str],
    states: Mapping[str, bytes],
    kept: Kept,
) -> Found:
    """What is found in one story, as it was kept with its first report or looked for now."""
    keys = [pile.keys[document] for document in documents]
    claims = [*(one.id for of in keys for one in of.events), *(one.id for of in keys for one in of.statements)]
    if len(claims) < 2:
        return ()
    story, told = pile.stories[documents[0]], [(document, states[document]) for document in documents]
    state = hash_of((story, told, [(pile.contents[id], group_of.get(id)) for id in claims]))
    held: Sequence[Any] | None = kept.get("opposed", documents[0])
    if held is not None and held[0] == state:
        with suppress(msgspec.DecodeError):
            return _unpack(held[1])
    found = tuple(_look(documents, pile, group_of, lineage_of))
    kept.put("opposed", documents[0], (state, _pack(found)))
    return found


def _look(
    documents: Sequence[str], pile: Pile, group_of: Mapping[str, str], lineage_of: Mapping[str, str]
) -> Iterator[Opposed]:
    keys, reports, stories = [pile.keys[document] for document in documents], pile.reports, pile.stories
    events = [pile.events[key.id] for of in keys for key in of.events if key.id in group_of]
    said = [pile.statements[key.id] for of in keys for key in of.statements if key.id in group_of]
    denied = denied_events(events, pile.statements)
    denials = pair_denied(events, denied, stories)
    yield from find_denied_accusations(events, said, group_of, reports)
    yield from find_dates(pair_moved(events, stories, lineage_of), pile.events, group_of, reports)
    yield from find_places(pair_elsewhere(events, stories, lineage_of), pile.events, group_of, reports)
    yield from find_actors(pair_swapped(events, stories, lineage_of), pile.events, group_of, reports)
    yield from find_wordings(said, stories, reports, lineage_of)
    yield from find_denied_events(denials, denied, pile.events, pile.statements, group_of, reports)
    yield from find_flat_denials(events, said, group_of, reports)
    yield from find_denied_statements(said, stories, group_of, reports)
