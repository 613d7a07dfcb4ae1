"""The recipes and the tutorial notebook run, and show what they print."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from docs.notebooks import BLOCK, HERE


def test_recipes_and_notebook_run_and_show_what_they_print(demo: Path) -> None:
    done = subprocess.run(  # a kernel is a process with sockets of its own
        [sys.executable, "-m", "docs.notebooks", str(demo)],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_polars_and_pandas_give_the_same_answers() -> None:
    blocks = [block for block in BLOCK.finditer((HERE / "recipes.md").read_text(encoding="utf-8")) if block["shown"]]
    shown = {"polars" if "pl." in block["code"] else "pandas": [] for block in blocks[:4]}
    for block in blocks[:4]:  # dyads, then speakers, by either library
        shown["polars" if "pl." in block["code"] else "pandas"].append(block["shown"])
    for one, other in zip(shown["polars"], shown["pandas"], strict=True):
        numbers = [re.findall(r"(?<![\d-])\d+(?![\d-])", re.sub(r"shape: .*", "", text)) for text in (one, other)]
        assert numbers[0] == numbers[1] != []
