"""Units: to be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Units:
    """To be written."""


def load_units() -> Units:
    return Units()
