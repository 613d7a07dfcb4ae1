"""Amounts in sentences of our own (tests/cases/quantities.tsv): value, unit and bound, all three right.

A unit counts as right in the singular or the plural; a range is told by its lower end.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from bench.tools import Tools, plain_document
from onrecord.extract.quantities import find_quantities
from onrecord.model.claims import Quantity

Amount = tuple[float, str, str]


def read_cases(gold: Path) -> list[tuple[str, str, tuple[Amount, ...]]]:
    """(half, sentence, amounts) of each row."""
    rows = [line.split("\t") for line in gold.read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "")]
    return [(half, sentence, tuple(_told(amounts))) for half, _, sentence, amounts in rows[1:]]


def _told(cell: str) -> list[Amount]:
    found = [] if cell == "-" else [part.split() for part in cell.split(" | ")]
    return [(float(value), " ".join(unit), bound) for value, *unit, bound in found]


def read_amounts(sentence: str, tools: Tools) -> tuple[Amount, ...]:
    """What the extractor finds in a sentence, in the same form; ages are no figures of the record."""
    parsed = tools.parsed(plain_document("amounts", sentence))
    return tuple(_amount(one) for one in find_quantities(parsed, tools.lexicon) if one.unit != "years old")


def _amount(one: Quantity) -> Amount:
    value = one.low if one.bound == "range" and one.low is not None else one.value
    return float(value), one.unit, one.bound


def same(left: Amount, right: Amount) -> bool:
    return left[0] == right[0] and left[2] == right[2] and left[1].rstrip("s") == right[1].rstrip("s")


def measure(gold: Path, tools: Tools) -> dict[str, Any]:
    """F1 of amounts by half."""
    counts: Counter[tuple[str, str]] = Counter()
    for half, sentence, told in read_cases(gold):
        found = list(read_amounts(sentence, tools))
        counts[half, "found"] += len(found)
        counts[half, "told"] += len(told)
        for amount in told:
            match = next((one for one in found if same(one, amount)), None)
            if match is not None:
                found.remove(match)
                counts[half, "right"] += 1
    halves = sorted({half for half, _ in counts})
    return {
        half: {
            "f1": round(200 * counts[half, "right"] / max(1, counts[half, "found"] + counts[half, "told"]), 1),
            "told": counts[half, "told"],
            "found": counts[half, "found"],
        }
        for half in halves
    }
