"""Claims joined into groups: the strongest link first, and never two that exclude each other, however linked.

A group is named after its founder, the claim of its earliest report, so that it keeps its id while later reports join.
A claim that nothing links is a group of one. The order of claims and links does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np

from onrecord.link.columns import Index, Numbers, Places, as_numbers, ids_of, number_in, paired, runs_of, summed
from onrecord.link.keys import IN_GROUP, ClaimKind, Table
from onrecord.link.reports import Link
from onrecord.model.days import Days
from onrecord.model.ids import make_id
from onrecord.model.record import Group, Judgement


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a claim fixes for its group: its days, and its sides, each of which all who know it must share a key of."""

    days: Days | None = None
    sides: tuple[frozenset[str], ...] = ()

    def joined(self, other: Stamp) -> Stamp | None:
        """What both fix together; None where they exclude each other."""
        days = self.days or other.days
        if self.days and other.days:
            days = max(self.days[0], other.days[0]), min(self.days[1], other.days[1])
            if days[0] > days[1]:
                return None
        sides = []
        for left, right in zip(self.sides, other.sides, strict=True):
            if left and right and not left & right:
                return None
            sides.append(left & right or left | right)
        return Stamp(days, tuple(sides))


def make_groups(
    kind: ClaimKind, stamps: Mapping[str, Stamp], links: Iterable[Link], came_out: Mapping[str, str]
) -> tuple[Group, ...]:
    """Groups of all claims in `stamps`; `came_out` is the day of each claim's report, where known."""
    links = sorted(links, key=lambda link: (-link.weight, link.left, link.right))
    cluster_of = {id: id for link in links for id in (link.left, link.right)}
    members = {id: [id] for id in cluster_of}
    fixed = {id: stamps[id] for id in cluster_of}
    for link in links:
        keep, gone = sorted((cluster_of[link.left], cluster_of[link.right]))
        joined = fixed[keep].joined(fixed[gone]) if keep != gone else None
        if joined is not None:
            fixed[keep] = joined
            for id in members.pop(gone):
                members[keep].append(id)
                cluster_of[id] = keep
    groups = [_group(kind, found, came_out) for found in members.values()]
    groups.extend(Group(make_id("gr", kind, id), kind, (id,)) for id in stamps if id not in cluster_of)
    return tuple(groups)


def _group(kind: ClaimKind, members: Collection[str], came_out: Mapping[str, str]) -> Group:
    founder = min(members, key=lambda id: (came_out.get(id, "9999"), id))
    return Group(make_id("gr", kind, founder), kind, tuple(sorted(members)))


class Grouped:
    """The groups of one kind, by number: `of` gives for each row of a table that of its group, -1 where it stands in
    none. Group n is called as the claim in row n would call its own; those numbered above the rows have `names`.

    Groups are made where something asks for them: most claims of a pile stand alone.
    """

    def __init__(self, table: Table, of: Places, names: Sequence[str] = ()) -> None:
        self.table = table
        self.of = of
        self.names = tuple(names)

    @cached_property
    def numbers(self) -> Places:
        """Of all groups, ascending."""
        return np.flatnonzero(self.sizes)

    @cached_property
    def codes(self) -> Numbers:
        """The hash in the id of each number's group."""
        return np.concatenate([self.table.groups, as_numbers([number_in(name, IN_GROUP) for name in self.names])])

    @cached_property
    def sizes(self) -> Places:
        """How many claims each number's group has."""
        return np.bincount(self.of[self.of >= 0], minlength=len(self.table) + len(self.names))

    def id_of(self, number: int) -> str:
        return ids_of(IN_GROUP, self.codes[number : number + 1])[0]

    def by_claim(self) -> dict[str, str]:
        """The id of the group of each claim that stands in one."""
        names = ids_of(IN_GROUP, self.codes)
        return {id: names[of] for id, of in zip(self.table.ids, self.of.tolist(), strict=True) if of >= 0}

    def codes_of_rows(self) -> Numbers:
        """A hash of the name of each row's group; 0 where it has none."""
        return np.where(self.of >= 0, self.codes[self.of], np.uint64(0))

    def meant(self, subjects: Collection[str]) -> Places:
        """For each of some ids the number of the group that it names, or a claim of which it names; -1 for none."""
        rows = self.table.rows_of(subjects)
        named = [max(0, number_in(id, IN_GROUP)) for id in subjects]
        own = Index(self.codes[self.numbers]).places(as_numbers(named))
        found: Places = np.maximum(np.append(self.of, -1)[rows], np.append(self.numbers, -1)[own])
        return found

    def states(self, reports: Numbers) -> Numbers:
        """For each number a hash of all that its group's claims are, and of what their `reports` rest on."""
        claims = paired(self.table.contents, reports[self.table.reports])
        return summed(claims, self.of, len(self.codes))

    def make(self, chosen: Places) -> list[Group]:
        """The groups of some numbers, in their order."""
        wanted = np.zeros(len(self.table) + len(self.names), bool)
        wanted[chosen] = True
        rows = np.flatnonzero((self.of >= 0) & wanted[self.of])
        rows = rows[np.argsort(self.of[rows], kind="stable")]
        starts, sizes = runs_of(self.of[rows])
        ids = [self.table.ids[row] for row in rows.tolist()]
        made = {}
        for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
            number = int(self.of[rows[start]])
            made[number] = Group(self.id_of(number), self.table.kind, tuple(sorted(ids[start : start + size])))
        return [made[number] for number in chosen.tolist()]

    def judged(self, judgements: Sequence[Judgement]) -> Grouped:
        """What people made of them; only groups that a judgement names, or a claim of which it names, can change."""
        subjects = {subject for judgement in judgements for subject in judgement.subjects}
        if not subjects:
            return self
        meant = self.meant(subjects)
        touched = np.unique(meant[meant >= 0])
        if not len(touched):
            return self
        held = {self.id_of(number): number for number in touched.tolist()}
        groups = judge_groups(self.make(touched), judgements)
        of, names = self.of.copy(), [*self.names]
        of[np.isin(of, touched)] = -1
        for group in groups:
            if group.id not in held:
                held[group.id] = len(self.table) + len(names)
                names.append(group.id)
            of[self.table.rows_of(group.members)] = held[group.id]
        return Grouped(self.table, of, names)


