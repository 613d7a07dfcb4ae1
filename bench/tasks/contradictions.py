"""Contradictions: pairs of short reports of our own, read and linked as a pile of two, and what is set side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.tasks.own_copies import halves
from bench.tools import Tools, plain_document
from onrecord.link import link_record
from onrecord.reading import extract

# what each report goes on with, so that two with nearly the same sentence are not one text
TAILS = (
    "Mild air from the south kept the roads dry. Shops were open, and children played between parked cars until dark.",
    "Prices of bread and fuel have hardly moved this month. Farmers in the hills wait for rain, as they do every year.",
)
NOTHING = ("agrees", "unrelated")
KINDS = ("number", "date", "place", "actor", "wording", "denial", "dispute")


@dataclass(frozen=True, slots=True)
class Case:
    """Two reports, each with its day, and what holds between them."""

    name: str
    what: str
    grade: str
    left: tuple[str, str]
    right: tuple[str, str]


def read_cases(path: Path) -> list[Case]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    cells = [[cell.strip() for cell in line.split(" | ")] for line in lines]
    return [Case(name, what, grade, (day, text), (other_day, other))
            for name, what, grade, day, text, other_day, other in cells]  # fmt: skip


def measure(gold: Path, tools: Tools) -> dict[str, Any]:
    """For each half: precision and recall, with the right kind and with any; recall by kind and grade."""
    cases = {case.name: case for case in read_cases(gold)}
    return {half: figures([cases[name] for name in names], [found(cases[name], tools) for name in names])
            for half, names in halves(cases).items()}  # fmt: skip


def found(case: Case, tools: Tools) -> frozenset[str]:
    """The kinds of contradiction that linking finds between or inside the two reports."""
    sides = ((f"{case.name} left", *case.left), (f"{case.name} right", *case.right))
    documents = [plain_document(id, f"{text}\n{tail}", day) for (id, day, text), tail in zip(sides, TAILS, strict=True)]
    readings = [extract(document, tools.parsed(document), tools.lexicon) for document in documents]
    record = link_record(documents, readings, (), tools.lexicon.actors)
    return frozenset(contradiction.kind for contradiction in record.contradictions)


def figures(cases: Sequence[Case], given: Sequence[frozenset[str]]) -> dict[str, Any]:
    real = [case.what not in NOTHING for case in cases]
    right = [case.what in kinds for case, kinds in zip(cases, given, strict=True)]
    any_kind = [bool(kinds) and is_real for kinds, is_real in zip(given, real, strict=True)]
    named = sum(map(bool, given))
    kinds: Counter[tuple[str, bool]] = Counter(
        (key, ok) for case, ok in zip(cases, right, strict=True) if case.what not in NOTHING
        for key in (case.what, case.grade)
    )  # fmt: skip
    return {
        "pairs": len(cases),
        "precision": _percent(sum(right), named),
        "recall": _percent(sum(right), sum(real)),
        "any_precision": _percent(sum(any_kind), named),
        "any_recall": _percent(sum(any_kind), sum(real)),
        "recall_by": {
            key: _percent(kinds[key, True], kinds[key, True] + kinds[key, False]) for key in (*KINDS, "easy", "hard")
        },
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
