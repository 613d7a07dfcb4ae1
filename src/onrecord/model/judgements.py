"""Which of a log of judgements still stand."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model.record import Judgement


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Those that no later undo takes back, undo rows left out; an undo that was undone itself has no effect."""
    rows = tuple(judgements)
    undone: set[str] = set()
    for row in reversed(rows):
        if row.verdict == "undo" and row.id not in undone:
            undone.update(row.subjects)
    return tuple(row for row in rows if row.verdict != "undo" and row.id not in undone)
