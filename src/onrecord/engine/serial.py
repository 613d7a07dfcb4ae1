"""In this process, one batch after the other. Nothing stands between a hostile page and the run here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from onrecord.engine.work import Batch, Run, Work, halves


@contextmanager
def open_serial(work: Work) -> Iterator[Run]:
    """Results are made as they are asked for."""

    def run(batches: Iterable[Batch]) -> Iterator[Batch]:
        for batch in batches:
            yield from _done(work, batch)

    yield run


def _done(work: Work, batch: Batch) -> Iterator[Batch]:
    """A batch's answer; where memory does not suffice, that of its halves, down to the row."""
    try:
        yield work.stage(batch)
        return
    except MemoryError:
        if batch.num_rows == 1:
            yield work.lost(batch, "killed")
            return
    for half in halves(batch):
        yield from _done(work, half)
