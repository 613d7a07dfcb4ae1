"""Triggers: to be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Triggers:
    """To be written."""


def load_triggers() -> Triggers:
    return Triggers()
