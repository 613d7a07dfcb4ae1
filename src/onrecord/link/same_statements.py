"""Which statements may be one: the same speaker, on days that do not exclude each other, in nearly the same words.

A denial and an assertion are never one statement, however alike. Each likely pair gets a weight; nothing is joined.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from onrecord.link.reports import Link, Said, likeness, together

HELD = 0.8  # of the shorter one's stems are the longer one's: a quotation cut short
HELD_LEAST = 4  # stems in common, about one clause
ALIKE = 0.5  # of all stems in common: the same thing told in a reporter's words
ALIKE_LEAST = 3
LOOSE_LEAST = 6  # stems in common where only the speaker's country agrees, or no speaker is named
CROWD = 0.2  # of a speaker's statements: a stem in more of them finds no pairs (in 20 it always does)
FEW = 20


def pair_statements(said: Sequence[Said], stories: Mapping[str, str]) -> tuple[Link, ...]:
    """Pairs of statements that may be one, with their weights (0..2)."""
    by_id = {statement.id: statement for statement in said}
    links = []
    for left, right in sorted(set(_candidates(said, stories))):
        one, other = by_id[left], by_id[right]
        weight = weigh(one, other, stories[one.document] == stories[other.document])
        if weight > 0:
            links.append(Link(left, right, weight))
    return tuple(links)


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


def _candidates(said: Sequence[Said], stories: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of one speaker, one country or of speakers unknown that share as many uncommon stems as a pair needs.

    Of those only pairs of one speaker or one story: no other pair has any weight.
    """
    by_speaker: dict[str, list[Said]] = defaultdict(list)
    for statement in sorted(said, key=lambda statement: (len(statement.words), statement.id)):
        for key in statement.speaks_for or {""}:
            by_speaker[key].append(statement)
    for key in sorted(by_speaker):
        spread = Counter(stem for statement in by_speaker[key] for stem in statement.words)
        crowd = max(FEW, CROWD * len(by_speaker[key]))
        order = {stem: at for at, stem in enumerate(sorted(spread, key=lambda stem: (spread[stem], stem)))}
        blocks: dict[tuple[str, str], list[Said]] = defaultdict(list)
        for statement in by_speaker[key]:
            blocks["story", stories[statement.document]].append(statement)
            if statement.speaker is not None:
                blocks["speaker", statement.speaker].append(statement)
        for block in blocks.values():
            for one, other in _sharing(block, order):
                if sum(spread[stem] <= crowd for stem in one.words & other.words) > 1:
                    yield (one.id, other.id) if one.id < other.id else (other.id, one.id)


def _sharing(said: Sequence[Said], order: dict[str, int]) -> Iterator[tuple[Said, Said]]:
    """Pairs of a block, itself in order of length, that may be alike enough; `order` of stems has the rarest first.

    Whoever shares most of its stems with a longer statement shares one of its rarest few: only these are looked up.
    """
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
