"""The docs say what is true because these tests read them: every command, option, setting, table, column and error."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from docs.generate import PAGES
from onrecord import errors
from onrecord.cli import COMMANDS, GROUPS, app
from onrecord.cli.export import NAMES
from onrecord.export import FORMATS
from onrecord.export.schemas import SCHEMAS

IN_GROUPS = [(name, str(command.name)) for name, group in GROUPS for command in group.registered_commands]
ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """A page's text below a heading, up to the next of the same level."""
    level = heading.split(" ", maxsplit=1)[0]
    assert f"\n{heading}\n" in f"\n{text}", f"no heading {heading!r}"
    return f"\n{text}".split(f"\n{heading}\n", 1)[1].split(f"\n{level} ", 1)[0]


@pytest.mark.parametrize(("name", "page"), PAGES)
def test_generated_pages_are_what_the_code_says(name: str, page: Callable[[], str]) -> None:
    assert read(name) == page(), "run: python docs/generate.py"


@pytest.mark.parametrize("path", [*((c.__name__,) for c in COMMANDS), *((name,) for name, _ in GROUPS), *IN_GROUPS])
def test_every_command_and_option_has_help(path: tuple[str, ...]) -> None:
    found: Any = typer.main.get_command(app)
    for name in path:
        found = found.commands[name]
    assert found.help
    assert [p.name for p in found.params if p.name != "help" and not p.help] == []


def test_every_error_is_documented() -> None:
    text = read("errors.md")
    for name, found in inspect.getmembers(errors, inspect.isclass):
        if found.__module__ == errors.__name__:
            assert f"`{name}`" in text


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_column_is_documented(table: str) -> None:
    text = section(read("record.md"), f"## {table}")
    documented = re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)
    assert documented == SCHEMAS[table].names


def test_every_format_is_documented() -> None:
    text = read("exports.md")
    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == list(NAMES)
    assert all(one.about for one in FORMATS)


def test_links_between_pages_lead_somewhere() -> None:
    for page in (*DOCS.glob("*.md"), *ROOT.glob("*.md"), *(ROOT / "examples").glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http", "mailto")):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"
