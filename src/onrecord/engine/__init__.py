"""Where the reading of pages runs: in this process, in a pool of processes, or on a Dask cluster.

An engine takes batches of pages and gives what came of them, in the same order; which one it was cannot be told from
the record. Arrow, and what else an engine needs, is loaded when one is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from onrecord.engine.machine import default_jobs
from onrecord.errors import SettingsError
from onrecord.optional import need
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.engine.work import Run, Work

__all__ = ["ENGINES", "default_jobs", "engine_of", "open_engine"]

MOST_SHARDS = 512  # shards at once: each is an open file
Opener = Callable[["Work", int, str], AbstractContextManager["Run"]]  # work, processes, a scheduler's address


def _open_serial(work: Work, jobs: int, scheduler: str) -> AbstractContextManager[Run]:  # noqa: ARG001
    from onrecord.engine.serial import open_serial

    return open_serial(work)


def _open_processes(work: Work, jobs: int, scheduler: str) -> AbstractContextManager[Run]:  # noqa: ARG001
    from onrecord.engine.processes import open_processes

    return open_processes(work, jobs)


def _open_dask(work: Work, jobs: int, scheduler: str) -> AbstractContextManager[Run]:
    # an optional library
    opened: AbstractContextManager[Run] = need("onrecord.engine.cluster", "cluster").open_dask(work, jobs, scheduler)
    return opened


ENGINES: tuple[tuple[str, Opener], ...] = (
    ("serial", _open_serial), ("processes", _open_processes), ("dask", _open_dask),
)  # fmt: skip


def engine_of(settings: Settings) -> tuple[str, int]:
    """The engine and the number of processes that settings ask for; SettingsError where they do not go together."""
    jobs = settings.jobs if settings.jobs > 0 else default_jobs()
    name = settings.engine or ("dask" if settings.scheduler else "processes" if jobs > 1 else "serial")
    if name not in dict(ENGINES):
        raise SettingsError(f"no engine is called {name!r}: take one of {', '.join(known for known, _ in ENGINES)}")
    if settings.scheduler and name != "dask":
        raise SettingsError(f"a scheduler is for --engine dask, not for {name}")
    if settings.work and not 1 <= settings.shards <= MOST_SHARDS:
        raise SettingsError(f"{settings.shards} shards: 1 to {MOST_SHARDS} can be made")
    return name, jobs


def open_engine(settings: Settings, work: Work) -> AbstractContextManager[Run]:
    """The engine that settings ask for, at work on `work`."""
    name, jobs = engine_of(settings)
    return dict(ENGINES)[name](work, jobs, settings.scheduler)
