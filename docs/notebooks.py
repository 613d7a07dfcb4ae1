"""The docs' Python, run: `python -m docs.notebooks` checks it, with `--write` it renews the outputs that are shown.

A ```python block of recipes.md is followed by a ```text block with what it prints; the blocks share their names. The
notebook tutorial.ipynb is run cell by cell as Jupyter does, and its outputs are compared.
"""

from __future__ import annotations

import contextlib
import copy
import io
import re
import shutil
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from onrecord import build

HERE = Path(__file__).parent
BLOCK = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```text\n(?P<shown>.*?)```\n)?", re.DOTALL)
SHOWN = ("text/plain", "text/html")  # what is compared of a cell's output


def run_recipes(page: str, folder: Path) -> str:
    """The page with what its blocks print now, run in a folder."""
    names: dict[str, Any] = {"__name__": "recipes"}

    def renewed(block: re.Match[str]) -> str:
        printed = io.StringIO()
        with warnings.catch_warnings(), contextlib.redirect_stdout(printed), contextlib.chdir(folder):
            warnings.filterwarnings("ignore", "In Polars 2", DeprecationWarning)  # of explode, which does as we want
            exec(compile(block["code"], "recipes.md", "exec"), names)
        lines = "".join(f"{line.rstrip()}\n" for line in printed.getvalue().splitlines())
        return f"```python\n{block['code']}```\n" + (f"\n```text\n{lines}```\n" if lines else "")

    try:
        return BLOCK.sub(renewed, page)
    finally:
        names["record"].close()


def run_notebook(notebook: Any, folder: Path) -> Any:
    """The notebook with the outputs of its cells now; an error in a cell is an error here."""
    made = copy.deepcopy(notebook)
    kernel = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=str(folder / "kernel"))
    NotebookClient(made, km=kernel, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    for cell in made.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":  # what other libraries say of this machine belongs to this machine
            cell.outputs = [out for out in cell.outputs if out.get("name") != "stderr"]
    made.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return made


def outputs(notebook: Any) -> list[list[str]]:
    """What each cell of code shows."""
    return [
        [out.get("text", "") + "".join(out.get("data", {}).get(kind, "") for kind in SHOWN) for out in cell.outputs]
        for cell in notebook.cells if cell.cell_type == "code"
    ]  # fmt: skip


def main(write: bool, record: Path | None) -> list[str]:
    """Check or renew both on a record of the examples, a new one where none is given; what is not as it is shown."""
    page, notebook = HERE / "recipes.md", HERE / "tutorial.ipynb"
    held = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(held)
    with tempfile.TemporaryDirectory() as name:
        there = Path(name) / "crisis.onrecord"
        if record is None:
            build([str(HERE.parent / "examples" / "reports")], there)
        else:
            shutil.copy(record, there)
        recipes = run_recipes(page.read_text(encoding="utf-8"), Path(name))
        made = run_notebook(held, Path(name))
    if write:
        page.write_text(recipes, encoding="utf-8")
        nbformat.write(made, notebook)  # type: ignore[no-untyped-call]
        return []
    now = {page.name: recipes == page.read_text(encoding="utf-8"), notebook.name: outputs(made) == outputs(held)}
    renew = "shows what it does not print: run python -m docs.notebooks --write"
    return [f"{name} {renew}" for name, same in now.items() if not same]


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:] if argument != "--write"]
    sys.exit("\n".join(main("--write" in sys.argv[1:], given[0] if given else None)) or None)
