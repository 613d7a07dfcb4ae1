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
from onrecord.taggers.files import FOLDER, checked

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

    def row(self, sign: str) -> int:
        """The number of a sign's row; that of the empty one for a sign never seen."""
        return self.rows.get(sign, 0)


@cache
def load_network(name: str, folder: Path = FOLDER) -> Network:
    """Weights by name; TaggerError where the file is missing or is not the one that was trained."""
    return read_network(checked(folder / f"{name}.npz"))


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


def sums(network: Network, positions: Sequence[Signs]) -> Matrix:
    """The summed rows of each position's signs, a row a position."""
    return sum_rows(network, [list(map(network.row, signs)) for signs in positions])


def sum_rows(network: Network, positions: Sequence[Sequence[int]]) -> Matrix:
    """`sums` for signs that are given by the numbers of their rows."""
    found: Matrix = np.zeros((len(positions), network.signs.shape[1]), np.float32)
    if not positions:
        return found
    most = max(map(len, positions))
    padded = joined.from_iterable((*rows, *(0,) * (most - len(rows))) for rows in positions)
    numbers = np.fromiter(padded, np.intp, len(positions) * most).reshape(len(positions), most)
    for column in numbers.T:  # three times faster than one gathering of all
        found += network.signs.take(column, axis=0)
    return found


def scores(network: Network, sequences: Sequence[Matrix]) -> list[Matrix]:
    """What speaks for each label at each position of some sequences, given the sums of signs and vectors there.

    The sequences are laid end to end, with as much nought between them as a convolution reaches.
    """
    gap = WINDOW // 2 * max(network.dilations)
    starts = np.cumsum([gap, *(len(one) + gap for one in sequences)])
    held = np.zeros((int(starts[-1]), len(network.bias)), np.float32)
    mask = np.zeros((len(held), 1), np.float32)
    for start, one in zip(starts, sequences, strict=False):
        held[start : start + len(one)] = np.maximum(one + network.bias, 0)
        mask[start : start + len(one)] = 1
    size = len(held) - 2 * gap
    for kernel, bias, dilation in zip(network.kernels, network.kernel_bias, network.dilations, strict=True):
        first = gap - WINDOW // 2 * dilation
        windows = [held[first + step * dilation : first + step * dilation + size] for step in range(WINDOW)]
        held[gap : gap + size] += np.maximum(np.concatenate(windows, axis=1) @ kernel + bias, 0)
        held *= mask
    given: Matrix = held @ network.out + network.out_bias
    return [given[start : start + len(one)] for start, one in zip(starts, sequences, strict=False)]


def best_paths(network: Network, given: Sequence[Matrix]) -> list[list[int]]:
    """The numbers of the best labels of each sequence as a whole (Viterbi), given its scores."""
    lengths = np.array([len(one) for one in given], np.intp)
    if not lengths.any():
        return [[] for _ in given]
    many = len(network.labels)
    own = np.zeros((int(lengths.max()), len(given), many), np.float32)
    for number, one in enumerate(given):
        own[: len(one), number] = one
    reached = own[0]
    back = np.zeros(own.shape, np.int8)
    for at in range(1, len(own)):
        ways = reached[:, :, None] + network.steps
        back[at] = ways.argmax(axis=1)
        reached = np.where(lengths[:, None] > at, ways.max(axis=1) + own[at], reached)
    return [
        _back(back[:length, number].tolist(), int(end))
        for number, (length, end) in enumerate(zip(lengths, reached.argmax(axis=1), strict=True))
    ]


def _back(pointers: list[list[int]], end: int) -> list[int]:
    """The way that leads to a label at the end of a sequence."""
    path = [end] if pointers else []
    for row in pointers[:0:-1]:
        path.append(row[path[-1]])
    return path[::-1]


def firmness(given: Matrix, path: Sequence[int]) -> float:
    """How much the scores alone speak for some labels: the mean share of each one at its position, 0 to 1."""
    if not path:
        return 1.0
    shares = np.exp(given - given.max(axis=1, keepdims=True))
    return float((shares[np.arange(len(path)), path] / shares.sum(axis=1)).mean())
