"""Two mentions of events in their sentences, and by how much these agree: what the trained scorer of pairs judges by.

Everything is read from words as they stand: no parse is needed, and two mentions give the same signs whatever else is
in the pile. Overlaps are of stems, weighed by how rare they are in news, as whole numbers, so that no order counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from onrecord.link.reports import STEM, WORD, Report, fold
from onrecord.model.offsets import Span
from onrecord.taggers.scenes import FULL
from onrecord.taggers.words import Words

NEAR = 4  # words on each side of a trigger
ROOT = 4  # letters: "arrest" and "arraign" part, "kill" and "killing", "robbery" and "robbed" meet
SAME_WORDS = 0.9999  # cosine of two reports
NONE = -1.0  # a sign where one side has nothing to compare
WEEK = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})

Vector = NDArray[np.float32]
SIGNS = (
    "same stem", "same root", "trigger alike", "triggers alike", "trigger words", "commoner", "rarer",
    "reports alike", "one report", "sentences apart", "leads",
    "words shared", "words of the shorter", "words of all",
    "near shared", "near of the shorter", "near of all",
    "names shared", "names of the shorter", "names of all",
    "numbers shared", "numbers of the shorter", "numbers of all",
    "sentences alike", "surroundings alike", "weekday", "names of reports", "trigger in the other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """A report as what its mentions share: its stems by weight, of length one in stem order, and its names."""

    document: str
    weights: Mapping[str, float]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scene:
    """A mention in its sentence, the `number`th of its report: stems of the trigger (`main`: its rarest word), of the
    words around it, of the sentence, of its names and numbers; weekdays; directions of their words, None if unknown."""

    telling: Telling
    number: int
    main: str
    trigger: frozenset[str]
    near: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    weekdays: frozenset[str]
    main_direction: Vector | None
    trigger_direction: Vector | None
    near_direction: Vector | None
    direction: Vector | None


@dataclass(frozen=True, slots=True)
class Reader:
    """What scenes are read with: how rare stems are, where words lie, which words say nothing by themselves."""

    rarity: Mapping[str, int]
    words: Words
    function_words: frozenset[str]

    def telling(self, report: Report) -> Telling:
        placed = report.wording
        text = report.document.text
        counts = Counter(self._stems(placed.words))
        weights = {stem: (1 + log(counts[stem])) * self.rarity.get(stem, FULL) for stem in sorted(counts)}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        raw = [(word, text[start].isupper()) for word, start in zip(placed.words, placed.starts, strict=True)]
        return Telling(report.id, {stem: weight / length for stem, weight in weights.items()}, self._names(raw))

    def scene(self, report: Report, telling: Telling, trigger: Span, evidence: Span) -> Scene:
        """The scene of a trigger in its sentence; outside the body (a title) the evidence is the sentence."""
        number, sentence = report.wording.sentence_of(trigger) or (0, evidence)
        found = [
            (fold(match.group()), match.group()[0].isupper(), sentence.start + match.start())
            for match in WORD.finditer(report.document.words(sentence))
        ]
        inside = [at for at, (_, _, start) in enumerate(found) if trigger.start <= start < trigger.end]
        words = [word for word, _, _ in found]
        first, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
        acts = words[first:last]
        told = [word for word in acts if word not in self.function_words] or acts
        main = max(told, key=lambda word: (self.rarity.get(word[:STEM], FULL), word), default="")
        near = [*words[max(0, first - NEAR) : first], *words[last : last + NEAR]] if inside else []
        return Scene(
            telling,
            number,
            main,
            frozenset(self._stems(told)) or frozenset(word[:STEM] for word in told),
            frozenset(self._stems(near)),
            frozenset(self._stems(words)),
            self._names([(word, upper) for word, upper, _ in found]),
            frozenset(word for word in words if word[0].isdigit()),
            frozenset(words) & WEEK,
            self._direction([main]),
            self._direction(told),
            self._direction(near),
            self._direction(words),
        )

    def _stems(self, words: Iterable[str]) -> list[str]:
        return [w[:STEM] for w in words if w not in self.function_words and (len(w) > 1 or w.isdigit())]

    def _names(self, words: Sequence[tuple[str, bool]]) -> frozenset[str]:
        """Stems of the words written with a capital."""
        return frozenset(
            word[:STEM] for word, upper in words
            if upper and word not in self.function_words and word not in WEEK and len(word) > 1
        )  # fmt: skip

    def _direction(self, words: Sequence[str]) -> Vector | None:
        """The mean direction of the known words, the rarer ones counting more."""
        known = [
            (row, self.rarity.get(word[:STEM], FULL)) for word in words
            if word not in self.function_words and (row := self.words.rows.get(word)) is not None
        ]  # fmt: skip
        if not known:
            return None
        rows, weights = zip(*known, strict=True)
        vectors = self.words.vectors[list(rows)].astype(np.float32)
        total: Vector = np.array(weights, np.float32) @ vectors
        length = float(np.sqrt(total @ total))
        return total / length if length else None


def signs_of(one: Scene, other: Scene, rarity: Mapping[str, int]) -> tuple[float, ...]:
    """A number for each of `SIGNS`; the same whichever scene comes first."""
    rare = sorted(rarity.get(scene.main[:STEM], FULL) for scene in (one, other))
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
        *_shared(one.words, other.words, rarity),
        *_shared(one.near, other.near, rarity),
        *_shared(one.names, other.names, rarity),
        *_shared(one.numbers, other.numbers, rarity),
        _cosine(one.direction, other.direction),
        _cosine(one.near_direction, other.near_direction),
        0.0 if not one.weekdays or not other.weekdays else 1.0 if one.weekdays & other.weekdays else NONE,
        _shared(one.telling.names, other.telling.names, rarity)[1],
        float(one.main[:STEM] in other.words) + float(other.main[:STEM] in one.words),
    )


def _shared(one: Collection[str], other: Collection[str], rarity: Mapping[str, int]) -> tuple[float, float, float]:
    """Rarity in common: as it is, as a share of the side that has less, and of all."""
    both = sum(rarity.get(stem, FULL) for stem in one if stem in other)
    if not one or not other:
        return float(both), NONE, NONE
    left, right = (sum(rarity.get(stem, FULL) for stem in side) for side in (one, other))
    return float(both), both / max(1, min(left, right)), both / max(1, left + right - both)


def _cosine(one: Vector | None, other: Vector | None) -> float:
    return NONE if one is None or other is None else round(float(one @ other), 4)


def _alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two reports, the sum in one order for both."""
    shared = sorted(one.keys() & other.keys())
    return round(sum(one[stem] * other[stem] for stem in shared), 4)
