"""Mentions of events in their sentences, as the trained scorer of pairs sees them.

Everything is read from words as they stand: no parse is needed, and nothing but the mention's own report counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from onrecord.link.reports import STEM, WORD, Report, fold
from onrecord.model.offsets import Span
from onrecord.taggers.scenes import FULL
from onrecord.taggers.words import Words

NEAR = 4  # words on each side of a trigger
WEEK = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stems:
    """Some stems, each with how rare it is, and how rare they are together."""

    rarity: Mapping[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class Telling:
    """A report as what its mentions share: its stems by weight, of length one in stem order, and its names."""

    document: str
    weights: Mapping[str, float]
    names: Stems


@dataclass(frozen=True, slots=True)
class Scene:
    """A mention in its sentence, the `number`th of its report: stems of the trigger (`main`: its rarest word, with how
    rare that is), of the words around it, of the sentence, of its names and numbers; weekdays; directions of their
    words by company and by meaning, None if unknown; and the meaning of each known word of the sentence, a row a
    word."""

    telling: Telling
    number: int
    main: str
    rarity: int
    trigger: frozenset[str]
    near: Stems
    words: Stems
    names: Stems
    numbers: Stems
    weekdays: frozenset[str]
    main_direction: Vector | None
    trigger_direction: Vector | None
    near_direction: Vector | None
    direction: Vector | None
    main_meaning: Vector | None
    trigger_meaning: Vector | None
    near_meaning: Vector | None
    meaning: Vector | None
    meanings: Vector


@dataclass(frozen=True, slots=True)
class Reader:
    """What scenes are read with: how rare stems are, which words keep one company and which mean much the same, and
    which say nothing by themselves."""

    rarity: Mapping[str, int]
    company: Words
    meanings: Words
    function_words: frozenset[str]

    def telling(self, report: Report) -> Telling:
        placed = report.wording
        text = report.document.text
        counts = Counter(self._stems(placed.words))
        weights = {stem: (1 + log(counts[stem])) * self._rarity(stem) for stem in sorted(counts)}
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
        main = max(told, key=lambda word: (self._rarity(word[:STEM]), word), default="")
        near = [*words[max(0, first - NEAR) : first], *words[last : last + NEAR]] if inside else []
        around = words[max(0, first - NEAR) : last + NEAR] if inside else []
        return Scene(
            telling,
            number,
            main,
            self._rarity(main[:STEM]),
            frozenset(self._stems(told)) or frozenset(word[:STEM] for word in told),
            self._weighed(self._stems(near)),
            self._weighed(self._stems(words)),
            self._names([(word, upper) for word, upper, _ in found]),
            self._weighed(word for word in words if word[0].isdigit()),
            frozenset(words) & WEEK,
            self._direction([main], self.company),
            self._direction(told, self.company),
            self._direction(near, self.company),
            self._direction(words, self.company),
            self._direction([main], self.meanings),
            self._direction(told, self.meanings),
            self._direction(around, self.meanings),
            self._direction(words, self.meanings),
            self._meanings(words),
        )

    def _stems(self, words: Iterable[str]) -> list[str]:
        return [w[:STEM] for w in words if w not in self.function_words and (len(w) > 1 or w.isdigit())]

    def _rarity(self, stem: str) -> int:
        return self.rarity.get(stem, FULL)

    def _weighed(self, stems: Iterable[str]) -> Stems:
        rarity = {stem: self._rarity(stem) for stem in stems}
        return Stems(rarity, sum(rarity.values()))

    def _names(self, words: Sequence[tuple[str, bool]]) -> Stems:
        """Stems of the words written with a capital."""
        return self._weighed(
            word[:STEM] for word, upper in words
            if upper and word not in self.function_words and word not in WEEK and len(word) > 1
        )  # fmt: skip

    def _direction(self, words: Sequence[str], table: Words) -> Vector | None:
        """The mean direction of the known words, the rarer ones counting more."""
        known = [
            (row, self._rarity(word[:STEM])) for word in words
            if word not in self.function_words and (row := table.rows.get(word)) is not None
        ]  # fmt: skip
        if not known:
            return None
        rows, weights = zip(*known, strict=True)
        vectors = table.vectors[list(rows)].astype(np.float32)
        total: Vector = np.array(weights, np.float32) @ vectors
        length = float(np.sqrt(total @ total))
        return total / length if length else None

    def _meanings(self, words: Sequence[str]) -> Vector:
        """Each known word's direction, the words in the order of the table."""
        rows = sorted({
            row for word in words
            if word not in self.function_words and (row := self.meanings.rows.get(word)) is not None
        })  # fmt: skip
        vectors: Vector = self.meanings.vectors[rows].astype(np.float32)
        lengths: Vector = np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
        return np.asarray(vectors / np.maximum(lengths, 1), np.float32)
