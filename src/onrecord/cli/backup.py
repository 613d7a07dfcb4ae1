"""`onrecord backup`: a copy of a record at one moment, while others read and write it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.output import Json, RecordPath, print_json
from onrecord.store.backup import back_up


def backup(
    record: RecordPath,
    out: Annotated[Path, typer.Argument(help="The file to make; one that is there already is never written over.")],
    as_json: Json = False,
) -> None:
    """Copy a record as it is at one moment, while it is in use; the copy is checked before it gets its name."""
    size = back_up(record, out)
    if as_json:
        print_json([{"record": str(record), "backup": str(out), "bytes": size}])
    else:
        typer.echo(f"{out}: {size:,} bytes, checked")
