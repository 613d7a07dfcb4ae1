"""Overlapping layers of marks over a text, as segments: cut at every edge, each with all the layers that cover it.

Offsets are Unicode code points, as in the record; Python's strings are too, so that emoji, combining marks and
right-to-left text need no care here, and a browser is never asked to count anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LAYERS: tuple[tuple[str, str], ...] = (
    ("statements", "Statements"), ("events", "Events"), ("figures", "Figures"), ("times", "Times"),
    ("places", "Places"), ("actors", "Actors"),
)  # fmt: skip

ORDER = {name: number for number, (name, _) in enumerate(LAYERS)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch [start, end) of one layer: what it opens, what it is in words, and its part in that (cue, trigger)."""

    start: int
    end: int
    layer: str
    id: str
    label: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words with nothing or the same marks over all of them: layers, parts, ids of claims, and words on hovering."""

    text: str
    layers: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    label: str = ""
    opened: bool = False
    first: bool = False  # whether the opened item begins here


def segments(text: str, start: int, end: int, marks: Sequence[Mark], opened: str = "") -> tuple[Segment, ...]:
    """text[start:end] cut at the edges of all marks in it; nothing is lost and nothing doubled."""
    inside = [mark for mark in marks if mark.start < end and start < mark.end and mark.start < mark.end]
    edges = sorted({start, end, *(e for mark in inside for e in (mark.start, mark.end) if start < e < end)})
    starts = [mark.start for mark in inside if mark.id == opened]
    first = max(min(starts, default=-1), start) if starts else -1
    waiting = sorted(enumerate(inside), key=lambda pair: -pair[1].start)  # the next one last
    over: list[tuple[int, Mark]] = []
    made = []
    for left, right in pairwise(edges):
        over = [pair for pair in over if pair[1].end > left]
        while waiting and waiting[-1][1].start <= left:
            over.append(waiting.pop())
        there = [mark for _, mark in sorted(over)] if len(over) > 1 else [mark for _, mark in over]
        made.append(_segment(text[left:right], there, opened, left == first))
    return tuple(made)


def _segment(text: str, over: Sequence[Mark], opened: str, first: bool) -> Segment:
    """`over` in the order in which the marks were given."""
    if not over:
        return Segment(text)
    if len(over) == 1:
        (one,) = over
        on = bool(opened) and one.id == opened
        return Segment(text, (one.layer,), (one.part,) if one.part else (), (one.id,), one.label, on, first and on)
    by_id = {mark.id: mark for mark in over}
    ids = sorted(by_id.values(), key=lambda m: (m.end - m.start, ORDER[m.layer], m.id))
    on = bool(opened) and opened in by_id
    return Segment(
        text,
        tuple(sorted({mark.layer for mark in over}, key=ORDER.__getitem__)),
        tuple(dict.fromkeys([mark.part for mark in over if mark.part])),
        tuple([mark.id for mark in ids]),
        "; ".join(dict.fromkeys([mark.label for mark in ids])),
        on,
        first and on,
    )


def count_layers(marks: Iterable[Mark]) -> dict[str, int]:
    """How many things each layer marks."""
    seen: dict[str, set[tuple[str, int]]] = {name: set() for name, _ in LAYERS}
    for mark in marks:
        seen[mark.layer].add((mark.id, 0) if mark.id else (mark.label, mark.start))
    return {name: len(found) for name, found in seen.items()}
