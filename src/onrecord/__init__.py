"""From a pile of news reports to an evidence-linked record: who said and did what to whom, when, and on whose word.

import onrecord
onrecord.build(["reports/"], "crisis.onrecord")
with onrecord.open_record("crisis.onrecord") as view:
    for row in view.rows("statements"):
        print(row["actor"], row["content"])
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from onrecord.errors import OnrecordError
from onrecord.settings import Settings, load_settings
from onrecord.store import View, open_view

__all__ = ["OnrecordError", "Settings", "__version__", "build", "load_settings", "open_record"]

__version__ = "0.1.0"


def build(inputs: Sequence[str], record: str | os.PathLike[str], settings: Settings | None = None) -> int:
    """Read files and folders into a record and link it; how many reports were read now."""
    # the parser's library takes two seconds to import, and reading a record does not need it
    from onrecord.pipeline import build as build_record

    return build_record(list(inputs), Path(record), settings or load_settings()).read


def open_record(record: str | os.PathLike[str]) -> AbstractContextManager[View]:
    """Open a record for reading; use in a `with` statement."""
    return open_view(Path(record))
