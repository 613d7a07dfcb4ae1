"""Cues: to be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cues:
    """To be written."""


def load_cues() -> Cues:
    return Cues()
