"""A small convolutional tagger: weights learned elsewhere, applied here with numpy alone.

Each position is a list of signs (short strings) and the parser's vector of its word; one position, the anchor, is what
all others are judged by. Rows of known signs and both vectors are summed, two convolutions look at the neighbours, and
steps from label to label decide which labelling of the whole sequence is best.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain as joined
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import TaggerError
from onrecord.taggers.chain import FOLDER, best_path, read_weights

Signs = Sequence[str]
Matrix = NDArray[np.float32]
WINDOW = 5  # positions that a convolution looks at


@dataclass(frozen=True, slots=True)
class Network:
    """`rows` maps a sign to its row in `signs`, whose first row is nought; `own` and `anchor` take a word's vector to
    the network's width; `kernels[k]` is convolution k, (WINDOW * width, width), over positions `dilations[k]` apart;
    `out` gives a column a label; `steps[a, b]` is the weight of label b after a."""

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    signs: Matrix
    own: Matrix
    anchor: Matrix
    bias: Matrix
    kernels: Matrix
    kernel_bias: Matrix
    dilations: tuple[int, ...]
    out: Matrix
    out_bias: Matrix
    steps: Matrix


@cache
def load_network(name: str, folder: Path = FOLDER) -> Network:
    """Weights by name; TaggerError where the file is missing or is not the one that was trained."""
    return read_network(read_weights(name, folder))


PARTS = ("signs", "own", "anchor", "bias", "kernels", "kernel_bias", "out", "out_bias", "steps")


def read_network(data: bytes) -> Network:
    """A network from the bytes that `write_network` gave."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            labels, names = (bytes(file[part]).decode().split("\n") for part in ("labels", "names"))
            parts = {part: file[part].astype(np.float32) for part in PARTS}
            dilations = tuple(int(step) for step in file["dilations"])
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise TaggerError(f"no weights of a network: {error}") from error
    width, vector = parts["bias"].shape[-1], parts["own"].shape[0]
    wanted = {
        "signs": (len(names) + 1, width),
        "own": (vector, width),
        "anchor": (vector, width),
        "bias": (width,),
        "kernels": (len(dilations), WINDOW * width, width),
        "kernel_bias": (len(dilations), width),
        "out": (width, len(labels)),
        "out_bias": (len(labels),),
        "steps": (len(labels), len(labels)),
    }
    if any(parts[part].shape != shape for part, shape in wanted.items()):
        raise TaggerError("weights of a network that do not fit each other")
    rows = {name: row for row, name in enumerate(names, start=1)}
    return Network(tuple(labels), rows, dilations=dilations, **parts)


def write_network(network: Network) -> bytes:
    """The bytes of a network's file, in half precision. The same network gives the same bytes."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        labels=np.frombuffer("\n".join(network.labels).encode(), np.uint8),
        names=np.frombuffer("\n".join(network.rows).encode(), np.uint8),
        dilations=np.array(network.dilations, np.int64),
        **{part: getattr(network, part).astype(np.float16) for part in PARTS},
    )
    return buffer.getvalue()


def sums(network: Network, sequence: Sequence[Signs]) -> Matrix:
    """The summed rows of each position's signs, a row a position."""
    rows = network.rows
    known = [[rows.get(sign, 0) for sign in signs] or [0] for signs in sequence]
    starts = np.cumsum([0, *(len(one) for one in known[:-1])], dtype=np.intp)
    flat = np.array(list(joined.from_iterable(known)), np.intp)
    found: Matrix = np.add.reduceat(network.signs[flat], starts, axis=0)
    return found


def scores(network: Network, summed: Matrix) -> Matrix:
    """What speaks for each label at each position, given the sums of signs and vectors there."""
    found: Matrix = np.maximum(summed + network.bias, 0)
    for kernel, bias, dilation in zip(network.kernels, network.kernel_bias, network.dilations, strict=True):
        reach = WINDOW // 2 * dilation
        padded = np.pad(found, ((reach, reach), (0, 0)))
        size = len(found)
        windows = [padded[step * dilation : step * dilation + size] for step in range(WINDOW)]
        found = found + np.maximum(np.concatenate(windows, axis=1) @ kernel + bias, 0)
    given: Matrix = found @ network.out + network.out_bias
    return given


def label(network: Network, given: Matrix) -> list[str]:
    """The best labels of a whole sequence, given its scores."""
    return [network.labels[index] for index in best_path(given, network.steps)]


def firmness(given: Matrix, network: Network, labels: Sequence[str]) -> float:
    """How much the scores alone speak for some labels: the mean share of each one at its position, 0 to 1."""
    if not labels:
        return 1.0
    shares = np.exp(given - given.max(axis=1, keepdims=True))
    columns = [network.labels.index(one) for one in labels]
    return float((shares[np.arange(len(labels)), columns] / shares.sum(axis=1)).mean())
