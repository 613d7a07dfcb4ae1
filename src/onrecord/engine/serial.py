"""One process, one item after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def run_serially(stage: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Results in order, made as they are asked for."""
    return map(stage, items)
