"""`onrecord report`: the record as one HTML file, for people who cannot run a server, and for print."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.output import RecordPath, say
from onrecord.errors import SettingsError
from onrecord.store import check_days, open_view


def report(
    record: RecordPath,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write; - for standard output.")] = Path(
        "report.html"
    ),
    title: Annotated[str, typer.Option("--title", help="Its heading; the record's name by default.")] = "",
    since: Annotated[str, typer.Option("--since", help="From this day on: 2022, 2022-01 or 2022-01-30.")] = "",
    until: Annotated[str, typer.Option("--until", help="Up to the end of this day, month or year.")] = "",
    actor: Annotated[str, typer.Option("--actor", "-a", help="Only entries of this actor: an id or a name.")] = "",
) -> None:
    """Write one HTML file: timeline with evidence, claims by outlet, contradictions, copies, decisions."""
    # the pages' library takes half a second to import
    from onrecord.web.report import make_report, render_report

    check_days(since, until)
    with open_view(record) as view, view.snapshot():
        chosen = ""
        if actor:
            found = view.some("actors", "id", [actor]) or view.actors_called(actor, 1)
            if not found:
                raise SettingsError(f"no actor is called {actor!r}; see: onrecord actors {record}")
            chosen = found[0]["id"]
        made = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")
        page = render_report(make_report(view, title or record.stem, made, since, until, chosen))
    if str(out) == "-":
        typer.echo(page.decode("utf-8"), nl=False)
    else:
        out.write_bytes(page)
        say(f"onrecord: {out}, {len(page) // 1024} KiB")
