"""`onrecord build`: inputs in, a record out, with progress on stderr and every skip listed."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.output import SKIPPED, Json, print_json, safe, say
from onrecord.errors import SettingsError
from onrecord.settings import PREFIX, Settings, load_settings

JOBS = PREFIX + "JOBS"  # who sets it has chosen
LISTED = 20  # skips printed on stderr; all of them are in the record


def build(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, archives, feeds; - for standard input.")],
    record: Annotated[Path, typer.Option("--out", "-o", help="The record to make or add to.")] = Path(
        "crisis.onrecord"
    ),
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=0, help="Processes that read; as many as cores and memory allow.")
    ] = None,
    engine: Annotated[
        str | None, typer.Option("--engine", help="Where pages are read: serial, processes or dask.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", help="A Dask scheduler's address or file; else one is started."),
    ] = None,
    work: Annotated[
        Path | None, typer.Option("--work", help="A folder for a large build's shards, from which it goes on.")
    ] = None,
    shards: Annotated[int | None, typer.Option("--shards", min=1, help="Shards that --work cuts pages into.")] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Allow inputs that are web addresses.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove reports that are not among these inputs.")] = False,
    columns: Annotated[
        str | None, typer.Option("--columns", help="Columns of CSV and JSONL articles: text=body,published=date,…")
    ] = None,
    actors: Annotated[
        list[Path] | None,
        typer.Option("--actors", help="A file of actors to know beside the built-in ones; repeatable."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Read reports into a record; reports that it holds already are not read again."""
    settings = load_settings(
        jobs=jobs, fetch=fetch or None, columns=columns, actors=_joined(actors), engine=engine, scheduler=scheduler,
        work=str(work) if work else None, shards=shards,
    )  # fmt: skip
    if jobs is None and JOBS not in os.environ:
        settings = dataclasses.replace(settings, jobs=0)
    if shards is not None and not settings.work:
        raise SettingsError("--shards cuts what lies in a work folder: name one with --work")
    if settings.actors:
        _tell_faults(settings)
    say("onrecord: looking for new reports …")
    summary = run_build(inputs, record, settings, prune)
    skips = summary.pop("skips")
    if as_json:
        print_json([{**summary, "skips": skips}])
    else:
        counts = ", ".join(f"{summary[name]} {name}" for name in ("statements", "events", "actors", "lineages"))
        typer.echo(f"{record}: {summary['documents']} reports ({summary['read']} read now), {counts}")
    _list_skips(skips)
    if skips:
        raise typer.Exit(SKIPPED)


def _joined(actors: list[Path] | None) -> str | None:
    return os.pathsep.join(str(path) for path in actors) if actors else None


def _tell_faults(settings: Settings) -> None:
    """Rows of added files of actors that are left out, on stderr."""
    from onrecord.lexicon import load_lexicon

    faults = load_lexicon(settings.actors).actors.faults
    if faults:
        say(f"onrecord: {len(faults)} rows of added actors left out")
    for fault in faults[:LISTED]:
        say(f"  {fault}")


def run_build(inputs: list[str], record: Path, settings: Settings, prune: bool) -> dict[str, object]:
    """Build, and sum up what the record then holds."""
    from onrecord.pipeline import build as build_record
    from onrecord.store import open_view

    with _progress() as step:
        built = build_record(inputs, record, settings, step, prune)
    with open_view(record) as view:
        paths = built.paths
        skips = [row for row in view.rows("skips") if row["path"] in paths]
        counts = {t: view.count(t) for t in ("documents", "statements", "events", "figures", "actors", "lineages")}
    return {
        "record": str(record), "read": built.read, "known": built.known, "removed": built.removed, **counts,
        "skips": skips,
    }  # fmt: skip


@contextmanager
def _progress() -> Iterator[Callable[[int, int | None, str], None] | None]:
    """A bar with rate and time left on stderr when it is a terminal; nothing otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(), TextColumn("{task.fields[path]}", markup=False),
    )  # fmt: skip
    # drawn at each step, not by a thread: a process with threads cannot be forked
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("reading", total=None, rate="", path="")

        def step(done: int, total: int | None, path: str) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed:.1f}/s" if speed else ""
            bar.update(task, completed=done, total=total, rate=rate, path=safe(path)[-40:], refresh=True)

        yield step


def _list_skips(skips: object) -> None:
    """The skips on stderr, by reason."""
    rows = skips if isinstance(skips, list) else []
    if not rows:
        return
    reasons = Counter(row["reason"] for row in rows)
    say(f"onrecord: {len(rows)} skipped: " + ", ".join(f"{reason} ({n})" for reason, n in sorted(reasons.items())))
    for row in rows[:LISTED]:
        say(f"  {row['path']}: {row['reason']}" + (f" ({row['detail']})" if row["detail"] else ""))
    if len(rows) > LISTED:
        say(f"  … and {len(rows) - LISTED} more: onrecord export RECORD --table skips")
