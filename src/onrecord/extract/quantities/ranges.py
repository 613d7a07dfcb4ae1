"""Two amounts side by side: the ends of one range, two that share a unit, or two that have nothing in common.

"5-10 km" and "between 5 and 10 percent" are ranges; "rose from 5 to 10 percent" are two amounts of one unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.extract.quantities.amounts import Amount

JOINT = re.compile(r"\s*(?:-|–|—|‑|to|and|or|through)\s*", re.IGNORECASE)
BETWEEN_BEFORE = re.compile(r"\bbetween\s+(?:\w+\s+)?$")
YEAR_BEFORE = re.compile(r"\b(?:in|since|of|by|until)\s(?:19|20)\d\d$", re.IGNORECASE)
CHANGING = (  # stems: before them, "to" leads from one amount to the next
    "ris", "rose", "fall", "fell", "increas", "grew", "grow", "climb", "jump", "drop", "declin", "cut", "rais", "plung",
    "soar", "slid", "widen", "narrow", "doubl", "swell", "eas", "up", "down", "advanc", "rall", "surg", "tumbl", "slip",
    "lift", "lower", "shrink", "shrank", "expand", "boost", "dip", "sank", "sink", "went", "reduc",
)  # fmt: skip
CHANGE = re.compile(rf"\b(?:{'|'.join(CHANGING)})\w*\b[^.;]*$", re.IGNORECASE)
WINDOW = 40  # characters before an amount in which the words that bear on it stand


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount, or two that make a range, with the tokens [first, last) it takes."""

    start: int
    end: int
    first: int
    last: int
    low: Amount
    high: Amount | None = None


def join_ranges(text: str, start: int, figures: list[Figure]) -> Iterator[Figure]:
    """Figures with those joined that are the two ends of a range; two that are not may still share a unit."""
    index = 0
    while index < len(figures):
        pair = _paired(text, start, figures[index], figures[index + 1]) if index + 1 < len(figures) else None
        yield from pair or (figures[index],)
        index += 2 if pair is not None else 1


def _paired(text: str, start: int, left: Figure, right: Figure) -> tuple[Figure, ...] | None:
    """Two neighbours as one range, as two that share a unit, or None where they have nothing in common."""
    joint = JOINT.fullmatch(text, left.end, right.start)
    low, high = left.low, right.low
    if joint is None or low.vague or low.share or high.share or (low.unit and low.unit not in _kin(high.unit, low)):
        return None
    if not low.unit and not low.scaled and YEAR_BEFORE.search(text, max(start, left.start - WINDOW), left.end):
        return None
    word = joint.group().strip().lower()
    before = text[max(start, left.start - WINDOW) : left.start].lower()
    if word == "and" and not BETWEEN_BEFORE.search(before):
        return None
    if high.scaled and not low.scaled and not _is_large(low.value, high.value):
        low = replace(low, value=low.value * 10 ** _scale_of(high.value), scaled=True)
    changed = (
        word == "to" and CHANGE.search(before) and (left.low.unit or "from" in before) and low.scaled == left.low.scaled
    )
    low, high = replace(low, unit=low.unit or high.unit), replace(high, unit=high.unit or low.unit)
    if changed or low.value > high.value:
        return (replace(left, low=low), replace(right, low=high)) if word == "to" and low.unit else None
    return (Figure(left.start, right.end, left.first, right.last, replace(low, unit=high.unit), high),)


def _kin(unit: str, low: Amount) -> tuple[str, ...]:
    """The units that a lower end may have before an upper end of this one: its own, or money where none is told."""
    if unit:
        return unit, unit.partition(" per ")[0]
    return (low.unit,) if len(low.unit) == 3 and low.unit.isupper() else ()


def _is_large(low: float, high: float) -> bool:
    """Whether the lower end can't share the upper one's scale ("900 to 2 million")."""
    return low >= 1000 or low * 10 ** _scale_of(high) > high


def _scale_of(value: float) -> int:
    """The power of ten of the scale word in a value: 6 of 2.5 million."""
    return next((power for power in (12, 9, 6, 3, 2) if value >= 10**power), 0)
