"""Furniture: to be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Furniture:
    """To be written."""


def load_furniture() -> Furniture:
    return Furniture()
