"""TimeWords: to be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeWords:
    """To be written."""


def load_times() -> TimeWords:
    return TimeWords()
