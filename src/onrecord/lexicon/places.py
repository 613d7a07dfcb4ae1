"""Gazetteer: to be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """To be written."""


def load_places() -> Gazetteer:
    return Gazetteer()
