"""By how much two mentions of events agree: what the trained scorer of pairs judges by.

Two mentions give the same signs whatever else is in the pile, and whichever comes first. Overlaps are of stems, weighed
by how rare they are in news, as whole numbers, so that no order counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from onrecord.link.reports import STEM
from onrecord.link.same_events.scenes import Scene, Stems, Vector

ROOT = 4  # letters: "arrest" and "arraign" part, "kill" and "killing", "robbery" and "robbed" meet
SAME_WORDS = 0.9999  # cosine of two reports
NONE = -1.0  # a sign where one side has nothing to compare
SIGNS = (
    "same stem", "same root", "trigger alike", "triggers alike", "trigger words", "commoner", "rarer",
    "reports alike", "one report", "sentences apart", "leads",
    "words shared", "words of the shorter", "words of all",
    "near shared", "near of the shorter", "near of all",
    "names shared", "names of the shorter", "names of all",
    "numbers shared", "numbers of the shorter", "numbers of all",
    "sentences alike", "surroundings alike", "weekday", "names of reports", "trigger in the other",
    "trigger means", "triggers mean", "sentences mean", "surroundings mean", "matched less", "matched more",
)  # fmt: skip


def signs_of(one: Scene, other: Scene) -> tuple[float, ...]:
    """A number for each of `SIGNS`; the same whichever scene comes first."""
    rare = sorted((one.rarity, other.rarity))
    alike = _alike(one.telling.weights, other.telling.weights)
    together = one.telling.document == other.telling.document or alike >= SAME_WORDS  # a reprint is the same report
    return (
        float(one.main[:STEM] == other.main[:STEM]),
        float(one.main[:ROOT] == other.main[:ROOT]),
        _cosine(one.main_direction, other.main_direction),
        _cosine(one.trigger_direction, other.trigger_direction),
        len(one.trigger & other.trigger) / max(len(one.trigger), len(other.trigger), 1),
        *map(float, rare),
        alike,
        float(together),
        float(abs(one.number - other.number)) if together else NONE,
        float((one.number == 0) + (other.number == 0)),
        *_shared(one.words, other.words),
        *_shared(one.near, other.near),
        *_shared(one.names, other.names),
        *_shared(one.numbers, other.numbers),
        _cosine(one.direction, other.direction),
        _cosine(one.near_direction, other.near_direction),
        0.0 if not one.weekdays or not other.weekdays else 1.0 if one.weekdays & other.weekdays else NONE,
        _shared(one.telling.names, other.telling.names)[1],
        float(one.main[:STEM] in other.words.rarity) + float(other.main[:STEM] in one.words.rarity),
        _cosine(one.main_meaning, other.main_meaning),
        _cosine(one.trigger_meaning, other.trigger_meaning),
        _cosine(one.meaning, other.meaning),
        _cosine(one.near_meaning, other.near_meaning),
        *_matched(one, other),
    )


def _shared(one: Stems, other: Stems) -> tuple[float, float, float]:
    """Rarity in common: as it is, as a share of the side that has less, and of all."""
    both = sum([one.rarity[stem] for stem in one.rarity.keys() & other.rarity.keys()])
    if not one.rarity or not other.rarity:
        return float(both), NONE, NONE
    return float(both), both / max(1, min(one.total, other.total)), both / max(1, one.total + other.total - both)


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
    """Cosine of two reports, the same in whatever order it is summed."""
    return round(fsum([one[stem] * other[stem] for stem in one.keys() & other.keys()]), 4)
