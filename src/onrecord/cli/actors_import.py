"""`onrecord actors import`: lists of people and bodies in foreign forms in, a file for `build --actors` out."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.output import SKIPPED, Json, print_json, say
from onrecord.errors import SettingsError

SUFFIXES = (".tsv", ".jsonl")
LISTED = 20  # left-out records printed on stderr; --json prints all of them


def import_actors(
    files: Annotated[
        list[Path],
        typer.Argument(help="Wikidata entities, SPARQL results, FollowTheMoney, Popolo or CSV; .gz and .bz2 too."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write, .tsv or .jsonl.")] = Path("actors.tsv"),
    format: Annotated[
        str, typer.Option("--format", "-f", help="wikidata, sparql, followthemoney, popolo or csv; else by content.")
    ] = "",
    columns: Annotated[
        str, typer.Option("--columns", help="Columns of a CSV, or variables of a query: name=Name,office=Post,…")
    ] = "",
    country: Annotated[
        str, typer.Option("--country", help="State of those for whom a list gives none, by code or name.")
    ] = "",
    seen: Annotated[
        str, typer.Option("--seen", help="The lists' day: offices without an end are known until then. Default: today.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Make a file of actors out of lists in other forms; what cannot be used is told of and left out."""
    if out.suffix not in SUFFIXES:
        raise SettingsError(f"{out}: the file's name is to end in {' or '.join(SUFFIXES)}")
    summary = run_import(files, out, format, columns, country, day_of(seen))
    faults = summary["left_out"]
    assert isinstance(faults, list)
    if as_json:
        print_json([summary])
    else:
        typer.echo(f"{out}: {summary['actors']} actors with {summary['offices']} offices; {len(faults)} left out")
        _list_faults(faults)
    if faults:
        raise typer.Exit(SKIPPED)


def run_import(files: list[Path], out: Path, format: str, columns: str, country: str, seen: str) -> dict[str, object]:
    """Read the lists, write the file, and sum up."""
    # the lexicon takes a while to load: only the commands that need it wait for it
    from onrecord.lexicon.actor_files import write_layer
    from onrecord.lexicon.actors import load_actors
    from onrecord.lexicon.imported import FORMATS, learn_actors

    if format and format not in [one.name for one in FORMATS]:
        raise SettingsError(f"no format {format!r}; formats: {', '.join(one.name for one in FORMATS)}")
    learned = learn_actors(files, load_actors(), seen, format, columns, country)
    try:
        with out.open("w", encoding="utf-8", newline="\n") as file:
            write_layer(learned.entries, out.suffix, file)
    except OSError as error:
        raise SettingsError(f"{out}: cannot be written: {error.strerror}") from None
    return {
        "file": str(out), "actors": len(learned.entries), "offices": sum(len(e.tenures) for e in learned.entries),
        "left_out": [{"where": f.where, "reason": f.reason, "found": f.found} for f in learned.faults],
    }  # fmt: skip


def day_of(told: str, option: str = "--seen") -> str:
    """A day given on the command line, today where none is."""
    try:
        return datetime.date.fromisoformat(told).isoformat() if told else datetime.date.today().isoformat()
    except ValueError:
        raise SettingsError(f"{option} {told!r}: give a day as YYYY-MM-DD") from None


def _list_faults(faults: list[dict[str, str]]) -> None:
    """What was left out, by reason, then one by one."""
    if not faults:
        return
    reasons = Counter(fault["reason"] for fault in faults)
    say("onrecord: left out: " + ", ".join(f"{reason} ({n})" for reason, n in sorted(reasons.items())))
    for fault in faults[:LISTED]:
        say(f"  {fault['where']}: {fault['reason']}" + (f" ({fault['found']})" if fault["found"] else ""))
    if len(faults) > LISTED:
        say(f"  … and {len(faults) - LISTED} more: --json prints all")
