"""By how much two mentions of events agree: what the trained scorer of pairs judges by.

Two mentions give the same signs whatever else is in the pile, and whichever comes first. Overlaps are of stems, weighed
by how rare they are in news, as whole numbers, so that no order counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from onrecord.link.reports import STEM
from onrecord.link.same_events.scenes import Scene, Telling, Vector
from onrecord.taggers.scenes import FULL

ROOT = 4  # letters: "arrest" and "arraign" part, "kill" and "killing", "robbery" and "robbed" meet
SAME_WORDS = 0.9999  # cosine of two reports
NONE = -1.0  # a sign where one side has nothing to compare
OF_REPORTS = (
    "reports alike", "one report", "names of reports", "names of both", "inner names", "inner names of both",
    "pairs of names", "pairs of names of both", "pairs of names meet", "leads share", "leads of both",
    "numbers of reports", "numbers meet", "years meet", "months meet", "words of both", "reports keep company",
    "reports mean",
)  # fmt: skip
SIGNS = (
    "same stem", "same root", "trigger alike", "triggers alike", "trigger words", "commoner", "rarer",
    "sentences apart", "leads",
    "words shared", "words of the shorter", "words of all",
    "near shared", "near of the shorter", "near of all",
    "names shared", "names of the shorter", "names of all",
    "numbers shared", "numbers of the shorter", "numbers of all",
    "sentences alike", "surroundings alike", "weekday", "names meet", "trigger in the other",
    "trigger means", "triggers mean", "sentences mean", "surroundings mean", "matched less", "matched more",
    *OF_REPORTS,
)  # fmt: skip


def signs_of_reports(one: Telling, other: Telling, rarity: Mapping[str, int]) -> tuple[float, ...]:
    """A number for each of `OF_REPORTS`; the same whichever report comes first."""
    alike = _alike(one.weights, other.weights)
    return (
        alike,
        float(one.document == other.document or alike >= SAME_WORDS),  # a reprint is the same report
        *_shared(one.names, other.names, rarity)[1:],
        *_shared(one.inner_names, other.inner_names, rarity)[1:],
        *_shares(one.name_pairs, other.name_pairs),
        _meet(one.name_pairs, other.name_pairs),
        *_shared(one.lead, other.lead, rarity)[1:],
        _shares(one.numbers, other.numbers)[1],
        _meet(one.numbers, other.numbers),
        _meet(one.years, other.years),
        _meet(one.months, other.months),
        _shared(one.weights, other.weights, rarity)[2],
        _cosine(one.direction, other.direction),
        _cosine(one.meaning, other.meaning),
    )


def signs_of(one: Scene, other: Scene, rarity: Mapping[str, int], of_reports: tuple[float, ...]) -> tuple[float, ...]:
    """A number for each of `SIGNS`, with those of the two reports; the same whichever scene comes first."""
    rare = sorted(rarity.get(scene.main[:STEM], FULL) for scene in (one, other))
    together = of_reports[OF_REPORTS.index("one report")] > 0
    return (
        float(one.main[:STEM] == other.main[:STEM]),
        float(one.main[:ROOT] == other.main[:ROOT]),
        _cosine(one.main_direction, other.main_direction),
        _cosine(one.trigger_direction, other.trigger_direction),
        len(one.trigger & other.trigger) / max(len(one.trigger), len(other.trigger), 1),
        *map(float, rare),
        float(abs(one.number - other.number)) if together else NONE,
        float((one.number == 0) + (other.number == 0)),
        *_shared(one.words, other.words, rarity),
        *_shared(one.near, other.near, rarity),
        *_shared(one.names, other.names, rarity),
        *_shared(one.numbers, other.numbers, rarity),
        _cosine(one.direction, other.direction),
        _cosine(one.near_direction, other.near_direction),
        _meet(one.weekdays, other.weekdays),
        _meet(one.names, other.names),
        float(one.main[:STEM] in other.words) + float(other.main[:STEM] in one.words),
        _cosine(one.main_meaning, other.main_meaning),
        _cosine(one.trigger_meaning, other.trigger_meaning),
        _cosine(one.meaning, other.meaning),
        _cosine(one.near_meaning, other.near_meaning),
        *_matched(one, other),
        *of_reports,
    )


def _meet(one: Collection[object], other: Collection[object]) -> float:
    """1 where two sets share something, -1 where they do not, 0 where either is empty."""
    return 0.0 if not one or not other else 1.0 if any(thing in other for thing in one) else NONE


def _shares(one: Collection[object], other: Collection[object]) -> tuple[float, float]:
    """What two sets share, as a share of the smaller and of all."""
    if not one or not other:
        return NONE, NONE
    both = sum(thing in other for thing in one)
    return both / min(len(one), len(other)), both / (len(one) + len(other) - both)


def _shared(one: Collection[str], other: Collection[str], rarity: Mapping[str, int]) -> tuple[float, float, float]:
    """Rarity in common: as it is, as a share of the side that has less, and of all."""
    both = sum(rarity.get(stem, FULL) for stem in one if stem in other)
    if not one or not other:
        return float(both), NONE, NONE
    left, right = (sum(rarity.get(stem, FULL) for stem in side) for side in (one, other))
    return float(both), both / max(1, min(left, right)), both / max(1, left + right - both)


def _matched(one: Scene, other: Scene) -> tuple[float, float]:
    """By how much a word of the other's sentence means more alike to a trigger than its trigger does: the greater and
    the smaller of both ways; 0 where the triggers match best."""
    told = _cosine(one.trigger_meaning, other.trigger_meaning)
    if one.trigger_meaning is None or other.trigger_meaning is None:
        return NONE, NONE
    best = [
        float((scene.meanings @ trigger).max(initial=0.0))
        for scene, trigger in ((other, one.trigger_meaning), (one, other.trigger_meaning))
    ]
    less, more = sorted(round(told - value, 4) for value in best)
    return less, more


def _cosine(one: Vector | None, other: Vector | None) -> float:
    return NONE if one is None or other is None else round(float(one @ other), 4)


def _alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two reports, the sum in one order for both."""
    shared = sorted(one.keys() & other.keys())
    return round(sum(one[stem] * other[stem] for stem in shared), 4)
