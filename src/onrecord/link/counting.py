"""What stands behind the groups of a pile. Like `__init__`, this file gathers the room.

Corroborations are made of groups that are not as they were written: of whose claims, reports, contradictions or
acceptances one is new, gone or other than it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import numpy as np

from onrecord.link.columns import Index, Numbers, as_numbers, ids_of, mixed, summed
from onrecord.link.corroboration import Standing, Witness, corroborate, find_witnesses
from onrecord.link.first_hand import marks_of_claims
from onrecord.link.groups import Grouped, verdicts
from onrecord.link.kept import Kept, hash_of
from onrecord.link.keys import IN_GROUP, ClaimKind
from onrecord.link.pile import Pile
from onrecord.link.reports import hash_number
from onrecord.model.record import Changed, Contradiction, Corroboration, Group, Judgement


def find_corroborations(
    pile: Pile,
    grouped: Mapping[ClaimKind, Grouped],
    places: Mapping[str, Standing],
    states: Numbers,
    contradictions: Sequence[Contradiction],
    judgements: Iterable[Judgement],
    kept: Kept,
) -> tuple[tuple[Corroboration, ...], Changed | None]:
    """Those of groups that have changed, and which these are; those of all groups and None where that is not known.

    `places` says where each report stands, `states` are hashes of all that the claims of each of `pile.documents` and
    its lineage rest on.
    """
    accepted = verdicts(judgements, "accept")
    rests = {kind: of.states(states) for kind, of in grouped.items()}
    by_report = dict(zip(pile.documents, states.tolist(), strict=True))
    told: dict[str, list[object]] = {subject: [one.id for one in given] for subject, given in accepted.items()}
    for one in contradictions:
        state = [one.id, one.words, *(by_report[span.document] for span in one.spans)]
        for claim in (one.left, one.right):
            told.setdefault(claim, []).append(state)
    numbers = mixed(as_numbers([hash_number(hash_of(what)) for what in told.values()]))
    for kind, of in grouped.items():
        rests[kind] += summed(numbers, of.meant(told), len(rests[kind]))
    changed, which = _changed(grouped, rests, kept)
    against: dict[str, list[Contradiction]] = defaultdict(list)
    for one in contradictions:
        for claim in (one.left, one.right):
            against[claim].append(one)
    witnesses = _witnesses(pile, changed)
    marks = marks_of_claims(((one.id, one.document, one.span) for one in witnesses.values()), pile.reports, kept)
    found = []
    for group in changed:
        spoken = {one.id: one for id in group.members for one in against.get(id, ())}
        for_it = {one.id: one for id in (group.id, *group.members) for one in accepted.get(id, ())}
        found.append(corroborate(group, witnesses, places, list(spoken.values()), list(for_it.values()), marks))
    return tuple(sorted(found, key=lambda one: one.id)), which


def _changed(
    grouped: Mapping[ClaimKind, Grouped], rests: Mapping[ClaimKind, Numbers], kept: Kept
) -> tuple[list[Group], Changed | None]:
    """The groups that are not as they were written, and what that is beside those that are."""
    codes = np.concatenate([of.codes[of.numbers] for of in grouped.values()])  # those in ids of groups
    states = np.concatenate([rests[kind][of.numbers] for kind, of in grouped.items()])
    held = cast("Sequence[Any]", kept.get_whole("written") or (b"", b""))
    before, then = np.frombuffer(held[0], np.uint64), np.frombuffer(held[1], np.uint64)
    known = len(before) == kept.written
    at = Index(before).places(codes)
    stays = at >= 0
    stays[stays] = then[at[stays]] == states[stays]
    if not known:
        stays[:] = False
    made, first = list[Group](), 0
    for of in grouped.values():
        made.extend(of.make(of.numbers[~stays[first : first + len(of.numbers)]]))
        first += len(of.numbers)
    if len(before) != len(codes) or not stays.all():
        kept.put_whole("written", (codes.tobytes(), states.tobytes()))
    if not known:
        return made, None
    there = np.zeros(len(before), bool)
    there[at[at >= 0]] = True
    return made, Changed(tuple(made), tuple(ids_of(IN_GROUP, before[~there])))


def _witnesses(pile: Pile, groups: Iterable[Group]) -> dict[str, Witness]:
    """The claims of some groups as something to count, report after report, as their keys are in memory."""
    document_of = {kind: pile.document_of(kind) for kind in pile.tables}
    by_document: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for id in group.members:
            by_document[document_of[group.kind][id]].add(id)
    found = (
        witness
        for document, wanted in by_document.items()
        for witness in find_witnesses(document, pile.keys.of(document), wanted)
    )
    return {witness.id: witness for witness in found}
