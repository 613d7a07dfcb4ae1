"""`python bench/gate.py [TASK …]`: every extractor against its floor in floors.json; exit code 1 where one falls short.

Where the gold data are absent nothing is measured, and that is said. A gold file other than the one a floor was set on
is refused. Floors are lowered only by hand, in floors.json, with a word in RESULTS.md.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script too

from bench.gold import GOLD, digest, gold_path, held_out, score
from bench.predict import TASKS, predict
from bench.tasks import (
    amounts,
    contradictions,
    dated,
    dating,
    entities_re3d,
    event_reports,
    events,
    own_copies,
    own_phrases,
    pages,
    reliability,
    seeds,
    status,
    verb_places,
)
from bench.tools import Tools, load_tools, read_rows, write_rows

FLOORS = Path(__file__).parent / "floors.json"
# measures of our own, for which the gold data's scorer has none: gold path and tools in, figures out
OWN: tuple[tuple[str, Callable[[Path, Tools], dict[str, Any]]], ...] = (
    ("amounts", amounts.measure),
    ("pages", pages.measure),
    ("reliability", reliability.measure),
    ("dated", dated.measure),
    ("dating", dating.measure),
    ("entities-re3d", entities_re3d.measure),
    ("events-held-out", events.measure),
    ("event-reports", event_reports.measure),
    ("own-phrases", own_phrases.measure),
    ("seeds", seeds.measure),
    ("status", status.measure),
    ("verb-places", verb_places.measure),
    ("own-copies", own_copies.measure),
    ("made-copies", own_copies.measure_made),
    ("contradictions", contradictions.measure),
)


@dataclass(frozen=True, slots=True)
class Gate:
    """One line of floors.json: task, gold file or folder with its digest, part of it, and a floor for each figure."""

    name: str
    task: str
    gold: str
    digest: str
    floors: dict[str, float]
    held_out: bool = False


def read_gates() -> list[Gate]:
    rows: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return [Gate(name, **row) for name, row in rows.items()]


def measure(gate: Gate, tools: Tools) -> dict[str, Any]:
    """The figures of one gate, as its scorer prints them."""
    gold = gold_path(gate.gold)
    own = dict(OWN).get(gate.task)
    if own is not None:
        return own(gold, tools)
    with tempfile.TemporaryDirectory() as folder:
        if gate.held_out:
            rows = held_out(read_rows(gold))
            gold = Path(folder) / "gold.jsonl"
            write_rows(gold, rows)
        predictions = Path(folder) / "predictions.jsonl"
        predict(gate.task, gold, predictions, tools)
        return score(gate.task, gold, predictions)


def figure(figures: dict[str, Any], path: str) -> float:
    """One figure by its dotted path, as in "full.f1"."""
    found: Any = figures
    for step in path.split("."):
        found = found[step]
    return float(found)


def check(gate: Gate, tools: Tools) -> bool:
    """Measure one gate and print its figures beside their floors."""
    found = digest(gold_path(gate.gold))
    if found != gate.digest:
        print(f"{gate.name}: {gate.gold} is not the file the floors were set on ({found}, not {gate.digest})")
        return False
    start = time.perf_counter()
    figures = measure(gate, tools)
    seconds = time.perf_counter() - start
    right = True
    for path, floor in gate.floors.items():
        value = figure(figures, path)
        right = right and value >= floor
        print(
            f"{gate.name:<22} {path:<36} {value:>7.1f}  floor {floor:>6.1f}{'  FALLS SHORT' if value < floor else ''}"
        )
    print(f"{'':<22} {seconds:.0f} s", flush=True)
    return right


def main() -> None:
    wanted = sys.argv[1:]
    gates = [gate for gate in read_gates() if not wanted or gate.name in wanted or gate.task in wanted]
    unknown = {gate.task for gate in gates} - {*dict(TASKS), *dict(OWN)}
    if unknown or not gates:
        sys.exit(f"no such task: {', '.join(sorted(unknown) or wanted)}")
    absent = [gate.name for gate in gates if not gold_path(gate.gold).exists()]
    if absent:
        print(f"no gold data at {GOLD}: not measured: {', '.join(absent)} (ONRECORD_GOLD names its folder)")
        gates = [gate for gate in gates if gate.name not in absent]
        if not gates:
            return
    tools = load_tools()
    if not all([check(gate, tools) for gate in gates]):
        sys.exit(1)


if __name__ == "__main__":
    main()
