"""A pool of processes of our own. Results come in the order of the items; few items are in flight at a time.

An item whose worker dies is tried once more, alone; if that kills its worker too, `poisoned` says what becomes of it,
and the rest of the run goes on in a new pool.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

IN_FLIGHT = 4  # items handed out for each worker: enough to keep it busy, few enough to bound memory


def run_in_processes(
    stage: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int,
    poisoned: Callable[[Item], Result],
) -> Iterator[Result]:
    """Results of a picklable `stage` in the order of `items`, worked out by `jobs` processes."""
    source = iter(items)
    pool = _pool(jobs)
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    try:
        while True:
            while len(waiting) < jobs * IN_FLIGHT and (item := next(source, _END)) is not _END:
                waiting.append((item, _submit(pool, stage, item)))  # type: ignore[arg-type]  # not the end mark
            if not waiting:
                return
            item, future = waiting.popleft()
            try:
                result = future.result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                result = _alone(stage, item, poisoned)
                pool = _pool(jobs)
                waiting = deque((other, _submit(pool, stage, other)) for other, _ in waiting)
            yield result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_END = object()


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Fresh interpreters: a forked copy of a process with threads may hang."""
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))


def _submit(pool: ProcessPoolExecutor, stage: Callable[[Item], Result], item: Item) -> Future[Result]:
    """Hand an item to a pool; one that broke since takes nothing more, which is found when the result is asked for."""
    try:
        return pool.submit(stage, item)
    except BrokenProcessPool as error:
        failed: Future[Result] = Future()
        failed.set_exception(error)
        return failed


def _alone(stage: Callable[[Item], Result], item: Item, poisoned: Callable[[Item], Result]) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(stage, item).result()
        except BrokenProcessPool:
            return poisoned(item)
