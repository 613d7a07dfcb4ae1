"""The gold data: where they are, which files they are, and the scorer that comes with them.

They belong to their makers and are no part of the project. ONRECORD_GOLD names their folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

GOLD = Path(os.environ.get("ONRECORD_GOLD", Path(__file__).parents[2] / "shared" / "gold"))


def gold_path(name: str) -> Path:
    """A gold file by name: one of our own in the tree, else one in the gold data's folder."""
    own = name.startswith(("bench/", "tests/", "training/"))
    return Path(__file__).parents[1] / name if own else GOLD / name


def score(task: str, *files: Path) -> dict[str, Any]:
    """The scorer's figures for one task."""
    scorer = GOLD.parent / "tools" / "score.py"
    command = [sys.executable, str(scorer), task, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def held_out(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a training file that rules and models are not made from: the last third by a hash of their ids."""
    ordered = sorted(rows, key=lambda row: hashlib.sha256(str(row["id"]).encode()).hexdigest())
    return ordered[2 * len(ordered) // 3 :]


def digest(gold: Path) -> str:
    """A hash of a gold file, or of all files in a folder."""
    files = sorted(gold.rglob("*")) if gold.is_dir() else [gold]
    whole = hashlib.sha256()
    for file in files:
        if file.is_file():
            whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:16]
