"""`python -m training.meanings FOLDER`: makes src/onrecord/taggers/word_meanings.npz anew.

FOLDER holds `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2 (Apache-2.0). A word is the mean of the
vectors with which that encoder begins to read its pieces; of these the 64 directions in which common words differ most
are kept, in fifteen steps each. The encoder itself is not run. Words are those of `event_words.npz`, commonest first.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file  # the `training` group
from tokenizers import Tokenizer

from onrecord.taggers.words import MEANINGS, Words, load_words, write_words
from training.weights import keep

TABLE = "embeddings.word_embeddings.weight"
DIRECTIONS = 64
COMMON = 20_000  # words, of those that are known, by which directions are chosen
STEPS, STRETCH = 7, 28.0  # the greatest step either way, and how many steps a direction of length one has

Rows = NDArray[np.float32]


def read_pieces(folder: Path, words: list[str]) -> Rows:
    """For each word the mean vector of its pieces, of length one."""
    table = load_file(folder / "model.safetensors")[TABLE].astype(np.float32)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = [tokenizer.encode(word, add_special_tokens=False).ids for word in words]
    return _unit(np.stack([table[ids].mean(axis=0) if ids else np.zeros_like(table[0]) for ids in pieces]))


def narrow(rows: Rows) -> NDArray[np.int8]:
    """Small whole numbers in the directions in which the first rows differ most."""
    apart = rows - rows[:COMMON].mean(axis=0)
    _, _, directions = np.linalg.svd(apart[:COMMON], full_matrices=False)
    steps = np.round(_unit(apart @ directions[:DIRECTIONS].T) * STRETCH)
    return np.clip(steps, -STEPS, STEPS).astype(np.int8)


def _unit(rows: Rows) -> Rows:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-6), np.float32)


def main() -> None:
    words = list(load_words().rows)
    vectors = narrow(read_pieces(Path(sys.argv[1]), words))
    keep(MEANINGS.name, write_words(Words({word: row for row, word in enumerate(words)}, vectors)))


if __name__ == "__main__":
    main()
