"""On Dask: a scheduler that is named, or a cluster of this machine for as long as the run lasts.

Each thread of a Dask worker keeps one process beside it, the same that a pool has, so that a page which kills or
hangs its reader harms that process and not the cluster. A batch that a machine did not outlive is given to others by
Dask; if several workers die over it, it is tried again in halves, down to the page.

Only names, numbers and Arrow bytes cross. A local cluster speaks TLS with keys of its own, made for the run.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import threading
import uuid
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from distributed import Client, Future, LocalCluster
from distributed.scheduler import KilledWorker

from onrecord.engine.processes import open_processes
from onrecord.engine.work import Batch, Run, Work, from_bytes, halves, to_bytes, work_of
from onrecord.errors import EngineError

AHEAD = 3  # batches in hand for each thread of the cluster
PATIENCE = 30.0  # seconds to wait for a scheduler, and for the first worker
LONELY = 300.0  # seconds for which a cluster may be without workers
WorkRow = tuple[str, str, float, int]


@contextmanager
def open_dask(work: Work, jobs: int, scheduler: str) -> Iterator[Run]:
    """A cluster at work; `scheduler` is an address or the file that a scheduler wrote, "" to start `jobs` workers."""
    with contextlib.ExitStack() as stack:
        try:
            where = {"scheduler_file": scheduler} if scheduler.endswith(".json") else {"address": scheduler}
            given: dict[str, Any] = where if scheduler else {"address": stack.enter_context(_local(jobs))}
            client = stack.enter_context(Client(**given, timeout=PATIENCE, set_as_default=False))
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, ValueError, TypeError, RuntimeError) as error:  # the last two: keys that do not fit
            place = scheduler or "this machine"
            raise EngineError(f"no Dask cluster at {place}: {error}; are scheduler and workers running?") from error
        yield lambda batches: _run(client, work, batches)


@contextmanager
def _local(jobs: int) -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=jobs, threads_per_worker=1, processes=True, security=True, dashboard_address=None,
        silence_logs=logging.CRITICAL, memory_limit=0,
    ) as cluster:  # fmt: skip
        yield cluster


@dataclass(eq=False)
class Task:
    """A batch on its way."""

    batch: Batch
    future: Future
    deaths: int = 0


def _run(client: Client, work: Work, batches: Iterable[Batch]) -> Iterator[Batch]:
    source = iter(batches)
    line: list[Task] = []  # in the order of the input
    row = work.row()
    try:
        while True:
            most = AHEAD * max(1, sum(client.nthreads().values()))
            while len(line) < most and (batch := next(source, None)) is not None:
                line.append(Task(batch, _submit(client, row, batch)))
            if not line:
                return
            task = line.pop(0)
            try:
                answers = _result(client, task.future)
            except KilledWorker:
                again, lost = _again(client, work, task)
                line[:0] = again
                if lost is not None:
                    yield lost
                continue
            except (OSError, TimeoutError, CancelledError) as error:
                raise EngineError(f"the Dask cluster is gone: {error}; the same command goes on from there") from error
            for answer in answers:
                yield from_bytes(answer)
    finally:
        client.cancel([task.future for task in line])


def _result(client: Client, future: Future) -> list[bytes]:
    """What a task gives, however long it takes; EngineError where no worker is left to do it."""
    lonely = 0.0
    while True:
        try:
            answers: list[bytes] = future.result(timeout=PATIENCE)
            return answers
        except TimeoutError as error:
            lonely = 0.0 if client.nthreads() else lonely + PATIENCE
            if lonely >= LONELY:
                raise EngineError("the Dask cluster has no workers left; start some and build again") from error


def _again(client: Client, work: Work, task: Task) -> tuple[list[Task], Batch | None]:
    """What becomes of a batch over which several workers died: tasks in its place, or the answer for a lost page."""
    row = work.row()
    if task.batch.num_rows > 1:
        return [Task(half, _submit(client, row, half)) for half in halves(task.batch)], None
    if not task.deaths:
        return [Task(task.batch, _submit(client, row, task.batch), deaths=1)], None
    return [], work.lost(task.batch, "killed")


def _submit(client: Client, row: WorkRow, batch: Batch) -> Future:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a page may be large; scattered, it would die with its worker
        return client.submit(_read, row, to_bytes(batch), key=f"onrecord-{uuid.uuid4().hex}", pure=False)


_beside = threading.local()  # the process that this thread of a worker keeps


def _read(row: WorkRow, data: bytes) -> list[bytes]:
    """On a worker: have a batch read by the process beside this thread."""
    runs: dict[WorkRow, Run] = _beside.__dict__.setdefault("runs", {})
    if row not in runs:
        # Dask's workers are daemons, which may have no children; ours leave when their parent does
        multiprocessing.current_process().daemon = False
        stack = _beside.__dict__.setdefault("stack", contextlib.ExitStack())
        runs[row] = stack.enter_context(open_processes(work_of(row), 1))
    return [to_bytes(answer) for answer in runs[row]([from_bytes(data)])]
