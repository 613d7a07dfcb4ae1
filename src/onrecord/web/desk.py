"""What a page may know beside the record and the address: who looks at it, what people decided, and what was kept."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar, cast

from onrecord.analysis import Meanings, load_meanings
from onrecord.model.vectors import WordVectors
from onrecord.store import FacetCount, Row, View, Wanted
from onrecord.store.called import actors_called, load_names
from onrecord.store.columns import Columns, count_facets, fitting, load_columns
from onrecord.store.sums import Edge, edges_of, load_dyads
from onrecord.web.decisions import Decisions

T = TypeVar("T")
KEPT = 600  # results kept at most
PATIENCE = 8.0  # seconds that a request waits for what is worked out beside the server


class Kept:
    """Results that hold as long as the derived tables do, by version and key; the oldest go first.

    What two requests need at once is worked out by one of them; the other waits for it. So it does, for a while, for
    what a process beside the server has announced.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, object] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._coming: Counter[Hashable] = Counter()
        self._ask: Callable[[Hashable], None] = lambda _: None
        self._lock = threading.Lock()
        self._news = threading.Condition(self._lock)

    @contextmanager
    def coming(self, keys: Collection[Hashable], ask: Callable[[Hashable], None]) -> Iterator[None]:
        """Announce keys whose values will be put by somebody else before the `with` statement ends; `ask` tells them
        which of these is waited for."""
        with self._news:
            self._coming.update(keys)
            self._ask = ask
        try:
            yield
        finally:
            with self._news:
                self._coming.subtract(keys)
                self._news.notify_all()

    def get(self, version: str, key: Hashable, make: Callable[[], T]) -> T:
        full = (version, key)
        with self._news:
            if self._coming[key] > 0 and full not in self._held:
                self._ask(key)
                self._news.wait_for(lambda: full in self._held or self._coming[key] <= 0, PATIENCE)
            if full in self._held:
                return cast(T, self._again(full))
            making = self._making.setdefault(full, threading.Lock())
        with making:
            with self._lock:
                if full in self._held:
                    return cast(T, self._again(full))
            made = make()
            self.put(version, key, made)
            with self._lock:
                self._making.pop(full, None)
        return made

    def held(self, version: str, key: Hashable) -> object:
        """What is kept under a key, None where nothing is."""
        with self._lock:
            return self._again((version, key)) if (version, key) in self._held else None

    def put(self, version: str, key: Hashable, value: object) -> None:
        """Keep what was worked out, here or elsewhere; it takes the place of what was kept under its key."""
        with self._lock:
            self._held[version, key] = value
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
            self._news.notify_all()

    def _again(self, full: Hashable) -> object:
        """What was kept under a key, now the latest asked for; the caller holds the lock."""
        self._held.move_to_end(full)
        return self._held[full]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks, whether they may decide, the decisions, and `kept(key, make)` for what is dear to work out."""

    by: str
    read_only: bool
    decisions: Decisions
    version: str
    store: Kept
    vectors: Callable[[], WordVectors] | None = None

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result of `make`, worked out once for each state of the derived tables."""
        return self.store.get(self.version, key, make)

    def columns(self, view: View, table: str) -> Columns:
        """The narrow columns of a list, read once."""
        return self.kept(("columns", table), lambda: load_columns(view, table))

    def facets(self, view: View, table: str, wanted: Wanted) -> tuple[FacetCount, ...]:
        """The counts of a list's filters."""
        return self.kept(("facets", table, wanted), lambda: count_facets(view, self.columns(view, table), wanted))

    def positions(self, view: View, table: str, wanted: Wanted) -> list[int] | None:
        """Positions of the rows of a list that fit; None for all."""
        columns = self.columns(view, table)
        fits = fitting(view, columns, wanted)
        return None if fits.all() else [int(position) for position in columns.positions[fits]]

    def called(self, view: View, words: str, limit: int) -> list[Row]:
        """Actors one of whose names holds some words, the most mentioned first."""
        return actors_called(view, self.kept("names", lambda: load_names(view)), words, limit)

    def meanings(self, view: View) -> tuple[Meanings, WordVectors] | None:
        """The record's words by meaning; None where nobody brought vectors of words (yet)."""
        held: object = self.store.held("", "vectors")
        if held is None and self.vectors is not None:
            held = self.store.get("", "vectors", self.vectors)
        if not isinstance(held, WordVectors):
            return None
        vectors = held
        return self.kept("meanings", lambda: load_meanings(view, vectors)), vectors

    def edges(self, view: View, wanted: Wanted, limit: int) -> tuple[Edge, ...]:
        """Who acts on whom in the events that fit."""
        columns = self.columns(view, "events")
        dyads = self.kept("dyads", lambda: load_dyads(view, columns))
        key = ("edges", wanted, limit)
        return self.kept(key, lambda: edges_of(dyads, fitting(view, columns, wanted), limit))
