"""`onrecord compare`: the record's events beside those of another coder, GDELT or PLOVER, on the same reports."""

from __future__ import annotations

import dataclasses
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from onrecord.cli.output import SKIPPED, Json, RecordPath, console, name_of, print_json, say, styled
from onrecord.coders import Coded, Comparison, Pair, read_coded
from onrecord.coders import compare as compare_rows
from onrecord.errors import SettingsError
from onrecord.model.coded import CodedRow
from onrecord.model.shown import short
from onrecord.store import Row, open_view, open_writer

SIGNS = {"agree": "=", "differ": "≠", "only_ours": "+", "only_theirs": "-"}
LISTED = 10  # rows that could not be used printed on stderr; --json prints all


def compare(
    record: RecordPath,
    with_: Annotated[
        list[Path] | None,
        typer.Option("--with", help="A GDELT 2.0 event or mention file, or PLOVER or POLECAT JSON lines; repeatable."),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep their rows beside the record; without --with these are compared.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Set events beside another coder's of the same reports: agree, differ, only ours, only theirs. No verdict."""
    coded = read_coded(with_) if with_ else Coded((), ())
    if keep and with_:
        with open_writer(record) as writer:
            say(f"onrecord: {writer.keep_coded(coded.rows)} rows of other coders are kept beside {record}")
    with open_view(record) as view:
        rows = coded.rows if with_ else view.coded()
        if not rows and not with_:
            raise SettingsError(f"{record} keeps no rows of other coders; name a file: --with FILE")
        found = compare_rows(view.rows("documents"), view.rows("events"), rows)
    if as_json:
        print_json(_json_row(pair) for pair in found.pairs)
        print_json(
            {"verdict": "report not in the record", "theirs": dataclasses.asdict(row)} for row in found.elsewhere
        )
        print_json({"verdict": "row not used", **dataclasses.asdict(fault)} for fault in coded.faults)
    else:
        _print(console(), found)
    if coded.faults:
        _list_faults(coded)
        raise typer.Exit(SKIPPED)


def _json_row(pair: Pair) -> Row:
    return {
        "verdict": pair.verdict, "document": pair.document, "path": pair.path, "differs_in": list(pair.fields),
        "ours": pair.ours, "theirs": dataclasses.asdict(pair.theirs) if pair.theirs else None,
    }  # fmt: skip


def _print(out: Console, found: Comparison) -> None:
    for path, pairs in groupby(found.pairs, key=lambda pair: pair.path):
        out.print(styled(path, "bold"))
        for pair in pairs:
            apart = f" (differ in {', '.join(pair.fields)})" if pair.fields else ""
            out.print(styled(f"  {SIGNS[pair.verdict]} {pair.verdict.replace('_', ' ')}{apart}"))
            if pair.ours:
                out.print(styled(f"      ours:   {_ours(pair.ours)}"))
                out.print(
                    styled(f"              “{short(pair.ours['evidence']['text'], 160)}” {pair.ours['id']}", "dim")
                )
            if pair.theirs:
                out.print(styled(f"      theirs: {_theirs(pair.theirs)}"))
    counts = found.counts()
    reports = len({pair.document for pair in found.pairs})
    told = ", ".join(f"{counts[name]} {name.replace('_', ' ')}" for name in SIGNS)
    out.print(styled(f"{reports} reports in both: {told}", "bold"))
    if found.elsewhere:
        words = f"rows of theirs about reports that the record does not hold: {len(found.elsewhere)}"
        out.print(styled(words, "dim"))


def _ours(row: Row) -> str:
    sides = (
        ", ".join(dict.fromkeys(name_of(p["actor"], None if p["actor"] else p["span"]) for p in row[side])) or "?"
        for side in ("actors", "recipients")
    )
    return (
        f"{row['event_type']}: {' → '.join(sides)} [{(row['date'] or {}).get('value') or 'undated'}, {row['status']}]"
    )


def _theirs(row: CodedRow) -> str:
    sides = (
        name if not code or code == name else code if not name else f"{name} ({code})"
        for name, code in ((row.source_name, row.source), (row.target_name, row.target))
    )
    kind = row.type or "no PLOVER type"
    code = f" ({row.code})" if row.code and row.code != row.type else ""
    return (
        f"{kind}{code}: {' → '.join(side or '?' for side in sides)} [{row.day or 'undated'}] {row.coder} {row.origin}"
    )


def _list_faults(coded: Coded) -> None:
    reasons = Counter(fault.reason for fault in coded.faults)
    say("onrecord: rows not used: " + ", ".join(f"{reason} ({n})" for reason, n in sorted(reasons.items())))
    for fault in coded.faults[:LISTED]:
        say(f"  {fault.origin}: {fault.reason} ({short(fault.found, 80)})")
    if len(coded.faults) > LISTED:
        say(f"  … and {len(coded.faults) - LISTED} more: --json prints all")
