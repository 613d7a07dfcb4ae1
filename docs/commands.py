"""The commands of the docs, run: `python -m docs.commands` checks them, with `--write` it renews the outputs shown.

A ```sh block holds commands, a ```console block commands after `$` with what they print, stdout and stderr together; a
line `…` stands for any lines left out. Each page has a copy of one folder with reports and records in it, and its
commands run there in the page's order. A block that cannot run says so in a comment before it:
`<!-- not run: a cluster is needed -->`.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from docs.workplace import lay_out
from onrecord import open_record

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(?:^<!-- not run: (?P<why>.+?) -->\n+)?^```(?P<kind>sh|console)\n(?P<text>.*?)^```$", re.M | re.S)
UNTOLD = "…"
SERVERS = frozenset({"serve", "mcp"})  # these run until they are stopped: only their options are read


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a page: its words, what the page says it prints (None: nothing said), and where that stands."""

    page: str
    words: str
    shown: str | None
    start: int
    end: int


def pages() -> list[Path]:
    """The pages whose commands are run."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(page: Path) -> Iterator[Command]:
    """A page's commands in order, those of blocks that say why they cannot run left out."""
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        if block["why"]:
            continue
        if block["kind"] == "sh":
            for line in re.sub(r"\\\n\s*", " ", block["text"]).splitlines():
                if line.strip() and not line.lstrip().startswith("#"):
                    yield Command(page.name, line.strip(), None, 0, 0)
            continue
        for part in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block["text"], re.M):
            offset = block.start("text")
            yield Command(page.name, part[1].strip(), part[2], offset + part.start(2), offset + part.end(2))


def run(words: str, shown: bool = True) -> str:
    """What a command prints, run in the current folder and in this process; a failure is raised as RuntimeError.

    Of `make`, where nothing of it is shown, only the target is looked up.
    """
    steps = [shlex.split(_with_id(step), comments=True) for step in words.split(" | ")]
    steps[0], into = _redirected(steps[0])
    code, printed = _run_one(steps[0], shown)
    for step in steps[1:]:
        if step[:1] != ["head"]:
            raise RuntimeError(f"{words!r}: only `| head -N` is understood")
        printed = "".join(printed.splitlines(keepends=True)[: int(step[-1].removeprefix("-"))])
    if code not in (0, 3, 4):
        raise RuntimeError(f"{words!r} ended with exit code {code}:\n{printed}")
    if into:
        Path(into).write_text(printed, encoding="utf-8")
        return ""
    return printed


def _with_id(words: str) -> str:
    """The word ID as the id of some event: pages do not have to name one."""
    if not re.search(r"\bID\b", words):
        return words
    with open_record("crisis.onrecord") as view:
        return re.sub(r"\bID\b", next(row["id"] for row in view.rows("events")), words)


def _redirected(words: list[str]) -> tuple[list[str], str | None]:
    return (words[:-2], words[-1]) if words[-2:-1] == [">"] else (words, None)


def _run_one(words: list[str], shown: bool) -> tuple[int, str]:
    setting, _, value = words[0].partition("=")
    if value and setting.isupper():
        with mock.patch.dict(os.environ, {setting: value}):
            return _run_one(words[1:], shown)
    match words:
        case ["onrecord", *arguments]:
            return _onrecord(arguments)
        case ["make", *targets]:
            return 0, _make(targets) if shown else "".join(map(_recipe, targets))
        case ["pip", "install", what]:
            _check_extras(what)
            return 0, ""
        case ["cd" | "mkdir", folder]:
            Path(folder).mkdir(parents=True, exist_ok=True)
            return 0, ""
    raise RuntimeError(f"{shlex.join(words)!r} is no command that the docs may show without saying why it is not run")


def _onrecord(arguments: list[str]) -> tuple[int, str]:
    from onrecord.cli import app, main

    if arguments[0] in SERVERS:
        import typer

        typer.main.get_command(app).commands[arguments[0]].make_context(arguments[0], arguments[1:])  # type: ignore[attr-defined]
        return 0, ""
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    code: object = 0
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        mock.patch.object(sys, "argv", ["onrecord", *arguments]),
    ):
        try:
            main()
        except SystemExit as done:
            code = done.code or 0
    printed.seek(0)
    return int(str(code)), printed.read()


def _make(targets: list[str]) -> str:
    """What the `onrecord` lines of Makefile targets print in a clean checkout."""
    recipes = "\n".join(_recipe(target) for target in targets)
    lines = re.findall(r"^\t\$\(BIN\)/(onrecord .*?)(?: \|\| .*)?$", recipes, re.M)
    with tempfile.TemporaryDirectory() as clean, contextlib.chdir(clean):
        shutil.copytree(ROOT / "examples", "examples")
        return "".join(run(line) for line in lines)


def _recipe(target: str) -> str:
    found = re.search(rf"^{re.escape(target)}:.*\n((?:\t.*\n)*)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    if found is None:
        raise RuntimeError(f"the Makefile has no target {target!r}")
    return found[1]


def _check_extras(what: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.fullmatch(r"onrecord(?:\[([\w,]+)\])?|\.", what)
    if named is None or not set((named[1] or "all").split(",")) <= set(project["optional-dependencies"]):
        raise RuntimeError(f"pip install {what}: not this project, or not one of its extras")


def fits(shown: str, printed: str) -> bool:
    """Whether a page shows what is printed: a line `…` stands for any lines, `…` within a line for any characters."""
    lines = (
        "(?:.*\n)*?" if line == UNTOLD else re.escape(line).replace(re.escape(UNTOLD), ".*") + "\n"
        for line in shown.splitlines()
    )
    return re.fullmatch("".join(lines), printed) is not None


def check(page: Path, folder: Path, write: bool = False) -> list[str]:
    """Run a page's commands in a fresh copy of `folder`; what is wrong, in words. `write` renews the page's outputs."""
    faults: list[str] = []
    text, moved = page.read_text(encoding="utf-8"), 0
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(folder, place, dirs_exist_ok=True)
        with contextlib.chdir(place):
            for command in commands(page):
                try:
                    printed = run(command.words, command.shown is not None)
                except Exception as error:  # noqa: BLE001  # whatever a command dies of is a fault
                    faults.append(f"{page.name}: {error}")
                    continue
                if command.shown is None or fits(command.shown, printed):
                    continue
                if write and UNTOLD not in command.shown.splitlines():
                    text = text[: command.start + moved] + printed + text[command.end + moved :]
                    moved += len(printed) - len(command.shown)
                else:
                    faults.append(f"{page.name}: {command.words!r} prints\n{printed}\nand not\n{command.shown}")
    if write and text != page.read_text(encoding="utf-8"):
        page.write_text(text, encoding="utf-8")
    return faults


if __name__ == "__main__":
    os.environ["COLUMNS"] = "120"
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder))
        found = [fault for page in pages() for fault in check(page, Path(folder), "--write" in sys.argv)]
    print("\n\n".join(found))
    raise SystemExit(bool(found))
