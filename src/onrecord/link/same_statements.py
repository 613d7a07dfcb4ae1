"""Which statements may be one: the same speaker, on days that do not exclude each other, in nearly the same words.

A denial and an assertion are never one statement, however alike. Each likely pair gets a weight; nothing is joined.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.link.kept import Kept
from onrecord.link.keys import SaidKey, unpack_stems
from onrecord.link.reports import Link, likeness, together

HELD = 0.8  # of the shorter one's stems are the longer one's: a quotation cut short
HELD_LEAST = 4  # stems in common, about one clause
ALIKE = 0.5  # of all stems in common: the same thing told in a reporter's words
ALIKE_LEAST = 3
LOOSE_LEAST = 6  # stems in common where only the speaker's country agrees, or no speaker is named
FEW = 4  # times as many statements in a block as are compared with them: then these are looked up one by one


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement as it is compared; `words` are its stems, as numbers."""

    key: SaidKey
    document: str
    words: frozenset[int]

    @property
    def id(self) -> str:
        return self.key.id


def pair_statements(
    keys: Mapping[str, Sequence[SaidKey]], stories: Mapping[str, str], fresh: Container[str], kept: Kept
) -> tuple[Link, ...]:
    """Pairs of statements that may be one, with their weights (0..2); `keys` are theirs by report.

    Pairs of reports that are not `fresh` are as they were kept: a pair rests on nothing but its two statements, and on
    whether they are of one story.
    """
    found: dict[str, Sequence[Any]] = {}
    for document, of in keys.items():
        if of and document not in fresh and (known := kept.get("said", document)) is not None:
            found[document] = known
    moved = _moved({document: story for document, (story, _) in found.items()}, stories)
    held = {
        document: [Link(*link) for link in known] for document, (_, known) in found.items() if document not in moved
    }
    links = {document: list[Link]() for document, of in keys.items() if of}
    old = {key.id for document in held for key in keys[document]}
    for document, known in held.items():
        links[document] = [link for link in known if link.right in old]
    pairs = {(one.id, other.id): (one, other) for one, other in _candidates(keys, stories, links.keys() - held.keys())}
    for (left, right), (one, other) in sorted(pairs.items()):
        weight = weigh(one, other, stories[one.document] == stories[other.document])
        if weight > 0:
            links[one.document].append(Link(left, right, weight))
    for document, linked in links.items():
        if linked != held.get(document) or found[document][0] != stories[document]:
            kept.put("said", document, (stories[document], [(one.left, one.right, one.weight) for one in linked]))
    return tuple(link for linked in links.values() for link in linked)


def _moved(then: Mapping[str, str], stories: Mapping[str, str]) -> set[str]:
    """Reports that left one story for another: two others are of one story now if they were `then`, however these are
    named."""
    most = Counter((story, stories[document]) for document, story in then.items())
    same, taken = dict[str, str](), set[str]()
    for story, now in sorted(most, key=lambda pair: (-most[pair], pair)):
        if story not in same and now not in taken:
            same[story] = now
            taken.add(now)
    return {document for document, story in then.items() if same.get(story) != stories[document]}


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
    keys: Mapping[str, Sequence[SaidKey]], stories: Mapping[str, str], fresh: Container[str]
) -> Iterator[tuple[Spoken, Spoken]]:
    """Pairs that share as many stems as a pair needs, of one speaker, or of one story and one country or of speakers
    unknown: no other pair has any weight. One of each pair is of a `fresh` report; the first has the smaller id."""
    new = ((key, stories[document]) for document, of in keys.items() if document in fresh for key in of)
    chosen = {name for key, story in new for name in _names(key, story)}
    blocks: dict[tuple[str, ...], list[tuple[SaidKey, str]]] = defaultdict(list)
    for document, of in keys.items():
        for key in of:
            for name in _names(key, stories[document]):
                if name in chosen:
                    blocks[name].append((key, document))
    read: dict[str, Spoken] = {}
    for placed in blocks.values():
        for key, document in placed:
            if key.id not in read:
                read[key.id] = Spoken(key, document, unpack_stems(key.stems))
        block = sorted((read[key.id] for key, _ in placed), key=lambda one: (len(one.words), one.id))
        few = [one for one in block if one.document in fresh]
        for one, other in _looked_up(few, block) if FEW * len(few) < len(block) else _sharing(block):
            if one.document in fresh or other.document in fresh:
                yield (one, other) if one.id < other.id else (other, one)


def _names(key: SaidKey, story: str) -> Iterator[tuple[str, ...]]:
    """The blocks that a statement stands in."""
    if key.speaker is not None:
        yield "speaker", key.speaker
    for one in key.speaks_for or ("",):
        if one != key.speaker:
            yield "story", story, one


def _looked_up(chosen: Sequence[Spoken], block: Sequence[Spoken]) -> Iterator[tuple[Spoken, Spoken]]:
    """A few statements, each with those of a block that share as many stems with it as any pair needs."""
    wanted = frozenset[int]().union(*(statement.words for statement in chosen))
    holders: dict[int, list[int]] = defaultdict(list)
    for at, statement in enumerate(block):
        for stem in statement.words & wanted:
            holders[stem].append(at)
    for one in chosen:
        shared = Counter(at for stem in one.words for at in holders[stem])
        yield from ((one, block[at]) for at, times in shared.items() if times >= ALIKE_LEAST and block[at] is not one)


def _sharing(said: Sequence[Spoken]) -> Iterator[tuple[Spoken, Spoken]]:
    """Pairs of a block, itself in order of length, that may be alike enough.

    Whoever shares most of its stems with a longer statement shares one of its rarest few: only these are looked up.
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
        alike = rarest[: max(0, length - max(ALIKE_LEAST, math.ceil(ALIKE * length)) + 1)]
        held = rarest[: max(0, length - max(HELD_LEAST, math.ceil(HELD * length)) + 1)]
        near, every = bisect_right(lengths, length / ALIKE), len(said)
        found: set[int] = set()
        for stems, last in ((alike, near), (held, every)):
            for stem in stems:
                places = by_stem[stem]
                found.update(places[bisect_right(places, at) : bisect_left(places, last)])
        yield from ((statement, said[other]) for other in sorted(found))
