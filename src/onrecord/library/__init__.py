"""The record in Python: tables of frozen values, data frames, notebooks. `onrecord.open` gives an `OpenRecord`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from onrecord.library.opened import OpenRecord
from onrecord.library.tables import Table
from onrecord.store import open_view

__all__ = ["OpenRecord", "Table"]


def open_record(path: Path) -> OpenRecord:
    """Open a record for reading; StoreError where it is none."""
    held = ExitStack()
    return OpenRecord(held.enter_context(open_view(path)), held, path.name)
