"""What type of event a clause tells of: a multinomial logistic regression learned elsewhere, applied with numpy alone.

A clause is a list of views ``group:word``. Each group is one unit vector of its known views, weighted by their rarity,
times the group's size; unknown views say nothing. Weights are checked against their digest before they are used.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import TaggerError
from onrecord.taggers.files import FOLDER, checked
from onrecord.taggers.words import load_words, means

NAME = "events"
NONE = "NONE"  # the label of a clause that tells of no event

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EventWeights:
    """`rows` maps a view to its row in `weights` (a column a label); `sharpness` makes the shares fit how often each
    label is right. `alike` weighs the mean directions of the words of `alike_groups` (`words.means`), all in a row.
    """

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    rarity: Vector
    sizes: Mapping[str, float]
    weights: Vector
    bias: Vector
    sharpness: float
    alike_groups: tuple[str, ...] = ()
    alike: Vector = field(default_factory=lambda: np.zeros((0, 0), np.float32))


@cache
def load_event_weights(path: Path = FOLDER / f"{NAME}.npz") -> EventWeights:
    """The weights; TaggerError where the file is missing or is not the one that was trained."""
    return read_event_weights(checked(path))


def read_event_weights(data: bytes) -> EventWeights:
    """Weights from the bytes that `write_event_weights` gave."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            labels, views, groups = (bytes(file[part]).decode().split("\n") for part in ("labels", "views", "groups"))
            rarity, sizes, weights, bias = (
                file[part].astype(np.float32) for part in ("rarity", "sizes", "weights", "bias")
            )
            sharpness, alike = float(file["sharpness"]), file["alike"].astype(np.float32)
            alike_groups = tuple(bytes(file["alike_groups"]).decode().split())
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise TaggerError(f"no weights of an event tagger: {error}") from error
    if weights.shape != (len(views), len(labels)) or len(rarity) != len(views) or len(bias) != len(labels):
        raise TaggerError("weights of an event tagger that do not fit its views and labels")
    rows = {view: row for row, view in enumerate(views)}
    by_group = dict(zip(groups, map(float, sizes), strict=True))
    return EventWeights(tuple(labels), rows, rarity, by_group, weights, bias, sharpness, alike_groups, alike)


def write_event_weights(found: EventWeights) -> bytes:
    """The bytes of a weights file, in half precision. The same weights give the same bytes."""
    buffer = io.BytesIO()
    words = (found.labels, tuple(found.rows), tuple(found.sizes))
    labels, views, groups = (np.frombuffer("\n".join(names).encode(), np.uint8) for names in words)
    np.savez_compressed(
        buffer,
        rarity=found.rarity.astype(np.float16),
        sizes=np.array(list(found.sizes.values()), np.float32),
        weights=found.weights.astype(np.float16),
        bias=found.bias,
        sharpness=np.float32(found.sharpness),
        labels=labels,
        views=views,
        groups=groups,
        alike=found.alike.astype(np.float16),
        alike_groups=np.frombuffer(" ".join(found.alike_groups).encode(), np.uint8),
    )
    return buffer.getvalue()


def likely_types(found: EventWeights, views: Iterable[str]) -> dict[str, float]:
    """How likely each label is; the shares add up to one."""
    seen = tuple(views)
    total = found.bias.astype(np.float64)
    for row, value in known_views(found.rows, found.rarity, found.sizes, seen):
        total += found.weights[row] * value
    if found.alike_groups:
        total += means(load_words(), seen, found.alike_groups) @ found.alike
    total *= found.sharpness
    shares = np.exp(total - total.max())
    return {label: float(share) for label, share in zip(found.labels, shares / shares.sum(), strict=True)}


def known_views(
    rows: Mapping[str, int], rarity: Vector, sizes: Mapping[str, float], views: Iterable[str]
) -> list[tuple[int, float]]:
    """The row and value of each known view: by groups of unit length, times the group's size."""
    groups: dict[str, list[int]] = {}
    for view in views:
        row = rows.get(view)
        if row is not None:
            groups.setdefault(view.partition(":")[0], []).append(row)
    found: list[tuple[int, float]] = []
    for group, members in groups.items():
        length = float(np.sqrt(np.square(rarity[members], dtype=np.float64).sum()))
        found.extend((row, float(rarity[row]) * sizes[group] / length) for row in members)
    return found
