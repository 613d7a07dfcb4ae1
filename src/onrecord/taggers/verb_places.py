"""Weights of signs that a name is the place of a verb's act: a logistic regression, applied without any library.

The card (`verb_places.md`) says what it was trained on; `training/verb_places.py` makes it anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.errors import TaggerError
from onrecord.taggers.chain import DIGESTS, FOLDER

NAME = "verb_places"


@dataclass(frozen=True, slots=True, eq=False)
class VerbPlaceWeights:
    """The weight of each sign, and the certainty from which a name is taken."""

    weights: Mapping[str, float]
    least: float

    def certainty(self, signs: Iterable[str]) -> float:
        """How sure it is, 0 to 1, that a name with these signs is the place."""
        return 1 / (1 + math.exp(-sum(self.weights.get(sign, 0.0) for sign in signs)))


@cache
def load_verb_place_weights(path: Path = FOLDER / f"{NAME}.json.gz") -> VerbPlaceWeights:
    """The weights; TaggerError where the file is missing or is not the one that was trained."""
    try:
        data, digests = path.read_bytes(), (path.parent / DIGESTS).read_text(encoding="ascii")
    except OSError as error:
        raise TaggerError(f"cannot read the weights {path.name!r}: {error}; install the package again") from error
    wanted = {file: digest for digest, file in (line.split() for line in digests.splitlines())}
    if hashlib.sha256(data).hexdigest() != wanted.get(path.name):
        raise TaggerError(f"{path} is damaged or not the file that was trained; install the package again")
    rows = json.loads(gzip.decompress(data))
    return VerbPlaceWeights(rows["weights"], rows["least"])


def write_verb_place_weights(weights: VerbPlaceWeights) -> bytes:
    """The bytes that `load_verb_place_weights` reads: the same for the same weights."""
    rows = {"least": weights.least, "weights": {sign: weights.weights[sign] for sign in sorted(weights.weights)}}
    return gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), mtime=0)
