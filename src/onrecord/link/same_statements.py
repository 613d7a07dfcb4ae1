"""Which statements may be one: the same speaker, on days that do not exclude each other, in nearly the same words.

A denial and an assertion are never one statement, however alike. Each likely pair gets a weight; nothing is joined.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from onrecord.link.blocks import Linked
from onrecord.link.columns import Index, Numbers, Places, paired, runs_of
from onrecord.link.kept import Kept
from onrecord.link.keys import FIXED, STORY, KeysOf, SaidKey, Table
from onrecord.link.reports import likeness, together

HELD = 0.8  # of the shorter one's stems are the longer one's: a quotation cut short
HELD_LEAST = 4  # stems in common, about one clause
ALIKE = 0.5  # of all stems in common: the same thing told in a reporter's words
ALIKE_LEAST = 3
LOOSE_LEAST = 6  # stems in common where only the speaker's country agrees, or no speaker is named
SAME = 2.0  # weight of two with the same stems
SLACK = 1e-9  # of a number that should be whole
FEW = 4  # times as many statements in a block as are compared with them: then these are looked up one by one


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement as it is compared: its row, and its stems as numbers."""

    row: int
    key: SaidKey
    words: frozenset[int]

    @property
    def id(self) -> str:
        return self.key.id


def names_of_statement(key: SaidKey) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The blocks that a statement stands in: of its speaker, or of its story and a country, or of speakers unknown."""
    if key.speaker is not None:
        yield FIXED, ("speaker", key.speaker)
    for one in key.speaks_for or ("",):
        if one != key.speaker:
            yield STORY, ("country", one)


def meets_by(key: SaidKey) -> tuple[object, ...]:
    """All that a statement is compared by, but for its stems and its story."""
    return key.days, key.speaker, key.speaks_for, key.is_no


def pair_statements(table: Table, keys: KeysOf, stories: Numbers, kept: Kept) -> Linked:
    """Pairs of statements that may be one, with their weights (0..2); `stories` has a hash of that of each.

    Of statements of one story that differ in nothing they are compared by, only the first meets others, and each of the
    rest that first one: what hundreds print is not compared with itself. A pair rests on nothing but its two
    statements, and on whether they are of one story: where neither is new or other than it was, came first only now, or
    went from one story to another, it is as it was kept.
    """
    first = _first_of_each(paired(table.alike, stories), table.codes)
    rows = np.flatnonzero(first == np.arange(len(table)))
    found = cast("Sequence[Any]", kept.get_whole("linked statements") or [b""] * 5)
    known, then, *ends = (np.frombuffer(part, np.uint64) for part in found[:4])
    weights = np.frombuffer(found[4], np.float64)
    at = Index(known).places(table.keys[rows])
    new = at < 0
    new[~new] = _moved(then[at[~new]], stories[rows[~new]])
    meets, fresh = np.zeros(len(table), bool), np.zeros(len(table), bool)
    meets[rows], fresh[rows[new]] = True, True
    left, right = (table.index.places(end) for end in ends)
    stays = (left >= 0) & (right >= 0)
    stays[stays] = meets[left[stays]] & meets[right[stays]] & ~(fresh[left[stays]] | fresh[right[stays]])
    links, story_of = dict[tuple[int, int], float](), stories.tolist()
    for one, other in _candidates(table, keys, stories, meets, fresh):
        weight = weigh(one, other, story_of[one.row] == story_of[other.row])
        if weight > 0:
            links[min(one.row, other.row), max(one.row, other.row)] = weight
    pairs = sorted(links)
    made = np.array(pairs, np.int64).reshape(-1, 2).T
    left, right = np.concatenate([left[stays], made[0]]), np.concatenate([right[stays], made[1]])
    weights = np.concatenate([weights[stays], np.array([links[pair] for pair in pairs], np.float64)])
    if new.any() or len(known) != len(rows) or not np.array_equal(then[at], stories[rows]):
        columns = (table.keys[rows], stories[rows], table.codes[left], table.codes[right], weights)
        kept.put_whole("linked statements", [column.tobytes() for column in columns])
    again = _said_again(table, first)
    left, right = np.concatenate([left, first[again]]), np.concatenate([right, again])
    return Linked(left, right, np.concatenate([weights, np.full(len(again), SAME)]))


def _first_of_each(alike: Numbers, codes: Numbers) -> Places:
    """For each statement the row of the first one, by its hash, that is like it."""
    order = np.lexsort((codes, alike))
    starts, sizes = runs_of(alike[order])
    first = np.empty(len(alike), np.int64)
    first[order] = np.repeat(order[starts], sizes)
    return first


def _said_again(table: Table, first: Places) -> Places:
    """The statements that are one with the first one like them; those of too few stems are one with none."""
    again = np.flatnonzero(first != np.arange(len(table)))
    stems = np.diff(table.ends, prepend=0)[again]
    is_named = np.zeros(len(table), bool)
    is_named[table.named[table.taken == FIXED]] = True  # the block of a speaker
    return again[stems >= np.where(is_named[again], min(HELD_LEAST, ALIKE_LEAST), LOOSE_LEAST)]


def _moved(then: Numbers, now: Numbers) -> npt.NDArray[np.bool_]:
    """Which statements left one story for another: two others are of one story now if they were `then`, however these
    are named."""
    pairs = paired(then, now)
    _, first, which, times = np.unique(pairs, return_index=True, return_inverse=True, return_counts=True)
    left, taken, same = set[int](), set[int](), np.zeros(len(first), bool)
    for at in np.lexsort((now[first], then[first], -times)).tolist():
        story, new = int(then[first[at]]), int(now[first[at]])
        if story not in left and new not in taken:
            left.add(story)
            taken.add(new)
            same[at] = True
    return ~same[which]


def weigh(one: Spoken, other: Spoken, same_story: bool) -> float:
    """How alike two statements are, the share of the shorter one held by the longer and the share of all; or 0."""
    if together(one.key.days, other.key.days) is False or one.key.is_no != other.key.is_no:
        return 0.0
    shared, shorter = len(one.words & other.words), min(len(one.words), len(other.words))
    held, alike = shared / max(1, shorter), likeness(one.words, other.words)
    one_speaker = one.key.speaker is not None and one.key.speaker == other.key.speaker
    if one_speaker and ((held >= HELD and shared >= HELD_LEAST) or (alike >= ALIKE and shared >= ALIKE_LEAST)):
        return held + alike
    sides = one.key.speaks_for, other.key.speaks_for
    related = not set(sides[0]).isdisjoint(sides[1]) or not (sides[0] or sides[1])
    if related and same_story and held >= HELD and shared >= LOOSE_LEAST:
        return held + alike
    return 0.0


def _candidates(
    table: Table, keys: KeysOf, stories: Numbers, meets: npt.NDArray[np.bool_], fresh: npt.NDArray[np.bool_]
) -> Iterator[tuple[Spoken, Spoken]]:
    """Pairs that share as many stems as a pair needs, of one speaker, or of one story and one country or of speakers
    unknown: no other pair has any weight. Both are of those that meet others, and one of each pair is `fresh`."""
    codes, rows = table.blocks(story=stories)
    chosen = meets[rows] & np.isin(codes, codes[fresh[rows]])
    codes, rows = codes[chosen], rows[chosen]
    order = np.lexsort((rows, codes))
    read: dict[int, Spoken] = {}

    def spoken(row: int) -> Spoken:
        if row not in read:
            read[row] = Spoken(row, keys.statement(table, row), frozenset(table.stems_of(row).tolist()))
        return read[row]

    rows = rows[order]
    starts, sizes = runs_of(codes[order])
    few = FEW * np.add.reduceat(fresh[rows], starts, dtype=np.int64) < sizes
    whole = ~few & (sizes > 1)
    for row in np.unique(rows[np.repeat(whole, sizes)]).tolist():  # report after report, as their keys are in memory
        spoken(row)
    for start, size, is_few, is_whole in zip(*(one.tolist() for one in (starts, sizes, few, whole)), strict=True):
        block = rows[start : start + size]
        if is_few:
            yield from ((spoken(one), spoken(other)) for one, other in _looked_up(block[fresh[block]], block, table))
        elif is_whole:
            said = sorted(map(spoken, block.tolist()), key=lambda one: (len(one.words), one.id))
            yield from ((one, other) for one, other in _sharing(said) if fresh[one.row] or fresh[other.row])


def _looked_up(chosen: Places, block: Places, table: Table) -> Iterator[tuple[int, int]]:
    """A few statements, each with those of a block that share as many stems with it as any pair needs."""
    ends = table.ends[block]
    lengths = ends - np.where(block > 0, table.ends[block - 1], 0)
    owner = np.repeat(np.arange(len(block)), lengths)
    stems = table.stems[np.arange(len(owner)) + np.repeat(ends - np.cumsum(lengths), lengths)]
    for row in chosen.tolist():
        mine = table.stems_of(row)
        shared = np.bincount(owner[np.isin(stems, mine)], minlength=len(block))
        held = shared / np.maximum(1, np.minimum(len(mine), lengths))
        alike = shared / np.maximum(1, len(mine) + lengths - shared)
        may = ((shared >= HELD_LEAST) & (held >= HELD)) | ((shared >= ALIKE_LEAST) & (alike >= ALIKE))
        yield from ((row, other) for other in block[may].tolist() if other != row)


def _sharing(said: Sequence[Spoken]) -> Iterator[tuple[Spoken, Spoken]]:
    """Pairs of a block, itself in order of length, that may be alike enough.

    Whoever shares most of its stems with a longer statement shares one of its rarest few: only these are looked up.
    Two that have the share ALIKE of all their stems in common share 2 ALIKE / (1 + ALIKE) of the shorter one's.
    """
    spread = Counter(stem for statement in said for stem in statement.words)
    order = {stem: at for at, stem in enumerate(sorted(spread, key=lambda stem: (spread[stem], stem)))}
    by_stem: dict[int, list[int]] = defaultdict(list)  # places of the statements that have a stem, the shortest first
    lengths = [len(statement.words) for statement in said]
    for at, statement in enumerate(said):
        for stem in statement.words:
            by_stem[stem].append(at)
    for at, statement in enumerate(said):
        length = lengths[at]
        rarest = sorted(statement.words, key=order.__getitem__)
        shared = math.ceil(2 * ALIKE * length / (1 + ALIKE) - SLACK)
        alike = rarest[: max(0, length - max(ALIKE_LEAST, shared) + 1)]
        held = rarest[: max(0, length - max(HELD_LEAST, math.ceil(HELD * length)) + 1)]
        near, every = bisect_right(lengths, length / ALIKE), len(said)
        found: set[int] = set()
        for stems, last in ((alike, near), (held, every)):
            for stem in stems:
                places = by_stem[stem]
                found.update(places[bisect_right(places, at) : bisect_left(places, last)])
        yield from ((statement, said[other]) for other in sorted(found))
