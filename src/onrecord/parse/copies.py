"""The texts parsed last, so that a copy of one of them that comes under another name is not parsed again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace

from onrecord.model.claims import Skip
from onrecord.model.parsed import Parsed

MOST = 60_000  # tokens kept, about 35 MB: some eighty reports

Answer = tuple[Parsed, tuple[Skip, ...]]


class Copies:
    """What the parser made of the last texts, by all that it depends on; the one not asked for longest goes first."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._held = most, 0
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()

    def find(self, key: Hashable, document: str) -> Answer | None:
        """The answer for a text parsed before, as that of the document with this id."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        parsed, skips = found
        return replace(parsed, document=document), tuple(replace(skip, document=document) for skip in skips)

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer for a text that is not kept yet, unless it alone is more than is kept of all."""
        size = len(answer[0].tokens)
        if size > self._most:
            return
        self._kept[key] = answer
        self._held += size
        while self._held > self._most:
            _, (parsed, _) = self._kept.popitem(last=False)
            self._held -= len(parsed.tokens)
