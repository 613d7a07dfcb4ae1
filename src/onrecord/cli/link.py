"""`onrecord link`: the derived tables made anew where a decision, a new version or an added report asks for it."""

from __future__ import annotations

import typer

from onrecord.cli.output import Json, RecordPath, print_json
from onrecord.store import open_view, open_writer


def link(record: RecordPath, as_json: Json = False) -> None:
    """Link a record anew, if what it rests on has changed; a record of an earlier version is brought up to date."""
    # linking needs the whole road, whose parser takes two seconds to import
    from onrecord.pipeline import link as link_record

    with open_view(record, older=True):
        pass  # a clear error where there is no record, before a writer would make one
    with open_writer(record) as writer:
        linked = link_record(writer)
    if as_json:
        print_json([{"record": str(record), "linked": linked}])
    else:
        typer.echo(f"{record}: {'linked' if linked else 'nothing has changed since it was linked'}")
