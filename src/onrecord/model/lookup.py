"""Looking values up: a mention by the place it stands, the one way in which a later stage reaches an earlier one's
mentions; what is known of many ids at once; and what is shown of an actor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar, runtime_checkable

from onrecord.model.claims import Mention
from onrecord.model.offsets import Span
from onrecord.model.record import Actor, ShownActor

T_co = TypeVar("T_co", covariant=True)


@runtime_checkable
class Choosing(Protocol[T_co]):
    """A mapping that looks many ids up at once."""

    def chosen(self, ids: Iterable[str]) -> Mapping[str, T_co]: ...


@runtime_checkable
class Showing(Protocol):
    """Actors of which what is shown can be had without the rest: one may be named a hundred thousand times."""

    def shown(self, id: str) -> ShownActor | None: ...


def chosen(values: Mapping[str, T_co], ids: Iterable[str]) -> Mapping[str, T_co]:
    """What is known of some ids, as far as they are known."""
    if isinstance(values, Choosing):
        return values.chosen(ids)
    return {id: values[id] for id in ids if id in values}


def shown_of(actors: Mapping[str, Actor]) -> Callable[[str], ShownActor | None]:
    """What gives so much of each actor as is shown of it."""
    return actors.shown if isinstance(actors, Showing) else actors.get


class MentionIndex:
    """Mentions of one report by the characters of their heads. Built once, never changed."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = tuple(mentions)
        self._by_head: dict[int, Mention] = {}
        for mention in sorted(self.mentions, key=lambda m: (len(m.span), m.span)):  # longer ones win
            for offset in range(mention.head.start, mention.head.end):
                self._by_head[offset] = mention
        self._by_id = {mention.id: mention for mention in self.mentions}

    def at(self, head: Span) -> Mention | None:
        """The mention whose head covers the first character of `head` (a token's span), the longest one first."""
        return self._by_head.get(head.start)

    def get(self, id: str) -> Mention:
        return self._by_id[id]
