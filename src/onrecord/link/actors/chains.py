"""The chains of mentions of every report, as linking compares them: what each says of its actor, and its day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.lexicon.spelling import fold_name, fold_words
from onrecord.model.claims import ActorKind, Mention, Reading
from onrecord.model.text import Document


@dataclass(frozen=True, slots=True)
class Chain:
    """One actor of one report: its mentions, and what they say together."""

    document: str
    path: str
    mentions: tuple[Mention, ...]
    kind: ActorKind
    name: str
    words: tuple[str, ...]
    named: bool
    key: str | None
    country: str | None
    sector: str | None
    role: str | None
    surfaces: tuple[str, ...]
    days: tuple[str, str] | None

    @property
    def is_person(self) -> bool:
        return self.named and self.kind == "person"


class Joined:
    """Chains joined pairwise, with the reasons; the smallest index speaks for a group."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self.chains = chains
        self.keys = [chain.key for chain in chains]
        self.reasons: list[str] = ["" for _ in chains]
        self.notes: dict[int, str] = {}  # why a chain was led to nobody
        self.owners: dict[int, int] = {}  # whose a group is ("his allies"); itself where that is not known
        self._parent = list(range(len(chains)))

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, index: int, other: int, reason: str) -> None:
        one, two = sorted((self.root(index), self.root(other)))
        if index == other:
            return
        if one != two:
            self._parent[two] = one
            self.keys[one] = self.keys[one] or self.keys[two]
        self.reasons[index] = self.reasons[index] or reason

    def groups(self) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for index in range(len(self.chains)):
            found.setdefault(self.root(index), []).append(index)
        return list(found.values())


def gather_chains(documents: dict[str, Document], readings: Iterable[Reading]) -> list[Chain]:
    """All chains but those of pronouns alone, ordered by content, never by file order."""
    found: list[Chain] = []
    for reading in readings:
        document = documents.get(reading.document)
        if document is None:
            continue
        by_chain: dict[int, list[Mention]] = {}
        for mention in reading.mentions:
            by_chain.setdefault(mention.chain, []).append(mention)
        for mentions in by_chain.values():
            if any(mention.kind != "pronoun" for mention in mentions):
                found.append(_chain(document, reading, tuple(mentions)))
    return sorted(found, key=lambda c: (c.document, c.mentions[0].span, c.mentions[0].id))


def _chain(document: Document, reading: Reading, mentions: tuple[Mention, ...]) -> Chain:
    names = [mention for mention in mentions if mention.kind == "name"]
    best = (names or [mention for mention in mentions if mention.kind == "nominal"])[0]
    shown = names or [mention for mention in mentions if mention.kind == "nominal"]
    surfaces = {document.words(mention.span) for mention in shown}
    return Chain(
        document.id, document.path, mentions, best.actor_kind, best.name, _words(best), bool(names),
        next((m.key for m in mentions if m.key), None),
        next((m.country for m in mentions if m.country), None),
        next((m.sector for m in mentions if m.sector), None),
        next((m.role for m in mentions if m.role), None),
        tuple(sorted(surfaces)), _days(reading.published.value),
    )  # fmt: skip


def _words(mention: Mention) -> tuple[str, ...]:
    return (fold_name if mention.actor_kind == "person" else fold_words)(mention.name)


def _days(published: str | None) -> tuple[str, str] | None:
    """First and last day of a publication date or interval, or None."""
    if not published:
        return None
    first, _, last = published.partition("/")
    first, last = first[:10], (last or first)[:10]
    return (first, last) if len(first) == 10 and len(last) == 10 else None
