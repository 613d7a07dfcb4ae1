"""Vectors of single words, whatever stands beside them: words of like use have vectors of like direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class WordVectors:
    """`data` (rows, dimensions), and the row of each word, without capitals; rare words share one of like use."""

    rows: dict[str, int]
    data: NDArray[np.float32]

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of some words, (words, dimensions); nought where a word has none."""
        found = np.zeros((len(words), self.data.shape[1]), np.float32)
        known = [(number, row) for number, word in enumerate(words) if (row := self.rows.get(word.casefold(), -1)) >= 0]
        if known:
            found[[number for number, _ in known]] = self.data[[row for _, row in known]]
        return found
