"""Actor phrases of our own to country and sector, read as the phrases of the gold data are.

The phrases (bench/data/actor_phrases.tsv) were written before any of them was tried. Half of them, by hash, are kept
for testing: rules and word lists are not made from what goes wrong there.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from pathlib import Path

from bench.tasks.dated import read_cases
from bench.tasks.phrases import predict
from bench.tools import Row, Tools

NONE = "-"


def measure(cases: Path, tools: Tools) -> Row:
    """Percent of phrases with the right country, and sector: the test half, the tuning half, all, and by kind."""
    right: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for case, good in judge(read_cases(cases), tools):
        for part in ("all", "test" if is_test(case) else "tuning", case["on"]):
            for what, one in good.items():
                right[part][what].append(one)
    return {part: {what: round(100 * sum(r) / len(r), 1) for what, r in found.items()} for part, found in right.items()}


def judge(cases: list[dict[str, str]], tools: Tools) -> list[tuple[dict[str, str], dict[str, bool]]]:
    """Each case with what of it came out right."""
    rows: list[Row] = [{"phrase": case["phrase"], "date": case["date"]} for case in cases]
    return [
        (case, {what: (row[what] or NONE) in case[what].split("|") for what in ("country", "sector")})
        for case, row in zip(cases, predict(rows, tools), strict=True)
    ]


def is_test(case: dict[str, str]) -> bool:
    """Whether a case belongs to the half that is kept for testing."""
    return hashlib.sha256("|".join((case["phrase"], case["date"])).encode()).digest()[0] % 2 == 1
