"""Which statements may be one: the same speaker, on days that do not exclude each other, in nearly the same words.

A denial and an assertion are never one statement, however alike. Each likely pair gets a weight; nothing is joined.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from onrecord.link.kept import Kept
from onrecord.link.reports import Link, Said, likeness, together

HELD = 0.8  # of the shorter one's stems are the longer one's: a quotation cut short
HELD_LEAST = 4  # stems in common, about one clause
ALIKE = 0.5  # of all stems in common: the same thing told in a reporter's words
ALIKE_LEAST = 3
LOOSE_LEAST = 6  # stems in common where only the speaker's country agrees, or no speaker is named
FEW = 4  # times as many statements in a block as are compared with them: then these are looked up one by one


def pair_statements(
    said: Sequence[Said], stories: Mapping[str, str], fresh: Container[str], kept: Kept | None = None
) -> tuple[Link, ...]:
    """Pairs of statements that may be one, with their weights (0..2).

    Pairs of reports that are not `fresh` are as they were kept: a pair rests on nothing but its two statements.
    """
    kept = kept or Kept()
    by_id = {statement.id: statement for statement in said}
    held: dict[str, list[Link]] = {}
    for document in {statement.document for statement in said}:
        found: Sequence[Any] | None = None if document in fresh else kept.get("said", document)
        if found is not None:
            held[document] = [Link(*link) for link in found[0]]
    old = {statement.id for statement in said if statement.document in held}
    links = {statement.document: list[Link]() for statement in said}
    for document, known in held.items():
        links[document] = [link for link in known if link.right in old]
    for left, right in sorted(set(_candidates(said, stories, links.keys() - held.keys()))):
        one, other = by_id[left], by_id[right]
        weight = weigh(one, other, stories[one.document] == stories[other.document])
        if weight > 0:
            links[one.document].append(Link(left, right, weight))
    for document, linked in links.items():
        if linked != held.get(document):
            kept.put("said", document, ([(one.left, one.right, one.weight) for one in linked],))
    return tuple(link for linked in links.values() for link in linked)


def weigh(one: Said, other: Said, same_story: bool) -> float:
    """How alike two statements are, the share of the shorter one held by the longer and the share of all; or 0."""
    if together(one.days, other.days) is False or _denies(one) != _denies(other):
        return 0.0
    shared, shorter = len(one.words & other.words), min(len(one.words), len(other.words))
    held, alike = shared / max(1, shorter), likeness(one.words, other.words)
    one_speaker = one.speaker is not None and one.speaker == other.speaker
    if one_speaker and ((held >= HELD and shared >= HELD_LEAST) or (alike >= ALIKE and shared >= ALIKE_LEAST)):
        return held + alike
    related = bool(one.speaks_for & other.speaks_for) or not (one.speaks_for or other.speaks_for)
    if related and same_story and held >= HELD and shared >= LOOSE_LEAST:
        return held + alike
    return 0.0


def _denies(said: Said) -> bool:
    return said.statement.cue_kind == "deny" or said.statement.negated


def _candidates(said: Sequence[Said], stories: Mapping[str, str], fresh: Container[str]) -> Iterator[tuple[str, str]]:
    """Pairs that share as many stems as a pair needs, of one speaker, or of one story and one country or of speakers
    unknown: no other pair has any weight. One of each pair is of a `fresh` report."""
    blocks: dict[tuple[str, ...], list[Said]] = defaultdict(list)
    for statement in sorted(said, key=lambda statement: (len(statement.words), statement.id)):
        if statement.speaker is not None:
            blocks["speaker", statement.speaker].append(statement)
        for key in statement.speaks_for - {statement.speaker} if statement.speaks_for else ("",):
            blocks["story", stories[statement.document], key].append(statement)
    for block in blocks.values():
        chosen = [statement for statement in block if statement.document in fresh]
        if not chosen:
            continue
        for one, other in _looked_up(chosen, block) if FEW * len(chosen) < len(block) else _sharing(block):
            if one.document in fresh or other.document in fresh:
                yield (one.id, other.id) if one.id < other.id else (other.id, one.id)


def _looked_up(chosen: Sequence[Said], block: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """A few statements, each with those of a block that share as many stems with it as any pair needs."""
    wanted = frozenset[str]().union(*(statement.words for statement in chosen))
    holders: dict[str, list[int]] = defaultdict(list)
    for at, statement in enumerate(block):
        for stem in statement.words & wanted:
            holders[stem].append(at)
    for one in chosen:
        shared = Counter(at for stem in one.words for at in holders[stem])
        yield from ((one, block[at]) for at, times in shared.items() if times >= ALIKE_LEAST and block[at] is not one)


def _sharing(said: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Pairs of a block, itself in order of length, that may be alike enough.

    Whoever shares most of its stems with a longer statement shares one of its rarest few: only these are looked up.
    """
    spread = Counter(stem for statement in said for stem in statement.words)
    order = {stem: at for at, stem in enumerate(sorted(spread, key=lambda stem: (spread[stem], stem)))}
    by_stem: dict[str, list[int]] = defaultdict(list)  # places of the statements that have a stem, the shortest first
    lengths = [len(statement.words) for statement in said]
    for at, statement in enumerate(said):
        for stem in statement.words:
            by_stem[stem].append(at)
    for at, statement in enumerate(said):
        length = lengths[at]
        rarest = sorted(statement.words, key=order.__getitem__)
        alike = rarest[: max(0, length - max(ALIKE_LEAST, math.ceil(ALIKE * length)) + 1)]
        held = rarest[: max(0, length - max(HELD_LEAST, math.ceil(HELD * length)) + 1)]
        near, every = bisect_right(lengths, length / ALIKE), len(said)
        found: set[int] = set()
        for stems, last in ((alike, near), (held, every)):
            for stem in stems:
                places = by_stem[stem]
                found.update(places[bisect_right(places, at) : bisect_left(places, last)])
        yield from ((statement, said[other]) for other in sorted(found))
