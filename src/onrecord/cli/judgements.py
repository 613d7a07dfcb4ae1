"""`onrecord judgements`: the log of decisions and notes as a file of its own, to hand on and to take in."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.link import relink
from onrecord.cli.output import FAILED, Json, RecordPath, print_json, say
from onrecord.errors import SettingsError, StoreError
from onrecord.model.record import Judgement, Note
from onrecord.store import Row, check_time, make_judgement, make_note, open_view, open_writer

ACTIONS = ("export", "import")


def judgements(
    action: Annotated[str, typer.Argument(help="export or import.")],
    record: RecordPath,
    file: Annotated[Path | None, typer.Argument(help="The file to import; - or none for standard input.")] = None,
    as_json: Json = False,
) -> None:
    """Print the log of decisions and notes as JSON lines, or add such a file to the log and link anew."""
    if action not in ACTIONS:
        raise SettingsError(f"no action {action!r}; actions: {', '.join(ACTIONS)}")
    if action == "export":
        with open_view(record) as view:
            print_json(_rows(view.judgements(), view.notes(every=True)))
        return
    with open_view(record, older=True):
        pass
    lines = sys.stdin.read() if file is None or str(file) == "-" else file.read_text(encoding="utf-8")
    read, faults = read_log(lines)
    with open_writer(record) as writer:
        before = {one.id for one in writer.judgements()}
        writer.judge(*(one for one in read if isinstance(one, Judgement)))
        writer.annotate(*(one for one in read if isinstance(one, Note)))
        added = len({one.id for one in writer.judgements()} - before)
    relink(record)
    notes = sum(isinstance(one, Note) for one in read)
    if as_json:
        print_json([{"judgements": len(read) - notes, "new": added, "notes": notes, "faults": faults}])
    else:
        typer.echo(f"{record}: {len(read) - notes} judgements ({added} new), {notes} notes")
    for fault in faults:
        say(f"  {fault}")
    if faults:
        raise typer.Exit(FAILED)


def _rows(log: tuple[Judgement, ...], notes: tuple[Note, ...]) -> Iterator[Row]:
    yield from ({"what": "judgement", **dataclasses.asdict(one)} for one in log)
    yield from ({"what": "note", **dataclasses.asdict(one)} for one in notes)


def read_log(lines: str) -> tuple[list[Judgement | Note], list[str]]:
    """Judgements and notes of a file, and what is wrong with lines that are none. An id must be that of its content."""
    read: list[Judgement | Note] = []
    faults: list[str] = []
    for number, line in enumerate(lines.split("\n"), start=1):  # a reason may hold what Python takes for a line end
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            made = _note(row) if row.get("what") == "note" else _judgement(row)
            if made.id != row["id"]:
                raise StoreError("the id is not that of its content: the line was changed")
            check_time(made.at)
            read.append(made)
        except (StoreError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            faults.append(f"line {number} left out: {error}")
    return read, faults


def _judgement(row: Row) -> Judgement:
    texts = [
        row["by"],
        row["at"],
        row["why"],
        *row["subjects"],
        *(word for pair in row.get("edits", []) for word in pair),
    ]
    if not all(isinstance(text, str) for text in texts):
        raise StoreError("a field is no text")
    edits = [(field, value) for field, value in row.get("edits", [])]
    return make_judgement(row["verdict"], row["subjects"], row["by"], row["at"], row["why"], edits)


def _note(row: Row) -> Note:
    texts = [row["subject"], row["words"], row["by"], row["at"], *row["tags"]]
    if not all(isinstance(text, str) for text in texts):
        raise StoreError("a field is no text")
    return make_note(row["subject"], row["tags"], row["words"], row["by"], row["at"], row.get("takes_back"))
