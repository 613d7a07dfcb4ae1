"""A linear-chain tagger: weights learned elsewhere, applied here with numpy alone.

A sequence is a list of lists of signs (short strings). Every known sign has a weight for each label, unknown ones say
nothing; steps from label to label have weights too. Weights are checked against their digests before they are used.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain as joined
from operator import mul
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import TaggerError

FOLDER = Path(__file__).parent
DIGESTS = "SHA256SUMS"

Signs = Sequence[str]
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chain:
    """`rows` maps a sign to its row in `weights` (a column a label); `steps[a, b]` is the weight of b after a."""

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Matrix
    steps: Matrix


@cache
def load_chain(name: str, folder: Path = FOLDER) -> Chain:
    """Weights by name; TaggerError where the file is missing or is not the one that was trained."""
    return read_chain(read_weights(name, folder))


def read_weights(name: str, folder: Path) -> bytes:
    """The bytes of a file of weights, checked against its digest; TaggerError says what is wrong with it."""
    path = folder / f"{name}.npz"
    try:
        data, digests = path.read_bytes(), (folder / DIGESTS).read_text(encoding="ascii")
    except OSError as error:
        raise TaggerError(f"cannot read the weights {name!r}: {error}; install the package again") from error
    wanted = {file: digest for digest, file in (line.split() for line in digests.splitlines())}
    if hashlib.sha256(data).hexdigest() != wanted.get(path.name):
        raise TaggerError(f"{path} is damaged or not the file that was trained; install the package again")
    return data


def read_chain(data: bytes) -> Chain:
    """A chain from the bytes that `write_chain` gave."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            labels, signs = (bytes(file[part]).decode().split("\n") for part in ("labels", "signs"))
            weights, steps = file["weights"].astype(np.float32), file["steps"].astype(np.float32)
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise TaggerError(f"no weights of a tagger: {error}") from error
    if weights.shape != (len(signs), len(labels)) or steps.shape != (len(labels), len(labels)):
        raise TaggerError("weights of a tagger that do not fit its signs and labels")
    return Chain(tuple(labels), {sign: row for row, sign in enumerate(signs)}, weights, steps)


def write_chain(chain: Chain) -> bytes:
    """The bytes of a chain's file; weights in half precision. The same chain gives the same bytes."""
    signs, labels = "\n".join(chain.rows).encode(), "\n".join(chain.labels).encode()
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        labels=np.frombuffer(labels, np.uint8),
        signs=np.frombuffer(signs, np.uint8),
        weights=chain.weights.astype(np.float16),
        steps=chain.steps,
    )
    return buffer.getvalue()


def scores(chain: Chain, sequence: Sequence[Signs]) -> Matrix:
    """The summed weights of each position's signs, a row a position."""
    rows = chain.rows
    known = [[row for row in map(rows.get, signs) if row is not None] for signs in sequence]
    ends = np.cumsum([len(one) for one in known], dtype=np.intp)
    flat = np.array(list(joined.from_iterable(known)), np.intp)
    sums = np.zeros((len(flat) + 1, len(chain.labels)))
    np.cumsum(chain.weights[flat], axis=0, dtype=np.float64, out=sums[1:])
    found: Matrix = np.diff(sums[ends], axis=0, prepend=sums[:1]).astype(np.float32)
    return found


def likelihoods(chain: Chain, sequences: Sequence[Sequence[Signs]], label: str) -> list[list[float]]:
    """How likely one label is at each position of some sequences, whatever the others are (forward-backward)."""
    own = scores(chain, [signs for sequence in sequences for signs in sequence]).astype(np.float64)
    weights = iter(np.exp(own - own.max(axis=1, keepdims=True)).tolist())
    return [_likely(chain, [next(weights) for _ in sequence], label) for sequence in sequences]


def _likely(chain: Chain, weights: Sequence[list[float]], label: str) -> list[float]:
    """The likelihoods of a label in one sequence, given how much speaks for each label by itself."""
    if not weights:
        return []
    after = np.exp(chain.steps.astype(np.float64))  # [a][b]: from a to b
    into, out_of = after.T.tolist(), after.tolist()
    forward = [_shares(weights[0])]
    for row in weights[1:]:
        forward.append(_shares([_dot(forward[-1], ways) * weight for ways, weight in zip(into, row, strict=True)]))
    backward = [[1.0] * len(chain.labels)]
    for row in weights[:0:-1]:
        reached = [weight * later for weight, later in zip(row, backward[-1], strict=True)]
        backward.append(_shares([_dot(reached, ways) for ways in out_of]))
    column = chain.labels.index(label)
    both = ([a * b for a, b in zip(f, b, strict=True)] for f, b in zip(forward, reversed(backward), strict=True))
    return [_shares(row)[column] for row in both]


def _dot(one: Sequence[float], two: Sequence[float]) -> float:
    total: float = sum(map(mul, one, two))
    return total


def _shares(row: list[float]) -> list[float]:
    """Numbers that sum to one, in the same proportion."""
    total = sum(row)
    return [value / total for value in row]
