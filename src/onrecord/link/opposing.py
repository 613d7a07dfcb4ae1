"""The contradictions of a pile, looked for story by story. Like `__init__`, this file gathers the room.

What is found in a story rests on its reports, their claims and the groups of these; as long as they are what they were,
it is kept. What two stories find of the same two groups is told apart afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, cast

import msgspec
import numpy as np

from onrecord.link.columns import Numbers, mixed, paired, summed
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
from onrecord.link.groups import Grouped, Groups, verdicts
from onrecord.link.kept import Kept, hash_of
from onrecord.link.keys import ClaimKind
from onrecord.link.pile import Pile
from onrecord.link.same_events import pair_denied, pair_elsewhere, pair_moved, pair_swapped
from onrecord.model.record import Contradiction, Evidence, Judgement

Found = tuple[Opposed, ...]
Counted = tuple[tuple[int, Contradiction], ...]  # each with the state of the group that it is of
SET_BESIDE: tuple[ClaimKind, ...] = ("event", "statement")  # claims that are compared within a story
_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Found).decode
_unpack_numbers = msgspec.msgpack.Decoder(Counted).decode


def find_contradictions(
    pile: Pile,
    grouped: Mapping[ClaimKind, Grouped],
    group_of: Mapping[str, str],
    lineage_of: Mapping[str, str],
    states: Numbers,
    judgements: Iterable[Judgement],
    asking: Asking | None,
    kept: Kept,
) -> tuple[Contradiction, ...]:
    """All contradictions between claims that still stand; one that a person rejected is left out.

    `group_of` gives the group of each claim, `states` are hashes of all that a report's claims and its lineage rest on.
    """
    in_stories: list[Opposed] = []
    states_of_claims = _states_of_claims(grouped, states)
    for story, numbers in _stories(pile).items():
        in_stories.extend(_in_story(story, numbers, states_of_claims, pile, group_of, lineage_of, kept))
    found = [one.contradiction for one in without_answered(list(first_of_each(in_stories)), group_of)]
    found.extend(_numbers(pile, grouped["figure"], lineage_of, states, kept))
    if asking and asking.bar > 0:
        evidence = {one.id: Evidence(one.document, one.event.evidence) for one in pile.events.values()}
        evidence.update((one.id, Evidence(one.document, one.span)) for one in pile.statements.values())
        known = {frozenset((one.left, one.right)) for one in found}
        groups = Groups(*grouped.values())
        found.extend(find_inferred(groups, evidence, lineage_of, known, pile.reports, asking))
    rejected = set(verdicts(judgements, "reject"))
    unique = {one.id: one for one in found if one.id not in rejected}
    standing = [unique[id] for id in sorted(unique)]
    return ask(standing, pile.reports, asking) if asking else tuple(standing)


def _stories(pile: Pile) -> dict[str, list[int]]:
    """The numbers of the reports of each story that have claims to set side by side."""
    stories: dict[str, list[int]] = defaultdict(list)
    claims = sum(np.diff(pile.tables[kind].firsts) for kind in SET_BESIDE)
    for number in np.flatnonzero(claims).tolist():
        stories[pile.stories[pile.documents[number]]].append(number)
    return stories


def _states_of_claims(grouped: Mapping[ClaimKind, Grouped], states: Numbers) -> Numbers:
    """For each report a hash of what it rests on, and of its claims and their groups."""
    found, size = mixed(states), len(states)
    for kind in SET_BESIDE:
        table = grouped[kind].table
        found = found + summed(paired(table.contents, grouped[kind].codes_of_rows()), table.reports, size)
    return mixed(found)


def _in_story(
    story: str,
    numbers: Sequence[int],
    states: Numbers,
    pile: Pile,
    group_of: Mapping[str, str],
    lineage_of: Mapping[str, str],
    kept: Kept,
) -> Found:
    """What is found in one story, as it was kept with its first report or looked for now."""
    firsts = [pile.tables[kind].firsts for kind in SET_BESIDE]
    if sum(int(first[n + 1] - first[n]) for n in numbers for first in firsts) < 2:
        return ()
    documents = sorted(pile.documents[number] for number in numbers)
    state = hash_of((story, states[numbers].sum().item()))
    held: Sequence[Any] | None = kept.get("opposed", documents[0])
    if held is not None and held[0] == state:
        with suppress(msgspec.DecodeError):
            return _unpack(held[1])
    found = tuple(_look(documents, pile, group_of, lineage_of))
    kept.put("opposed", documents[0], (state, _pack(found)))
    return found


def _numbers(
    pile: Pile, figures: Grouped, lineage_of: Mapping[str, str], states: Numbers, kept: Kept
) -> list[Contradiction]:
    """Amounts of one group that cannot both hold, as they were kept by what the group rests on, or looked for now."""
    several = np.flatnonzero(figures.sizes > 1)
    now = figures.states(states)[several]
    held = cast("Sequence[Any]", kept.get_whole("counted") or (b"", _pack(())))
    known, before = np.frombuffer(held[0], np.uint64), _unpack_numbers(held[1])
    anew = ~np.isin(now, known)
    stays = set(now.tolist())
    found = [one for one in before if one[0] in stays]
    table = figures.table
    rows = np.flatnonzero(np.isin(figures.of, several[anew]))
    keys = {table.ids[row]: pile.keys.figure(table, row) for row in rows.tolist()}
    for group, state in zip(figures.make(several[anew]), now[anew].tolist(), strict=True):
        found.extend((state, one) for one in find_numbers([group], keys, pile.reports, lineage_of))
    if anew.any() or len(known) != len(now):
        kept.put_whole("counted", (now.tobytes(), _pack(found)))
    return [one for _, one in found]


def _look(
    documents: Sequence[str], pile: Pile, group_of: Mapping[str, str], lineage_of: Mapping[str, str]
) -> Iterator[Opposed]:
    reports, stories = pile.reports, pile.stories
    events = [one for document in documents for one in pile.events.of(document).values() if one.id in group_of]
    said = [one for document in documents for one in pile.statements.of(document).values() if one.id in group_of]
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
