"""A pool gives the same answers in the same order as one process, and outlives what kills or hangs its workers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.engine.processes import AHEAD, open_processes
from onrecord.engine.serial import open_serial
from onrecord.engine.work import Batch, Work
from onrecord.errors import EngineError
from tests.engine import toy


@pytest.mark.parametrize("size", [1, 3, 50])
def test_pool_gives_what_one_process_gives_in_order(size: int) -> None:
    work = Work(toy.square, toy.left_out)
    with open_processes(work, 2) as run, open_serial(work) as alone:
        found = toy.numbers(run(toy.batches(range(50), size)))
        assert found == toy.numbers(alone(toy.batches(range(50), size)))
        assert found == [n * n for n in range(50)]
        assert toy.numbers(run(toy.batches(range(3), 1))) == [0, 1, 4]  # the same workers again
        assert toy.numbers(run([])) == []


@pytest.mark.parametrize("size", [1, 4, 15])
def test_rows_that_kill_are_left_out_and_the_rest_is_done(size: int) -> None:
    with open_processes(Work(toy.die_at_sevens, toy.left_out), 2) as run:
        assert toy.numbers(run(toy.batches(range(1, 16), size))) == toy.expected(range(1, 16))


def test_row_that_hangs_in_a_library_is_left_out() -> None:
    with open_processes(Work(toy.hang_at_sevens, toy.left_out, seconds=2.0), 2) as run:
        assert toy.numbers(run(toy.batches(range(5, 11), 3))) == toy.expected(range(5, 11), lost=1000)


def test_row_that_takes_too_much_memory_is_left_out() -> None:
    with open_processes(Work(toy.take_much_at_sevens, toy.left_out, memory=1_500_000_000), 1) as run:
        assert toy.numbers(run(toy.batches(range(6, 9), 3))) == toy.expected(range(6, 9))


def test_row_that_takes_too_much_memory_is_left_out_by_one_process_too() -> None:
    with open_serial(Work(toy.lack_memory_at_sevens, toy.left_out)) as run:
        assert toy.numbers(run(toy.batches(range(6, 16), 5))) == toy.expected(range(6, 16))


@pytest.mark.parametrize("size", [1, 5])
def test_worker_killed_once_costs_nothing(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCE", str(tmp_path / "mark"))
    with open_processes(Work(toy.die_once, toy.left_out), 2) as run:
        assert toy.numbers(run(toy.batches(range(1, 9), size))) == [n * n for n in range(1, 9)]
    assert (tmp_path / "mark").exists()


def test_errors_of_a_stage_come_through() -> None:
    work = Work(toy.refuse, toy.left_out)
    with open_processes(work, 1) as run, pytest.raises(EngineError, match=r"ValueError: no \[1, 2\]"):
        list(run([toy.batch([1, 2])]))


def test_few_batches_are_taken_ahead() -> None:
    taken: list[int] = []

    def source() -> Iterator[Batch]:
        for number in range(1000):
            taken.append(number)
            yield toy.batch([number])

    with open_processes(Work(toy.square, toy.left_out), 2) as run:
        answers = run(source())
        assert toy.numbers([next(answers)]) == [0]
        assert len(taken) <= 2 * AHEAD
        del answers  # a run that is given up does not disturb the next
        assert toy.numbers(run(toy.batches([5, 6], 1))) == [25, 36]


def test_process_with_threads_is_not_forked() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with open_processes(Work(toy.square, toy.left_out), 1) as run:
            assert toy.numbers(run([toy.batch([3])])) == [9]
    finally:
        done.set()
        other.join()


def test_workers_are_gone_when_the_pool_is_closed() -> None:
    before = time.monotonic()
    with open_processes(Work(toy.hang_at_sevens, toy.left_out), 2) as run:
        answers = run([toy.batch([1]), toy.batch([7])])
        assert toy.numbers([next(answers)]) == [1]
    assert time.monotonic() - before < 30
