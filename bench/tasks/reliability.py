"""How well probabilities of statements fit: predicted beside observed, in ten bins, on annotated articles.

A statement counts as right where the gold data have one whose content overlaps by half and whose source and cue do
at all: the scorer's full match. Only statements outside others' contents count, as the gold data hold no others.
`python -m bench.tasks.reliability` prints the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.gold import gold_path
from bench.tasks.statements import as_gold, outermost
from bench.tools import Row, Tools, load_tools, plain_document, read_rows
from onrecord.extract.statements import find_attributions

BINS = 10
ROLES = ("source", "cue", "content")
Judged = tuple[float, bool]  # a probability, and whether what it speaks of was right


def measure(gold: Path, tools: Tools) -> dict[str, Any]:
    """Bins, the mean gap between predicted and observed weighted by their size (`ece`), and `fit`, 100 less that."""
    return reliability([one for row in read_rows(gold) for one in _judge(row, tools)])


def reliability(judged: Sequence[Judged]) -> dict[str, Any]:
    """Bins of (from, predicted, observed, n) in percent, and how far they are off."""
    bins: list[tuple[int, float, float, int]] = []
    gap = 0.0
    for number in range(BINS):
        held = [one for one in judged if min(int(one[0] * BINS), BINS - 1) == number]
        if held:
            predicted = 100 * sum(one for one, _ in held) / len(held)
            observed = 100 * sum(right for _, right in held) / len(held)
            bins.append((100 * number // BINS, predicted, observed, len(held)))
            gap += abs(predicted - observed) * len(held) / len(judged)
    return {"n": len(judged), "ece": gap, "fit": 100 - gap, "bins": bins}


def _judge(row: Row, tools: Tools) -> Iterable[Judged]:
    document = plain_document(row["id"], row["text"], heading=True)
    gold = [{role: _letters(row["text"], one[role]) for role in ROLES} for one in row["attributions"]]
    for one in outermost(find_attributions(tools.parsed(document), tools.lexicon)):
        found = as_gold(one, row["text"])
        mine = {role: _letters(row["text"], found[role]) for role in ROLES}
        yield one.probability, any(_is_match(mine, theirs) for theirs in gold)


def _letters(text: str, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in range(start, min(end, len(text))) if text[at].isalnum())


def _is_match(mine: dict[str, frozenset[int]], theirs: dict[str, frozenset[int]]) -> bool:
    shared, both = mine["content"] & theirs["content"], mine["content"] | theirs["content"]
    meet = (bool(mine[role] & theirs[role]) or not (mine[role] or theirs[role]) for role in ("source", "cue"))
    return bool(shared) and 2 * len(shared) >= len(both) and all(meet)


def main() -> None:
    found = measure(gold_path("statements/dev.jsonl"), load_tools())
    print("from   predicted  observed      n")
    for start, predicted, observed, many in found["bins"]:
        print(f".{start // 10}      {predicted:>8.1f}  {observed:>8.1f}  {many:>5}")
    print(f"{found['n']} statements, expected calibration error {found['ece']:.1f} points")


if __name__ == "__main__":
    main()
