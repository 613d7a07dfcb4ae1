"""The docs' commands run and print what the docs show; the site holds every page, and no link in it leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs import site
from docs.commands import BLOCK, check, commands, fits, pages, run
from docs.workplace import lay_out

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    lay_out(folder)
    return folder


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_commands_of_a_page_run_and_print_what_it_shows(
    page: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert check(page, workplace) == [], "run: python -m docs.commands --write"


def test_every_fenced_block_says_what_it_holds() -> None:
    for page in (*pages(), *(ROOT / "docs").glob("*.md")):
        opened = re.findall(r"^```(.*)$", page.read_text(encoding="utf-8"), re.M)[::2]
        assert "" not in opened, f"{page.name}: a block without a language is not checked"


def test_blocks_that_are_not_run_are_few_and_say_why() -> None:
    whys = [
        block["why"] for page in pages() for block in BLOCK.finditer(page.read_text(encoding="utf-8")) if block["why"]
    ]
    assert all(len(why.split()) >= 3 for why in whys)
    assert len(whys) < 12


@pytest.mark.parametrize(
    ("shown", "printed", "right"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),  # what is left out must be marked
        ("a\n…\nc\n", "a\nb\nb\nc\n", True),
        ("…\nc\n", "c\n", True),  # any number of lines, none too
        ("a\n…\nd\n", "a\nb\nc\n", False),
        ("jd_…: done\n", "jd_12: done\n", True),  # what is new every time
        ("jd_…: done\n", "jd_12: gone\n", False),
    ],
)
def test_a_line_of_dots_stands_for_any_lines(shown: str, printed: str, right: bool) -> None:
    assert fits(shown, printed) is right


@pytest.mark.parametrize(
    "words", ["rm -rf x", "onrecord no-such-command", "make no-such-target", "pip install onrecord[no]"]
)
def test_a_command_that_is_none_is_a_fault(words: str) -> None:
    with pytest.raises((RuntimeError, SystemExit)):
        run(words)


def test_every_page_is_in_the_navigation() -> None:
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:\n")[1]
    named = set(re.findall(r": (\S+\.md)$", nav, re.M))
    there = {path.name for path in (ROOT / "docs").glob("*.md")} | set(site.pages_elsewhere().values())
    assert named == there


def test_the_site_is_strict_and_fetches_no_fonts() -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "\nstrict: true\n" in settings
    assert "\n  font: false" in settings


def test_every_page_with_commands_is_found() -> None:
    assert sum(1 for page in pages() for _ in commands(page)) > 40
