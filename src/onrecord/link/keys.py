"""The third ground floor of this room: what linking asks of every claim of a pile, whether it is looked at or not.

Of every claim a few numbers stand in columns. Its key, which says what it can meet others by, is read where a block or
a group that it stands in has changed, and the claim itself, ten times as large, where something meets it. All three are
kept with its report.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Generic, Literal, TypeVar

import msgspec
import numpy as np

from onrecord.link.columns import Index, Numbers, Places, as_numbers, mixed, numbers_in
from onrecord.link.reports import WORDS_KEPT, hash_number
from onrecord.model.claims import EventType
from onrecord.model.days import Days
from onrecord.model.offsets import Span
from onrecord.model.record import Figure

ClaimKind = Literal["event", "statement", "figure"]
# what the name of a block is taken together with: nothing, or its report's story or lineage, or the group of an event
FIXED, STORY, LINEAGE, GROUP = range(4)
IN_GROUP = "gr"  # what ids of groups begin with

Claim = TypeVar("Claim")


class EventKey(msgspec.Struct, frozen=True, array_like=True):
    """An event; `sides` are who did it and to whom, sorted, `words` is a hash of the stems of its evidence,
    `first_hand` whether its report tells it in its own voice."""

    id: str
    type: EventType
    days: Days | None
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    words: bytes
    trigger: Span
    evidence: Span
    first_hand: bool


class SaidKey(msgspec.Struct, frozen=True, array_like=True):
    """A statement: `speaks_for` sorted, `is_no` whether it denies or negates, `first_hand` whether it gives a named
    source's words with no one in between."""

    id: str
    days: Days | None
    speaker: str | None
    speaks_for: tuple[str, ...]
    is_no: bool
    span: Span
    first_hand: bool


class FigureKey(msgspec.Struct, frozen=True, array_like=True):
    """A figure, without its group, and the stem of what is counted."""

    figure: Figure
    head: str
    days: Days | None


_events = msgspec.msgpack.Decoder(tuple[EventKey, ...]).decode
_statements = msgspec.msgpack.Decoder(tuple[SaidKey, ...]).decode
_measured = msgspec.msgpack.Decoder(tuple[FigureKey, ...]).decode


class Keys:
    """The keys of one report's claims; those that are given packed are unpacked where one of their kind is asked for,
    DecodeError where they are damaged."""

    def __init__(
        self,
        events: tuple[EventKey, ...] | bytes,
        statements: tuple[SaidKey, ...] | bytes,
        measured: tuple[FigureKey, ...] | bytes,
    ) -> None:
        self._given = events, statements, measured

    @cached_property
    def events(self) -> tuple[EventKey, ...]:
        return _events(given) if isinstance(given := self._given[0], bytes) else given

    @cached_property
    def statements(self) -> tuple[SaidKey, ...]:
        return _statements(given) if isinstance(given := self._given[1], bytes) else given

    @cached_property
    def measured(self) -> tuple[FigureKey, ...]:
        return _measured(given) if isinstance(given := self._given[2], bytes) else given

    def placed(self, kind: ClaimKind) -> Iterator[tuple[Span, str]]:
        """The words that each claim of one kind stands on, of an event its trigger, and its id."""
        if kind == "event":
            return ((key.trigger, key.id) for key in self.events)
        if kind == "statement":
            return ((key.span, key.id) for key in self.statements)
        return ((key.figure.span, key.figure.id) for key in self.measured)


class Part(msgspec.Struct, frozen=True, array_like=True):
    """The claims of one kind in one report, in columns of 64-bit numbers, each packed: those in the ids of the groups
    that they would be the founders of; hashes of their ids, of the claims with all that is stored of their report, of
    their keys (of a figure: of the id of the event it measures, or 0); the names of blocks, with the claim (from 0)
    that each is of and what it is taken with; the stems of statements, with where those of each end, and hashes of all
    that a statement is compared by.

    `ids` are theirs, one a line."""

    ids: str
    groups: bytes
    codes: bytes
    contents: bytes
    keys: bytes
    names: bytes
    named: bytes
    taken: bytes
    stems: bytes = b""
    ends: bytes = b""
    alike: bytes = b""


