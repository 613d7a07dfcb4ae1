"""Words as points: two words that are used alike lie close together, so that what was learned of one serves the other.

A table of vectors in bytes; several words share a vector. Checked against its digest before it is used.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import TaggerError
from onrecord.taggers.files import FOLDER, checked

EVENT_WORDS = FOLDER / "event_words.npz"  # by their company: "arrested" is close to "charged"
MEANINGS = FOLDER / "word_meanings.npz"  # by what they mean: "foiled" is close to "thwarted", not to "tried"
FULL = 127  # a byte's greatest value stands for 1


@dataclass(frozen=True, slots=True)
class Words:
    """`rows` maps a word to its row in `vectors`, each of about unit length times 127."""

    rows: Mapping[str, int]
    vectors: NDArray[np.int8]


@cache
def load_words(path: Path = EVENT_WORDS) -> Words:
    """The table; TaggerError where the file is missing or is not the one that was made."""
    return read_words(checked(path))


def read_words(data: bytes) -> Words:
    """A table from the bytes that `write_words` gave."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            words = bytes(file["words"]).decode().split("\n")
            rows, vectors = file["rows"], file["vectors"].astype(np.int8)
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise TaggerError(f"no table of words: {error}") from error
    if len(rows) != len(words) or not len(rows) or int(rows.max()) >= len(vectors):
        raise TaggerError("a table of words that does not fit its vectors")
    return Words(dict(zip(words, map(int, rows), strict=True)), vectors)


def write_words(found: Words) -> bytes:
    """The bytes of a table. The same table gives the same bytes."""
    buffer = io.BytesIO()
    words = np.frombuffer("\n".join(found.rows).encode(), np.uint8)
    rows = np.array(list(found.rows.values()), np.uint16)
    np.savez_compressed(buffer, words=words, rows=rows, vectors=found.vectors)
    return buffer.getvalue()


def means(words: Words, views: Iterable[str], groups: Sequence[str]) -> NDArray[np.float32]:
    """For each group of views ``group:word`` the mean direction of its known words, one after the other."""
    members: dict[str, list[int]] = {group: [] for group in groups}
    for view in views:
        group, _, word = view.partition(":")
        row = words.rows.get(word) if group in members else None
        if row is not None:
            members[group].append(row)
    size = words.vectors.shape[1]
    found = np.zeros((len(groups), size), np.float32)
    for place, group in enumerate(groups):
        if members[group]:
            total = words.vectors[members[group]].sum(axis=0, dtype=np.float32)
            found[place] = total / max(1.0, float(np.sqrt(np.square(total).sum())))
    return found.reshape(-1)
