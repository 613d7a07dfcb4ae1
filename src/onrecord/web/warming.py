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
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from contextlib import suppress
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

DEAR = ("omissions", "framing")  # pages, and what they keep: seconds on a large record
LARGE = 2_000  # reports from which on it is
KINDER = 5  # how much the process stands back behind the server
T = TypeVar("T")
Entry = tuple[str, Hashable, object]
Job = tuple[str, Callable[[View, Desk], object]]


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


def warm(command: Sequence[str], kept: Kept, reports: int = 0) -> None:
    """Run the command and keep what it writes; where that fails, pages work out for themselves what lacks.

    Of so many reports that it takes long, pages wait for what is dear, and what is waited for the command does first.
    """
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:  # fmt: skip
        written, told = process.stdin, process.stdout
        assert written is not None
        assert told is not None

        def ask(key: Hashable) -> None:
            with suppress(OSError, ValueError):  # it ended, or does so now
                os.write(written.fileno(), f"{key}\n".encode())

        with kept.coming(DEAR if reports >= LARGE else (), ask):
            for version, key, value in _entries(told):
                kept.put(version, key, value)
                gc.freeze()  # what is kept stays: looking it through for cycles would stop all readers for long


def _entries(stream: IO[bytes]) -> Iterator[Entry]:
    while True:
        try:
            yield read_value(stream)
        except (EOFError, ValueError):  # the end, or cut off
            return


def work_out(record: Path, wanted: Collection[str] = ()) -> Iterator[Entry]:
    """All that pages keep at their first look, page by page, the dear ones last; pages that are `wanted`, a collection
    that may grow meanwhile, come first."""
    kept = Told()
    pages: list[Job] = [(page.name, _at_first_look(page)) for page in PAGES if page.group]
    jobs: list[Job] = [*pages, ("names", _names), ("orders", _orders)]
    jobs.sort(key=lambda job: job[0] in DEAR)
    while jobs:
        _, job = jobs.pop(next((n for n, (name, _) in enumerate(jobs) if name in wanted), 0))
        try:
            with open_view(record) as view, view.snapshot():
                job(view, Desk("", True, read_decisions(view), view.version(), kept))
        except (OnrecordError, DatabaseError):
            continue
        yield from kept.new
        kept.new.clear()


def _at_first_look(page: Page) -> Callable[[View, Desk], object]:
    return lambda view, desk: page.make(view, Asked(page.path), desk)


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


def listen() -> Collection[str]:
    """What `warm` asks for on standard input, a line each; grows as it comes."""
    wanted: set[str] = set()

    def read() -> None:
        while said := os.read(0, 1_000):  # not by lines: a line that is waited for would keep the process from ending
            wanted.update(said.decode().split())

    threading.Thread(target=read, daemon=True).start()
    return wanted
