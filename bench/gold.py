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


def score(task: str, *files: Path) -> dict[str, Any]:
    """The scorer's figures for one task."""
    scorer = GOLD.parent / "tools" / "score.py"
    command = [sys.executable, str(scorer), task, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def is_held_out(id: str) -> bool:
    """Whether a training row is kept aside for choosing: one in three, by a hash of its id."""
    return int(hashlib.sha256(id.encode()).hexdigest(), 16) % 3 == 0


def digest(gold: Path) -> str:
    """A hash of a gold file, or of all files in a folder."""
    files = sorted(gold.rglob("*")) if gold.is_dir() else [gold]
    whole = hashlib.sha256()
    for file in files:
        if file.is_file():
            whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:16]
