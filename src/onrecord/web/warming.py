"""What the pages need of the whole record, worked out in a process of its own before somebody waits for it.

Beside the server, not in it: whoever reads meanwhile keeps its core. A command of ours (`cli/warming.py`) writes what
it worked out to its standard output, one (version, key, value) after the other (`sending.py`), and `warm` reads that.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TypeVar

from onrecord.errors import OnrecordError
from onrecord.store import LISTS, DatabaseError, View, Wanted, columns, open_view
from onrecord.store.called import load_names
from onrecord.web.asked import Asked
from onrecord.web.decisions import read_decisions
from onrecord.web.desk import Desk, Kept
from onrecord.web.pages import PAGES, Page
from onrecord.web.sending import read_value, write_value

LATE = ("omissions", "framing")  # the dearest come last
KINDER = 5  # how much the process stands back behind the server
T = TypeVar("T")
Entry = tuple[str, Hashable, object]


class Told(Kept):
    """What is kept, and what of it was added since somebody asked last."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[Entry] = []

    def get(self, version: str, key: Hashable, make: Callable[[], T]) -> T:
        def made() -> T:
            value = make()
            self.new.append((version, key, value))
            return value

        return super().get(version, key, made)


def warm(command: Sequence[str], kept: Kept) -> None:
    """Run the command and keep what it writes; where that fails, pages work out for themselves what lacks."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        for version, key, value in _entries(process.stdout):
            kept.put(version, key, value)


def _entries(stream: IO[bytes]) -> Iterator[Entry]:
    while True:
        try:
            yield read_value(stream)
        except (EOFError, ValueError):  # the end, or cut off
            return


def work_out(record: Path) -> Iterator[Entry]:
    """All that pages keep at their first look, page by page."""
    kept = Told()
    pages = [page for page in PAGES if page.group]
    jobs: tuple[Page | Callable[[View, Desk], None], ...] = (
        *(p for p in pages if p.name not in LATE), _names, _orders, *(p for p in pages if p.name in LATE),
    )  # fmt: skip
    for job in jobs:
        try:
            with open_view(record) as view, view.snapshot():
                desk = Desk("", True, read_decisions(view), view.version(), kept)
                if isinstance(job, Page):
                    job.make(view, Asked(job.path), desk)
                else:
                    job(view, desk)
        except (OnrecordError, DatabaseError):
            continue
        yield from kept.new
        kept.new.clear()


def _names(view: View, desk: Desk) -> None:
    desk.kept("names", lambda: load_names(view))


def _orders(view: View, desk: Desk) -> None:
    """The orders of the lists; they stand in the columns, which are sent on once more."""
    for table in LISTS:
        held = desk.columns(view, table)
        for name, _ in LISTS[table].orders[1:]:
            columns.select(view, held, Wanted(order=name), 1)
        if isinstance(desk.store, Told):
            desk.store.new.append((desk.version, ("columns", table), held))


def send(entries: Iterable[Entry]) -> None:
    """Write what was worked out to standard output, for `warm` to read."""
    if hasattr(os, "nice"):
        os.nice(KINDER)
    for entry in entries:
        write_value(entry, sys.stdout.buffer)
