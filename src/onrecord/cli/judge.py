"""`onrecord judge`: a person's decision goes into the log, and the record is linked anew with it."""

from __future__ import annotations

import dataclasses
import getpass
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.link import relink
from onrecord.cli.output import Json, RecordPath, console, print_json, styled
from onrecord.errors import SettingsError
from onrecord.model.judgements import standing
from onrecord.model.record import EDITABLE, VERDICTS
from onrecord.store import View, make_judgement, open_view, open_writer


def judge(
    record: RecordPath,
    verdict: Annotated[
        str, typer.Argument(help="accept, reject, merge, split, edit or undo; none prints the log.")
    ] = "",
    ids: Annotated[
        list[str] | None, typer.Argument(help="What it is about: ids of claims, groups, actors or judgements.")
    ] = None,
    why: Annotated[str, typer.Option("--why", help="The reason, kept with the decision; it must be given.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who decides; your login name by default.")] = "",
    put: Annotated[
        list[str] | None, typer.Option("--set", help="With edit: FIELD=VALUE, status=planned for example; repeatable.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Accept, reject, merge, split or edit; undo takes an earlier judgement back. Decisions survive every rebuild."""
    if not verdict:
        _print_log(record, as_json)
        return
    if verdict not in VERDICTS:
        raise SettingsError(f"no verdict {verdict!r}; verdicts: {', '.join(VERDICTS)}")
    if not ids or not why.strip():
        raise SettingsError('a judgement names at least one id, and its reason: --why "…"')
    with open_view(record) as view:
        known = {judgement.id for judgement in view.judgements()}
        subjects = [id if id in known else view.find(id)[1]["id"] for id in ids]
        edits = _edits(view, verdict, subjects, put or [])
        named, subjects = subjects, list(view.whole_subjects(verdict, subjects))
    with open_writer(record) as writer:
        at = writer.next_time()
        judgement = make_judgement(verdict, subjects, by or getpass.getuser(), at, why, edits)
        writer.judge(judgement)
    relink(record)
    if as_json:
        print_json([{"id": judgement.id, "verdict": verdict, "subjects": subjects, "by": judgement.by, "at": at}])
    else:
        typer.echo(f"{judgement.id}: {verdict} {' '.join(named)} (to take it back: judge RECORD undo {judgement.id})")


def _edits(view: View, verdict: str, subjects: list[str], put: list[str]) -> list[tuple[str, str]]:
    """The fields that an edit sets, each one that its subject's table has; SettingsError otherwise."""
    pairs = [(name.strip(), value.strip()) for name, _, value in (one.partition("=") for one in put)]
    if verdict != "edit":
        if pairs:
            raise SettingsError("--set belongs to edit only")
        return []
    table, _ = view.find(subjects[0])
    fields = EDITABLE.get(table, ())
    if len(subjects) > 1 or not pairs or not {name for name, _ in pairs} <= set(fields):
        raise SettingsError(
            f"edit takes one id and --set FIELD=VALUE; fields of {table}: {', '.join(fields) or 'none'}"
        )
    return pairs


def _print_log(record: Path, as_json: bool) -> None:
    """All judgements, oldest first; those that were taken back are marked."""
    with open_view(record) as view:
        log = view.judgements()
    kept = {judgement.id for judgement in standing(log)}
    if as_json:
        print_json(dataclasses.asdict(judgement) for judgement in log)
        return
    out = console()
    for row in log:
        undone = "" if row.id in kept or row.verdict == "undo" else " (taken back)"
        out.print(styled(f"{row.at[:16]} {row.by}: {row.verdict}{undone} {' '.join(row.subjects)} — {row.why}"))
        out.print(styled(f"  {row.id}", "dim"))
