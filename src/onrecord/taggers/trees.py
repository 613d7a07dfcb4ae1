"""Boosted decision trees: learned elsewhere, applied here with numpy alone."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import TaggerError

Numbers = NDArray[np.float64]
ROWS = 4096  # rows judged at a time
PARTS = ("splits", "bars", "left", "right", "values")


@dataclass(frozen=True, slots=True)
class Trees:
    """Nodes of all trees, a row a tree: the sign it splits by (-1: a leaf), up to which value the way is left, where
    both ways lead, and what a leaf adds. `start` is what is added before any tree; `depth` how long the longest way is.
    """

    signs: tuple[str, ...]
    splits: NDArray[np.int16]
    bars: Numbers
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    values: Numbers
    start: float
    depth: int


def read_trees(file: Any) -> Trees:
    """Trees from the arrays of an open ``.npz`` that `tree_arrays` gave; TaggerError where they do not fit."""
    try:
        signs = tuple(bytes(file["signs"]).decode().split("\n"))
        splits, bars, left, right, values = (file[part] for part in PARTS)
        start, depth = float(file["start"]), int(file["depth"])
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise TaggerError(f"no trees: {error}") from error
    if not splits.shape == bars.shape == left.shape == right.shape == values.shape or splits.max() >= len(signs):
        raise TaggerError("trees whose parts do not fit each other")
    return Trees(signs, splits, bars.astype(np.float64), left, right, values.astype(np.float64), start, depth)


def tree_arrays(trees: Trees) -> dict[str, NDArray[Any]]:
    """The arrays that `read_trees` reads; numbers in single precision."""
    return {
        "signs": np.frombuffer("\n".join(trees.signs).encode(), np.uint8),
        "splits": trees.splits.astype(np.int16),
        "bars": trees.bars.astype(np.float32),
        "left": trees.left.astype(np.int16),
        "right": trees.right.astype(np.int16),
        "values": trees.values.astype(np.float32),
        "start": np.array(trees.start),
        "depth": np.array(trees.depth),
    }


def odds(trees: Trees, rows: Numbers) -> Numbers:
    """What speaks for each row, as the logarithm of odds; a row is a number for each of `signs`."""
    found = np.empty(len(rows))
    for first in range(0, len(rows), ROWS):
        found[first : first + ROWS] = _odds(trees, rows[first : first + ROWS])
    return found


def _odds(trees: Trees, rows: Numbers) -> Numbers:
    at = np.zeros((len(rows), len(trees.splits)), np.intp)  # in which node of each tree each row stands
    tree = np.arange(len(trees.splits))[None, :]
    row = np.arange(len(rows))[:, None]
    for _ in range(trees.depth):
        split = trees.splits[tree, at]
        goes_left = rows[row, np.maximum(split, 0)] <= trees.bars[tree, at]
        at = np.where(split < 0, at, np.where(goes_left, trees.left[tree, at], trees.right[tree, at]))
    given: Numbers = trees.values[tree, at].sum(axis=1) + trees.start
    return given


def share(odds: float) -> float:
    """How likely that is, from 0 to 1."""
    return float(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def open_arrays(data: bytes) -> Any:
    """An ``.npz`` in bytes, opened without what could run code; TaggerError where it is none."""
    try:
        return np.load(io.BytesIO(data), allow_pickle=False)
    except (ValueError, EOFError, zipfile.BadZipFile) as error:
        raise TaggerError(f"no file of weights: {error}") from error
