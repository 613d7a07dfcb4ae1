"""JSON lines: one object a line, as it stands in the record. This is the contract every other format is built on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.export.wording import as_json
from onrecord.store import Row


def write_jsonl(table: str, rows: Iterable[Row], out: BinaryIO) -> int:  # noqa: ARG001  # all exporters take a table
    """Write one object a line; lone surrogates of broken input are written as JSON escapes."""
    count = 0
    for row in rows:
        out.write(as_json(row) + b"\n")
        count += 1
    return count
