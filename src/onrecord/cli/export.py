"""`onrecord export`: the record's tables in other tools' formats, counts in compared with counts out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.output import FAILED, RecordPath, say
from onrecord.errors import SettingsError
from onrecord.export import EXPORTERS, Exporter, exporter
from onrecord.store import TABLES, View, open_view


def export(
    record: RecordPath,
    format: Annotated[str, typer.Option("--format", "-f", help="jsonl, csv or parquet.")] = "jsonl",
    table: Annotated[str, typer.Option("--table", "-t", help="One table; all of them where none is given.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A file; for all tables a folder. Default: standard output.")
    ] = None,
) -> None:
    """Write the record's tables as JSON lines, CSV or Parquet."""
    chosen = exporter(format)
    if chosen is None:
        raise SettingsError(f"no format {format!r}; formats: {', '.join(one.name for one in EXPORTERS)}")
    if table and table not in TABLES:
        raise SettingsError(f"no table {table!r}; tables: {', '.join(TABLES)}")
    if out is None and not (table and chosen.text):
        raise SettingsError("give --out: a folder for all tables, a file for one Parquet table")
    with open_view(record) as view:
        right = _write_one(view, chosen, table, out) if table else _write_all(view, chosen, out or Path())
    if not right:
        raise typer.Exit(FAILED)


def _write_all(view: View, chosen: Exporter, folder: Path) -> bool:
    folder.mkdir(parents=True, exist_ok=True)
    return all([_write_one(view, chosen, table, folder / f"{table}{chosen.suffix}") for table in TABLES])


def _write_one(view: View, chosen: Exporter, table: str, out: Path | None) -> bool:
    """Write one table; False, with a word on stderr, if not every row came out."""
    if out is None:
        written = chosen.write(table, view.rows(table), sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        with out.open("wb") as file:
            written = chosen.write(table, view.rows(table), file)
    held = view.count(table)
    if written != held:
        say(f"onrecord: {table}: {written} of {held} rows were written")
    return written == held
