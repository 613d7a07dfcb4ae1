"""`python bench/predict.py TASK GOLD.jsonl PRED.jsonl`: predictions for one task, from the same code that a build runs.

Tasks and their formats are those of the scorer that comes with the gold data; predictions read only the text side of a
gold row, never its answers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script too

from bench.tasks import (
    copies,
    entities,
    events,
    groups,
    names,
    phrases,
    places,
    quantities,
    records,
    statements,
    stories,
    times,
)
from bench.tools import Row, Tools, load_tools, read_rows, write_rows

TASKS: tuple[tuple[str, Callable[[list[Row], Tools], list[Row]]], ...] = (
    ("statements", statements.predict),
    ("events", events.predict),
    ("records", records.predict),
    ("times", times.predict),
    ("names", names.predict),
    ("phrases", phrases.predict),
    ("places", places.predict),
    ("quantities", quantities.predict),
    ("entities", entities.predict),
    ("stories", stories.predict),
    ("copies", copies.predict),
    ("groups", groups.predict),
)


def predict(task: str, gold: Path, predictions: Path, tools: Tools) -> None:
    """Read gold rows, write predictions."""
    write_rows(predictions, dict(TASKS)[task](read_rows(gold), tools))


def main() -> None:
    if len(sys.argv) != 4 or sys.argv[1] not in dict(TASKS):
        sys.exit(f"{__doc__}\ntasks: {', '.join(name for name, _ in TASKS)}")
    predict(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), load_tools())


if __name__ == "__main__":
    main()
