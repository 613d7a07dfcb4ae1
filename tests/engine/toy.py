"""Stages that stand in for reading: one number in, one out, some of them hard on the process that runs them."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from onrecord.engine.work import Batch, Why


def batch(numbers: Iterable[int]) -> Batch:
    return pa.record_batch({"n": pa.array(list(numbers), pa.int64())})


def batches(numbers: Iterable[int], size: int) -> Iterator[Batch]:
    held = list(numbers)
    for start in range(0, len(held), size):
        yield batch(held[start : start + size])


def numbers(answers: Iterable[Batch]) -> list[int]:
    return [number for answer in answers for number in answer.column("n").to_pylist()]


def square(given: Batch) -> Batch:
    return batch(number * number for number in numbers([given]))


def slow_and_deadly(given: Batch) -> Batch:
    """Takes a moment, and kills its process at every multiple of 7."""
    time.sleep(0.05)
    return die_at_sevens(given)


def die_at_sevens(given: Batch) -> Batch:
    """Kills its process at every multiple of 7, as a page that breaks a library would."""
    for number in numbers([given]):
        if number % 7 == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return square(given)


def hang_at_sevens(given: Batch) -> Batch:
    """Never ends at a multiple of 7, inside a library that holds the interpreter."""
    for number in numbers([given]):
        if number % 7 == 0:
            ctypes.PyDLL(None).sleep(60)
    return square(given)


def take_much_at_sevens(given: Batch) -> Batch:
    """Asks for two gigabytes at a multiple of 7."""
    for number in numbers([given]):
        if number % 7 == 0:
            bytearray(2_000_000_000)
    return square(given)


def lack_memory_at_sevens(given: Batch) -> Batch:
    if any(number % 7 == 0 for number in numbers([given])):
        raise MemoryError
    return square(given)


def die_once(given: Batch) -> Batch:
    """Kills its process the first time that it is called, as somebody's `kill` would; ONCE names the mark it leaves."""
    mark = Path(os.environ["ONCE"])
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return square(given)


def refuse(given: Batch) -> Batch:
    raise ValueError(f"no {numbers([given])}")


def left_out(given: Batch, why: Why) -> Batch:
    """What the tests see of a lost row: its number below zero, a thousand more where it took too long."""
    return batch(-number - (1000 if why == "slow" else 0) for number in numbers([given]))


def expected(given: Iterable[int], lost: int = 0) -> list[int]:
    """The squares, but for multiples of 7."""
    return [number * number if number % 7 else -number - lost for number in given]
