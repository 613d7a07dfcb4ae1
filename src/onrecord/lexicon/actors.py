"""ActorBase: to be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActorBase:
    """To be written."""


def load_actors() -> ActorBase:
    return ActorBase()
