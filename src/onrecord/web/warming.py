"""What the pages need of the whole record, worked out in a process of its own before somebody waits for it.

Beside the server, not in it: whoever reads meanwhile keeps its core. A command of ours (`cli/warming.py`) writes what
it worked out to its standard output, one (version, key, value) after the other (`sending.py`), and `warm` reads that.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Literal, TypeVar, get_args

from onrecord.errors import OnrecordError
from onrecord.store import LISTS, DatabaseError, View, Wanted, columns, open_view
from onrecord.store.called import load_names
from onrecord.web.asked import Asked
from onrecord.web.decisions import read_decisions
from onrecord.web.desk import Desk, Kept
from onrecord.web.pages import PAGES, Page
from onrecord.web.sending import read_value, write_value

DEAR = ("omissions", "framing")  # pages, and what they keep: seconds on a large record, so nobody else works it out
Part = Literal["pages", "dear"]
PARTS: tuple[Part, ...] = get_args(Part)
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
    """Run the command once for each part, side by side, and keep what it writes; where that fails, pages work out for
    themselves what lacks."""
    with kept.coming(DEAR):
        threads = [threading.Thread(target=_take_over, args=((*command, part), kept), daemon=True) for part in PARTS]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _take_over(command: Sequence[str], kept: Kept) -> None:
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        for version, key, value in _entries(process.stdout):
            kept.put(version, key, value)
            gc.freeze()  # what is kept stays: looking it through for cycles would stop all readers for half a second


def _entries(stream: IO[bytes]) -> Iterator[Entry]:
    while True:
        try:
            yield read_value(stream)
        except (EOFError, ValueError):  # the end, or cut off
            return


def work_out(record: Path, part: Part) -> Iterator[Entry]:
    """What pages keep at their first look, page by page: the dear ones', or all others'."""
    kept = Told()
    pages = [page for page in PAGES if page.group and (page.name in DEAR) == (part == "dear")]
    jobs: tuple[Page | Callable[[View, Desk], None], ...] = (*pages, *(() if part == "dear" else (_names, _orders)))
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
