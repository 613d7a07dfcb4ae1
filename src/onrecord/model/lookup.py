"""Finding a mention by the place it stands: the one way in which a later stage reaches an earlier one's mentions."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model.claims import Mention
from onrecord.model.offsets import Span


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
