"""Where the reading of pages runs: in this process, in a pool of processes, or on a Dask cluster.

An engine takes batches of pages and gives what came of them, in the same order; which one it was cannot be told from
the record.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from onrecord.engine.batches import (
    ROWS,
    Outcome,
    Stamp,
    outcome_batch,
    outcomes_of,
    page_batches,
    pages_of,
    stamp_of,
)
from onrecord.engine.machine import default_jobs
from onrecord.engine.processes import open_processes
from onrecord.engine.serial import open_serial
from onrecord.engine.shards import MOST, read_in_shards
from onrecord.engine.work import Batch, Run, Why, Work
from onrecord.errors import SettingsError
from onrecord.optional import need
from onrecord.settings import Settings

__all__ = [
    "ENGINES", "ROWS", "Batch", "Outcome", "Run", "Stamp", "Why", "Work", "default_jobs", "engine_of", "open_engine",
    "outcome_batch", "outcomes_of", "page_batches", "pages_of", "read_in_shards", "stamp_of",
]  # fmt: skip

Opener = Callable[[Work, int, str], AbstractContextManager[Run]]  # work, processes, a scheduler's address


def _open_dask(work: Work, jobs: int, scheduler: str) -> AbstractContextManager[Run]:
    # an optional library, and slow to import: only builds that ask for it wait for it
    opened: AbstractContextManager[Run] = need("onrecord.engine.cluster", "cluster").open_dask(work, jobs, scheduler)
    return opened


ENGINES: tuple[tuple[str, Opener], ...] = (
    ("serial", lambda work, _jobs, _scheduler: open_serial(work)),
    ("processes", lambda work, jobs, _scheduler: open_processes(work, jobs)),
    ("dask", _open_dask),
)


def engine_of(settings: Settings) -> tuple[str, int]:
    """The engine and the number of processes that settings ask for; SettingsError where they do not go together."""
    jobs = settings.jobs if settings.jobs > 0 else default_jobs()
    name = settings.engine or ("dask" if settings.scheduler else "processes" if jobs > 1 else "serial")
    if name not in dict(ENGINES):
        raise SettingsError(f"no engine is called {name!r}: take one of {', '.join(known for known, _ in ENGINES)}")
    if settings.scheduler and name != "dask":
        raise SettingsError(f"a scheduler is for --engine dask, not for {name}")
    if settings.work and not 1 <= settings.shards <= MOST:
        raise SettingsError(f"{settings.shards} shards: 1 to {MOST} can be made")
    return name, jobs


def open_engine(settings: Settings, work: Work) -> AbstractContextManager[Run]:
    """The engine that settings ask for, at work on `work`."""
    name, jobs = engine_of(settings)
    return dict(ENGINES)[name](work, jobs, settings.scheduler)
