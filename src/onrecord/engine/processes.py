"""A pool of processes of our own. Results come in the order of the batches; few batches are in flight at a time.

A batch whose worker dies, or takes longer than one page may, is tried again in halves, in new workers, down to the
single row, which `Work.lost` then answers for; a single row is tried twice before a death counts against it. Other
workers are not disturbed.

Workers are forked where this process has one thread, so that they share the model that it has loaded; elsewhere they
are fresh interpreters: a forked copy of a process with threads may hang.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
import threading
import time
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from onrecord.engine.work import Batch, Run, Why, Work, from_bytes, halves, to_bytes
from onrecord.engine.worker import DONE, READY, serve
from onrecord.errors import EngineError

AHEAD = 4  # batches in hand for each worker: enough to keep it busy, few enough to bound memory
START_SECONDS = 300.0  # how long a worker may take to start


@contextmanager
def open_processes(work: Work, jobs: int) -> Iterator[Run]:
    """A pool of at most `jobs` workers, started as there is work for them."""
    crew = Crew(work, jobs)
    try:
        yield crew.run
    finally:
        crew.close()


@dataclass(eq=False)
class Task:
    """A batch on its way."""

    batch: Batch
    begun: bool = False
    deaths: int = 0
    answer: Batch | None = None


@dataclass(eq=False)
class Worker:
    """A process, what it is busy with, and until when."""

    process: BaseProcess
    connection: Connection
    until: float = field(default_factory=lambda: time.monotonic() + START_SECONDS)
    ready: bool = False
    task: Task | None = None


class Crew:
    """Workers and the batches they work on; use `open_processes`."""

    def __init__(self, work: Work, jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._workers: list[Worker] = []

    def run(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The stage's answers, in order; EngineError where the stage itself fails."""
        source = iter(batches)
        line: list[Task] = []  # in the order of the input
        try:
            while True:
                while len(line) < self._jobs * AHEAD and (batch := next(source, None)) is not None:
                    line.append(Task(batch))
                if not line:
                    return
                self._hand_out(line)
                if line[0].answer is not None:
                    yield line.pop(0).answer
                else:
                    self._wait(line)
        finally:
            for worker in [one for one in self._workers if one.task is not None]:
                self._end(worker)

    def close(self) -> None:
        for worker in list(self._workers):
            self._end(worker)

    def _hand_out(self, line: list[Task]) -> None:
        """Give each idle worker the first batch that none has begun; start workers where there are too few."""
        waiting = [task for task in line if not task.begun]
        free = [one for one in self._workers if one.task is None]
        for _ in range(min(len(waiting) - len(free), self._jobs - len(self._workers))):
            self._workers.append(_start(self._work))
        for worker, task in zip([one for one in free if one.ready], waiting, strict=False):
            worker.task, task.begun = task, True
            worker.until = time.monotonic() + (self._work.seconds or float("inf"))
            try:
                worker.connection.send_bytes(to_bytes(task.batch))
            except OSError:  # it died: found when it is waited for
                continue

    def _wait(self, line: list[Task]) -> None:
        """Wait until a worker answers, dies or has taken too long."""
        busy = [one for one in self._workers if one.task is not None or not one.ready]
        left = max(0.0, min((one.until for one in busy), default=0.0) - time.monotonic())
        signs = [sign for one in self._workers for sign in (one.connection, one.process.sentinel)]
        ready = wait(signs, None if left == float("inf") else left)
        for worker in list(self._workers):
            if worker.connection in ready:
                self._hear(worker, line)
            elif worker.process.sentinel in ready:
                self._died(worker, line)
            elif worker in busy and time.monotonic() >= worker.until:
                self._late(worker, line)

    def _hear(self, worker: Worker, line: list[Task]) -> None:
        try:
            message = worker.connection.recv_bytes()
        except (EOFError, OSError):
            self._died(worker, line)
            return
        if message[:1] == READY:
            worker.ready = True
        elif message[:1] == DONE and worker.task is not None:
            worker.task.answer = from_bytes(message[1:])
            worker.task = None
        else:
            raise EngineError(f"a worker failed: {message[1:].decode('utf-8', 'replace')}")

    def _died(self, worker: Worker, line: list[Task]) -> None:
        self._end(worker)
        if worker.task is not None:
            self._again(worker.task, "killed", line)
        elif not worker.ready:
            code = worker.process.exitcode
            raise EngineError(f"a worker process ended before it could start (exit code {code}); build with --jobs 1")

    def _late(self, worker: Worker, line: list[Task]) -> None:
        self._end(worker)
        if worker.task is None:
            raise EngineError("a worker process did not start in time; build with --jobs 1")
        self._again(worker.task, "slow", line)

    def _again(self, task: Task, why: Why, line: list[Task]) -> None:
        """What becomes of a batch whose worker is gone."""
        place = line.index(task)
        if task.batch.num_rows > 1:
            line[place : place + 1] = [Task(half) for half in halves(task.batch)]
        elif why == "killed" and not task.deaths:
            line[place] = Task(task.batch, deaths=1)
        else:
            task.answer = self._work.lost(task.batch, why)

    def _end(self, worker: Worker) -> None:
        """End a worker's process at once: it keeps nothing that could be lost."""
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.connection.close()


def _start(work: Work) -> Worker:
    forked = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forked else "spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(there, work), daemon=True)  # type: ignore[attr-defined]
    gc.freeze()  # what is loaded by now is not looked through by a worker's collector, and so stays shared
    try:
        with warnings.catch_warnings():
            # newer Pythons count the libraries' own threads too, which these libraries end or restart in a fork
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
    finally:
        gc.unfreeze()
        there.close()
    return Worker(process, here)