class Groups(Sequence[Group]):
    """The groups of all kinds by id, made once something asks for one."""

    def __init__(self, *kinds: Grouped) -> None:
        self._kinds = kinds

    @cached_property
    def _all(self) -> tuple[Group, ...]:
        made = (group for kind in self._kinds for group in kind.make(kind.numbers))
        return tuple(sorted(made, key=lambda group: group.id))

    @overload
    def __getitem__(self, at: int) -> Group: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Group, ...]: ...
    def __getitem__(self, at: int | slice) -> Group | tuple[Group, ...]:
        return self._all[at]

    def __len__(self) -> int:
        return sum(len(kind.numbers) for kind in self._kinds)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all)


def judge_groups(groups: Sequence[Group], judgements: Iterable[Judgement]) -> tuple[Group, ...]:
    """Groups after what people decided, in the order in which they did.

    A subject is a group's id or a claim's; a claim stands for its group in a merge and for itself otherwise. What
    stands for nothing here (an actor, a claim since gone) is passed over. A merge keeps the first subject's group id.
    """
    held = {group.id: group for group in groups}
    rejected: set[str] = set()
    for judgement in judgements:
        subjects = list(dict.fromkeys(judgement.subjects))
        if judgement.verdict == "merge":
            _merge(held, subjects)
        elif judgement.verdict == "split":
            _split(held, subjects)
        else:
            named = {claim for subject in subjects for claim in _claims(held, subject)}
            rejected = rejected | named if judgement.verdict == "reject" else rejected - named
    kept: Iterable[Group] = held.values()
    if rejected:
        kept = (Group(group.id, group.kind, _without(group.members, rejected)) for group in kept)
    return tuple(group for group in kept if group.members)


def _claims(held: Mapping[str, Group], subject: str) -> tuple[str, ...]:
    return held[subject].members if subject in held else (subject,)


def _without(members: Sequence[str], rejected: Collection[str]) -> tuple[str, ...]:
    return tuple(member for member in members if member not in rejected)


def _merge(held: dict[str, Group], subjects: Sequence[str]) -> None:
    found = [group for subject in subjects if (group := _group_of(held, subject))]
    named = [group for group in dict.fromkeys(found) if group.kind == found[0].kind]
    if len(named) > 1:
        for group in named:
            del held[group.id]
        members = tuple(sorted(member for group in named for member in group.members))
        held[named[0].id] = Group(named[0].id, named[0].kind, members)


def _split(held: dict[str, Group], subjects: Sequence[str]) -> None:
    """Claims named leave their group and stand together; a group named alone falls into single claims."""
    claims = [subject for subject in subjects if subject not in held]
    if not claims:
        for subject in subjects:
            for claim in held[subject].members[1:]:
                _part(held, [claim])
        return
    for group in dict.fromkeys(group for claim in claims if (group := _group_of(held, claim))):
        _part(held, [claim for claim in claims if claim in group.members])


def _part(held: dict[str, Group], claims: Sequence[str]) -> None:
    """Some claims of one group get a group of their own; a group that all would leave stays as it is."""
    group = _group_of(held, claims[0])
    if group is None or len(claims) == len(group.members):
        return
    held[group.id] = Group(group.id, group.kind, _without(group.members, set(claims)))
    apart = Group(make_id("gr", group.kind, "split", *sorted(claims)), group.kind, tuple(sorted(claims)))
    held[apart.id] = apart


def _group_of(held: Mapping[str, Group], subject: str) -> Group | None:
    return held.get(subject) or next((group for group in held.values() if subject in group.members), None)


def verdicts(judgements: Iterable[Judgement], verdict: str) -> dict[str, list[Judgement]]:
    """For each subject whose last acceptance or rejection is `verdict`, the judgements that gave it."""
    last: dict[str, str] = {}
    given: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.verdict in {"accept", "reject"}:
            for subject in judgement.subjects:
                last[subject] = judgement.verdict
                if judgement.verdict == verdict:
                    given[subject].append(judgement)
    return {subject: found for subject, found in given.items() if last[subject] == verdict}
