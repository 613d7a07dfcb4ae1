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
    page = (HERE / "recipes.md").read_text(encoding="utf-8")
    shown: dict[bool, list[str]] = {True: [], False: []}
    for block in [block for block in BLOCK.finditer(page) if block["shown"]][:4]:  # dyads, then speakers, by either
        shown["pl." in block["code"]].append(block["shown"])
    for polars, pandas in zip(shown[True], shown[False], strict=True):
        numbers = [re.findall(r"(?<![\w(-])\d+(?![\w,)-])", text) for text in (polars, pandas)]
        assert numbers[0] == numbers[1] != []
