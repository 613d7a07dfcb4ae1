"""How likely something is by its signs: a logistic regression learned elsewhere, its factors a table one can read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp
from pathlib import Path

from onrecord.errors import TaggerError
from onrecord.taggers.files import FOLDER, checked

EVENT_FACTORS = FOLDER / "event_factors.tsv"
BIAS = "(always)"


@cache
def load_factors(path: Path = EVENT_FACTORS) -> dict[str, float]:
    """The factor of each sign; TaggerError where the file is missing or is not the one that was trained."""
    return read_factors(checked(path).decode("utf-8"))


def read_factors(text: str) -> dict[str, float]:
    """Factors from lines of name, tab, number."""
    try:
        return {name: float(factor) for name, factor in (line.split("\t") for line in text.splitlines())}
    except ValueError as error:
        raise TaggerError(f"no table of factors: {error}") from error


def write_factors(factors: Mapping[str, float]) -> str:
    """The lines that `read_factors` reads."""
    return "".join(f"{name}\t{factor:.3f}\n" for name, factor in factors.items())


def likelihood(factors: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """How likely it is (0..1); a sign without a factor says nothing."""
    total = factors[BIAS] + sum(factors.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + exp(-total))
