"""Which of a log of judgements still stand."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model.record import Judgement


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Those that no undo takes back, undo rows left out; an undo that was undone itself has no effect.

    An undo names what it takes back by a hash of its content, so it was made later whatever its time says: the order
    of the rows does not matter here.
    """
    rows = tuple(judgements)
    undoing: dict[str, list[str]] = {}
    for row in rows:
        if row.verdict == "undo":
            for subject in row.subjects:
                undoing.setdefault(subject, []).append(row.id)
    undone: dict[str, bool] = {}
    for row in rows:
        _settle(row.id, undoing, undone)
    return tuple(row for row in rows if row.verdict != "undo" and not undone[row.id])


def _settle(id: str, undoing: dict[str, list[str]], undone: dict[str, bool]) -> None:
    """Whether an undo of `id` holds, worked out for it and all that this rests on; ids in a circle undo nothing."""
    open_, met = [id], {id}
    while open_:
        one = open_[-1]
        waiting = [other for other in undoing.get(one, ()) if other not in undone and other not in met]
        if waiting:
            open_.extend(waiting)
            met.update(waiting)
        else:
            undone[open_.pop()] = any(not undone.get(other, True) for other in undoing.get(one, ()))
