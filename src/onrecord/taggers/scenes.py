"""Whether two mentions of events are of one event: trained weights, and how rare words are in news."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.errors import TaggerError
from onrecord.taggers.files import FOLDER, checked
from onrecord.taggers.trees import Trees, open_arrays, read_trees, tree_arrays

NAME = "same_events"
FULL = 100  # rarity of a stem that no text of the training data has


@dataclass(frozen=True, slots=True)
class SameEvents:
    """`trees` judge pairs; `rarity` gives each stem 0 (in every text) to 100 (in none), whole numbers."""

    trees: Trees
    rarity: Mapping[str, int]


@cache
def load_same_events(path: Path = FOLDER / f"{NAME}.npz") -> SameEvents:
    """The weights; TaggerError where the file is missing or is not the one that was trained."""
    return read_same_events(checked(path))


def read_same_events(data: bytes) -> SameEvents:
    """Weights from the bytes that `write_same_events` gave."""
    with open_arrays(data) as file:
        try:
            stems, rarity = bytes(file["stems"]).decode().split("\n"), file["rarity"]
        except (ValueError, KeyError) as error:
            raise TaggerError(f"no weights of a scorer of pairs: {error}") from error
        if len(stems) != len(rarity):
            raise TaggerError("weights of a scorer of pairs whose words do not fit their numbers")
        return SameEvents(read_trees(file), dict(zip(stems, map(int, rarity), strict=True)))


def write_same_events(found: SameEvents) -> bytes:
    """The bytes of a weights file. The same weights give the same bytes."""
    buffer = io.BytesIO()
    stems = np.frombuffer("\n".join(found.rarity).encode(), np.uint8)
    rarity = np.array(list(found.rarity.values()), np.uint8)
    arrays: dict[str, Any] = {"stems": stems, "rarity": rarity, **tree_arrays(found.trees)}
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def rarity_of(texts_with: int, texts: int) -> int:
    """How rare a stem is that so many of all texts have."""
    most = log(texts + 1)
    return round(FULL * (most - log(texts_with + 1)) / most)
