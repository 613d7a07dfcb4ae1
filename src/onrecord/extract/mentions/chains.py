"""Chains in the making: which mentions of one report are one actor, each join with its reason.

Nothing is joined by default: a mention without a reason keeps a chain of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from onrecord.extract.mentions.draft import Draft


@dataclass(slots=True)
class Chains:
    """Drafts in order, each with the index of the draft that it was joined to; the root speaks for its chain.

    `shared` holds every index that was joined to while it was a root.
    """

    drafts: list[Draft]
    parent: list[int] = field(init=False)
    rules: dict[int, str] = field(default_factory=dict)
    shared: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.parent = list(range(len(self.drafts)))

    def root(self, index: int) -> int:
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def join(self, index: int, other: int, rule: str) -> None:
        """Put one mention into another's chain; the earlier root stays."""
        one, two = sorted((self.root(index), self.root(other)))
        if one != two:
            self.parent[two] = one
            self.shared.add(one)
            self.rules.setdefault(index, rule)

    def note(self, index: int, words: str) -> None:
        """Say in a mention's rule why it was joined to nothing."""
        if words:
            self.rules.setdefault(index, words)

    def members(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for index in range(len(self.drafts)):
            found.setdefault(self.root(index), []).append(index)
        return found


def gendered(chains: Chains) -> None:
    """Make each person's sex, where one mention tells it, known to all mentions of the chain."""
    for members in chains.members().values():
        told = sorted({g for i in members if (g := chains.drafts[i].gender)})
        if len(told) == 1:
            for i in members:
                chains.drafts[i] = replace(chains.drafts[i], gender=told[0])