@dataclass(frozen=True, eq=False)
class Table:
    """The claims of one kind of a pile, one a row, those of a report together; `reports` gives the number of its report
    among `documents`. Other columns are those of `Part`, `named` and `ends` being rows of these."""

    kind: ClaimKind
    documents: Sequence[str]
    reports: Places
    ids: Sequence[str]
    groups: Numbers
    codes: Numbers
    contents: Numbers
    keys: Numbers
    names: Numbers
    named: Places
    taken: Places
    stems: Numbers = field(default_factory=lambda: as_numbers(()))
    ends: Places = field(default_factory=lambda: np.zeros(0, np.int64))
    alike: Numbers = field(default_factory=lambda: as_numbers(()))

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def index(self) -> Index:
        """Rows by the hash of their id."""
        return Index(self.codes)

    def rows_of(self, ids: Collection[str]) -> Places:
        """The rows of some claims; -1 for what is no claim of this kind."""
        return self.index.places(as_numbers([code_of(id) for id in ids]))

    def documents_of(self) -> dict[str, str]:
        """The report of each claim, by its id."""
        return dict(zip(self.ids, map(self.documents.__getitem__, self.reports.tolist()), strict=True))

    @cached_property
    def firsts(self) -> Places:
        """The first row of each report."""
        return np.searchsorted(self.reports, np.arange(len(self.documents) + 1))

    def blocks(self, **with_: Numbers) -> tuple[Numbers, Places]:
        """The blocks that claims stand in, as hashes, and the rows of these; `with_` gives for each row what a name is
        taken with (`story`, `lineage`, `group`): where that is 0, or not given, there is no block."""
        given = {STORY: with_.get("story"), LINEAGE: with_.get("lineage"), GROUP: with_.get("group")}
        codes, rows = [], []
        for how in (FIXED, STORY, LINEAGE, GROUP):
            these = np.flatnonzero(self.taken == how)
            taken = given.get(how)
            at, names = self.named[these], self.names[these]
            if how != FIXED:
                if taken is None:
                    continue
                there = taken[at] != 0
                at, names = at[there], mixed(names[there] + mixed(taken[at[there]], how))
            codes.append(mixed(names, how))
            rows.append(at)
        return np.concatenate(codes), np.concatenate(rows)

    def stems_of(self, row: int) -> Numbers:
        """The stems of a statement, ascending."""
        return self.stems[self.ends[row - 1] if row else 0 : self.ends[row]]


def read_table(kind: ClaimKind, documents: Sequence[str], parts: Sequence[Part]) -> Table:
    """The table of some reports' claims, from what is kept of each."""
    sizes = np.array([len(part.codes) // 8 for part in parts], np.int64)
    reports = np.repeat(np.arange(len(parts)), sizes)
    firsts = np.cumsum(sizes) - sizes
    named = numbers_in(part.named for part in parts).astype(np.int64)
    of_names = np.array([len(part.named) // 8 for part in parts], np.int64)
    ends = numbers_in(part.ends for part in parts).astype(np.int64)
    stems = np.array([len(part.stems) // 8 for part in parts], np.int64)
    of_ends = np.array([len(part.ends) // 8 for part in parts], np.int64)
    return Table(
        kind,
        documents,
        reports,
        "\n".join(part.ids for part in parts if part.ids).split("\n") if len(reports) else [],
        numbers_in(part.groups for part in parts),
        numbers_in(part.codes for part in parts),
        numbers_in(part.contents for part in parts),
        numbers_in(part.keys for part in parts),
        numbers_in(part.names for part in parts),
        named + np.repeat(firsts, of_names),
        numbers_in(part.taken for part in parts).astype(np.int64),
        numbers_in(part.stems for part in parts),
        ends + np.repeat(np.cumsum(stems) - stems, of_ends),
        numbers_in(part.alike for part in parts),
    )


def pack_numbers(numbers: Iterable[int]) -> bytes:
    return array("Q", numbers).tobytes()


def code_of(id: str) -> int:
    """An id as a number."""
    return hash_number(id.encode("utf-8", "surrogatepass"))


def codes_of(names: Sequence[str]) -> Numbers:
    """Names as numbers; one that comes often is hashed once."""
    known = {name: code_of(name) for name in set(names)}
    return as_numbers([known[name] for name in names])


@lru_cache(WORDS_KEPT)
def _number_of(stem: str) -> int:
    return hash_number(stem.encode("utf-8", "surrogatepass"))


def numbers_of(stems: Iterable[str]) -> list[int]:
    """Stems as numbers of 64 bits, in order."""
    return sorted(map(_number_of, stems))


class KeysOf:
    """The keys of a pile's claims; `of` gives those of a report."""

    def __init__(self, of: Callable[[str], Keys]) -> None:
        self.of = of

    def _at(self, table: Table, row: int) -> tuple[Keys, int]:
        report = int(table.reports[row])
        return self.of(table.documents[report]), row - int(table.firsts[report])

    def event(self, table: Table, row: int) -> EventKey:
        keys, at = self._at(table, row)
        return keys.events[at]

    def statement(self, table: Table, row: int) -> SaidKey:
        keys, at = self._at(table, row)
        return keys.statements[at]

    def figure(self, table: Table, row: int) -> FigureKey:
        keys, at = self._at(table, row)
        return keys.measured[at]


class InContext(Mapping[str, Claim], Generic[Claim]):
    """The claims of one kind by id; `of` gives those of a report, and is asked where one of them is."""

    def __init__(self, document_of: Mapping[str, str], of: Callable[[str], Mapping[str, Claim]]) -> None:
        self.document_of = document_of
        self.of = of

    def __getitem__(self, id: str) -> Claim:
        return self.of(self.document_of[id])[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.document_of)

    def __len__(self) -> int:
        return len(self.document_of)
