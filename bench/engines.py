"""`python bench/engines.py [REPORTS] [ENGINE …]`: what each engine costs on one pile of short reports, two processes.

The pile is made of short stretches of news texts (the gold stories), a fifth of them printed again by others: the
shorter the reports, the more an engine's own cost shows. Each engine builds it with the command line, everything
included; CPU time is that of all processes that took part. `dask-killed` is Dask with one of its two workers killed
half-way. All records must be the same. Last comes what linking and writing the derived tables cost by themselves.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script too

from bench.gold import GOLD
from bench.tools import read_rows
from onrecord.linking import link
from onrecord.store import TABLES, open_view, open_writer

ENGINES: dict[str, tuple[str, ...]] = {
    "serial": ("--engine", "serial"),
    "processes": ("--engine", "processes", "--jobs", "2"),
    "dask": ("--engine", "dask", "--jobs", "2"),
    "dask-killed": ("--engine", "dask", "--jobs", "2"),
    "shards": ("--engine", "processes", "--jobs", "2", "--shards", "7"),
}
SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: processes whose parent was killed are ours to wait for, and to count


def make_pile(path: Path, reports: int) -> None:
    """Short reports as JSON lines: a title and some three hundred characters of one news text."""
    source = [row for row in read_rows(GOLD / "stories" / "clusters_dev.jsonl") if len(row["text"]) > 500]
    chance = random.Random(7)
    made: list[dict[str, str]] = []
    for number in range(reports):
        if made and chance.random() < 0.2:
            row = {**chance.choice(made), "outlet": f"Mirror {number}"}
        else:
            given = chance.choice(source)
            lines = [line for line in given["text"].splitlines() if line.strip()]
            start = chance.randrange(max(1, len(lines) - 3))
            text = "\n\n".join(lines[start : start + 2])[:300].rpartition(" ")[0]
            row = {"title": given["title"], "text": text, "outlet": given["outlet"], "published": given["published"]}
        made.append(row)
    path.write_text("".join(json.dumps(row) + "\n" for row in made), encoding="utf-8")


def measure(name: str, pile: Path, folder: Path, reports: int) -> tuple[float, float, str]:
    """Wall seconds, CPU seconds of all processes, and a hash of the record's exports."""
    record = folder / f"{name}.onrecord"
    command = [sys.executable, "-m", "onrecord", "build", str(pile), "-o", str(record), *ENGINES[name]]
    if name == "shards":
        command += ["--work", str(folder / "work")]
    before, start = cpu(), time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    if name == "dask-killed":
        kill_worker(process.pid, record, reports // 2)
    if process.wait() not in (0, 3):
        sys.exit(f"{name} failed")
    wall = time.monotonic() - start
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    return wall, cpu() - before, exported(record)


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def kill_worker(pid: int, record: Path, stored: int) -> None:
    """Wait until a record holds so many reports, then kill a Dask worker: a child that has a child of its own."""
    while psutil.pid_exists(pid) and held(record) < stored:
        time.sleep(0.2)
    workers = [child for child in psutil.Process(pid).children() if child.children()]
    workers[0].kill()
    print(f"  killed one of {len(workers)} workers at {held(record)} reports", flush=True)


def held(record: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error:
        return 0


def linking(record: Path) -> float:
    """CPU seconds of linking a record anew, in this process."""
    with open_writer(record) as writer:
        writer.note("linked", "")
        start = time.process_time()
        link(writer)
    return time.process_time() - start


def exported(record: Path) -> str:
    digest = hashlib.sha256()
    with open_view(record) as view:
        for table in TABLES:
            for row in view.rows(table):
                digest.update(json.dumps(row).encode())
    return digest.hexdigest()[:16]


def main(reports: int = 2000, *names: str) -> None:
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="engines-") as place:
        folder = Path(place)
        pile = folder / "pile.jsonl"
        make_pile(pile, reports)
        rows = [(name, *measure(name, pile, folder, reports)) for name in names or ENGINES]
        linked = linking(folder / f"{rows[0][0]}.onrecord")
    base = next((used for name, _, used, _ in rows if name == "processes"), None)
    for name, wall, used, record in rows:
        ratio = f", {used / base:.2f} of the pool's" if base else ""
        print(f"{name:12} {wall:7.1f} s, {used:7.1f} s of CPU{ratio}, record {record}")
    print(f"linking and writing: {linked:.1f} s of CPU in one process")
    if len({record for *_, record in rows}) != 1:
        sys.exit("the records differ")


if __name__ == "__main__":
    main(*(int(word) if word.isdigit() else word for word in sys.argv[1:]))  # type: ignore[arg-type]  # number first
