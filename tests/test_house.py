"""The plan in ARCHITECTURE.md is the plan of the code: every import is one its table allows."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "onrecord"
# inside these rooms siblings do not import each other; these files of theirs are ground floor, or gather the room
APART = {"extract": {"syntax", "__init__"}, "link": {"__init__", "reports", "columns", "kept", "keys", "blocks"}}
GATHERING = {"__init__", "pile", "grouping", "opposing", "counting", "entering"}
# rooms and files that load what starts slowly only when it is needed: a build that finds nothing new needs none of it
LATE = {
    "cli", "__init__", "pipeline", "engine/__init__.py", "read/__init__.py", "read/decode.py", "read/kinds/feed.py",
    "read/kinds/pdf.py", "read/kinds/warc.py", "export/parquet.py", "export/duck.py", "store/writer.py",
}  # fmt: skip


def table() -> dict[str, tuple[set[str], set[str]]]:
    """room -> (rooms it may import, libraries it alone knows), from ARCHITECTURE.md."""
    rows: dict[str, tuple[set[str], set[str]]] = {}
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.split("## Rooms", 1)[1].split("\n## ", 1)[0]
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 3 and re.fullmatch(r"[a-z_]+", cells[0]):
            rows[cells[0]] = (set(re.findall(r"[a-z_]+", cells[1])), set(re.findall(r"[a-z0-9_]+", cells[2])))
    return rows


TABLE = table()


def files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    """The room a file stands in; files at the top are rooms of their own."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every module a file imports, and whether it does so inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inner = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node in inner) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield str(node.module), node in inner


def test_table_names_every_room() -> None:
    rooms = {room(path) for path in files()} - {"__init__", "__main__"}
    assert rooms == set(TABLE), "ARCHITECTURE.md and src/onrecord name different rooms"


def test_table_has_no_circle() -> None:
    settled: set[str] = set()
    while len(settled) < len(TABLE):
        ready = {name for name, (below, _) in TABLE.items() if name not in settled and below <= settled}
        assert ready, f"a circle among {sorted(set(TABLE) - settled)}"
        settled |= ready


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_stay_in_the_plan(path: Path) -> None:
    here = room(path)
    if here in ("__init__", "__main__"):
        return
    allowed, own = TABLE[here]
    known_elsewhere = {library for other, (_, libraries) in TABLE.items() if other != here for library in libraries}
    for module, _ in imports(path):
        top, *rest = module.split(".")
        if top == "onrecord":
            target = rest[0] if rest else "version"
            assert target in (here, "version") or target in allowed, f"{here} may not import {module}"
        elif top not in own and top != "numpy":
            assert top not in known_elsewhere, f"{top} is known to another room only, not to {here}"
            assert top in sys.stdlib_module_names, f"{here} does not list the library {top}"


@pytest.mark.parametrize("path", [p for p in files() if room(p) in APART], ids=lambda p: str(p.relative_to(SOURCE)))
def test_siblings_do_not_import_each_other(path: Path) -> None:
    here = room(path)
    mine = path.relative_to(SOURCE / here).parts[0].removesuffix(".py")
    if mine in GATHERING:
        return
    for module, _ in imports(path):
        parts = module.split(".")
        if parts[:2] == ["onrecord", here]:
            sibling = parts[2] if len(parts) > 2 else "__init__"
            assert sibling == mine or sibling in APART[here], f"{path.name} imports its sibling {module}"


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_in_functions_are_only_those_that_start_slowly(path: Path) -> None:
    inside = [module for module, within in imports(path) if within]
    assert not inside or room(path) in LATE or path.relative_to(SOURCE).as_posix() in LATE, (
        f"{path.name} imports {inside} inside a function"
    )


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_open_with_their_law(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), f"{path} has no docstring"


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_hold_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, f"{path.name} is too long to hold one idea"
    assert path.name not in ("utils.py", "helpers.py", "misc.py", "common.py")
