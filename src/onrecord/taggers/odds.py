"""A probability from a few named facts: a logistic regression whose weights can be read in a table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from math import exp
from pathlib import Path

from onrecord.errors import TaggerError
from onrecord.taggers.chain import DIGESTS, FOLDER


@cache
def load_odds(name: str, folder: Path = FOLDER) -> Mapping[str, float]:
    """The weight of each fact; TaggerError where the table is missing or is not the one that was learned."""
    path = folder / f"{name}.tsv"
    try:
        data, digests = path.read_bytes(), (folder / DIGESTS).read_text(encoding="ascii")
    except OSError as error:
        raise TaggerError(f"cannot read the weights {name!r}: {error}; install the package again") from error
    wanted = {file: digest for digest, file in (line.split() for line in digests.splitlines())}
    if hashlib.sha256(data).hexdigest() != wanted.get(path.name):
        raise TaggerError(f"{path} is damaged or not the table that was learned; install the package again")
    return read_odds(data.decode("utf-8"))


def read_odds(text: str) -> Mapping[str, float]:
    """Weights from the lines that `write_odds` gave: a fact, a tab, its weight."""
    try:
        pairs = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
        return {fact: float(weight) for fact, weight in pairs}
    except ValueError as error:
        raise TaggerError(f"no table of weights: {error}") from error


def write_odds(weights: Mapping[str, float], about: str) -> str:
    """The table of some weights, with a comment that says where they come from."""
    return f"# {about}\n" + "".join(f"{fact}\t{weight:.4f}\n" for fact, weight in weights.items())


def probability(weights: Mapping[str, float], facts: Mapping[str, float]) -> float:
    """How probable it is that what the facts speak of is so; facts without a weight say nothing."""
    odds = sum(weights.get(fact, 0.0) * value for fact, value in facts.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
