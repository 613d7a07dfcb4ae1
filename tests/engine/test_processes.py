"""A pool gives the same answers in the same order as one process, and outlives items that kill their worker."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.engine import run_in_processes, run_serially


def square(number: int) -> int:
    return number * number


def poison(number: int) -> int:
    """Kills its process at every multiple of 7."""
    if number % 7 == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def kill_once(path: str) -> str:
    """Kills its process the first time it is called with a path."""
    if not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path


def refuse(number: int) -> int:
    raise ValueError(f"no {number}")


def left_out(item: int) -> int:
    return -item


def test_pool_gives_what_one_process_gives_in_order() -> None:
    items = list(range(50))
    assert list(run_in_processes(square, items, 2, left_out)) == list(run_serially(square, items))


def test_poisonous_items_are_left_out_and_the_rest_is_done() -> None:
    assert list(run_in_processes(poison, range(1, 16), 2, left_out)) == [
        -n if n % 7 == 0 else n for n in range(1, 16)
    ]  # fmt: skip


def test_worker_killed_once_is_tried_again(tmp_path: Path) -> None:
    paths = [str(tmp_path / "once"), str(tmp_path / "twice")]
    assert list(run_in_processes(kill_once, paths, 1, str.upper)) == paths


def test_errors_of_a_stage_come_through() -> None:
    with pytest.raises(ValueError, match="no 1"):
        list(run_in_processes(refuse, [1, 2], 1, left_out))


def test_few_items_are_taken_ahead() -> None:
    taken: list[int] = []

    def source() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = run_in_processes(square, source(), 2, left_out)
    assert next(results) == 0
    assert len(taken) < 20
    results.close()  # type: ignore[attr-defined]  # a generator
