"""`onrecord export`: the record in other tools' formats, counts in compared with counts out, losses listed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.output import FAILED, RecordPath, say
from onrecord.cli.report import report
from onrecord.errors import SettingsError
from onrecord.export import FORMATS, Choice, Format, Tally, choose, export_to, find_format, losses_beside, write_part
from onrecord.export.tally import NO_PLACE
from onrecord.store import TABLES, open_view, parse_query

REPORT = "report"  # the one-file report is made by the pages' own code
NAMES = (*(one.name for one in FORMATS), REPORT)
HELP = "; ".join([*(f"{one.name}: {one.about}" for one in FORMATS), f"{REPORT}: the record as one HTML page"]) + "."
MOST_LINES = 12  # kinds of losses named on stderr


def export(
    record: RecordPath,
    format: Annotated[str, typer.Option("--format", "-f", help=HELP)] = "jsonl",
    table: Annotated[
        str, typer.Option("--table", "-t", help="One table (of gdelt: events or mentions); all where none is given.")
    ] = "",
    where: Annotated[
        str, typer.Option("--where", "-w", help="Only what fits a query, and what it rests on (docs/query.md).")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A file; a folder for several. Default: standard output.")
    ] = None,
) -> None:
    """Write the record in another tool's format; what that cannot carry is counted and listed in FILE.losses.jsonl."""
    if format == REPORT:
        if table or where:
            raise SettingsError("the report takes no --table or --where; see: onrecord report --help")
        report(record, out or Path("-"))
        return
    form = find_format(format)
    if form is None:
        raise SettingsError(f"no format {format!r}; formats: {', '.join(NAMES)}")
    parts = _parts(form, table)
    if out is None and not (len(parts) == 1 and form.text):
        raise SettingsError(f"give --out: {'a folder' if len(parts) > 1 else 'a file, as it is no text'}")
    query = parse_query(where, table if form.one_table else "")
    with open_view(record) as view, view.snapshot():
        chosen = choose(view, query, table if form.one_table else "")
        right = [_write(form, part, chosen, out, len(parts) > 1, part == parts[-1]) for part in parts]
    if not all(right):
        raise typer.Exit(FAILED)


def _parts(form: Format, table: str) -> tuple[str, ...]:
    """The parts to write; SettingsError where the format has no such table."""
    if not table:
        return form.parts
    possible = TABLES if form.one_table else form.parts if len(form.parts) > 1 else ()
    if table not in possible:
        names = f"tables: {', '.join(possible)}" if possible else "it is always written as a whole"
        raise SettingsError(f"{form.name} has no table {table!r}; {names}")
    return (table,)


def _write(form: Format, part: str, chosen: Choice, out: Path | None, folder: bool, last: bool) -> bool:
    """Write one part; False, with a word on stderr, if a row neither came out nor is listed as lost.

    Parts of one format lose the same, so that it is said once, after the last.
    """
    if out is None:
        tally = write_part(form, part, chosen, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        (out if folder else out.parent).mkdir(parents=True, exist_ok=True)
        path = out / f"{part}{form.suffix}" if folder else out
        tally = export_to(form, part, chosen, path)
        if not folder or (form.carries and last):
            carried = ", ".join(f"{n} {table}" for table, n in tally.carried.items() if n)
            say(f"onrecord: {path}: {carried or 'nothing'}")
    if last or not form.carries:
        _tell(tally, losses_beside(path) if out else None)
    wrong = [table for table in tally.taken if tally.missing(table)]
    for table in wrong:
        say(f"onrecord: {table}: {tally.missing(table)} of {tally.taken[table]} rows were neither written nor listed")
    return not wrong


def _tell(tally: Tally, sidecar: Path | None) -> None:
    """The losses in a few lines: what has no place at all, then rows by reason, then values by reason."""
    lines = [*_placeless(tally), *_rows_lost(tally), *_values_lost(tally)]
    for line in lines[:MOST_LINES]:
        say(f"  not carried: {line}")
    if len(lines) > MOST_LINES:
        say(f"  not carried: and {len(lines) - MOST_LINES} more kinds")
    if lines:
        say(f"  every loss: {sidecar}" if sidecar else "  every loss is listed beside the file where --out names one")


def _placeless(tally: Tally) -> Iterator[str]:
    tables = [f"{table} ({rows})" for (table, reason), rows in tally.lost.items() if reason == NO_PLACE]
    if tables:
        yield f"tables that the format has no place for: {', '.join(tables)}"
    fields = [f"{table}.{name}" for (table, name, reason) in sorted(tally.cut) if reason == NO_PLACE]
    if fields:
        yield f"fields that the format has no place for: {', '.join(fields)}"


def _rows_lost(tally: Tally) -> Iterator[str]:
    for (table, reason), rows in sorted(tally.lost.items(), key=lambda pair: (-pair[1], pair[0])):
        if reason != NO_PLACE:
            yield f"{rows} of {tally.taken[table]} {table}: {reason}"


def _values_lost(tally: Tally) -> Iterator[str]:
    for (table, name, reason), number in sorted(tally.cut.items()):
        if reason != NO_PLACE:
            yield f"{name} of {number} {table}: {reason}"
