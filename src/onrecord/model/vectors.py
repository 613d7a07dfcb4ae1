"""Vectors of single words, whatever stands beside them: words of like use have vectors of like direction."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class WordVectors:
    """`data` (rows, dimensions), and the row of each word, without capitals; rare words share one of like use.

    The words stand in one text, in order, a line each; `starts` is where each begins, `rows` the row of each. So a
    quarter of a million of them cross from one process to another as quickly as their bytes.
    """

    words: str
    starts: NDArray[np.int32]
    rows: NDArray[np.int32]
    data: NDArray[np.float32]

    def row(self, word: str) -> int:
        """The row of a word, -1 where it has none."""
        number = bisect_left(range(len(self.rows)), word, key=self._word)
        return int(self.rows[number]) if number < len(self.rows) and self._word(number) == word else -1

    def _word(self, number: int) -> str:
        start = int(self.starts[number])
        return self.words[start : self.words.index("\n", start)]

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of some words, (words, dimensions); nought where a word has none."""
        found = np.zeros((len(words), self.data.shape[1]), np.float32)
        known = [(number, row) for number, word in enumerate(words) if (row := self.row(word.casefold())) >= 0]
        if known:
            found[[number for number, _ in known]] = self.data[[row for _, row in known]]
        return found


def make_word_vectors(rows: Mapping[str, int], data: NDArray[np.float32]) -> WordVectors:
    """Vectors of words that hold no line break, by the row of each."""
    words = sorted(rows)
    lengths = np.array([0, *(len(word) + 1 for word in words)], np.int32)
    text = "".join(f"{word}\n" for word in words)
    return WordVectors(
        text, np.cumsum(lengths, dtype=np.int32)[:-1], np.array([rows[w] for w in words], np.int32), data
    )
