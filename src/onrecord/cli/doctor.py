"""`onrecord doctor`: is everything here that a build needs, and is a record whole? Each finding says what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from onrecord import __version__
from onrecord.cli.output import FAILED, Json, console, print_json, styled
from onrecord.errors import OnrecordError
from onrecord.settings import load_settings
from onrecord.store import open_view, store_version


def doctor(
    record: Annotated[Path | None, typer.Argument(help="A record to check as well.")] = None, as_json: Json = False
) -> None:
    """Check the installation, and a record's file if one is given."""
    findings = examine(record)
    if as_json:
        print_json(findings)
    else:
        out = console()
        for finding in findings:
            mark = styled("ok  ", "green") if finding["ok"] else styled("BAD ", "red")
            out.print(mark, styled(f"{finding['check']}: {finding['found']}"))
    if not all(finding["ok"] for finding in findings):
        raise typer.Exit(FAILED)


def examine(record: Path | None) -> list[dict[str, object]]:
    """Every check as {check, ok, found}."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("onrecord", lambda: f"{__version__}, Python {sys.version.split()[0]}"),
        ("settings", lambda: str(load_settings())),
        ("store", store_version),
        ("lexicon", _lexicon),
        ("parser", _parser),
    ]
    if record is not None:
        checks.append(("record", lambda: _record(record)))
    return [_examined(name, check) for name, check in checks]


def _examined(name: str, check: Callable[[], str]) -> dict[str, object]:
    try:
        return {"check": name, "ok": True, "found": check()}
    except OnrecordError as error:
        return {"check": name, "ok": False, "found": str(error)}


def _lexicon() -> str:
    from onrecord.lexicon import load_lexicon

    faults = load_lexicon(load_settings().actors).actors.faults
    return "all files read and checked" + (f", {len(faults)} rows of added actors left out" if faults else "")


def _parser() -> str:
    from onrecord.parse import load_parser

    parser = load_parser(load_settings())
    return f"{parser.name} {parser.version}, {'released weights' if parser.known else 'weights of your own choice'}"


def _record(path: Path) -> str:
    with open_view(path) as view:
        view.check()
        return ", ".join(f"{view.count(table)} {table}" for table in ("documents", "statements", "events", "skips"))
