"""`onrecord link`: the derived tables made anew where a decision, a new version or an added report asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.output import Json, RecordPath, print_json, say
from onrecord.errors import BusyError
from onrecord.store import open_view, open_writer


def link(
    record: RecordPath,
    wait: Annotated[float, typer.Option("--wait", min=0, help="Seconds to wait for a build that is running.")] = 0.0,
    as_json: Json = False,
) -> None:
    """Link a record anew, if what it rests on has changed; a record of an earlier version is brought up to date."""
    with open_view(record, older=True):
        pass  # a clear error where there is no record, before a writer would make one
    linked = _link(record, wait)
    if as_json:
        print_json([{"record": str(record), "linked": linked}])
    else:
        typer.echo(f"{record}: {'linked' if linked else 'nothing has changed since it was linked'}")


def relink(record: Path) -> None:
    """Link after a decision; while a build is running it is left to that build, which links last of all."""
    try:
        _link(record, 0.0)
    except BusyError as error:
        say(f"onrecord: stored; what rests on it follows when the record is linked next ({error})")


def _link(record: Path, wait: float) -> bool:
    # linking needs the whole road, whose parser takes two seconds to import
    from onrecord.linking import link as link_record

    with open_writer(record, "onrecord link", wait) as writer:
        return link_record(writer)
