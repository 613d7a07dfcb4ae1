"""What a page may know beside the record and the address: who looks at it, what people decided, and what was kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from onrecord.web.decisions import Decisions

T = TypeVar("T")
KEPT = 600  # results kept at most


class Kept:
    """Results that hold as long as the derived tables do, by version and key; the oldest go first."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, version: str, key: Hashable, make: Callable[[], T]) -> T:
        full = (version, key)
        with self._lock:
            if full in self._held:
                self._held.move_to_end(full)
                return self._held[full]  # type: ignore[return-value]  # put there under the same key
        made = make()
        with self._lock:
            self._held[full] = made
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return made


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks, whether they may decide, the decisions, and `kept(key, make)` for what is dear to work out."""

    by: str
    read_only: bool
    decisions: Decisions
    version: str
    store: Kept

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result of `make`, worked out once for each state of the derived tables."""
        return self.store.get(self.version, key, make)
