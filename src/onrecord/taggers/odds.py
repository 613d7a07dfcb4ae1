"""A probability from a few named facts: a logistic regression whose weights can be read in a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path

from onrecord.errors import TaggerError
from onrecord.taggers.files import FOLDER, checked


@cache
def load_odds(name: str, folder: Path = FOLDER) -> Mapping[str, float]:
    """The weight of each fact; TaggerError where the table is missing or is not the one that was learned."""
    return read_odds(checked(folder / f"{name}.tsv").decode("utf-8"))


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


def shares(weights: Mapping[str, float], cases: Sequence[Iterable[str]]) -> list[float]:
    """How probable each of several cases is, given its facts, where at most one is so; what is left is "none"."""
    odds = [max(-30.0, min(30.0, sum(weights.get(fact, 0.0) for fact in facts))) for facts in cases]
    sizes = [exp(value) for value in odds]
    whole = 1 + sum(sizes)
    return [size / whole for size in sizes]
