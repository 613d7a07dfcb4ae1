"""People by full name: of those whose last names sound alike, which are one.

What is found among some people rests on these and on the actor base alone, so it is kept of the pile as a whole, beside
a sum of their numbers: where that is the same, no name is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.lexicon.actors import ActorBase
from onrecord.link.actors.chains import Chain
from onrecord.link.actors.names import name_score
from onrecord.link.actors.sheets import FULL, PERSON, Sheets, number_of
from onrecord.link.columns import Index, Numbers, Places, as_numbers, mixed, once, summed
from onrecord.link.kept import Kept

SAME_NAME = (
    0.93  # name_score from which two full names are one; strict by intent, above the 0.86 best on pairs; not measured
)
NAMES = 1 << 16  # pairs of names whose likeness is kept at hand
Alike = Callable[[str, str], bool]


def lead_people(sheets: Sheets, actors: ActorBase, kept: Kept) -> tuple[Places, Places]:
    """The chains of people with a full name, and for each that of the person it is, who leads: its own, or another's
    whose last name sounds alike."""
    rows = sheets.rows
    full = np.flatnonzero((rows["signs"] & PERSON > 0) & (rows["signs"] & FULL > 0))
    met = once(rows["person"][full])
    people, shown = met.numbers, full[met.first]  # a chain for each person
    _, block, sizes = np.unique(rows["sound"][shown], return_inverse=True, return_counts=True)
    unkeyed = np.bincount(block, rows["key"][shown] == 0, len(sizes))
    states = summed(mixed(people), block, len(sizes)) + np.uint64(number_of("base", actors.added))
    several = (sizes > 1) & (unkeyed > 0)
    held: Sequence[Any] | None = kept.get_whole("people")
    known, ones, others = (np.frombuffer(part, np.uint64) for part in held) if held else (as_numbers(()),) * 3
    as_before = np.isin(states, known)
    leader = np.arange(len(people))
    index = Index(people)
    at, to = index.places(ones), index.places(others)
    stay = (at >= 0) & (to >= 0)
    stay[stay] = as_before[block[at[stay]]]
    leader[at[stay]] = to[stay]
    for some in _members(block, several & ~as_before):
        alike = [(sheets.chain(int(shown[one])), one) for one in some]
        leader[some] = _leaders(alike, some, actors)
    joined = np.flatnonzero(leader != np.arange(len(people)))
    now: list[Numbers] = [np.sort(states[several]), people[joined], people[leader[joined]]]
    if held is None or not np.array_equal(now[0], known):
        kept.put_whole("people", [part.tobytes() for part in now])
    return full, shown[leader][met.which]


def _members(block: Places, wanted: NDArray[np.bool_]) -> list[list[int]]:
    """The places in each of the wanted blocks."""
    found: dict[int, list[int]] = {}
    for one in np.flatnonzero(wanted[block]).tolist():
        found.setdefault(int(block[one]), []).append(one)
    return list(found.values())


def _leaders(people: Sequence[tuple[Chain, int]], places: Sequence[int], actors: ActorBase) -> list[int]:
    """For each of some places of people the one that leads it; those in the base lead."""
    alike = lru_cache(NAMES)(lambda one, other: name_score(one, other, actors) >= SAME_NAME)
    led_by: dict[int, int] = {}
    leaders: list[tuple[Chain, int]] = []
    by_given: dict[str, list[int]] = {}  # places among the leaders
    for chain, one in sorted(people, key=_order):
        forms = actors.given_forms(chain.words[0])
        led_by[one] = one
        if chain.key is None:
            near = {place for form in forms for place in by_given.get(form, ())}
            found = (leaders[place] for place in sorted(near))
            led_by[one] = next((other for led, other in found if _one_person(chain, led, actors, alike)), one)
        if led_by[one] == one:
            for form in forms:
                by_given.setdefault(form, []).append(len(leaders))
            leaders.append((chain, one))
    return [led_by[place] for place in places]


def _order(one: tuple[Chain, int]) -> tuple[bool, bool, str, str, str]:
    """Those in the base first, then those of a known state."""
    chain = one[0]
    return chain.key is None, chain.country is None, chain.key or "", chain.country or "", chain.name


def _one_person(one: Chain, other: Chain, actors: ActorBase, alike: Alike) -> bool:
    """Whether one without a row of the base is the other, who leads."""
    if one.country and other.country and one.country != other.country:
        return False
    return actors.same_given(one.words[0], other.words[0]) and alike(one.name, other.name)
