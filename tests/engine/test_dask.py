"""Reading on a Dask cluster of a scheduler and workers, started as on a real one: same answers, whatever dies.

The workers have no nanny, so one that is killed never comes back, as a machine that is switched off.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from distributed.scheduler import KilledWorker

from onrecord.engine import ENGINES, cluster, open_engine
from onrecord.engine.cluster import open_dask
from onrecord.engine.work import Batch, Work, from_bytes, to_bytes
from onrecord.errors import EngineError, MissingError, SettingsError
from onrecord.pipeline import build
from onrecord.settings import load_settings
from tests.engine import toy
from tests.test_road import REPORTS, export

pytestmark = [pytest.mark.enable_socket, pytest.mark.filterwarnings("ignore::ResourceWarning")]
ROOT = Path(__file__).parents[2]


@dataclass
class Cluster:
    """A scheduler and its workers, as processes."""

    address: str
    folder: Path
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self) -> subprocess.Popen[bytes]:
        worker = start(
            self.folder, "worker", self.address, "--no-nanny", "--nthreads", "1", "--dashboard-address", ":0"
        )
        self.workers.append(worker)
        return worker


def start(folder: Path, kind: str, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "distributed.cli.dask_" + kind, *options]
    log = (folder / f"{kind}.log").open("ab")
    with log:
        return subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("dask")
    told = folder / "scheduler.json"
    options = ("--host", "127.0.0.1", "--port", "0", "--dashboard-address", ":0", "--scheduler-file", str(told))
    scheduler = start(folder, "scheduler", *options)
    for _ in range(600):
        if told.exists() and told.read_text():
            break
        time.sleep(0.1)
    found = Cluster(json.loads(told.read_text())["address"], folder, scheduler)
    found.add_worker()
    yield found
    for process in (*found.workers, scheduler):
        process.kill()
        process.wait()


def test_killed_worker_costs_nothing_and_a_row_that_kills_is_left_out(dask: Cluster) -> None:
    doomed = dask.add_worker()
    with open_dask(Work(toy.slow_and_deadly, toy.left_out), 2, dask.address) as run:
        answers = run(toy.batches(range(7, 14), 1))
        found = toy.numbers([next(answers)])
        doomed.kill()
        doomed.wait()
        assert found + toy.numbers(answers) == toy.expected(range(7, 14))
        assert toy.numbers(run([])) == []
    assert dask.workers[0].poll() is None  # what killed its reader did no harm to the worker


@pytest.mark.parametrize("shards", [3, 7])
def test_record_of_a_cluster_is_that_of_one_process(dask: Cluster, demo: Path, tmp_path: Path, shards: int) -> None:
    work = tmp_path / "work"
    given = load_settings({}, engine="dask", scheduler=dask.address, shards=shards, work=str(work))
    assert build([str(REPORTS)], tmp_path / "dask.onrecord", given).read == 15
    assert 2 < len(list(work.glob("*/readings-*.parquet"))) <= shards
    assert export(tmp_path / "dask.onrecord", tmp_path) == export(demo, tmp_path)


class Doomed:
    """A cluster on which every batch that holds a multiple of 7 has cost several workers."""

    def nthreads(self) -> dict[str, int]:
        return {"tcp://10.0.0.1:1": 1}

    def submit(self, _function: object, _row: object, data: bytes, **_options: object) -> Any:
        return Fallen(from_bytes(data))

    def cancel(self, futures: list[object]) -> None:
        assert futures == []


@dataclass
class Fallen:
    given: Batch

    def result(self, timeout: float) -> list[bytes]:
        assert timeout > 0
        if any(number % 7 == 0 for number in toy.numbers([self.given])):
            raise KilledWorker("task", "tcp://10.0.0.1:1", 3)
        return [to_bytes(toy.square(self.given))]


def test_batch_that_costs_workers_is_halved_down_to_the_page() -> None:
    work = Work(toy.square, toy.left_out)
    answers = cluster._run(Doomed(), work, toy.batches(range(1, 20), 6))
    assert toy.numbers(answers) == toy.expected(range(1, 20))


def test_scheduler_that_does_not_answer_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with pytest.raises(EngineError, match="no Dask cluster at tcp://127"):
        open_dask(Work(toy.square, toy.left_out), 1, "tcp://127.0.0.1:9").__enter__()


def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "onrecord.engine.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingError, match=r'distributed is not installed .* pip install "onrecord\[cluster\]"'):
        open_engine(load_settings({}, engine="dask"), Work(toy.square, toy.left_out))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"engine": "ray"}, "no engine is called 'ray'"),
        ({"engine": "processes", "scheduler": "tcp://a:1"}, "a scheduler is for"),
        ({"work": "w", "shards": 0}, "0 shards"),
        ({"work": "w", "shards": 100_000}, "100000 shards"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        open_engine(load_settings({}, **given), Work(toy.square, toy.left_out))
    assert len(ENGINES) == 3
