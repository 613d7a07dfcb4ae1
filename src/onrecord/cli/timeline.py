"""`onrecord timeline`: what happened and was said, in order, each line with the sentences it comes from."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from onrecord.cli.output import (
    Json,
    Limit,
    RecordPath,
    Where,
    console,
    date_words,
    limited,
    print_json,
    styled,
)
from onrecord.model.shown import short
from onrecord.store import Row, View, check_days, fits_days, open_view, parse_query

SOURCES_SHOWN = 4  # sentences printed under one line


def timeline(
    record: RecordPath,
    since: Annotated[str, typer.Option("--since", help="From this day on: 2022, 2022-01 or 2022-01-30.")] = "",
    until: Annotated[str, typer.Option("--until", help="Up to the end of this day, month or year.")] = "",
    brief: Annotated[bool, typer.Option("--brief", help="Without the sentences.")] = False,
    where: Where = "", limit: Limit = 0, as_json: Json = False,
) -> None:  # fmt: skip
    """Print the timeline: date, what happened, how many independent sources, and where each line comes from."""
    check_days(since, until)
    with open_view(record) as view:
        fitting = (
            r for r in view.matching("timeline", parse_query(where, "timeline"))
            if fits_days(r["date"]["value"], since, until)
        )  # fmt: skip
        rows = limited(fitting, limit)
        if as_json:
            print_json(rows)
            return
        out = console()
        for row in rows:
            _print_entry(out, view, row, brief)


def _print_entry(out: Console, view: View, row: Row, brief: bool) -> None:
    reports, lineages = len(row["documents"]), row["lineages"]
    backing = f"{reports} report{'s' * (reports != 1)}, {lineages} independent"
    out.print(styled(f"{date_words(row['date']):<12}", "bold"), styled(row["headline"]), styled(f"[{backing}]", "dim"))
    if brief:
        return
    for shown, claim in enumerate(_claims(view, row)):
        if shown == SOURCES_SHOWN:
            out.print(styled(f"{'':13}…", "dim"))
            return
        report = next(view.rows("documents", id=claim["document"]))
        words = claim["evidence"]["text"] if "evidence" in claim else " … ".join(s["text"] for s in claim["content"])
        out.print(styled(f"{'':13}{report['outlet'] or report['path']}: “{short(words, 200)}” {claim['id']}", "dim"))


def _claims(view: View, row: Row) -> list[Row]:
    """The events of an entry's group, or its statement or statements."""
    if row["event_group"]:
        return list(view.rows("events", event_group=row["event_group"]))
    table, found = view.find(row["statement"])
    if table == "groups":
        return [view.find(member)[1] for member in found["members"]]
    return [found]
