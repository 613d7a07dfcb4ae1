"""`python bench/changes.py TASK GOLD.jsonl BEFORE.jsonl AFTER.jsonl`: what a change gains and loses, item by item.

A figure that stays the same can hide ten items that came right and ten that broke. Predictions come from
`python bench/predict.py TASK GOLD.jsonl FILE`, run on the tree before the change and after it; `--base REVISION`
instead of the two files runs both, the first in a checkout of that revision of its own.

An item of the gold data is right where the predictions hold the same answer; an answer that the gold data do not have
is false. Shown are the items that changed: `+` came right, `-` no longer right, `<` false answer gone, `>` new false.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script too

from bench.tools import Row, read_rows

ROOT = Path(__file__).parents[1]
# a task, the list of answers in its rows ("" for the row itself), and the fields that make an answer the same
ANSWERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("statements", "attributions", ("source", "cue", "content")),
    ("times", "times", ("span", "type", "value")),
    ("places", "places", ("span", "lat", "lon")),
    ("quantities", "quantities", ("value",)),
    ("entities", "entities", ("sentence", "tokens", "type")),
    ("events", "", ("event_type",)),
    ("phrases", "", ("country", "sector")),
    ("copies", "", ("label",)),
)
MARKS: tuple[tuple[str, str], ...] = (
    ("+", "came right"), ("-", "no longer right"), ("<", "false answers gone"), (">", "new false answers"),
)  # fmt: skip
Changed = tuple[str, str, str]  # mark, the row's name, the answer in words


def changes(task: str, gold: list[Row], before: list[Row], after: list[Row]) -> Iterator[Changed]:
    """Every answer that changed between two predictions, in the order of the gold data."""
    old, new = ({_name(row): row for row in rows} for rows in (before, after))
    for row in gold:
        name = _name(row)
        right, was, now = (Counter(_answers(task, r)) for r in (row, old.get(name, {}), new.get(name, {})))
        for mark, answers in (
            ("+", (now & right) - was),
            ("-", (was & right) - now),
            ("<", (was - right) - now),
            (">", (now - right) - was),
        ):
            for answer in sorted(answers.elements()):
                yield mark, name, _words(row, answer)


def _name(row: Row) -> str:
    return str(row.get("id") or row.get("phrase") or row.get("text"))


def _answers(task: str, row: Row) -> list[str]:
    _, field, keys = next(one for one in ANSWERS if one[0] == task)
    found = row.get(field, []) if field else [row]
    if task == "entities":
        found = [mention for cluster in found for mention in cluster]
    if task == "places":
        found = [place for place in found if place.get("lat") is not None]
    return [json.dumps([_plain(one.get(key)) for key in keys]) for one in found if set(keys) & set(one)]


def _plain(value: object) -> object:
    """A value in one form: numbers as rounded numbers, the rest as it is (degrees to the next whole one)."""
    try:
        return round(float(str(value)))
    except ValueError:
        return value


def _words(row: Row, answer: str) -> str:
    """An answer with the words of its spans."""
    text = str(row.get("text", ""))

    def spans(value: object) -> Iterator[str]:
        match value:
            case [int(start), int(end)] if text:
                yield text[start:end]
            case list():
                for part in value:
                    yield from spans(part)

    told = " | ".join(spans(json.loads(answer)))
    return f"{told!r} {answer}" if told else answer


def _predicted(task: str, gold: Path, tree: Path, out: Path) -> list[Row]:
    """Predictions of the code in a tree."""
    settings = {**os.environ, "PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}"}
    subprocess.run([sys.executable, "bench/predict.py", task, str(gold), str(out)], cwd=tree, env=settings, check=True)
    return read_rows(out)


def _both(task: str, gold: Path, revision: str) -> tuple[list[Row], list[Row]]:
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(old), revision], cwd=ROOT, check=True)
        try:
            before = _predicted(task, gold, old, Path(folder) / "before.jsonl")
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(old)], cwd=ROOT, check=True)
        return before, _predicted(task, gold, ROOT, Path(folder) / "after.jsonl")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=[task for task, _, _ in ANSWERS])
    parser.add_argument("gold", type=Path)
    parser.add_argument("predictions", type=Path, nargs="*", help="before and after")
    parser.add_argument("--base", help="a revision to compare the tree with")
    asked = parser.parse_args()
    if bool(asked.base) == bool(asked.predictions) or len(asked.predictions) not in (0, 2):
        parser.error("either two files of predictions or --base REVISION")
    gold = asked.gold.resolve()
    if asked.base:
        before, after = _both(asked.task, gold, asked.base)
    else:
        before, after = (read_rows(path) for path in asked.predictions)
    found = list(changes(asked.task, read_rows(gold), before, after))
    for mark, name, words in found:
        print(f"{mark} {name[:60]}: {words}")
    counted = Counter(mark for mark, _, _ in found)
    print(", ".join(f"{counted[mark]} {label}" for mark, label in MARKS))


if __name__ == "__main__":
    main()
